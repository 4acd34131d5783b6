"""The summary view: councils, fault types and remedy types, with weights.

An edge's ``weight`` counts investigations, not documents: what one investigation says
under several references is counted once. ``decisions`` counts the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from exports.network import Edge, Network, Node, edge_id
from exports.queried.things import Things
from exports.scope import Scope
from exports.statements import Statements
from graph.facts import Fact
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.investigation import investigations
from ontology import iri as mint

_FEW = 2_000
"""Decisions whose facts are looked up one by one; of more, all facts are read."""

_KINDS = ("decided", "fault", "remedy")
Pairs = dict[str, set[str]]


def summary(kg: KnowledgeGraph, scope: Scope) -> Network:
    """Which councils were at fault how, and what was agreed, in numbers of investigations.

    Edges: authority to fault type (a finding with that fault in a decision about the
    authority; the finding's own authority where it names one), authority to remedy type,
    and fault type to remedy type (both in one decision).
    """
    wanted = set(scope.decisions(kg))
    said = _Said(kg, wanted)
    councils, faults, remedies = said.councils, said.faults, said.remedies
    investigation = {
        decision: found for decision, (_, found) in investigations(kg.ledger.wordings()).items()
    }
    weights: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = {}

    def count(decision: str, source: str, kind: str, words: str, target: str) -> None:
        events, documents = weights.setdefault((source, kind, target, words), (set(), set()))
        events.add(investigation[decision])
        documents.add(decision)

    for decision in sorted(wanted):
        authorities = councils.get(decision, set())
        for fault in faults.get(decision, ()):
            for authority in said.at_fault.get((decision, fault)) or authorities:
                count(decision, authority, "faultType", "was at fault by", fault)
            for remedy in remedies.get(decision, ()):
                count(decision, fault, "remedyType", "was put right by", remedy)
        for remedy in remedies.get(decision, ()):
            for authority in authorities:
                count(decision, authority, "remedyType", "agreed to", remedy)
    edges = [
        Edge(
            edge_id(source, kind, target),
            source,
            target,
            kind,
            words,
            {"weight": len(events), "decisions": len(documents)},
        )
        for (source, kind, target, words), (events, documents) in weights.items()
    ]
    documents = {edge.source for edge in edges} | {edge.target for edge in edges}
    documents |= {authority for found in councils.values() for authority in found}
    return Network.of(_nodes(kg, documents, councils, faults, remedies), edges)


def _nodes(kg: KnowledgeGraph, ids: Iterable[str], *counted: Pairs) -> list[Node]:
    """The nodes, each with the number of decisions that it occurs in."""
    totals: dict[str, int] = {}
    for pairs in counted:
        for values in pairs.values():
            for value in values:
                totals[value] = totals.get(value, 0) + 1
    reference = Statements(kg, mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH)
    things = Things(kg)
    nodes = []
    for id in sorted(ids):
        label = things.node(id).label
        kind = "authority"
        if id.startswith(mint.VOCABULARY):
            scheme = id.removeprefix(mint.VOCABULARY).split("/")[0]
            kind = f"{scheme} type"
        elif "Council" in reference.classes(id):
            kind = "council"
        nodes.append(Node(id, kind, label, {"decisions": totals.get(id, 0)}))
    return nodes


class _Said:
    """What the facts say of the decisions that are wanted, by decision."""

    def __init__(self, kg: KnowledgeGraph, wanted: Collection[str]) -> None:
        self.councils, self.faults, self.remedies = Pairs(), Pairs(), Pairs()
        self.at_fault: dict[tuple[str, str], set[str]] = {}
        """(decision, type of fault) to the authorities that findings name for it."""
        for decision, fact in _facts(kg, wanted):
            if fact.kind == "decided" and fact.authority:
                self.councils.setdefault(decision, set()).add(fact.authority)
            elif fact.kind == "remedy":
                self.remedies.setdefault(decision, set()).add(fact.first)
            elif fact.kind == "fault":
                self.faults.setdefault(decision, set()).add(fact.first)
                if fact.authority:
                    self.at_fault.setdefault((decision, fact.first), set()).add(fact.authority)


def _facts(kg: KnowledgeGraph, wanted: Collection[str]) -> Iterator[tuple[str, Fact]]:
    """What is counted of the decisions that are wanted."""
    if len(wanted) > _FEW:
        yield from (pair for pair in kg.ledger.facts(*_KINDS) if pair[0] in wanted)
        return
    for decision in wanted:
        yield from ((decision, fact) for fact in kg.ledger.facts_of(decision))
