"""A folder for Neo4j's bulk import, ``neo4j-admin database import full``.

Headers are files of their own, as the manual asks for
(https://neo4j.com/docs/operations-manual/5/tools/neo4j-admin/neo4j-admin-import/): one pair
of files for each label and each type of relationship.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exports.content import Content
from exports.exporter import FolderExporter
from exports.property_graphs.csv_files import EDGES, NODES, CsvFolder
from exports.property_graphs.cypher_text import constraints, glossary
from exports.property_graphs.names import Column, Names, Table
from exports.property_graphs.property_graph import LOSES

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", date: "date"}
_BUFFER = 4_194_304
"""``--read-buffer-size`` when it is not given; it has to hold the largest value, in which Java
counts some characters as two."""
_IMPORT = """\
# Loads this folder into an empty Neo4j database (5 or later). In this folder, as the user who
# runs Neo4j, with the database stopped:
#     sh import.sh
# Then start the database and make the constraints:
#     cypher-shell -u neo4j -d neo4j -f constraints.cypher
# A database that holds something is replaced only if --overwrite-destination is added.
"""
_CONSTRAINTS = """\
// What keeps ids unique and finds them fast, to be made after the import (Neo4j 5.7 or later):
//     cypher-shell -u neo4j -d neo4j -f constraints.cypher
"""


class _Folder(CsvFolder):
    ends_matter = False

    def __init__(self, content: Content, folder: Path) -> None:
        super().__init__("neo4j", content, Names.of(content.schema), folder)
        self.used: dict[str, str] = {}
        """Name of each file to its header."""

    def node(self, label: Table, row: str) -> None:
        name = f"{NODES}/{label.name}"
        if self.files.add(f"{name}.csv", f"{row},{label.name}"):
            space = "Passage" if label is self.names.passage else "Node"
            id, *others = label.properties
            self.used[name] = ",".join((f"{id.name}:ID({space})", *map(_field, others), ":LABEL"))

    def relationship(self, type: Table, source: Table, target: Table, row: str) -> None:  # noqa: ARG002 - one space of ids
        name = f"{EDGES}/{type.name}"
        if self.files.add(f"{name}.csv", f"{row},{type.name}"):
            space = "Passage" if type is self.names.evidenced_by else "Node"
            ends = ":START_ID(Node)", f":END_ID({space})"
            self.used[name] = ",".join((*ends, *map(_field, type.properties), ":TYPE"))

    def command(self) -> str:
        """The line that imports the folder."""
        words = ["neo4j-admin database import full neo4j", "--id-type=string"]
        words += ["--multiline-fields=true", "--ignore-empty-strings=false"]
        if 2 * self.files.longest > _BUFFER:
            words.append(f"--read-buffer-size={2 * self.files.longest}")
        for option, folder in (("--nodes", NODES), ("--relationships", EDGES)):
            for name in sorted(self.used):
                if name.startswith(f"{folder}/"):
                    words.append(f"{option}={name}_header.csv,{name}.csv")
        return " \\\n    ".join(words) + "\n"


def _field(column: Column) -> str:
    return f"{column.name}:{_TYPES[column.type]}"


class Neo4j(FolderExporter):
    """For Neo4j; graphs of any size."""

    name = "neo4j"
    extension = "neo4j"
    media_type = "text/csv"
    loses = LOSES
    marker = "import.sh"

    def write(self, content: Content, folder: Path) -> None:
        """Write nodes, relationships, the command and the constraints."""
        made = _Folder(content, folder)
        made.write()
        for name, header in made.used.items():
            (folder / f"{name}_header.csv").write_text(f"{header}\n", "utf-8")
        nothing = "# There is nothing to import.\n"
        command = made.command() if made.used else nothing
        (folder / self.marker).write_text(_IMPORT + command, "utf-8")
        schema = glossary(made.names) + "".join(constraints(made.names))
        (folder / "constraints.cypher").write_text(_CONSTRAINTS + schema, "utf-8")
