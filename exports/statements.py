"""A named graph read back as properties of its nodes, for projections.

Properties are named by their local name in the project's namespace (``faultType``) and by
prefix and name in any other (``rdfs:label``).
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from exports.network import Passage
from graph.knowledge_graph import KnowledgeGraph
from ontology.prefixes import NS, PREFIXES

_SHORT = {
    PREFIXES["rdf"] + "type": "type",
    PREFIXES["rdfs"] + "label": "rdfs:label",
    PREFIXES["skos"] + "prefLabel": "skos:prefLabel",
    PREFIXES["eli"] + "is_part_of": "eli:is_part_of",
    PREFIXES["oa"] + "exact": "oa:exact",
    PREFIXES["oa"] + "start": "oa:start",
    PREFIXES["schema"] + "value": "schema:value",
    PREFIXES["schema"] + "currency": "schema:currency",
}


class Statements:
    """What some named graphs say, by subject and property; values as their lexical forms."""

    def __init__(self, kg: KnowledgeGraph, *graphs: str) -> None:
        self._said: dict[str, dict[str, list[str]]] = {}
        store = kg.store.raw
        for graph in graphs:
            for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(
                    quad.object, (ox.NamedNode, ox.Literal)
                ):
                    self._add(quad.subject.value, quad.predicate.value, quad.object.value)

    def _add(self, subject: str, predicate: str, value: str) -> None:
        name = predicate[len(NS) :] if predicate.startswith(NS) else _SHORT.get(predicate)
        if name is not None:
            self._said.setdefault(subject, {}).setdefault(name, []).append(value)

    def subjects(self) -> list[str]:
        """Every node that something is said about, sorted."""
        return sorted(self._said)

    def properties(self, node: str) -> Iterator[tuple[str, list[str]]]:
        """The node's properties by name, each with its values sorted."""
        for name, values in sorted(self._said.get(node, {}).items()):
            yield name, sorted(values)

    def all(self, node: str, name: str) -> list[str]:
        """The values of one property, sorted."""
        return sorted(self._said.get(node, {}).get(name, ()))

    def one(self, node: str, name: str) -> str | None:
        """The first value of one property."""
        return min(self._said.get(node, {}).get(name, ()), default=None)

    def classes(self, node: str) -> set[str]:
        """The node's classes of the project's ontology, by local name."""
        return {value[len(NS) :] for value in self.all(node, "type") if value.startswith(NS)}

    def passages(self, node: str) -> tuple[Passage, ...]:
        """The passages that a node is evidenced by, in reading order, each wording once."""
        found: dict[tuple[int, str], Passage] = {}
        for passage in self.all(node, "evidencedBy"):
            quote = self.one(passage, "oa:exact") or ""
            start = int(self.one(passage, "oa:start") or 0)
            paragraph = self.one(passage, "inParagraph")
            number = int(paragraph.rsplit("/", 1)[-1]) if paragraph else None
            rule = self.one(passage, "rule") or ""
            decision = self.one(passage, "quotedFrom") or ""
            found.setdefault((start, quote), Passage(quote, number, rule, start, decision))
        return tuple(found[key] for key in sorted(found))
