"""Names known by heart in checkpoints from before names were counted: 3 nats for each language
where a name of our lists is at home, found by its CRC-32. Read, so that such a checkpoint goes on
answering as it did; never written."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from torch import Tensor

from model.inference.known.known_names import Place

BY_HEART = 3.0
TENSORS = KEYS, LANGUAGES = "known_names", "known_languages"


class KnownNamesV1:
    """The same as `KnownNames`, in nats. Raises ValueError where the tensors are not made for these
    labels."""

    def __init__(self, tensors: Mapping[str, Tensor], labels: Sequence[str]) -> None:
        self._labels = labels
        self._known: defaultdict[int, list[int]] = defaultdict(list)
        if KEYS in tensors and LANGUAGES in tensors:
            pairs = zip(tensors[KEYS].tolist(), tensors[LANGUAGES].tolist(), strict=True)
            for key, language in pairs:
                if not 0 <= language < len(labels):
                    raise ValueError(f"there is no language number {language}")
                self._known[key].append(language)

    def posterior(self, spelling: Tensor, words: Sequence[str], places: Sequence[Place]) -> Tensor:
        found = spelling.clone()
        for i, word in enumerate(words):
            for language in self._known.get(_key(word), ()):
                found[i, language] += BY_HEART
        return found

    def met_each(self, words: Sequence[str]) -> list[bool]:
        return [_key(word) in self._known for word in words]

    def at_home(self, word: str) -> tuple[str, ...]:
        return self.at_home_each([word])[0]

    def at_home_each(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        keys = map(_key, words)
        return [tuple(self._labels[i] for i in self._known.get(key, ())) for key in keys]


def _key(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) - 2**31
