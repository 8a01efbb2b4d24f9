"""The same commands, typed in a terminal or piped into it: one line in, one reply out. Only
replies go to stdout; the greeting, the prompt and notes are for a person at the keyboard."""

from __future__ import annotations

import concurrent.futures
import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from bot import settings, signals
from bot.assistant import Assistant
from bot.errors import NetworkError, RefusedError, sentence_for_operator
from bot.messages import about, answers, command_list, retraining, terminal
from bot.messages import help as help_pages
from bot.messages import settings as settings_words
from bot.messages.about import Uptime
from bot.retraining.job import Run
from bot.terminal import completion
from bot.terminal.completion import Offer
from bot.terminal.correcting import Correcting
from bot.terminal.guessing import Questions
from bot.terminal.retraining import Retraining, Tell
from bot.terminal.style import Paint, coloured, plain

PROMPT = "whence> "
INDENT = "  "
HEARING = 0.5  # seconds until a signal is heard


def run(assistant: Assistant, prefix: str) -> None:
    """Answers what comes from stdin until it ends or somebody quits. Raises NetworkError."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            _talk(assistant, prefix)
        else:
            _pipe(Chat(assistant, prefix, _wait), assistant)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    except BrokenPipeError:  # whoever read the replies has enough; Python's last flush has not
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wait(run: Run, tell: Tell) -> str:
    """Follows a retraining to its end, so that what is asked next is answered by what it made."""
    _note(terminal.waiting(retraining.plan(run)))
    while not run.future.done():
        # Python hears a signal that comes just before it waits for a lock only after that.
        with signals.heard():
            concurrent.futures.wait([run.future], timeout=HEARING)
    return tell(run)


class Chat:
    """One line in, the reply out. `follow`: what becomes of a retraining, see `Retraining`."""

    def __init__(
        self,
        assistant: Assistant,
        prefix: str,
        follow: Callable[[Run, Tell], str] = _wait,
        paint: Paint = plain,
    ) -> None:
        self._prefix = prefix
        self._assistant = assistant
        self._uptime = Uptime()
        correcting = Correcting(assistant.corrections, prefix)
        questions = Questions(assistant, correcting, prefix, paint)
        self._lang = questions.lang
        self._commands: dict[str, Callable[[str], str]] = {
            **questions.commands,
            **correcting.commands,
            **Retraining(assistant.learning, prefix, follow).commands,
            command_list.HELP.name: self._help,
            command_list.ABOUT_ME.name: self._about,
            command_list.SETTINGS.name: lambda _: settings_words.OF_TERMINAL,
            command_list.QUIT.name: self._quit,
        }

    def reply(self, line: str) -> str:
        """What to say to `line`; a bare name is taken as `lang`. Raises EOFError where somebody
        quits, and NetworkError where nothing can be answered at all."""
        try:
            if line.startswith(self._prefix):
                return self._obey(line.removeprefix(self._prefix).strip())
            return self._lang(line)
        except (EOFError, NetworkError):
            raise
        except Exception as error:
            return sentence_for_operator(error)

    def _obey(self, typed: str) -> str:
        word, rest = [*typed.split(maxsplit=1), "", ""][:2]
        known = command_list.find(word)
        command = self._commands.get(known.name) if known else None
        if command is None:
            known_here = command_list.TERMINAL_COMMANDS
            raise RefusedError(command_list.unknown(word, self._prefix, known_here, _short))
        return command(rest)

    def _help(self, typed: str) -> str:
        found = help_pages.find(typed, self._prefix)
        if isinstance(found, command_list.Command):
            return "\n".join(help_pages.about(found, self._prefix, str))
        commands = command_list.TERMINAL_COMMANDS
        told = help_pages.page(found, self._prefix, str, commands, has_buttons=False)
        if found != help_pages.FIRST:
            return "\n".join(told)
        admins = command_list.HELP.with_word(help_pages.ADMINS, self._prefix)
        bare = terminal.bare_name(command_list.LANG.usage(self._prefix))
        return "\n".join([*told, terminal.admins_page(admins), bare])

    def _about(self, _: str) -> str:
        model, languages = self._assistant.learning.model(), len(self._assistant.labels)
        return "\n".join(about.lines(model, languages, self._uptime))

    def _quit(self, _: str) -> str:
        raise EOFError


def _talk(assistant: Assistant, prefix: str) -> None:
    """With a person, who has a prompt at once: what reads it is imported when it is there already,
    and the network is loaded while they type."""
    _note(terminal.greeting(command_list.ABOUT, prefix))
    print(PROMPT, end="\r", flush=True)
    from bot.terminal.prompt import Prompt  # noqa: PLC0415  (prompt_toolkit: a pipe does without)

    def offer(line: str) -> Iterator[Offer]:
        return completion.offers(line, prefix, assistant.labels if assistant.is_loaded else ())

    prompt = Prompt(PROMPT, INDENT, offer)
    paint = coloured if settings.is_colour_wanted() else plain
    chat = Chat(assistant, prefix, prompt.follow, paint)
    with ThreadPoolExecutor(1) as loader, contextlib.suppress(EOFError):
        loader.submit(assistant.load)  # should it fail, the first question tells
        while True:
            if not (line := prompt.ask().strip()):
                continue
            if not assistant.is_loaded:
                _note(terminal.LOADING)
            print("".join(f"{INDENT}{told}\n" for told in chat.reply(line).splitlines()))
    if assistant.learning.running is not None:
        _note(terminal.ENDS_WITH_ME)


def _pipe(chat: Chat, assistant: Assistant) -> None:
    """With a program: a reply a line, and an empty line between two replies."""
    is_first = True
    with contextlib.suppress(EOFError):
        for line in map(str.strip, iter(_next_line, "")):
            if not line:
                continue
            if not assistant.is_loaded:
                _note(terminal.LOADING)
            reply = chat.reply(line)
            print(reply if is_first else f"\n{reply}", flush=True)
            is_first = False


def _short(typed: str) -> str:
    return answers.printable(typed, limit=30)


def _next_line() -> str:
    with signals.heard():
        return sys.stdin.readline()


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
