"""Node-link JSON, read back by networkx and d3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from exports import ExportError, Scope, export, write
from exports.network import Network
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import javascript
from tests.exports.graph_items import by_id, differences, evidence, items
from tests.exports.made_content import HOSTILE_NAMES, hostile, single


def _read(path: Path) -> Any:
    return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


def _compare(read: Any, network: Network, names: dict[str, str] | None = None) -> None:
    nodes, edges = items(network, names)
    known = by_id(network)
    places = {node.id: node.place for node in network.nodes}
    found = {id: dict(data) for id, data in read.nodes(data=True)}
    for id, data in found.items():
        assert (data.pop("x"), data.pop("y")) == places[id]
        assert differences({"": data.pop("evidence")}, {"": evidence(known[id])}) == []
    assert differences(found, nodes) == []
    links = {key: (s, t, dict(data)) for s, t, key, data in read.edges(keys=True, data=True)}
    for id, (_, _, data) in links.items():
        assert differences({"": data.pop("evidence")}, {"": evidence(known[id])}) == []
    assert differences(links, edges) == []


@pytest.mark.parametrize("view", VIEWS)
def test_networkx_reads_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "node-link", tmp_path / "graph.json", view=view)
    read = _read(tmp_path / "graph.json")
    assert isinstance(read, nx.MultiDiGraph)
    _compare(read, project(kg, Scope(), view))


def test_it_has_the_form_that_networkx_writes(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "node-link", tmp_path / "graph.json")
    ours = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))
    theirs = nx.node_link_data(_read(tmp_path / "graph.json"), edges="edges")
    for form in (ours, theirs):  # networkx sorts edges by their first nodes
        form["edges"].sort(key=lambda edge: edge["key"])
    assert ours == theirs


@pytest.mark.parametrize("view", VIEWS)
def test_d3_finds_the_ends_of_every_edge(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "node-link", tmp_path / "graph.json", view=view)
    read = javascript.read("d3", tmp_path / "graph.json")
    network = project(kg, Scope(), view)
    assert read["counts"] == [len(network.nodes), len(network.edges)]
    for node in network.nodes:
        found = read["nodes"][node.id]
        assert (found["x"], found["y"]) == node.place
        assert (found["kind"], found["label"]) == (node.kind, node.label)
    assert read["edges"] == {
        edge.id: [edge.source, edge.target, edge.label] for edge in network.edges
    }


def test_hostile_words_and_control_characters_are_carried(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, "node-link", tmp_path / "graph.json")
    read = _read(tmp_path / "graph.json")
    _compare(read, project(hostile_kg, Scope(), "full"))
    assert factories.HOSTILE_WORDS in {data.get("summary") for _, data in read.nodes(data=True)}


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile(factories.HOSTILE_WORDS)
    write(content, "node-link", tmp_path / "graph.json")
    kept = ("id", "kind", "label", "key", "x", "evidence", "__proto__", "constructor")
    assert set(kept) < HOSTILE_NAMES.keys()
    names = {name: f"{name}_" for name in kept}
    _compare(_read(tmp_path / "graph.json"), content.network(), names)


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), 2**53])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"node-link, http://example.org/n: attribute 'odd'"):
        write(single(odd=value), "node-link", tmp_path / "graph.json")
    assert list(tmp_path.iterdir()) == []
