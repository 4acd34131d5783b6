"""What a graph knows of a thing that an answer names: its kind and its label."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from exports.network import Node
from exports.projector import kind_of
from exports.terms import TYPES
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import shorten
from ontology import iri as mint
from ontology.prefixes import NS, PREFIXES

TYPE = PREFIXES["rdf"] + "type"
LABELS = (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel")
"""Properties whose value is a name to show, the first one said is taken."""

TAKEN = ("id", "kind", "label", "source", "target")
"""Names that every node or edge has, so that no attribute can."""

OTHER = "thing"
"""The kind of what is of no kind that is known."""

_SCHEMES = {kind.removesuffix(" type"): kind for kind in TYPES.values()}


class Things:
    """Looks up kinds and labels; the last few thousand are remembered."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._store = kg.store.raw
        self.node = lru_cache(maxsize=10_000)(self._node)

    def _node(self, iri: str) -> Node:
        """The thing as a node without attributes."""
        thing = ox.NamedNode(iri)
        labels = (self._values(thing, name) for name in LABELS)
        label = next((min(found) for found in labels if found), shorten(iri))
        return Node(iri, kind(iri, self._values(thing, TYPE)), label)

    def _values(self, thing: ox.NamedNode, name: str) -> set[str]:
        found = self._store.quads_for_pattern(thing, ox.NamedNode(name), None, None)
        return {quad.object.value for quad in found if not isinstance(quad.object, ox.Triple)}


def kind(iri: str, classes: set[str]) -> str:
    """The kind of node for a thing of those classes (IRIs): ours, or else the class's name."""
    if iri.startswith(mint.VOCABULARY):
        return _SCHEMES.get(iri.removeprefix(mint.VOCABULARY).split("/")[0], "concept")
    ours = kind_of({name.removeprefix(NS) for name in classes if name.startswith(NS)})
    return ours or (shorten(min(classes)) if classes else OTHER)
