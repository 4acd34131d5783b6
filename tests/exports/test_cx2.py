"""CX2, read back by the client of NDEx, and held against its specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exports import ExportError, Scope, export, write
from exports.layout import appearance, size
from exports.network import Network
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports.graph_items import differences, items
from tests.exports.made_content import MadeContent, hostile, single

_KEPT = ("name", "kind", "iri", "size", "interaction", "__proto__", "constructor")
_NAMES = {name: f"{name}_" for name in _KEPT}
_SHAPES = {"disc": "ellipse", "square": "rectangle", "triangle": "triangle", "diamond": "diamond"}
_PYTHON = {"string": str, "integer": int, "double": float, "boolean": bool}


def _aspects(path: Path) -> list[tuple[str, Any]]:
    """Name and content of each object of the file, in their order."""
    return [next(iter(one.items())) for one in json.loads(path.read_text(encoding="utf-8"))]


def _compare(path: Path, network: Network) -> None:
    from ndex2.cx2 import RawCX2NetworkFactory

    raw = json.loads(path.read_text(encoding="utf-8"))
    read = RawCX2NetworkFactory().get_cx2network(raw)
    nodes, edges = items(network, _NAMES, label="name")
    places = {node.id: (node.place, round(size(node), 2)) for node in network.nodes}
    iris = {id: node["v"]["iri"] for id, node in read.get_nodes().items()}
    assert len(iris) == len(set(iris.values())) == len(nodes)
    for id, node in read.get_nodes().items():
        place, diameter = places[iris[id]]
        assert (node["x"], node["y"]) == place
        wanted = {"iri": iris[id], "size": diameter, **nodes[iris[id]]}
        assert differences(node["v"], wanted) == []
    assert len(read.get_edges()) == len(edges)
    for edge in read.get_edges().values():
        source, target, values = edges[edge["v"]["iri"]]
        assert (iris[edge["s"]], iris[edge["t"]]) == (source, target)
        wanted = {"iri": edge["v"]["iri"], "interaction": values.pop("kind"), **values}
        assert differences(edge["v"], wanted) == []


@pytest.mark.parametrize("view", VIEWS)
def test_the_client_of_ndex_reads_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "cx2", tmp_path / "graph.cx2", view=view)
    _compare(tmp_path / "graph.cx2", project(kg, Scope(), view))


def test_hostile_words_and_control_characters_are_carried(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, "cx2", tmp_path / "graph.cx2")
    network = project(hostile_kg, Scope(), "full")
    assert factories.HOSTILE_WORDS in {node.attributes.get("summary") for node in network.nodes}
    _compare(tmp_path / "graph.cx2", network)


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile(factories.HOSTILE_WORDS)
    write(content, "cx2", tmp_path / "graph.cx2")
    _compare(tmp_path / "graph.cx2", content.network())
    attributes = dict(_aspects(tmp_path / "graph.cx2"))["networkAttributes"]
    assert attributes == [{"name": MadeContent.title}]


def test_aspects_stand_in_the_order_of_the_specification(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(kg, "cx2", tmp_path / "graph.cx2")
    aspects = _aspects(tmp_path / "graph.cx2")
    assert [name for name, _ in aspects] == [
        *("CXVersion", "metaData", "attributeDeclarations", "networkAttributes"),
        *("nodes", "edges", "visualProperties", "status"),
    ]
    raw = json.loads((tmp_path / "graph.cx2").read_text(encoding="utf-8"))
    assert raw[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert raw[-1] == {"status": [{"error": "", "success": True}]}
    held = dict(aspects)
    for one in held["metaData"]:
        assert one["elementCount"] == len(held[one["name"]])
    assert {one["name"] for one in held["metaData"]} == {name for name, _ in aspects[2:-1]}


@pytest.mark.parametrize("hostile_names", [False, True])
def test_every_value_is_of_the_type_that_is_declared(
    kg: KnowledgeGraph, tmp_path: Path, hostile_names: bool
) -> None:
    if hostile_names:
        write(hostile(), "cx2", tmp_path / "graph.cx2")
    else:
        export(kg, "cx2", tmp_path / "graph.cx2")
    held = dict(_aspects(tmp_path / "graph.cx2"))
    (declared,) = held["attributeDeclarations"]
    for aspect in ("nodes", "edges"):
        assert [one["id"] for one in held["edges"]] == list(range(len(held["edges"])))
        for item in held[aspect]:
            for name, value in item["v"].items():
                assert type(value) is _PYTHON[declared[aspect][name]["d"]], name


def test_each_kind_has_its_look(sample_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(sample_kg, "cx2", tmp_path / "graph.cx2")
    held = dict(_aspects(tmp_path / "graph.cx2"))
    mapping = held["visualProperties"][0]["nodeMapping"]
    colours = {one["v"]: one["vp"] for one in mapping["NODE_BACKGROUND_COLOR"]["definition"]["map"]}
    shapes = {one["v"]: one["vp"] for one in mapping["NODE_SHAPE"]["definition"]["map"]}
    kinds = {node["v"]["kind"] for node in held["nodes"]}
    assert len(kinds) > 15
    for kind in kinds:
        assert colours[kind] == appearance(kind).colour.upper()
        assert shapes[kind] == _SHAPES[appearance(kind).shape]
    assert mapping["NODE_LABEL"]["definition"] == {"attribute": "name", "type": "string"}
    ids = [node["id"] for node in held["nodes"]]
    assert sorted(ids) == list(range(len(ids)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**31])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"cx2, http://example.org/n: attribute 'odd'"):
        write(single(odd=value), "cx2", tmp_path / "graph.cx2")
    assert list(tmp_path.iterdir()) == []
