"""Where an export goes: files by their endings, packed files, folders and their metadata."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from exports import EXPORTERS, ExportError, FileExporter, Scope, Selection, export
from exports.crate import NAME
from exports.delivery import Delivery
from exports.exporter import FolderExporter
from graph.knowledge_graph import KnowledgeGraph

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FILES = [one for one in EXPORTERS if isinstance(one, FileExporter)]
FOLDERS = [one for one in EXPORTERS if isinstance(one, FolderExporter)]
UNPACKED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".zst": zstd.decompress}


def _deliver(
    kg: KnowledgeGraph, names: str, output: Path, packing: str | None = None
) -> list[Path]:
    delivery = Delivery.of(names.split(",") if names else [], output, packing)
    return list(delivery.write(kg, Selection(kg, Scope())))


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
def test_the_ending_of_a_file_says_its_format(
    one: FileExporter, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    named = tmp_path / f"graph.{one.extension}"
    assert _deliver(kg, "", named) == [named]
    export(kg, one.name, tmp_path / "asked")
    assert named.read_bytes() == (tmp_path / "asked").read_bytes()


@pytest.mark.parametrize(
    ("ending", "unpack"), [(".gz", gzip.decompress), (".zst", zstd.decompress)]
)
def test_packed_files_hold_the_same_and_are_the_same_each_time(
    ending: str, unpack: object, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    plain, one, two = tmp_path / "a.nq", tmp_path / f"one.nq{ending}", tmp_path / f"two.nq{ending}"
    for path in (plain, one, two):
        _deliver(kg, "", path)
    assert callable(unpack)
    assert unpack(one.read_bytes()) == plain.read_bytes()
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_size < plain.stat().st_size / 4


def test_a_folder_gets_a_file_for_each_format(kg: KnowledgeGraph, tmp_path: Path) -> None:
    made = _deliver(kg, "turtle,graphml,nquads", tmp_path / "out", "gz")
    assert [path.name for path in made] == [
        "faultlines.ttl.gz",
        "faultlines.graphml.gz",
        "faultlines.nq.gz",
        NAME,
    ]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in made}


def test_an_ending_that_no_format_has_is_part_of_a_folders_name(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    made = _deliver(kg, "turtle", tmp_path / "v1.2")
    assert made[0] == tmp_path / "v1.2" / "faultlines.ttl"


@pytest.mark.parametrize(
    ("names", "output", "packing", "told"),
    [
        ("", "graph.foo", None, "its ending is of no format; give a format with -f, or a file"),
        ("turtle", "x.nt", None, "its ending is that of ntriples, and turtle was asked for"),
        ("turtle,csv", "x.ttl.gz", None, "its ending is that of turtle, and turtle, csv was"),
        ("turtle,gefx", "out", None, "format 'gefx': there is no such format"),
        ("turtle", "out", "bz2", "packing 'bz2': there is none; use one of gz, zst"),
    ],
)
def test_what_is_not_known_is_told(
    names: str, output: str, packing: str | None, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=told):
        Delivery.of(names.split(",") if names else [], tmp_path / output, packing)


def test_the_metadata_name_every_file_with_its_hash(kg: KnowledgeGraph, tmp_path: Path) -> None:
    names = ",".join(["turtle", *(one.name for one in FOLDERS)])
    made = _deliver(kg, names, tmp_path / "out")
    crate = ROCrate(tmp_path / "out")
    described = {entity.id: entity for entity in crate.get_entities() if entity.type == "File"}
    there = {
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and path.name != NAME
    }
    assert set(described) == there
    for name, entity in described.items():
        data = (tmp_path / "out" / name).read_bytes()
        assert entity["contentSize"] == str(len(data))
        assert entity["sha256"] == hashlib.sha256(data).hexdigest()
        assert entity["encodingFormat"]
    graph = json.loads((tmp_path / "out" / NAME).read_text(encoding="utf-8"))["@graph"]
    (root,) = (entity for entity in graph if entity["@id"] == "./")
    top = {part["@id"] for part in root["hasPart"]}
    assert top == {
        "faultlines.ttl",
        *(f"{path.name}/" for path in made if path.is_dir()),
    }
    assert crate.root_dataset["license"].id.startswith("https://creativecommons.org/")


def test_a_later_export_keeps_what_is_still_there(kg: KnowledgeGraph, tmp_path: Path) -> None:
    _deliver(kg, "turtle,ntriples,nquads", tmp_path)
    (tmp_path / "faultlines.nt").unlink()
    (tmp_path / "faultlines.nq").write_bytes(b"#" * (tmp_path / "faultlines.nq").stat().st_size)
    (tmp_path / "notes.txt").write_text("mine")
    _deliver(kg, "graphml", tmp_path)
    graph = json.loads((tmp_path / NAME).read_text())["@graph"]
    assert [entity["@id"] for entity in graph if entity["@type"] == "File"] == [
        "faultlines.graphml",
        "faultlines.ttl",
    ]


@pytest.mark.parametrize("text", ["", "[]", '{"@graph": 7}', '{"@graph": [{"@id": "x"}]}', "\x00"])
def test_metadata_that_is_not_ours_is_replaced(
    text: str, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_text(text)
    _deliver(kg, "ntriples", tmp_path)
    assert len(ROCrate(tmp_path).root_dataset["hasPart"]) == 1


def test_a_folder_that_holds_something_else_is_left_alone(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    for one in FOLDERS:
        path = tmp_path / one.name
        path.mkdir()
        (path / "mine.txt").write_text("mine")
        with pytest.raises(ExportError, match="the folder holds something else"):
            export(kg, one.name, path)
        assert [each.name for each in path.iterdir()] == ["mine.txt"]
        (path / "mine.txt").unlink()
        export(kg, one.name, path)
        export(kg, one.name, path)  # over an earlier one
        assert (path / one.marker).is_file()
    assert {path.name for path in tmp_path.iterdir()} == {one.name for one in FOLDERS}


def test_what_people_put_into_an_export_is_not_swept_away(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    for one in FOLDERS:
        path = tmp_path / one.name
        export(kg, one.name, path)
        (path / "graph.lbug").write_bytes(b"a database filled from it")
        with pytest.raises(ExportError, match=r"something else \(graph\.lbug\)"):
            export(kg, one.name, path)
        assert (path / "graph.lbug").is_file()
        assert (path / one.marker).is_file()
    assert {path.name for path in tmp_path.iterdir()} == {one.name for one in FOLDERS}


def test_a_link_that_leads_nowhere_is_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ExportError, match="a link that leads nowhere"):
        export(kg, "csv", tmp_path / "gone")
    assert [path.name for path in tmp_path.iterdir()] == ["gone"]


@pytest.mark.parametrize("ending", sorted(UNPACKED))
@pytest.mark.parametrize("name", [one.name for one in FILES])
def test_every_file_packed_holds_the_bytes_of_the_plain_one(
    name: str, ending: str, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(kg, name, tmp_path / "plain")
    export(kg, name, tmp_path / f"packed{ending}")
    unpacked = UNPACKED[ending]((tmp_path / f"packed{ending}").read_bytes())
    assert unpacked == (tmp_path / "plain").read_bytes()
