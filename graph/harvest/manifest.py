"""What is known of the pages of a folder: one SQLite file, locked while a harvest runs.

``page`` has a row for each decision that was ever listed: its place (the end of its address,
and of its file), its state (``listed``, ``held`` or ``gone``), when it was received and last
asked for, hash, ETag and Last-Modified, and the result page that listed it. ``received`` has the
pages that are whole on disk and not yet in their place; ``version`` those that were replaced or
are gone; ``harvest`` and ``listed`` what was asked for and which windows of it are done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

from graph.harvest.page import Listed, Page, Received
from graph.harvest.refusal import HarvestError
from graph.locked_database import locked_database

_APPLICATION = 0x464C4856
"""SQLite's application_id of these files, so that no other database is taken for one."""
_VERSION = 1
"""SQLite's user_version of these files; one that another program would misread has another."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    place TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL,
    listing TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    first_listed TEXT NOT NULL,
    harvest INTEGER NOT NULL,
    asked_by INTEGER,
    received TEXT,
    checked TEXT,
    status INTEGER,
    misses INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER,
    sha256 TEXT,
    etag TEXT,
    last_modified TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS received (
    place TEXT PRIMARY KEY,
    received TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (
    place TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    received TEXT,
    replaced TEXT NOT NULL,
    PRIMARY KEY (place, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS harvest (
    number INTEGER PRIMARY KEY,
    asked TEXT NOT NULL,
    everything INTEGER NOT NULL,
    last TEXT NOT NULL,
    begun TEXT NOT NULL,
    ended TEXT
);
CREATE TABLE IF NOT EXISTS listed (
    harvest INTEGER NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    count INTEGER NOT NULL,
    found INTEGER NOT NULL,
    PRIMARY KEY (harvest, first, last)
) WITHOUT ROWID;
"""


