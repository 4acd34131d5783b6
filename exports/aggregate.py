"""The summary view: councils, fault types and remedy types, with weights.

An edge's ``weight`` counts investigations, not documents: what one investigation says
under several references is counted once. ``decisions`` counts the documents.
"""

from __future__ import annotations

from collections.abc import Iterable

from exports.network import Edge, Network, Node, edge_id
from exports.reading import Reading
from exports.scope import Scope
from graph.facts import PROMISED
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint

_OF_DECISIONS = """
SELECT DISTINCT ?decision ?value WHERE {{
  GRAPH ?graph {{ ?complaint fl:decidedBy ?decision . {pattern} }}
}}"""
_INVESTIGATIONS = """
SELECT ?decision ?value WHERE {
  ?complaint fl:decidedBy ?decision . GRAPH ?graph { ?complaint fl:investigatedIn ?value }
}"""

"""Statuses that count; a remedy that was refused puts nothing right."""

Pairs = dict[str, set[str]]


def summary(kg: KnowledgeGraph, scope: Scope) -> Network:
    """Which councils were at fault how, and what was agreed, in numbers of investigations.

    Edges: authority to fault type (a finding with that fault in a decision about the
    authority; the finding's own authority where it names one), authority to remedy type,
    and fault type to remedy type (both in one decision).
    """
    wanted = set(scope.decisions(kg))
    councils = _pairs(kg, wanted, "?complaint fl:against ?value .")
    remedies = _pairs(
        kg,
        wanted,
        "?decision fl:hasRemedy ?remedy . ?remedy fl:remedyType ?value ; fl:status ?status . "
        f"FILTER(?status IN ({', '.join(f'remedystatus:{status}' for status in PROMISED)}))",
    )
    faults = _pairs(kg, wanted, "?decision fl:hasFinding ?finding . ?finding fl:faultType ?value .")
    investigation = {
        decision: min(found) for decision, found in _rows(kg, _INVESTIGATIONS, wanted).items()
    }
    weights: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = {}

    def count(decision: str, source: str, kind: str, words: str, target: str) -> None:
        events, documents = weights.setdefault((source, kind, target, words), (set(), set()))
        events.add(investigation.get(decision, decision))
        documents.add(decision)

    at_fault = _at_fault(kg, wanted)
    for decision in sorted(wanted):
        authorities = councils.get(decision, set())
        for fault in faults.get(decision, ()):
            for authority in at_fault.get((decision, fault)) or authorities:
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
    reference = Reading(kg, mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH)
    named = _rows(kg, "SELECT DISTINCT ?decision ?value WHERE { ?decision rdfs:label ?value }", ids)
    nodes = []
    for id in sorted(ids):
        label = reference.one(id, "skos:prefLabel") or min(named.get(id, {id}))
        kind = "authority"
        if id.startswith(mint.VOCABULARY):
            scheme = id.removeprefix(mint.VOCABULARY).split("/")[0]
            kind = f"{scheme} type"
        elif "Council" in reference.classes(id):
            kind = "council"
        nodes.append(Node(id, kind, label, {"decisions": totals.get(id, 0)}))
    return nodes


def _pairs(kg: KnowledgeGraph, wanted: Iterable[str], pattern: str) -> Pairs:
    return _rows(kg, _OF_DECISIONS.format(pattern=pattern), wanted)


def _rows(kg: KnowledgeGraph, sparql: str, wanted: Iterable[str]) -> Pairs:
    """First column to the set of the second, for the firsts that are wanted."""
    kept = set(wanted)
    found: Pairs = {}
    for first, second in kg.select(sparql):
        if first in kept:
            found.setdefault(first, set()).add(second)
    return found


def _at_fault(kg: KnowledgeGraph, wanted: set[str]) -> dict[tuple[str, str], set[str]]:
    """(decision, fault type) to the authorities that findings name for it."""
    sparql = """
SELECT DISTINCT ?decision ?type ?authority WHERE {
  ?decision fl:hasFinding ?finding . ?finding fl:faultType ?type ; fl:faultBy ?authority
}"""
    found: dict[tuple[str, str], set[str]] = {}
    for decision, type_, authority in kg.select(sparql):
        if decision in wanted:
            found.setdefault((decision, type_), set()).add(authority)
    return found
