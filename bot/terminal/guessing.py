"""Whence a name comes, and why; and which languages there are to come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot import unwanted_words
from bot.assistant import Assistant
from bot.errors import RefusedError
from bot.messages import answers, command_list, languages, terminal
from bot.terminal.correcting import Correcting
from bot.terminal.style import Paint, Style, plain
from model.text import cleaning

if TYPE_CHECKING:
    from model.inference.answer import Answer

SHOWN = 80  # characters of a name


class Questions:
    """Every command takes what was typed after it and gives what to say to it."""

    def __init__(
        self, assistant: Assistant, correcting: Correcting, prefix: str, paint: Paint = plain
    ) -> None:
        self._assistant = assistant
        self._correcting = correcting
        self._prefix = prefix
        self._paint = paint
        self._last: str | None = None
        self.commands: dict[str, Callable[[str], str]] = {
            command_list.LANG.name: self.lang,
            command_list.WHY.name: self._why,
            command_list.LANGUAGES.name: self._languages,
        }

    def lang(self, typed: str) -> str:
        """An answer for each name, under the name."""
        names = cleaning.split_names(typed)
        if not names:
            raise RefusedError(command_list.missing(command_list.LANG, self._prefix))
        found = self._assistant.guess(names)
        self._last = names[-1]
        told: list[str] = []
        for name, answer, said in zip(names, found, self._correcting.hear(found), strict=True):
            told += [*self._told(name, answer), *([said] if said else [])]
        return "\n".join(told)

    def _told(self, name: str, answer: Answer) -> Iterator[str]:
        yield self._paint(_shown(answer.name or name), Style.TITLE)
        lines = answers.lines(answer)
        for number, line in enumerate(lines):
            if number == len(answer.guesses):
                yield self._paint(line, Style.DOUBT)
            else:
                yield self._paint(line, Style.BEST) if number == 0 else line

    def _why(self, typed: str) -> str:
        from model.reporting import explanation_text  # noqa: PLC0415  (torch: seconds)

        name = typed.strip() or self._last
        if name is None:
            sample = command_list.WHY.with_word(command_list.LANG.example, self._prefix)
            raise RefusedError(terminal.nothing_asked(sample))
        explanation = self._assistant.explain(name)
        is_coloured = self._paint is not plain
        told = [*self._told(name, explanation.answer)]
        if not unwanted_words.is_hidden(name):
            told += explanation_text.lines(explanation, is_coloured)
        return "\n".join(told)

    def _languages(self, _: str) -> str:
        labels = self._assistant.labels
        title = self._paint(languages.title(labels), Style.TITLE)
        return "\n".join([title, *languages.lines(labels)])


def _shown(name: str) -> str:
    return answers.printable(name, SHOWN) or terminal.NOTHING_TO_SEE
