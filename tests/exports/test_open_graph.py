"""What ``faultlines.open`` gives: answers, decisions, explanations and networks."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import faultlines
from exports import Scope, ScopeError
from exports.open_graph import OpenGraph
from exports.open_graph.typed_network import DATES
from exports.projection import VIEWS, project
from graph.errors import QueryError, StoreError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from tests import factories

ROOT = Path(__file__).parents[2]
EDUCATION = "https://w3id.org/faultlines/id/decision/22-900-014/X08000001"


@pytest.fixture(scope="module")
def graph(kg: KnowledgeGraph) -> Iterator[OpenGraph]:
    with faultlines.open(kg.folder) as opened:
        yield opened


# opening


def test_opening_gives_a_knowledge_graph_that_closes(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as opened:
        assert isinstance(opened, OpenGraph)
        assert isinstance(opened, KnowledgeGraph)
        assert repr(opened) == f"<OpenGraph {str(kg.folder)!r} of 4 decisions>"
    with pytest.raises(Exception, match="closed"):
        opened.decision("22 900 014")


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no knowledge graph in this folder"):
        faultlines.open(tmp_path)


def test_opening_and_asking_load_nothing_that_is_not_asked_for(kg: KnowledgeGraph) -> None:
    program = (
        "import sys, faultlines\n"
        f"g = faultlines.open({str(kg.folder)!r})\n"
        "g.ask('ASK { ?s ?p ?o }')\n"
        "print([n for n in ('rdflib', 'networkx', 'pandas', 'polars') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


# asking


def test_an_answer_is_rows_of_values(graph: OpenGraph) -> None:
    table = graph.ask(
        "SELECT ?remedy ?sum ?due WHERE { ?d fl:reference '22 900 014' ; fl:hasRemedy ?remedy . "
        "OPTIONAL { ?remedy fl:total/schema:value ?sum } OPTIONAL { ?remedy fl:dueDate ?due } } "
        "ORDER BY ?remedy"
    )
    assert table.columns == ("remedy", "sum", "due")
    assert table.rows == [
        (f"{EDUCATION}/remedy/r1", None, date(2022, 10, 15)),
        (f"{EDUCATION}/remedy/r2", Decimal(1200), date(2022, 10, 15)),
        (f"{EDUCATION}/remedy/r3", Decimal("150.00"), date(2022, 10, 14)),
        (f"{EDUCATION}/remedy/r4", None, date(2022, 12, 15)),
    ]
    assert len(table) == 4
    assert next(table.dicts())["due"] == date(2022, 10, 15)
    assert table.write("csv").startswith("remedy,sum,due\r\n")
    assert repr(table) == "<ResultTable of 4 rows: remedy, sum, due>"


def test_a_named_question_takes_values_of_python(graph: OpenGraph) -> None:
    some = graph.ask("remedies-due", council="Tarnbeck", since=date(2022, 10, 15), until=None)
    fewer = graph.ask("remedies-due", council="Tarnbeck", since=date(2022, 12, 1))
    none = graph.ask("remedies-due", council="Kingsferry", since=date(2022, 12, 1))
    assert len(some) > len(fewer) > len(none) == 0
    midnight = graph.ask(
        "remedies-due", council="Tarnbeck", since=datetime(2022, 12, 1, tzinfo=UTC)
    )
    assert midnight.rows == fewer.rows
    late = graph.networkx("decisions", since=datetime(2023, 6, 2, tzinfo=UTC))
    assert {*late} == {*graph.networkx("decisions", since=date(2023, 6, 2))} != set()


@pytest.mark.parametrize(("council", "answer"), [("Tarnbeck", True), ("Nowhere", False)])
def test_an_ask_is_as_true_as_its_answer(graph: OpenGraph, council: str, answer: bool) -> None:
    table = graph.ask(f"ASK {{ ?c rdfs:label ?n FILTER(STRSTARTS(STR(?n), '{council}')) }}")
    assert bool(table) is answer
    assert table.rows == [(answer,)]


def test_statements_are_rows_of_three(graph: OpenGraph) -> None:
    table = graph.ask(
        f"CONSTRUCT {{ ?s fl:date ?d }} WHERE {{ <{EDUCATION}> fl:date ?d . ?s fl:date ?d }}"
    )
    assert table.columns == ("subject", "predicate", "object")
    assert table.rows == [(EDUCATION, "https://w3id.org/faultlines/ns#date", date(2022, 9, 15))]


def test_a_cut_answer_says_so(graph: OpenGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.open_graph.open_graph.MOST", 3)
    table = graph.ask("SELECT ?s WHERE { ?s a fl:Paragraph }")
    assert table.truncated
    assert repr(table) == "<ResultTable of 3 rows, cut: s>"


def test_every_named_question_is_listed_and_can_be_asked_by_keyword(graph: OpenGraph) -> None:
    listed = graph.questions()
    assert list(listed) == list(questions())
    reserved = {"engine", "short", "question", "self"}
    for question in questions().values():
        assert not reserved & {parameter.name for parameter in question.parameters}


def test_a_wrong_question_is_told(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="faults-by-council"):
        graph.ask("fault-by-council")


# decisions and explanations


@pytest.mark.parametrize("wanted", ["22 900 014", "22-900-014", EDUCATION])
def test_a_decision_is_its_record(graph: OpenGraph, wanted: str) -> None:
    found = graph.decision(wanted)
    assert found.iri == EDUCATION
    assert found.record == factories.decision()


def test_an_unknown_reference_names_the_nearest(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match=r"did you mean 22 900 014"):
        graph.decision("22 900 041")


def test_a_reference_of_several_documents_asks_which(tmp_path: Path) -> None:
    both = (
        factories.decision(),
        factories.decision(authorities=(factories.WEXBOROUGH,), findings=()),
    )
    factories.build_graph(both, tmp_path).close()
    with faultlines.open(tmp_path) as graph:
        with pytest.raises(QueryError, match=f"2 decisions have it; give {EDUCATION} or https"):
            graph.decision("22 900 014")
        assert graph.decision(EDUCATION).record == both[0]


def test_an_explanation_is_that_of_the_command(graph: OpenGraph) -> None:
    found = graph.explain("Tarnbeck", limit=2)
    assert found.things == ("https://w3id.org/faultlines/id/council/X08000001",)
    assert str(found).splitlines() == list(found.lines())
    assert len(found.explanations) == 3
    assert found.total > 3


# networkx


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scope", [{}, {"council": "Tarnbeck"}, {"since": "2023-01-01"}])
def test_a_networkx_graph_is_the_projection(
    graph: OpenGraph, view: str, scope: dict[str, Any]
) -> None:
    made = graph.networkx(view, **scope)
    days = {"since": date(2023, 1, 1)} if "since" in scope else {}
    network = project(graph, Scope(**{**scope, **days}), view)
    assert made.is_multigraph()
    assert made.is_directed()
    assert set(made) == {node.id for node in network.nodes}
    assert len(network.nodes) > 3
    assert {(u, v, key) for u, v, key in made.edges(keys=True)} == {
        (edge.source, edge.target, edge.id) for edge in network.edges
    }
    assert made.number_of_edges() == len(network.edges)
    assert Counter(kind for _, kind in made.nodes(data="kind")) == network.kinds()
    assert all(data["label"] and data["kind"] for _, data in made.nodes(data=True))
    assert all(data["label"] and data["kind"] for *_, data in made.edges(data=True))


def test_attributes_are_typed(graph: OpenGraph) -> None:
    made = graph.networkx(references="22 900 014")
    decision = made.nodes[EDUCATION]
    assert decision["date"] == date(2022, 9, 15)
    assert decision["satisfied_on"] == date(2023, 1, 9)
    remedy = made.nodes[f"{EDUCATION}/remedy/r2"]
    assert (remedy["amount"], remedy["total"], remedy["count"]) == (600.0, 1200.0, 2.0)
    assert remedy["due_date"] == date(2022, 10, 15)
    council = made.nodes["https://w3id.org/faultlines/id/council/X08000001"]
    assert council["fictional"] is True
    assert isinstance(council["in_force_from"], date)
    assert None not in remedy.values()


def test_evidence_stands_on_nodes_and_edges(graph: OpenGraph) -> None:
    made = graph.networkx(references=["22 900 014"])
    assert made.nodes[f"{EDUCATION}/finding/f2"]["evidence"] == (
        {
            "quote": "took eleven weeks longer than its policy allows",
            "paragraph": 8,
            "rule": "fault.complaint-handling",
            "decision": EDUCATION,
        },
    )
    cited = [data for *_, data in made.edges(data=True) if data["kind"] == "citesAsSubstantive"]
    (quotation,) = cited[0]["evidence"]
    assert quotation["quote"] == "Education Act 1996, section 19"
    assert quotation["decision"] == EDUCATION
    part = made.nodes["https://w3id.org/faultlines/id/complaint/22-900-014/part/a"]
    assert part["evidence"][0]["decision"] == EDUCATION


def test_parallel_edges_are_kept(graph: OpenGraph) -> None:
    made = graph.networkx()
    pairs = Counter(made.edges())
    assert max(pairs.values()) > 1
    court = "https://w3id.org/faultlines/id/body/county-court"
    kinds = {data["kind"] for _, v, data in made.edges(data=True) if v == court}
    assert kinds == {"appealRightTo", "betterPlaced"}


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ({"town": "Tarnbeck"}, f"use {', '.join(field.name for field in fields(Scope))}"),
        ({"since": "last year"}, "write it as 2024-01-31"),
        ({"council": "Nowhere-on-Sea"}, "council 'Nowhere-on-Sea'"),
        ({"references": "22 900 999"}, "no decision of this graph has this reference"),
    ],
)
def test_a_wrong_scope_is_told(graph: OpenGraph, scope: dict[str, Any], told: str) -> None:
    with pytest.raises(ScopeError) as raised:
        graph.networkx(**scope)
    assert told in str(raised.value)


def test_every_day_among_the_attributes_is_read_as_one() -> None:
    from exports.network import ATTRIBUTES

    assert {
        name for name in ATTRIBUTES if "date" in name or "_on" in name or "_force" in name
    } == DATES
