"""The W3C's tests of the SPARQL 1.1 Protocol, answered one by one over real HTTP.

The tests are those of https://github.com/w3c/rdf-tests, sparql/sparql11/protocol/manifest.ttl;
each case below carries the name of the one it answers and makes the request that it
describes. What they expect of the graphs ``data0.rdf`` to ``data3.rdf`` is put into a copy of
a graph. Tests that change something cannot apply to a graph that is only read: there the
case is that they are refused and that nothing changes.
"""

from __future__ import annotations

import http.client
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

MANIFEST = (
    *("query_post_form", "query_dataset_default_graphs_get", "query_dataset_default_graphs_post"),
    *("query_dataset_named_graphs_post", "query_dataset_named_graphs_get", "query_dataset_full"),
    *("query_multiple_dataset", "query_get", "query_content_type_select"),
    *("query_content_type_ask", "query_content_type_describe", "query_content_type_construct"),
    *("update_dataset_default_graph", "update_dataset_default_graphs"),
    *("update_dataset_named_graphs", "update_dataset_full", "update_post_form"),
    *("update_post_direct", "update_base_uri", "query_post_direct", "bad_query_method"),
    *("bad_multiple_queries", "bad_query_wrong_media_type", "bad_query_missing_form_type"),
    *("bad_query_missing_direct_type", "bad_query_non_utf8", "bad_query_syntax"),
    *("bad_update_get", "bad_multiple_updates", "bad_update_wrong_media_type"),
    *("bad_update_missing_form_type", "bad_update_non_utf8", "bad_update_syntax"),
    "bad_update_dataset_conflict",
)
"""Every test of the manifest, in its order."""

DATA = tuple(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4))
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Case:
    """A request, and what the W3C's test of that name expects of the response."""

    name: str
    method: str
    parameters: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str | None = None
    expected: str = "4xx"
    """``true``, ``tabular``, ``boolean``, ``RDF`` or ``4xx``."""
    headers: dict[str, str] = field(default_factory=dict)


def _default(*numbers: int) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", DATA[number]) for number in numbers)


def _named(*numbers: int) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", DATA[number]) for number in numbers)


def _asks(text: str) -> bytes:
    return text.encode()


BOTH = f"ASK {{ <{DATA[1]}> a ?type . <{DATA[2]}> a ?type . }}"
EACH = f"ASK {{ GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }} }}"
FULL = EACH.replace("{", f"{{ <{DATA[3]}> a ?type", 1)
OVERRIDDEN = EACH.replace("ASK", f"ASK FROM <{DATA[3]}>", 1)

