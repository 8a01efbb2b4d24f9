"""`python -m storage export | import | backup FILE`: corrections as JSON lines, out of the database
and into it, and a copy of the whole while the bot runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from storage import backup, import_export
from storage.connection import address
from storage.database import Database
from storage.errors import StorageError
from storage.printable import printable


def main(arguments: list[str] | None = None) -> int:
    """Ends with 1 where a line to be imported was refused, with 2 where nothing was done: what
    was in FILE is then as it was."""
    chosen = _parser().parse_args(arguments)
    url = chosen.database or address.configured()
    try:
        match chosen.action:
            case "export":
                with Database.open(url, is_new_allowed=False) as database:
                    import_export.export(database, chosen.file)
            case "import":
                with Database.open(url) as database:
                    is_all = import_export.import_(database, chosen.file, is_dry_run=chosen.dry_run)
                return 0 if is_all else 1
            case _:
                file = Path(chosen.file)
                backup.back_up(address.parse(url), file)
                size = f"{file.stat().st_size:,} bytes"
                print(printable(f"Copied to {file} ({size}), checked and whole."))
    except StorageError as error:
        print(printable(str(error)), file=sys.stderr)
    except OSError as error:
        print(printable(f"{chosen.file}: {error.strerror}."), file=sys.stderr)
    else:
        return 0
    return 2


class Parser(argparse.ArgumentParser):
    """Repeats of an argument that is none of its own what can be shown."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def _parser() -> argparse.ArgumentParser:
    parser = Parser("python -m storage", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    export = actions.add_parser(
        "export", help="write every standing correction to FILE", description=import_export.__doc__
    )
    import_ = actions.add_parser(
        "import", help="store the corrections in FILE", description=import_export.__doc__
    )
    copy = actions.add_parser(
        "backup", help="copy the database to FILE", description=backup.__doc__
    )
    import_.add_argument("--dry-run", action="store_true", help="only tell what would happen")
    for action in (export, import_):
        action.add_argument(
            "file", metavar="FILE", help="JSON lines; - for standard input or output"
        )
    copy.add_argument("file", metavar="FILE", help="where the copy goes")
    for action in (export, import_, copy):
        action.add_argument("--database", metavar="URL", help="instead of DATABASE_URL's")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
