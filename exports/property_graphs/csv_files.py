"""Rows of CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180) for many files at once.

Text stands between quotation marks, which are doubled inside; a value that is not there is
an empty field without them, so that an empty text is another thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from exports.content import Content
from exports.network import Scalar
from exports.property_graphs.names import Names
from exports.property_graphs.property_graph import (
    Cell,
    Format,
    PropertyGraph,
    day,
    decimal,
    truth,
    whole,
)

NODES, EDGES = "nodes", "relationships"
"""Folders of the files."""
_HELD = 4_000_000
"""Characters that wait in memory, over all files."""


def quoted(value: Any) -> str:
    """A value as quoted text."""
    return f'"{value}"' if '"' not in (text := str(value)) else '"' + text.replace('"', '""') + '"'


FORMATS: dict[type, Format] = {str: quoted, int: whole, float: decimal, bool: truth, date: day}
"""Type of a column to how its fields are written."""


def fields(values: Iterable[tuple[Cell, Scalar | None]]) -> str:
    """Fields of a row with commas between them."""
    return ",".join(["" if value is None else cell[1](value) for cell, value in values])


class CsvFiles:
    """Files that grow row by row; however many there are, none stays open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.longest = 0
        """Characters of the longest row."""
        self._rows: dict[str, list[str]] = {}
        self._held = 0

    def add(self, name: str, row: str) -> bool:
        """Add a row to the file of that name; true for its first one."""
        rows = self._rows.get(name)
        first = rows is None
        if rows is None:
            rows = self._rows[name] = []
        rows.append(row)
        self.longest = max(self.longest, len(row))
        self._held += len(row)
        if self._held > _HELD:
            self.flush()
        return first

    def flush(self) -> None:
        """Write what waits."""
        for name, rows in self._rows.items():
            if rows:
                with (self.folder / name).open("ab") as out:
                    out.write(("\n".join(rows) + "\n").encode())
                rows.clear()
        self._held = 0


class CsvFolder(PropertyGraph):
    """A content as files of rows, in a folder for nodes and one for relationships."""

    formats = FORMATS

    def __init__(self, format: str, content: Content, names: Names, folder: Path) -> None:
        super().__init__(format, content, names)
        self.files = CsvFiles(folder)
        for name in (NODES, EDGES):
            (folder / name).mkdir()

    row = staticmethod(fields)

    def ends(self, source: str, target: str, row: str) -> str:
        """The two ids before the other fields."""
        return f"{quoted(source)},{quoted(target)},{row}"

    def write(self) -> None:
        """Write every row, all of them to the end."""
        super().write()
        self.files.flush()
