"""GEXF, read back by networkx, lxml and graphology's parser."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from exports import ExportError, Scope, export, write
from exports.graph_files.gexf import NAMESPACE, VIZ
from exports.layout import appearance, size
from exports.network import Network
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import javascript
from tests.exports.graph_items import differences, items
from tests.exports.made_content import HOSTILE_NAMES, hostile, single

_G, _V = f"{{{NAMESPACE}}}", f"{{{VIZ}}}"
_KEPT = (
    *("id", "kind", "label", "color", "size", "shape", "x", "__proto__", "constructor"),
    *("weight", "key"),
)
_OWN: dict[str, str] = {}
"""In this project's own schema no name has to be changed."""
_NAMES = {name: f"{name}_" for name in _KEPT}


@pytest.fixture
def root(kg: KnowledgeGraph, tmp_path: Path) -> etree._Element:
    export(kg, "gexf", tmp_path / "graph.gexf")
    return etree.parse(str(tmp_path / "graph.gexf")).getroot()


def _compare_networkx(path: Path, network: Network, names: dict[str, str]) -> None:
    # networkx knows GEXF up to 1.2; what it reads is the same in 1.3
    older = path.read_text(encoding="utf-8")
    older = older.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    older = older.replace('version="1.3"', 'version="1.2"')
    path.with_suffix(".older").write_text(older, encoding="utf-8")
    read: Any = nx.read_gexf(path.with_suffix(".older"))
    nodes, edges = items(network, names)
    places = {node.id: node.place for node in network.nodes}
    assert read.nodes.keys() == nodes.keys()
    for id, data in read.nodes(data=True):
        viz = data.pop("viz")
        colour = appearance(nodes[id]["kind"]).colour
        assert viz["color"]["r"] == int(colour[1:3], 16)
        assert (viz["position"]["x"], -viz["position"]["y"]) == places[id]
        data.pop("start", None)
        assert differences(data, nodes[id]) == []
    assert read.number_of_edges() == len(edges)
    for source, target, data in read.edges(data=True):
        start, end, values = edges[data.pop("id")]
        assert (source, target) == (start, end)
        values.setdefault("weight", 1.0)
        assert differences(data, values) == []


def _compare_graphology(path: Path, network: Network, names: dict[str, str]) -> None:
    read = javascript.read("gexf", path)
    assert read["counts"] == [len(network.nodes), len(network.edges)]
    assert read["directed"]
    nodes, edges = items(network, names)
    for node in network.nodes:
        look, values = appearance(node.kind), nodes[node.id]
        red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        values |= {"x": node.place[0], "y": -node.place[1], "z": 0, "size": round(size(node), 1)}
        values |= {"color": f"rgb({red},{green},{blue})", "shape": look.shape}
    for _, _, values in edges.values():
        values.setdefault("weight", 1)
    for values in (*nodes.values(), *(values for _, _, values in edges.values())):
        if not values["label"]:
            del values["label"]  # an empty label is none to it
    assert differences(read["nodes"], nodes) == []
    assert differences(read["edges"], edges) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_reader_finds_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "gexf", tmp_path / "graph.gexf", view=view)
    _compare_networkx(tmp_path / "graph.gexf", project(kg, Scope(), view), _OWN)
    _compare_graphology(tmp_path / "graph.gexf", project(kg, Scope(), view), _OWN)


def test_hostile_words_are_carried(hostile_xml_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_xml_kg, "gexf", tmp_path / "graph.gexf")
    network = project(hostile_xml_kg, Scope(), "full")
    assert factories.HOSTILE_IN_XML in {node.attributes.get("summary") for node in network.nodes}
    _compare_networkx(tmp_path / "graph.gexf", network, _OWN)
    _compare_graphology(tmp_path / "graph.gexf", network, _OWN)


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile()
    write(content, "gexf", tmp_path / "graph.gexf")
    assert set(_NAMES) < HOSTILE_NAMES.keys()
    _compare_networkx(tmp_path / "graph.gexf", content.network(), _NAMES)
    _compare_graphology(tmp_path / "graph.gexf", content.network(), _NAMES)


def test_every_value_has_a_declared_attribute(root: etree._Element) -> None:
    for domain in ("node", "edge"):
        declared = {
            attribute.get("id")
            for attribute in root.findall(f".//{_G}attributes[@class='{domain}']/{_G}attribute")
        }
        used = {value.get("for") for value in root.findall(f".//{_G}{domain}//{_G}attvalue")}
        assert used
        assert used <= declared


def test_attributes_are_typed(root: etree._Element) -> None:
    types = {
        attribute.get("title"): attribute.get("type")
        for attribute in root.findall(f".//{_G}attributes[@class='node']/{_G}attribute")
    }
    assert types["amount"] == "double"
    assert types["paragraph"] == "long"
    assert types["fictional"] == "boolean"
    assert types["due_date"] == "string"


def test_elements_stand_in_the_order_of_the_schema(root: etree._Element) -> None:
    # https://github.com/gephi/gexf, specs/1.3/gexf.xsd and data.xsd
    assert [child.tag for child in root] == [f"{_G}meta", f"{_G}graph"]
    parts = [f"{_G}attributes", f"{_G}attributes", f"{_G}nodes", f"{_G}edges"]
    assert [child.tag for child in root[1]] == parts
    allowed = {"string", "long", "double", "boolean"}
    assert {one.get("type") for one in root.iter(f"{_G}attribute")} <= allowed
    shapes = {one.get("value") for one in root.iter(f"{_V}shape")}
    assert shapes <= {"disc", "triangle", "square", "diamond"}
    nodes = [str(node.get("id")) for node in root.iter(f"{_G}node")]
    edges = [str(edge.get("id")) for edge in root.iter(f"{_G}edge")]
    assert len(set(nodes)) == len(nodes)
    assert len(set(edges)) == len(edges)
    ends = {edge.get(end) for edge in root.iter(f"{_G}edge") for end in ("source", "target")}
    assert ends <= set(nodes)


def test_decisions_stand_on_the_timeline(root: etree._Element) -> None:
    starts = {node.get("start") for node in root.findall(f".//{_G}node") if node.get("start")}
    assert starts == {"2022-09-15", "2022-11-30", "2023-06-02", "2024-03-20"}
    assert all(date.fromisoformat(str(day)) for day in starts)


def test_a_control_character_is_refused_by_name(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"gexf, https://w3id.org/\S+: it holds .* U\+0008"):
        export(hostile_kg, "gexf", tmp_path / "graph.gexf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"gexf, http://example.org/n: it holds"):
        write(single(odd=value), "gexf", tmp_path / "graph.gexf")
    assert list(tmp_path.iterdir()) == []
