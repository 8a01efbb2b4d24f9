"""Parquet, by pyarrow, which is an extra: row by row the same columns, the new ones behind them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from model.inference.predictor import Predictor
from model.tables.columns import Cell, Wanted
from model.tables.errors import TableError

if TYPE_CHECKING:
    import pyarrow as pa

_READ_AHEAD = 1 << 20  # bytes a column


class ParquetTable:
    """A Parquet file that is open for reading; `name` is what to call it. Raises TableError where
    it is none, where there is no such column of text in it, and without pyarrow."""

    def __init__(self, source: io.BufferedReader, wanted: Wanted, name: str) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415  (an extra)
            import pyarrow.parquet as pq  # noqa: PLC0415
        except ImportError:
            raise TableError(
                "Parquet needs the package pyarrow: pip install pyarrow, or Whence with its extra "
                "parquet."
            ) from None
        self._wanted = wanted
        self._name = name
        self.position = 0
        try:
            self._file = pq.ParquetFile(source, buffer_size=_READ_AHEAD, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise TableError(f"{name} is not a Parquet file: {_first_line(error)}") from error
        schema = self._file.schema_arrow
        self._column = wanted.find(schema.names)
        kind = schema.field(self._column).type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            raise TableError(f"The column {wanted.column} of {name} holds {kind}, not text.")
        for new in wanted.new:
            is_number = new.startswith(f"{wanted.prefix}probability")
            schema = schema.append(pa.field(new, pa.float64() if is_number else pa.string()))
        self._schema = schema

    @property
    def rows(self) -> int:
        return int(self._file.metadata.num_rows)

    def fill(
        self, target: BinaryIO, predictor: Predictor, at_once: int
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """As `CsvTable.fill` does."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            with pq.ParquetWriter(target, self._schema) as writer:
                for batch in self._file.iter_batches(at_once):
                    names = [name or "" for name in batch.column(self._column).to_pylist()]
                    answers = self._wanted.answers(predictor, names)
                    writer.write_batch(self._joined(batch, answers))
                    self.position += len(answers)
                    yield answers
        except pa.ArrowException as error:
            raise TableError(
                f"{self._name} cannot be read or written: {_first_line(error)}"
            ) from error

    def _joined(self, batch: pa.RecordBatch, answers: list[tuple[Cell, ...]]) -> pa.RecordBatch:
        import pyarrow as pa  # noqa: PLC0415

        kinds = [self._schema.field(name).type for name in self._wanted.new]
        columns: list[Any] = [
            pa.array(cells, kind)
            for cells, kind in zip(zip(*answers, strict=True), kinds, strict=True)
        ]
        return pa.RecordBatch.from_arrays([*batch.columns, *columns], schema=self._schema)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
