"""A SQLite database of this program, locked from before it is read until it is closed."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def locked_database(
    path: Path, schema: str, *, application: int, version: int = 0, wal: bool = False
) -> sqlite3.Connection:
    """The database at ``path``, made when new, for one process alone.

    ``schema`` are statements that may be repeated, parted by semicolons; ``application`` and
    ``version`` are SQLite's application_id and user_version, by which no other database is taken
    for one (https://www.sqlite.org/pragma.html). ``wal`` is for many small transactions: each is
    one write to the disk. Transactions are begun by hand. Raises :class:`sqlite3.Error` when
    another process has it, it is another program's, a later version made it, or it is no database.
    """
    db = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN EXCLUSIVE")
        (owner,) = db.execute("PRAGMA application_id").fetchone()
        (tables,) = db.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
        if tables and owner != application:
            raise sqlite3.DatabaseError("it is another program's database")
        (made_by,) = db.execute("PRAGMA user_version").fetchone()
        if made_by > version:
            raise sqlite3.DatabaseError("a later version of Faultlines made it")
        db.execute(f"PRAGMA application_id = {application}")
        db.execute(f"PRAGMA user_version = {version}")
        for statement in schema.split(";"):
            db.execute(statement)
        db.execute("COMMIT")
        if wal:
            db.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error:
        db.close()
        raise
    return db
