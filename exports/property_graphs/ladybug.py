"""A folder for LadybugDB, which continues Kuzu: CSV files and the statements that load them.

Node tables have typed columns and the id as their primary key
(https://docs.ladybugdb.com/cypher/data-definition/create-table); a relationship table names
each pair of tables that it joins, and has one file for each pair
(https://docs.ladybugdb.com/import/csv).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from exports.content import Content
from exports.exporter import FolderExporter
from exports.property_graphs.csv_files import EDGES, NODES, CsvFolder
from exports.property_graphs.cypher_text import glossary
from exports.property_graphs.names import Column, Names, Table
from exports.property_graphs.property_graph import LOSES

_TYPES = {str: "STRING", int: "INT64", float: "DOUBLE", bool: "BOOL", date: "DATE"}
_OPTIONS = "HEADER=TRUE, AUTO_DETECT=FALSE, DELIM=',', QUOTE='\"', ESCAPE='\"', PARALLEL=FALSE"
"""Doubled quotation marks; lines that break inside a field cannot be read in parallel."""
_SCHEMA = """\
// The tables, for a new LadybugDB database. In this folder:
//     lbug faultlines.lbug < schema.cypher
//     lbug faultlines.lbug < copy.cypher
"""
_COPY = "// Loads the CSV files of this folder, nodes before relationships, into the tables.\n"
_NOTHING = "RETURN 'There is nothing to load';\n"
_Pairs = dict[tuple[str, str], str]


class _Folder(CsvFolder):
    def __init__(self, content: Content, folder: Path) -> None:
        super().__init__("ladybug", content, Names.of(content.schema, apart=False), folder)
        self.nodes: dict[str, Table] = {}
        self.edges: dict[str, tuple[Table, _Pairs]] = {}
        """Table and, for each pair of labels, its file."""

    def node(self, label: Table, row: str) -> None:
        file = f"{NODES}/{label.name}.csv"
        if label.name not in self.nodes:
            self.nodes[label.name] = label
            self.files.add(file, _header(label.properties))
        self.files.add(file, row)

    def relationship(self, type: Table, source: Table, target: Table, row: str) -> None:
        _, pairs = self.edges.setdefault(type.name, (type, {}))
        file = pairs.get((source.name, target.name))
        if file is None:
            file = f"{EDGES}/{type.name}-{source.name}-{target.name}.csv"
            pairs[source.name, target.name] = file
            self.files.add(file, f"source,target,{_header(type.properties)}")
        self.files.add(file, row)

    def schema(self) -> Iterable[str]:
        """Statements that create the tables."""
        for name, table in sorted(self.nodes.items()):
            columns = ",\n".join(map(_column, table.properties))
            yield f"CREATE NODE TABLE `{name}` (\n{columns},\n    PRIMARY KEY (`id`)\n);\n"
        for name, (table, pairs) in sorted(self.edges.items()):
            ends = [f"    FROM `{source}` TO `{target}`" for source, target in sorted(pairs)]
            columns = ",\n".join((*ends, *map(_column, table.properties)))
            yield f"CREATE REL TABLE `{name}` (\n{columns}\n);\n"

    def copies(self) -> Iterable[str]:
        """Statements that load them."""
        for name in sorted(self.nodes):
            yield f"COPY `{name}` FROM '{NODES}/{name}.csv' ({_OPTIONS});\n"
        for name, (_, pairs) in sorted(self.edges.items()):
            for (source, target), file in sorted(pairs.items()):
                ends = f"FROM='{source}', TO='{target}'"
                yield f"COPY `{name}` FROM '{file}' ({ends}, {_OPTIONS});\n"


def _header(columns: Iterable[Column]) -> str:
    return ",".join(column.name for column in columns)


def _column(column: Column) -> str:
    return f"    `{column.name}` {_TYPES[column.type]}"


class Ladybug(FolderExporter):
    """For LadybugDB and Kuzu, embedded databases for analysis."""

    name = "ladybug"
    extension = "ladybug"
    media_type = "text/csv"
    loses = LOSES
    marker = "copy.cypher"

    def write(self, content: Content, folder: Path) -> None:
        """Write the files, then the statements for those that there are."""
        made = _Folder(content, folder)
        made.write()
        schema = _SCHEMA + glossary(made.names) + ("".join(made.schema()) or _NOTHING)
        (folder / "schema.cypher").write_text(schema, "utf-8")
        (folder / self.marker).write_text(_COPY + ("".join(made.copies()) or _NOTHING), "utf-8")
