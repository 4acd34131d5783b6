"""The ledger of a knowledge graph: which decision came from which source, with its record.

The store answers questions about statements; the ledger answers "what was read": each
decision's full record (texts included, which the RDF does not repeat), the hash it was
read from and the extractor's version, so that a build knows what is new, and the flat
facts that are counted over all decisions. One SQLite file, written by builds only.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from graph import full_text
from graph.errors import StoreError
from graph.facts import Fact, facts
from graph.statistics import observations
from graph.triples.ntriples import Triple
from ontology import record
from ontology.model import Decision

_RUN_TOGETHER = re.compile(r"(\d\d)(\d{3})(\d{3}[a-z]?)")
"""A reference written without spaces."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decision (
    iri TEXT PRIMARY KEY,
    reference TEXT,
    base TEXT,
    digest TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    version TEXT NOT NULL,
    date TEXT,
    record TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS decision_reference ON decision (reference);
CREATE INDEX IF NOT EXISTS decision_source ON decision (source_sha256, version);
CREATE INDEX IF NOT EXISTS decision_name ON decision (source_name);
CREATE TABLE IF NOT EXISTS fact (
    iri TEXT NOT NULL,
    kind TEXT NOT NULL,
    first TEXT NOT NULL,
    second TEXT,
    authority TEXT,
    entry TEXT NOT NULL,
    pence INTEGER,
    own INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS fact_of ON fact (iri, kind);
CREATE INDEX IF NOT EXISTS fact_kind ON fact (kind);
CREATE INDEX IF NOT EXISTS fact_due ON fact (authority) WHERE kind = 'due';
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of the graph and where it came from."""

    iri: str
    reference: str | None
    base: str | None
    """The reference without the suffix of a joint investigation."""
    digest: str
    """Hash of the wording alone: the same text under two references has one digest."""
    source_name: str
    source_sha256: str
    version: str
    date: str | None
    record: str
    """The record as one line of JSON (:mod:`ontology.record`)."""

    def decision(self) -> Decision:
        """The record as values.

        Raises :class:`~graph.errors.StoreError` for one that this version does not write.
        """
        try:
            return record.loads(self.record)
        except record.RecordError as error:
            reason = f"its record cannot be read ({error})"
            advice = "build the graph again into an empty folder"
            raise StoreError(self.iri, reason, advice) from error


_FACT = tuple(column.name for column in fields(Fact))

COLUMNS = ", ".join(column.name for column in fields(Entry))
"""The columns of an :class:`Entry`, in its order, as SQL lists them."""


class Ledger:
    """Access to one ledger file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if read_only:
            self._db = _opened(path)
        else:
            self._db = sqlite3.connect(path)
            self._db.executescript(_SCHEMA + full_text.SCHEMA)

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries; one with a known IRI takes the old one's place, and its facts go."""
        with self._db:
            for e in entries:
                self._unindex(e.iri)
                self._db.execute(
                    f"INSERT OR REPLACE INTO decision ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
                    (
                        *(e.iri, e.reference, e.base, e.digest, e.source_name),
                        *(e.source_sha256, e.version, e.date, e.record),
                    ),
                )
                self._db.execute("DELETE FROM fact WHERE iri = ?", (e.iri,))

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
        """Remove entries and their facts."""
        with self._db:
            for iri in iris:
                self._unindex(iri)
                self._db.execute("DELETE FROM decision WHERE iri = ?", (iri,))
                self._db.execute("DELETE FROM fact WHERE iri = ?", (iri,))

    def counted(self, *, again: bool = False) -> Iterator[Decision]:
        """Every decision, by IRI; those without facts get them, and are indexed, on the way.

        ``again`` makes the facts and the index of all of them anew.
        """
        with self._db:
            if again:
                full_text.clear(self._db)
            for entry in self.entries():
                decision = entry.decision()
                if again or not self._has_facts(entry.iri):
                    self._put_facts(entry.iri, decision)
                if not full_text.is_indexed(self._db, entry.iri):
                    full_text.index(self._db, entry.iri, decision)
                yield decision

    def _unindex(self, iri: str) -> None:
        """Take what is about to be replaced out of the index, while its text is known."""
        if full_text.is_indexed(self._db, iri) and (entry := self.entry(iri)):
            full_text.remove(self._db, iri, entry.decision())

    def search(self, words: str) -> list[str]:
        """IRIs of the decisions that hold every word (:func:`graph.full_text.found`)."""
        return full_text.found(self._db, words)

    def _has_facts(self, iri: str) -> bool:
        found = self._db.execute("SELECT 1 FROM fact WHERE iri = ? LIMIT 1", (iri,))
        return found.fetchone() is not None

    def _put_facts(self, iri: str, decision: Decision) -> None:
        self._db.execute("DELETE FROM fact WHERE iri = ?", (iri,))
        self._db.executemany(
            f"INSERT INTO fact VALUES (?,{','.join('?' * len(_FACT))})",
            ((iri, *(getattr(fact, name) for name in _FACT)) for fact in facts(decision)),
        )

    def statistics(self, investigations: Mapping[str, str]) -> Iterator[Triple]:
        """Counts over all decisions, as triples; ``investigations`` as in :mod:`graph.statistics`.

        The ledger has to be open for writing.
        """
        return observations(self._db, investigations)

    def entries(self) -> Iterator[Entry]:
        """Every entry, by IRI."""
        for row in self._db.execute(f"SELECT {COLUMNS} FROM decision ORDER BY iri"):
            yield Entry(*row)

    def entry(self, iri: str) -> Entry | None:
        """The entry of a decision's IRI."""
        row = self._db.execute(f"SELECT {COLUMNS} FROM decision WHERE iri = ?", (iri,)).fetchone()
        return Entry(*row) if row else None

    def by_reference(self, reference: str) -> list[Entry]:
        """The decisions of a reference: one for each body.

        It may be written with spaces, with hyphens or run together.
        """
        wanted = " ".join(reference.replace("-", " ").lower().split())
        if run_together := _RUN_TOGETHER.fullmatch(wanted):
            wanted = " ".join(run_together.groups())
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM decision WHERE reference = ? ORDER BY iri",
            (wanted,),
        )
        return [Entry(*row) for row in rows]

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
                "SELECT iri, authority FROM fact WHERE kind = 'decided' AND authority IS NOT NULL"
            )
        )

    def facts(self, *kinds: str) -> Iterator[tuple[str, Fact]]:
        """Every fact, or those of some kinds, with the IRI of its decision."""
        where = f" WHERE kind IN ({','.join('?' * len(kinds))})" if kinds else ""
        query = f"SELECT iri, {', '.join(_FACT)} FROM fact{where}"
        for iri, *values in self._db.execute(query, kinds):
            yield iri, Fact(*values)

    def facts_of(self, iri: str) -> list[Fact]:
        """The facts of one decision."""
        found = self._db.execute(f"SELECT {', '.join(_FACT)} FROM fact WHERE iri = ?", (iri,))
        return [Fact(*values) for values in found]

    def promised(self, authority: str) -> Iterator[tuple[str, str, str, bool]]:
        """(decision, id of the remedy, day it was due, whether the Ombudsman was satisfied).

        ``authority`` is the IRI of who owes the remedies.
        """
        rows = self._db.execute(
            "SELECT iri, entry, first, second FROM fact WHERE kind = 'due' AND authority = ?",
            (authority,),
        )
        return ((iri, entry, day, kept == "true") for iri, entry, day, kept in rows)

    def __len__(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM decision").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The file, to be read; raises :class:`~graph.errors.StoreError` for one that is damaged."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        # served from several threads, but never written by them
        db = sqlite3.connect(address, uri=True, check_same_thread=False)
        try:
            tables = {"decision": COLUMNS, "fact": ", ".join(_FACT), "indexed": "id, iri"}
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
