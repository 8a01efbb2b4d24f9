"""What Whence says to those who teach it, as plain text. `show` makes fit to be seen what a person
has typed: that differs between Discord and the terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.corrections.values import Corrected, TakenBack, Undecided
from storage.agreement import Judgement, Status
from storage.records import Vote

if TYPE_CHECKING:
    from storage.corrections import Undone

Show = Callable[[str], str]

MOST_SAID = 3
NOTHING_TO_UNDO = "There is nothing to take back: you have corrected nothing."
NOTHING_MINE = "You have corrected nothing, or all of it has been taken back."
MINE = "What you have corrected: {count:,}"
NOTICE = (
    "What you correct is kept with your id and used to teach my network, for nothing else; "
    "{privacy} tells more, {undo} takes it back."
)
LEFT = "Nothing was changed."
FORGOTTEN = "I have deleted all that I kept of you; you had corrected nothing."
FORGOTTEN_VOTES = (
    "I have deleted {votes} and all else that I kept of you. A network that was taught with {them} "
    "no longer answers; it may keep what it learnt until the next full retraining."
)

NEXT = {
    Status.AGREED: "Learnt at the next retraining.",
    Status.REJECTED: "An admin has said that it is not, so it will not be learnt.",
    Status.CONFLICT: "People disagree about it, so it waits for more votes or for an admin.",
    Status.TOO_FEW: "It waits for more people to say so, or for an admin.",
    Status.UNTRUSTED: "It waits for somebody in a trusted role to say so, or for an admin.",
    Status.NEW_ACCOUNT: (
        "It is held back until your account is older, or until an admin approves it."
    ),
    Status.FLOOD: "That is a lot within an hour, so it is held back until an admin approves it.",
    Status.OVER_LIMIT: (
        "You teach a lot of names, so it waits for a later retraining or for an admin."
    ),
    Status.NEW_LANGUAGE: (
        "I do not know that language yet: I keep it until there are enough such names."
    ),
}
LEARNT = "I have learnt it already."
AT_A_GLANCE = {  # the same, for a list
    Status.AGREED: "learnt at the next retraining",
    Status.REJECTED: "rejected by an admin",
    Status.CONFLICT: "people disagree",
    Status.TOO_FEW: "waits for more votes",
    Status.UNTRUSTED: "waits for a trusted role",
    Status.NEW_ACCOUNT: "held back: a new account",
    Status.FLOOD: "held back: many votes within an hour",
    Status.OVER_LIMIT: "waits for a later retraining",
    Status.NEW_LANGUAGE: "kept: a language not known yet",
}


def said(votes: dict[str, int], show: Show) -> str | None:
    """What people say, most first: "3 people say Portuguese, 1 says Spanish."."""
    told = [
        f"{count} {'person says' if count == 1 else 'people say'} {show(language)}"
        for language, count in list(votes.items())[:MOST_SAID]
    ]
    return ", ".join(told) + "." if told else None


def corrected(found: Corrected, show: Show) -> str:
    """Which name, which language, and what happens next."""
    told = [f"{show(found.vote.name)} -> {show(found.vote.language)}, thank you."]
    if found.replaced is not None:
        told.append(f"It takes the place of {show(found.replaced)}, which you said before.")
    if not found.is_changed:
        told.append("You had said so before.")
    return " ".join([*told, _next(found.vote, found.judgement, show)])


def notice(prefix: str) -> str:
    """For whoever corrects something for the first time."""
    return NOTICE.format(privacy=f"{prefix}privacy", undo=f"{prefix}undo")


def undone(taken: tuple[Undone | Undecided | None, str | None], show: Show) -> str:
    """What was taken back."""
    found, serving = taken
    return _undone(found, show) + now_serving(serving)


def _undone(found: Undone | Undecided | None, show: Show) -> str:
    if found is None:
        return NOTHING_TO_UNDO
    if isinstance(found, Undecided):
        return undecided(found, show)
    told = f"Taken back: {show(found.vote.name)} -> {show(found.vote.language)}."
    if found.restored is None:
        return told
    return f"{told} What you said before stands again: {show(found.restored)}."


def undecided(decision: Undecided, show: Show) -> str:
    """What an admin said, taken back by them."""
    word = "approved" if decision.is_approved else "rejected"
    return (
        f"Taken back: that you {word} {show(decision.name)} -> {show(decision.language)}. The "
        "votes decide again."
    )


def forgotten(taken: TakenBack) -> str:
    them = "it" if taken.votes == 1 else "them"
    votes = FORGOTTEN_VOTES.format(votes=count_of(taken.votes), them=them)
    told = votes if taken.votes else FORGOTTEN
    return told + now_serving(taken.serving)


def now_serving(version: str | None) -> str:
    if version is None:
        return ""
    return f" What had learnt from that no longer answers: {version} does, until I am retrained."


def whether_to_forget(votes: int) -> str:
    """The question before it."""
    if not votes:
        return "Delete all that I keep of you? You have corrected nothing."
    told = f"Delete {count_of(votes)} of yours and all else that I keep of you?"
    return f"{told} That cannot be undone."


def forget_label(votes: int) -> str:
    return f"Delete {count_of(votes)} and all else" if votes else "Delete it"


def by_word(question: str, command: str) -> str:
    """The same question in a terminal."""
    return f"{question} If so, type {command} yes."


def mine(votes: Sequence[tuple[Vote, Judgement]], show: Show) -> list[str]:
    """A line a vote."""
    return [
        f"{show(vote.name)} -> {show(vote.language)} "
        f"({vote.at:%Y-%m-%d}; {_glance(vote, judgement, show)})"
        for vote, judgement in votes
    ]


def _next(vote: Vote, judgement: Judgement, show: Show) -> str:
    if judgement.is_learnt and judgement.language == vote.language:
        return LEARNT
    if judgement.is_agreed and judgement.language != vote.language:
        return _decided_by(judgement, show)
    return NEXT[judgement.status]


def _decided_by(judgement: Judgement, show: Show) -> str:
    """Why another language counts than the one that somebody said."""
    if judgement.is_reviewed:
        return f"An admin has said that it is {show(judgement.language)}, so that is what I learn."
    most = len(judgement.counted)
    trusted = " (with somebody in a trusted role)"
    among = trusted if any(vote.is_trusted for vote in judgement.counted) else ""
    return (
        f"{most:,} of the {most + judgement.opposed:,} people whose word counts say "
        f"{show(judgement.language)}{among}: two thirds or more, so that is what I learn."
    )


def _glance(vote: Vote, judgement: Judgement, show: Show) -> str:
    if judgement.is_learnt and judgement.language == vote.language:
        return "learnt"
    if judgement.language != vote.language:
        return f"what counts is {show(judgement.language)}"
    return AT_A_GLANCE[judgement.status]


def count_of(count: int) -> str:
    return f"{count:,} correction{'' if count == 1 else 's'}"
