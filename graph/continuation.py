"""What a build changes in what is made of all decisions: totals, investigations, counts.

A build puts in and takes out some decisions of many. What they have to do with others is found
by their base references and wordings, so that the work grows with what is changed and not with
what is there; the result is that of making everything anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from graph import statistics
from graph.statistics import Difference
from graph.triples.investigation import investigation_triples, investigations

_CONNECTED = """
INSERT OR IGNORE INTO temp.touched
SELECT other.iri FROM temp.touched JOIN {schema}.decision AS one USING (iri)
CROSS JOIN {schema}.decision AS other ON other.{by} = one.{by}
"""
"""The decisions that have a base reference or a wording in common with those touched."""


class Continuation:
    """A ledger beside what it was when the build began; one for each time that it is opened."""

    def __init__(
        self, ledger: sqlite3.Connection, changed: Iterable[str], past: Path | None
    ) -> None:
        """``changed`` are IRIs of decisions that were put in or taken out since ``past``.

        Without ``past`` all decisions of the ledger are new.
        """
        self._db = ledger
        self._schemas: tuple[str, ...] = ("main",)
        ledger.execute("CREATE TEMP TABLE touched (iri TEXT PRIMARY KEY) WITHOUT ROWID")
        if past is None:
            ledger.execute("INSERT INTO temp.touched SELECT iri FROM main.decision")
        else:
            ledger.executemany("INSERT INTO temp.touched VALUES (?)", ((iri,) for iri in changed))
            ledger.commit()  # nothing can be attached before
            address = f"{past.absolute().as_uri()}?mode=ro"
            ledger.execute("ATTACH DATABASE ? AS past", (address,))
            self._schemas = ("past", "main")
            self._connect()

    def _connect(self) -> None:
        size = -1
        while size != (size := self._size()):
            for schema in self._schemas:
                for by in ("base", "digest"):
                    self._db.execute(_CONNECTED.format(schema=schema, by=by))

    def _size(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM temp.touched").fetchone()[0])

    def totals(self) -> tuple[Counter[str], Counter[str]]:
        """By how many entries by kind, with the statements of decisions, and gaps by kind grow."""
        counts: Counter[str] = Counter()
        gaps: Counter[str] = Counter()
        for schema in self._schemas:
            rows = self._db.execute(
                f"SELECT counts, gaps FROM temp.touched JOIN {schema}.decision USING (iri) "
                f"JOIN {schema}.tally USING (id)"
            )
            for texts in rows:
                for total, text in zip((counts, gaps), texts, strict=True):
                    if schema == "past":
                        total.subtract(json.loads(text))
                    else:
                        total.update(json.loads(text))
        return counts, gaps

    def investigated(self) -> Difference:
        """How the statements change of which complaint belongs to which investigation.

        The ledger notes it of its decisions, for :meth:`counted`.
        """
        said: dict[str, set[tuple[str, str, str]]] = {"past": set()}
        for schema in self._schemas:
            rows = self._db.execute(
                "SELECT iri, reference, base, digest FROM temp.touched "
                f"JOIN {schema}.decision USING (iri) ORDER BY iri"
            )
            found = investigations(rows)
            said[schema] = set(investigation_triples(found.values()))
        self._db.executemany(
            "UPDATE main.decision SET investigation = ? WHERE iri = ?",
            ((investigation, iri) for iri, (_, investigation) in found.items()),
        )
        return Difference.between(said["past"], said["main"])

    def counted(self) -> Iterator[Difference]:
        """How the counts change (:mod:`graph.statistics`)."""
        return statistics.counted(self._db, self._schemas)

    def close(self) -> None:
        """Keep what was counted; what the ledger was stays attached until it is closed."""
        self._db.commit()
