"""What there is to tell of learning, as plain text: what would be learnt, how far it is, what it
came to, which versions there are. Whatever came from a person passes through `shown` first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.errors import RefusedError
from bot.messages import answers
from bot.retraining.job import Outcome, Run, State
from bot.retraining.plan import Plan
from bot.retraining.service import Model
from model.training.protocol import Change
from storage.records import version_in_words

if TYPE_CHECKING:
    from storage.checkpoints import Promoted
    from storage.lease import Occupied

BAR_WIDTH = 20
WORTH_KNOWING = 0.01  # of a language's recall
MOST_LANGUAGES = 5
MOST_NAMES = 10
ENDING = "I am stopping the retraining."
ROLL_BACK_ANYWAY = "Go back, and discard the retraining"
BROKEN_OFF = (
    "The retraining was broken off before it had ended, because I was stopped. The model in use is "
    "unchanged; {retrain} begins it anew."
)
MEANWHILE = "I go on answering meanwhile."

Shown = Callable[[str], str]


def printable(text: str) -> str:
    """The `shown` of a terminal."""
    return answers.printable(text, limit=40)


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
    told = f"There is nothing new to learn.{_waiting(found)}"
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
    told = [head, _figures(result.accuracy, result.macro_recall, result.held_out)]
    if checkpoint is None:
        told.append(f"{learnt}.")
    if checkpoint is not None and result.new_languages:
        told.append(f"New: {', '.join(map(shown, result.new_languages))}.")
    if changes := _changes(result.recall):
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


def history(versions: Sequence[Promoted], in_use: int | None, shown: Shown) -> str:
    """A line a version, the last one first; the one that ships ends it."""
    lines = [
        f"{_mark(found.version == in_use)} {found.version}  {moment(found.at)}  "
        f"{_origin(found, shown)}{_accuracy(found.metrics)}"
        for found in versions
    ]
    return "\n".join([*lines, f"{_mark(in_use is None)} 0  {version_in_words(None)}"])


def promoted(found: Promoted, shown: Shown) -> str:
    """What a retraining came to of which no more is known than what it made."""
    return "\n".join([f"Put into use as version {found.version}.", *story(found, shown)])


def story(found: Promoted, shown: Shown) -> list[str]:
    """How a promoted version came about."""
    parent = "the one that ships" if found.parent is None else f"version {found.parent}"
    metrics = found.metrics
    told = [
        f"Made on {moment(found.at)} from {parent}, {_origin(found, shown)}.",
        f"Corrections learnt: {metrics.get('learnt', '?')} of {found.corrections}.",
    ]
    if {"accuracy", "macro_recall", "held_out"} <= metrics.keys():
        told.append(_figures(metrics["accuracy"], metrics["macro_recall"], metrics["held_out"]))
    if changes := _changes(metrics.get("recall", {})):
        told.append(f"Recall that changed: {changes}.")
    return told


def title(found: Model) -> str:
    return version_in_words(found.version.version if found.version else None).capitalize()


def model(found: Model, shown: Shown) -> str:
    """The network in use: how it came about, how good it is, what it knows."""
    told = [*_knows(found)]
    told += [f"Version {version} is damaged and passed over." for version in found.damaged]
    if found.version is not None:
        told += story(found.version, shown)
    if headline := found.metrics.get("headline"):
        told.append(f"Measured on the test names: {headline}.")
    known = ", ".join(map(shown, found.languages))
    told.append(f"Knows {len(found.languages)} languages: {known}.")
    return "\n".join(told)


def _knows(found: Model) -> list[str]:
    """First, what a person understands: like compared with like."""
    before, now = found.known
    if now is None:
        return []
    compared = "" if before is None else f"; the version before: {_of_hundred(before)}"
    return [f"Knows {_of_hundred(now)} of 100 names that it has never seen{compared}."]


def _of_hundred(share: float) -> int:
    return round(100 * share)


def whether_to_discard(occupied: Occupied, shown: Shown) -> str:
    """The question before going back while a retraining runs."""
    running = already_running(occupied, shown)
    return f"{running} If I go to another version now, what it learns is discarded. Go on?"


def rolled_back(version: int) -> str:
    called = version_in_words(version or None).capitalize()
    return (
        f"{called} guesses again, from now on and everywhere. What was learnt since is learnt "
        "again at the next retraining, unless it is taken back before."
    )


def version(typed: str) -> int | None:
    """The version that somebody means; None where they name none. Raises RefusedError."""
    word = typed.strip().lower().removeprefix("version").strip().removeprefix("v")
    if not word:
        return None
    if word in {"ships", "shipped", "none"}:
        return 0
    if word.isascii() and word.isdecimal() and len(word) < 10:
        return int(word)
    raise RefusedError(
        "Which version do you mean? Say its number, such as 2; the command “model history” shows "
        "all there are."
    )


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


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


def _figures(accuracy: Change, macro_recall: Change, held_out: int) -> str:
    return (
        f"Held-out accuracy {_change(accuracy)}, macro recall {_change(macro_recall)} "
        f"({held_out:,} names)."
    )


def _change(pair: Change) -> str:
    before, after = pair
    return f"{before:.1%} → {after:.1%}"


def _changes(recall: Mapping[str, Change]) -> str:
    """The languages whose recall changed most, those that lost first."""
    changed = {
        language: after - before
        for language, (before, after) in recall.items()
        if abs(after - before) >= WORTH_KNOWING
    }
    most = sorted(changed, key=lambda language: -abs(changed[language]))[:MOST_LANGUAGES]
    told = sorted(most, key=lambda language: changed[language])
    return ", ".join(f"{language} {_change(recall[language])}" for language in told)


def _names(names: Sequence[str], shown: Shown) -> str:
    more = len(names) - MOST_NAMES
    told = ", ".join(map(shown, names[:MOST_NAMES]))
    return f"{told} and {more} more" if more > 0 else told


def _origin(found: Promoted, shown: Shown) -> str:
    by = f" by {shown(found.person)}" if found.person else ""
    return f"{'trained anew' if found.kind == 'full' else 'retrained'}{by}"


def _accuracy(metrics: dict[str, Any]) -> str:
    pair = metrics.get("accuracy")
    return f", accuracy {pair[1]:.1%}" if pair else ""


def _mark(is_in_use: bool) -> str:
    return "▶" if is_in_use else "·"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else str(timedelta(seconds=round(seconds)))


def _count(number: int, what: str) -> str:
    plural = "people" if what == "person" else f"{what}s"
    return f"{number:,} {what if number == 1 else plural}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
