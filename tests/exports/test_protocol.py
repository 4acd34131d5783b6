"""The SPARQL endpoint as programs meet it: negotiation, datasets, errors, bounds, description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.files.negotiation import ROWS, STATEMENTS, preferred, wants_page
from exports.serve.sparql.description import SD
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import FORMATS
from graph.questions.runner import QueryRunner
from ontology.iri import DATASET, ONTOLOGY_GRAPH, REGISTERS_GRAPH

SELECT = "SELECT ?d ?date { ?d fl:date ?date } ORDER BY ?date"
CONSTRUCT = "CONSTRUCT { ?d fl:date ?date } { ?d fl:date ?date }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"
HERE = "ASK { ?s a fl:Council }"
"""True in the graph of registers alone, and in the union."""


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    app = create_app(kg, timeout=2.0, max_rows=50)
    with TestClient(app, base_url="http://127.0.0.1") as made:
        yield made


def ask(client: TestClient, query: str, accept: str = "*/*", **parameters: Any) -> Any:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"accept": accept})


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
        ("text/html;q=0.2, application/sparql-results+xml", "application/sparql-results+xml"),
    ],
)
def test_select_is_negotiated(client: TestClient, accept: str, answered: str) -> None:
    response = ask(client, SELECT, accept)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == answered
    assert response.headers["vary"] == "Accept"
    format = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}.get(
        answered[-4:].strip("+")
    )
    if format:
        found = ox.parse_query_results(response.content, format=format)
        assert isinstance(found, ox.QuerySolutions)
        assert len(list(found)) == 4


@pytest.mark.parametrize("media_type", ROWS)
def test_ask_is_answered(client: TestClient, media_type: str) -> None:
    response = ask(client, HERE, media_type)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "true" in response.text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader
@pytest.mark.parametrize(
    ("accept", "reader"),
    [
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
        ("text/plain", "nt"),
    ],
)
def test_construct_is_negotiated(client: TestClient, accept: str, reader: str) -> None:
    for query, size in ((CONSTRUCT, 4), ("DESCRIBE fault:delay", None)):
        response = ask(client, query, accept)
        found = rdflib.Graph().parse(data=response.text, format=reader)
        assert len(found) == size or size is None
        assert len(found) > 0


def test_what_cannot_be_given_is_406_before_it_is_asked(client: TestClient) -> None:
    for query, accept in (
        (ENDLESS, "image/png"),
        (CONSTRUCT, "text/csv"),
        (ENDLESS, "text/turtle"),
    ):
        response = ask(client, query, accept)
        assert response.status_code == 406
        assert response.elapsed.total_seconds() < 1
        assert response.headers["vary"] == "Accept"
    assert "text/csv" in ask(client, SELECT, "text/turtle").text
    unwritable = "CONSTRUCT { ?d <http://e/1> 1 } { ?d a fl:Decision }"
    refused = ask(client, unwritable, "application/rdf+xml")
    assert refused.status_code == 406
    assert "http://e/1" in refused.text
    assert ask(client, unwritable, "text/turtle").status_code == 200


def test_a_query_may_be_posted(client: TestClient) -> None:
    form = client.post("/sparql", data={"query": SELECT}, headers={"accept": "text/csv"})
    kinds = [
        'application/sparql-query; charset="UTF-8"',
        "application/sparql-query",
        "Application/SPARQL-Query;charset=utf-8",
    ]
    for kind in kinds:
        raw = client.post(
            "/sparql", content=SELECT, headers={"content-type": kind, "accept": "text/csv"}
        )
        assert form.text == raw.text
    assert form.text.count("\r\n") == 5


def test_every_way_of_encoding_reads_the_same(client: TestClient) -> None:
    query = 'SELECT ("é+ ☃%2B" AS ?x) {}'
    expected = "x\r\né+ ☃%2B\r\n"
    plus = quote(query, safe="").replace("%20", "+")
    headers = {"accept": "text/csv"}
    for encoded in (quote(query, safe=""), plus):
        assert client.get(f"/sparql?query={encoded}", headers=headers).text == expected
        kind = {"content-type": "application/x-www-form-urlencoded"}
        posted = client.post("/sparql", content=f"query={encoded}", headers={**headers, **kind})
        assert posted.text == expected
    kind = {"content-type": "application/sparql-query"}
    assert client.post("/sparql", content=query, headers={**headers, **kind}).text == expected


@pytest.mark.parametrize("bad", [b"\xff", "é".encode("latin-1"), b"\xed\xa0\x80"])
def test_bytes_that_are_not_utf_8_are_400(client: TestClient, bad: bytes) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    direct = {"content-type": "application/sparql-query"}
    responses = [
        client.get("/sparql?query=ASK%7B%7D%23" + quote(bad)),
        client.post("/sparql", content=b"query=ASK%7B%7D%23" + bad, headers=form),
        client.post("/sparql", content=b"query=" + quote(b"ASK{}#" + bad).encode(), headers=form),
        client.post("/sparql", content=b"ASK{}#" + bad, headers=direct),
    ]
    assert [response.status_code for response in responses] == [400] * 4
    assert all("UTF-8" in response.text for response in responses)


QUERIES = st.lists(
    st.sampled_from(
        [
            *("SELECT", "*", "{", "}", "?s ?p ?o", "FROM", "NAMED", "SERVICE", "GRAPH", "BASE"),
            *("PREFIX", "a:", "<x>", "<http://e/>", "'", '"', "#", "\\", "LOAD", "ASK", "(", ")"),
            *("COUNT", "AS", "?n", "LIMIT", "-1", "1e999", "\x00", "\ud7ff", "\U0001f600"),
        ]
    )
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(query=QUERIES, accept=st.text(st.characters(codec="latin-1", categories=("L", "P", "S"))))
def test_no_query_and_no_accept_is_a_fault_of_the_server(
    client: TestClient, query: str, accept: str
) -> None:
    headers = {b"accept": accept.encode("latin-1")}
    response = client.post("/sparql", data={"query": query}, headers=headers)
    assert response.status_code in {200, 400, 403, 406}


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=60), kind=st.sampled_from(["form", "query", "address"]))
def test_no_bytes_are_a_fault_of_the_server(client: TestClient, content: bytes, kind: str) -> None:
    if kind == "address":
        response = client.get("/sparql?query=" + quote(content, safe="&=%+"))
    else:
        media_type = {
            "form": "application/x-www-form-urlencoded",
            "query": "application/sparql-query",
        }[kind]
        response = client.post("/sparql", content=content, headers={"content-type": media_type})
    assert response.status_code in {200, 400, 403}


def test_head_is_get_without_its_body(client: TestClient) -> None:
    address = "/sparql?query=" + quote(SELECT)
    get, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == get.headers[name]


def test_a_dataset_is_what_the_parameters_name(client: TestClient) -> None:
    def true(query: str, **parameters: Any) -> bool:
        found = ask(client, query, **parameters).json()["boolean"]
        assert isinstance(found, bool)
        return found

    default, named = "default-graph-uri", "named-graph-uri"
    inside = "ASK { GRAPH ?g { ?s a fl:Council } }"
    assert true(HERE)
    assert true(HERE, **{default: REGISTERS_GRAPH})
    assert not true(HERE, **{default: ONTOLOGY_GRAPH})
    assert true(HERE, **{default: [ONTOLOGY_GRAPH, REGISTERS_GRAPH]})
    # what is not named is not there: no default graph, or no named graphs
    assert not true(HERE, **{named: REGISTERS_GRAPH})
    assert true(inside, **{named: REGISTERS_GRAPH})
    assert not true(inside, **{default: REGISTERS_GRAPH})
    assert not true(inside, **{named: ONTOLOGY_GRAPH})
    # and what the query names gives way
    from_there = HERE.replace("{", f"FROM <{ONTOLOGY_GRAPH}> {{", 1)
    assert not true(from_there)
    assert true(from_there, **{default: REGISTERS_GRAPH})
    named_there = inside.replace("{", f"FROM NAMED <{ONTOLOGY_GRAPH}> {{", 1)
    assert not true(named_there)
    assert true(named_there, **{named: REGISTERS_GRAPH})


def test_a_dataset_may_be_named_in_the_address_of_any_post(client: TestClient) -> None:
    address = f"/sparql?default-graph-uri={quote(ONTOLOGY_GRAPH)}"
    direct = {"content-type": "application/sparql-query"}
    assert client.post(address, content=HERE, headers=direct).json()["boolean"] is False
    assert client.post(address, data={"query": HERE}).json()["boolean"] is False
    both = {"query": HERE, "default-graph-uri": REGISTERS_GRAPH}
    assert client.post(address, data=both).json()["boolean"] is True


def test_from_narrows_the_union(client: TestClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    sizes = [
        int(ask(client, count.format(clause)).json()["results"]["bindings"][0]["n"]["value"])
        for clause in ("", f"FROM <{REGISTERS_GRAPH}>", f"FROM NAMED <{REGISTERS_GRAPH}>")
    ]
    assert sizes[0] > sizes[1] > 0
    assert sizes[2] == 0


@pytest.mark.parametrize("graph", ["http://e/nowhere", "file:///etc/passwd", "nowhere", ""])
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_not_here_is_named(client: TestClient, name: str, graph: str) -> None:
    named: dict[str, Any] = {name: [REGISTERS_GRAPH, graph]}
    response = ask(client, HERE, **named)
    assert response.status_code == 400
    assert f"<{graph}>" in response.text
    assert "GRAPH ?g" in response.text


def test_relative_iris_are_resolved_against_the_endpoint(client: TestClient) -> None:
    found = ask(client, "SELECT (<#x> AS ?x) (<y> AS ?y) {}", "text/csv").text
    assert found == "x,y\r\nhttp://127.0.0.1/sparql#x,http://127.0.0.1/y\r\n"
    based = REGISTERS_GRAPH.removesuffix("registers")
    query = f"BASE <{based}> SELECT (COUNT(*) AS ?n) FROM <registers> {{ ?s a fl:Council }}"
    assert int(ask(client, query, "text/csv").text.split()[1]) > 0


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {", 400, "line 1"),
        ("", 400, "query"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400, "file:///etc/passwd"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400, "INSERT"),
        ("LOAD <file:///etc/passwd>", 400, "LOAD"),
        ("DROP ALL", 400, "DROP"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("ASK {} #" + "x" * 150_000, 400, "characters"),
        (ENDLESS, 503, "longer than 2 seconds"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: TestClient, query: str, status: int, words: str
) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == status
    assert words in response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert "retry-after" not in response.headers
    assert ask(client, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/x-www-form-urlencoded", "update=CLEAR%20ALL"),
        ("application/x-www-form-urlencoded", "query=ASK%20%7B%7D&update=CLEAR%20ALL"),
        ("application/sparql-update", "LOAD <file:///etc/passwd>"),
        ("application/sparql-update", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
    ],
)
def test_updates_are_refused(client: TestClient, kind: str, content: str) -> None:
    response = client.post("/sparql", content=content, headers={"content-type": kind})
    assert response.status_code == 403
    assert "only be read" in response.text
    assert ask(client, "ASK { <urn:a> ?p ?o }").json()["boolean"] is False


def test_other_requests_are_refused(client: TestClient) -> None:
    def post(content: str | bytes, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post("/sparql", content=content, headers=named)

    query_type = "application/sparql-query"
    wrong = post("ASK {}", content_type="text/plain")
    assert wrong.status_code == 415
    assert query_type in wrong.headers["accept"]
    assert post("ASK {}").status_code == 415
    assert post("ASK {}", content_type=query_type, content_encoding="gzip").status_code == 415
    utf_16 = post("ASK {}".encode("utf-16"), content_type=f"{query_type}; charset=UTF-16")
    assert utf_16.status_code == 415
    assert post("x" * 300_000, content_type=query_type).status_code == 413
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        response = client.request(method, "/sparql?query=ASK%7B%7D")
        assert response.status_code == 405
        assert response.headers["content-type"].startswith("text/plain")
        assert {word.strip() for word in response.headers["allow"].split(",")} == {
            *("GET", "HEAD", "POST")
        }
    twice = client.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D")
    assert (twice.status_code, "2 queries" in twice.text) == (400, True)
    both = client.post(
        "/sparql?query=ASK%7B%7D", content="ASK {}", headers={"content-type": query_type}
    )
    assert both.status_code == 400
    assert client.get(f"/sparql?default-graph-uri={quote(REGISTERS_GRAPH)}").status_code == 400
    assert client.post("/sparql", data={"other": "x"}).status_code == 400
    many = "&".join(["default-graph-uri=urn:x"] * 2000)
    assert client.get(f"/sparql?query=ASK%7B%7D&{many}").status_code == 400


def test_parameters_of_other_servers_are_passed_over(client: TestClient) -> None:
    parameters = {"format": "json", "output": "json", "timeout": "5000", "results": "json"}
    response = ask(client, SELECT, "text/csv", **parameters)
    assert response.headers["content-type"].startswith("text/csv")
    assert "content-disposition" not in response.headers


def test_no_path_of_this_computer_is_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    app = create_app(kg)
    runner = app.state.site.runner = QueryRunner(tmp_path / "gone", workers=1)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        response = ask(client, SELECT)
    runner.close()
    assert response.status_code == 500
    assert response.text == "The graph cannot be read: start faultlines serve again.\n"


def test_a_client_that_goes_half_way_is_no_failure(client: TestClient) -> None:
    heard = iter([{"type": "http.request", "body": b"ASK", "more_body": True}])

    async def receive() -> Any:
        return next(heard, {"type": "http.disconnect"})

    async def send(_: object) -> None:
        pass

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/sparql-query")],
    }
    anyio.run(client.app, scope, receive, send)  # what it raised, a server would write to its log


@pytest.mark.parametrize("address", ["/sparql?query=ASK%7B%7D", "/decisions?format=csv", "/about"])
def test_the_page_of_another_site_may_not_ask(client: TestClient, address: str) -> None:
    def status(site: str, mode: str, to: str) -> int:
        said = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": to}
        return client.get(address, headers=said).status_code

    for other in ("cross-site", "same-site"):  # another port of this computer is the same site
        assert status(other, "no-cors", "image") == 403
        assert status(other, "no-cors", "script") == 403
        assert status(other, "cors", "empty") == 403
        assert status(other, "navigate", "iframe") == 403
        assert status(other, "navigate", "document") == 200
    assert status("same-origin", "cors", "empty") == 200
    assert status("none", "navigate", "document") == 200
    response = ask(client, SELECT)
    assert not any(name.startswith("access-control") for name in response.headers)


@pytest.mark.parametrize("media_type", [*ROWS, *STATEMENTS])
def test_a_cut_answer_says_so(client: TestClient, media_type: str) -> None:
    query = "SELECT * { ?s ?p ?o }"
    if media_type in STATEMENTS:
        query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    response = ask(client, query, media_type)
    assert response.headers["faultlines-truncated"] == "true"
    format = {**ROWS, **STATEMENTS}[media_type]
    if format in ("xml", "turtle", "ntriples", "rdfxml"):
        assert "The first 50; there are more" in response.text
    readers = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml"}
    if format in readers:
        assert len(rdflib.Graph().parse(data=response.text, format=readers[format])) == 50
    elif format == "xml":
        found = ox.parse_query_results(response.content, format=ox.QueryResultsFormat.XML)
        assert isinstance(found, ox.QuerySolutions)
        assert len(list(found)) == 50
    whole = ask(client, SELECT if media_type in ROWS else CONSTRUCT, media_type)
    assert "faultlines-truncated" not in whole.headers
    assert "there are more" not in whole.text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader
@pytest.mark.parametrize(
    ("accept", "reader"),
    [
        ("*/*", "turtle"),
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_the_endpoint_describes_itself(client: TestClient, accept: str, reader: str) -> None:
    response = client.get("/sparql", headers={"accept": accept})
    assert response.status_code == 200
    found = rdflib.Graph().parse(data=response.text, format=reader)
    sd, void = rdflib.Namespace(SD), rdflib.Namespace("http://rdfs.org/ns/void#")
    (service,) = found.subjects(rdflib.RDF.type, sd.Service)
    endpoint = rdflib.URIRef("http://127.0.0.1/sparql")
    assert found.value(service, sd.endpoint) == endpoint
    assert found.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert (service, sd.feature, sd.UnionDefaultGraph) in found
    assert len(list(found.objects(service, sd.resultFormat))) == 8
    dataset = found.value(service, sd.defaultDataset)
    assert dataset == rdflib.URIRef(DATASET)
    assert (dataset, void.sparqlEndpoint, endpoint) in found
    named = {found.value(one, sd.name): one for one in found.objects(dataset, sd.namedGraph)}
    assert rdflib.URIRef(REGISTERS_GRAPH) in named
    assert rdflib.URIRef(ONTOLOGY_GRAPH) in named
    graph = found.value(named[rdflib.URIRef(REGISTERS_GRAPH)], sd.graph)
    size = ask(client, f"SELECT (COUNT(*) AS ?n) FROM <{REGISTERS_GRAPH}> {{ ?s ?p ?o }}").json()
    assert str(found.value(graph, void.triples)) == size["results"]["bindings"][0]["n"]["value"]
    comment = str(found.value(service, rdflib.RDFS.comment))
    assert "2 seconds" in comment
    assert "50 rows" in comment


def test_the_description_is_negotiated_too(client: TestClient) -> None:
    assert client.get("/sparql", headers={"accept": "text/csv"}).status_code == 406
    page = client.get("/sparql", headers={"accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["vary"] == "Accept"


def test_every_format_is_offered_by_some_media_type() -> None:
    assert {*ROWS.values(), *STATEMENTS.values()} == {*FORMATS} - {"table"}


def test_preference_follows_weights_and_ranges() -> None:
    offered = {"text/csv": "csv", "application/json": "json"}
    assert preferred("application/json;q=0.2, text/csv;q=0.1", offered) == "application/json"
    assert preferred("*/*", offered) == "text/csv"
    assert preferred("text/csv;q=0, */*", offered) == "application/json"
    assert preferred("text/*;q=0.1, */*;q=0.5", offered) == "application/json"
    assert preferred("text/csv;q=nonsense", offered) is None
    assert preferred("text/csv;q=-1, application/json;q=0", offered) is None


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("*/*", False),
        ("text/html;q=0.5, text/turtle", False),
        ("text/html;q=0, */*", False),
        ("text/turtle, application/xhtml+xml;q=0.9, */*;q=0.8", False),
    ],
)
def test_a_page_is_for_who_wants_it_most(accept: str, page: bool) -> None:
    assert wants_page(accept) is page
