"""`python -m bot`: on Discord with a token, in the terminal without one or with --terminal; with
--setup and --doctor, what its operator needs."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from bot import VERSION, logs, settings, signals, unwanted_words
from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.errors import WhenceError
from bot.messages.terminal import DESCRIPTION, version
from bot.retraining.schedule import Schedule
from bot.retraining.service import Learning
from bot.servers import Servers, Usual
from bot.serving import Serving
from bot.settings import Settings


def main() -> None:
    """Ends with status 0 when told to stop, and with one sentence where it cannot go on."""
    signals.remember()
    arguments = _arguments()
    try:
        if arguments.setup or arguments.doctor:
            with signals.heard():
                _serve_operator(arguments)
        else:
            _run(arguments)
    except WhenceError as error:
        sys.exit(f"whence: {error}")
    except KeyboardInterrupt:
        pass


def _serve_operator(arguments: argparse.Namespace) -> None:
    # discord.py: the others do without
    from bot.operator import setup  # noqa: PLC0415
    from bot.operator.doctor import checkup  # noqa: PLC0415

    if arguments.setup:
        setup.run()
    if arguments.doctor and not checkup.run():
        sys.exit(1)


def _run(arguments: argparse.Namespace) -> None:
    chosen = settings.read()
    token = None if arguments.terminal else chosen.discord_token
    database = BackgroundDatabase(chosen.database_url, chosen.data_dir)
    serving, timeout = Serving(languages=chosen.languages), chosen.retrain_timeout.total_seconds()
    learning = Learning(
        serving, database, chosen.rule, timeout=timeout, keep_versions=chosen.keep_versions
    )
    days = chosen.guess_retention_days
    words = unwanted_words.UnwantedWords(chosen.words)
    usual = Usual(
        chosen.command_prefix, chosen.person_pace, chosen.rule, chosen.words, chosen.fixed
    )
    servers = Servers(database, usual)
    assistant = Assistant(serving, database, chosen.rule, days, learning, servers=servers)
    schedule = Schedule(learning, chosen.retrain_every, chosen.retrain_after_corrections)
    learning.follow()
    schedule.keep()
    try:
        with unwanted_words.hidden(words):
            if token is None:
                _talk(assistant, chosen)
            else:
                database.open()  # in the background, while we log in
                _go_online(assistant, chosen, token)
    finally:
        schedule.close()
        learning.close()
        database.close()


def _talk(assistant: Assistant, chosen: Settings) -> None:
    from bot.terminal import chat  # noqa: PLC0415  (a service does without)

    logs.set_up(chosen.log_level, chosen.data_dir / "terminal.log")
    chat.run(assistant, chosen.command_prefix)


def _go_online(assistant: Assistant, chosen: Settings, token: str) -> None:
    from bot.discord.client import WhenceBot  # noqa: PLC0415
    from bot.discord.connection import staying_online  # noqa: PLC0415  (discord.py: a terminal does without)
    from bot.discord.permissions import Permissions  # noqa: PLC0415
    from bot.discord.sending.answered_questions import Answers  # noqa: PLC0415
    from bot.discord.sending.pacing import Pacing  # noqa: PLC0415

    logs.set_up(chosen.log_level)
    permissions = Permissions(chosen.admin_user_ids, chosen.trusted_role_ids, chosen.home_guild_id)
    prefix, url = chosen.command_prefix, chosen.discord_api_base_url
    pacing = Pacing(chosen.person_pace, chosen.channel_pace, assistant.servers.pace)
    make_bot = partial(
        WhenceBot,
        assistant,
        permissions,
        prefix,
        url,
        chosen.data_dir,
        pacing=pacing,
        answers=Answers(),
    )
    staying_online.run(make_bot, token, before_leaving=assistant.learning.close)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description=DESCRIPTION,
    )
    parser.add_argument("--terminal", action="store_true", help="stay in the terminal in any case")
    parser.add_argument("--setup", action="store_true", help="ask for the token and write .env")
    parser.add_argument("--doctor", action="store_true", help="see whether all is as it should be")
    parser.add_argument("--version", action="version", version=version(VERSION))
    return parser.parse_args()


if __name__ == "__main__":
    main()
