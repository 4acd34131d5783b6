"""GraphML, read back by networkx and igraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from exports import ExportError, Scope, export
from exports.graph_files.graphml import NAMESPACE
from exports.network import Network, cells
from exports.projection import project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories


@pytest.fixture
def written(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    export(kg, "graphml", tmp_path / "graph.graphml")
    return tmp_path / "graph.graphml"


@pytest.fixture(scope="module")
def network(kg: KnowledgeGraph) -> Network:
    return project(kg, Scope(), "full")


def test_networkx_reads_every_node_edge_and_attribute(written: Path, network: Network) -> None:
    read: Any = nx.read_graphml(written, force_multigraph=True)
    assert dict(read.nodes(data=True)) == {
        node.id: {"kind": node.kind, "label": node.label, **cells(node)} for node in network.nodes
    }
    assert {key: (s, t, data) for s, t, key, data in read.edges(keys=True, data=True)} == {
        edge.id: (
            edge.source,
            edge.target,
            {"kind": edge.kind, "label": edge.label, **cells(edge)},
        )
        for edge in network.edges
    }


def test_igraph_reads_the_same(written: Path, network: Network) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is an optional outside reader")
    read = igraph.Graph.Read_GraphML(str(written))
    assert read.vcount() == len(network.nodes)
    assert read.ecount() == len(network.edges)
    assert set(read.vs["id"]) == {node.id for node in network.nodes}
    assert read.is_directed()


def test_keys_are_typed(written: Path) -> None:
    root = etree.parse(str(written)).getroot()
    types = {key.get("id"): key.get("attr.type") for key in root.findall(f"{{{NAMESPACE}}}key")}
    assert types["node-amount"] == "double"
    assert types["edge-paragraph"] == "int"
    assert types["node-fictional"] == "boolean"
    assert types["node-label"] == "string"


def test_hostile_words_are_carried(hostile_xml_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_xml_kg, "graphml", tmp_path / "graph.graphml")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert factories.HOSTILE_IN_XML in {data.get("summary") for _, data in read.nodes(data=True)}


def test_a_control_character_is_refused_by_name(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"graphml, https://w3id.org/\S+: it holds .* U\+0008"):
        export(hostile_kg, "graphml", tmp_path / "graph.graphml")
    assert list(tmp_path.iterdir()) == []


def test_a_view_and_a_scope_can_be_chosen(kg: KnowledgeGraph, tmp_path: Path) -> None:
    scope = Scope(council="Kingsferry")
    export(kg, "graphml", tmp_path / "graph.graphml", scope=scope, view="decisions")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert set(read) == {node.id for node in project(kg, scope, "decisions").nodes}
