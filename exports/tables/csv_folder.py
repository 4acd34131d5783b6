"""CSV (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180): for spreadsheets, R, pandas, SQL.

Lines end with CR LF, the text is UTF-8 and begins with a byte order mark, by which Excel knows
it; readers of Data Packages, pandas, polars, DuckDB, R and LibreOffice pass over the mark, and
Python's own ``csv`` does with ``encoding="utf-8-sig"``. Sums have a decimal point, days are
ISO 8601, truth is ``true`` or ``false``.

So that no spreadsheet runs a decision's words as a formula, an apostrophe stands before text
that begins like one (:func:`graph.questions.results.defused`). The exact text is had back by
taking the first apostrophe from cells that begin with apostrophes and then such a character,
as :func:`graph.questions.results.undefused` does; ``datapackage.json`` tells it to readers.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from exports.tables.datapackage import Encoding
from exports.tables.table_folder import TableFolder
from exports.tables.tabulation import Row, TableLayout
from graph.questions.results import defused

_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
"""Told in full, so that no reader has to guess it from the words of a decision."""


class _CsvFile:
    def __init__(self, path: Path, table: TableLayout) -> None:
        self._out = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        self._writer.writerow([column.name for column in table.columns])

    def write(self, rows: Sequence[Row]) -> None:
        self._writer.writerows([list(map(_cell, row)) for row in rows])

    def close(self) -> None:
        self._out.close()


def _cell(value: object) -> object:
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


class Csv(TableFolder):
    """A file for each table, typed by ``datapackage.json``."""

    name = "csv"
    extension = "csv"
    media_type = "text/csv"
    loses = (
        "Named graphs, and whether a missing text is empty; an apostrophe stands before text "
        "that begins like a formula."
    )
    encoding = Encoding(
        "csv",
        "text/csv",
        {"encoding": "utf-8", "dialect": _DIALECT},
        "An apostrophe stands before text that a spreadsheet would run as a formula: where a "
        "cell begins with apostrophes and then one of = + - @ | tab, line feed, carriage return "
        "or a full-width = + - @, the first apostrophe is not part of the text.",
    )

    def open(self, path: Path, table: TableLayout) -> _CsvFile:
        """A new file with its header."""
        return _CsvFile(path, table)
