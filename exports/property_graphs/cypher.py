"""One script of Cypher that makes the graph, or brings one up to date, statement by statement.

Constraints come first, then nodes, then relationships, in batches of ``UNWIND`` and
``MERGE`` (https://neo4j.com/docs/cypher-manual/5/clauses/unwind/), so that what is there
already stays one thing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from typing import BinaryIO

from exports.content import Content
from exports.exporter import FileExporter
from exports.network import Scalar
from exports.property_graphs.cypher_text import FORMATS, constraints, glossary, literal
from exports.property_graphs.names import Names, Table
from exports.property_graphs.property_graph import LOSES, Cell, PropertyGraph

_ROWS = 500
_CHARACTERS = 250_000
"""A statement ends after so many rows or characters; a longer row has one to itself."""
_HEAD = """\
// A graph in Cypher, for an empty or earlier Neo4j database (5.7 or later). Run it with
//     cypher-shell -u neo4j -d neo4j -f {name}
// Each statement is a transaction; running the script again changes nothing.
"""


class _Batches:
    """Rows of the same statement, and the statement around them."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._rows: dict[str, list[str]] = {}
        self._sizes: dict[str, int] = {}

    def add(self, statement: str, row: str) -> None:
        rows = self._rows.setdefault(statement, [])
        rows.append(row)
        size = self._sizes[statement] = self._sizes.get(statement, 0) + len(row)
        if len(rows) >= _ROWS or size >= _CHARACTERS:
            self._write(statement)

    def _write(self, statement: str) -> None:
        rows = ",\n".join(self._rows.pop(statement))
        self._sizes[statement] = 0
        self._out.write(f"UNWIND [\n{rows}\n] AS row\n{statement};\n".encode())

    def finish(self) -> None:
        for statement in sorted(self._rows):
            self._write(statement)


class _Script(PropertyGraph):
    formats = FORMATS

    def __init__(self, content: Content, nodes: BinaryIO, edges: BinaryIO) -> None:
        super().__init__("cypher", content, Names.of(content.schema))
        self.nodes = _Batches(nodes)
        self.edges = _Batches(edges)

    def row(self, values: Iterable[tuple[Cell, Scalar | None]]) -> str:
        told = [f"`{cell[0]}`: {cell[1](value)}" for cell, value in values if value is not None]
        return f"{{{', '.join(told)}}}"

    def node(self, label: Table, row: str) -> None:
        self.nodes.add(f"MERGE (n:`{label.name}` {{id: row.id}})\nSET n += row", row)

    def ends(self, source: str, target: str, row: str) -> str:
        return f"{{source: {literal(source)}, target: {literal(target)}, properties: {row}}}"

    def relationship(self, type: Table, source: Table, target: Table, row: str) -> None:
        self.edges.add(
            f"MATCH (a:`{source.name}` {{id: row.source}})\n"
            f"MATCH (b:`{target.name}` {{id: row.target}})\n"
            f"MERGE (a)-[r:`{type.name}` {{id: row.properties.id}}]->(b)\n"
            "SET r += row.properties",
            row,
        )


class Cypher(FileExporter):
    """For Neo4j and other databases that speak Cypher; smaller graphs."""

    name = "cypher"
    extension = "cypher"
    media_type = "application/x-cypher-query"
    loses = LOSES

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write constraints, nodes and passages as they come, then relationships."""
        with tempfile.TemporaryFile() as edges:
            script = _Script(content, out, edges)
            head = _HEAD.format(name="faultlines.cypher") + glossary(script.names)
            out.write((head + "".join(constraints(script.names))).encode())
            script.write()
            script.nodes.finish()
            script.edges.finish()
            edges.seek(0)
            shutil.copyfileobj(edges, out)
