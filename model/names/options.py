"""The command line's choice of names: which corpus, from where, and what to leave out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Collection
from pathlib import Path

from model import languages
from model.cache import NOTHING_KEPT, Cache
from model.names import TUTORIAL, NamesError, Row, packages, row_cache, sources, tutorial

TUTORIAL_CORPUS, WIDE_CORPUS = "tutorial", "wide"


def add_to(parser: argparse.ArgumentParser, default: str = WIDE_CORPUS) -> None:
    parser.add_argument(
        "--corpus",
        choices=(TUTORIAL_CORPUS, WIDE_CORPUS),
        default=default,
        help="the tutorial's names alone, or every source (default: %(default)s)",
    )
    parser.add_argument(
        "--names", type=Path, metavar="PATH", help="the tutorial's archive, a zip or a folder"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=(TUTORIAL, *sources.ALL),
        metavar="SOURCE",
        help=f"leave a source out: {TUTORIAL}, {', '.join(sources.ALL)} (may be repeated)",
    )


def add_languages_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--languages",
        choices=(languages.TUTORIAL, languages.ALL),
        default=languages.TUTORIAL,
        help="of the wide corpus: those of the tutorial, the others being from elsewhere, or all "
        "that we have names of (default: %(default)s)",
    )


def rows(
    chosen: argparse.Namespace,
    *,
    is_offline: bool = False,
    labels: Collection[str] = (),
    cache: Cache = NOTHING_KEPT,
) -> list[Row]:
    """The rows that the options ask for, the tutorial's first. The wide corpus goes without the
    tutorial's names where they can't be had and weren't named; `is_offline`: where they are not
    there already. A network that knows every language by its `labels` is taught with names of
    them all. What takes long to read comes from the `cache`. Raises NamesError."""
    found: list[Row] = []
    if TUTORIAL not in chosen.without:
        try:
            path = chosen.names or tutorial.fetch(data_folder(), is_offline=is_offline)
            found += tutorial.read(path)
        except NamesError as error:
            if chosen.corpus == TUTORIAL_CORPUS or chosen.names is not None:
                raise
            print(f"Going on without the tutorial's names. {error}", file=sys.stderr)
    if chosen.corpus == WIDE_CORPUS:
        is_all = getattr(chosen, "languages", languages.TUTORIAL) == languages.ALL
        is_all = is_all or {*sources.EVERY_LANGUAGE} <= {*labels}
        wanted = sources.EVERY_LANGUAGE if is_all else packages.TUTORIAL
        found += row_cache.read(cache, chosen.without, wanted)
    if not found:
        raise NamesError("Every source was left out: there are no names to learn from.")
    return found


def kept() -> Cache:
    """Where a retraining keeps what it finds anew each time otherwise."""
    return Cache(data_folder() / "cache")


def data_folder() -> Path:
    """Where downloads are kept: DATA_DIR, else `var/`."""
    return Path(os.environ.get("DATA_DIR") or "var")
