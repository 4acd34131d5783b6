"""The decisions of a scope as content: their named graphs, and what these need beside them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from exports.content import Content, NamedGraph, Portion, Schema
from exports.scope import Scope
from exports.sorted_lines import SortedLines
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from ontology.prefixes import PREFIXES

REFERENCE_GRAPHS = (
    mint.DATASET_GRAPH,
    mint.INVESTIGATIONS_GRAPH,
    mint.ONTOLOGY_GRAPH,
    mint.REGISTERS_GRAPH,
    mint.STATISTICS_GRAPH,
)
"""The named graphs that belong to no single decision, in the order they are written."""

_OF_ALL_DECISIONS = (mint.DATASET_GRAPH, mint.STATISTICS_GRAPH)
"""Graphs that speak of all decisions together, and so are false of some of them."""

_FOLLOWED = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (
        ("fl", "successor"),
        ("fl", "investigatedIn"),
        ("eli", "is_part_of"),
        ("skos", "broader"),
        ("skos", "inScheme"),
    )
)
"""Links of a reference graph that lead to further nodes worth describing."""

_LISTING = tuple(ox.NamedNode(PREFIXES["skos"] + name) for name in ("hasTopConcept", "narrower"))
"""Predicates that list everything a scheme has, used or not."""


@dataclass(frozen=True)
class Selection(Content):
    """A graph narrowed to a scope.

    With ``full`` the registers and the ontology go out whole; otherwise only what they
    say about the councils, Acts, guidance, bodies and types that the decisions use.
    ``view`` is for the graph formats (:data:`exports.projection.VIEWS`).
    """

    kg: KnowledgeGraph
    scope: Scope = field(default_factory=Scope)
    full: bool = False
    view: str = "full"

    @property
    def title(self) -> str:  # type: ignore[override]
        """The scope in words."""
        return self.scope.words(self.kg)

    @cached_property
    def decisions(self) -> list[str]:
        """IRIs of the decisions, sorted."""
        return self.scope.decisions(self.kg)

    @property
    def schema(self) -> Schema:
        """The attributes of the view."""
        from exports.kinds import schema

        return schema(self.view)

    def portions(self) -> Iterator[Portion]:
        """One portion a decision, then one of what they share."""
        from exports.projection import portions

        return portions(self.kg, self.scope, self.view)

    def graphs(self) -> Iterator[NamedGraph]:
        """Decisions first, then the rest; each sorted by name."""
        used: set[str] = set()
        for decision in self.decisions:
            name = mint.decision_graph(decision)
            lines = self._whole(name)
            own = f"<{decision}".encode()
            for line in lines:
                used.update(_named(line, own))
            yield name, lines
        for name in REFERENCE_GRAPHS:
            whole = self.scope.everything if name in _OF_ALL_DECISIONS else self.full
            with SortedLines() as held:
                held.add(self._lines(name) if whole else self._about(name, used))
                if held:
                    yield name, held

    def _whole(self, name: str) -> list[bytes]:
        graph = ox.NamedNode(name)
        dumped = self.kg.store.raw.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        return sorted((dumped or b"").splitlines(keepends=True))

    def _lines(self, name: str) -> Iterator[bytes]:
        """A named graph of any size, in the store's order; its blank nodes by RDFC-1.0."""
        graph = ox.NamedNode(name)
        with tempfile.TemporaryFile() as dumped:
            self.kg.store.raw.dump(dumped, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            dumped.seek(0)
            if any(line.startswith(b"_:") for line in dumped):
                found = self.kg.store.raw.quads_for_pattern(None, None, None, graph)
                label = mint.slug(name.rsplit("/", 1)[-1])
                yield from canonical((quad.triple for quad in found), label)
                return
            dumped.seek(0)
            yield from dumped

    def _about(self, name: str, used: set[str]) -> Iterator[bytes]:
        """What a reference graph says about used nodes and, along the links, what those need."""
        store, graph = self.kg.store.raw, ox.NamedNode(name)
        waiting, reached = sorted(used), set(used)
        while waiting:
            found = [
                quad.triple
                for quad in store.quads_for_pattern(ox.NamedNode(waiting.pop()), None, None, graph)
                if quad.predicate not in _LISTING and not isinstance(quad.object, ox.BlankNode)
            ]
            if found:
                yield from ntriples(found)
            for triple in found:
                node = triple.object
                if triple.predicate not in _FOLLOWED or not isinstance(node, ox.NamedNode):
                    continue
                if node.value not in reached:
                    reached.add(node.value)
                    waiting.append(node.value)


def ntriples(triples: Iterable[ox.Triple]) -> list[bytes]:
    """Statements as lines of N-Triples (https://www.w3.org/TR/n-triples/), in their order."""
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines(keepends=True)


def canonical(triples: Iterable[ox.Triple], label: str) -> list[bytes]:
    """The same statements as N-Triples, blank nodes named ``label`` and by RDFC-1.0.

    A store gives blank nodes random names; RDF Dataset Canonicalization
    (https://www.w3.org/TR/rdf-canon/) gives the same ones to the same statements.
    """
    dataset = ox.Dataset(
        ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def renamed(term: Any) -> Any:
        if isinstance(term, ox.Triple):
            return ox.Triple(renamed(term.subject), term.predicate, renamed(term.object))
        return ox.BlankNode(f"{label}{term.value}") if isinstance(term, ox.BlankNode) else term

    return ntriples(
        ox.Triple(renamed(quad.subject), quad.predicate, renamed(quad.object)) for quad in dataset
    )


def _named(line: bytes, own: bytes) -> Iterator[str]:
    """The IRIs that are subject or object of a line of N-Triples and not a decision's own."""
    subject, _, rest = line.partition(b" ")
    if not subject.startswith(own):
        yield subject[1:-1].decode()
    _, _, value = rest.partition(b" ")
    if value.startswith(b"<") and not value.startswith(own):
        yield value[1 : -len(b"> .\n")].decode()
