"""``datapackage.json``: what a folder of tables holds, for programs.

Follows Data Package v2 (https://datapackage.org/standard/data-package/) in what v1 reads too:
resources with path, size and hash; columns with types and meaning; keys. Nothing is taken
from the clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exports.content import Content
from exports.tables.tabulation import TableColumn, TableLayout
from graph.triples.dataset import DESCRIPTION, LICENCE, RIGHTS, TITLE
from graph.version import VERSION

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Mapping[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    date: "date",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the tables of a folder are written."""

    format: str
    """``csv``, which is the ending of the files too."""
    media_type: str
    properties: Mapping[str, Any]
    """What else a resource says: ``encoding``, ``dialect``."""
    note: str = ""
    """What a reader has to know, in sentences."""


def file_name(table: TableLayout, encoding: Encoding) -> str:
    """The name of a table's file: ``complaint_part.csv``."""
    return f"{table.name}.{encoding.format}"


def write_datapackage(
    folder: Path, content: Content, tables: Iterable[TableLayout], encoding: Encoding
) -> None:
    """Describe the tables, whose files stand in the folder by now."""
    package = {
        "$schema": _PROFILE,
        "name": "faultlines",
        "title": f"{TITLE}: {content.title}",
        "description": " ".join(filter(None, (DESCRIPTION, encoding.note, RIGHTS))),
        "homepage": "https://w3id.org/faultlines/",
        "version": VERSION,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0 International",
                "path": LICENCE,
            }
        ],
        "sources": [
            {
                "title": "Decisions of the Local Government and Social Care Ombudsman",
                "path": "https://www.lgo.org.uk/decisions",
            }
        ],
        "resources": [_resource(folder, table, encoding) for table in tables],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(folder: Path, table: TableLayout, encoding: Encoding) -> dict[str, Any]:
    path = folder / file_name(table, encoding)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "title": table.title,
        "description": table.about,
        "format": encoding.format,
        "mediatype": encoding.media_type,
        **encoding.properties,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256}",
        "schema": _schema(table),
    }


def _schema(table: TableLayout) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = [table.key]
    keys = [
        {"fields": [column.name], "reference": {"resource": column.references, "fields": ["id"]}}
        for column in table.columns
        if column.references
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(column: TableColumn, table: TableLayout) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type]}
    if column.about:
        field["description"] = column.about
    constraints = {}
    if (column.required and column.type is not str) or column.name == table.key:
        constraints["required"] = True
    return {**field, "constraints": constraints} if constraints else field
