"""Folders of tables: their description, the text of CSV, the types of Parquet."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import exports
from exports import Scope
from exports.network import ATTRIBUTES
from exports.projection import project
from exports.tables import parquet_folder
from exports.tables.descriptions import description
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import defused, undefused
from tests.exports import table_rows

FOLDERS = ("csv", "jsonl", "parquet")


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, kg: KnowledgeGraph, tmp_path: Path) -> Path:
    if request.param == "parquet":
        pytest.importorskip("pyarrow")
    exports.export(kg, request.param, tmp_path / request.param)
    return tmp_path / str(request.param)


def _package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def test_a_folder_describes_itself(folder: Path) -> None:
    package = _package(folder)
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert "acknowledgement of the Ombudsman" in package["description"]
    listed = {resource["path"]: resource for resource in package["resources"]}
    assert set(listed) == {path.name for path in folder.iterdir()} - {"datapackage.json"}
    for name, resource in listed.items():
        held = (folder / name).read_bytes()
        assert resource["bytes"] == len(held)
        assert resource["hash"] == f"sha256:{hashlib.sha256(held).hexdigest()}"
        assert resource["description"]
    remedy = listed[f"remedy.{folder.name}"]["schema"]
    assert remedy["primaryKey"] == ["id"]
    assert remedy["foreignKeys"] == [
        {"fields": ["id"], "reference": {"resource": "node", "fields": ["id"]}}
    ]
    types = {field["name"]: field["type"] for field in remedy["fields"]}
    assert (types["amount"], types["due_date"], types["due_text"]) == ("number", "date", "string")


def test_frictionless_accepts_the_description(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package.from_descriptor(str(folder / "datapackage.json"))
    assert len(package.resources) == len(_package(folder)["resources"])
    assert list(frictionless.Package.metadata_validate(package.to_descriptor())) == []


def test_every_attribute_of_the_project_is_described() -> None:
    folded = {"quote", "rule", "paragraph"}  # passages have a table of their own
    assert [name for name in ATTRIBUTES if not description(name)] == sorted(
        folded & {name for name in ATTRIBUTES if not description(name)}
    )
    assert description("schema:value") == ""


def test_csv_is_utf_8_with_a_mark_and_ends_lines_with_crlf(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    exports.export(hostile_kg, "csv", tmp_path / "csv")
    for path in (tmp_path / "csv").glob("*.csv"):
        held = path.read_bytes()
        assert held.startswith(b"\xef\xbb\xbf")
        assert held.endswith(b"\r\n")
        for line in held.decode("utf-8-sig").split("\r\n"):
            assert not line.startswith(("=", "+", "-", "@"))


@given(st.text(st.sampled_from("'=+-@|\t\r\n1.9a\uff1d ")))
def test_the_exact_text_is_had_back(text: str) -> None:
    assert undefused(defused(text)) == text
    assert defused(text)[:1] not in {*"=@|\t\r\n\uff1d"} - {""}


def test_parquet_is_typed(kg: KnowledgeGraph, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    exports.export(kg, "parquet", tmp_path / "out")

    def types(table: str) -> dict[str, str]:
        found = database.execute(f"DESCRIBE SELECT * FROM '{tmp_path}/out/{table}.parquet'")
        return {row[0]: row[1] for row in found.fetchall()}

    with duckdb.connect() as database:
        remedy = types("remedy")
        assert (remedy["due_date"], remedy["amount"], remedy["type"]) == (
            "DATE",
            "DOUBLE",
            "VARCHAR",
        )
        assert types("passage")["paragraph"] == "BIGINT"
        assert types("council")["fictional"] == "BOOLEAN"
        sql = (
            f"SELECT sum(total) FROM '{tmp_path}/out/remedy.parquet' WHERE due_date > '2022-10-01'"
        )
        wanted = sum(
            float(node.attributes.get("total", 0))
            for node in project(kg, Scope(), "full").nodes
            if str(node.attributes.get("due_date", "")) > "2022-10-01"
        )
        assert database.execute(sql).fetchone() == (wanted,)
        assert wanted > 0
        sql = f"SELECT DISTINCT compression FROM parquet_metadata('{tmp_path}/out/remedy.parquet')"
        assert database.execute(sql).fetchall() == [("ZSTD",)]


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet_folder, "_GROUP_ROWS", 5_000)
    rows = [(f"Council {n}", n, n / 2, "2024-02-29", True) for n in range(20_000)]
    exports.write(table_rows.Answer(rows), "parquet", tmp_path / "rows")
    read = pq.ParquetFile(tmp_path / "rows" / "what_was_promised.parquet")
    assert read.metadata.num_rows == 20_000
    assert read.metadata.num_row_groups > 2
    monkeypatch.setattr(parquet_folder, "_GROUP_BYTES", 1_000)
    exports.write(table_rows.Answer(rows), "parquet", tmp_path / "bytes")
    bounded = pq.ParquetFile(tmp_path / "bytes" / "what_was_promised.parquet")
    assert bounded.metadata.num_row_groups == 5
    assert bounded.read().equals(read.read())
