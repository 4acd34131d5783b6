"""Answers of queries as content: statements that CONSTRUCT makes, rows of questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from exports import EXPORTERS, Content, ExportError, FileExporter, write
from exports.network import Edge, Node
from exports.queried import Answered, Constructed, queried
from exports.scope import find_authority
from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.question import questions
from graph.questions.results import Rows
from ontology import iri as mint

MONEY = """CONSTRUCT { ?remedy a fl:Remedy ; fl:owedBy ?owes ; fl:total ?sum ; fl:dueDate ?due .
  ?sum schema:value ?value ; schema:currency ?currency }
WHERE { ?remedy a fl:Remedy ; fl:owedBy ?owes . OPTIONAL { ?remedy fl:dueDate ?due }
  OPTIONAL { ?remedy fl:total ?sum . ?sum schema:value ?value ; schema:currency ?currency } }"""
ODD = """PREFIX ex: <https://example.org/a b/>
CONSTRUCT { ?decision fl:kind 3 ; fl:label "x" , true ; ex:Größe "1e400"^^xsd:double, 7 .
  [] fl:about ?decision ; rdfs:label "A", "B" }
WHERE { ?decision a fl:Decision }""".replace("a b", "a")


WITHOUT_PARAMETERS = [
    question.name
    for question in questions().values()
    if not any(parameter.required for parameter in question.parameters)
]


def items(content: Content) -> tuple[dict[str, Node], list[Edge]]:
    """The nodes by id and the edges; every end is a node, and no id stands twice."""
    portions = list(content.portions())
    nodes = [node for portion in portions for node in portion.nodes]
    edges = [edge for portion in portions for edge in portion.edges]
    by_id = {node.id: node for node in nodes}
    assert len(by_id) == len(nodes)
    assert len({edge.id for edge in edges}) == len(edges)
    assert {end for edge in edges for end in (edge.source, edge.target)} <= by_id.keys()
    return by_id, edges


def test_constructed_statements_become_nodes_edges_and_attributes(kg: KnowledgeGraph) -> None:
    with queried(kg, MONEY) as content:
        assert isinstance(content, Constructed)
        nodes, edges = items(content)
        types = content.schema.types
    assert (types["schema:value"], types["due_date"]) == (float, date)
    paid = nodes[mint.decision("22 900 014", "X08000001") + "/remedy/r2"]
    assert (paid.kind, paid.attributes["due_date"]) == ("remedy", "2022-10-15")
    sums = [node for node in nodes.values() if node.kind == "schema:MonetaryAmount"]
    assert 1200.0 in [node.attributes["schema:value"] for node in sums]
    owed = {edge.target for edge in edges if edge.kind == "owedBy"}
    assert {nodes[id].kind for id in owed} == {"council"}
    assert nodes[find_authority(kg, "Tarnbeck")].label == "Tarnbeck Metropolitan Borough Council"


def test_types_that_do_not_agree_and_numbers_that_no_format_has_are_text(
    kg: KnowledgeGraph,
) -> None:
    with queried(kg, ODD) as content:
        nodes, edges = items(content)
        schema = content.schema
    assert schema.types["fl:kind"] is int
    assert schema.types["fl:label"] is str
    assert schema.types["https://example.org/a/Größe"] is str
    decision = nodes[mint.decision("22 900 014", "X08000001")]
    assert decision.kind == "decision"  # the graph knows, though the statements do not say
    assert decision.attributes["fl:label"] == "true | x"
    blank = [node for node in nodes.values() if node.id.startswith("_:")]
    assert {(node.kind, node.attributes["rdfs:label"]) for node in blank} == {("thing", "A | B")}
    assert {edge.kind for edge in edges} == {"about"}


@pytest.mark.parametrize("name", [one.name for one in EXPORTERS if isinstance(one, FileExporter)])
@pytest.mark.parametrize("query", [MONEY, ODD, "faults-by-council"])
def test_every_file_format_carries_an_answer_the_same_each_time(
    name: str, query: str, kg: KnowledgeGraph, tmp_path: Path
) -> None:
    with queried(kg, query) as content:
        write(content, name, tmp_path / "one")
        write(content, name, tmp_path / "two")
    with queried(kg, query) as again:
        write(again, name, tmp_path / "three")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").read_bytes() == (tmp_path / "three").read_bytes()


def test_rdf_of_a_construct_is_what_the_store_constructs(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    with queried(kg, ODD) as content:
        write(content, "turtle", tmp_path / "odd.ttl")
    read = ox.Dataset(ox.Quad(*_three(t)) for t in ox.parse(path=str(tmp_path / "odd.ttl")))
    made = kg.query(ODD)
    assert isinstance(made, ox.QueryTriples)
    wanted = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in made)
    for dataset in (read, wanted):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert {str(quad) for quad in read} == {str(quad) for quad in wanted}
    assert len(read) > 10


def _three(quad: ox.Quad) -> tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode]:
    return quad.subject, quad.predicate, quad.object  # type: ignore[return-value]


def test_a_question_becomes_one_table_with_its_own_columns(sample_kg: KnowledgeGraph) -> None:
    with queried(sample_kg, "payments-by-injustice") as content:
        table = content.table()
        assert table is not None
        rows = list(table.rows)
    found = ask(sample_kg, "payments-by-injustice")
    assert isinstance(found, Rows)
    declared = questions()["payments-by-injustice"].columns
    assert [column.name for column in table.columns] == [column.name for column in declared]
    assert [column.about for column in table.columns] == [column.about for column in declared]
    assert len(rows) == len(found.rows) > 5
    for row, wanted in zip(rows, found.rows, strict=True):
        for cell, term, column in zip(row, wanted, table.columns, strict=True):
            assert cell is None if term is None else isinstance(cell, column.type)


@pytest.mark.parametrize("name", WITHOUT_PARAMETERS)
def test_every_question_without_parameters_can_be_exported(
    name: str, sample_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    with queried(sample_kg, name) as content:
        assert isinstance(content, Answered)
        nodes, _ = items(content)
        table = content.table()
        count = len(list(table.rows))
        write(content, "nquads", tmp_path / "answer.nq")
        write(content, "graphml", tmp_path / "answer.graphml")
    assert sum(node.kind == "row" for node in nodes.values()) == count
    read = nx.read_graphml(tmp_path / "answer.graphml", force_multigraph=True)
    assert set(read) == set(nodes)


def test_a_row_is_a_node_that_leads_to_what_it_names(kg: KnowledgeGraph) -> None:
    with queried(kg, "faults-by-council", {"council": "Tarnbeck"}) as content:
        nodes, edges = items(content)
    rows = [node for node in nodes.values() if node.kind == "row"]
    assert {edge.kind for edge in edges} == {"council", "fault"}
    assert len(edges) == 2 * len(rows)
    assert {nodes[edge.target].kind for edge in edges} == {"council", "fault type"}
    assert all(isinstance(node.attributes["findings"], int) for node in rows)


def test_rows_as_rdf_have_a_property_for_each_column(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with queried(kg, "faults-by-council") as content:
        write(content, "turtle", tmp_path / "answer.ttl")
        table = content.table()
        assert table is not None
        count = len(list(table.rows))
    read = rdflib.Graph().parse(tmp_path / "answer.ttl")
    base = mint.question("faults-by-council") + "#"
    assert len(set(read.subjects(rdflib.URIRef(base + "council")))) == count > 0
    assert {type(v.toPython()) for v in read.objects(None, rdflib.URIRef(base + "findings"))} == {  # type: ignore[attr-defined]
        int
    }


def test_zero_and_false_are_values(kg: KnowledgeGraph) -> None:
    query = "SELECT (0 AS ?n) (false AS ?b) (0.0 AS ?d) (?x AS ?none) { ?s a fl:Decision } LIMIT 1"
    with queried(kg, query) as content:
        nodes, _ = items(content)
        table = content.table()
        assert table is not None
        rows = list(table.rows)
    assert [node.attributes for node in nodes.values()] == [{"n": 0, "b": False, "d": 0.0}]
    assert rows == [(0, False, 0.0, None)]


def test_no_name_is_lost_where_there_are_several(kg: KnowledgeGraph) -> None:
    query = 'CONSTRUCT { ?d rdfs:label "A" ; skos:prefLabel "B" } { ?d a fl:Decision }'
    with queried(kg, query) as content:
        nodes, _ = items(content)
    wanted = {"rdfs:label": "A", "skos:prefLabel": "B"}
    assert [(node.label, node.attributes) for node in nodes.values()] == [("A", wanted)] * 4


def test_columns_that_are_called_as_nodes_are_keep_apart(kg: KnowledgeGraph) -> None:
    query = 'SELECT ("a" AS ?label) ("b" AS ?kind) (1 AS ?id) (?d AS ?source) { ?d a fl:Decision }'
    with queried(kg, query) as content:
        nodes, edges = items(content)
    row = next(node for node in nodes.values() if node.kind == "row")
    assert row.attributes == {"row:label": "a", "row:kind": "b", "row:id": 1}
    assert {edge.kind for edge in edges} == {"source"}


def test_an_ask_and_a_misspelt_question_are_told(kg: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="an ASK has nothing to export"):
        queried(kg, "ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="faults-by-council"):
        queried(kg, "fault-by-council")


def test_nothing_found_is_no_error(kg: KnowledgeGraph, tmp_path: Path) -> None:
    for query in ("SELECT ?x { ?x a fl:Nothing }", "CONSTRUCT { ?x a ?y } { ?x fl:nothing ?y }"):
        with queried(kg, query) as content:
            assert not content
            for one in EXPORTERS:
                if isinstance(one, FileExporter):
                    write(content, one.name, tmp_path / f"empty.{one.extension}")
    assert nx.read_graphml(tmp_path / "empty.graphml").number_of_nodes() == 0


@pytest.mark.parametrize(
    ("literals", "wanted"),
    [
        ("1.5 0", float),  # a sum is a whole 0 where there is nothing to add
        ("0 7", int),
        ('"2020-01-01"^^xsd:date', date),
        ('"2020-01-01Z"^^xsd:date', str),
        ('"1_000"^^xsd:integer', str),  # Python's number, not XML Schema's
        ('"1_0.5"^^xsd:decimal', str),
        ("true 0", str),
    ],
)
def test_a_column_has_the_one_type_that_carries_all_its_literals(
    kg: KnowledgeGraph, literals: str, wanted: type
) -> None:
    with queried(kg, f"SELECT ?x WHERE {{ VALUES ?x {{ {literals} }} }}") as rows:
        table = rows.table()
        assert table is not None
        assert [column.type for column in table.columns] == [wanted]
        assert {type(cell) for (cell,) in table.rows} == {str if wanted is date else wanted}
    made = f"CONSTRUCT {{ [] fl:x ?x }} WHERE {{ VALUES ?x {{ {literals} }} }}"
    with queried(kg, made) as statements:
        assert statements.schema.types["x"] is wanted


def test_blank_nodes_of_rows_are_named_in_their_order_however_alike_rows_are(
    kg: KnowledgeGraph,
) -> None:
    alike = "1 " * 20  # canonical names would take the permutations of 20 rows
    query = f"""SELECT ?b ?x WHERE {{
      {{ SELECT (BNODE() AS ?b) WHERE {{ VALUES ?z {{ 1 2 }} }} }} VALUES ?x {{ {alike} }} }}"""
    tables, statements = [], []
    for _ in range(2):
        with queried(kg, query) as rows:
            table = rows.table()
            assert table is not None
            tables.append(list(table.rows))
            statements += [[line for _, lines in rows.graphs() for line in lines]]
    assert tables[0] == tables[1]
    assert {row[0] for row in tables[0]} == {"_:b1", "_:b2"}
    assert statements[0] == statements[1]
    assert len(statements[0]) == 2 * 40


def test_two_properties_of_one_name_keep_the_values_of_both(kg: KnowledgeGraph) -> None:
    query = "CONSTRUCT { fl:thing fl:partText 'a' ; fl:rawText 'b' } WHERE {}"
    with queried(kg, query) as content:
        nodes, _ = items(content)
    assert [dict(node.attributes) for node in nodes.values()] == [{"text": "a | b"}]


def test_a_type_that_is_text_or_blank_is_kept(kg: KnowledgeGraph, tmp_path: Path) -> None:
    query = "CONSTRUCT { fl:thing a 'words', fl:Thing, [] . fl:other a 'words' } WHERE {}"
    with queried(kg, query) as content:
        nodes, edges = items(content)
        write(content, "jsonld", tmp_path / "t.jsonld")
        expected = {str(quad) for quad in _quads(content)}
    said = {node.attributes.get("rdf:type") for node in nodes.values()}
    assert said == {"fl:Thing | words", "words", None}
    assert [edge.kind for edge in edges] == ["rdf:type"]
    found = ox.parse(path=str(tmp_path / "t.jsonld"), format=ox.RdfFormat.JSON_LD)
    assert {str(quad) for quad in found if "words" in str(quad)} == {
        quad for quad in expected if "words" in quad
    }


def test_statements_about_statements_are_carried_or_refused(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    query = "CONSTRUCT { fl:thing rdf:reifies <<( _:b fl:x 'o' )>> } WHERE {}"
    lines = []
    for _ in range(2):
        with queried(kg, query) as content:
            nodes, _ = items(content)
            lines += [list(found) for _, found in content.graphs()]
            with pytest.raises(ExportError, match="statements about statements"):
                write(content, "jsonld", tmp_path / "t.jsonld")
    (said,) = [node.attributes["rdf:reifies"] for node in nodes.values()]
    assert "ns#x" in str(said)
    assert lines[0] == lines[1]


def test_json_ld_keeps_the_direction_of_a_text(kg: KnowledgeGraph, tmp_path: Path) -> None:
    query = "SELECT (STRLANGDIR('a', 'ar', 'rtl') AS ?x) WHERE {}"
    with queried(kg, query) as content:
        write(content, "jsonld", tmp_path / "t.jsonld")
    assert '"@direction": "rtl"' in (tmp_path / "t.jsonld").read_text(encoding="utf-8")


def test_a_select_without_variables_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="no columns"):
        queried(kg, "SELECT * WHERE {}")


def test_many_rows_come_in_portions_each_row_once_and_in_order(kg: KnowledgeGraph) -> None:
    numbers = " ".join(map(str, range(60)))
    query = f"SELECT ?a ?b WHERE {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    with queried(kg, query) as rows:
        assert max(len(portion.nodes) for portion in rows.portions()) < 3_600 / 2
        nodes, _ = items(rows)
        lines = [line for _, found in rows.graphs() for line in found]
        table = rows.table()
        assert table is not None
        asked = sorted(table.rows, key=str)
    pairs = [(node.attributes["a"], node.attributes["b"]) for node in nodes.values()]
    assert sorted(pairs, key=str) == asked
    assert len(set(pairs)) == 3_600
    assert lines == sorted(set(lines))
    assert len(lines) == 7_200


def _quads(content: Content) -> list[ox.Quad]:
    lines = b"".join(line for _, lines in content.graphs() for line in lines)
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
