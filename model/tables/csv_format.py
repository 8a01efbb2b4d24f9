"""CSV, as spreadsheets and programs write it: encoding, delimiter and line ends are found out, and
what comes out has the same. Rows are read and written in batches, so that a table may be longer
than memory."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from model.inference.predictor import Predictor
from model.tables.columns import Cell, Wanted
from model.tables.errors import TableError

DELIMITERS = (",", ";", "\t", "|")
_UTF8 = ("utf-8", "utf-8-sig")
_ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8; they come out as they went in
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONGEST_LINE = 1 << 20  # letters of the header


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; None: to be found out."""

    encoding: str | None = None
    delimiter: str | None = None


class CsvTable:
    """A CSV file that is open for reading and stands at its beginning; `name` is what to call
    it. Raises TableError where there is no header, or no such column in it."""

    def __init__(
        self, source: io.BufferedReader, wanted: Wanted, dialect: Dialect, name: str
    ) -> None:
        self._name = name
        self._wanted = wanted
        self._source = source
        self._encoding = dialect.encoding or _encoding(source.peek(64)[:64])
        try:
            self._errors = "surrogateescape" if self._encoding in _UTF8 else "strict"
            self._text = io.TextIOWrapper(source, self._encoding, self._errors, newline="")
        except LookupError:
            raise TableError(f"There is no text encoding {self._encoding}.") from None
        first = self._first_line()
        if _ESCAPED.search(first):
            raise self._not_text(1)
        self._delimiter = dialect.delimiter or max(DELIMITERS, key=first.count)
        self._line_end = "\r\n" if first.endswith("\r\n") else "\n"
        lines = chain([first], self._text)
        self._reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        self._rows = self._readable()
        self._header = next(self._rows, [])
        if not any(self._header):
            raise TableError(f"{name} is empty: its first line has to name the columns.")
        self._column = wanted.find(self._header)

    @property
    def position(self) -> int:
        """How many bytes have been read; 0 where that cannot be told."""
        return self._source.tell() if self._source.seekable() else 0

    def fill(
        self, target: BinaryIO, predictor: Predictor, at_once: int
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Writes every row with its answer behind it, in order; gives the answers a batch at a
        time."""
        errors = "replace" if self._errors == "strict" else self._errors
        encoder = codecs.getincrementalencoder(self._encoding)(errors=errors)

        def write(rows: list[list[Cell]]) -> None:
            target.write(encoder.encode(self._written(rows)))

        write([[*self._header, *self._wanted.new]])
        while rows := list(islice(self._rows, at_once)):
            answers = self._answers(predictor, rows)
            write([self._joined(row, new) for row, new in zip(rows, answers, strict=True)])
            yield answers

    def _answers(self, predictor: Predictor, rows: list[list[str]]) -> list[tuple[Cell, ...]]:
        names = [row[self._column] if self._column < len(row) else "" for row in rows]
        answers = self._wanted.answers(predictor, names)
        width = len(self._header)
        for i, row in enumerate(rows):
            if _ESCAPED.search(names[i]):
                reason = f"This name is not {self._encoding} text; perhaps --encoding cp1252 is."
                answers[i] = self._wanted.unread(reason)
            if len(row) > width:
                reason = f"This row has {len(row)} cells, but there are {width} columns."
                answers[i] = self._wanted.unread(reason)
        return answers

    def _joined(self, row: list[str], new: tuple[Cell, ...]) -> list[Cell]:
        """The row with the new cells under their names; what it has too many of comes last."""
        width = len(self._header)
        return [*row[:width], *[None] * (width - len(row)), *new, *row[width:]]

    def _written(self, rows: list[list[Cell]]) -> str:
        text = io.StringIO()
        sparing, careful = (
            csv.writer(
                text, delimiter=self._delimiter, lineterminator=self._line_end, quoting=quoting
            )
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
        )
        for row in rows:
            # Python before 3.13 leaves a carriage return bare, and then it ends the row.
            has_return = any(isinstance(cell, str) and "\r" in cell for cell in row)
            (careful if has_return else sparing).writerow(row)
        return text.getvalue()

    def _first_line(self) -> str:
        try:
            return self._text.readline(_LONGEST_LINE)
        except UnicodeError as error:
            raise self._not_text(1) from error

    def _readable(self) -> Iterator[list[str]]:
        """The rows, the header among them. Raises TableError at what is none."""
        while True:
            try:
                yield next(self._reader)
            except StopIteration:
                return
            except UnicodeError as error:
                raise self._not_text(self._reader.line_num) from error
            except csv.Error as error:
                raise TableError(
                    f"{self._name} cannot be read at line {self._reader.line_num} ({error}): is a "
                    "quotation mark left open there or before?"
                ) from error

    def _not_text(self, line: int) -> TableError:
        return TableError(
            f"{self._name} is not {self._encoding} text (after line {line}): name its encoding, "
            "for example --encoding cp1252."
        )


def _encoding(start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith(_UTF16):
        return "utf-16"
    if len(start) > 1 and not any(start[1::2]):  # Latin letters, each with an empty byte
        return "utf-16-le"
    return "utf-16-be" if len(start) > 1 and not any(start[::2]) else "utf-8"
