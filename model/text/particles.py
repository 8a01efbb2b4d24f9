"""The small words in names: which word they stand with, and of which languages they tell."""

from __future__ import annotations

from collections.abc import Sequence

PARTICLES = frozenset(
    """van von vom zum zur zu der den de del della delle dello degli dei di da das do dos du des la
    le les lo los las el al bin ibn ben bint abu ter ten te 't op mac mc nic ní ó o d af av
    st san santa abd abdul ul ud""".split()  # noqa: SIM905  (reads better)
)

# What a particle says beside the letters: languages at which it is evidence.
_TOLD = {
    "Arabic": "ibn bin bint umm abu abdul",
    "Dutch": "van ter ten 't op",
    "German": "von vom zum zur",
    "Irish": "ní nic nig uí ó mac mc",
    "Scottish": "nic mac mc",
    "Italian": "di della delle dello degli dei dalla dal del",
    "Portuguese": "dos das do da",
    "Spanish": "del los las y",
    "French": "du des le",
    "Indonesian": "binti binte bte",
    "Swedish": "af",
}
_ALONE = frozenset(
    """binti binte ibn bint umm ní nig uí 't vom zum zur degli della dello delle dos das""".split()  # noqa: SIM905
)
_TOLD_OF = {
    particle: tuple(language for language, told in _TOLD.items() if particle in told.split())
    * (3 if particle in _ALONE else 1)
    for told in _TOLD.values()
    for particle in told.split()
}

WORDS = PARTICLES | _TOLD_OF.keys()


def join(words: Sequence[str]) -> tuple[str, ...]:
    """Particles go with the word after them: ("ludwig", "van", "beethoven") -> ("ludwig",
    "van beethoven"). Where nothing comes after, they stand alone; who is called Ben Johnson is
    no son of Johnson, and St. John no German."""
    joined: list[str] = []
    waiting: list[str] = []
    for word in words:
        waiting.append(word)
        if word not in PARTICLES or (word == "ben" and waiting == [word] and not joined):
            joined.append(" ".join(waiting))
            waiting = []
    return tuple(joined + waiting)


def hints(words: Sequence[str]) -> tuple[str, ...]:
    """The languages of which the particles among `words` tell, each as often as it is told."""
    if _TOLD_OF.keys().isdisjoint(words):
        return ()
    return tuple(language for word in words[:-1] for language in _TOLD_OF.get(word, ()))
