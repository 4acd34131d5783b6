"""A built graph checked as a whole: shapes, gaps and totals, in one pass over its decisions.

Each decision's named graph is read from the store and held against the shapes by the fast
checker (:mod:`graph.checking.checker`); its record in the ledger is counted for gaps and
totals. The graphs that decisions share are checked too, and that store and ledger hold the
same decisions. What is kept meanwhile does not grow with the number of decisions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pyoxigraph as ox

from graph.checking.agreement import Disagreement, Sample, disagreement
from graph.checking.checker import stream, violations
from graph.checking.coverage import Coverage
from graph.checking.place import Place, in_decision, passage_of
from graph.checking.problems import Problems
from graph.checking.report import CheckReport
from graph.checking.statements import Statements, StoredStatements
from graph.checking.totals import Totals
from graph.entry import Entry
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.decision import fl
from graph.triples.wording import base_reference
from ontology import iri as mint
from ontology.model import Decision
from ontology.validate import Violation

SAMPLE = 30
"""Decisions that pySHACL judges too, unless told otherwise: about a second."""
EXAMPLES = 3
"""Places named for each kind of problem and of gap, unless told otherwise."""
_READERS = 2
"""Threads that read from the store meanwhile; reading costs more than checking."""
_AHEAD = 16
"""Graphs read before they are needed."""


def check(
    kg: KnowledgeGraph,
    *,
    sample: int = SAMPLE,
    examples: int = EXAMPLES,
    advance: Callable[[str], None] | None = None,
) -> CheckReport:
    """Check a graph.

    ``sample`` decisions are judged by pySHACL too; ``examples`` places are named for each
    kind of problem and of gap. ``advance`` is called with each decision's source name.
    """
    return _Check(kg, sample, examples).run(advance)


class _Check:
    """One run over one graph."""

    def __init__(self, kg: KnowledgeGraph, sample: int, examples: int) -> None:
        self._kg = kg
        self._problems = Problems(examples)
        self._coverage = Coverage(examples)
        self._totals = Totals()
        self._sample = Sample(sample)
        self._last_base: str | None = None

    def run(self, advance: Callable[[str], None] | None) -> CheckReport:
        decisions = 0
        for entry, graph in self._graphs(self._kg.ledger.entries()):
            if advance:
                advance(entry.source_name)
            decisions += 1
            self._decision(entry, graph)
        self._shared_graphs()
        disagreements = tuple(self._disagreements())
        return CheckReport(
            decisions=decisions,
            problems=tuple(self._problems),
            sample=len(self._sample.iris()),
            disagreements=disagreements,
            coverage=self._coverage.counts(),
            totals=self._totals.years(),
        )

    def _graphs(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Statements]]:
        """Each decision with its statements; the store is read a little ahead."""
        with ThreadPoolExecutor(_READERS) as readers:
            waiting: deque[tuple[Entry, Future[bytes]]] = deque()
            for entry in entries:
                waiting.append((entry, readers.submit(self._read, entry.iri)))
                if len(waiting) > _AHEAD:
                    first, read = waiting.popleft()
                    yield first, Statements.parse(read.result())
            for first, read in waiting:
                yield first, Statements.parse(read.result())

    def _read(self, decision: str) -> bytes:
        graph = ox.NamedNode(mint.decision_graph(decision))
        written = self._kg.store.raw.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        return written or b""

    def _decision(self, entry: Entry, graph: Statements) -> None:
        decision = entry.decision()
        found = violations(graph) if graph else [_missing(entry)]
        if found:
            self._problems.add(found, lambda focus: _place(decision, graph, focus))
        if graph:
            self._sample.offer(entry.iri)
        self._coverage.add(decision)
        self._totals.add(decision, first=self._is_first(decision))

    def _is_first(self, decision: Decision) -> bool:
        """Whether it is the first decision of its investigation, in the order of the ledger.

        An investigation is named after its lowest reference, and decisions that share one
        stand next to each other.
        """
        if decision.reference is None:
            return True
        base = base_reference(decision.reference)
        before, self._last_base = self._last_base, base
        if base == before:
            return False
        shared = StoredStatements(self._kg.store.raw, mint.INVESTIGATIONS_GRAPH)
        complaint = f"<{mint.complaint(decision.reference)}>"
        named = shared.objects(complaint, fl("investigatedIn"))
        return not named or f"<{mint.investigation(base)}>" in named

    def _shared_graphs(self) -> None:
        """The graphs that are no decision's, and those of decisions that the ledger lacks."""
        for name in sorted(self._names_to_check()):
            place = Place(name, None, (), None, None, None)
            if name.startswith(mint.DECISION_GRAPHS):
                found: Iterable[Violation] = [_unknown(name)]
            else:
                found = stream(StoredStatements(self._kg.store.raw, name))
            self._problems.add(found, partial(_always, place))

    def _names_to_check(self) -> Iterator[str]:
        for name in self._kg.store.names:
            of_decision = name.startswith(mint.DECISION_GRAPHS)
            known = of_decision and self._kg.ledger.entry(mint.described_by(name)) is not None
            if not known and name != mint.ONTOLOGY_GRAPH:
                yield name

    def _disagreements(self) -> Iterator[Disagreement]:
        for iri in self._sample.iris():
            if found := disagreement(iri, Statements.parse(self._read(iri))):
                yield found


def _always(place: Place, _: str) -> Place:
    return place


def _place(decision: Decision, graph: Statements, focus: str) -> Place:
    return in_decision(decision, passage_of(graph, f"<{focus}>"))


def _missing(entry: Entry) -> Violation:
    message = "The ledger has this decision and the store has no statement of it: build it again."
    return Violation("Violation", "Ledger", entry.iri, message, "")


def _unknown(graph: str) -> Violation:
    message = "The store has a decision that the ledger does not have: build the graph again."
    return Violation("Violation", "Ledger", graph, message, "")
