"""The person at the terminal teaches: the same as people do on Discord, and as an admin, since
whoever sits there is one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.corrections.service import Corrections, subject_of
from bot.corrections.values import (
    AT_THE_TERMINAL,
    Subject,
    These,
    key_of,
)
from bot.errors import DatabaseTroubleError, RefusedError
from bot.messages import answers, command_list, corrections, privacy, reviewing, terminal
from model.text import cleaning

if TYPE_CHECKING:
    from model.inference.answer import Answer

PATIENCE = 1.0  # seconds that an answer waits for what people have said
SHOWN = 80  # characters of a name
YES = "yes"
MOST_LISTED = 100

log = logging.getLogger(__name__)


class Correcting:
    """Every command takes what was typed after it and gives what to say to it."""

    def __init__(self, service: Corrections, prefix: str) -> None:
        self._corrections = service
        self._prefix = prefix
        self._subjects: tuple[Subject, ...] = ()
        self.commands: dict[str, Callable[[str], str]] = {
            command_list.CORRECT.name: self._correct,
            command_list.UNDO.name: self._undo,
            command_list.MINE.name: self._mine,
            command_list.FORGET.name: self._forget,
            command_list.PRIVACY.name: self._privacy,
            command_list.CORRECTIONS.name: self._review,
        }

    def hear(self, given: Sequence[Answer]) -> list[str | None]:
        """From now on a correction is about those answers; gives what people say of each name."""
        subjects = [subject_of(answer) for answer in given]
        self._subjects = tuple(subject for subject in subjects if subject is not None)
        return [self._said(subject) for subject in subjects]

    def _said(self, subject: Subject | None) -> str | None:
        if subject is None:
            return None
        try:
            said = self._corrections.said(subject.folded).result(PATIENCE)
        except (DatabaseTroubleError, TimeoutError) as error:
            log.warning("what people say is not known: %s", error)
            return None
        return corrections.said(said, _shown)

    def _correct(self, typed: str) -> str:
        if not typed:
            raise RefusedError(command_list.missing(command_list.CORRECT, self._prefix))
        readings = self._corrections.read(typed)
        where = These(self._subjects)
        vote = self._corrections.correct(AT_THE_TERMINAL, where, readings).result()
        told = corrections.corrected(vote, _shown)
        return f"{told}\n{corrections.notice(self._prefix)}" if vote.is_first else told

    def _undo(self, _: str) -> str:
        vote = self._corrections.undo(AT_THE_TERMINAL).result()
        return corrections.undone(vote, _shown)

    def _mine(self, _: str) -> str:
        mine = self._corrections.mine(AT_THE_TERMINAL).result()
        return "\n".join(_few(corrections.mine(mine, _shown))) or corrections.NOTHING_MINE

    def _forget(self, typed: str) -> str:
        if typed.strip().lower() != YES:
            votes = self._corrections.count(AT_THE_TERMINAL.id).result()
            question = corrections.whether_to_forget(votes)
            return corrections.by_word(question, command_list.FORGET.usage(self._prefix))
        return corrections.forgotten(self._corrections.forget(AT_THE_TERMINAL).result())

    def _privacy(self, _: str) -> str:
        return "\n".join(privacy.told(self._corrections.retention_days, self._prefix))

    def _review(self, typed: str) -> str:
        word, _, rest = typed.partition(" ")
        match word.lower():
            case "":
                return self._waiting()
            case "left-out":
                return "\n".join(reviewing.left_out(self._corrections.left_out().result(), _shown))
            case "reject" if rest.strip().lower() == "left-out":
                rejecting = self._corrections.reject_left_out(AT_THE_TERMINAL)
                return reviewing.left_out_rejected(rejecting.result())
            case "approve" | "reject":
                return self._decide(rest, is_approved=word.lower() == "approve")
            case "undo":
                return self._undo_all(rest.strip())
            case _:
                raise RefusedError(self._ways())

    def _waiting(self) -> str:
        waiting = self._corrections.waiting().result()
        told = [
            "\n".join(
                [
                    f"{_shown(name.name)} ({reviewing.place(waiting, number)})",
                    *(f"  {line}" for line in reviewing.waiting(name, _shown)),
                ]
            )
            for number, name in enumerate(waiting)
        ]
        return "\n".join([*_few(told), self._ways()]) if told else reviewing.NOTHING_WAITS

    def _decide(self, typed: str, *, is_approved: bool) -> str:
        for reading in self._corrections.read(typed):
            if folded := cleaning.reading_key(reading.name):
                deciding = self._corrections.decide(
                    AT_THE_TERMINAL, key_of(folded), reading.language, is_approved=is_approved
                )
                found, language = deciding.result(), reading.language
                return reviewing.decided(
                    found, language, _shown, self._prefix, is_approved=is_approved
                )
        raise RefusedError(self._ways())

    def _undo_all(self, typed: str) -> str:
        person, _, word = typed.partition(" ")
        if not (person.isascii() and person.isdecimal() and len(person) < 20):
            raise RefusedError(self._ways())
        votes = self._corrections.count(int(person)).result()
        if votes and word.strip().lower() != YES:
            question = reviewing.whether_to_take_back(votes, person)
            command = f"{command_list.UNDO_ALL.name} {person}"
            return corrections.by_word(question, f"{self._prefix}{command}")
        return reviewing.all_undone(self._corrections.undo_all(int(person)).result())

    def _ways(self) -> str:
        return terminal.ways_to_decide(command_list.CORRECTIONS.usage(self._prefix))


def _shown(typed: str) -> str:
    return answers.printable(typed, SHOWN)


def _few(lines: Sequence[str]) -> list[str]:
    if len(lines) <= MOST_LISTED:
        return list(lines)
    return [*lines[:MOST_LISTED], terminal.more_lines(len(lines) - MOST_LISTED)]
