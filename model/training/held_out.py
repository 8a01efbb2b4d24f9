"""The names on which a retraining is judged: what people ask, and no retraining is shown. None of
them is ever replayed, so that what bends the network bends it here too."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.evaluation import chat_names
from model.names import ELSEWHERE, TEST, Row
from model.text import scripts
from model.text.cleaning import clean, fold
from model.training.finetuning import Correction

MOST = 600  # names a language and source
RESERVED, CHAT, WITHHELD = "reserved", "chat", "withheld"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A name that a retraining is not shown. `source` says why we have it: `RESERVED` names were
    in no training at all, `CHAT` ones are what people type, `WITHHELD` ones the network in use
    has learnt as all of its kind did, and every one that grows from it has not seen again."""

    name: str
    language: str
    source: str

    @property
    def folded(self) -> str:
        return fold(self.name)


def is_replayable(row: Row) -> bool:
    """Whether a retraining may be shown a name of ours."""
    return row.side != TEST


def names(
    rows: Sequence[Row],
    corrections: Iterable[Correction],
    labels: Collection[str],
    decided: Iterable[Correction] = (),
) -> list[HeldOut]:
    """The names of these languages, each once, the same for the same `rows`. Those of which a
    correction says what we say are left out: they are taught. One that contradicts us has not
    proved us wrong, unless it was `decided` by an admin."""
    settled = {fold(correction.name) for correction in decided}
    taught = {
        (fold(spelling), correction.language)
        for correction in corrections
        for spelling in (correction.name, *clean(correction.name).words)
    }
    found: dict[tuple[str, str], HeldOut] = {}
    for source in (_reserved(rows), _chat(), _withheld(rows)):
        for name in _at_most(MOST, source):
            key = name.folded, name.language
            if name.language in labels and key not in taught and key[0] not in settled:
                found.setdefault(key, name)
    return list(found.values())


def _reserved(rows: Sequence[Row]) -> Iterator[HeldOut]:
    return (HeldOut(row.name, row.language, RESERVED) for row in rows if _is_ours(row, True))


def _chat() -> Iterator[HeldOut]:
    return (HeldOut(typed.name, typed.language, CHAT) for typed in chat_names.typed())


def _withheld(rows: Sequence[Row]) -> Iterator[HeldOut]:
    return (HeldOut(row.name, row.language, WITHHELD) for row in rows if _is_ours(row, False))


def _is_ours(row: Row, is_reserved: bool) -> bool:
    return (
        not is_replayable(row)
        and row.language != ELSEWHERE
        and row.is_reserved == is_reserved
        and scripts.main_script(row.name) != scripts.ARABIC  # its vowels are not written
    )


def _at_most(most: int, names: Iterable[HeldOut]) -> Iterator[HeldOut]:
    """So many of a language, and always the same ones."""
    by_language: defaultdict[str, dict[str, HeldOut]] = defaultdict(dict)
    for name in names:
        by_language[name.language].setdefault(name.folded, name)
    for _, found in sorted(by_language.items()):
        yield from sorted(found.values(), key=_order)[:most]


def _order(name: HeldOut) -> bytes:
    return hashlib.sha256(name.folded.encode()).digest()
