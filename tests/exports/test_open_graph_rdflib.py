"""The graph through rdflib: the same store, the same answers, and no way to change it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.sparql import prepareQuery

import faultlines
from exports.open_graph.rdflib_dataset import dataset
from graph.errors import QueryError, StoreError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.results import Rows
from graph.questions.runner import answer
from ontology import iri as mint
from ontology.prefixes import PREFIXES
from tests import factories

# rdflib's own Dataset.triples asks for what rdflib has deprecated
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")

FL = "https://w3id.org/faultlines/ns#"
EDUCATION = URIRef("https://w3id.org/faultlines/id/decision/22-900-014/X08000001")
GRAPH = URIRef(mint.decision_graph(str(EDUCATION)))
NOTHING = (URIRef("http://example.org/a"), URIRef("http://example.org/b"), Literal("c"))


@pytest.fixture
def made(kg: KnowledgeGraph) -> Dataset:
    return dataset(kg.store)


def test_it_is_a_dataset_of_the_same_store(kg: KnowledgeGraph, made: Dataset) -> None:
    assert type(made) is Dataset
    store: Any = made.store
    assert store._inner._store is kg.store.raw
    assert set(made.namespaces()) == {(p, URIRef(n)) for p, n in PREFIXES.items()}


def test_nothing_is_copied(tmp_path: Path) -> None:
    """A graph of 60 decisions opens as fast as one of 2: in much less time than one reading."""
    times = {}
    for count in (2, 60):
        folder = tmp_path / str(count)
        factories.build_graph(factories.many(count), folder).close()
        with faultlines.open(folder) as graph:
            graph.rdflib()  # loads rdflib
            times[count] = min(_timed(graph.rdflib) for _ in range(5))
            made = graph.rdflib()
            reading = _timed(lambda made=made: list(made.quads()))  # type: ignore[misc]
    assert times[60] < reading / 20


def _timed(doing: Callable[[], object]) -> float:
    started = time.perf_counter()
    doing()
    return time.perf_counter() - started


def test_the_default_graph_is_the_union_as_a_set(kg: KnowledgeGraph, made: Dataset) -> None:
    triples = list(made.triples((None, None, None)))
    assert len(triples) == len(set(triples)) == len(made)
    quads = list(made.quads())
    assert len(quads) == len(kg.store)
    assert {(s, p, o) for s, p, o, _ in quads} == set(triples)
    assert len(quads) > len(triples)  # labels of shared provisions stand in several graphs
    for pattern in ((None, RDF.type, None), (None, None, URIRef(FL + "Authority"))):
        found = list(made.triples(pattern))
        assert len(found) == len(set(found)) > 10
        graphs = {g for *_, g in made.quads((*pattern, None))}
        assert GRAPH in graphs
        assert URIRef(mint.REGISTERS_GRAPH) in graphs


def test_named_graphs_are_listed_and_read(kg: KnowledgeGraph, made: Dataset) -> None:
    listed = {str(graph.identifier) for graph in made.graphs()}
    assert listed - {"urn:x-rdflib:default"} == set(kg.store.names)
    one = made.graph(GRAPH)
    assert len(one) == sum(1 for *_, g in made.quads() if g == GRAPH)
    assert one.value(EDUCATION, URIRef(FL + "reference")) is not None
    assert (EDUCATION, RDF.type, URIRef(FL + "Decision")) in made
    rows = one.query("SELECT DISTINCT ?d WHERE { ?d a fl:Decision }")
    assert [row[0] for row in rows] == [EDUCATION]  # type: ignore[index]
    assert len(one.serialize(format="turtle")) > 1000


@pytest.mark.parametrize(
    "name",
    [q.name for q in questions().values() if not any(p.required for p in q.parameters)],
)
def test_a_query_gives_the_rows_of_the_store(kg: KnowledgeGraph, made: Dataset, name: str) -> None:
    sparql = questions()[name].sparql({})
    ours = answer(kg.store, sparql, 100_000)
    assert isinstance(ours, Rows)
    theirs = made.query(sparql)
    assert [str(variable) for variable in theirs.vars or ()] == list(ours.variables)
    rows = [tuple(None if t is None else str(t) for t in row) for row in theirs]  # type: ignore[union-attr]
    assert rows == [tuple(t and t.value for t in row) for row in ours.rows]


def test_the_store_answers_and_not_rdflib(
    kg: KnowledgeGraph, made: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """rdflib's own engine is never entered: it would take the query apart in Python."""

    def entered(*_: object, **__: object) -> None:
        pytest.fail("rdflib evaluated the query itself")

    monkeypatch.setattr("rdflib.plugins.sparql.processor.SPARQLProcessor.query", entered)
    names = "SELECT ?r WHERE { ?d a fl:Decision ; fl:reference ?r } ORDER BY ?r"
    expected = [row[0].value for row in kg.query(names)]  # type: ignore[union-attr]
    assert [str(row[0]) for row in made.query(names)] == expected  # type: ignore[index]
    prepared = prepareQuery(
        "SELECT ?r WHERE { ?d a x:Decision ; x:reference ?r } ORDER BY ?r", initNs={"x": FL}
    )
    assert [str(row[0]) for row in made.query(prepared)] == expected  # type: ignore[index]
    one = made.query("SELECT ?d ?r WHERE { ?d fl:reference ?r }", initBindings={"d": EDUCATION})
    assert {str(row[1]) for row in one} == {"22 900 014"}  # type: ignore[index]
    assert made.query("ASK { ?d a fl:Decision }").askAnswer is True
    built = made.query("CONSTRUCT { ?d a fl:Decision } WHERE { ?d a fl:Decision }").graph
    assert built is not None
    assert len(built) == 4


