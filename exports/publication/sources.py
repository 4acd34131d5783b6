"""The sources a graph was read from: their names and hashes, and one hash of all."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import defused


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that one version of the software read."""

    version: str
    rows: Sequence[tuple[str, str, str]]
    """(name, SHA-256 in hexadecimal, IRI of the decision), sorted."""

    @property
    def count(self) -> int:
        """Sources, counted by their bytes: one file may hold several decisions."""
        return len({sha256 for _, sha256, _ in self.rows})

    @property
    def digest(self) -> str:
        """SHA-256 of the sources' sums, sorted, each ended by a line feed."""
        sums = sorted({sha256 for _, sha256, _ in self.rows})
        return hashlib.sha256("".join(f"{one}\n" for one in sums).encode()).hexdigest()


def source_lists(kg: KnowledgeGraph) -> list[SourceList]:
    """The sources of every decision in ``kg``, by the version that read them."""
    by_version: dict[str, list[tuple[str, str, str]]] = {}
    for (name, sha256, version), decision in kg.ledger.known().items():
        by_version.setdefault(version, []).append((name, sha256, decision))
    return [SourceList(version, sorted(rows)) for version, rows in sorted(by_version.items())]


def sources_csv(lists: Sequence[SourceList]) -> bytes:
    """The sources as CSV (RFC 4180), with what a spreadsheet would run made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("source", "sha256", "decision", "extractor_version"))
    for one in lists:
        for name, sha256, decision in one.rows:
            writer.writerow((defused(name), sha256, decision, one.version))
    return out.getvalue().encode("utf-8", "replace")
