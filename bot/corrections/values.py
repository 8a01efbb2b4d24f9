"""Who says what about which answer, and what became of it: plain data between those who hear
people and the transactions."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from storage.agreement import Judgement
from storage.records import Person, Vote


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody, where they speak, and what their word counts there."""

    id: int
    name: str
    channel_id: int
    guild_id: int | None = None
    account_created: datetime | None = None
    is_admin: bool = False
    is_trusted: bool = False

    @property
    def person(self) -> Person:
        """The same as it is kept."""
        return Person(self.id, self.name, self.account_created)


AT_THE_TERMINAL = Speaker(0, "terminal", channel_id=0, is_admin=True)


@dataclass(frozen=True, slots=True)
class Subject:
    """A name that was answered and can be corrected. `folded` is the key that its spellings
    share, `guess_id` the answer's; `best` is the language that was likeliest."""

    name: str
    folded: str
    guess_id: int | None = None
    best: str | None = None

    @property
    def tag(self) -> str:
        """Tells a button of this answer from one with the same id of another database."""
        return tag(self.folded)


def key_of(folded: str) -> str:
    """Stands for a name in a button, where the name itself might not fit."""
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def tag(folded: str) -> str:
    return f"{zlib.crc32(folded.encode('utf-8', 'surrogatepass')):08x}"


@dataclass(frozen=True, slots=True)
class OfButton:
    """The answer that a button stands under."""

    guess_id: int
    tag: str


@dataclass(frozen=True, slots=True)
class OfMessage:
    """The answer that a message carries; `button` is one of those on it."""

    message_id: int
    button: OfButton | None = None


@dataclass(frozen=True, slots=True)
class Latest:
    """The speaker's own last one where they speak."""


@dataclass(frozen=True, slots=True)
class These:
    """An answer that is at hand."""

    subjects: tuple[Subject, ...]


Where: TypeAlias = OfMessage | OfButton | Latest | These


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that can be corrected, and how many people say which language of its name."""

    subject: Subject
    said: dict[str, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """Where an answer to one name alone stands."""

    subject: Subject
    channel_id: int
    message_id: int
    guild_id: int | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A vote just given and what its name comes to. `replaced` is what the person said before;
    `is_first`: they have not been told yet what votes are for."""

    vote: Vote
    judgement: Judgement
    replaced: str | None
    is_changed: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Undecided:
    """An admin's word on a language for a name, taken back."""

    name: str
    language: str
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """The name that an admin decided about, and what serves now, as in `TakenBack`."""

    name: str
    serving: str | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many votes were deleted, and what serves now, in words, where a version that had learnt
    from them served until then."""

    votes: int
    serving: str | None = None
