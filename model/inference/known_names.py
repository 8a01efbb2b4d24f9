"""Names known by heart. No spelling tells that Emily is English and Juan no Chinese; our own lists
do, and what people have agreed on. A word is looked up whole, by its CRC-32, beside the network,
which so need not bend its spelling rules for single names."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from model.names import Row
from model.names.sources import OWN
from model.text import scripts
from model.text.cleaning import clean

BY_HEART = 3.0  # nats for a language where the name is at home
KEYS, LANGUAGES = "known_names", "known_languages"  # the tensors of a checkpoint


class Lexicon:
    """The languages of known words, as `tensors` (what `learn` gave) have them; without them,
    nothing is known. Raises ValueError where they are not made for these labels."""

    def __init__(self, tensors: Mapping[str, Tensor], labels: Sequence[str]) -> None:
        self._labels = labels
        self._known: defaultdict[int, list[int]] = defaultdict(list)
        if KEYS in tensors and LANGUAGES in tensors:
            pairs = zip(tensors[KEYS].tolist(), tensors[LANGUAGES].tolist(), strict=True)
            for key, language in pairs:
                if not 0 <= language < len(labels):
                    raise ValueError(f"there is no language number {language}")
                self._known[key].append(language)

    def languages_of(self, word: str) -> tuple[str, ...]:
        """Where a word that `clean` found is known to be at home."""
        return tuple(self._labels[i] for i in self._known.get(_key(word), ()))

    def add_to(self, evidence: Tensor, words: Sequence[str]) -> Tensor:
        """`evidence` (words, languages or more) with what is known of the words. Changes it."""
        for i, word in enumerate(words):
            for language in self._known.get(_key(word), ()):
                evidence[i, language] += BY_HEART
        return evidence


def learn(rows: Iterable[Row], labels: Sequence[str]) -> dict[str, Tensor]:
    """The tensors for the one-word names of our own lists. A name is also known without its
    accents, unless that is a name of another language: Rodriguez, but not Sara for Sára."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    met: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        met[row.name.lower()].add(row.language)
        if row.source == OWN and row.language in labels and (word := _word(row.name)) is not None:
            known[word].add(row.language)
    plain: defaultdict[str, set[str]] = defaultdict(set)  # Błażej and Blažej share theirs
    for word, languages in known.items():
        if scripts.main_script(word) == scripts.LATIN:
            plain[scripts.transliterate(word)] |= languages
    for word, languages in plain.items():
        if word not in known and met[word] <= languages:
            known[word] = languages
    return _tensors({_key(word): languages for word, languages in known.items()}, labels)


def corrected(
    tensors: Mapping[str, Tensor], corrections: Iterable[tuple[str, str]], labels: Sequence[str]
) -> dict[str, Tensor]:
    """`tensors` with the one-word names of corrections (name, language), and those names without
    their accents, known to be at home there and nowhere else."""
    lexicon = Lexicon(tensors, labels)
    known = {key: {labels[i] for i in found} for key, found in lexicon._known.items()}
    agreed: defaultdict[int, set[str]] = defaultdict(set)
    for name, language in corrections:
        if language in labels and (word := _word(name)) is not None:
            for spelling in {word, scripts.transliterate(word) or word}:
                agreed[_key(spelling)].add(language)
    return _tensors(known | agreed, labels)


def _word(name: str) -> str | None:
    """The one word that the name is read as; none where it is several."""
    words = clean(name).words
    return words[0] if len(words) == 1 else None


def _key(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) - 2**31


def _tensors(known: Mapping[int, set[str]], labels: Sequence[str]) -> dict[str, Tensor]:
    pairs = sorted(
        (key, labels.index(language)) for key, languages in known.items() for language in languages
    )
    return {
        KEYS: torch.tensor([key for key, _ in pairs], dtype=torch.int32),
        LANGUAGES: torch.tensor([language for _, language in pairs], dtype=torch.uint8),
    }
