"""The ledger of a knowledge graph: which decision came from which source, with its record.

The store answers questions about statements; the ledger answers "what was read": each
decision's full record (texts included, which the RDF does not repeat), the hash it was
read from and the extractor's version, so that a build knows what is new, and the flat
facts that are counted over all decisions. Of a decision whose source went, a tombstone
stays. One SQLite file, written by builds only.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from graph import full_text, statistics
from graph.addition import Addition
from graph.continuation import Continuation
from graph.entry import COLUMNS, NAMES, Entry
from graph.errors import StoreError
from graph.facts import Fact

_RUN_TOGETHER = re.compile(r"(\d\d)(\d{3})(\d{3}[a-z]?)")
"""A reference written without spaces."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    id INTEGER PRIMARY KEY,
    iri TEXT NOT NULL UNIQUE,
    reference TEXT,
    base TEXT,
    digest TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    version TEXT NOT NULL,
    date TEXT,
    root TEXT NOT NULL,
    investigation TEXT
);
CREATE TABLE IF NOT EXISTS record (id INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fact (
    decision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT,
    authority TEXT,
    entry TEXT NOT NULL,
    pence INTEGER,
    own INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS tally (
    id INTEGER PRIMARY KEY,
    counts TEXT NOT NULL,
    gaps TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS removed (
    iri TEXT PRIMARY KEY,
    reference TEXT,
    source_name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS decision_reference ON decision (reference);
CREATE INDEX IF NOT EXISTS decision_base ON decision (base);
CREATE INDEX IF NOT EXISTS decision_digest ON decision (digest);
CREATE INDEX IF NOT EXISTS decision_name ON decision (source_name);
CREATE INDEX IF NOT EXISTS fact_of ON fact (decision, kind);
CREATE INDEX IF NOT EXISTS fact_kind ON fact (kind);
CREATE INDEX IF NOT EXISTS fact_due ON fact (authority) WHERE kind = 'due';
"""
"""A decision's number is that of its words in the full-text index too."""
_CACHE = 64 * 1024
"""KiB of memory for pages of a ledger that is written."""


_FACT = Fact._fields
_ENTRY = NAMES[:-1]
"""Columns of a decision; its record stands in a table of its own, which is seldom read."""
_OF_FACTS = "FROM fact JOIN decision ON decision.id = fact.decision"
_ENTRIES = f"SELECT {COLUMNS} FROM decision JOIN record USING (id)"


class Ledger:
    """Access to one ledger file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = _opened(path)
        else:
            self._db = sqlite3.connect(path.absolute().as_uri(), uri=True)
            # a build that is cut off begins its ledger again
            self._db.execute("PRAGMA journal_mode = MEMORY")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._db.executescript(_SCHEMA + full_text.SCHEMA + statistics.SCHEMA)
        self._touched: set[str] = set()

    def put(self, additions: Iterable[Addition]) -> None:
        """Add decisions; one with a known IRI takes the old one's place."""
        columns, places = ", ".join(_ENTRY), ",".join("?" * len(_ENTRY))
        words: dict[str, tuple[int, full_text.Words]] = {}
        with self._db:
            for each in additions:
                if each.entry.iri in words:  # what is taken out has to be indexed
                    self._index(words)
                self._clear(each.entry.iri)
                *values, record = each.entry.values()
                (number,) = self._db.execute(
                    f"INSERT INTO decision ({columns}) VALUES ({places}) RETURNING id", values
                ).fetchone()
                self._db.execute("INSERT INTO record VALUES (?,?)", (number, record))
                self._db.execute("DELETE FROM removed WHERE iri = ?", (each.entry.iri,))
                self._count(number, each)
                words[each.entry.iri] = number, each.words
            self._index(words)

    def _index(self, words: dict[str, tuple[int, full_text.Words]]) -> None:
        """Index the words of decisions, together: FTS5 writes out what it has at every other step.

        None of them are left in ``words``.
        """
        for number, each in words.values():
            full_text.index(self._db, number, each)
        words.clear()

    def _count(self, number: int, added: Addition) -> None:
        """Put down a decision's counts and facts, of which there are none yet."""
        self._touched.add(added.entry.iri)
        self._db.execute(
            "INSERT INTO tally VALUES (?,?,?)",
            (number, json.dumps(added.counts), json.dumps(added.gaps)),
        )
        self._db.executemany(
            f"INSERT INTO fact VALUES (?,{','.join('?' * len(_FACT))})",
            ((number, *fact) for fact in added.facts),
        )

    def _clear(self, iri: str) -> None:
        """Take out everything of a decision, if there is any."""
        found = self._db.execute("SELECT id FROM decision WHERE iri = ?", (iri,)).fetchone()
        entry = self.entry(iri) if found else None
        if entry is None:
            return
        self._touched.add(iri)
        # the words can be taken out of the index only while they are known
        full_text.remove(self._db, found[0], full_text.indexed_words(entry.decision()))
        for table in ("decision", "record", "tally"):
            self._db.execute(f"DELETE FROM {table} WHERE id = ?", found)
        self._db.execute("DELETE FROM fact WHERE decision = ?", found)

    def superseded(self, entry: Entry) -> list[str]:
        """IRIs of entries that an earlier build made of the same source as ``entry``.

        The same file, or a file of the same name and reference, gives a decision another IRI
        when its authority is read anew or was corrected.
        """
        rows = self._db.execute(
            "SELECT iri FROM decision WHERE source_name = ? AND iri <> ? "
            "AND (source_sha256 = ? OR reference = ?) ORDER BY iri",
            (entry.source_name, entry.iri, entry.source_sha256, entry.reference),
        )
        return [iri for (iri,) in rows]

    def drop(self, iris: Iterable[str]) -> None:
        """Take out decisions whose place another IRI takes."""
        with self._db:
            for iri in iris:
                self._clear(iri)

    def bury(self, iris: Iterable[str]) -> None:
        """Take out decisions whose sources are gone, and leave a tombstone of each."""
        with self._db:
            for iri in iris:
                self._db.execute(
                    "INSERT OR REPLACE INTO removed "
                    "SELECT iri, reference, source_name FROM decision WHERE iri = ?",
                    (iri,),
                )
                self._clear(iri)

    def removed(self) -> list[tuple[str, str | None, str]]:
        """(IRI, reference, source name) of every decision whose source went, by IRI."""
        return list(self._db.execute("SELECT iri, reference, source_name FROM removed ORDER BY 1"))

    def was_removed(self, reference: str, iri: str) -> bool:
        """Whether a tombstone has this reference, however it is written, or this IRI."""
        found = self._db.execute(
            "SELECT 1 FROM removed WHERE reference = ? OR iri = ?", (_spaced(reference), iri)
        )
        return found.fetchone() is not None

    def move(self, moved: Mapping[str, str]) -> None:
        """Note in which path given the sources of some decisions are found by now: its root."""
        rows = ((root, iri) for iri, root in moved.items())
        with self._db:
            self._db.executemany("UPDATE decision SET root = ? WHERE iri = ?", rows)

    def recount(self, additions: Iterable[Addition]) -> None:
        """Make facts, counts and index of all decisions anew: of each is given what it adds."""
        with self._db:
            full_text.clear(self._db)
            self._db.execute("DELETE FROM fact")
            self._db.execute("DELETE FROM tally")
            for each in additions:
                query = "SELECT id FROM decision WHERE iri = ?"
                (number,) = self._db.execute(query, (each.entry.iri,)).fetchone()
                self._count(number, each)
                full_text.index(self._db, number, each.words)

    def search(self, words: str) -> list[str]:
        """IRIs of the decisions that hold every word (:func:`graph.full_text.found`)."""
        return full_text.found(self._db, words)

    def continued(self, past: Path | None) -> closing[Continuation]:
        """What was put in and taken out here changes in what is made of all decisions.

        ``past`` is the ledger that this one was a copy of; None where all of it is new. The
        ledger has to be open for writing.
        """
        return closing(Continuation(self._db, self._touched, past))

    def entries(self) -> Iterator[Entry]:
        """Every entry, by IRI."""
        for row in self._db.execute(f"{_ENTRIES} ORDER BY iri"):
            yield Entry(*row)

    def entry(self, iri: str) -> Entry | None:
        """The entry of a decision's IRI."""
        row = self._db.execute(f"{_ENTRIES} WHERE iri = ?", (iri,)).fetchone()
        return Entry(*row) if row else None

    def holds(self, iri: str) -> bool:
        """Whether there is a decision of this IRI."""
        query = "SELECT 1 FROM decision WHERE iri = ?"
        return self._db.execute(query, (iri,)).fetchone() is not None

    def by_reference(self, reference: str) -> list[Entry]:
        """The decisions of a reference: one for each body.

        It may be written with spaces, with hyphens or run together.
        """
        query = f"{_ENTRIES} WHERE reference = ? ORDER BY iri"
        rows = self._db.execute(query, (_spaced(reference),))
        return [Entry(*row) for row in rows]

    def rooted(self) -> Iterator[tuple[str, str, str]]:
        """(decision IRI, source name, root) of every decision."""
        return iter(self._db.execute("SELECT iri, source_name, root FROM decision"))

    def known(self) -> dict[tuple[str, str, str], str]:
        """(source name, source hash, extractor version) -> decision IRI, for all entries."""
        rows = self._db.execute("SELECT source_name, source_sha256, version, iri FROM decision")
        return {(name, sha256, version): iri for name, sha256, version, iri in rows}

    def wordings(self) -> list[tuple[str, str | None, str | None, str]]:
        """(iri, reference, base reference, digest) of every decision, by IRI."""
        return list(
            self._db.execute("SELECT iri, reference, base, digest FROM decision ORDER BY iri")
        )

    def dated(self) -> list[tuple[str, str | None, str | None]]:
        """(iri, reference, date) of every decision, by IRI."""
        return list(self._db.execute("SELECT iri, reference, date FROM decision ORDER BY iri"))

    def decided(self) -> Iterator[tuple[str, str]]:
        """Decision and authority, both as IRIs, of every complaint about one."""
        return iter(
            self._db.execute(
                f"SELECT iri, authority {_OF_FACTS} "
                "WHERE kind = 'decided' AND authority IS NOT NULL"
            )
        )

    def facts(self, *kinds: str) -> Iterator[tuple[str, Fact]]:
        """Every fact, or those of some kinds, with the IRI of its decision."""
        where = f" WHERE kind IN ({','.join('?' * len(kinds))})" if kinds else ""
        query = f"SELECT iri, {', '.join(_FACT)} {_OF_FACTS}{where}"
        for iri, *values in self._db.execute(query, kinds):
            yield iri, Fact(*values)

    def facts_of(self, iri: str) -> list[Fact]:
        """The facts of one decision."""
        query = f"SELECT {', '.join(_FACT)} {_OF_FACTS} WHERE iri = ?"
        found = self._db.execute(query, (iri,))
        return [Fact(*values) for values in found]

    def promised(self, authority: str) -> Iterator[tuple[str, str, str, bool]]:
        """(decision, id of the remedy, day it was due, whether the Ombudsman was satisfied).

        ``authority`` is the IRI of who owes the remedies.
        """
        rows = self._db.execute(
            f"SELECT iri, entry, first, second {_OF_FACTS} WHERE kind = 'due' AND authority = ?",
            (authority,),
        )
        return ((iri, entry, day, kept == "true") for iri, entry, day, kept in rows)

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM decision").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _spaced(reference: str) -> str:
    """A reference as the ledger has it: ``19 018 519c``."""
    wanted = " ".join(reference.replace("-", " ").lower().split())
    run_together = _RUN_TOGETHER.fullmatch(wanted)
    return " ".join(run_together.groups()) if run_together else wanted


def _opened(path: Path) -> sqlite3.Connection:
    """The file, to be read; raises :class:`~graph.errors.StoreError` for one that is damaged."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        # served from several threads, but never written by them
        db = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            tables = {
                "decision": f"id, {', '.join(_ENTRY)}",
                "record": "id, record",
                "fact": ", ".join(_FACT),
                "tally": "counts, gaps",
                "removed": "reference",
            }
            for table, columns in tables.items():
                db.execute(f"SELECT {columns} FROM {table} LIMIT 1").fetchall()
            pages, size = (
                db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
            )
            if path.stat().st_size < pages * size:
                raise sqlite3.DatabaseError("it is cut short")
        except sqlite3.Error:
            db.close()
            raise
    except sqlite3.Error as error:
        reason = f"the graph's ledger cannot be read ({error})"
        raise StoreError(str(path), reason, "build the graph again into an empty folder") from error
    return db
