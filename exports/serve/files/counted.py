"""Counts of a page as content: rows for RDF, councils and types with their links for graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from exports.content import NamedGraph, Table
from exports.network import Edge, Network, Node, edge_id
from exports.queried import Answered
from exports.serve.counts.dimensions import DIMENSIONS, node_of
from exports.serve.counts.figures import Count, HeatRow
from exports.serve.files.downloads import as_table, exported, solutions
from exports.serve.files.formats import FORMATS
from exports.serve.files.networked import Networked
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import Rows, Term
from graph.triples.ntriples import XSD
from ontology.prefixes import ID

_KINDS = {"provision": "law", "council": "council", "guidance": "guidance", "body": "body"}
"""Dimension to the kind of node; others that have a vocabulary are types."""
_LINK = "counted with"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key of a dimension in a row: the key itself in a table, what it names in a graph."""

    dimension: str
    key: str


Cell = Keyed | str | int | float | None
"""What a row holds."""


class Counted(Networked):
    """Counts by one or two things."""

    def __init__(self, kg: KnowledgeGraph, title: str, rows: Rows, network: Network) -> None:
        super().__init__(title, network)
        self._answered = Answered(kg, solutions(rows))

    def graphs(self) -> Iterator[NamedGraph]:
        """A blank node for each row."""
        return self._answered.graphs()

    def table(self) -> Table:
        """The rows."""
        return self._answered.table()


def listed(kg: KnowledgeGraph, dimension: str, counts: Iterable[Count]) -> Counted:
    """The keys of a dimension with their counts."""
    counts = sorted(counts, key=lambda count: count.key)
    rows = [
        (thing(dimension, count.key), text(count.label), integer(count.number)) for count in counts
    ]
    nodes = [
        node(dimension, count.key, count.label, investigations=count.number) for count in counts
    ]
    columns = (dimension, "label", "investigations")
    title = DIMENSIONS[dimension].many.lower()
    return Counted(kg, title, Rows(columns, tuple(rows)), Network.of(nodes, ()))


def crossed(
    kg: KnowledgeGraph, rows: Sequence[HeatRow], columns: Sequence[Count], across: str
) -> Counted:
    """Councils against the keys of a dimension: a row, and a link, for each count over 0."""
    cells = []
    edges = []
    for row in sorted(rows, key=lambda row: row.key):
        council = thing("council", row.key)
        for column in sorted(columns, key=lambda column: column.key):
            if number := row.cells.get(column.key):
                what = thing(across, column.key)
                named = (council, text(row.label), integer(row.decided))
                cells.append((*named, what, text(column.label), integer(number)))
                id = edge_id(council.value, across, what.value)
                weight = {"weight": number}
                edges.append(Edge(id, council.value, what.value, _LINK, _LINK, weight))
    nodes = [node("council", row.key, row.label, decided=row.decided) for row in rows]
    nodes += [node(across, c.key, c.label, investigations=c.number) for c in columns]
    title = f"councils by {DIMENSIONS[across].one.lower()}"
    names = ("council", "name", "decided", across, "label", "investigations")
    return Counted(kg, title, Rows(names, tuple(cells)), Network.of(nodes, edges))


def rows_as(
    kg: KnowledgeGraph,
    format: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    name: str,
) -> Response:
    """Rows as a file: a table, or the graph of what they name.

    A text that is the IRI of a decision is an IRI in a graph.
    """
    if FORMATS[format].exporter:
        terms = tuple(tuple(map(_term, row)) for row in rows)
        return exported(Answered(kg, solutions(Rows(tuple(columns), terms))), format, name)
    return as_table(format, columns, (tuple(map(_value, row)) for row in rows), name)


def _term(cell: Cell) -> Term | None:
    if isinstance(cell, Keyed):
        return thing(cell.dimension, cell.key)
    if cell is None:
        return None
    if isinstance(cell, str):
        return Term("iri", cell) if cell.startswith(f"{ID}decision/") else text(cell)
    return integer(cell) if isinstance(cell, int) else Term("literal", str(cell), XSD + "decimal")


def _value(cell: Cell) -> str | int | float | None:
    return cell.key if isinstance(cell, Keyed) else cell


def node(dimension: str, key: str, label: str, **numbers: int) -> Node:
    """A key of a dimension as a node, with numbers as its attributes."""
    id = thing(dimension, key).value
    kind = _KINDS.get(dimension, dimension)
    if id.startswith(f"{ID}authority/"):
        kind = "authority"
    elif DIMENSIONS[dimension].scheme and dimension != "category":
        kind = f"{dimension} type"
    return Node(id, kind, label, dict(numbers))


def thing(dimension: str, key: str) -> Term:
    """A key as a cell: its IRI, or the key itself where it has none."""
    known = DIMENSIONS[dimension]
    return Term("iri", node_of(dimension, key)) if known.scheme or known.page else text(key)


def text(value: str) -> Term:
    """A text as a cell."""
    return Term("literal", value)


def integer(value: int) -> Term:
    """A whole number as a cell."""
    return Term("literal", str(value), XSD + "integer")
