"""What people say about names, as plain data: the same form goes into the database, comes out
of it, is judged by the rule and stands in an exported file. And what a server has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.errors import InvalidText

NAME_LENGTH = 100
LANGUAGE_LENGTH = 64
FOLDED_LENGTH = 255
PREFIX_LENGTH = 10
WORD_LENGTH = 50
LARGEST_ID = 2**63 - 1


def version_in_words(version: int | None) -> str:
    """A version as people are told of it; None is the one that ships."""
    return "the version that ships" if version is None else f"version {version}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks or votes, under the id of their account (0: the one at the terminal)."""

    id: int
    name: str
    account_created: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's word that a name looks like a language's. `folded` is the key that a name's
    spellings share; `is_admin` and `is_trusted` say what the person was when voting."""

    person: Person
    folded: str
    name: str
    language: str
    at: datetime
    guild_id: int | None = None
    guess_id: int | None = None
    is_admin: bool = False
    is_trusted: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """An admin's approval or rejection of a language for a name; that of a server's admin is about
    the votes that were given in it."""

    folded: str
    language: str
    is_approved: bool
    at: datetime
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a server's admins have chosen for it; None, nothing: as everywhere. `channels` are those
    in which Whence answers, `pause` the seconds between two questions of a person (0: none),
    `words` those that are not repeated."""

    channels: tuple[int, ...] = ()
    prefix: str | None = None
    has_buttons: bool = True
    pause: int | None = None
    votes_needed: int | None = None
    trusted_needed: int | None = None
    trusted_roles: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def check_person(person: Person) -> None:
    """Raises InvalidText where a database could not hold the person. (Their name is shortened
    and cleaned instead: what people call themselves is no reason to refuse their vote.)"""
    check_id(person.id, "The person's id")
    if person.account_created is not None:
        check_time(person.account_created)


def check_vote(vote: Vote) -> None:
    """Raises InvalidText where a database could not hold the vote."""
    check_person(vote.person)
    check_text(vote.folded, "The name's key", FOLDED_LENGTH)
    check_text(vote.name, "The name", NAME_LENGTH)
    check_text(vote.language, "The language", LANGUAGE_LENGTH)
    check_time(vote.at)
    for number, what in ((vote.guild_id, "The server's id"), (vote.guess_id, "The guess's id")):
        if number is not None:
            check_id(number, what)


def check_text(text: str, what: str, longest: int) -> None:
    """Raises InvalidText for what one of the databases refuses: nothing at all, too much, NUL,
    half of a surrogate pair."""
    if not text.strip():
        raise InvalidText(f"{what} is empty.")
    if len(text) > longest:
        raise InvalidText(f"{what} has {len(text):,} characters; {longest} are allowed.")
    if "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise InvalidText(f"{what} holds a character that is no text.")


def check_id(number: int, what: str) -> None:
    if not 0 <= number <= LARGEST_ID:
        raise InvalidText(f"{what} is not between 0 and 2**63 - 1.")


def check_time(time: datetime) -> None:
    """Raises InvalidText for a time without its zone, and for one that UTC has no name for."""
    try:
        is_aware = time.astimezone(UTC).year > 0 and time.tzinfo is not None
    except OverflowError:
        is_aware = False
    if not is_aware:
        raise InvalidText("The time does not say its time zone, or is out of all bounds.")
