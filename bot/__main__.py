"""`python -m bot`: on Discord with a token, in the terminal without one or with --terminal."""

from __future__ import annotations

import argparse
import signal
import sys

from bot import logs, settings
from bot.errors import WhenceError
from bot.serving import Serving


def main() -> None:
    """Ends with status 0 when told to stop, and with one sentence where it cannot go on."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _run(_arguments())
    except WhenceError as error:
        sys.exit(f"whence: {error}")
    except KeyboardInterrupt:
        pass


def _run(arguments: argparse.Namespace) -> None:
    chosen = settings.read()
    token = None if arguments.terminal else chosen.discord_token
    serving = Serving()
    if token is None:
        from bot import terminal  # noqa: PLC0415  (a service does without)

        logs.set_up(chosen.log_level, chosen.data_dir / "terminal.log")
        terminal.run(serving, chosen.command_prefix)
    else:
        from bot import online  # noqa: PLC0415  (discord.py: a terminal does without)

        logs.set_up(chosen.log_level)
        online.run(serving, token, chosen.command_prefix, chosen.discord_api_base_url)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Starts Whence: on Discord where DISCORD_TOKEN is set, else in the terminal.",
    )
    parser.add_argument("--terminal", action="store_true", help="stay in the terminal in any case")
    return parser.parse_args()


if __name__ == "__main__":
    main()
