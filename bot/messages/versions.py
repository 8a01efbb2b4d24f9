"""What there is to tell of the network's versions, as plain text: which one guesses, how it came
about, how good it is, going back to another. Whatever came from a person passes through `shown`
first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.errors import RefusedError
from bot.messages import figures, retraining
from bot.messages.figures import Shown
from bot.retraining.service import Model
from storage.records import version_in_words

if TYPE_CHECKING:
    from storage.lease import Occupied
    from storage.versions import Promoted

MOST_LISTED = 25
ROLL_BACK_ANYWAY = "Go back, and discard the retraining"


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
        told.append(
            figures.measured(metrics["accuracy"], metrics["macro_recall"], metrics["held_out"])
        )
    if changes := figures.changes(metrics.get("recall", {})):
        told.append(f"Recall that changed: {changes}.")
    return told


def title(found: Model) -> str:
    return version_in_words(found.version.version if found.version else None).capitalize()


def model(found: Model, shown: Shown) -> str:
    """The network in use: how it came about, how good it is, what it knows."""
    told = [*knows(found)]
    told += [f"Version {version} is damaged and passed over." for version in found.damaged]
    if found.version is not None:
        told += story(found.version, shown)
    if headline := found.metrics.get("headline"):
        told.append(f"Measured on the test names: {headline}.")
    told.append(_languages(found.languages, shown))
    return "\n".join(told)


def _languages(known: Sequence[str], shown: Shown) -> str:
    """Each, unless they would fill the screen."""
    if len(known) > MOST_LISTED:
        return f"It knows {len(known)} languages; the command “languages” lists them."
    return f"It knows {len(known)} languages: {', '.join(map(shown, known))}."


def knows(found: Model) -> list[str]:
    """First, what a person understands: like compared with like."""
    before, now = found.known
    if now is None:
        return []
    compared = "" if before is None else f"; the version before: {_of_hundred(before)}"
    return [f"It knows {_of_hundred(now)} of 100 names that it has never seen{compared}."]


def _of_hundred(share: float) -> int:
    return round(100 * share)


def whether_to_discard(occupied: Occupied, shown: Shown) -> str:
    """The question before going back while a retraining runs."""
    running = retraining.already_running(occupied, shown)
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


def _origin(found: Promoted, shown: Shown) -> str:
    by = f" by {shown(found.person)}" if found.person else ""
    return f"{'trained anew' if found.kind == 'full' else 'retrained'}{by}"


def _accuracy(metrics: dict[str, Any]) -> str:
    pair = metrics.get("accuracy")
    return f", accuracy {pair[1]:.1%}" if pair else ""


def _mark(is_in_use: bool) -> str:
    return "▶" if is_in_use else "·"
