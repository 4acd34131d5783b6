"""JSON Lines (https://jsonlines.org/): one object a line, for programs that read streams.

Every line has every column, ``null`` where there is no value; days are ISO 8601 text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from exports.tables.datapackage import Encoding
from exports.tables.table_folder import TableFolder
from exports.tables.tabulation import Row, TableLayout

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class _JsonLinesFile:
    def __init__(self, path: Path, table: TableLayout) -> None:
        self._names = [column.name for column in table.columns]
        self._out = path.open("wb")

    def write(self, rows: Sequence[Row]) -> None:
        names, encode = self._names, _ENCODER.encode
        lines = [encode(dict(zip(names, row, strict=True))) for row in rows]
        self._out.write(("\n".join(lines) + "\n").encode())

    def close(self) -> None:
        self._out.close()


class JsonLines(TableFolder):
    """A file for each table, typed by ``datapackage.json``."""

    name = "jsonl"
    extension = "jsonl"
    media_type = "application/jsonl"
    loses = "Named graphs."
    encoding = Encoding("jsonl", "application/jsonl", {"encoding": "utf-8"})

    def open(self, path: Path, table: TableLayout) -> _JsonLinesFile:
        """A new, empty file."""
        return _JsonLinesFile(path, table)
