"""Which message of ours answers which of theirs, so that a question that is edited is answered anew
in the same message, and one that is deleted takes its answer along. Known of the last few thousand
questions: their ids, and a digest of what they said."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import discord

from bot.corrections.values import OfButton, OfMessage
from bot.messages import command_list

MOST_REMEMBERED = 5_000
DONE_ONCE = frozenset(
    command.name
    for command in command_list.COMMANDS
    if command.is_for_admins or command in (command_list.UNDO, command_list.FORGET)
)
"""What is not done again because what was typed has been edited."""
STAYS = frozenset({command_list.RETRAIN.name})  # what it comes to has been promised


@dataclass(frozen=True, slots=True)
class Answered:
    """A message of ours, and the question and the command that it answers."""

    channel_id: int
    message_id: int
    said: int
    command: str


class Answers:
    def __init__(self) -> None:
        self._known: dict[int, Answered] = {}
        self._subjects: dict[int, OfButton] = {}
        self._to_replace: set[int] = set()
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    @contextlib.asynccontextmanager
    async def turn(self, question_id: int) -> AsyncIterator[None]:
        """One thing at a time: an edit waits for the first answer, a deletion for both."""
        lock, waiting = self._turns.get(question_id, (asyncio.Lock(), 0))
        self._turns[question_id] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns[question_id]
            self._turns[question_id] = lock, waiting - 1
            if waiting == 1:
                del self._turns[question_id]

    def to(self, question_id: int) -> Answered | None:
        return self._known.get(question_id)

    def about(self, message_id: int) -> OfMessage | OfButton | None:
        """The answer that is meant by a message: by a question that we answered, or by what we
        said of an answer."""
        if (known := self._known.get(message_id)) is not None:
            return self._subjects.get(known.message_id, OfMessage(known.message_id))
        return self._subjects.get(message_id)

    def note_subject(self, message_id: int, answer: OfButton) -> None:
        """A message of ours is about that answer."""
        self._subjects[message_id] = answer
        if len(self._subjects) > MOST_REMEMBERED:
            del self._subjects[next(iter(self._subjects))]

    def is_new(self, question: discord.Message) -> bool:
        """Whether it has become another question since it was answered, if it was."""
        before = self.to(question.id)
        if before is None:
            return True
        return before.command not in DONE_ONCE and before.said != _digest(question.content)

    def note(self, question: discord.Message, command: str, answer: discord.Message) -> None:
        """The first answer to it, or the one that takes its place."""
        is_replaced = question.id in self._to_replace
        if question.id in self._known and not is_replaced:
            return
        self._to_replace.discard(question.id)
        self._known.pop(question.id, None)
        said = _digest(question.content)
        self._known[question.id] = Answered(answer.channel.id, answer.id, said, command)
        if len(self._known) > MOST_REMEMBERED:
            del self._known[next(iter(self._known))]

    def adopt(self, question_id: int, answer: discord.Message) -> None:
        """An answer that a process before this one gave."""
        lang = command_list.LANG.name
        self._known[question_id] = Answered(answer.channel.id, answer.id, 0, lang)

    def expect_another(self, question: discord.Message) -> None:
        """What is said next to it takes the place of what was."""
        if (before := self.to(question.id)) is not None:
            self._subjects.pop(before.message_id, None)
            self._known[question.id] = replace(before, said=_digest(question.content))
            self._to_replace.add(question.id)

    def being_replaced(self, question_id: int) -> Answered | None:
        return self.to(question_id) if question_id in self._to_replace else None

    def is_settled(self, question_id: int) -> None:
        """Nothing more is said to it."""
        self._to_replace.discard(question_id)

    def forget(self, question_id: int) -> Answered | None:
        """What has to be deleted together with the question."""
        self._to_replace.discard(question_id)
        before = self._known.pop(question_id, None)
        return None if before is None or before.command in STAYS else before


def _digest(text: str) -> int:
    """The same for what differs in blanks alone."""
    return hash(tuple(tuple(line.split()) for line in text.strip().splitlines()))
