"""The SPARQL endpoint: the protocol, its refusals, and the page at the same address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.sparql import preferred
from graph.knowledge_graph import KnowledgeGraph

SELECT = "SELECT ?d ?date { ?d fl:date ?date } ORDER BY ?date"
CONSTRUCT = "CONSTRUCT { ?d fl:date ?date } { ?d fl:date ?date }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    app = create_app(kg, timeout=2.0, max_rows=50)
    with TestClient(app, base_url="http://127.0.0.1") as made:
        yield made


def ask(client: TestClient, query: str, accept: str = "*/*") -> Any:
    return client.get("/sparql", params={"query": query}, headers={"accept": accept})


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/turtle, application/*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_select_is_negotiated(client: TestClient, accept: str, answered: str) -> None:
    response = ask(client, SELECT, accept)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == answered
    format = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}.get(
        answered[-4:].strip("+")
    )
    if format:
        found = ox.parse_query_results(response.content, format=format)
        assert isinstance(found, ox.QuerySolutions)
        assert len(list(found)) == 4


def test_ask_is_answered(client: TestClient) -> None:
    assert ask(client, "ASK {}").json() == {"head": {}, "boolean": True}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader
@pytest.mark.parametrize(
    ("accept", "reader"),
    [
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_construct_is_negotiated(client: TestClient, accept: str, reader: str) -> None:
    response = ask(client, CONSTRUCT, accept)
    assert len(rdflib.Graph().parse(data=response.text, format=reader)) == 4


def test_what_cannot_be_given_is_406(client: TestClient) -> None:
    assert ask(client, SELECT, "image/png").status_code == 406
    assert ask(client, CONSTRUCT, "text/csv").status_code == 406
    assert ask(client, SELECT, "text/turtle").status_code == 406


def test_a_query_may_be_posted(client: TestClient) -> None:
    form = client.post("/sparql", data={"query": SELECT}, headers={"accept": "text/csv"})
    raw = client.post(
        "/sparql",
        content=SELECT,
        headers={"content-type": "application/sparql-query; charset=utf-8", "accept": "text/csv"},
    )
    assert form.text == raw.text
    assert form.text.count("\r\n") == 5


def test_updates_are_405(client: TestClient) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    responses = [
        client.post("/sparql", data={"update": update}),
        client.post(
            "/sparql", content=update, headers={"content-type": "application/sparql-update"}
        ),
        client.put("/sparql", content=update),
    ]
    assert [response.status_code for response in responses] == [405, 405, 405]
    assert "GET" in responses[0].headers["allow"]
    assert ask(client, update).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {",
        "",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    ],
)
def test_a_bad_query_is_400_with_a_message(client: TestClient, query: str) -> None:
    response = ask(client, query)
    assert response.status_code == 400
    assert "query" in response.text
    assert response.headers["content-type"].startswith("text/plain")


def test_other_requests_are_refused(client: TestClient) -> None:
    assert client.get("/sparql").status_code == 400
    assert (
        client.post("/sparql", content="x", headers={"content-type": "text/plain"}).status_code
        == 415
    )
    assert (
        client.post(
            "/sparql", content="x" * 300_000, headers={"content-type": "application/sparql-query"}
        ).status_code
        == 413
    )
    graphs = {"query": SELECT, "default-graph-uri": "http://e/"}
    assert client.get("/sparql", params=graphs).status_code == 400


def test_a_cut_answer_says_so(client: TestClient) -> None:
    response = ask(client, "SELECT * { ?s ?p ?o }")
    assert response.headers["faultlines-truncated"] == "true"
    assert len(response.json()["results"]["bindings"]) == 50
    page = ask(client, "SELECT * { ?s ?p ?o }", "text/html").text
    assert "there are more" in page
    assert "faultlines-truncated" not in ask(client, SELECT).headers


def test_a_killed_query_leaves_the_server_answering(client: TestClient) -> None:
    response = ask(client, ENDLESS)
    assert response.status_code == 400
    assert "longer than 2 seconds" in response.text
    assert ask(client, "ASK {}").json()["boolean"] is True
    assert client.get("/").status_code == 200


def test_the_page_shows_words_and_links(client: TestClient) -> None:
    query = "SELECT ?d ?f ?date { ?d fl:hasFinding/fl:faultType ?f ; fl:date ?date }"
    text = ask(client, query, "text/html,application/xhtml+xml,*/*;q=0.8").text
    assert '<a href="/fault/delay"' in text
    assert '<a href="/decision/22-900-014/X08000001"' in text
    assert "15 September 2022" in text
    assert "format=csv" in text
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
    download = client.get("/sparql", params={"query": query, "format": "csv"})
    assert download.text == "x\r\n'=1+1\r\n"
    assert "attachment" in download.headers["content-disposition"]
    assert client.get("/sparql", params={"query": query, "format": "turtle"}).status_code == 400
    assert client.get("/sparql", params={"query": query, "format": "doc"}).status_code == 400


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


def test_preference_follows_weights_and_ranges() -> None:
    offered = {"text/csv": "csv", "application/json": "json"}
    assert preferred("application/json;q=0.2, text/csv;q=0.1", offered) == "json"
    assert preferred("*/*", offered) is None
    assert preferred("*/*", offered, full=True) == "text/csv"
    assert preferred("text/csv;q=0, */*", offered, full=True) == "application/json"
    assert preferred("text/csv;q=nonsense", offered) is None
