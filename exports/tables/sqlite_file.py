"""One SQLite database: typed tables, foreign keys that hold, views; for Datasette and all SQL.

Tables are STRICT (https://www.sqlite.org/stricttables.html): TEXT, INTEGER and REAL, days as
ISO 8601 text, which SQLite's own functions read, truth as 1 and 0. Every foreign key has an
index. The table ``about`` says what the others and their columns are; views
(:mod:`exports.tables.sqlite_views`) join what belongs together.

The same content gives the same bytes with the same version of SQLite.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import BinaryIO

from exports.content import Content
from exports.exporter import ExportError, FileExporter
from exports.tables.sqlite_views import views
from exports.tables.tabulation import TableColumn, TableLayout, Tabulation
from graph.triples.dataset import DESCRIPTION, LICENCE, RIGHTS, TITLE

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", date: "TEXT"}
_STRICT = (3, 37)
"""The first version of SQLite that makes STRICT tables."""
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536")
"""The file is new and thrown away when anything fails, so no journal is needed."""
_MOST_COLUMNS = 2_000
"""https://www.sqlite.org/limits.html"""


class Sqlite(FileExporter):
    """All tables in one file."""

    name = "sqlite"
    extension = "sqlite"
    media_type = "application/vnd.sqlite3"
    loses = "Named graphs."

    def write(self, content: Content, out: BinaryIO) -> None:
        """Fill a database beside, then copy it."""
        if sqlite3.sqlite_version_info < _STRICT:
            reason = f"Python has SQLite {sqlite3.sqlite_version} here; 3.37 makes typed tables"
            raise ExportError("format 'sqlite'", reason, "use a newer Python, or export as CSV")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "faultlines.sqlite"
            with closing(sqlite3.connect(path, isolation_level=None)) as database:
                try:
                    _Filling(database, content).fill()
                except sqlite3.OperationalError as error:
                    advice = "export as CSV, JSON Lines or N-Quads"
                    if error.sqlite_errorcode & 0xFF in _NO_ROOM:  # the rest says more of it
                        advice = "make room where temporary files are kept (TMPDIR)"
                    raise ExportError("format 'sqlite'", str(error), advice) from error
            with path.open("rb") as made:
                shutil.copyfileobj(made, out)


class _Filling:
    """Fills one database."""

    def __init__(self, database: sqlite3.Connection, content: Content) -> None:
        self._database = database
        self._content = content
        self._tabulation = Tabulation(content)

    def fill(self) -> None:
        run = self._database.execute
        for pragma in _PRAGMAS:
            run(f"PRAGMA {pragma}")
        run("BEGIN")
        for table in self._tabulation.tables:
            if len(table.columns) > _MOST_COLUMNS:
                reason = f"it has {len(table.columns):,} columns, SQLite up to {_MOST_COLUMNS:,}"
                raise ExportError(f"sqlite, table {table.name}", reason, "export as JSON Lines")
            run(_definition(table))
        run(_ABOUT)
        self._database.executemany("INSERT INTO about VALUES (?, ?, ?)", self._about())
        inserts = {table.name: _insert(table) for table in self._tabulation.tables}
        for table, rows in self._tabulation.batches():
            before = self._database.total_changes
            try:
                self._database.executemany(inserts[table.name], rows)
            except _REFUSALS as error:
                item = table.item(rows[self._database.total_changes - before])
                reason = f"table {table.name} cannot hold it ({error})"
                advice = "export as CSV, JSON Lines or N-Quads"
                raise ExportError(f"sqlite, {item}", reason, advice) from error
        for table in self._tabulation.tables:
            for column in _referring(table):
                name = quoted(f"{table.name}_{column.name}")
                run(f"CREATE INDEX {name} ON {quoted(table.name)} ({quoted(column.name)})")
        for _, sql in views(self._tabulation):
            run(sql)
        run("ANALYZE")
        run("COMMIT")
        self._hold()

    def _about(self) -> Iterator[tuple[str, str, str]]:
        """Rows of the table ``about``."""
        yield "", "", f"{TITLE}: {self._content.title}. {DESCRIPTION} {RIGHTS} {LICENCE}"
        yield "about", "", "What tables, views and columns are; without a name, all of it."
        for table in self._tabulation.tables:
            yield table.name, "", f"{table.title}. {table.about}".strip()
            for column in table.columns:
                if column.about:
                    yield table.name, column.name, column.about
        for view, _ in views(self._tabulation):
            yield view.name, "", view.about

    def _hold(self) -> None:
        """Raise :class:`ExportError` naming a row whose foreign key leads nowhere."""
        broken = self._database.execute("PRAGMA foreign_key_check").fetchone()
        if broken is None:
            return
        table, number, target, _ = broken
        item = f"a row of {table}"
        if number is not None:
            found = self._database.execute(
                f"SELECT id FROM {quoted(table)} WHERE rowid = ?", (number,)
            )
            item = str(found.fetchone()[0])
        reason = f"it leads to what does not stand in table {target}"
        raise ExportError(f"sqlite, {item}", reason, "export as CSV, or ask for both ends too")


_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""Codes of errors with a disk (https://www.sqlite.org/rescode.html)."""
_REFUSALS = (
    *(sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError),
    *(sqlite3.DataError, OverflowError, UnicodeEncodeError),
)
"""What the values of a row can raise."""

_ABOUT = (
    'CREATE TABLE about ("table" TEXT NOT NULL, "column" TEXT NOT NULL, description TEXT NOT NULL, '
    'PRIMARY KEY ("table", "column")) STRICT, WITHOUT ROWID'
)


def quoted(name: str) -> str:
    """A name as SQL, whatever its characters."""
    return '"' + name.replace('"', '""') + '"'


def _definition(table: TableLayout) -> str:
    columns = ",\n  ".join(_column(column, table) for column in table.columns)
    # ids of nodes are long and looked up: the table is its own index
    rowid = "" if table.name in ("link", "passage") or not table.key else ", WITHOUT ROWID"
    return f"CREATE TABLE {quoted(table.name)} (\n  {columns}\n) STRICT{rowid}"


def _column(column: TableColumn, table: TableLayout) -> str:
    parts = [quoted(column.name), _TYPES[column.type]]
    if column.name == table.key:
        parts.append("PRIMARY KEY")
    if column.required:
        parts.append("NOT NULL")
    if column.type is bool:
        parts.append(f"CHECK ({quoted(column.name)} IN (0, 1))")
    if column.references:
        parts.append(f"REFERENCES {quoted(column.references)} (id)")
    return " ".join(parts)


def _referring(table: TableLayout) -> list[TableColumn]:
    """Columns that need an index of their own: foreign keys that are no primary key."""
    return [one for one in table.columns if one.references and one.name != table.key]


def _insert(table: TableLayout) -> str:
    return f"INSERT INTO {quoted(table.name)} VALUES ({', '.join('?' * len(table.columns))})"
