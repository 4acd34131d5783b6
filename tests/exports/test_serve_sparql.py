"""SPARQL for people: the page at the endpoint's address, downloads and named questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from starlette.testclient import TestClient

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import FORMATS
from ontology.iri import ONTOLOGY_GRAPH, REGISTERS_GRAPH

SELECT = "SELECT ?d ?date { ?d fl:date ?date } ORDER BY ?date"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    app = create_app(kg, timeout=2.0, max_rows=50)
    with TestClient(app, base_url="http://127.0.0.1") as made:
        yield made


def get(client: TestClient, query: str, format: str) -> Any:
    return client.get("/sparql", params={"query": query, "download": format})


def ask(client: TestClient, query: str, accept: str = "*/*") -> Any:
    return client.get("/sparql", params={"query": query}, headers={"accept": accept})


def test_a_cut_answer_says_so(client: TestClient) -> None:
    page = ask(client, "SELECT * { ?s ?p ?o }", "text/html").text
    assert "there are more" in page
    assert "there are more" not in ask(client, SELECT, "text/html").text


def test_a_killed_query_leaves_the_server_answering(client: TestClient) -> None:
    response = ask(client, ENDLESS, "text/html")
    assert response.status_code == 503
    assert "longer than 2 seconds" in response.text
    assert ask(client, "ASK {}").json()["boolean"] is True
    assert client.get("/").status_code == 200


def test_the_page_shows_words_and_links(client: TestClient) -> None:
    query = "SELECT ?d ?f ?date { ?d fl:hasFinding/fl:faultType ?f ; fl:date ?date }"
    text = ask(client, query, "text/html,application/xhtml+xml,*/*;q=0.8").text
    assert '<a href="/fault/delay"' in text
    assert '<a href="/decision/22-900-014/X08000001"' in text
    assert "15 September 2022" in text
    assert "download=csv" in text
    full = client.get(
        "/sparql", params={"query": query, "view": "full"}, headers={"accept": "text/html"}
    ).text
    assert "<textarea" not in full
    assert "/fault/delay" in full


def test_the_page_shows_a_mistake_with_its_place(client: TestClient) -> None:
    response = ask(client, "SELECT * {\n ?s ?p }", "text/html")
    assert response.status_code == 400
    assert "line 2" in response.text
    assert "?s ?p }" in response.text


def test_downloads_are_defused_and_the_endpoint_exact(client: TestClient) -> None:
    query = 'SELECT ("=1+1" AS ?x) {}'
    assert ask(client, query, "text/csv").text == "x\r\n=1+1\r\n"
    download = get(client, query, "csv")
    assert download.text == "x\r\n'=1+1\r\n"
    assert "attachment" in download.headers["content-disposition"]
    assert get(client, query, "turtle").status_code == 400
    assert get(client, query, "doc").status_code == 400
    assert get(client, "SELECT", "csv").status_code == 400
    assert client.get("/sparql?download=csv").status_code == 400


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_can_be_downloaded(client: TestClient, format: str) -> None:
    made = get(client, "CONSTRUCT { ?d fl:date ?x } { ?d fl:date ?x }", format)
    assert made.status_code == 200
    assert made.headers["content-type"].startswith(FORMATS[format].media_type)
    name = f"result.{FORMATS[format].extension}"
    assert made.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_the_page_keeps_the_graphs_of_its_address(client: TestClient) -> None:
    graphs = [("default-graph-uri", REGISTERS_GRAPH), ("default-graph-uri", ONTOLOGY_GRAPH)]
    query = "SELECT (COUNT(*) AS ?n) { ?s a fl:Council }"
    response = client.get(
        "/sparql", params=[("query", query), *graphs], headers={"accept": "text/html"}
    )
    assert response.status_code == 200
    for graph in (REGISTERS_GRAPH, ONTOLOGY_GRAPH):
        assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in response.text
    (link,) = re.findall(r'href="([^"]*download=csv)"', response.text)
    kept = parse_qsl(unescape(link).partition("?")[2])
    assert kept == [("query", query), *graphs, ("download", "csv")]
    missing = client.get(
        "/sparql",
        params={"query": query, "named-graph-uri": "http://e/<script>"},
        headers={"accept": "text/html"},
    )
    assert missing.status_code == 400
    assert "no named graph &lt;http://e/&lt;script&gt;&gt;" in missing.text
    assert "<script>" not in missing.text


def test_the_examples_on_the_page_run(client: TestClient) -> None:
    from graph.questions.question import questions

    for question in questions().values():
        if not any(parameter.required for parameter in question.parameters):
            response = client.get("/sparql?query=" + quote(question.sparql()))
            assert response.status_code == 200, question.name
            assert "bindings" in json.loads(response.text)["results"]


def test_a_question_with_a_misspelt_council_helps(client: TestClient) -> None:
    response = client.get("/question/faults-by-council?council=Tarnbek")
    assert response.status_code == 400
    assert "Tarnbeck Metropolitan Borough Council" in response.text
