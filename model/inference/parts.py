"""Names whose parts look like different languages (Kevin Tran). Each part's evidence is that of a
whole language, so that adding up would make the stronger one certain; but such people there are,
and their names are of both."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from model.inference.answer import Part

SURE = 0.85  # the share of its best language from which a part is told
_APART, _FAR_APART = 0.7, 0.95  # from where parts are heard apart, and where nothing else is
_STRONGER = 0.25  # what the whole still counts then: of two equals the stronger leads


def disagreement(shares: Tensor) -> float:
    """From 0 to 1, how much two of the parts are sure of different languages, from what each says,
    (parts, languages)."""
    best = shares.amax(1)
    overlap = torch.minimum(shares[:, None], shares[None]).sum(2)
    apart = float((best[:, None] * best[None] * (1 - overlap)).max())
    return min(1.0, max(0.0, (apart - _APART) / (_FAR_APART - _APART)))


def heard_apart(whole: Tensor, shares: Tensor) -> Tensor:
    """Probabilities (languages,) of a name: `whole`, what its parts say together, as far as they
    agree, else what they say on average."""
    apart = disagreement(shares)
    average = _STRONGER * whole + (1 - _STRONGER) * shares.mean(0)
    return (1 - apart) * whole + apart * average


def told(
    name: str, words: Sequence[str], shares: Tensor, labels: Sequence[str]
) -> tuple[Part, ...]:
    """What each part looks like, as it stands in `name`, those alone that are sure."""
    best, index = shares.max(1)
    return tuple(
        Part(_as_typed(word, name), labels[i], probability)
        for word, probability, i in zip(words, best.tolist(), index.tolist(), strict=True)
        if probability >= SURE
    )


def sentence(parts: Sequence[Part]) -> str | None:
    """That they are of different languages; None where they are not."""
    if len({part.language for part in parts}) < 2:
        return None
    first, *others = parts
    looks = [f"{first.text} looks {first.language}"]
    looks += [f"{part.text} {part.language}" for part in others]
    return f"Its parts differ: {', '.join(looks)}."


def _as_typed(word: str, name: str) -> str:
    at = name.lower().find(word)
    return name[at : at + len(word)] if at >= 0 else word.title()
