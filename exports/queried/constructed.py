"""The statements that a CONSTRUCT or DESCRIBE makes, as content of any format.

As nodes and edges: what a statement is about is a node; a statement about another node is
an edge; one about a literal is an attribute. Attributes and edges are named as the
project's own are, and by prefix and name (``schema:value``) where the property is another
vocabulary's. Kind and label come from the statements, or else from the graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Self

import pyoxigraph as ox

from exports.content import Content, NamedGraph, Portion, Schema
from exports.layout import COLUMN_WIDTH, ROW_HEIGHT, appearance
from exports.network import SEPARATOR, Edge, Node, Scalar, edge_id
from exports.queried.literals import common, scalar, type_of
from exports.queried.things import LABELS, OTHER, TAKEN, TYPE, Things, kind
from exports.selection import canonical, ntriples
from exports.sorted_lines import SortedLines
from exports.terms import LINKS, NAMES
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import shorten
from ontology.prefixes import NS

_AT_ONCE = 1_000
"""Nodes of a portion."""
Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Constructed(Content):
    """Statements without named graphs, each once; a context manager.

    They wait sorted in temporary files, so that memory holds the ids of nodes and little
    else; but for those with blank nodes, which are all held until these are named.
    """

    title = "statements made by a query"

    def __init__(self, kg: KnowledgeGraph, triples: Iterable[ox.Triple]) -> None:
        self._things = Things(kg)
        self._lines = SortedLines()
        blank = [triple for triple in triples if not self._add(triple)]
        if blank:
            self._lines.add(canonical(blank, "b"))

    def _add(self, triple: ox.Triple) -> bool:
        """Take a triple, unless it has blank nodes, which need their names first."""
        if _blank(triple):
            return False
        self._lines.add(ntriples((triple,)))
        return True

    def __enter__(self) -> Self:
        self._lines.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.__exit__()

    def __bool__(self) -> bool:
        return bool(self._lines)

    def graphs(self) -> Iterator[NamedGraph]:
        """One graph without a name."""
        yield "", self._lines

    @cached_property
    def schema(self) -> Schema:
        """The attributes that occur, each with the type that fits all its values."""
        types: dict[str, type] = {}
        nodes: dict[str, set[str]] = {}
        edges: set[str] = set()
        for subject in self._subjects():
            nodes.setdefault(subject.node.kind, set()).update(subject.values)
            edges.update(edge.kind for edge in subject.edges)
            for name, values in subject.values.items():
                held = {type_of(value) for value in values}
                if name in types:
                    held.add(types[name])
                types[name] = common(held) if len(values) == 1 else str
        for node in self._only_linked():
            nodes.setdefault(node.kind, set())
        return Schema(
            dict(sorted(types.items())),
            {kind: tuple(sorted(names)) for kind, names in sorted(nodes.items())},
            dict.fromkeys(sorted(edges), ()),
        )

    def portions(self) -> Iterator[Portion]:
        """What statements are about in the order of their IRIs, then what they only lead to."""
        rows = Counter[int]()
        types = self.schema.types
        portion = Portion()
        for subject in self._subjects():
            values = {name: _scalar(found, types[name]) for name, found in subject.values.items()}
            node = replace(subject.node, attributes=values)
            portion.nodes.append(_placed(node, rows))
            portion.edges += subject.edges
            if len(portion.nodes) == _AT_ONCE:
                yield portion
                portion = Portion()
        portion.nodes += [_placed(node, rows) for node in self._only_linked()]
        yield portion

    def _subjects(self) -> Iterator[_Subject]:
        for name, lines in groupby(self._lines, key=lambda line: line[: line.index(b" ")]):
            said: dict[str, list[Object]] = {}
            for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
                said.setdefault(quad.predicate.value, []).append(quad.object)
            yield self._subject(name.decode().strip("<>"), said)

    def _subject(self, id: str, said: Mapping[str, list[Object]]) -> _Subject:
        known = Node(id, OTHER, id) if id.startswith("_:") else self._things.node(id)
        classes = {term.value for term in said.get(TYPE, ()) if isinstance(term, ox.NamedNode)}
        labels = [
            term.value
            for name in LABELS
            for term in said.get(name, ())
            if isinstance(term, ox.Literal)
        ]
        values: dict[str, list[ox.Literal]] = {}
        edges = []
        for predicate, terms in said.items():
            name = _name(predicate)
            literals = [_text(term) for term in terms if isinstance(term, (ox.Literal, ox.Triple))]
            if predicate == TYPE:
                literals += [ox.Literal(shorten(class_)) for class_ in sorted(classes)]
            if literals and (predicate not in LABELS or len(labels) > 1):
                values.setdefault(name, []).extend(literals)  # two properties may share a name
            for term in terms:
                if predicate == TYPE and isinstance(term, ox.NamedNode):
                    continue
                if isinstance(term, (ox.NamedNode, ox.BlankNode)):
                    target = _id(term)
                    words = LINKS.get(name, name)
                    edges.append(Edge(edge_id(id, name, target), id, target, name, words))
        node = Node(
            id, kind(id, classes) if classes else known.kind, labels[0] if labels else known.label
        )
        return _Subject(node, values, edges)

    def _only_linked(self) -> Iterator[Node]:
        """What statements lead to and none is about, sorted."""
        subjects, targets = set[str](), set[str]()
        for subject in self._subjects():
            subjects.add(subject.node.id)
            targets.update(edge.target for edge in subject.edges)
        for id in sorted(targets - subjects):
            yield Node(id, OTHER, id) if id.startswith("_:") else self._things.node(id)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the statements with one subject say."""

    node: Node
    values: dict[str, list[ox.Literal]]
    edges: list[Edge]


def _blank(triple: ox.Triple) -> bool:
    """Whether a blank node stands in the triple, or in one that it speaks of."""
    return any(
        _blank(term) if isinstance(term, ox.Triple) else isinstance(term, ox.BlankNode)
        for term in (triple.subject, triple.object)
    )


def _text(term: ox.Literal | ox.Triple) -> ox.Literal:
    """A literal as it is; a statement that is spoken of as its N-Triples."""
    return ox.Literal(str(term)) if isinstance(term, ox.Triple) else term


def _id(term: ox.NamedNode | ox.BlankNode) -> str:
    return term.value if isinstance(term, ox.NamedNode) else f"_:{term.value}"


def _name(predicate: str) -> str:
    """What an attribute or a kind of edge is called."""
    if predicate.startswith(NS):
        name = predicate.removeprefix(NS)
        return f"fl:{name}" if name in TAKEN else NAMES.get(name, name)
    return shorten(predicate)


def _scalar(values: list[ox.Literal], wanted: type) -> Scalar:
    """The value of an attribute; several are joined."""
    if len(values) > 1:
        return SEPARATOR.join(sorted(value.value for value in values))
    return scalar(values[0].value, wanted)


def _placed(node: Node, rows: Counter[int]) -> Node:
    """The node under the last one of its column."""
    column = appearance(node.kind).column
    rows[column] += 1
    return replace(node, place=(column * COLUMN_WIDTH, (rows[column] - 1) * ROW_HEIGHT))
