"""What all formats of tables have in common, each read by a reader that nobody here wrote."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import exports
from exports import ExportError, Scope, Selection
from exports.content import Portion, Schema
from exports.network import Edge, Node
from exports.projection import VIEWS, project
from exports.tables.names import Names
from exports.tables.tabulation import Tabulation
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import undefused
from tests import factories
from tests.exports import table_rows
from tests.exports.table_rows import Rows, Tables, holds, plain


def _package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def read_csv(folder: Path) -> Tables:
    """By Python's csv, typed as ``datapackage.json`` says."""
    of: Mapping[str, Callable[[str], Any]] = {
        "string": undefused,
        "integer": int,
        "number": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": str,
    }
    tables: dict[str, Rows] = {}
    csv.field_size_limit(2**30)
    for resource in _package(folder)["resources"]:
        types = {field["name"]: of[field["type"]] for field in resource["schema"]["fields"]}
        with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            assert reader.fieldnames == list(types)
            tables[resource["name"]] = [
                {name: types[name](cell) if cell else None for name, cell in row.items()}
                for row in reader
            ]
    return tables


def read_pandas_csv(folder: Path) -> Tables:
    """By pandas, which is told what is text."""
    pandas = pytest.importorskip("pandas")
    tables: dict[str, Rows] = {}
    kinds = {"string": "string", "integer": "Int64", "number": "float64", "date": "string"}
    for resource in _package(folder)["resources"]:
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        frame = pandas.read_csv(
            folder / resource["path"],
            dtype={name: kinds.get(type_, "boolean") for name, type_ in fields.items()},
            keep_default_na=False,
            na_values=[""],
        )
        assert list(frame.columns) == list(fields)
        tables[resource["name"]] = [
            {
                name: None if pandas.isna(cell) else undefused(cell) if cell is str(cell) else cell
                for name, cell in row.items()
            }
            for row in frame.to_dict("records")
        ]
    return tables


def read_frictionless(folder: Path) -> Tables:
    """By Frictionless, after it has found no error."""
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(folder / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:9]
    return {
        resource.name: [
            {
                name: undefused(cell) if isinstance(cell, str) else plain(_number(cell))
                for name, cell in row.to_dict().items()
            }
            for row in resource.read_rows()
        ]
        for resource in package.resources
    }


def _number(value: Any) -> Any:
    """Frictionless gives decimals where networks have floats."""
    return (
        value if isinstance(value, (bool, int)) or not hasattr(value, "as_tuple") else float(value)
    )


