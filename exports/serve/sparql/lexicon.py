"""The classes and properties that a query can use, with the definitions of the ontology."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import shorten
from ontology.iri import ONTOLOGY_GRAPH
from ontology.prefixes import NS, PREFIXES

_CLASS, _OBJECT, _DATATYPE = (
    PREFIXES["owl"] + name for name in ("Class", "ObjectProperty", "DatatypeProperty")
)
_DEFINITIONS = (PREFIXES["skos"] + "definition", PREFIXES["rdfs"] + "comment")


@dataclass(frozen=True, slots=True)
class Entry:
    """A class or a property."""

    name: str
    """With its prefix, as a query writes it: ``fl:Finding``."""
    label: str
    definition: str
    domain: str
    """What has the property, with prefix; empty for a class and where nothing is said."""
    range: str
    """What its values are."""
    example: str
    """A query that shows some."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of the project's own namespace, each list by name."""

    classes: tuple[Entry, ...]
    properties: tuple[Entry, ...]


def lexicon(kg: KnowledgeGraph) -> Lexicon:
    """What the ontology in the graph defines, in some milliseconds."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for quad in kg.store.raw.quads_for_pattern(None, None, None, graph):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(NS):
            value = quad.object
            if isinstance(value, (ox.NamedNode, ox.Literal)):
                said[quad.subject.value][quad.predicate.value].append(value.value)
    found: dict[bool, list[Entry]] = {True: [], False: []}
    for iri, values in sorted(said.items()):
        types = values[PREFIXES["rdf"] + "type"]
        if _CLASS in types:
            found[True].append(_entry(iri, values, is_class=True))
        elif _OBJECT in types or _DATATYPE in types:
            found[False].append(_entry(iri, values, is_class=False))
    return Lexicon(tuple(found[True]), tuple(found[False]))


def _entry(iri: str, values: dict[str, list[str]], *, is_class: bool) -> Entry:
    name = shorten(iri)
    pattern = f"?thing a {name} ." if is_class else f"?thing {name} ?value ."

    def first(*properties: str) -> str:
        return next((min(values[one]) for one in properties if values[one]), "")

    return Entry(
        name,
        first(PREFIXES["rdfs"] + "label"),
        first(*_DEFINITIONS),
        "" if is_class else ", ".join(sorted(map(shorten, values[PREFIXES["rdfs"] + "domain"]))),
        "" if is_class else ", ".join(sorted(map(shorten, values[PREFIXES["rdfs"] + "range"]))),
        f"SELECT *\nWHERE {{\n  {pattern}\n}}\nLIMIT 50\n",
    )
