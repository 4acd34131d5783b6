"""Values and schema in Cypher 5 (https://neo4j.com/docs/cypher-manual/5/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from exports.property_graphs.names import Names
from exports.property_graphs.property_graph import Format, day, decimal, truth, whole

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\uffff]"
)
"""Control characters, and those that show text otherwise than it is."""


def literal(value: Any) -> str:
    """A text as a string literal, on one line, with nothing hidden in it.

    https://neo4j.com/docs/cypher-manual/5/syntax/expressions/#cypher-expressions-string-literal-escapes
    """
    text = str(value)
    if "\\" in text:
        # a reader that replaces \\uXXXX first must find none that the text itself brings along
        text = text.replace("\\", "\\\\").replace("\\u", "\\\\u0075").replace("\\U", "\\\\u0055")
    if "'" in text:
        text = text.replace("'", "\\'")
    return f"'{text if text.isprintable() else _HIDDEN.sub(_escaped, text)}'"


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _day(value: str) -> str:
    return f"date('{day(value)}')"


FORMATS: dict[type, Format] = {str: literal, int: whole, float: decimal, bool: truth, date: _day}
"""Type of a property to how its values are written."""


def constraints(names: Names) -> Iterator[str]:
    """Statements: each id once for each label and type; days in order.

    Texts have no index: one of more than 8 kB cannot be in it, and then cannot be stored.
    """
    nodes = sorted((*names.nodes.values(), names.passage), key=lambda table: table.name)
    edges = sorted((*names.edges.values(), names.evidenced_by), key=lambda table: table.name)
    for table in nodes:
        yield (
            f"CREATE CONSTRAINT `node_{table.name}_id` IF NOT EXISTS\n"
            f"FOR (n:`{table.name}`) REQUIRE n.id IS UNIQUE;\n"
        )
    for table in edges:
        yield (
            f"CREATE CONSTRAINT `relationship_{table.name}_id` IF NOT EXISTS\n"
            f"FOR ()-[r:`{table.name}`]-() REQUIRE r.id IS UNIQUE;\n"
        )
    for table in nodes:
        for column in table.properties:
            if column.type is date:
                yield (
                    f"CREATE INDEX `node_{table.name}_{column.name}` IF NOT EXISTS\n"
                    f"FOR (n:`{table.name}`) ON (n.`{column.name}`);\n"
                )


def glossary(names: Names) -> str:
    """Comments: which kind and attribute a name stands for, where it is not clear."""
    lines = []
    for tables in (names.nodes, names.edges):
        for table in sorted(tables.values(), key=lambda table: table.name):
            others = {
                column.name: column.attribute
                for column in table.columns
                if column.name != column.attribute
            }
            if others or _letters(table.kind) != _letters(table.name):
                lines.append(f"// {table.name}: {json.dumps({'kind': table.kind, **others})}\n")
    return "".join(lines)


def _letters(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()
