"""DOT, read and drawn by Graphviz."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exports import ExportError, Scope, export, write
from exports.content import Portion
from exports.graph_files.dot import RESERVED
from exports.layout import appearance, size
from exports.network import Network, Node, Scalar
from exports.projection import VIEWS, project
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports.graph_items import differences, items
from tests.exports.made_content import HOSTILE_NAMES, MadeContent, hostile, single

_NAMES = {name: f"{name}_" for name in HOSTILE_NAMES if name in RESERVED}
_SHAPES = {"disc": "ellipse", "square": "box", "triangle": "house", "diamond": "hexagon"}


def _graphviz(program: str, *options: str, path: Path) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip("needs Graphviz: apt-get install graphviz")
    command = [found, *options, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    assert "syntax" not in done.stderr
    return done.stdout


def _text(value: Scalar) -> str:
    """A value as Graphviz keeps it: all are texts, with a backslash said twice."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\\", "\\\\")


def _compare(path: Path, network: Network) -> None:
    """``neato -n2`` takes the places of the file."""
    # Graphviz leaves tabs and the like as they are in JSON
    read: Any = json.loads(_graphviz("neato", "-n2", "-Tjson", path=path), strict=False)
    counted = all(isinstance(edge.attributes.get("weight", 1), int) for edge in network.edges)
    names = {name: kept for name, kept in _NAMES.items() if name != "weight" or not counted}
    nodes, edges = items(network, names, _text)
    objects = read["objects"]
    ends = {number: one["name"] for number, one in enumerate(objects)}
    assert len(objects) == len(network.nodes)
    found = {one["name"].replace("\\\\", "\\"): one for one in objects}
    moved = []
    for node in network.nodes:
        look, wanted = appearance(node.kind), nodes[node.id]
        wanted["label"] = wanted["label"].replace("&", "&amp;")
        wanted |= {"fillcolor": look.colour, "shape": _SHAPES[look.shape]}
        given = {name: found[node.id].get(name) for name in wanted}
        assert differences(given, wanted) == []
        x, y = (float(part) for part in found[node.id]["pos"].split(","))
        moved.append((x - node.place[0], y + node.place[1]))
        assert float(found[node.id]["width"]) >= round(size(node) / 72, 3) - 0.001
    # Graphviz moves the whole drawing to its origin, and writes five digits
    assert all(max(one) - min(one) < 1.5 for one in zip(*moved, strict=True))
    assert len(read["edges"]) == len(network.edges)
    for edge in read["edges"]:
        source, target, wanted = edges[edge["id"]]
        wanted["label"] = wanted["label"].replace("&", "&amp;")
        assert (ends[edge["tail"]], ends[edge["head"]]) == (source, target)
        assert differences({name: edge.get(name) for name in wanted}, wanted) == []


@pytest.mark.parametrize("view", VIEWS)
def test_graphviz_reads_all_of_it(kg: KnowledgeGraph, tmp_path: Path, view: str) -> None:
    export(kg, "dot", tmp_path / "graph.dot", view=view)
    _compare(tmp_path / "graph.dot", project(kg, Scope(), view))


@pytest.mark.parametrize("program", ["dot", "sfdp"])
def test_graphviz_draws_every_node_and_edge(
    kg: KnowledgeGraph, tmp_path: Path, program: str
) -> None:
    export(kg, "dot", tmp_path / "graph.dot", view="chain")
    network = project(kg, Scope(), "chain")
    drawn = etree.fromstring(_graphviz(program, "-Tsvg", path=tmp_path / "graph.dot").encode())
    groups = drawn.findall(".//{http://www.w3.org/2000/svg}g")
    classes = [group.get("class") for group in groups]
    assert classes.count("node") == len(network.nodes)
    assert classes.count("edge") == len(network.edges)
    words = " ".join(
        "".join(map(str, group.itertext())) for group in groups if group.get("class") == "node"
    )
    assert all(" ".join(node.label.split()) in " ".join(words.split()) for node in network.nodes)


def test_a_label_is_drawn_as_it_is(tmp_path: Path) -> None:
    label = r"R&amp;D \N \l \n C:\new <b>bold</b> &lt;"
    node = Node("http://example.org/n\\", "thing", label)
    write(MadeContent([Portion([node])]), "dot", tmp_path / "graph.dot")
    drawn = etree.fromstring(_graphviz("dot", "-Tsvg", path=tmp_path / "graph.dot").encode())
    assert [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")] == [label]


def test_hostile_words_are_carried(hostile_xml_kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_xml_kg, "dot", tmp_path / "graph.dot")
    network = project(hostile_xml_kg, Scope(), "full")
    assert factories.HOSTILE_IN_XML in {node.attributes.get("summary") for node in network.nodes}
    _compare(tmp_path / "graph.dot", network)


def test_foreign_names_long_quotes_and_parallel_edges_are_carried(tmp_path: Path) -> None:
    content = hostile()
    write(content, "dot", tmp_path / "graph.dot")
    assert len(_NAMES) == 9
    _compare(tmp_path / "graph.dot", content.network())
    svg = _graphviz("sfdp", "-Tsvg", path=tmp_path / "graph.dot")
    assert svg.count('class="edge"') == 4


def test_a_control_character_is_refused_by_name(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"dot, https://w3id.org/\S+: it holds .* U\+0008"):
        export(hostile_kg, "dot", tmp_path / "graph.dot")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [float("nan"), 2**53])
def test_a_number_that_readers_would_change_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ExportError, match=r"dot, http://example.org/n: it holds"):
        write(single(odd=value), "dot", tmp_path / "graph.dot")
    assert list(tmp_path.iterdir()) == []
