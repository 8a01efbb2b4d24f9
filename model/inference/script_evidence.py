"""What the writing of a name says before its letters are transliterated: kana alone is Japanese. It
hangs on which languages a network knows: Cyrillic is Russian where that is the only one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from model.languages import FOREIGN, LANGUAGES
from model.text.cleaning import Name
from model.text.writing_systems import scripts

TOLD = 2.0  # nats for a language that alone has a letter, or with few others
RULED_OUT = -8.0  # nats against a language that does not use the script at hand, or the letter


class ScriptEvidence:
    """`learnt` are the scripts of languages that people have taught, as far as their names showed
    them. Raises AttributeError or TypeError where they are something else."""

    def __init__(
        self, labels: Sequence[str], learnt: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._labels = labels
        used = {one.name: {scripts.LATIN, *one.scripts} for one in (*LANGUAGES, *FOREIGN)}
        used |= {language: {*written} for language, written in (learnt or {}).items()}
        self._used = {label: used[label] for label in labels if label in used}
        self._evidence = {
            script: self._of_script(script)
            for script in {*scripts.LANGUAGES_OF}.union(*self._used.values()) - {scripts.LATIN}
        }

    def _of_script(self, script: str) -> Tensor:
        """Log-odds (languages + 1,). It rules out those languages that do not use it, and
        elsewhere, which was learnt from Latin letters alone."""
        is_used = [script in self._used.get(label, {script}) for label in self._labels]
        return torch.tensor([0.0 if is_one else RULED_OUT for is_one in (*is_used, False)])

    def languages_of(self, script: str | None) -> tuple[str, ...]:
        """Those of the network's languages that are known to be written in a script."""
        return tuple(label for label, used in self._used.items() if script in used)

    def problem(self, text: str) -> str | None:
        """A sentence where `text` is written as none of the languages is."""
        script = None if text.isascii() else scripts.main_script(text)
        if script in (None, scripts.LATIN) or self.languages_of(script):
            return None
        return f"That is written in {script}, which none of my languages is written in."

    def caution(self, name: Name) -> str | None:
        """A sentence where languages that are not known write the same letters."""
        others = [language for language in name.alike if language not in self._labels]
        if not others:
            return None
        write = "write" if len(others) > 1 else "writes"
        return f"{' and '.join(others)}, which I do not know, {write} the same letters."

    def said(self, words: Sequence[str]) -> Tensor:
        """What the words' scripts say before anything is transliterated, (words, languages + 1)."""
        said = torch.zeros(len(words), len(self._labels) + 1)
        for i, word in enumerate(words):
            script = None if word.isascii() else scripts.main_script(word)
            if script in self._evidence:
                said[i] = self._evidence[script]
        return said

    def unsaid(self, words: Sequence[str], evidence: Tensor) -> Tensor:
        """`evidence` of the words (words, ...) without that of Arabic letters, which leave out the
        vowels: of those, what the network makes is nothing. Changes it."""
        for i, word in enumerate(words):
            if not word.isascii() and scripts.main_script(word) == scripts.ARABIC:
                evidence[i] = 0
        return evidence

    def heed_letters(self, name: Name, evidence: Tensor) -> None:
        """Where a letter or the shape of the name is of few languages, and some of them are known,
        rules out the others, in (languages + 1,). Latin letters with an accent are the network's
        own to weigh, but these few speak for themselves beside it. Changes `evidence`."""
        telling = {*name.foreign, *name.kin}
        known = [i for i, label in enumerate(self._labels) if label in telling]
        if known and scripts.main_script(name.text) == scripts.LATIN:
            evidence[known] += TOLD
        elif known:
            mine = evidence[known].clone()
            evidence += RULED_OUT
            evidence[known] = mine
