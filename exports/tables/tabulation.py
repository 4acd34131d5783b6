"""Content as tables: which there are, and their rows.

Nodes and edges become

- one table for each kind of node (``remedy``, ``complaint_part``): ``id``, ``label`` and the
  attributes of the kind;
- ``node``: id, kind and label of every node, and the decision that it belongs to;
- ``link``: every edge with its kind, its ends and the attributes that edges may have;
- ``passage``: every passage of every node and edge, in their order.

Edges stand in one table, not in one for each kind, because most kinds of edge have ends of
several kinds: a remedy puts right a finding or an injustice, a complaint is against a council
or another authority. A column of such ends could refer to no one table. Here every end refers
to ``node``, so that all foreign keys hold and the tables are the same whatever was found; a
join of ``link`` with the tables of two kinds gives the pairs of these kinds. For the same
reason a passage has two columns, ``node`` and ``link``, of which one is filled.

Tables and columns come from the schema alone and are there without rows too. Content that is
one table by nature (:meth:`exports.content.Content.table`) stays that table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from exports.content import Content, Portion, Schema, Table
from exports.exporter import ExportError
from exports.kinds import declared
from exports.network import Edge, Node, Passage, Scalar
from exports.tables.descriptions import description, meaning
from exports.tables.names import Names

Row = tuple[Scalar | None, ...]
Batch = tuple["TableLayout", list[Row]]

FIXED = ("node", "link", "passage", "about")
"""Names that no kind of node may take: the tables above, and what SQLite says of itself."""
MOST_FILES = 500
"""Tables that formats with an open file for each can have; systems allow about 1,000 files."""
_WAITING = 4_000
"""Rows gathered before they are handed on."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name, and what it holds."""

    name: str
    type: type
    """str, int, float, bool or :class:`datetime.date` (whose cells are ISO 8601 text)."""
    about: str = ""
    required: bool = False
    references: str = ""
    """Name of the table whose ``id`` stands here; empty where it is no foreign key."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table: its name, what a row is, and its columns."""

    name: str
    title: str
    """The kind of node as the content names it, or what the table is."""
    about: str
    columns: tuple[TableColumn, ...]
    key: str = ""
    """The column that tells rows apart, always the first; empty where none does."""

    def item(self, row: Row) -> str:
        """What a row is about, for errors: the id of a node or an edge, or its first cell."""
        if self.key == "id" and isinstance(row[0], str):
            return row[0]
        cells = zip(self.columns, row, strict=True)
        owners = [str(cell) for column, cell in cells if cell is not None and column.references]
        return owners[0] if owners else f"{self.name}, the row that begins with {row[0]!r:.80}"


class Tabulation:
    """The tables of some content. Rows come in the order of the content."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._kinds: dict[str, tuple[TableLayout, tuple[str, ...], frozenset[str]]] = {}
        self.tables: tuple[TableLayout, ...]
        table = content.table()
        if table is None:
            self._read(content.schema)
        else:
            self.tables = (_only(table),)

    def _read(self, schema: Schema) -> None:
        names = Names(FIXED)
        for kind in sorted(schema.nodes):
            attributes = schema.nodes[kind]
            columns = (_ID_OF_NODE, _LABEL, *_attributes(attributes, schema.types, "id", "label"))
            layout = TableLayout(names.table(kind), kind, meaning(kind), columns, "id")
            self._kinds[kind] = layout, attributes, frozenset(attributes)
        self._of_edges = tuple(sorted({name for edge in schema.edges.values() for name in edge}))
        self._edges = {kind: frozenset(names) for kind, names in schema.edges.items()}
        fixed = [column.name for column in _LINK]
        columns = (*_LINK, *_attributes(self._of_edges, schema.types, *fixed))
        self._link = TableLayout(
            "link", "links", "Which node leads to which, and how.", columns, "id"
        )
        kinds = (layout for layout, _, _ in self._kinds.values())
        self.tables = (*kinds, _NODE_TABLE, self._link, _PASSAGE_TABLE)

    def in_files(self, format: str) -> tuple[TableLayout, ...]:
        """The tables, for a format that holds a file open for each.

        Raises :class:`~exports.exporter.ExportError` when there are more than
        :data:`MOST_FILES`.
        """
        if len(self.tables) > MOST_FILES:
            reason = f"there are {len(self.tables):,} tables, and it can have {MOST_FILES:,}"
            raise ExportError(f"format {format!r}", reason, "export as SQLite, or ask for less")
        return self.tables

    def batches(self) -> Iterator[Batch]:
        """All rows, some thousand at a time; those of one table come in their order.

        Raises :class:`~exports.exporter.ExportError` naming a node or an edge that has what
        its kind does not declare.
        """
        if (table := self.content.table()) is not None:
            for rows in _pieces(table.rows):
                yield self.tables[0], rows
            return
        waiting: dict[str, Batch] = {layout.name: (layout, []) for layout in self.tables}
        passages = _Passages(waiting["passage"][1])
        for portion in self.content.portions():
            self._add(portion, waiting, passages)
            if sum(len(rows) for _, rows in waiting.values()) >= _WAITING:
                yield from _handed_on(waiting)
        yield from _handed_on(waiting)

    def _add(self, portion: Portion, waiting: dict[str, Batch], passages: _Passages) -> None:
        nodes = waiting["node"][1]
        owner, own = portion.owner or None, f"{portion.owner}/"
        for node in portion.nodes:
            found = self._kinds.get(node.kind)
            if found is None or not node.attributes.keys() <= found[2]:
                raise self._undeclared(node)
            layout, names, _ = found
            row = (node.id, node.label, *map(node.attributes.get, names))
            waiting[layout.name][1].append(row)
            id = node.id
            decision = owner if owner and (id == owner or id.startswith(own)) else None
            nodes.append((id, node.kind, node.label, decision))
            for passage in node.passages:
                passages.add(node.id, None, passage)
        links = waiting["link"][1]
        for edge in portion.edges:
            known = self._edges.get(edge.kind)
            if known is None or not edge.attributes.keys() <= known:
                raise self._undeclared(edge)
            ends = (edge.id, edge.kind, edge.source, edge.target, edge.label)
            links.append((*ends, *map(edge.attributes.get, self._of_edges)))
            for passage in edge.passages:
                passages.add(None, edge.id, passage)

    def _undeclared(self, item: Node | Edge) -> ExportError:
        try:
            declared(item, self.content.schema)
        except ExportError as error:
            return error
        return ExportError(item.id, f"kind {item.kind!r} is not in the schema", "add it there")


class _Passages:
    """Numbers passages through."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._count = 0

    def add(self, node: str | None, link: str | None, passage: Passage) -> None:
        self._count += 1
        place = (passage.decision or None, passage.paragraph, passage.start)
        self._rows.append((self._count, node, link, *place, passage.rule, passage.quote))


