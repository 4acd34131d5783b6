"""What tables have to hold, made from a network alone, to lay beside what readers found.

Readers give tables as :data:`Tables`: name to rows, a row as a dictionary with None where
there is no value. Days are ISO 8601 text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from exports.content import Column, Content, NamedGraph, Portion, Schema, Table
from exports.network import Edge, Network, Node, Passage, Scalar
from tests import factories

Rows = list[dict[str, Any]]
Tables = Mapping[str, Rows]

LONG = "It took nine months; £1,500 was agreed.\n" * 26_000
"""About a megabyte, as a quotation could be."""


def without_nothing(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without the cells that hold nothing."""
    return {name: value for name, value in row.items() if value is not None}


def plain(value: Any) -> Any:
    """A value as a network has it: days as text."""
    if isinstance(value, datetime):
        assert (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def holds(tables: Tables, network: Network, *, nodes: bool = True, told: Any = plain) -> None:
    """Assert that tables hold the network, all of it and nothing else.

    ``nodes`` says whether there is a table ``node``; ``told`` makes of an expected value what
    the format can carry.
    """

    def row(**cells: Any) -> dict[str, Any]:
        return without_nothing({name: told(value) for name, value in cells.items()})

    kinds: dict[str, Rows] = {}
    for node in network.nodes:
        kinds.setdefault(node.kind.replace(" ", "_"), []).append(
            row(id=node.id, label=node.label, **node.attributes)
        )
    fixed = {"link", "passage", *(["node"] if nodes else [])}
    assert {name for name, rows in tables.items() if rows} - fixed == set(kinds)
    for name, rows in kinds.items():
        assert _by_id(tables[name]) == _by_id(rows)
    links = [
        row(
            id=edge.id,
            kind=edge.kind,
            source=edge.source,
            target=edge.target,
            label=edge.label,
            **edge.attributes,
        )
        for edge in network.edges
    ]
    assert _by_id(tables["link"]) == _by_id(links)
    if nodes:
        listed = [row(id=node.id, kind=node.kind, label=node.label) for node in network.nodes]
        found = [{**one, "decision": None} for one in tables["node"]]
        assert _by_id(found) == _by_id(listed)
    _holds_passages(tables["passage"], network, row)


def _holds_passages(found: Rows, network: Network, row: Any) -> None:
    wanted: dict[str, Rows] = {}
    for kind, items in (("node", network.nodes), ("link", network.edges)):
        for item in items:
            for passage in item.passages:
                cells = {name: getattr(passage, name) for name in ("quote", "rule", "start")}
                cells |= {"decision": passage.decision or None, "paragraph": passage.paragraph}
                wanted.setdefault(item.id, []).append(row(**{kind: item.id}, **cells))
    assert [one["id"] for one in found] == list(range(1, len(found) + 1))
    had: dict[str, Rows] = {}
    for one in found:
        cells = without_nothing(one)
        del cells["id"]
        had.setdefault(str(cells.get("node", cells.get("link"))), []).append(cells)
    assert had == wanted


def _by_id(rows: Rows) -> dict[str, dict[str, Any]]:
    made = {row["id"]: without_nothing(row) for row in rows}
    assert len(made) == len(rows)
    return made


class Foreign(Content):
    """Nodes and edges as a CONSTRUCT over foreign vocabularies could give them."""

    title = 'made "for" tests'

    def __init__(self, portions: Sequence[Portion], schema: Schema) -> None:
        self._portions = portions
        self._schema = schema

    @property
    def schema(self) -> Schema:
        return self._schema

    def graphs(self) -> Iterator[NamedGraph]:
        return iter(())

    def portions(self) -> Iterator[Portion]:
        return iter(self._portions)


ODD: Mapping[str, type] = {
    'a "quoted" name': str,
    "größe": float,
    "ID": str,
    "Label": str,
    "select": int,
    "schema:value": float,
    "SCHEMA:VALUE": int,
    "schema value": bool,
    "=cmd|' /C calc'!A0": str,
    "day": date,
    "x" * 300: str,
    "日本": str,
    "...": str,
}
"""Names of attributes that are no names of columns, with their types."""

ODD_VALUES: Mapping[str, Scalar] = {
    'a "quoted" name': "'=1+1",
    "größe": -2.5,
    "ID": "not the id",
    "Label": factories.HOSTILE_WORDS,
    "select": 2**53 + 1,
    "schema:value": 1e-300,
    "SCHEMA:VALUE": -(2**63),
    "schema value": False,
    "=cmd|' /C calc'!A0": "<r><t>a & b</t></r>",
    "day": "1889-04-01",
    "x" * 300: "\r\n-1 \u202e_x0041_ \U0001f9ee",
    "日本": "+44",
    "...": "'",
}

KINDS = ("thing", "Thing", "link", "order", "con", "a b", "a-b", "é", "漢字", "9 lives", "x" * 99)


def foreign() -> Foreign:
    """A node of each of :data:`KINDS`, with every attribute of :data:`ODD`, and an edge to it."""
    portion = Portion()
    names = tuple(sorted(ODD))
    long = Passage(LONG, None, "=rule", 7)
    for number, kind in enumerate(KINDS):
        id = f"_:b{number}"
        values = ODD_VALUES if number == 0 else {}
        passages = (long, Passage("'+1", 3, "'r", 0)) if number == 0 else ()
        portion.nodes.append(Node(id, kind, f"=label {number}", values, passages))
        portion.edges.append(Edge(f"e{number}", "_:b0", id, "schema:about", "about", values))
    schema = Schema(ODD, dict.fromkeys(KINDS, names), {"schema:about": names})
    return Foreign([portion], schema)


class Answer(Foreign):
    """Content that is one table."""

    def __init__(self, rows: Sequence[tuple[Scalar | None, ...]]) -> None:
        super().__init__([], Schema({}, {}, {}))
        self._rows = rows

    def table(self) -> Table:
        columns = (
            Column("council", str, "Its name."),
            Column("Council", int),
            Column("share", float),
            Column("day", date),
            Column("met", bool),
        )
        return Table("what-was-promised", "Promises.", columns, iter(self._rows))


ANSWERS: list[tuple[Scalar | None, ...]] = [
    ("=Tarnbeck", 3, 0.5, "2022-09-15", True),
    (None, 7, None, None, None),
    ("Tarnbeck", 3, 2.0, "2024-02-29", False),
]
