"""What the Tab key offers: commands, the words that some of them take, and languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.messages import command_list

_TAKE_A_LANGUAGE = {command_list.CORRECT.name, command_list.CORRECTIONS.name}
_DECISIONS = ("approve", "reject", "undo")


@dataclass(frozen=True, slots=True)
class Offer:
    """`text` in the place of the last `typed` letters; `about` is what to say beside it."""

    text: str
    typed: int
    about: str = ""


def offers(line: str, prefix: str, languages: Iterable[str]) -> Iterator[Offer]:
    """For a line that is typed as far as this; nothing for a bare name."""
    if not line.startswith(prefix):
        return
    word, blank, rest = line.removeprefix(prefix).partition(" ")
    if not blank:
        for command in command_list.TERMINAL_COMMANDS:
            if command.name.startswith(word.lower()):
                yield Offer(command.name, len(word), command.summary)
        return
    begun = rest.rpartition(" ")[2]
    for text in _words_after(word.lower(), rest, languages):
        if text.lower().startswith(begun.lower()):
            yield Offer(text, len(begun))


def _words_after(name: str, rest: str, languages: Iterable[str]) -> Iterator[str]:
    is_first = " " not in rest
    command = command_list.BY_NAME.get(name)
    if is_first and command is not None:
        yield from command.words
    if is_first and name == command_list.CORRECTIONS.name:
        yield from _DECISIONS
    elif name in _TAKE_A_LANGUAGE:
        yield from languages
