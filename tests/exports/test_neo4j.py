"""The folder for Neo4j's bulk import, read as strictly as its manual defines it.

The reader below knows the header grammar of ``neo4j-admin database import`` and nothing of
the exporter (https://neo4j.com/docs/operations-manual/5/tools/neo4j-admin/neo4j-admin-import/);
what it reads goes into an embedded database that speaks Cypher.
"""

from __future__ import annotations

import csv
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports import Content, Scope, Selection, write
from exports.content import Portion
from exports.network import Node
from exports.property_graphs.names import Names
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.made_content import MadeContent, hostile, single
from tests.exports.property_graphs import (
    Loaded,
    LoadedWhole,
    agrees,
    expected,
    network_of,
    stand_in_the_graph,
)

_FIELD = re.compile(r"(?P<name>[^:]*):(?P<type>[A-Z_]+|[a-z]+)(?:\((?P<space>[^()]+)\))?")
_BUFFER = 4_194_304
"""The manual's default of --read-buffer-size."""


@dataclass
class Command:
    """A call of ``neo4j-admin database import full``, its options checked against the manual."""

    database: str
    nodes: list[list[str]] = field(default_factory=list)
    relationships: list[list[str]] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: list[str]) -> Command:
        assert words[:3] == ["database", "import", "full"]
        made = cls(words[3])
        assert re.fullmatch("[a-z][a-z0-9.-]{2,62}", made.database)
        for word in words[4:]:
            option, _, value = word.partition("=")
            if option in {"--nodes", "--relationships"}:
                files: list[list[str]] = getattr(made, option.removeprefix("--"))
                files.append(value.split(","))
            else:
                known = {"--id-type": "string", "--multiline-fields": "true"}
                known |= {"--ignore-empty-strings": "false", "--read-buffer-size": value}
                assert known[option] == value
                made.others[option] = value
        return made


@dataclass(frozen=True)
class Field:
    """One field of a header: ``<name>:<field_type>``, with the ID space of an id."""

    name: str
    type: str
    space: str

    @classmethod
    def of(cls, text: str) -> Field:
        found = _FIELD.fullmatch(text)
        assert found, text
        special = {"ID", "LABEL", "START_ID", "END_ID", "TYPE"}
        assert found["type"] in {*special, "string", "long", "double", "boolean", "date"}, text
        assert bool(found["space"]) == found["type"].endswith("ID"), text
        assert bool(found["name"]) == (found["type"] not in special - {"ID"}), text
        return cls(found["name"], found["type"], found["space"] or "")

    def value(self, text: str, quoted: bool) -> Any:
        """A value as the importer makes it; None for an empty field without quotation marks."""
        if not text and not quoted:
            return None
        if self.type == "boolean":
            assert text in {"true", "false"}
            return text == "true"
        read: dict[str, Callable[[str], Any]] = {
            "long": int,
            "double": float,
            "date": date.fromisoformat,
        }
        return read.get(self.type, str)(text)


_QUOTED = re.compile(r'"((?:[^"]+|"")*)"|[^",\n\r]*')


def _rows(path: Path, buffer: int) -> Iterator[list[tuple[str, bool]]]:
    """Fields of each row, as Python's csv module reads them, and whether each was quoted.

    RFC 4180 and --multiline-fields: marks are doubled inside, lines may break there.
    """
    text = path.read_bytes().decode("utf-8")
    assert text.endswith("\n")
    place = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for values in csv.reader(lines, strict=True):
            row = []
            for value in values:
                found = _QUOTED.match(text, place)
                assert found
                quoted = found.group(1) is not None
                assert value == (found[1].replace('""', '"') if quoted else found[0])
                assert 2 * len(value) < buffer  # in Java, some characters are two
                row.append((value, quoted))
                place = found.end() + 1
            assert text[place - 1] == "\n"
            yield row


@pytest.fixture(autouse=True)
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(2**31 - 1)
    yield
    csv.field_size_limit(before)


@pytest.fixture
def command(tmp_path: Path) -> Callable[[Content], Command]:
    """Exports, runs the folder's script in it, and takes the words that neo4j-admin is given."""
    program = tmp_path / "bin" / "neo4j-admin"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > ../words\n')
    program.chmod(0o755)

    def ran(content: Content) -> Command:
        write(content, "neo4j", tmp_path / "folder")
        environment = {"PATH": f"{program.parent}:/usr/bin:/bin"}
        subprocess.run(["sh", "import.sh"], cwd=tmp_path / "folder", env=environment, check=True)
        return Command.of((tmp_path / "words").read_text().splitlines())

    return ran


