"""What people have agreed on, name by name: such a name leads in its language whatever its spelling
says, and no other name is touched. So the network need not bend far for single names. A name is
looked up as a whole, as it is read, by 64 bits of its BLAKE2: nobody finds a decoy for another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from model.text.cleaning import Name, clean, fold
from model.text.writing_systems import scripts

LEAD = 3.0  # nats before the next language
KEYS, LANGUAGES = "agreed_names", "agreed_languages"  # the tensors of a checkpoint


class AgreedNames:
    """The names in `tensors` (what `agreed` gave); without them, none. Raises ValueError where they
    are not made for so many languages."""

    def __init__(self, tensors: Mapping[str, Tensor], languages: int) -> None:
        self._language: dict[int, int] = {}
        if KEYS in tensors and LANGUAGES in tensors:
            pairs = zip(tensors[KEYS].tolist(), tensors[LANGUAGES].tolist(), strict=True)
            self._language = dict(pairs)
        if any(not 0 <= language < languages for language in self._language.values()):
            raise ValueError("a name is agreed to be of a language that there is not")

    def __len__(self) -> int:
        return len(self._language)

    def language_of(self, name: Name) -> int | None:
        """The index of the language that people have agreed on."""
        return self._language.get(_key(name.words)) if self._language and name.words else None

    def settle(self, evidence: Tensor, names: Sequence[Name]) -> Tensor:
        """`evidence` (names, languages or more) with every agreed name in the lead. Changes it."""
        for row, name in zip(evidence, names, strict=True):
            language = self.language_of(name)
            if language is not None:
                own = row[language].item()
                row[language] = -torch.inf
                row[language] = max(own, row.max().item() + LEAD)
        return evidence


def agreed(corrections: Iterable[tuple[str, str]], labels: Sequence[str]) -> dict[str, Tensor]:
    """The tensors for corrections (name, language); each name also without its accents, unless
    that is a name of its own. So is what it would be in Latin letters: Anna is not Анна, on whom
    other people vote."""
    known: dict[int, int] = {}
    plain: dict[int, int] = {}
    for name, language in sorted(corrections):
        words = clean(name).words
        if words and language in labels:
            label = labels.index(language)
            known.setdefault(_key(words), label)
            plain.setdefault(_key([unaccented(word) for word in words]), label)
    pairs = sorted((plain | known).items())
    return {
        KEYS: torch.tensor([key for key, _ in pairs], dtype=torch.int64),
        LANGUAGES: torch.tensor([label for _, label in pairs], dtype=torch.int64),
    }


def unaccented(word: str) -> str:
    """The word without its accents; itself, where that would be read as another name."""
    plain = scripts.transliterate(word)
    return plain if fold(plain) == fold(word) else word


def _key(words: Sequence[str]) -> int:
    read = " ".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(read, digest_size=8).digest(), "big", signed=True)
