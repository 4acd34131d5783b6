"""GML, read back by networkx and igraph."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest

from exports import ExportError, Scope, export, write
from exports.layout import appearance, size
from exports.network import Network, Scalar
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports.graph_items import differences, items
from tests.exports.made_content import HOSTILE_NAMES, hostile, single

_KEPT = ("id", "kind", "label", "key", "x")
_NAMES = {name: f"{name}_" for name in _KEPT} | {
    'größe "x"]\n<a>&': "gr__e__x____a__",
    "1st": "a1st",
    "__proto__": "a__proto__",
    "schema:value": "schema_value",
    "dc:title": "dc_title_",
}


def _looks(network: Network) -> dict[str, dict[str, Any]]:
    return {
        node.id: {
            "x": node.place[0],
            "y": node.place[1],
            "w": round(size(node), 1),
            "h": round(size(node), 1),
            "fill": appearance(node.kind).colour,
        }
        for node in network.nodes
    }


def _number(value: Scalar) -> Scalar:
    """True and false are 1 and 0 in GML."""
    return int(value) if isinstance(value, bool) else value


def _referred(value: Scalar) -> Scalar:
    """What igraph leaves of a text: it knows ``&quot;`` and ``&amp;``, and no number."""
    if not isinstance(value, str):
        return _number(value)
    return re.sub("[^ -~]", lambda found: f"&#{ord(found.group())};", value)


def _compare_networkx(path: Path, network: Network) -> None:
    read: Any = nx.read_gml(path, label="iri")
    assert isinstance(read, nx.MultiDiGraph)
    nodes, edges = items(network, _NAMES, _number)
    looks = _looks(network)
    wanted = {id: {**values, **looks[id]} for id, values in nodes.items()}
    assert differences(dict(read.nodes(data=True)), wanted) == []
    links = {key: (s, t, data) for s, t, key, data in read.edges(keys=True, data=True)}
    assert differences(links, edges) == []


def _compare_igraph(path: Path, network: Network) -> None:
    with warnings.catch_warnings():
        # it says that it leaves references by number as they stand
        warnings.filterwarnings("ignore", "One or more unknown entities", RuntimeWarning)
        read = igraph.Graph.Read_GML(str(path))
    assert read.is_directed()
    nodes, edges = items(network, _NAMES, _referred)
    looks = _looks(network)
    assert read.vcount() == len(nodes)
    assert read.ecount() == len(edges)
    found = {vertex["iri"]: vertex.attributes() for vertex in read.vs}
    for id, values in nodes.items():
        wanted = values | looks[id]
        assert differences({name: found[id][name] for name in wanted}, wanted) == []
    links = {edge["key"]: edge for edge in read.es}
    for id, (source, target, values) in edges.items():
        edge = links[id]
        assert (edge.source_vertex["iri"], edge.target_vertex["iri"]) == (source, target)
        assert differences({name: edge[name] for name in values}, values) == []


@pytest.mark.parametrize("view", VIEWS)
def test_both_readers_find_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "gml", tmp_path / "graph.gml", view=view)
    network = project(kg, Scope(), view)
    _compare_networkx(tmp_path / "graph.gml", network)
    _compare_igraph(tmp_path / "graph.gml", network)


def test_hostile_words_and_control_characters_are_carried(
    hostile_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_kg, "gml", tmp_path / "graph.gml")
    network = project(hostile_kg, Scope(), "full")
    assert factories.HOSTILE_WORDS in {node.attributes.get("summary") for node in network.nodes}
    _compare_networkx(tmp_path / "graph.gml", network)
    _compare_igraph(tmp_path / "graph.gml", network)


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile(factories.HOSTILE_WORDS)
    write(content, "gml", tmp_path / "graph.gml")
    assert set(_NAMES) < HOSTILE_NAMES.keys()
    _compare_networkx(tmp_path / "graph.gml", content.network())
    _compare_igraph(tmp_path / "graph.gml", content.network())


def test_the_file_says_what_it_calls_otherwise(tmp_path: Path) -> None:
    write(hostile(), "gml", tmp_path / "graph.gml")
    text = (tmp_path / "graph.gml").read_text(encoding="ascii")
    assert "\n# dc:title is called dc_title_\n" in text
    assert "\n# gr&#246;&#223;e &quot;x&quot;]&#10;<a>&amp; is called gr__e__x____a__\n" in text


def test_nodes_are_numbered_once_and_none_is_forgotten_too_early(
    sample_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(sample_kg, "gml", tmp_path / "graph.gml")
    network = project(sample_kg, Scope(), "full")
    text = (tmp_path / "graph.gml").read_text(encoding="ascii")
    numbers = [int(number) for number in re.findall(r"^node \[ id (\d+)", text, re.MULTILINE)]
    assert sorted(numbers) == list(range(len(network.nodes)))
    _compare_networkx(tmp_path / "graph.gml", network)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "[]", "()"])
def test_what_a_reader_would_change_is_refused(tmp_path: Path, value: Scalar) -> None:
    with pytest.raises(ExportError, match=r"gml, http://example.org/n: "):
        write(single(odd=value), "gml", tmp_path / "graph.gml")
    assert list(tmp_path.iterdir()) == []