class _Importer:
    """Reads the files of a command as the manual says, strictly, and loads them."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.folder = folder
        self.buffer = int(command.others.get("--read-buffer-size", _BUFFER))
        self.database = Loaded()
        self.labels: dict[tuple[str, str], str] = {}
        """ID space and id to label."""
        for files in command.nodes:
            self._nodes(files)
        for files in command.relationships:
            self._relationships(files)

    def _read(self, files: list[str]) -> tuple[list[Field], list[list[Any]]]:
        header, *data = (self.folder / name for name in files)
        (names,) = csv.reader([header.read_text("utf-8")])
        fields = [Field.of(name) for name in names]
        told = [each.name for each in fields if each.name]
        assert len(told) == len(set(told))
        rows = []
        for row in (row for path in data for row in _rows(path, self.buffer)):
            assert len(row) == len(fields)
            rows.append([one.value(*said) for one, said in zip(fields, row, strict=True)])
        return fields, rows

    def _nodes(self, files: list[str]) -> None:
        fields, rows = self._read(files)
        (key,) = (number for number, each in enumerate(fields) if each.type == "ID")
        (label,) = (number for number, each in enumerate(fields) if each.type == "LABEL")
        for row in rows:
            id = fields[key].space, row[key]
            assert id not in self.labels, "an id stands twice in its space"
            self.labels[id] = row[label]
        (name,) = {row[label] for row in rows}
        told = [_properties(fields, row) for row in rows]
        self.database.run(f"UNWIND $rows AS row CREATE (n:`{name}`) SET n = row", rows=told)

    def _relationships(self, files: list[str]) -> None:
        fields, rows = self._read(files)
        places = {each.type: number for number, each in enumerate(fields)}
        start, end, type_ = (places[name] for name in ("START_ID", "END_ID", "TYPE"))
        (name,) = {row[type_] for row in rows}
        pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in rows:
            ends = (
                self.labels[fields[start].space, row[start]],
                self.labels[fields[end].space, row[end]],
            )
            told = {"a": row[start], "b": row[end], "told": _properties(fields, row)}
            pairs.setdefault(ends, []).append(told)
        for (first, second), each in pairs.items():
            self.database.run(
                f"UNWIND $rows AS row MATCH (a:`{first}` {{id: row.a}}) "
                f"MATCH (b:`{second}` {{id: row.b}}) CREATE (a)-[r:`{name}`]->(b) SET r = row.told",
                rows=each,
            )


def _properties(fields: list[Field], row: list[Any]) -> dict[str, Any]:
    return {
        each.name: value
        for each, value in zip(fields, row, strict=True)
        if each.name and value is not None
    }


Load = Callable[[Content], Loaded]


@pytest.fixture
def load(tmp_path: Path, command: Callable[[Content], Command]) -> Load:
    def loaded(content: Content) -> Loaded:
        return _Importer(tmp_path / "folder", command(content)).database

    return loaded


class TestNeo4j(LoadedWhole):
    """Everything is there once it is loaded."""


def test_cypher_counts_what_sparql_counts(sample_kg: KnowledgeGraph, load: Load) -> None:
    database = load(Selection(sample_kg))
    agrees(sample_kg, database.number)
    stand_in_the_graph(sample_kg, database.graph()[0])


def test_parallel_relationships_keep_their_ids(load: Load) -> None:
    _, edges = load(hostile()).graph()
    assert {id for id, (_, a, b, _) in edges.items() if b == "_:b0" != a} == {"e1", "e2"}


def test_empty_text_is_not_nothing(load: Load) -> None:
    nodes, _ = load(single(empty="", zero=0, no=False)).graph()
    (values,) = (told for _, told in nodes.values())
    assert {name: values.get(name) for name in ("empty", "zero", "no")} == {
        "empty": "",
        "zero": 0,
        "no": False,
    }


def test_a_value_larger_than_the_reader_s_buffer_asks_for_a_larger_one(
    load: Load, command: Callable[[Content], Command]
) -> None:
    assert "--read-buffer-size" not in command(single(text="x" * 1_000_000)).others
    content = single(text='é"' * 3_000_000)
    nodes, _ = load(content).graph()
    assert {told["text"] for _, told in nodes.values()} == {'é"' * 3_000_000}


def test_each_kind_has_a_header_and_a_file(sample_kg: KnowledgeGraph, tmp_path: Path) -> None:
    content = Selection(sample_kg)
    write(content, "neo4j", tmp_path / "folder")
    nodes, edges = expected(network_of(content), Names.of(content.schema), content)
    labels = {label for label, _ in nodes.values()}
    types = {type_ for type_, *_ in edges.values()}
    for folder, names in (("nodes", labels), ("relationships", types)):
        files = {path.name for path in (tmp_path / "folder" / folder).iterdir()}
        assert files == {f"{name}{end}.csv" for name in names for end in ("", "_header")}
    header = (tmp_path / "folder" / "nodes" / "Remedy_header.csv").read_text()
    assert header.startswith("id:ID(Node),label:string,amount:double,count:double,")
    header = (tmp_path / "folder" / "relationships" / "HAS_FINDING_header.csv").read_text()
    assert header == (
        ":START_ID(Node),:END_ID(Node),id:string,label:string,"
        "paragraph:long,quote:string,rule:string,:TYPE\n"
    )


def test_constraints_hold_for_what_is_imported(
    sample_kg: KnowledgeGraph, load: Load, tmp_path: Path
) -> None:
    database = load(Selection(sample_kg))
    before = database.graph()
    constraints = tmp_path / "folder" / "constraints.cypher"
    assert database.script(constraints.read_text("utf-8")) > 50
    assert database.graph() == before


def test_an_empty_scope_says_that_there_is_nothing(kg: KnowledgeGraph, tmp_path: Path) -> None:
    content = Selection(kg, Scope(council="Kingsferry", since=date(2030, 1, 1)))
    write(content, "neo4j", tmp_path / "folder")
    script = (tmp_path / "folder" / "import.sh").read_text()
    assert [line for line in script.splitlines() if not line.startswith("#")] == []


def test_thousands_of_kinds_need_no_thousand_open_files(load: Load) -> None:
    nodes = [Node(f"n{number}", f"kind {number}", "x") for number in range(1_500)]
    told, _ = load(MadeContent([Portion(nodes)])).graph()
    assert len({label for label, _ in told.values()}) == 1_500


def test_the_script_is_one_command(kg: KnowledgeGraph, tmp_path: Path) -> None:
    write(Selection(kg), "neo4j", tmp_path / "folder")
    script = (tmp_path / "folder" / "import.sh").read_text()
    words = shlex.split(script, comments=True)
    assert words[:5] == ["neo4j-admin", "database", "import", "full", "neo4j"]
    assert words.count("neo4j-admin") == 1
