"""GraphML, read back by networkx, igraph and graphology's parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from lxml import etree

from exports import ExportError, Scope, export, write
from exports.graph_files.graphml import NAMESPACE
from exports.layout import appearance, size
from exports.network import Network
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import javascript
from tests.exports.graph_items import differences, items
from tests.exports.made_content import HOSTILE_NAMES, hostile, single

_KEPT = ("id", "kind", "label", "x", "size", "__proto__", "constructor")
_NAMES = {name: f"{name}_" for name in _KEPT}


@pytest.fixture
def written(kg: KnowledgeGraph, tmp_path: Path) -> Path:
    export(kg, "graphml", tmp_path / "graph.graphml")
    return tmp_path / "graph.graphml"


def _looks(network: Network) -> dict[str, dict[str, Any]]:
    """What is drawn of each node, which stands beside its attributes."""
    looks = {}
    for node in network.nodes:
        colour = appearance(node.kind).colour
        looks[node.id] = {
            "x": node.place[0],
            "y": -node.place[1],
            "size": round(size(node), 2),
            **{name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))},
        }
    return looks


def _compare_networkx(path: Path, network: Network) -> None:
    read: Any = nx.read_graphml(path, force_multigraph=True)
    nodes, edges = items(network, _NAMES)
    looks = _looks(network)
    wanted = {id: {**values, **looks[id]} for id, values in nodes.items()}
    assert differences(dict(read.nodes(data=True)), wanted) == []
    links = {key: (s, t, data) for s, t, key, data in read.edges(keys=True, data=True)}
    assert differences(links, edges) == []


def _compare_igraph(path: Path, network: Network) -> None:
    """igraph 1.0 gives edges the ids of nodes, and leaves ``&`` in a name as ``&#38;``."""
    read = igraph.Graph.Read_GraphML(str(path))
    assert read.is_directed()
    names = {name: name.replace("&", "&#38;") for name in HOSTILE_NAMES} | _NAMES
    nodes, edges = items(network, names)
    looks = _looks(network)
    found = {vertex["id"]: vertex.attributes() for vertex in read.vs}
    assert found.keys() == nodes.keys()
    for id, values in nodes.items():
        assert differences(_said(found[id], values), values) == []
        assert differences(_said(found[id], looks[id]), looks[id]) == []
    assert read.ecount() == len(edges)
    # in the order of the file, which is that of the portions and not that of the network
    unseen = list(edges.values())
    for edge in read.es:
        ends, held = (edge.source_vertex["id"], edge.target_vertex["id"]), edge.attributes()
        same = (
            one
            for one in unseen
            if one[:2] == ends and not differences(_said(held, one[2]), one[2])
        )
        unseen.remove(next(same))
    assert unseen == []


def _said(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Without what igraph fills in: every vertex and every edge has each attribute there."""
    return {name: value for name, value in found.items() if name in wanted}


def _compare_graphology(path: Path, network: Network) -> None:
    read = javascript.read("graphml", path)
    nodes, edges = items(network, _NAMES)
    looks = _looks(network)
    wanted = {}
    for id, values in nodes.items():
        places = {name: looks[id][name] for name in ("x", "y", "size")}
        wanted[id] = {"color": appearance(values["kind"]).colour, **values, **places}
        wanted[id]["color"] = appearance(values["kind"]).colour
    assert differences(read["nodes"], wanted) == []
    assert differences(read["edges"], edges) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_reader_finds_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "graphml", tmp_path / "graph.graphml", view=view)
    network = project(kg, Scope(), view)
    _compare_networkx(tmp_path / "graph.graphml", network)
    _compare_igraph(tmp_path / "graph.graphml", network)
    _compare_graphology(tmp_path / "graph.graphml", network)


def test_keys_are_typed(written: Path) -> None:
    root = etree.parse(str(written)).getroot()
    types = {key.get("id"): key.get("attr.type") for key in root.findall(f"{{{NAMESPACE}}}key")}
    assert types["node-amount"] == "double"
    assert types["edge-paragraph"] == "long"
    assert types["node-fictional"] == "boolean"
    assert types["node-label"] == "string"


def test_hostile_words_are_carried(hostile_xml_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_xml_kg, "graphml", tmp_path / "graph.graphml")
    network = project(hostile_xml_kg, Scope(), "full")
    assert factories.HOSTILE_IN_XML in {node.attributes.get("summary") for node in network.nodes}
    _compare_networkx(tmp_path / "graph.graphml", network)
    _compare_igraph(tmp_path / "graph.graphml", network)
    _compare_graphology(tmp_path / "graph.graphml", network)


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile()
    write(content, "graphml", tmp_path / "graph.graphml")
    assert set(_KEPT) < HOSTILE_NAMES.keys()
    _compare_networkx(tmp_path / "graph.graphml", content.network())
    _compare_igraph(tmp_path / "graph.graphml", content.network())
    _compare_graphology(tmp_path / "graph.graphml", content.network())


def test_ids_of_keys_are_names_that_xml_allows(tmp_path: Path) -> None:
    write(hostile(), "graphml", tmp_path / "graph.graphml")
    root = etree.parse(str(tmp_path / "graph.graphml")).getroot()
    keys = [str(key.get("id")) for key in root.findall(f"{{{NAMESPACE}}}key")]
    assert len(set(keys)) == len(keys) > 50
    assert all(key.replace("-", "_").isascii() for key in keys)
    assert all(key.replace("-", "_").isidentifier() for key in keys)
    used = {data.get("key") for data in root.iter(f"{{{NAMESPACE}}}data")}
    assert used <= set(keys)


def test_a_control_character_is_refused_by_name(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"graphml, https://w3id.org/\S+: it holds .* U\+0008"):
        export(hostile_kg, "graphml", tmp_path / "graph.graphml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"graphml, http://example.org/n: it holds"):
        write(single(odd=value), "graphml", tmp_path / "graph.graphml")
    assert list(tmp_path.iterdir()) == []


def test_a_view_and_a_scope_can_be_chosen(kg: KnowledgeGraph, tmp_path: Path) -> None:
    scope = Scope(council="Kingsferry")
    export(kg, "graphml", tmp_path / "graph.graphml", scope=scope, view="decisions")
    read = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert set(read) == {node.id for node in project(kg, scope, "decisions").nodes}
