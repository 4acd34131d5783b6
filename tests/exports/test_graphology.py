"""graphology's JSON, read back by graphology itself."""

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
from tests.exports.made_content import hostile, single


def _compare(read: Any, network: Network, names: dict[str, str]) -> None:
    assert read["counts"] == [len(network.nodes), len(network.edges)]
    assert read["directed"]
    nodes, edges = items(network, names)
    known = by_id(network)
    looks = {
        node.id: {
            "x": node.place[0],
            "y": -node.place[1],
            "size": round(size(node) / 2, 2),
            "color": appearance(node.kind).colour,
        }
        for node in network.nodes
    }
    wanted = {
        id: {**values, **looks[id], "evidence": evidence(known[id])} for id, values in nodes.items()
    }
    assert differences(read["nodes"], wanted) == []
    links = {
        id: (source, target, {**values, "evidence": evidence(known[id])})
        for id, (source, target, values) in edges.items()
    }
    assert differences(read["edges"], links) == []


@pytest.mark.parametrize("view", VIEWS)
def test_graphology_reads_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "graphology", tmp_path / "graph.json", view=view)
    read = javascript.read("graphology", tmp_path / "graph.json")
    _compare(read, project(kg, Scope(), view), {"type": "type_"})


def test_hostile_words_and_control_characters_are_carried(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, "graphology", tmp_path / "graph.json")
    read = javascript.read("graphology", tmp_path / "graph.json")
    _compare(read, project(hostile_kg, Scope(), "full"), {"type": "type_"})
    assert factories.HOSTILE_WORDS in {data.get("summary") for data in read["nodes"].values()}


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile(factories.HOSTILE_WORDS)
    write(content, "graphology", tmp_path / "graph.json")
    kept = ("kind", "label", "type", "color", "size", "x", "evidence", "__proto__", "constructor")
    names = {name: f"{name}_" for name in kept}
    _compare(javascript.read("graphology", tmp_path / "graph.json"), content.network(), names)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -(2**53)])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"graphology, http://example.org/n: attribute 'odd'"):
        write(single(odd=value), "graphology", tmp_path / "graph.json")
    assert list(tmp_path.iterdir()) == []
