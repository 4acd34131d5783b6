"""What endpoints are known to hold: one SQLite file beside the folder of the graph.

For each endpoint and named graph it keeps the digest of what the endpoint has confirmed. A
digest is taken out before a graph is sent or removed and comes back once the endpoint has
answered, each in a transaction of its own that is on disk before the next step. So a push
that ends anywhere leaves a graph either confirmed or in doubt, and one in doubt is sent, or
removed, again. It holds no address's query and no credentials.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from exports.push.refusal import PushError, Unusable
from exports.push.statements import Statements
from graph.locked_database import locked_database

_APPLICATION = 0x464C5053
"""SQLite's application_id of these files, so that no other database is taken for one."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pushed (
    endpoint TEXT NOT NULL,
    graph TEXT NOT NULL,
    digest TEXT,
    statements INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (endpoint, graph)
) WITHOUT ROWID;
"""
_PUT = """
INSERT INTO pushed (endpoint, graph, digest, statements, bytes) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (endpoint, graph)
DO UPDATE SET digest = excluded.digest, statements = excluded.statements, bytes = excluded.bytes
"""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What is known of a named graph at an endpoint."""

    digest: str | None
    """SHA-256 of its statements; None when it is in doubt."""
    statements: int
    bytes: int


def beside(folder: Path) -> Path:
    """Where the journal of a graph stands by default: ``kg.push.sqlite`` beside ``kg``."""
    folder = folder.resolve()
    return folder.with_name(f"{folder.name}.push.sqlite")


class Journal:
    """The part of a journal that is about one endpoint; locked while it is open."""

    def __init__(self, path: Path, endpoint: str) -> None:
        self._endpoint = endpoint
        self._path = str(path)
        if re.fullmatch(r"generation-[0-9]+", path.resolve().parent.name):
            reason = "it lies in a generation of a graph, which a build deletes"
            raise Unusable(str(path), reason, "name another file with --journal")
        failure = "", ""
        try:
            # no second push is told what this one has yet to do
            self._db = locked_database(path, _SCHEMA, application=_APPLICATION)
        except sqlite3.DatabaseError as error:
            failure = _failure(error)
        if any(failure):
            raise PushError(str(path), *failure)

    def pushed(self) -> dict[str, Pushed]:
        """IRI of every named graph that was pushed to the endpoint, and what is known of it."""
        rows = self._db.execute(
            "SELECT graph, digest, statements, bytes FROM pushed WHERE endpoint = ? ORDER BY graph",
            (self._endpoint,),
        )
        return {graph: Pushed(*rest) for graph, *rest in rows}

    def doubt(self, graphs: Iterable[Statements]) -> None:
        """Note that graphs are about to be sent: until confirmed, nothing is known of them."""
        self._put((graph.name, None, graph.count, graph.size) for graph in graphs)

    def confirm(self, graphs: Iterable[Statements]) -> None:
        """Note that the endpoint holds these graphs."""
        self._put((graph.name, graph.digest, graph.count, graph.size) for graph in graphs)

    def doubt_removal(self, names: Iterable[str]) -> None:
        """Note that graphs are about to be removed."""
        self._each("UPDATE pushed SET digest = NULL WHERE endpoint = ? AND graph = ?", names)

    def doubt_all(self) -> None:
        """Forget what the endpoint has confirmed; what was pushed there stays known."""
        self._write("UPDATE pushed SET digest = NULL WHERE endpoint = ?", ((),))

    def forget(self, names: Iterable[str]) -> None:
        """Note that the endpoint has removed these graphs."""
        self._each("DELETE FROM pushed WHERE endpoint = ? AND graph = ?", names)

    def _put(self, rows: Iterable[tuple[str, str | None, int, int]]) -> None:
        self._write(_PUT, rows)

    def _each(self, sql: str, names: Iterable[str]) -> None:
        self._write(sql, ((name,) for name in names))

    def _write(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Write rows about the endpoint, all of them or none."""
        try:
            with self._db:
                self._db.execute("BEGIN")
                self._db.executemany(sql, [(self._endpoint, *row) for row in rows])
        except sqlite3.DatabaseError as error:
            advice = "see that there is room, and run the same command again"
            raise PushError(self._path, f"it cannot be written ({error})", advice) from error

    def close(self) -> None:
        """Let others open the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _failure(error: sqlite3.DatabaseError) -> tuple[str, str]:
    """What is wrong with the file, and what to do."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return "another push uses this journal", "wait until it has ended, or give another"
    if isinstance(error, sqlite3.OperationalError):
        return f"no journal can be kept there ({error})", "name a file you may write to: --journal"
    return f"it is no journal of a push ({error})", "name another file with --journal"
