"""The rows of a SELECT or a named question, as content of any format.

As a table: one column for each variable. As RDF: CSV on the Web's minimal mode
(https://www.w3.org/TR/csv2rdf/), a blank node for each row and a property for each column,
terms as they were found. As nodes and edges: a node for each row, with what is a literal as
its attributes, and an edge to each thing that the row names, of the kind of the column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Self, cast
from urllib.parse import quote

import pyoxigraph as ox

from exports.content import Column, Content, NamedGraph, Portion, Schema, Table
from exports.layout import COLUMN_WIDTH, ROW_HEIGHT
from exports.network import Edge, Node, Scalar, edge_id
from exports.queried.literals import common, scalar, type_of
from exports.queried.things import OTHER, TAKEN, Things
from exports.selection import ntriples
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import Question
from ontology import iri as mint

ROW = "row"
"""The kind of node that stands for a row."""

_DECLARED = {"iri": str, "text": str, "integer": int, "decimal": float, "date": date}
_DECLARED["boolean"] = bool

_AT_ONCE = 1_000
"""Rows of a portion, and rows that are written in one piece."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


class Answered(Content):
    """Rows in the order of the query, held in memory; a context manager."""

    def __init__(
        self, kg: KnowledgeGraph, solutions: ox.QuerySolutions, question: Question | None = None
    ) -> None:
        self._things = Things(kg)
        self._question = question
        self._names = [variable.value for variable in solutions.variables]
        labels: dict[str, ox.BlankNode] = {}
        self._rows: list[tuple[Term, ...]] = [
            tuple(_labelled(term, labels) for term in solution) for solution in solutions
        ]
        self.title = question.title if question else "the rows of a query"
        self.name = question.name if question else "answer"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __bool__(self) -> bool:
        return bool(self._rows)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns: as the question says, or else of the one type that fits all values."""
        if self._question:
            told = {column.name: column for column in self._question.columns}
            return tuple(
                Column(name, _DECLARED[told[name].type], told[name].about) for name in self._names
            )
        return tuple(
            Column(name, _type([row[number] for row in self._rows]))
            for number, name in enumerate(self._names)
        )

    def table(self) -> Table:
        """The rows; IRIs in full."""
        types = [column.type for column in self.columns]
        about = self._question.answers if self._question else self.title
        rows = (
            tuple(_cell(term, type_) for term, type_ in zip(row, types, strict=True))
            for row in self._rows
        )
        return Table(self.name, about, self.columns, rows)

    def graphs(self) -> Iterator[NamedGraph]:
        """One graph without a name: a blank node for each row, a statement for each cell."""
        yield "", self._lines()

    def _lines(self) -> Iterator[bytes]:
        base = f"{mint.question(self.name)}#"
        properties = [ox.NamedNode(base + quote(name)) for name in self._names]
        numbered = enumerate(self._rows, 1)
        while some := list(islice(numbered, _AT_ONCE)):
            triples = (
                ox.Triple(ox.BlankNode(f"row{number:09d}"), property_, term)
                for number, row in some
                for property_, term in zip(properties, row, strict=True)
                if term is not None
            )
            yield from sorted(set(ntriples(triples)))  # numbers are as long as each other

    @cached_property
    def schema(self) -> Schema:
        """Columns of literals are attributes of rows, the others are edges."""
        types = {_attribute(column.name): column.type for column in self.columns}
        nodes: dict[str, set[str]] = {ROW: set()}
        edges = set[str]()
        for portion in self.portions():
            for node in portion.nodes:
                nodes.setdefault(node.kind, set()).update(node.attributes)
            edges.update(edge.kind for edge in portion.edges)
        used = nodes[ROW]
        return Schema(
            {name: type_ for name, type_ in sorted(types.items()) if name in used},
            {kind: tuple(sorted(names)) for kind, names in sorted(nodes.items())},
            dict.fromkeys(sorted(edges), ()),
        )

    def portions(self) -> Iterator[Portion]:
        """A node for each row and an edge to each thing it names; then those things."""
        portion = Portion()
        things: set[str] = set()
        for number, row in enumerate(self._rows, 1):
            id = f"_:row{number:09d}"
            attributes: dict[str, Scalar] = {}
            for column, term in zip(self.columns, row, strict=True):
                if isinstance(term, (ox.NamedNode, ox.BlankNode)):
                    target = str(_cell(term, str))
                    things.add(target)
                    edge = edge_id(id, column.name, target)
                    portion.edges.append(Edge(edge, id, target, column.name, column.name))
                elif (cell := _cell(term, column.type)) is not None:
                    attributes[_attribute(column.name)] = cell
            place = (0.0, (number - 1) * ROW_HEIGHT)
            portion.nodes.append(Node(id, ROW, f"Row {number:,}", attributes, place=place))
            if len(portion.nodes) == _AT_ONCE:
                yield portion
                portion = Portion()
        for number, thing in enumerate(sorted(things)):
            node = Node(thing, OTHER, thing) if thing.startswith("_:") else self._things.node(thing)
            portion.nodes.append(replace(node, place=(COLUMN_WIDTH, number * ROW_HEIGHT)))
        yield portion


def _attribute(column: str) -> str:
    """The attribute of a column; what every node has keeps its name to itself."""
    return f"row:{column}" if column in TAKEN else column


def _type(terms: list[Term]) -> type:
    """The one type that fits all terms of a column."""
    held = {type_of(term) if isinstance(term, ox.Literal) else str for term in terms if term}
    return common(held)


def _labelled(term: Term, labels: dict[str, ox.BlankNode]) -> Term:
    """The term, its blank nodes named in the order in which rows speak of them.

    A store names them at random, and the same answer is to give the same bytes.
    """
    if isinstance(term, ox.BlankNode):
        return labels.setdefault(term.value, ox.BlankNode(f"b{len(labels) + 1}"))
    if isinstance(term, ox.Triple):
        subject, object_ = _labelled(term.subject, labels), _labelled(term.object, labels)
        return ox.Triple(cast(Any, subject), term.predicate, cast(Any, object_))
    return term


def _cell(term: Term, wanted: type) -> Scalar | None:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return scalar(term.value, wanted)
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, ox.NamedNode) else str(term)
