"""The names on which a retraining is judged: what people ask, and no retraining is shown. None of
them is ever replayed, so that what bends the network bends it here too. Words of people's names
are asked by their spelling alone: most are known by heart, and would be right whatever became of
the network, but they stand for those that nobody has counted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

import torch
from torch import Tensor

from model.cache import NOTHING_KEPT, Cache
from model.evaluation import chat_names
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, TEST, VALIDATION, Row, counted
from model.names.counted import PEOPLE
from model.retraining.corrections import Correction
from model.text.cleaning import clean, fold
from model.text.writing_systems import scripts

MOST = 600  # names a language and source
SCARCE = 400
RESERVED, CHAT, WITHHELD, SPELT = "reserved", "chat", "withheld", "spelt"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A name that a retraining is not shown. `source` says why we have it: `RESERVED` names were
    in no training at all, `CHAT` ones are what people type, `WITHHELD` ones the network in use
    has learnt as all of its kind did, and every one that grows from it has not seen again. Words
    of people (`SPELT`) are the same, or were in no training, and are asked by their spelling."""

    name: str
    language: str
    source: str

    @property
    def folded(self) -> str:
        return fold(self.name)


def scarce(rows: Sequence[Row]) -> frozenset[str]:
    """The languages of which so few names are on the test side that those of the validation
    side are held out as well: of fifty, nobody can tell five points from chance."""
    tested = {(row.language, row.folded) for row in rows if row.side == TEST}
    counts = Counter(language for language, _ in tested)
    return frozenset(row.language for row in rows if counts[row.language] < SCARCE) - {ELSEWHERE}


def is_replayable(row: Row, scarce: Collection[str]) -> bool:
    """Whether a retraining may be shown a name of ours; `scarce` are such languages."""
    return row.side != TEST and not (row.side == VALIDATION and row.language in scarce)


def names(
    rows: Sequence[Row],
    corrections: Iterable[Correction],
    labels: Sequence[str],
    decided: Iterable[Correction] = (),
) -> list[HeldOut]:
    """The names of `every` that may be asked after these corrections."""
    found = every(rows, labels)
    return [
        name for name, ask in zip(found, is_asked(found, corrections, decided), strict=True) if ask
    ]


def every(rows: Sequence[Row], labels: Sequence[str], cache: Cache = NOTHING_KEPT) -> list[HeldOut]:
    """The names of these languages, each once, the same for the same `rows`."""
    told = hashlib.sha256()
    for field in ("name", "language", "source", "kind"):
        told.update("\0".join(getattr(row, field) for row in rows).encode("utf-8", "replace"))
    key = f"{told.hexdigest()} {[*labels]}"
    kept = cache.get("held-out", key, lambda: [astuple(one) for one in _every(rows, labels)])
    return [HeldOut(*fields) for fields in kept]


def _every(rows: Sequence[Row], labels: Sequence[str]) -> list[HeldOut]:
    found: dict[tuple[str, str], HeldOut] = {}
    few = scarce(rows)
    ours = [row for row in rows if _is_ours(row, few)]
    for source in (_reserved(ours), _chat(), _withheld(ours), _unmet(rows, labels), _people(ours)):
        for name in _at_most(MOST, source):
            if name.language in labels:
                found.setdefault((name.folded, name.language), name)
    return list(found.values())


def is_asked(
    names: Iterable[HeldOut], corrections: Iterable[Correction], decided: Iterable[Correction] = ()
) -> list[bool]:
    """Which of them stay after these corrections. Those of which a correction says what we say are
    left out: they are taught. One that contradicts us has not proved us wrong, unless it was
    `decided` by an admin."""
    settled = {fold(correction.name) for correction in decided}
    taught = {
        (fold(spelling), correction.language)
        for correction in corrections
        for spelling in (correction.name, *clean(correction.name).words)
    }
    keys = ((name.folded, name.language) for name in names)
    return [key not in taught and key[0] not in settled for key in keys]


class Questions:
    """Names made ready to be asked, of one predictor after another."""

    def __init__(self, names: Sequence[HeldOut]) -> None:
        self._is_spelt = torch.tensor([name.source == SPELT for name in names], dtype=torch.bool)
        self._typed = [clean(name.name) for name in names if name.source != SPELT]
        self._words = [name.name for name in names if name.source == SPELT]

    def evidence(self, predictor: Predictor) -> Tensor:
        """Log-odds (names, languages) of each name, as it is asked."""
        found = torch.empty(len(self._is_spelt), len(predictor.labels))
        found[~self._is_spelt] = predictor.evidence(self._typed)
        found[self._is_spelt] = predictor.spelling(self._words)
        return found


def evidence(predictor: Predictor, names: Sequence[HeldOut]) -> Tensor:
    """The same of names that are asked once."""
    return Questions(names).evidence(predictor)


def _reserved(ours: Sequence[Row]) -> Iterator[HeldOut]:
    return (HeldOut(row.name, row.language, RESERVED) for row in ours if row.is_reserved)


def _chat() -> Iterator[HeldOut]:
    return (HeldOut(typed.name, typed.language, CHAT) for typed in chat_names.typed())


def _withheld(ours: Sequence[Row]) -> Iterator[HeldOut]:
    others = (row for row in ours if row.source != PEOPLE and not row.is_reserved)
    return (HeldOut(row.name, row.language, WITHHELD) for row in others)


def _unmet(rows: Sequence[Row], labels: Sequence[str]) -> Iterator[HeldOut]:
    """Words of people that no network was shown, where it was shown others."""
    if any(row.source == PEOPLE for row in rows):
        shown = {row.folded for row in rows}
        for row in counted.rows(counted.read(VALIDATION), labels):
            if row.language != ELSEWHERE and row.folded not in shown:
                yield _spelt(row)


def _people(ours: Sequence[Row]) -> Iterator[HeldOut]:
    return (_spelt(row) for row in ours if row.source == PEOPLE and not row.is_reserved)


def _spelt(row: Row) -> HeldOut:
    return HeldOut(row.name, row.language, SPELT)


def _is_ours(row: Row, scarce: Collection[str]) -> bool:
    return (
        not is_replayable(row, scarce)
        and row.language != ELSEWHERE
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
