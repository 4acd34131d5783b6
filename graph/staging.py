"""What an unfinished build has read so far, so that it goes on where it stopped.

One SQLite file in the graph's folder. Reading is keyed by the hash of the source and the
extractor's version: the same bytes are never read twice by the same version. The file
is locked while a build runs, which keeps a second build out.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from graph.entry import COLUMNS, PLACES, Entry
from graph.errors import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (
    iri TEXT NOT NULL,
    reference TEXT,
    base TEXT,
    digest TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    version TEXT NOT NULL,
    date TEXT,
    root TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (source_name, source_sha256, version)
) WITHOUT ROWID;
"""


class Staging:
    """The readings of a build in progress."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._db = _locked(path)
        except sqlite3.Error as error:
            raise StoreError(
                str(path.parent),
                "another build is running on this graph, or its folder cannot be written "
                f"({error})",
                "wait until it has ended, or build into another folder",
            ) from error

    def has(self, source_name: str, sha256: str, version: str) -> bool:
        """Whether this source was read already by this version, in this unfinished build."""
        found = self._db.execute(
            "SELECT 1 FROM reading WHERE source_name = ? AND source_sha256 = ? AND version = ?",
            (source_name, sha256, version),
        )
        return found.fetchone() is not None

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep readings, safe from a crash."""
        self._db.executemany(
            f"INSERT OR REPLACE INTO reading ({COLUMNS}) VALUES ({PLACES})",
            (entry.values() for entry in entries),
        )
        self.commit()

    def commit(self) -> None:
        """Make everything put so far safe from a crash."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def keep_only(self, wanted: set[tuple[str, str]], version: str) -> None:
        """Drop readings that this build did not ask for: (source name, hash) pairs."""
        rows = self._db.execute("SELECT source_name, source_sha256, version FROM reading")
        stale = [row for row in rows if (row[0], row[1]) not in wanted or row[2] != version]
        self._db.executemany(
            "DELETE FROM reading WHERE source_name = ? AND source_sha256 = ? AND version = ?",
            stale,
        )

    def sources(self, version: str) -> list[tuple[str, str, str, str]]:
        """(decision IRI, source name, source hash, root) of a version's readings, in that order."""
        return list(
            self._db.execute(
                "SELECT iri, source_name, source_sha256, root FROM reading WHERE version = ? "
                "ORDER BY iri, source_name, source_sha256",
                (version,),
            )
        )

    def entries(self, wanted: Iterable[tuple[str, str]]) -> Iterator[Entry]:
        """The readings of some sources, (source name, hash) pairs, in their order."""
        for source in wanted:
            query = f"SELECT {COLUMNS} FROM reading WHERE source_name = ? AND source_sha256 = ?"
            for row in self._db.execute(query, source):
                yield Entry(*row)

    def close(self, *, finished: bool) -> None:
        """Close the file; a finished build leaves none behind."""
        self.commit()
        self._db.execute("COMMIT")
        if finished:
            # still locked, so that no build that begins now loses its own file; Windows removes
            # no open file
            with suppress(PermissionError):
                self.path.unlink(missing_ok=True)
        self._db.close()
        if finished and sys.platform == "win32":
            self.path.unlink(missing_ok=True)


def _locked(path: Path) -> sqlite3.Connection:
    """The file, open and locked before anything is read, so that no second build gets in."""
    db = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        db.execute(_SCHEMA)
    except sqlite3.Error:
        db.close()
        raise
    return db
