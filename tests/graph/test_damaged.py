"""A knowledge graph's folder that is damaged, of another form or made to harm."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.checking.check import check
from graph.errors import StoreError
from graph.knowledge_graph import KnowledgeGraph

SAMPLE = Path(__file__).parents[2] / "graph" / "sample" / "decisions"
Damage = Callable[[Path], object]


def _manifest(**changes: object) -> Damage:
    def damage(folder: Path) -> None:
        path = folder / "manifest.json"
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps({**values, **changes}), encoding="utf-8")

    return damage


def _cut(names: str, size: int) -> Damage:
    def damage(folder: Path) -> None:
        for path in folder.glob(f"generation-*/{names}"):
            path.write_bytes(path.read_bytes()[:size])

    return damage


def _scrambled(names: str) -> Damage:
    def damage(folder: Path) -> None:
        for path in folder.glob(f"generation-*/{names}"):
            path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))

    return damage


def _gone(names: str) -> Damage:
    def damage(folder: Path) -> None:
        for path in list(folder.glob(f"generation-*/{names}")):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return damage


def _ledger(statement: str) -> Damage:
    def damage(folder: Path) -> None:
        (path,) = folder.glob("generation-*/ledger.sqlite")
        db = sqlite3.connect(path)
        with db:
            db.execute(statement)
        db.close()

    return damage


DAMAGES: dict[str, Damage] = {
    "generation elsewhere": _manifest(generation="../../etc"),
    "generation beside": _manifest(generation="generation-0001/../../other"),
    "generation a number": _manifest(generation=5),
    "generation gone": _manifest(generation="generation-0007"),
    "counts a list": _manifest(counts=[1]),
    "gaps words": _manifest(gaps={"a": "b"}),
    "no version": _manifest(version=None),
    "time a number": _manifest(built=3),
    "time with an escape": _manifest(built="\x1b[31mred"),
    "manifest half written": lambda folder: (folder / "manifest.json").write_text('{"format":'),
    "manifest nested": lambda folder: (folder / "manifest.json").write_text("[" * 100_000),
    "ledger gone": _gone("ledger.sqlite"),
    "ledger cut short": _cut("ledger.sqlite", 9_000),
    "ledger empty": _cut("ledger.sqlite", 0),
    "ledger scrambled": _scrambled("ledger.sqlite"),
    "ledger without decisions": _ledger("DROP TABLE decision"),
    "ledger of another form": _ledger("ALTER TABLE fact DROP COLUMN pence"),
    "store gone": _gone("store"),
    "store without its table of contents": _gone("store/CURRENT"),
    "table of contents scrambled": _scrambled("store/MANIFEST*"),
    "statements gone": _gone("store/*.sst"),
    "statements cut short": _cut("store/*.sst", 100),
    "statements scrambled": _scrambled("store/*.sst"),
}


@pytest.fixture
def folder(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    """A copy of a graph, to be damaged."""
    shutil.copytree(kg.folder, tmp_path / "kg")
    return tmp_path / "kg"


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_graph_is_named_with_what_to_do(damage: Damage, folder: Path) -> None:
    damage(folder)
    with pytest.raises(StoreError, match=r"build .*again into an empty folder"):
        KnowledgeGraph.open(folder)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_nothing_is_built_onto_a_damaged_graph(damage: Damage, folder: Path) -> None:
    damage(folder)
    before = (folder / "manifest.json").read_bytes()
    generations = sorted(folder.glob("generation-*"))
    with pytest.raises(StoreError):
        build([SAMPLE], folder)
    assert (folder / "manifest.json").read_bytes() == before
    assert sorted(folder.glob("generation-*")) == generations


def test_a_record_of_another_form_is_named(folder: Path) -> None:
    _ledger("UPDATE record SET record = '{}'")(folder)
    with (
        KnowledgeGraph.open(folder) as graph,
        pytest.raises(StoreError, match="its record cannot be read"),
    ):
        check(graph)
