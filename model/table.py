"""whence table FILE --column NAME -o FILE: every row of a CSV or Parquet file with the language of
the name in it. The rows stay in their places; where nothing can be read, the new columns are empty
but for the reason. A long table is never held in memory."""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from model import streams
from model.checkpoint import SHIPPED, CheckpointError
from model.inference.predictor import Predictor
from model.languages import ALL, LanguagesError
from model.tables import files
from model.tables.columns import Wanted
from model.tables.csv_format import CsvTable, Dialect
from model.tables.errors import TableError
from model.tables.parquet_format import ParquetTable

AT_ONCE = 8192  # rows


def main(argv: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    try:
        with streams.forgiving():
            _run(chosen)
    except (TableError, CheckpointError, LanguagesError) as error:
        streams.complain(error)
        return 1
    except BrokenPipeError:
        return 0
    except OSError as error:
        name = error.filename or chosen.output or "standard output"
        streams.complain(f"{name} cannot be read or written: {error.strerror or error}.")
        return 1
    except KeyboardInterrupt:
        streams.complain(f"Stopped; {_unwritten(chosen.output)}.")
        return 130
    return 0


def _run(chosen: argparse.Namespace) -> None:
    wanted = Wanted(chosen.column, chosen.top, chosen.prefix)
    is_parquet = files.is_parquet(chosen.table)
    files.refuse_other_format(chosen.output, is_parquet=is_parquet)
    with files.reading(chosen.table) as source:
        files.refuse_same(source, chosen.output)
        if chosen.output is not None:
            files.refuse_taken(chosen.output, is_forced=chosen.force)
        name = "Standard input" if chosen.table == files.STANDARD else str(chosen.table)
        table = (
            ParquetTable(source, wanted, name)
            if is_parquet
            else CsvTable(source, wanted, Dialect(chosen.encoding, chosen.delimiter), name)
        )
        predictor = Predictor.load(chosen.checkpoint, chosen.languages)
        with (
            files.writing(chosen.output, is_forced=chosen.force) as target,
            _bar(table, source) as bar,
        ):
            rows = empty = 0
            for answers in table.fill(target, predictor, AT_ONCE):
                rows += len(answers)
                empty += sum(answer[0] is None for answer in answers)
                bar.update(table.position - bar.n)
    if chosen.output is not None:
        told = f"{rows:,} row{'s' * (rows != 1)}, {empty:,} of them without a language"
        streams.complain(f"Written: {chosen.output} ({told})")


def _bar(table: CsvTable | ParquetTable, source: io.BufferedReader) -> tqdm[None]:
    """On standard error, where that is a terminal."""
    if isinstance(table, ParquetTable):
        return tqdm(total=table.rows, unit=" rows", disable=None)
    size = os.fstat(source.fileno()).st_size or None
    return tqdm(total=size, unit="B", unit_scale=True, disable=None)


def _unwritten(path: Path | None) -> str:
    return "the rest is missing" if path is None else f"{path} was not written"


def _parser() -> argparse.ArgumentParser:
    parser = streams.Parser(prog="whence table", description=__doc__)
    parser.add_argument("table", type=Path, help="a CSV or Parquet file; - is standard input")
    parser.add_argument("--column", required=True, help="the name of the column of names")
    parser.add_argument(
        *("-o", "--output"), type=Path, metavar="FILE", help="what to write (default: print it)"
    )
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--top", type=_count, default=1, metavar="K", help="guesses a name (1)")
    parser.add_argument("--prefix", default="", help="what the new columns' names begin with")
    parser.add_argument("--encoding", help="of CSV (default: UTF-8, or what its first bytes say)")
    parser.add_argument("--delimiter", type=_delimiter, help="of CSV (default: found in line 1)")
    parser.add_argument("--languages", default=ALL, metavar="LIST", help="as in `whence --help`")
    parser.add_argument("--checkpoint", type=Path, default=SHIPPED, metavar="PATH")
    return parser


def _count(typed: str) -> int:
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    raise argparse.ArgumentTypeError("it has to be a whole number from 1 on")


def _delimiter(typed: str) -> str:
    one = {"tab": "\t", "\\t": "\t"}.get(typed.lower(), typed)
    if len(one) == 1 and one not in '"\r\n':
        return one
    raise argparse.ArgumentTypeError("it has to be one character, or tab")