class Manifest:
    """The manifest in a file, which is made when it is not there; locked while it is open.

    Every method that writes is a transaction of its own, on disk when it returns. Raises
    :class:`~graph.harvest.refusal.HarvestError` when the file is locked or no manifest.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = locked_database(
                path, _SCHEMA, application=_APPLICATION, version=_VERSION, wal=True
            )
        except sqlite3.Error as error:
            if "locked" not in str(error):
                raise unreadable(path, error) from error
            reason = "another harvest fills this folder"
            raise HarvestError(str(path), reason, "wait until it has ended") from error

    def close(self) -> None:
        """Let others open the file."""
        self._db.close()

    def setting(self, name: str) -> str | None:
        """What was set by :meth:`set`."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set(self, name: str, value: str) -> None:
        """Remember something for later harvests."""
        self._write("INSERT OR REPLACE INTO setting VALUES (?, ?)", [(name, value)])

    def begin(self, asked: str, *, everything: bool, last: str, now: str) -> tuple[int, bool]:
        """The number of the harvest for what is asked, and whether it goes on with one."""
        row = self._db.execute(
            "SELECT max(number) FROM harvest WHERE asked = ? AND ended IS NULL", (asked,)
        ).fetchone()
        if row[0] is not None:
            self._write("UPDATE harvest SET last = ? WHERE number = ?", [(last, row[0])])
            return int(row[0]), True
        values = (asked, int(everything), last, now)
        with self._db:
            self._db.execute("BEGIN")
            made = self._db.execute(
                "INSERT INTO harvest (asked, everything, last, begun) VALUES (?, ?, ?, ?)", values
            )
        return int(made.lastrowid or 0), False

    def end(self, harvest: int, now: str) -> None:
        """Note that a harvest is done; its windows need not be known any more."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("UPDATE harvest SET ended = ? WHERE number = ?", (now, harvest))
            self._db.execute("DELETE FROM listed WHERE harvest = ?", (harvest,))

    def last_day(self) -> str | None:
        """The last day up to which everything was harvested.

        A harvest that took weeks may have listed that day, and those before, as it began.
        """
        row = self._db.execute(
            "SELECT max(min(last, substr(begun, 1, 10))) FROM harvest "
            "WHERE ended IS NOT NULL AND everything = 1"
        ).fetchone()
        return None if row[0] is None else str(row[0])

    def times(self) -> dict[str, str]:
        """When the page of each place was received, or found gone."""
        return dict(
            self._db.execute(
                "SELECT place, CASE state WHEN 'gone' THEN checked ELSE received END "
                "FROM page WHERE state <> 'listed'"
            )
        )

    def last_visit(self) -> str:
        """When the last harvest ended, or began where it did not end."""
        row = self._db.execute("SELECT max(coalesce(ended, begun)) FROM harvest").fetchone()
        return str(row[0] or "1970-01-01T00:00:00Z")

    def is_listed(self, harvest: int, first: str, last: str) -> bool:
        """Whether a harvest is done with the listing of a window."""
        query = "SELECT 1 FROM listed WHERE harvest = ? AND first = ? AND last = ?"
        return self._db.execute(query, (harvest, first, last)).fetchone() is not None

    def add_listed(self, harvest: int, first: str, last: str, count: int, found: int) -> None:
        """Note that the listing of a window is done."""
        values = (harvest, first, last, count, found)
        self._write("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?)", [values])

    def add_pages(
        self, harvest: int, pages: Iterable[tuple[str, str]], listing: Listed, now: str
    ) -> None:
        """Note decisions that a window lists: places and addresses."""
        rows = (
            (place, address, place.rpartition("/")[2], *listing, now, harvest)
            for place, address in pages
        )
        self._write(
            "INSERT INTO page (place, address, reference, state, listing, first, last, "
            "first_listed, harvest) VALUES (?, ?, ?, 'listed', ?, ?, ?, ?, ?) "
            "ON CONFLICT (place) DO UPDATE SET harvest = excluded.harvest, "
            "listing = excluded.listing, first = excluded.first, last = excluded.last",
            rows,
        )

    def wanted(self, harvest: int) -> list[Page]:
        """Pages that a harvest lists, and that no harvest holds or could not have."""
        where = (
            "(asked_by IS NULL OR asked_by <> ?) AND harvest = ? AND state <> 'held' "
            "AND (status IS NULL OR status IN (404, 410)) ORDER BY place"
        )
        return list(self._pages(where, (harvest, harvest)))

    def failed_before(self, harvest: int) -> list[Page]:
        """Pages that could not be had, or were not found once; those asked for last come last."""
        where = (
            "state = 'listed' AND (status NOT IN (404, 410) OR misses = 1) "
            "AND (asked_by IS NULL OR asked_by <> ?) ORDER BY asked_by, place"
        )
        return list(self._pages(where, (harvest,)))

    def places_of(self, listing: str, since: str) -> frozenset[str] | None:
        """What a window listed when it was last read whole, if all of that is held or gone.

        ``listing`` is the address of its first page. None where it was not read by a harvest
        that began at ``since`` or later.
        """
        rows = self._db.execute(
            "SELECT place, state, begun FROM page JOIN harvest ON number = page.harvest "
            "WHERE listing = ? AND state <> 'gone'",
            (listing,),
        ).fetchall()
        if not all(state == "held" and begun >= since for _, state, begun in rows):
            return None
        return frozenset(place for place, _, _ in rows)

    def counted(self, harvest: int) -> int:
        """How many results the windows that a harvest listed have."""
        query = "SELECT coalesce(sum(count), 0) FROM listed WHERE harvest = ?"
        return int(self._db.execute(query, (harvest,)).fetchone()[0])

    def lose(self, harvest: int, places: Iterable[str]) -> None:
        """Let a harvest fetch pages again whose files somebody took out of the folder."""
        self._write(
            "UPDATE page SET state = 'listed', asked_by = NULL, status = NULL, misses = 0, "
            "harvest = ? WHERE place = ? AND state = 'held'",
            ((harvest, place) for place in places),
        )

    def latest(self, count: int, *, but: str) -> list[Page]:
        """The pages received last, but one, that were there when they were asked for last."""
        where = "state = 'held' AND misses = 0 AND place <> ? ORDER BY received DESC, place LIMIT ?"
        return list(self._pages(where, (but, count)))

    def try_again(self, harvest: int) -> None:
        """Let a harvest that was stopped list again what it listed in vain, and ask again too."""
        self._write("DELETE FROM listed WHERE harvest = ? AND count = 0", [(harvest,)])
        self._write(
            "UPDATE page SET asked_by = NULL WHERE asked_by = ? AND state = 'listed' "
            "AND (status NOT IN (404, 410) OR misses = 1)",
            [(harvest,)],
        )

    def stale(self, harvest: int, checked: str, missed: str) -> list[Page]:
        """Pages held that were last checked by ``checked``, the oldest first.

        Of those that were missing then, all that were checked by ``missed``, before the others;
        those that failed when they were asked for last come last.
        """
        where = (
            "state = 'held' AND (asked_by IS NULL OR asked_by <> ?) "
            "AND (checked <= ? OR (misses > 0 AND checked <= ?)) "
            "ORDER BY status NOT IN (200, 304, 404, 410), misses = 0, checked, place"
        )
        return list(self._pages(where, (harvest, checked, missed)))

    def gone(self) -> list[Page]:
        """Pages that are gone."""
        return list(self._pages("state = 'gone'", ()))

    def held(self, first: str, last: str, category: str | None) -> int:
        """How many pages are held that windows between two days listed, of a category or all."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM page WHERE state = 'held' AND first >= ? AND last <= ? "
            "AND substr(place, 1, ?) = ?",
            (first, last, len(category) + 1 if category else 0, f"{category}/" if category else ""),
        ).fetchone()
        return int(count)

    def asked_for(self, harvest: int, page: Page, status: int, now: str, misses: int = 0) -> None:
        """Note an answer that brought no page: not modified, not found, or a failure."""
        self._write(
            "UPDATE page SET asked_by = ?, status = ?, checked = ?, misses = ? WHERE place = ?",
            [(harvest, status, now, misses, page.place)],
        )

    def failed(self, harvest: int, page: Page, status: int) -> None:
        """Note that a page could not be had; it is not taken for checked."""
        self._write(
            "UPDATE page SET asked_by = ?, status = ? WHERE place = ?",
            [(harvest, status, page.place)],
        )

    def bury(self, harvest: int, page: Page, status: int, now: str) -> None:
        """Note that a page is gone: its row stays, as its last version does."""
        with self._db:
            self._db.execute("BEGIN")
            if page.sha256:
                self._db.execute(
                    "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?)",
                    (page.place, page.sha256, page.received, now),
                )
            self._db.execute(
                "UPDATE page SET state = 'gone', asked_by = ?, status = ?, checked = ?, "
                "misses = misses + 1 WHERE place = ?",
                (harvest, status, now, page.place),
            )

    def receive(self, received: Received) -> None:
        """Note a page that is whole on disk, before it is put in its place."""
        row = astuple(received)
        self._write("INSERT OR REPLACE INTO received VALUES (?, ?, ?, ?, ?, ?)", [row])

    def waiting(self) -> list[Received]:
        """Pages that were received, and perhaps not put in their place."""
        return [Received(*row) for row in self._db.execute("SELECT * FROM received")]

    def drop(self, place: str) -> None:
        """Forget a page that was received, and is no longer there."""
        self._write("DELETE FROM received WHERE place = ?", [(place,)])

    def hold(self, page: Received) -> None:
        """Note that a page is in its place; what stood there before is an earlier version."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute(
                "INSERT OR REPLACE INTO version SELECT place, sha256, received, ? FROM page "
                "WHERE place = ? AND state = 'held' AND sha256 <> ?",
                (page.received, page.place, page.sha256),
            )
            self._db.execute(
                "UPDATE page SET state = 'held', asked_by = harvest, received = ?, checked = ?, "
                "status = 200, misses = 0, bytes = ?, sha256 = ?, etag = ?, last_modified = ? "
                "WHERE place = ?",
                (
                    *(page.received, page.received, page.bytes, page.sha256),
                    *(page.etag, page.last_modified, page.place),
                ),
            )
            self._db.execute("DELETE FROM received WHERE place = ?", (page.place,))

    def page(self, place: str) -> Page | None:
        """The row of a page."""
        return next(self._pages("place = ?", (place,)), None)

    def _pages(self, where: str, values: Iterable[object]) -> Iterator[Page]:
        columns = "place, state, received, misses, sha256, etag, last_modified, status"
        query = f"SELECT {columns} FROM page WHERE {where}"
        for row in self._db.execute(query, tuple(values)):
            yield Page(*row)

    def _write(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany(sql, rows)


def unreadable(path: Path, error: sqlite3.Error) -> HarvestError:
    """The error for a manifest that cannot be read."""
    advice = "move it away: the same command takes over the pages in the folder"
    return HarvestError(str(path), f"it cannot be read as a manifest ({error})", advice)
