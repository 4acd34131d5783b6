"""Why an answer is empty: what a question names and the graph says nothing about.

An empty answer to a question about a council may mean that nothing was found there, or that
the graph holds no decision about it; an empty answer in SPARQL is often a misspelt name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import pyoxigraph as ox

from graph.knowledge_graph import KnowledgeGraph
from graph.query_check import named_iris
from graph.questions.asking import to_sparql
from graph.questions.council_name import authority_names, find_council
from graph.questions.question import questions
from graph.questions.results import shorten
from ontology import iri as mint
from ontology.prefixes import ID, NS, VOCAB


def absences(kg: KnowledgeGraph, question: str, parameters: Mapping[str, str]) -> Iterator[str]:
    """What a question of :func:`graph.questions.asking.ask` names in vain, in words."""
    if question in questions():
        for parameter in questions()[question].parameters:
            if parameter.kind == "council" and parameter.name in parameters:
                yield from _council(kg, parameters[parameter.name])
            elif parameter.kind == "reference" and parameter.name in parameters:
                yield from _reference(kg, parameters[parameter.name])
        return
    for name in dict.fromkeys(named_iris(to_sparql(kg, question, parameters))):
        if name.startswith((NS, VOCAB, ID)) and not _known(kg, name):
            near = get_close_matches(shorten(name), _terms(kg), n=1, cutoff=0.7)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield f"the graph says nothing about {shorten(name)}{hint}"


def _council(kg: KnowledgeGraph, wanted: str) -> Iterator[str]:
    names = authority_names(kg)
    if find_council(wanted, names) not in names:
        yield f"no decision of this graph names {wanted}, so nothing follows from an empty answer"


def _reference(kg: KnowledgeGraph, wanted: str) -> Iterator[str]:
    if not kg.decisions(wanted):
        yield f"no decision of this graph has the reference {wanted}"


def _known(kg: KnowledgeGraph, name: str) -> bool:
    node = ox.NamedNode(name)
    find = kg.store.raw.quads_for_pattern
    found = (
        find(node, None, None, None),
        find(None, node, None, None),
        find(None, None, node, None),
    )
    return name in kg.store.names or any(next(quads, None) is not None for quads in found)


def _terms(kg: KnowledgeGraph) -> list[str]:
    """The terms of the ontology and of the vocabularies, short."""
    graph = ox.NamedNode(mint.ONTOLOGY_GRAPH)
    quads = kg.store.raw.quads_for_pattern(None, None, None, graph)
    return sorted({shorten(str(getattr(quad.subject, "value", ""))) for quad in quads})
