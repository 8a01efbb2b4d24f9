"""What is said to the admin who looks through what people have said, as plain text; `show` is as
for those who teach."""

from __future__ import annotations

from collections.abc import Sequence

from bot.corrections.values import Decided, TakenBack
from bot.messages import corrections
from bot.messages.corrections import Show
from storage.agreement import Judgement
from storage.records import Vote

NOTHING_OF_THEIRS = "That person has corrected nothing, or all of it has been taken back."
NOTHING_WAITS = "Nothing waits for a decision."
NOTHING_LEFT_OUT = "Nothing was left out that still waits for a decision."
LEFT_OUT, SEE_LEFT_OUT = "Left out", "Who said what was left out"
OPEN = "Open them"


def to_open(count: int) -> str:
    """In public, over the button that opens them."""
    names = "1 name" if count == 1 else f"{count:,} names"
    return (
        f"{names} to look through. Who said what is for admins alone to see; the button opens it."
    )


def whether_to_take_back(votes: int, whose: str) -> str:
    """The question before an admin takes back all that somebody said."""
    return f"Delete {corrections.count_of(votes)} of {whose}? That cannot be undone."


def take_back_label(votes: int) -> str:
    return f"Delete {corrections.count_of(votes)}"


def all_undone(taken: TakenBack) -> str:
    """For the admin who has taken back all that somebody said."""
    if not taken.votes:
        return NOTHING_OF_THEIRS
    told = f"Taken back: {corrections.count_of(taken.votes)} of that person."
    serving = corrections.now_serving(taken.serving) or " Nothing had been learnt from that."
    return told + serving


def decided(found: Decided, language: str, show: Show, prefix: str, *, is_approved: bool) -> str:
    """What an admin's word did."""
    undo = f"{prefix}undo takes that back."
    about = f"{show(found.name)} -> {show(language)}"
    if is_approved:
        told = f"Approved: {about} will be learnt; {undo}"
    else:
        told = f"Rejected: {about} will not be learnt; {undo}"
    return told + corrections.now_serving(found.serving)


def left_out(found: Sequence[tuple[str, str, Sequence[Vote]]], show: Show) -> list[str]:
    """A line for everything that a retraining left out, with who says so: for admins alone."""
    if not found:
        return [NOTHING_LEFT_OUT]
    told = [
        f"{show(name)} -> {show(language)}: {len(votes)}, by {_who(votes, show)}"
        for name, language, votes in found[:MOST_LEFT_OUT]
    ]
    more = len(found) - MOST_LEFT_OUT
    return [*told, *([f"and {more:,} more"] if more > 0 else [])]


def reject_label(count: int) -> str:
    return f"Reject all {count:,}" if count > 1 else "Reject it"


def left_out_rejected(count: int) -> str:
    if not count:
        return NOTHING_LEFT_OUT
    names = "1 correction" if count == 1 else f"{count:,} corrections"
    return f"Rejected: {names}, which will not be tried again."


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
        votes = [vote for vote in name.votes if vote.language == language]
        told.append(f"{show(language)}: {len(votes)}, by {_who(votes, show)}")
    return [*told, f"{show(name.language)}: {corrections.AT_A_GLANCE[name.status]}"]


def _who(votes: Sequence[Vote], show: Show) -> str:
    voters = [vote.person for vote in votes[:MOST_SHOWN]]
    who = ", ".join(f"{show(voter.name)} ({voter.id})" for voter in voters)
    more = len(votes) - MOST_SHOWN
    return f"{who} and {more} more" if more > 0 else who


MOST_SHOWN = 8
MOST_LEFT_OUT = 15
