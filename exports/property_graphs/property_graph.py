"""What exports for property-graph databases share: content as rows of labels and types.

Rows are finished text as soon as an item is read, so that no format holds items. Nodes come
portion by portion, then passages; a relationship comes when the kinds of both its ends are
known (:mod:`exports.property_graphs.ends`).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any, ClassVar

from exports.content import Content
from exports.exporter import ExportError
from exports.graph_files.graph_file import NotCarried
from exports.kinds import declared
from exports.network import Edge, Node, Scalar, cells, edge_id
from exports.property_graphs.ends import Ends
from exports.property_graphs.names import Names, Table
from exports.property_graphs.passages import Passages

LOSES = "Named graphs and paragraphs."
"""What labels, relationships and properties cannot carry."""

Format = Callable[[Any], str]
Cell = tuple[str, Format]
_Formats = tuple[tuple[Cell, ...], tuple[tuple[str, Cell], ...]]
_LARGEST = 2**63
_PASSAGE = " "
"""Stands for the kind of passages, which is none of the content."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def whole(value: int) -> str:
    """A whole number of 64 bits; raises ``NotCarried`` for a larger one, and for what is none."""
    if not isinstance(value, int):
        raise NotCarried(f"{value!r} is no whole number")
    if not -_LARGEST <= value < _LARGEST:
        raise NotCarried(f"the number {value} has more than 64 bits")
    return str(int(value))


def decimal(value: float) -> str:
    """A floating point number; raises ``NotCarried`` for what is none."""
    if not isinstance(value, (int, float)) or not isfinite(value):
        raise NotCarried(f"{value!r} is no number")
    return repr(float(value)).replace("e+", "e")  # Cypher has no sign "+" there


def truth(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def day(value: str) -> str:
    """An ISO 8601 day as it is; raises ``NotCarried`` for other text."""
    if not _DAY.fullmatch(value):
        raise NotCarried(f"{value!r} is no day")
    return value


class PropertyGraph(ABC):
    """Writes one content; a subclass says how a row is written and where it goes."""

    formats: ClassVar[Mapping[type, Format]]
    """Type of a property to how its values are written."""
    ends_matter: ClassVar[bool] = True
    """Whether relationships are kept apart by the labels that they join."""

    def __init__(self, format: str, content: Content, names: Names) -> None:
        self.format, self.content, self.names = format, content, names
        self._schema = content.schema
        self._cells: dict[int, _Formats] = {}

    @abstractmethod
    def row(self, values: Iterable[tuple[Cell, Scalar | None]]) -> str:
        """The properties of one node or relationship; None is a value that is not there."""

    @abstractmethod
    def node(self, label: Table, row: str) -> None:
        """Put a node in its place."""

    @abstractmethod
    def ends(self, source: str, target: str, row: str) -> str:
        """The row of a relationship between two ids."""

    @abstractmethod
    def relationship(self, type: Table, source: Table, target: Table, row: str) -> None:
        """Put a relationship in its place; both labels are the type itself if no ends matter."""

    def write(self) -> None:
        """Write everything.

        Raises :class:`~exports.exporter.ExportError` naming what cannot be carried.
        """
        with Ends() as self._ends, Passages() as self._passages:
            for portion in self.content.portions():
                if self.ends_matter:
                    self._ends.learn(portion)
                for node in portion.nodes:
                    self._of(node, self._node)
                for edge in portion.edges:
                    self._of(edge, self._edge)
            passage = self.names.passage
            for values in self._passages.nodes():
                self.node(passage, self._row(passage, values, {}))
            for kind, source, target, first, second, row in self._ends.waited():
                known = first or self._found(source), second or self._found(target)
                self._join(kind, *known, row)

    def _of(self, item: Node | Edge, write: Callable[[Any], None]) -> None:
        try:
            declared(item, self._schema)
            write(item)
        except NotCarried as error:
            advice = "export as node-link, CSV or N-Quads, which carry it"
            raise ExportError(f"{self.format}, {item.id}", str(error), advice) from error

    def _node(self, node: Node) -> None:
        table = self.names.nodes[node.kind]
        self.node(table, self._row(table, (node.id, node.label), node.attributes))
        if node.passages:
            self._evidence(node, node.id, None)

    def _edge(self, edge: Edge) -> None:
        table = self.names.edges[edge.kind]
        row = self._row(table, (edge.id, edge.label), cells(edge))
        self._place(edge.kind, edge.source, edge.target, self.ends(edge.source, edge.target, row))
        if edge.passages:
            self._evidence(edge, edge.source, edge.id)

    def _evidence(self, item: Node | Edge, source: str, relationship: str | None) -> None:
        table = self.names.evidenced_by
        for passage in dict.fromkeys(item.passages):
            target = self._passages.take(passage, item.id)
            id = edge_id(item.id, table.kind, target)
            row = self.ends(source, target, self._row(table, (id, relationship), {}))
            self._place("", source, target, row)

    def _place(self, kind: str, source: str, target: str, row: str) -> None:
        """Put a relationship in its place, or let it wait; the kind of evidence is empty."""
        if not self.ends_matter:
            table = self.names.edges[kind] if kind else self.names.evidenced_by
            self.relationship(table, table, table, row)
            return
        first = self._ends.kind(source)
        second = self._ends.kind(target) if kind else _PASSAGE
        if first is None or second is None:
            self._ends.wait((kind, source, target, first, second, row))
        else:
            self._join(kind, first, second, row)

    def _join(self, kind: str, first: str, second: str, row: str) -> None:
        """Put a relationship between the labels of two kinds."""
        labels, source = self.names.nodes, self.names.nodes[first]
        if kind:
            self.relationship(self.names.edges[kind], source, labels[second], row)
        else:
            self.relationship(self.names.evidenced_by, source, self.names.passage, row)

    def _found(self, id: str) -> str:
        kind = self._ends.kind(id)
        if kind is None:
            reason = "an edge leads to or from it, but it is no node"
            raise ExportError(f"{self.format}, {id}", reason, "build the graph anew")
        return kind

    def _row(
        self, table: Table, own: Iterable[Scalar | None], attributes: Mapping[str, Scalar]
    ) -> str:
        found = self._cells.get(id(table))
        if found is None:
            found = self._cells[id(table)] = (
                tuple((column.name, self.formats[column.type]) for column in table.own),
                tuple(
                    (column.attribute, (column.name, self.formats[column.type]))
                    for column in table.columns
                ),
            )
        always, sometimes = found
        values: list[tuple[Cell, Scalar | None]] = list(zip(always, own, strict=True))
        values += [(cell, attributes.get(attribute)) for attribute, cell in sometimes]
        return self.row(values)
