"""The workbook: typed cells, sheets that go on, texts that are cut and named."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import exports
from exports import ExportError
from exports.content import Portion, Schema
from exports.network import Node
from exports.tables import workbook
from graph.knowledge_graph import KnowledgeGraph
from tests.exports import table_rows

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def _read(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return found


def _things(**attributes: Any) -> table_rows.Foreign:
    types = {name: type(values[0]) for name, values in attributes.items()}
    count = max(map(len, attributes.values()))
    nodes = [
        Node(f"urn:{n}", "thing", "n", {name: values[n] for name, values in attributes.items()})
        for n in range(count)
    ]
    return table_rows.Foreign([Portion(nodes)], Schema(types, {"thing": tuple(types)}, {}))


def test_cells_are_typed(kg: KnowledgeGraph, tmp_path: Path) -> None:
    exports.export(kg, "xlsx", tmp_path / "one.xlsx")
    sheets = _read(tmp_path / "one.xlsx")
    assert {"complaint_part", "fault_type", "link", "passage"} <= set(sheets)
    assert "node" not in sheets
    header, *rows = sheets["remedy"]
    remedies = [dict(zip(header, row, strict=True)) for row in rows]
    (loss,) = (one for one in remedies if one["type"] == "financial-loss-of-education")
    assert (loss["amount"], loss["total"]) == (600, 1200)
    assert loss["due_date"] == datetime(2022, 10, 15)  # noqa: DTZ001 - as openpyxl gives it
    header, *rows = sheets["council"]
    assert {type(dict(zip(header, row, strict=True))["fictional"]) for row in rows} == {bool}


def test_a_table_goes_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    exports.write(_things(number=list(range(8))), "xlsx", tmp_path / "one.xlsx")
    sheets = _read(tmp_path / "one.xlsx")
    assert [name for name in sheets if name.startswith("thing")] == ["thing", "thing 2", "thing 3"]
    assert {rows[0] for name, rows in sheets.items() if name.startswith("thing")} == {
        ("id", "label", "number")
    }
    numbers = [row[2] for name in sheets if name.startswith("thing") for row in sheets[name][1:]]
    assert numbers == list(range(8))


def test_texts_too_long_for_a_cell_are_cut_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calculators = "\U0001f9ee" * 20_000  # two UTF-16 code units each
    words = ["a" * 32_767, "b" * 32_768, calculators, "\U0001f9ee" * 16_383]
    exports.write(_things(words=words), "xlsx", tmp_path / "one.xlsx")
    sheets = _read(tmp_path / "one.xlsx")
    kept = [row[2] for row in sheets["thing"][1:]]
    assert kept == [words[0], "b" * 32_767, "\U0001f9ee" * 16_383, words[3]]
    assert sheets["cut"] == [
        ("sheet", "row", "id", "column", "characters"),
        ("thing", 3, "urn:1", "words", 32_768),
        ("thing", 4, "urn:2", "words", 20_000),
    ]
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    exports.write(_things(words=words), "xlsx", tmp_path / "two.xlsx")
    sheets = _read(tmp_path / "two.xlsx")
    assert [sheets[name][1][2] for name in ("cut", "cut 2")] == ["urn:1", "urn:2"]


def test_no_text_becomes_a_formula_a_link_or_markup(tmp_path: Path) -> None:
    words = ["=1+1", "http://example.org", "<r><t>no</t></r>", "<r> & </r>", " led ", "{=1}", "12"]
    exports.write(_things(words=words), "xlsx", tmp_path / "one.xlsx")
    assert [row[2] for row in _read(tmp_path / "one.xlsx")["thing"][1:]] == words
    with zipfile.ZipFile(tmp_path / "one.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert {entry.date_time[:3] for entry in packed.infolist()} == {(1980, 1, 31)}
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_what_numbers_and_days_of_excel_cannot_be_stands_as_text(tmp_path: Path) -> None:
    schema = Schema({"day": date, "number": int}, {"thing": ("day", "number")}, {})
    values = [("1889-04-01", 10**15), ("1900-02-28", -(2**63)), ("1900-03-01", 10**15 - 1)]
    nodes = [
        Node(f"urn:{n}", "thing", "n", {"day": day, "number": number})
        for n, (day, number) in enumerate(values)
    ]
    exports.write(table_rows.Foreign([Portion(nodes)], schema), "xlsx", tmp_path / "one.xlsx")
    assert [row[2:] for row in _read(tmp_path / "one.xlsx")["thing"][1:]] == [
        ("1889-04-01", str(10**15)),
        ("1900-02-28", str(-(2**63))),
        (datetime(1900, 3, 1), 10**15 - 1),  # noqa: DTZ001 - as openpyxl gives it
    ]


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    names = tuple(f"a{number:05d}" for number in range(16_383))
    schema = Schema(dict.fromkeys(names, str), {"thing": names}, {})
    with pytest.raises(ExportError, match="table thing: it has 16,385 columns, Excel up to 16,384"):
        exports.write(table_rows.Foreign([], schema), "xlsx", tmp_path / "one.xlsx")
    assert list(tmp_path.iterdir()) == []
