"""A built graph held against the SHACL shapes, one decision's named graph after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox
from rdflib import Graph

from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from ontology.validate import Violation, validate


def violations(
    kg: KnowledgeGraph, *, advance: Callable[[str], None] | None = None
) -> Iterator[Violation]:
    """Every way in which the graph's decisions break the shapes, decision by decision.

    ``advance`` is called with each decision's source name. Warnings are yielded too.
    """
    for entry in kg.ledger.entries():
        if advance:
            advance(entry.source_name)
        name = ox.NamedNode(mint.decision_graph(entry.iri))
        triples = (quad.triple for quad in kg.store.raw.quads_for_pattern(None, None, None, name))
        written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        yield from validate(Graph().parse(data=written, format="nt"))
