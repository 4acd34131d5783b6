"""An answer to SPARQL as chart, as graph and as files; what a query can name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest
import rdflib
from starlette.testclient import TestClient

from exports.page import LIMIT
from exports.serve import create_app
from exports.serve.charts.bars import MOST, chart, columns, label_terms, shown
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import Rows, Term
from graph.triples.ntriples import XSD

PAIRS = "SELECT ?d ?f ?n { ?d fl:hasFinding/fl:faultType ?f BIND (STRLEN(STR(?f)) AS ?n) }"
MADE = """CONSTRUCT { ?d fl:faultType ?f ; fl:date ?x }
WHERE { ?d fl:hasFinding/fl:faultType ?f ; fl:date ?x }"""


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg, max_rows=5_000), base_url="http://127.0.0.1") as made:
        yield made


def ask(client: TestClient, query: str, **more: str) -> Any:
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": "text/html"})


def word(value: str) -> Term:
    return Term("literal", value)


def number(value: str, kind: str = "integer") -> Term:
    return Term("literal", value, XSD + kind)


def test_a_chart_has_a_bar_for_each_row_to_scale() -> None:
    rows = Rows(
        ("name", "found"),
        ((word("one"), number("10")), (word("two"), number("2.5", "decimal")), (word("x"), None)),
    )
    drawn = chart(rows, ["one", "two", "x"])
    assert drawn is not None
    assert [bar.value for bar in drawn.bars] == ["10", "2.5"]
    assert drawn.bars[0].width == pytest.approx(4 * drawn.bars[1].width, abs=0.1)
    assert drawn.rows == 2
    assert [tick.value for tick in drawn.ticks] == ["0", "5", "10"]


def test_a_chart_of_losses_starts_at_nothing() -> None:
    rows = Rows(("name", "n"), ((word("up"), number("4")), (word("down"), number("-2"))))
    drawn = chart(rows, ["up", "down"])
    assert drawn is not None
    up, down = drawn.bars
    assert up.x == pytest.approx(down.x + down.width)
    assert up.width == pytest.approx(2 * down.width, abs=0.1)


@pytest.mark.parametrize(
    "cells",
    [
        (word("a"), word("b")),
        (number("1"), number("2")),
        (None, number("2")),
        (word("a"), None),
        (word("a"), number("NaN", "double")),
        (word("a"), number("x")),
        (Term("blank", "b"), number("2")),
    ],
)
def test_no_chart_without_words_and_numbers(cells: tuple[Term | None, ...]) -> None:
    rows = Rows(("a", "b"), (cells,))
    assert columns(rows) is None
    assert chart(rows, ["a"]) is None
    assert label_terms(rows) == []


def test_a_long_chart_is_cut_and_says_so(client: TestClient) -> None:
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)"
    text = ask(client, query, show="chart").text
    assert text.count('<rect class="bar"') == MOST
    total = len(client.get("/sparql", params={"query": query}).json()["results"]["bindings"])
    assert f"the first {MOST} of {total} rows" in text


def test_labels_tell_rows_apart() -> None:
    rows = Rows(
        ("council", "fault", "n"),
        ((word("A"), word("x"), number("1")), (word("A"), word("y"), number("2"))),
    )
    assert [[term.value for term in terms] for terms in label_terms(rows)] == [
        ["A", "x"],
        ["A", "y"],
    ]


def test_the_chart_and_its_table_have_the_same_numbers(client: TestClient) -> None:
    text = ask(client, PAIRS, show="chart").text
    titles = [unescape(t) for t in re.findall(r"<g><title>(.*?)</title>", text)]
    table = text.partition("<tbody>")[2].partition("</tbody>")[0]
    numbers = re.findall(r">([\d,]+)</td></tr>", table)
    assert [title.rpartition(": ")[2] for title in titles] == numbers
    assert 'href="?' not in text


def test_what_does_not_fit_is_not_offered(client: TestClient) -> None:
    plain = ask(client, "SELECT ?s { ?d fl:summary ?s }").text
    assert "Show as" not in plain
    for how in ("chart", "graph"):
        answer = ask(client, "SELECT ?s { ?d fl:summary ?s }", show=how)
        assert answer.status_code == 200
        assert f"A {how} needs" in answer.text
    assert "A graph needs" in ask(client, "ASK { ?s ?p ?o }", show="graph").text


@pytest.mark.parametrize("query", [PAIRS, MADE])
def test_a_graph_shows_every_link_of_the_answer(client: TestClient, query: str) -> None:
    assert "show=graph" in ask(client, query).text
    page = ask(client, query, show="graph")
    assert page.headers["content-security-policy"] == "frame-ancestors 'none'"
    answer = client.get("/sparql", params={"query": PAIRS}).json()["results"]["bindings"]
    pairs = {(row["d"]["value"], row["f"]["value"]) for row in answer}
    assert page.text.count('<tr data-edge="') == len(pairs)
    assert "Delay" in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{PAIRS} LIMIT 1", "Things of 1 row"),
        (f"{MADE} LIMIT 1", "What 2 statements say"),
        ("CONSTRUCT { ?d fl:date ?x } { ?d fl:date ?x } LIMIT 1", "What 1 statement says"),
    ],
)
def test_a_graph_says_how_much_it_is_of(client: TestClient, query: str, said: str) -> None:
    assert re.search(rf"{said}\b", ask(client, query, show="graph").text)


def test_a_graph_that_was_cut_says_so(client: TestClient) -> None:
    rows = ask(client, "SELECT ?s ?o { ?s fl:evidencedBy|rdf:type ?o }", show="graph")
    assert re.search(rf"Things of the first [\d,]+ of [\d,]+ rows; {LIMIT} things", rows.text)
    assert f"{LIMIT} things are drawn at most" in rows.text
    made = ask(client, "CONSTRUCT WHERE { ?s ?p ?o }", show="graph")
    assert re.search(rf"of [\d,]+ things the {LIMIT} with most links are drawn", made.text)
    assert "the answer itself was cut before that" in made.text


def test_blank_nodes_and_gaps_are_drawn(client: TestClient) -> None:
    query = (
        "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (fault:delay UNDEF fl:x) (fl:x fl:y UNDEF) "
        "(UNDEF UNDEF fl:z) } }"
    )
    page = ask(client, query, show="graph").text
    assert page.count('<tr data-edge="') == 2
    made = ask(client, "CONSTRUCT { _:a fl:of ?f } { ?d fl:faultType ?f }", show="graph")
    assert made.status_code == 200


@pytest.mark.parametrize("query", [PAIRS, MADE, "ASK { ?s ?p ?o }"])
def test_answers_as_turtle_and_graphml(client: TestClient, query: str) -> None:
    turtle = client.get("/sparql", params={"query": query, "download": "ttl"})
    assert turtle.status_code == 200
    assert len(rdflib.Graph().parse(data=turtle.text, format="turtle")) > 0
    graphml = client.get("/sparql", params={"query": query, "download": "graphml"})
    assert len(nx.parse_graphml(graphml.text)) > 0
    assert 'filename="result.graphml"' in graphml.headers["content-disposition"]


def test_a_cut_answer_says_so_in_every_file(client: TestClient) -> None:
    for format in ("csv", "json", "ttl", "graphml"):
        query = {"query": "SELECT * { ?s ?p ?o }", "download": format}
        assert client.get("/sparql", params=query).headers["faultlines-truncated"] == "true"


def test_every_question_is_an_example_that_runs(sample_kg: KnowledgeGraph) -> None:
    with TestClient(create_app(sample_kg), base_url="http://127.0.0.1") as client:
        text = client.get("/sparql", headers={"accept": "text/html"}).text
        listed = text.partition('id="h-examples"')[2].partition("</ul>")[0]
        found = re.findall(r'href="([^"]+)">(.*?)</a>', listed)
        asked = {
            unescape(words): parse_qs(urlsplit(unescape(link)).query)["query"][0]
            for link, words in found
        }
        titles = [question.title for question in questions().values()]
        assert len(asked) >= 0.9 * len(titles)
        assert all(any(words.startswith(title) for title in titles) for words in asked)
        for words, query in asked.items():
            answer = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
            assert answer.status_code == 200, words
            assert list(csv.reader(io.StringIO(answer.text)))


def test_what_a_query_can_name_is_defined(client: TestClient) -> None:
    text = client.get("/sparql", headers={"accept": "text/html"}).text
    assert "A way in which the authority acted with fault." in unescape(text)
    shown_ = re.findall(r'<code>(fl:\w+)</code> <a class="soft" href="([^"]+)"', text)
    assert len(shown_) > 100
    for name, link in shown_[::12]:
        query = parse_qs(urlsplit(unescape(link)).query)["query"][0]
        assert name in query
        assert client.get("/sparql", params={"query": query}).status_code == 200


def test_hostile_words_in_charts_and_graphs(hostile_kg: KnowledgeGraph) -> None:
    query = """SELECT ?s (STRLEN(?s) AS ?n) ?d ?a
    WHERE { ?d fl:summary ?s . ?c fl:decidedBy ?d ; fl:against ?a }"""
    with TestClient(create_app(hostile_kg), base_url="http://127.0.0.1") as client:
        for how in ("chart", "graph"):
            text = ask(client, query, show=how).text
            assert "<script>window" not in text
            assert "<img" not in text
        refused = client.get("/sparql", params={"query": query, "download": "graphml"})
        assert refused.status_code == 400
        assert ask(client, query, show="<script>").status_code == 200


def test_numbers_in_words() -> None:
    assert [shown(value) for value in (0, 1234.0, 0.25, -3.5, 1e16)] == [
        *("0", "1,234", "0.25", "-3.5", "1e+16"),
    ]
