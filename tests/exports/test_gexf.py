"""GEXF, read back by networkx and lxml."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from exports import ExportError, Scope, export
from exports.graph_files.gexf import NAMESPACE, VIZ
from exports.projection import project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories

_G, _V = f"{{{NAMESPACE}}}", f"{{{VIZ}}}"


@pytest.fixture
def root(kg: KnowledgeGraph, tmp_path: Path) -> etree._Element:
    export(kg, "gexf", tmp_path / "graph.gexf")
    return etree.parse(str(tmp_path / "graph.gexf")).getroot()


def test_networkx_reads_every_node_and_edge(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "gexf", tmp_path / "graph.gexf")
    # networkx knows GEXF up to 1.2; what it reads is the same in 1.3
    older = (tmp_path / "graph.gexf").read_text(encoding="utf-8")
    older = older.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    older = older.replace('version="1.3"', 'version="1.2"')
    (tmp_path / "older.gexf").write_text(older, encoding="utf-8")
    read = nx.read_gexf(tmp_path / "older.gexf")
    network = project(kg, Scope(), "full")
    assert {id: data["label"] for id, data in read.nodes(data=True)} == {
        node.id: node.label for node in network.nodes
    }
    assert read.number_of_edges() == len(network.edges)


def test_every_value_has_a_declared_attribute(root: etree._Element) -> None:
    for domain in ("node", "edge"):
        declared = {
            attribute.get("id")
            for attribute in root.findall(f".//{_G}attributes[@class='{domain}']/{_G}attribute")
        }
        used = {value.get("for") for value in root.findall(f".//{_G}{domain}//{_G}attvalue")}
        assert used
        assert used <= declared


def test_nodes_have_place_colour_and_shape(root: etree._Element) -> None:
    nodes = root.findall(f".//{_G}node")
    places = {
        (place.get("x"), place.get("y")) for node in nodes for place in node.iter(f"{_V}position")
    }
    assert len(places) == len(nodes) > 0
    for node in nodes:
        colour = node.find(f"{_V}color")
        assert colour is not None
        assert all(0 <= int(str(colour.get(channel))) <= 255 for channel in "rgb")
        assert node.find(f"{_V}shape") is not None


def test_decisions_stand_on_the_timeline(root: etree._Element) -> None:
    starts = {node.get("start") for node in root.findall(f".//{_G}node") if node.get("start")}
    assert starts == {"2022-09-15", "2022-11-30", "2023-06-02", "2024-03-20"}


def test_hostile_words_are_carried(hostile_xml_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_xml_kg, "gexf", tmp_path / "graph.gexf")
    root = etree.parse(str(tmp_path / "graph.gexf")).getroot()
    assert factories.HOSTILE_IN_XML in {value.get("value") for value in root.iter(f"{_G}attvalue")}


def test_a_control_character_is_refused_by_name(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"gexf, https://w3id.org/\S+: it holds .* U\+0008"):
        export(hostile_kg, "gexf", tmp_path / "graph.gexf")
    assert list(tmp_path.iterdir()) == []
