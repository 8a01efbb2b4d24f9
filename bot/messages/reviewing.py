"""What is said to the admin who looks through what people have said, as plain text; `show` is as
for those who teach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.corrections.values import TakenBack
from bot.messages import corrections
from bot.messages.corrections import Show
from storage.agreement import Judgement

if TYPE_CHECKING:
    pass

NOTHING_OF_THEIRS = "That person has corrected nothing, or all of it has been taken back."
NOTHING_WAITS = "Nothing waits for a decision."
OPEN = "Open them"


def to_open(count: int) -> str:
    """In public, over the button that opens them."""
    names = "1 name" if count == 1 else f"{count:,} names"
    return f"{names} to look through. Who said what is for admins alone to see: open it there."


def whether_to_take_back(votes: int, whose: str) -> str:
    """The question before an admin takes back all that somebody said."""
    return f"Delete {corrections.count_of(votes)} of {whose}? I cannot bring them back."


def take_back_label(votes: int) -> str:
    return f"Delete {corrections.count_of(votes)}"


def all_undone(taken: TakenBack) -> str:
    """For the admin who has taken back all that somebody said."""
    if not taken.votes:
        return NOTHING_OF_THEIRS
    told = f"Taken back: {corrections.count_of(taken.votes)} of that person."
    serving = corrections.now_serving(taken.serving) or " Nothing had been learnt from that."
    return told + serving


def decided(name: str, language: str, show: Show, prefix: str, *, is_approved: bool) -> str:
    """What an admin's word did."""
    undo = f"{prefix}undo takes that back."
    if is_approved:
        return f"Approved: {show(name)} -> {show(language)} will be learnt; {undo}"
    return f"Rejected: {show(name)} -> {show(language)} will not be learnt; {undo}"


def place(found: Sequence[Judgement], number: int) -> str:
    """Where a name stands among those to look through: what waits comes first."""
    waiting = sum(not judgement.is_agreed for judgement in found)
    if number < waiting:
        return f"{number + 1:,} of {waiting:,} that wait"
    agreed = len(found) - waiting
    return f"{number - waiting + 1:,} of {agreed:,} that will be learnt unless you reject them"


def waiting(name: Judgement, show: Show) -> list[str]:
    """A line a language with who says so, then what is the matter."""
    told = []
    for language in name.languages:
        voters = [vote.person for vote in name.votes if vote.language == language]
        who = ", ".join(f"{show(voter.name)} ({voter.id})" for voter in voters[:MOST_SHOWN])
        more = f" and {len(voters) - MOST_SHOWN} more" if len(voters) > MOST_SHOWN else ""
        told.append(f"{show(language)}: {len(voters)}, by {who}{more}")
    return [*told, f"{show(name.language)}: {corrections.AT_A_GLANCE[name.status]}"]


MOST_SHOWN = 8
