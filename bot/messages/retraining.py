"""What there is to tell of learning, as plain text: what would be learnt, how far it is, what it
came to. Whatever came from a person passes through `shown` first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.messages import figures, refusals
from bot.messages.figures import Shown
from bot.retraining.job import Outcome, Run, State
from bot.retraining.plan import Plan

if TYPE_CHECKING:
    from storage.lease import Occupied

BAR_WIDTH = 20
MOST_NAMES = 10
ENDING = "I am stopping the retraining."
BROKEN_OFF = (
    "The retraining was broken off before it had ended, because I was stopped. The model in use is "
    "unchanged; {retrain} begins it anew."
)
MEANWHILE = "I go on answering meanwhile."


def plan(run: Run) -> str:
    """What a retraining learns, and what waits."""
    found = run.plan
    known = len(found.corrections) - found.new
    new = f"{_count(found.new, 'new name')} from {_count(found.people, 'person')}"
    old = f"{known:,} that I was taught before"
    told = " and ".join([*([new] if found.new else []), *([old] if known else [])])
    if run.is_full:
        told = f"Learning all anew, from the base data{f', {told}' if told else ''}."
    else:
        told = f"Learning {new}{f', beside {old}' if known else ''}."
    return f"{told}{_waiting(found)}"


def nothing_new(found: Plan, full: str) -> str:
    """Why there is nothing to do, and what might be done; `full` is the command for that."""
    told = f"{refusals.NOTHING_NEW}{_waiting(found)}"
    if found.withdrawn:
        told += (
            f" {_count(found.withdrawn, 'name')} that I learnt {_are(found.withdrawn)} no longer "
            f"agreed; {full} makes me forget {'it' if found.withdrawn == 1 else 'them'}."
        )
    return told


def progress(state: State) -> str:
    """A bar, the stage, the loss and the time left, on one line."""
    filled = round(BAR_WIDTH * state.fraction)
    parts = [f"{'█' * filled}{'░' * (BAR_WIDTH - filled)} {state.fraction:4.0%}", state.stage]
    if state.loss is not None:
        parts.append(f"loss {state.loss:.3f}")
    if state.seconds_left:
        parts.append(f"{_duration(state.seconds_left)} left")
    return " · ".join(parts)


def already_running(occupied: Occupied, shown: Shown) -> str:
    """Who is at it, and how far they are."""
    by = f"started by {shown(occupied.person)}" if occupied.person else "started by itself"
    stage = f" ({occupied.stage})" if occupied.stage else ""
    return f"A retraining is already running, {by}, {occupied.progress:.0%} done{stage}."


def outcome(found: Outcome, shown: Shown, full: str) -> str:
    """What came out: the figures, and what to do where it was refused."""
    result, checkpoint = found.result, found.checkpoint
    learnt = f"Learnt {result.learnt} of {_count(result.taught, 'correction')}"
    if checkpoint is not None:
        head = f"{learnt}: promoted as version {checkpoint.version} in {found.seconds:.0f} s."
    else:
        head = f"Not put into use, so the model in use is unchanged. {' '.join(result.reasons)}"
    told = [head, figures.measured(result.accuracy, result.macro_recall, result.held_out)]
    if checkpoint is None:
        told.append(f"{learnt}.")
    if checkpoint is not None and result.new_languages:
        told.append(f"New: {', '.join(map(shown, result.new_languages))}.")
    if changes := figures.changes(result.recall):
        told.append(f"Recall that changed: {changes}.")
    if result.not_learnt:
        told.append(f"Not learnt: {_names(result.not_learnt, shown)}.")
    if result.left_out:
        names = [f"{name} -> {language}" for name, language in result.left_out]
        told.append(
            f"Left out, since with them it got worse for others: {_names(names, shown)}. They wait "
            "in the corrections: reject them there, or approve them."
        )
    if checkpoint is None:
        told.append(
            "Look through the corrections for wrong ones and have them taken back, gather more, "
            f"or try {full}."
        )
    return "\n".join(told)


def _waiting(found: Plan) -> str:
    parts = [
        f"people disagree about {found.conflicts:,}" if found.conflicts else "",
        f"{found.held_back:,} {_are(found.held_back)} held back" if found.held_back else "",
        f"{found.unknown:,} {_are(found.unknown)} of a language that needs more names first"
        if found.unknown
        else "",
    ]
    told = ", ".join(filter(None, parts))
    return f" Waiting: {told}." if told else ""


def _names(names: Sequence[str], shown: Shown) -> str:
    more = len(names) - MOST_NAMES
    told = ", ".join(map(shown, names[:MOST_NAMES]))
    return f"{told} and {more} more" if more > 0 else told


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else str(timedelta(seconds=round(seconds)))


def _count(number: int, what: str) -> str:
    plural = "people" if what == "person" else f"{what}s"
    return f"{number:,} {what if number == 1 else plural}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
