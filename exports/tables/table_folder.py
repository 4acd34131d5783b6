"""What folders of tables have in common: one file a table, and a description of all.

Rows go to their files as they come, so that memory stays the same whatever the size.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import ClassVar, Protocol

from exports.content import Content
from exports.exporter import ExportError, FolderExporter
from exports.tables import datapackage
from exports.tables.tabulation import Row, TableLayout, Tabulation

REFUSALS = (ValueError, OverflowError, TypeError)
"""What writers raise for values that they cannot write; UnicodeEncodeError is a ValueError."""


class TableFile(Protocol):
    """An open file of one table."""

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows. Raises one of :data:`REFUSALS` for what cannot be."""

    def close(self) -> None:
        """Write what is still held."""


class TableFolder(FolderExporter, ABC):
    """A format of one file for each table."""

    marker = datapackage.NAME
    encoding: ClassVar[datapackage.Encoding]

    @abstractmethod
    def open(self, path: Path, table: TableLayout) -> TableFile:
        """A new file for the table."""

    def write(self, content: Content, folder: Path) -> None:
        """Write table by table as rows come, then the description."""
        tabulation = Tabulation(content)
        with ExitStack() as stack:
            files: dict[str, TableFile] = {}
            for table in tabulation.in_files(self.name):
                file = self.open(folder / datapackage.file_name(table, self.encoding), table)
                stack.callback(file.close)
                files[table.name] = file
            for table, rows in tabulation.batches():
                try:
                    files[table.name].write(rows)
                except REFUSALS as error:
                    raise self._refused(files[table.name], table, rows, error) from error
        datapackage.write_datapackage(folder, content, tabulation.tables, self.encoding)

    def _refused(
        self, file: TableFile, table: TableLayout, rows: Sequence[Row], error: Exception
    ) -> ExportError:
        """The error with the name of the first row that cannot be written."""
        for row in rows:
            try:
                file.write([row])
            except REFUSALS as found:
                item, reason = table.item(row), f"table {table.name} cannot hold it ({found})"
                return ExportError(f"{self.name}, {item}", reason, "export as N-Quads or Turtle")
        return ExportError(f"{self.name}, {table.name}", str(error), "export as N-Quads or Turtle")
