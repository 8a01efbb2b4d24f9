"""Names whose parts look like different languages: such people there are (Kevin Tran, Marie
Skłodowska-Curie), and of their names more is to be said than one language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from model.inference.answer import Part

SURE, SURE_OF_TWO = 0.6, 0.5  # the share of a part that its best language has, or its best two
_APART = 0.1  # of what two parts say, at most so much is alike where they differ


def differing(
    name: str, words: Sequence[str], shares: Tensor, labels: Sequence[str]
) -> tuple[Part, ...]:
    """What those parts of `name` look like that are sure of different languages, from what each of
    its `words` says, (words, languages); none where they do not differ."""
    rows = shares.numpy()  # names have few words: torch would take long to begin
    index = (-rows).argsort(1, kind="stable")[:, :2]
    likely = np.take_along_axis(rows, index, 1)
    sure = (likely.sum(1) >= SURE_OF_TWO).nonzero()[0].tolist()
    alike = np.minimum(rows[sure][:, None], rows[sure][None]).sum(2)
    if len(sure) < 2 or float(alike.min()) > _APART:
        return ()
    found = []
    for i in sure:
        (first, second), (best, next_best) = likely[i].tolist(), index[i].tolist()
        languages = [labels[best]] if first >= SURE else [labels[best], labels[next_best]]
        share = first if first >= SURE else first + second
        found.append(Part(_as_typed(words[i], name), tuple(languages), share))
    return tuple(found)


def sentence(parts: Sequence[Part]) -> str:
    """What each of them looks like."""
    first, *others = ((part.text, " or ".join(part.languages)) for part in parts)
    looks = [f"{first[0]} looks {first[1]}", *(f"{text} {language}" for text, language in others)]
    return f"Its parts differ: {', '.join(looks)}."


def _as_typed(word: str, name: str) -> str:
    at = name.lower().find(word)
    return name[at : at + len(word)] if at >= 0 else word.title()