def test_from_narrows_a_query(made: Dataset) -> None:
    query = "SELECT DISTINCT ?d FROM <{}> WHERE {{ ?d a fl:Decision }}"
    assert [row[0] for row in made.query(query.format(GRAPH))] == [EDUCATION]  # type: ignore[index]


@pytest.mark.parametrize(
    ("sparql", "told"),
    [
        ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * FROM <http://example.org/> WHERE { ?s ?p ?o }", "no named graph"),
        ("SELECT * WHERE {", "cannot be read"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "would change the graph"),
    ],
)
def test_a_query_that_may_not_run_is_told(made: Dataset, sparql: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        made.query(sparql)


def test_an_algebra_without_words_is_told(made: Dataset) -> None:
    prepared = prepareQuery("SELECT * WHERE { ?s ?p ?o }", base="http://example.org/")
    with pytest.raises(QueryError, match="give the query as text"):
        made.query(prepared)


def test_bindings_that_the_store_cannot_take_are_told(made: Dataset) -> None:
    with pytest.raises(QueryError, match="one that the query selects"):
        made.query("SELECT ?r WHERE { ?d fl:reference ?r }", initBindings={"d": EDUCATION})


CHANGES: dict[str, Callable[[Dataset], object]] = {
    "add": lambda made: made.add(NOTHING),
    "add to a graph": lambda made: made.graph(GRAPH).add(NOTHING),
    "add many": lambda made: made.addN([(*NOTHING, made.graph(GRAPH))]),
    "remove": lambda made: made.graph(GRAPH).remove((None, None, None)),
    "remove a graph": lambda made: made.remove_graph(GRAPH),
    "update": lambda made: made.update("DROP ALL"),
    "parse": lambda made: made.parse(data="<a:a> <a:b> <a:c> .", format="turtle"),
    "parse by Oxigraph": lambda made: made.parse(data="<a:a> <a:b> <a:c> .", format="ox-nt"),
    "parse into a graph": lambda made: made.graph(GRAPH).parse(
        data="<a:a> <a:b> <a:c> .", format="ox-ttl", transactional=False
    ),
    "add a graph": lambda made: made.graph(NOTHING[0]),
    "add another graph": lambda made: made.add_graph(Graph()),
    "open another store": lambda made: made.open("elsewhere", create=True),
    "destroy": lambda made: made.destroy("elsewhere"),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_nothing_can_be_changed(kg: KnowledgeGraph, made: Dataset, change: str) -> None:
    before = len(kg.store)
    with pytest.raises(StoreError, match=r"can be read, not changed|none can be added"):
        CHANGES[change](made)
    assert len(kg.store) == before


def test_a_dataset_outlives_its_graph(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        kept = graph.rdflib()
    assert len(kept) > 100
