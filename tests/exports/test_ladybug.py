"""The folder for LadybugDB, loaded by LadybugDB as the folder's own statements say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports import Content, ExportError, Scope, Selection, write
from exports.content import Portion
from exports.network import Edge, Node
from exports.property_graphs.names import Names
from exports.queried import queried
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.made_content import MadeContent, hostile, single
from tests.exports.property_graphs import (
    LoadedWhole,
    Nodes,
    Relationships,
    agrees,
    camel,
    expected,
    network_of,
    upper_snake,
)

Load = Callable[[Content], "Loaded"]


class Loaded:
    """A database, open for queries."""

    def __init__(self, file: Path) -> None:
        ladybug = pytest.importorskip("ladybug", reason="ladybug is an outside reader")
        database = ladybug.Database(str(file), buffer_pool_size=1 << 28, max_num_threads=2)
        self._connection = ladybug.Connection(database)

    def run(self, script: Path) -> None:
        """Execute all statements of a file, exactly as written."""
        self._connection.execute(script.read_text("utf-8"))

    def rows(self, cypher: str) -> list[list[Any]]:
        found: list[list[Any]] = self._connection.execute(cypher).get_all()
        return found

    def number(self, cypher: str) -> float:
        try:
            return float(self.rows(cypher)[0][0])
        except RuntimeError as error:  # what does not occur has no table
            assert "does not exist" in str(error)  # noqa: PT017 - the other errors are raised
            return 0

    def graph(self) -> tuple[Nodes, Relationships]:
        nodes = {
            node["id"]: (node["_LABEL"], _properties(node))
            for (node,) in self.rows("MATCH (n) RETURN n")
        }
        told = self.rows("MATCH (a)-[r]->(b) RETURN a.id, r, b.id")
        edges = {
            edge["id"]: (edge["_LABEL"], source, target, _properties(edge))
            for source, edge, target in told
        }
        assert (len(nodes), len(edges)) == (len(self.rows("MATCH (n) RETURN n.id")), len(told))
        return nodes, edges


def _properties(item: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in item.items()
        if value is not None and name not in {"_ID", "_LABEL", "_SRC", "_DST"}
    }


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    def loaded(content: Content) -> Loaded:
        write(content, "ladybug", tmp_path / "folder")
        monkeypatch.chdir(tmp_path / "folder")
        database = Loaded(tmp_path / "database")
        database.run(Path("schema.cypher"))
        database.run(Path("copy.cypher"))
        return database

    return loaded


class TestLadybug(LoadedWhole):
    """Everything is there once it is loaded."""

    apart = False


def test_cypher_counts_what_sparql_counts(sample_kg: KnowledgeGraph, load: Load) -> None:
    others = {"category": "HAS_CATEGORY", "complainant": "HAS_COMPLAINANT"}
    agrees(sample_kg, load(Selection(sample_kg)).number, others)


def test_labels_and_types_are_the_kinds(sample_kg: KnowledgeGraph, load: Load) -> None:
    content = Selection(sample_kg)
    network = network_of(content)
    nodes, edges = load(content).graph()
    for node in network.nodes:
        assert nodes[node.id][0] == camel(node.kind)
    for edge in network.edges:
        if edge.kind not in {"category", "complainant"}:  # labels here, whatever the case
            assert edges[edge.id][0] == upper_snake(edge.kind)


def test_parallel_relationships_keep_their_ids(load: Load) -> None:
    loaded = load(hostile())
    told = "MATCH (a)-[r:`ABOUT`]->(b) WHERE a.id <> b.id RETURN r.id, r.label ORDER BY r.id"
    assert [id for id, _ in loaded.rows(told)] == ["e1", "e2"]


def test_empty_text_is_not_nothing(load: Load) -> None:
    (row,) = load(single(empty="", zero=0, no=False)).rows("MATCH (n) RETURN n.empty, n.zero, n.no")
    assert row == ["", 0, False]


def test_a_label_and_a_type_of_one_name_are_told_apart(load: Load) -> None:
    ends = [Node("a", "council", "A"), Node("b", "council", "B")]
    edges = [Edge("e", "a", "b", "council", "is"), Edge("f", "a", "b", "hasCouncil", "has")]
    loaded = load(MadeContent([Portion(ends, edges)]))
    tables = {(name, kind) for _, name, kind, *_ in loaded.rows("CALL show_tables() RETURN *")}
    assert tables == {
        ("Council", "NODE"),
        ("HAS_COUNCIL", "REL"),
        ("HAS_HAS_COUNCIL", "REL"),
    }
    assert len(loaded.graph()[1]) == 2


def test_a_scope_that_holds_nothing_makes_an_empty_database(kg: KnowledgeGraph, load: Load) -> None:
    content = Selection(kg, Scope(council="Kingsferry", since=date(2030, 1, 1)))
    assert load(content).rows("CALL show_tables() RETURN *") == []


def test_an_edge_without_its_end_is_named(tmp_path: Path) -> None:
    loose = Edge("e", "a", "b", "about", "is about")
    content = MadeContent([Portion([Node("a", "thing", "A")], [loose])])
    with pytest.raises(ExportError, match="ladybug, b: an edge leads to or from it"):
        write(content, "ladybug", tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } ?d a fl:Decision FILTER(?s = ?d) }",
        "SELECT ?council ?finding ?status { ?finding fl:faultBy ?council ; fl:status ?status }",
        "CONSTRUCT { ?p a fl:Passage ; oa:exact ?q } WHERE { ?p oa:exact ?q }",
    ],
)
def test_what_a_query_answers_is_loaded(query: str, sample_kg: KnowledgeGraph, load: Load) -> None:
    with queried(sample_kg, query) as content:
        nodes, edges = load(content).graph()
        names = Names.of(content.schema, apart=False)
        assert (nodes, edges) == expected(network_of(content), names, content)
        assert len(nodes) > 20


@pytest.mark.parametrize("value", [2**63, float("inf"), float("nan")])
def test_a_number_that_is_too_large_is_refused_by_name(value: float, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"ladybug, http://example.org/n: .*(64 bits|no number)"):
        write(single(value=value), "ladybug", tmp_path / "folder")


def test_what_is_no_day_is_refused_by_name(tmp_path: Path) -> None:
    node = Node("http://example.org/n", "thing", "n", {"day": "2024') DETACH DELETE"})
    content = MadeContent([Portion([node])], days=("day",))
    with pytest.raises(ExportError, match=r"http://example.org/n: .* is no day"):
        write(content, "ladybug", tmp_path / "folder")
