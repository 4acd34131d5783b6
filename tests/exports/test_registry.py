"""The list of formats, and files that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pytest

import exports
from exports import (
    EXPORTERS,
    Content,
    ExportError,
    FileExporter,
    Scope,
    ScopeError,
    export,
    exporter,
)
from graph.knowledge_graph import KnowledgeGraph


def test_names_and_extensions_are_unique() -> None:
    assert len({each.name for each in EXPORTERS}) == len(EXPORTERS)
    assert len({each.extension for each in EXPORTERS}) == len(EXPORTERS)
    assert all("/" in each.media_type for each in EXPORTERS)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ExportError, match=r"choose one of: turtle, trig, .*graphml, gexf"):
        exporter("gefx")


@pytest.mark.parametrize("name", [each.name for each in EXPORTERS])
def test_the_same_graph_gives_the_same_bytes(name: str, kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, name, tmp_path / "one")
    export(kg, name, tmp_path / "two")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


@pytest.mark.parametrize("name", [each.name for each in EXPORTERS])
def test_two_builds_of_the_same_decisions_give_the_same_bytes(
    name: str, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    from tests import factories

    with factories.build_graph(factories.sample()[::-1], tmp_path / "kg") as other:
        export(other, name, tmp_path / "other", full=True)
    export(kg, name, tmp_path / "this", full=True)
    assert _bytes(tmp_path / "other") == _bytes(tmp_path / "this")


def _bytes(path: Path) -> dict[str, bytes]:
    """What stands in a file, or in each file of a folder."""
    if path.is_file():
        return {"": path.read_bytes()}
    files = [file for file in path.rglob("*") if file.is_file()]
    assert files
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


class _Failing(FileExporter):
    name = "failing"
    extension = "txt"
    media_type = "text/plain"
    loses = ""

    def write(self, content: Content, out: BinaryIO) -> None:
        out.write(b"half a file")
        raise ExportError("node 7", "it cannot be carried", "choose another format")


def test_a_failing_write_leaves_no_file_and_keeps_the_old_one(
    kg: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "EXPORTERS", (_Failing(),))
    with pytest.raises(ExportError, match="node 7"):
        export(kg, "failing", tmp_path / "new.txt")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "old.txt").write_text("kept")
    with pytest.raises(ExportError, match="node 7"):
        export(kg, "failing", tmp_path / "old.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]
    assert (tmp_path / "old.txt").read_text() == "kept"


def test_a_missing_folder_is_named(kg: KnowledgeGraph, tmp_path: Path) -> None:
    wanted = tmp_path / "nowhere" / "graph.ttl"
    with pytest.raises(ExportError) as told:
        export(kg, "turtle", wanted)
    reason = "no file can be made there (No such file or directory)"
    assert str(told.value).startswith(f"{wanted}: {reason}; name one in a folder that is there")


def test_a_folder_in_place_of_the_file_is_named(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is a folder of this name; name a file in it"):
        export(kg, "turtle", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_scope_writes_nothing(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ScopeError):
        export(kg, "turtle", tmp_path / "graph.ttl", scope=Scope(council="Atlantis"))
    assert list(tmp_path.iterdir()) == []