CASES = (
    Case("query_post_form", "POST", _default(0), b"query=ASK%20%7B%7D", FORM, "true"),
    Case(
        "query_dataset_default_graphs_get",
        "GET",
        (("query", BOTH), *_default(1, 2)),
        expected="true",
    ),
    Case("query_dataset_default_graphs_post", "POST", _default(1, 2), _asks(BOTH), QUERY, "true"),
    Case("query_dataset_named_graphs_post", "POST", _named(1, 2), _asks(EACH), QUERY, "true"),
    Case(
        "query_dataset_named_graphs_get", "GET", (("query", EACH), *_named(1, 2)), expected="true"
    ),
    Case("query_dataset_full", "POST", (*_default(3), *_named(1, 2)), _asks(FULL), QUERY, "true"),
    Case("query_multiple_dataset", "POST", _named(1, 2), _asks(OVERRIDDEN), QUERY, "true"),
    Case("query_get", "GET", (("query", "ASK {}"), *_default(0)), expected="true"),
    Case(
        "query_content_type_select",
        "POST",
        _default(0),
        b"SELECT (1 AS ?value) {}",
        QUERY,
        "tabular",
    ),
    Case("query_content_type_ask", "POST", _default(0), b"ASK {}", QUERY, "boolean"),
    Case(
        "query_content_type_describe",
        "POST",
        _default(0),
        b"DESCRIBE <http://example.org/>",
        QUERY,
        "RDF",
    ),
    Case(
        "query_content_type_construct",
        "POST",
        _default(0),
        b"CONSTRUCT { <s> <p> 1 } WHERE {}",
        QUERY,
        "RDF",
    ),
    Case("query_post_direct", "POST", (), b"ASK {}", QUERY, "true"),
    Case("bad_query_method", "PUT", (("query", "ASK {}"), *_default(0)), kind=FORM),
    Case("bad_multiple_queries", "GET", (("query", "ASK {}"), ("query", "SELECT * {}"))),
    Case("bad_query_wrong_media_type", "POST", (), b"ASK {}", "text/plain"),
    Case("bad_query_missing_form_type", "POST", (), b"query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "POST", (), b"ASK {}"),
    Case("bad_query_non_utf8", "POST", (), "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    Case("bad_query_syntax", "GET", (("query", "ASK {"),)),
    Case("bad_update_get", "GET", (("update", "CLEAR ALL"),)),
    Case("bad_multiple_updates", "POST", (), b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    Case("bad_update_wrong_media_type", "POST", (), b"CLEAR NAMED", "text/plain"),
    Case("bad_update_missing_form_type", "POST", (), b"update=CLEAR%20NAMED"),
    Case(
        "bad_update_non_utf8",
        "POST",
        (),
        "CLEAR NAMED".encode("utf-16"),
        f"{UPDATE}; charset=UTF-16",
    ),
    Case("bad_update_syntax", "POST", (), b"update=CLEAR%20XYZ", FORM),
    Case(
        "bad_update_dataset_conflict",
        "POST",
        (("using-named-graph-uri", "http://example/people"),),
        b"PREFIX foaf: <http://xmlns.com/foaf/0.1/> WITH <http://example/addresses> "
        b"DELETE { ?person foaf:givenName 'Bill' } INSERT { ?person foaf:givenName 'William' } "
        b"WHERE { ?person foaf:givenName 'Bill' }",
        UPDATE,
    ),
)
"""What applies to an endpoint for queries, and what every endpoint must refuse."""

_USING = (("using-graph-uri", DATA[1]),)
_INSERT = (
    f"CLEAR ALL ; INSERT DATA {{ GRAPH <{DATA[1]}> {{ <{DATA[1]}> a <http://e/Document> }} }}"
).encode()
NOT_APPLICABLE = (
    Case("update_dataset_default_graph", "POST", _USING, _INSERT, UPDATE),
    Case("update_dataset_default_graphs", "POST", _USING * 2, _INSERT, UPDATE),
    Case(
        "update_dataset_named_graphs",
        "POST",
        (("using-named-graph-uri", DATA[1]),),
        _INSERT,
        UPDATE,
    ),
    Case(
        "update_dataset_full",
        "POST",
        (*_USING, ("using-named-graph-uri", DATA[2])),
        _INSERT,
        UPDATE,
    ),
    Case("update_post_form", "POST", (), b"update=CLEAR+ALL", FORM),
    Case("update_post_direct", "POST", (), b"CLEAR ALL", UPDATE),
    Case(
        "update_base_uri",
        "POST",
        (),
        b"CLEAR GRAPH <http://example.org/protocol-base-test/> ; INSERT DATA { GRAPH "
        b"<http://example.org/protocol-base-test/> { <http://example.org/s> "
        b"<http://example.org/p> <test> } }",
        UPDATE,
    ),
)
"""Tests of an update that succeeds; the graph can only be read."""

Send = Callable[[Case], tuple[int, str, bytes]]


@pytest.fixture(scope="module")
def app(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    """A graph that also holds the four graphs of the W3C's tests."""
    folder = tmp_path_factory.mktemp("w3c") / "kg"
    shutil.copytree(kg.folder, folder)
    _add_data(folder / kg.manifest.generation / "store")
    with KnowledgeGraph.open(folder) as graph:
        yield create_app(graph)


def _add_data(path: Path) -> None:
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    a = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store = ox.Store(str(path))
    for address in map(ox.NamedNode, DATA):
        store.add(ox.Quad(address, a, document, address))
    store.flush()


@pytest.fixture(scope="module", params=["in process", "over HTTP"])
def send(app: Starlette, request: pytest.FixtureRequest) -> Iterator[Send]:
    """Sends a case; gives status, media type and body."""
    if request.param == "in process":
        with TestClient(app, base_url="http://127.0.0.1") as client:

            def in_process(case: Case) -> tuple[int, str, bytes]:
                found = client.request(
                    case.method, _target(case), content=case.body, headers=_headers(case)
                )
                return found.status_code, _media_type(found.headers["content-type"]), found.content

            yield in_process
        return
    with served(app) as address:

        def over_http(case: Case) -> tuple[int, str, bytes]:
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
            try:
                connection.request(case.method, _target(case), case.body, _headers(case))
                response = connection.getresponse()
                media_type = _media_type(response.headers["content-type"])
                return response.status, media_type, response.read()
            finally:
                connection.close()

        yield over_http


def _target(case: Case) -> str:
    pairs = [f"{name}={quote(value, safe='')}" for name, value in case.parameters]
    return "/sparql" + ("?" + "&".join(pairs) if pairs else "")


def _headers(case: Case) -> dict[str, str]:
    return {**case.headers, **({"content-type": case.kind} if case.kind else {})}


def _media_type(header: str) -> str:
    return header.partition(";")[0].strip()


def _boolean(media_type: str, body: bytes) -> bool:
    if media_type.endswith("json"):
        found = json.loads(body)["boolean"]
        assert isinstance(found, bool)
        return found
    assert media_type == "application/sparql-results+xml"
    text = ET.fromstring(body).findtext("{http://www.w3.org/2005/sparql-results#}boolean")
    return text == "true"


def test_every_test_of_the_manifest_has_its_case() -> None:
    names = [case.name for case in (*CASES, *NOT_APPLICABLE)]
    assert len(MANIFEST) == 34
    assert sorted(names) == sorted(MANIFEST)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_w3c(send: Send, case: Case) -> None:
    status, media_type, body = send(case)
    if case.expected == "4xx":
        assert 400 <= status < 500
        return
    assert status == 200, body
    if case.expected in ("true", "boolean"):
        assert _boolean(media_type, body) is True
    elif case.expected == "tabular":
        assert media_type == "application/sparql-results+json"
        assert json.loads(body)["results"]["bindings"][0]["value"]["value"] == "1"
    else:
        assert media_type == "text/turtle"
        assert len(list(ox.parse(body, format=ox.RdfFormat.TURTLE))) == ("construct" in case.name)


@pytest.mark.parametrize(
    "media_type", ["application/sparql-results+xml", "application/sparql-results+json"]
)
@pytest.mark.parametrize(
    "case", [case for case in CASES if case.expected == "true"], ids=lambda case: case.name
)
def test_w3c_in_either_format(send: Send, case: Case, media_type: str) -> None:
    case.headers["accept"] = media_type
    try:
        status, answered, body = send(case)
    finally:
        del case.headers["accept"]
    assert (status, answered) == (200, media_type)
    assert _boolean(answered, body) is True


@pytest.mark.parametrize("case", NOT_APPLICABLE, ids=lambda case: case.name)
def test_w3c_updates_are_refused_and_change_nothing(send: Send, case: Case) -> None:
    status, _, body = send(case)
    assert (status, b"only be read" in body) == (403, True)
    whole = Case("", "POST", (), _asks(EACH), QUERY)
    _, media_type, found = send(whole)
    assert _boolean(media_type, found) is True


def test_the_dataset_of_the_manifest_is_encoded_twice(send: Send) -> None:
    """``query_multiple_dataset`` is written with ``%26`` for ``&``: that names one odd graph."""
    written = (("named-graph-uri", f"{DATA[1]}&named-graph-uri={DATA[2]}"),)
    status, _, body = send(Case("", "POST", written, _asks(OVERRIDDEN), QUERY))
    assert status == 400
    assert b"no named graph" in body