def _handed_on(waiting: dict[str, Batch]) -> Iterator[Batch]:
    for layout, rows in waiting.values():
        if rows:
            yield layout, rows
            rows.clear()


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) >= _WAITING:
            yield piece
            piece = []
    if piece:
        yield piece


def _attributes(
    attributes: Iterable[str], types: Mapping[str, type], *taken: str
) -> Iterator[TableColumn]:
    """A column for each attribute, with a name that no other column has."""
    names = Names(taken)
    for attribute in attributes:
        name = names.column(attribute)
        about = description(attribute)
        if name != attribute:
            about = f"{attribute}. {about}".strip()
        yield TableColumn(name, types[attribute], about)


def _only(table: Table) -> TableLayout:
    """The layout of content that is one table."""
    names = Names()
    columns = tuple(
        TableColumn(names.column(column.name), column.type, column.about)
        for column in table.columns
    )
    return TableLayout(Names().table(table.name), table.name, table.about, columns)


_LABEL = TableColumn("label", str, "Its name, or words that tell what it is.", required=True)
_ID_OF_NODE = TableColumn("id", str, "IRI.", required=True, references="node")
_NODE_TABLE = TableLayout(
    "node",
    "nodes",
    "Every node, of whatever kind; the tables of the kinds say more.",
    (
        TableColumn("id", str, "IRI.", required=True),
        TableColumn("kind", str, "What kind of thing it is.", required=True),
        _LABEL,
        TableColumn(
            "decision",
            str,
            "The decision that it belongs to; empty for what decisions share.",
            references="node",
        ),
    ),
    "id",
)
_LINK = (
    TableColumn("id", str, "IRI, or an id made of ends and kind.", required=True),
    TableColumn("kind", str, "Property of the ontology.", required=True),
    TableColumn("source", str, "Where it starts.", required=True, references="node"),
    TableColumn("target", str, "Where it leads.", required=True, references="node"),
    TableColumn("label", str, "Words that read between source and target.", required=True),
)
_PASSAGE_TABLE = TableLayout(
    "passage",
    "passages",
    "The words of decisions that nodes and links were read from.",
    (
        TableColumn("id", int, "Numbers the rows of this export.", required=True),
        TableColumn("node", str, "The node it is evidence of, or empty.", references="node"),
        TableColumn("link", str, "The link it is evidence of, or empty.", references="link"),
        TableColumn("decision", str, "IRI of the decision that it stands in."),
        TableColumn("paragraph", int, "Number of its paragraph."),
        TableColumn("start", int, "Characters of the decision's text before it.", required=True),
        TableColumn("rule", str, "The rule that read it.", required=True),
        TableColumn("quote", str, "The words themselves.", required=True),
    ),
    "id",
)
