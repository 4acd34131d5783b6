"""Cytoscape.js JSON, drawn by Cytoscape.js without a screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exports import ExportError, Scope, export, write
from exports.layout import appearance, size
from exports.network import Network
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import javascript
from tests.exports.graph_items import by_id, differences, evidence, items
from tests.exports.made_content import MadeContent, hostile, single

_SHAPES = {"disc": "ellipse", "square": "rectangle", "triangle": "triangle", "diamond": "diamond"}
_KEPT = (
    *("id", "kind", "name", "parent", "size", "evidence", "__proto__", "constructor", "source"),
    "target",
)


def _compare(read: Any, network: Network) -> None:
    assert read["counts"] == [len(network.nodes), len(network.edges)]
    names = {name: f"{name}_" for name in _KEPT}
    nodes, edges = items(network, names, label="name")
    known = by_id(network)
    for node in network.nodes:
        drawn, look = read["nodes"][node.id], appearance(node.kind)
        red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        assert drawn["position"] == {"x": node.place[0], "y": node.place[1]}
        assert drawn["colour"] == f"rgb({red},{green},{blue})"
        assert drawn["shape"] == _SHAPES[look.shape]
        assert drawn["width"] == drawn["data"].pop("size") == round(size(node), 2)
        assert drawn["classes"] == ["-".join(node.kind.split())]
        wanted = {"id": node.id, **nodes[node.id], "evidence": evidence(node)}
        assert differences(drawn["data"], wanted) == []
    for id, (source, target, values) in edges.items():
        data = read["edges"][id][2]
        assert read["edges"][id][:2] == [source, target]
        assert data.pop("classes") == ["-".join(known[id].kind.split())]
        ends = {"id": id, "source": source, "target": target}
        assert differences(data, {**ends, **values, "evidence": evidence(known[id])}) == []


@pytest.mark.parametrize("view", VIEWS)
def test_cytoscape_draws_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "cytoscape", tmp_path / "graph.cyjs", view=view)
    read = javascript.read("cytoscape", tmp_path / "graph.cyjs")
    assert read["name"] == "all decisions"
    _compare(read, project(kg, Scope(), view))


def test_hostile_words_and_control_characters_are_carried(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, "cytoscape", tmp_path / "graph.cyjs")
    read = javascript.read("cytoscape", tmp_path / "graph.cyjs")
    _compare(read, project(hostile_kg, Scope(), "full"))
    assert factories.HOSTILE_WORDS in {
        node["data"].get("summary") for node in read["nodes"].values()
    }


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile(factories.HOSTILE_WORDS)
    write(content, "cytoscape", tmp_path / "graph.cyjs")
    read = javascript.read("cytoscape", tmp_path / "graph.cyjs")
    assert read["name"] == MadeContent.title
    _compare(read, content.network())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"cytoscape, http://example.org/n: attribute 'odd'"):
        write(single(odd=value), "cytoscape", tmp_path / "graph.cyjs")
    assert list(tmp_path.iterdir()) == []
