"""An answer as Discord shows it: an embed, and the same as plain text where embeds are not
allowed. Pure; whatever came from a person passes through `inert` first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import discord

from bot.corrections.values import Corrected
from bot.messages import corrections
from bot.messages.answers import bar, doubt, more_lines, percentage, printable, read_as
from model import languages

if TYPE_CHECKING:
    from model.inference.answer import Answer, Guess

MAX_CONTENT = 2000  # Discord, "Create Message": content
COLOUR = discord.Colour(0x4B7F8C)
PICTURE = "confusion.png"
NAME_LENGTH = 80
MOST_IN_FULL = 3  # answers
SHORT_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Reply:
    """The same said twice: `embed` where it may be shown, else `text` (the only one if None).
    `picture` is a PNG to send with it."""

    text: str
    embed: discord.Embed | None = None
    picture: bytes | None = field(default=None, repr=False)


def of_answers(
    answers: Sequence[Answer],
    note: str | None = None,
    said: Sequence[dict[str, int]] = (),
) -> Reply:
    """A few answers in full, more of them in a line each; `note` is a sentence below them. `said`
    is for each answer how many people say which language."""
    heard = [corrections.said(votes, inert) for votes in said] or [None] * len(answers)
    if len(answers) == 1:
        name, told = inert(answers[0].name), _full(answers[0], heard[0])
        text = f"**{name}**\n{told}" if name else told
        embed = discord.Embed(title=name or None, description=told, colour=COLOUR)
    elif len(answers) > MOST_IN_FULL:
        text = "\n".join(map(_best, answers, heard))
        embed = discord.Embed(description=text, colour=COLOUR)
    else:
        text = "\n".join(map(_short, answers, heard))
        embed = discord.Embed(colour=COLOUR)
        for answer, votes in zip(answers, heard, strict=True):
            name = inert(answer.name) or "…"
            embed.add_field(name=name, value=_full(answer, votes), inline=False)
    if footer := " ".join(filter(None, [_read_as(answers), note])):
        embed.set_footer(text=footer)
    return Reply(_fitting("\n".join(filter(None, [text, note]))), embed)


def of_sentence(sentence: str) -> Reply:
    """A sentence of ours; what it quotes of a person has to be inert already."""
    return Reply(_fitting(sentence))


def of_corrected(vote: Corrected, prefix: str) -> Reply:
    """What has become of a correction; the first time with what that is used for."""
    told = corrections.corrected(vote, inert)
    return of_sentence(f"{told}\n{corrections.notice(typed(prefix))}" if vote.is_first else told)


def of_lines(title: str, lines: Sequence[str], note: str | None = None) -> Reply:
    """A list of ours under a title, as far as it fits; what it quotes has to be inert already."""
    shown = _cut(lines, MAX_CONTENT - len(title) - len(note or "") - 50)
    if len(shown) < len(lines):
        shown.append(more_lines(len(lines) - len(shown)))
    told = "\n".join(shown)
    embed = discord.Embed(title=title, description=told, colour=COLOUR)
    if note:
        embed.set_footer(text=note)
    return Reply(_fitting("\n".join(filter(None, [f"**{title}**", told, note]))), embed)


def of_report(title: str, told: str, picture: bytes | None = None) -> Reply:
    """Lines of ours under a title; what they quote has to be inert already."""
    embed = discord.Embed(title=title, description=_fitting(told), colour=COLOUR)
    return Reply(_fitting(f"**{title}**\n{told}"), embed, picture)


def typed(command: str) -> str:
    """What people are told to type. The slash of a slash command is ours, any other prefix may
    mean something to Discord."""
    return f"/{inert(command[1:])}" if command.startswith("/") else inert(command)


def inert(text: str, limit: int = NAME_LENGTH) -> str:
    """`text` as people see it (cut at `limit` characters), with nothing in it that Discord would
    act on, wherever it stands: no mention, timestamp, link, emoji code or markdown, and nothing
    invisible. A backslash before punctuation takes its meaning (Discord, "Markdown Text 101");
    @ becomes its full-width sister, as "@everyone" is looked for in the raw text."""
    shown = printable(text, limit).replace("@", "＠")
    return _LIST_MARK.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", shown))


_MARKUP = re.compile(r"[\\`*_~|<>#:/\[\]]")
_LIST_MARK = re.compile(r"^(\d*)([-+.)])")  # "- x", "1. x" at the start of a line


def _full(answer: Answer, heard: str | None) -> str:
    told = [f"`{bar(guess)} {percentage(guess):>4}` {_language(guess)}" for guess in answer.guesses]
    return "\n".join([*told, *filter(None, [doubt(answer), heard])]) or "…"


def _short(answer: Answer, heard: str | None) -> str:
    told = " · ".join(f"{_language(guess)} {percentage(guess)}" for guess in answer.guesses)
    name = inert(answer.name, SHORT_NAME_LENGTH) or "…"
    unsure = " (unsure)" if told and answer.unsure else ""
    votes = f" · {heard}" if heard else ""
    return f"**{name}** {told or doubt(answer) or ''}{unsure}{votes}"


def _best(answer: Answer, heard: str | None) -> str:
    """The likeliest language alone; the menu below has the details."""
    name = inert(answer.name, SHORT_NAME_LENGTH) or "…"
    if not answer.guesses:
        return f"**{name}** {answer.unsure or ''}".rstrip()
    best = answer.guesses[0]
    unsure = " (unsure)" if answer.unsure else ""
    votes = f" · {heard}" if heard else ""
    return f"**{name}** {_language(best)} {percentage(best)}{unsure}{votes}"


def _language(guess: Guess) -> str:
    return f"{languages.of(guess.language).flag} {inert(guess.language)}"


def _read_as(answers: Sequence[Answer]) -> str | None:
    """For names that people write in another script or with accents: what was read of them."""
    if len(answers) != 1 or answers[0].name.isascii() or not answers[0].read_as:
        return None
    return read_as(printable(answers[0].read_as, NAME_LENGTH))


def _fitting(text: str) -> str:
    """At most what Discord takes, counted as it may count (UTF-16), cut between lines."""
    return "\n".join(_cut(text.split("\n"), MAX_CONTENT))


def _cut(lines: Sequence[str], longest: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if _utf16(kept) > longest:
            kept.pop()
            break
    return kept


def _utf16(told: Sequence[str]) -> int:
    return len("\n".join(told).encode("utf-16-le", "surrogatepass")) // 2
