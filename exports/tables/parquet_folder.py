"""Apache Parquet (https://parquet.apache.org/docs/file-format/): for DuckDB, pandas, Spark, R.

Columns are typed: ``string``, ``int64``, ``double``, ``bool`` and ``date32``; row groups are
bounded in rows and bytes and packed with Zstandard. Needs pyarrow, which is the extra
``parquet``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exports.content import Content
from exports.exporter import ExportError
from exports.tables.datapackage import Encoding
from exports.tables.table_folder import TableFolder
from exports.tables.tabulation import Row, TableLayout

if TYPE_CHECKING:
    import pyarrow as pa

_GROUP_ROWS = 65_536
_GROUP_BYTES = 16 * 2**20
"""Bounds of a row group before packing; memory holds one for each table."""


class _ParquetFile:
    def __init__(self, path: Path, table: TableLayout) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
        types[date] = pa.date32()
        self._schema = pa.schema(
            [
                pa.field(
                    column.name,
                    types[column.type],
                    nullable=not column.required,
                    metadata={"description": column.about} if column.about else None,
                )
                for column in table.columns
            ],
            metadata={"title": table.title, "description": table.about},
        )
        self._waiting: list[pa.RecordBatch] = []
        self._rows = self._bytes = 0
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        import pyarrow as pa

        columns = zip(*rows, strict=True)
        batch = pa.RecordBatch.from_arrays(
            [_array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)],
            schema=self._schema,
        )
        self._waiting.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._group()

    def _group(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema))
        self._waiting.clear()
        self._rows = self._bytes = 0

    def close(self) -> None:
        self._group()
        self._writer.close()


def _array(cells: Sequence[object], type_: Any) -> Any:
    """Cells as an array of Arrow; days from their text."""
    import pyarrow as pa

    if pa.types.is_date32(type_):
        return pa.array(cells, pa.string()).cast(type_)
    return pa.array(cells, type_)


class Parquet(TableFolder):
    """A file for each table."""

    name = "parquet"
    extension = "parquet"
    media_type = "application/vnd.apache.parquet"
    loses = "Named graphs."
    encoding = Encoding("parquet", "application/vnd.apache.parquet", {})

    def write(self, content: Content, folder: Path) -> None:
        """Write table by table as rows come.

        Raises :class:`~exports.exporter.ExportError` too when pyarrow is not installed.
        """
        try:
            import pyarrow.parquet  # noqa: F401 - whether it is there
        except ImportError as error:
            reason = "it needs pyarrow, which is not installed"
            raise ExportError("format 'parquet'", reason, "pip install '.[parquet]'") from error
        super().write(content, folder)

    def open(self, path: Path, table: TableLayout) -> _ParquetFile:
        """A new file with its schema."""
        return _ParquetFile(path, table)