def read_jsonl(folder: Path) -> Tables:
    """By Python's json."""
    tables: dict[str, Rows] = {}
    for resource in _package(folder)["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        lines = (folder / resource["path"]).read_bytes().split(b"\n")
        assert lines.pop() == b""
        tables[resource["name"]] = [json.loads(line) for line in lines]
        assert all(list(row) == names for row in tables[resource["name"]])
    return tables


DUCKDB = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def read_duckdb(folder: Path) -> Tables:
    """By DuckDB: Parquet by its own types, JSON Lines by those of ``datapackage.json``."""
    duckdb = pytest.importorskip("duckdb")
    tables: dict[str, Rows] = {}
    with duckdb.connect() as database:
        for resource in _package(folder)["resources"]:
            path = folder / resource["path"]
            if path.suffix == ".jsonl":
                fields = resource["schema"]["fields"]
                types = ", ".join(f"\"{one['name']}\": '{DUCKDB[one['type']]}'" for one in fields)
                sql = f"SELECT * FROM read_json('{path}', columns={{{types}}}, "
                sql += "format='newline_delimited', maximum_object_size=33554432)"
            else:
                sql = f"SELECT * FROM '{path}'"
            found = database.execute(sql)
            names = [column[0] for column in found.description]
            tables[resource["name"]] = [
                {name: plain(cell) for name, cell in zip(names, row, strict=True)}
                for row in found.fetchall()
            ]
    return tables


def read_pandas_jsonl(folder: Path) -> Tables:
    """By pandas, which gives every column a type of its own."""
    pandas = pytest.importorskip("pandas")
    tables: dict[str, Rows] = {}
    for resource in _package(folder)["resources"]:
        path = folder / resource["path"]
        frame = pandas.read_json(path, lines=True, dtype=False, precise_float=True)
        tables[resource["name"]] = [
            {name: None if pandas.isna(cell) else plain(cell) for name, cell in row.items()}
            for row in frame.astype(object).to_dict("records")
        ]
    return tables


def read_sqlite(path: Path) -> Tables:
    """By SQLite, which finds nothing wrong with the file."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA foreign_keys = ON")
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [tuple(row) for row in database.execute("PRAGMA integrity_check")] == [("ok",)]
        names = [
            row["name"]
            for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if row["name"] != "about" and not row["name"].startswith("sqlite_")
        ]
        return {
            name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]
            for name in names
        }


def read_workbook(path: Path) -> Tables:
    """By openpyxl: values, where nothing may be a formula."""
    openpyxl = pytest.importorskip("openpyxl")
    tables: dict[str, Rows] = {}
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file)
        for sheet in book.worksheets:
            rows = sheet.iter_rows()
            names = [cell.value for cell in next(rows)]
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref == sheet.dimensions
            tables[sheet.title] = []
            for row in rows:
                assert not {cell.data_type for cell in row} & {"f", "e"}
                values = [_unescaped(plain(cell.value)) for cell in row]
                tables[sheet.title].append(dict(zip(names, values, strict=True)))
        book.close()
    return tables


def _unescaped(value: Any) -> Any:
    """The text of a cell: openpyxl leaves ``_x0008_`` as it stands in the file."""
    openpyxl_escape = pytest.importorskip("openpyxl.utils.escape")
    return openpyxl_escape.unescape(value) if isinstance(value, str) else value


READERS: Mapping[str, tuple[str, Callable[[Path], Tables]]] = {
    "csv by Python": ("csv", read_csv),
    "csv by pandas": ("csv", read_pandas_csv),
    "csv by Frictionless": ("csv", read_frictionless),
    "jsonl by Python": ("jsonl", read_jsonl),
    "jsonl by DuckDB": ("jsonl", read_duckdb),
    "jsonl by pandas": ("jsonl", read_pandas_jsonl),
    "parquet by DuckDB": ("parquet", read_duckdb),
    "sqlite by SQLite": ("sqlite", read_sqlite),
    "xlsx by openpyxl": ("xlsx", read_workbook),
}
LIBRARY = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}
"""What a format needs beside the core."""
FORMATS = ("csv", "jsonl", "parquet", "sqlite", "xlsx")


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> tuple[str, Callable[[Path], Tables]]:
    name, read = READERS[request.param]
    if name in LIBRARY:
        pytest.importorskip(LIBRARY[name])
    return name, read


@pytest.fixture(params=FORMATS)
def format(request: pytest.FixtureRequest) -> str:
    if request.param in LIBRARY:
        pytest.importorskip(LIBRARY[request.param])
    return str(request.param)


@pytest.mark.parametrize("view", VIEWS)
def test_tables_hold_the_graph(
    reader: tuple[str, Callable[[Path], Tables]], view: str, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    name, read = reader
    exports.export(kg, name, tmp_path / "out", view=view)
    holds(read(tmp_path / "out"), project(kg, Scope(), view), nodes=name != "xlsx")


@pytest.mark.parametrize("view", ["full", "decisions"])
def test_hostile_words_survive(
    reader: tuple[str, Callable[[Path], Tables]],
    view: str,
    hostile_kg: KnowledgeGraph,
    tmp_path: Path,
) -> None:
    name, read = reader
    exports.export(hostile_kg, name, tmp_path / "out", view=view)
    network = project(hostile_kg, Scope(), view)
    assert factories.HOSTILE_WORDS in {node.attributes.get("summary") for node in network.nodes}
    holds(read(tmp_path / "out"), network, nodes=name != "xlsx")


def test_foreign_names_and_values_survive(
    reader: tuple[str, Callable[[Path], Tables]], tmp_path: Path
) -> None:
    name, read = reader
    content = table_rows.foreign()
    exports.write(content, name, tmp_path / "out")
    tables = read(tmp_path / "out")
    layouts = Tabulation(content).tables
    for layout in layouts:
        names = [column.name.casefold() for column in layout.columns]
        assert len(set(names)) == len(names)
    (thing,) = (layout for layout in layouts if layout.title == "thing")
    (row,) = tables[thing.name]
    columns = zip(thing.columns[2:], sorted(table_rows.ODD), strict=True)
    found = {attribute: row[column.name] for column, attribute in columns}
    wanted: dict[str, Any] = dict(table_rows.ODD_VALUES)
    if name == "xlsx":
        wanted |= {"SCHEMA:VALUE": str(wanted["SCHEMA:VALUE"]), "select": str(wanted["select"])}
    assert found == wanted
    assert row["label"] == "=label 0"
    assert {link["target"] for link in tables["link"]} == {
        node.id for portion in content.portions() for node in portion.nodes
    }
    first, second = tables["passage"]
    assert (second["quote"], second["rule"], second["paragraph"]) == ("'+1", "'r", 3)
    kept = table_rows.LONG[: 32_767 if name == "xlsx" else None]
    assert (first["quote"], first["paragraph"], first["start"]) == (kept, None, 7)


def test_an_answer_is_one_table(
    reader: tuple[str, Callable[[Path], Tables]], tmp_path: Path
) -> None:
    name, read = reader
    exports.write(table_rows.Answer(table_rows.ANSWERS), name, tmp_path / "out")
    tables = read(tmp_path / "out")
    assert list(tables) == ["what_was_promised"]
    assert [tuple(row.values()) for row in tables["what_was_promised"]] == table_rows.ANSWERS
    columns = ["council", "Council_2", "share", "day", "met"]
    assert list(tables["what_was_promised"][0]) == columns


def test_an_answer_without_rows_still_has_its_table(format: str, tmp_path: Path) -> None:
    exports.write(table_rows.Answer(()), format, tmp_path / "out")
    read = next(read for name, read in READERS.values() if name == format)
    assert read(tmp_path / "out") == {"what_was_promised": []}


def _bytes(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


def test_two_exports_have_the_same_bytes(
    format: str, sample_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    exports.export(sample_kg, format, tmp_path / "one")
    exports.export(sample_kg, format, tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_what_a_kind_does_not_declare_is_named(format: str, tmp_path: Path) -> None:
    node = Node("urn:n", "thing", "n", {"colour": "red"})
    content = table_rows.Foreign([Portion([node])], Schema({}, {"thing": ()}, {}))
    with pytest.raises(ExportError, match="urn:n: a thing has no attribute colour"):
        exports.write(content, format, tmp_path / "out")
    edge = Edge("urn:e", "urn:n", "urn:n", "knows", "knows")
    content = table_rows.Foreign([Portion([], [edge])], Schema({}, {"thing": ()}, {}))
    with pytest.raises(ExportError, match="urn:e: kind 'knows' is not declared"):
        exports.write(content, format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("format", "value", "type_"),
    [
        *((name, "\ud800", str) for name in FORMATS),
        ("sqlite", "many", int),
        ("sqlite", 2**63, int),
        ("parquet", "many", int),
        ("parquet", 2**63, int),
        ("parquet", "last week", date),
        ("jsonl", float("nan"), float),
        ("xlsx", float("inf"), float),
        ("xlsx", "<r>\x08</r>", str),
    ],
)
def test_a_value_that_cannot_be_written_is_refused_by_name(
    format: str, value: Any, type_: type, tmp_path: Path
) -> None:
    if format in LIBRARY:
        pytest.importorskip(LIBRARY[format])
    nodes = [Node(f"urn:{n}", "thing", "n", {"held": value} if n == 7 else {}) for n in range(9)]
    schema = Schema({"held": type_}, {"thing": ("held",)}, {})
    with pytest.raises(ExportError, match=rf"{format}, urn:7: table thing cannot hold it \("):
        exports.write(table_rows.Foreign([Portion(nodes)], schema), format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_more_tables_than_files_can_be_open_are_refused(format: str, tmp_path: Path) -> None:
    content = table_rows.Foreign([], Schema({}, {f"kind {n}": () for n in range(600)}, {}))
    if format == "sqlite":
        exports.write(content, format, tmp_path / "out")
        assert len(read_sqlite(tmp_path / "out")) == 603
        return
    with pytest.raises(ExportError, match="there are 603 tables, and it can have 500"):
        exports.write(content, format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("format", "library"), LIBRARY.items())
def test_a_missing_library_is_named(
    format: str, library: str, kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in (library, f"{library}.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ExportError, match=r"not installed; pip install '\.\[(parquet|excel)\]'"):
        exports.export(kg, format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_node_tells_its_decision(sample_kg: KnowledgeGraph) -> None:
    tabulation = Tabulation(Selection(sample_kg))
    found = [row for table, rows in tabulation.batches() if table.name == "node" for row in rows]
    decisions = {row[0] for row in found if row[1] == "decision"}
    owned = {row[1] for row in found if row[3] is not None}
    assert {row[3] for row in found} == {*decisions, None}
    assert owned >= {"decision", "finding", "injustice", "remedy", "reason", "citation"} & {
        row[1] for row in found
    }
    assert not owned & {"council", "law", "fault type", "investigation"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("complaint part", "complaint_part"),
        ("Größe", "groe"),
        ("schema:Person", "schema_person"),
        ("nul", "kind_nul"),
        ("sqlite_master", "kind_sqlite_master"),
        ("2nd", "kind_2nd"),
        ("地", "kind"),
        ("../../etc/passwd", "etc_passwd"),
    ],
)
def test_tables_have_safe_names(kind: str, name: str) -> None:
    assert Names().table(kind) == name


def test_no_two_names_are_the_same() -> None:
    names = Names(("link",))
    made = [names.column(name) for name in ("Link", "a b", "a:b", "A_B", "a_b_2", "LINK_2", "...")]
    assert made == ["Link_2", "a_b", "a_b_2", "A_B_3", "a_b_2_2", "LINK_2_2", "attribute"]
