"""An Excel workbook (ECMA-376): a sheet for each table, for reading, sorting and filtering.

The table ``node``, which serves foreign keys, is left out. Cells are typed, and no text is
ever a formula or a link. A text longer than a cell of Excel can be is cut, because one such
text should not cost everyone else the workbook; the sheet ``cut`` names each. Tables with more
rows than a sheet go on in a sheet of the same name and a number. Needs XlsxWriter, which is
the extra ``excel``.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from exports.content import Content
from exports.exporter import ExportError, FileExporter
from exports.tables.names import Names
from exports.tables.tabulation import Row, TableColumn, TableLayout, Tabulation
from graph.triples.dataset import RIGHTS, TITLE

if TYPE_CHECKING:
    from xlsxwriter import Workbook as XlsxWorkbook
    from xlsxwriter.worksheet import Worksheet

# Excel's limits: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_LONGEST_TEXT = 32_767
"""UTF-16 code units."""
_LONGEST_NAME = 31
_EXACT = 10**15
"""Excel keeps 15 digits of a number."""
_FIRST_DAY = "1900-03-01"
"""Excel takes 1900 for a leap year, so earlier days mean others to other programs."""
_EPOCH = date(1899, 12, 30)
_WIDTHS = {str: 24, int: 10, float: 12, bool: 10, date: 12}
"""Width of a column, in characters."""

_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""What stands as ``_x0008_`` in a workbook (ECMA-376 part 1, 22.9.2.19)."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}


class Workbook(FileExporter):
    """All tables in one workbook."""

    name = "xlsx"
    extension = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    loses = (
        "Named graphs, whether a missing text is empty, and what is longer than 32,767 "
        "characters, which is cut and listed; days before March 1900 and whole numbers of more "
        "than 15 digits stand as text."
    )

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write row by row; the rows wait in temporary files.

        Raises :class:`~exports.exporter.ExportError` too when XlsxWriter is not installed.
        """
        try:
            from xlsxwriter import Workbook as XlsxWorkbook
            from xlsxwriter.exceptions import FileCreateError
        except ImportError as error:
            reason = "it needs XlsxWriter, which is not installed"
            raise ExportError("format 'xlsx'", reason, "pip install '.[excel]'") from error
        tabulation = Tabulation(content)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "faultlines.xlsx"  # a zip goes back in what it has written
            book = XlsxWorkbook(path, {**_OPTIONS, "tmpdir": folder})
            book.set_properties(
                {
                    "title": f"{TITLE}: {content.title}"[:255],
                    "comments": RIGHTS,
                    "created": datetime(2000, 1, 1, tzinfo=UTC),  # Excel asks for one
                }
            )
            try:
                sheets = _Sheets(book, tabulation)
                for table, rows in tabulation.batches():
                    sheets.add(table, rows)
                sheets.finish()
                book.close()
            except FileCreateError as error:
                advice = "make room where temporary files are kept (TMPDIR)"
                raise ExportError("format 'xlsx'", str(error), advice) from error
            finally:
                for sheet in book.worksheets():
                    if sheet.row_data_fh is not None:  # open still when writing has failed
                        sheet.row_data_fh.close()
            with path.open("rb") as made:
                shutil.copyfileobj(made, out)


