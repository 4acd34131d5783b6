"""What one decision adds to a graph: its entry in the ledger, its facts, its words, its counts.

Everything that can be known from the decision alone is worked out here, so that it can be
worked out in another process or on another machine: what is left for the one process that
writes the graph is to write it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.entry import Entry
from graph.facts import Fact, facts
from graph.full_text import Words, indexed_words
from graph.summary import Tally
from graph.triples.authority import decision_iri
from graph.triples.decision import decision_triples
from graph.triples.ntriples import serialise
from graph.triples.wording import base_reference, wording_digest
from ontology import iri as mint
from ontology import record
from ontology.model import Decision


@dataclass(frozen=True, slots=True)
class Addition:
    """One decision, ready to be written to store and ledger; its statements stand elsewhere."""

    entry: Entry
    facts: tuple[Fact, ...]
    words: Words
    counts: Mapping[str, int]
    """Entries by kind, and ``statements``."""
    gaps: Mapping[str, int]
    """What was found and not understood, by kind."""


def addition(decision: Decision, version: str, root: str = "") -> tuple[Addition, bytes]:
    """What a decision adds, and its statements as N-Quads, sorted.

    ``version`` is the extractor's; ``root`` as in :class:`graph.entry.Entry`.
    """
    node = decision_iri(decision)
    entry = Entry(
        iri=node,
        reference=decision.reference.lower() if decision.reference else None,
        base=base_reference(decision.reference) if decision.reference else None,
        digest=wording_digest(decision),
        source_name=decision.source.name,
        source_sha256=decision.source.sha256,
        version=version,
        date=decision.date.isoformat() if decision.date else None,
        root=root,
        record=record.dumps(decision),
    )
    return _addition(entry, decision)


def restored(entry: Entry) -> tuple[Addition, bytes]:
    """What a decision adds that was read before, from its entry.

    Raises :class:`~graph.errors.StoreError` for a record that this version does not write.
    """
    decision = entry.decision()
    return _addition(entry, decision)


def _addition(entry: Entry, decision: Decision) -> tuple[Addition, bytes]:
    triples = decision_triples(decision, entry.version, entry.digest)
    quads = serialise(triples, mint.decision_graph(entry.iri))
    tally = Tally()
    tally.add(decision)
    counts = {**tally.counts, "statements": quads.count(b"\n")}
    words = indexed_words(decision)
    return Addition(entry, tuple(facts(decision)), words, counts, tally.gaps), quads