class _Sheets:
    """The sheets of a workbook, by their tables."""

    def __init__(self, book: XlsxWorkbook, tabulation: Tabulation) -> None:
        self._book = book
        self._names = Names(("history",))  # Excel keeps this one to itself
        self._header = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._open: dict[str, _Sheet] = {}
        self._cut: _Sheet | None = None
        for table in tabulation.in_files("xlsx"):
            if table.name != "node":
                self._open[table.name] = self._sheet(table)

    def _sheet(self, table: TableLayout) -> _Sheet:
        if len(table.columns) > _MOST_COLUMNS:
            reason = f"it has {len(table.columns):,} columns, Excel up to {_MOST_COLUMNS:,}"
            raise ExportError(f"xlsx, table {table.name}", reason, "export as JSON Lines")
        name = self._names.sheet(table.name, _LONGEST_NAME)
        sheet = self._book.add_worksheet(name)
        return _Sheet(sheet, table, self._header, self._day)

    def add(self, table: TableLayout, rows: list[Row]) -> None:
        """Add rows to the sheet of a table, if it has one."""
        sheet = self._open.get(table.name)
        if sheet is None:
            return
        for row in rows:
            if sheet.full:
                sheet.finish()
                sheet = self._open[table.name] = self._sheet(table)
            try:
                cut = sheet.add(row)
            except (ValueError, TypeError) as error:
                reason = f"table {table.name} cannot hold it ({error})"
                advice = "export as CSV, SQLite or N-Quads"
                raise ExportError(f"xlsx, {table.item(row)}", reason, advice) from error
            for column, characters in cut:
                self._tell_cut(sheet, table.item(row), column, characters)

    def _tell_cut(self, sheet: _Sheet, item: str, column: str, characters: int) -> None:
        if self._cut is None or self._cut.full:
            if self._cut is not None:
                self._cut.finish()
            self._cut = self._sheet(_CUT)
        self._cut.add((sheet.name, sheet.rows, item[:_LONGEST_TEXT], column, characters))

    def finish(self) -> None:
        """Set the filters, once all rows are known."""
        for sheet in (*self._open.values(), *([self._cut] if self._cut else [])):
            sheet.finish()


class _Sheet:
    """One sheet with its header."""

    def __init__(self, sheet: Worksheet, table: TableLayout, header: Any, day: Any) -> None:
        self._sheet = sheet
        self.name = sheet.get_name()
        self.rows = 1
        """How many are written, with the header."""
        self._columns = table.columns
        writers: dict[type, Callable[[int, int, Any], Any]] = {
            str: self._write_text,
            int: self._whole_number,
            float: sheet.write_number,
            bool: sheet.write_boolean,
            date: lambda row, column, value: self._write_day(row, column, value, day),
        }
        self._writers = [writers[column.type] for column in table.columns]
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.name, header)
            sheet.set_column(number, number, _WIDTHS[column.type])
        sheet.freeze_panes(1, 0)

    @property
    def full(self) -> bool:
        """Whether another row would be one too many."""
        return self.rows >= MOST_ROWS

    def add(self, row: Row) -> list[tuple[str, int]]:
        """Write a row; the columns whose text was cut, with its whole length."""
        cut = []
        number = self.rows
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str) and len(value) > _LONGEST_TEXT // 2:
                kept = _fitting(value)
                if len(kept) < len(value):
                    cut.append((self._columns[column].name, len(value)))
                self._write_text(number, column, kept)
            else:
                self._writers[column](number, column, value)
        self.rows += 1
        return cut

    def _write_text(self, row: int, column: int, text: str) -> None:
        if not text.isascii():
            text.encode()  # XlsxWriter writes it later, and would not know whose it is
        if not (text.startswith("<r>") and text.endswith("</r>")):
            self._sheet.write_string(row, column, text)
        elif _ESCAPED.search(text):
            raise ValueError("XlsxWriter would take it for a rich text")
        else:  # XlsxWriter takes it for a rich text of its own making, so it gets one
            self._sheet.write_rich_string(row, column, "<", text[1:-1], ">")

    def _whole_number(self, row: int, column: int, value: int) -> None:
        if -_EXACT < value < _EXACT:
            self._sheet.write_number(row, column, value)
        else:
            self._sheet.write_string(row, column, str(value))

    def _write_day(self, row: int, column: int, value: str, format: Any) -> None:
        if value >= _FIRST_DAY:
            serial = (date.fromisoformat(value) - _EPOCH).days
            self._sheet.write_number(row, column, serial, format)
        else:
            self._sheet.write_string(row, column, value)

    def finish(self) -> None:
        """Set the filter over all rows."""
        self._sheet.autofilter(0, 0, self.rows - 1, len(self._columns) - 1)


_CUT = TableLayout(
    "cut",
    "cut texts",
    "Texts that are longer than a cell of Excel can be.",
    (
        TableColumn("sheet", str),
        TableColumn("row", int),
        TableColumn("id", str),
        TableColumn("column", str),
        TableColumn("characters", int),
    ),
)


def _fitting(text: str) -> str:
    """As much of the text as a cell holds, in whole characters."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST_TEXT:
        return text
    return units[: 2 * _LONGEST_TEXT].decode("utf-16-le", errors="ignore")
