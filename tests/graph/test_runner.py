"""Queries in processes of their own: limits, refusals and life after both."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from graph.errors import (
    QueryBusy,
    QueryError,
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    StoreError,
)
from graph.knowledge_graph import KnowledgeGraph
from graph.query_check import Outline, check
from graph.questions.results import Answer, Rows, Term, Triples
from graph.questions.runner import MAX_QUERY, Dataset, QueryRunner
from ontology.iri import ONTOLOGY_GRAPH, REGISTERS_GRAPH

# A product of three copies of the graph that no store finishes in a second.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"


@pytest.fixture(scope="module")
def runner(kg: KnowledgeGraph) -> Iterator[QueryRunner]:
    with QueryRunner(kg.store_path, timeout=20, workers=1) as made:
        yield made


def test_every_form_of_query_is_answered(runner: QueryRunner) -> None:
    rows = runner.query("SELECT ?d ?date { ?d fl:date ?date } ORDER BY ?date")
    assert isinstance(rows, Rows)
    assert rows.variables == ("d", "date")
    assert [row[1].value for row in rows.rows if row[1]] == sorted(
        ["2022-09-15", "2022-11-30", "2023-06-02", "2024-03-20"]
    )
    assert runner.query("ASK { ?d a fl:Decision }") == Answer(True)
    made = runner.query("CONSTRUCT { ?d fl:date ?x } { ?d fl:date ?x }")
    assert isinstance(made, Triples)
    assert len(made.triples) == 4
    described = runner.query("DESCRIBE <https://w3id.org/faultlines/id/council/X08000001>")
    assert isinstance(described, Triples)
    assert described.triples


def test_an_answer_is_cut_and_says_so(runner: QueryRunner) -> None:
    rows = runner.query("SELECT * { ?s ?p ?o }", max_rows=7)
    assert isinstance(rows, Rows)
    assert (len(rows.rows), rows.truncated) == (7, True)
    made = runner.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", max_rows=7)
    assert isinstance(made, Triples)
    assert (len(made.triples), made.truncated) == (7, True)
    whole = runner.query("SELECT * { ?s fl:date ?o }", max_rows=4)
    assert isinstance(whole, Rows)
    assert not whole.truncated


def test_a_query_over_its_time_is_ended_and_the_next_is_answered(runner: QueryRunner) -> None:
    runner.query("ASK {}")
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.3 seconds"):
        runner.query(ENDLESS, timeout=0.3)
    assert time.monotonic() - started < 3
    assert runner.query("ASK {}") == Answer(True)


def test_closing_ends_a_query_under_way(kg: KnowledgeGraph) -> None:
    runner = QueryRunner(kg.store_path, timeout=30, workers=1)
    runner.query("ASK {}")
    failures: list[QueryError] = []

    def ask() -> None:
        try:
            runner.query(ENDLESS)
        except QueryError as error:
            failures.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    runner.close()
    thread.join(timeout=10)
    assert len(failures) == 1


def test_a_mistake_is_shown_with_line_and_column(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match=r"near .*line 2, column") as caught:
        runner.query("SELECT * {\n  ?s ?p }")
    assert caught.value.position is not None
    assert caught.value.position[0] == 2
    with pytest.raises(QueryError, match="line 1, column 18"):
        runner.query("SELECT * { ?s ?p ")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
        "SELECT * { service silent ?where { ?s ?p ?o } }",
        "PREFIX e: <http://e/> SELECT * { e:a\\# ?p ?o . SERVICE <http://127.0.0.1:1/> {?a ?b ?c}}",
        "SELECT * { ?s ?p '#' . SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p '''a'''''' . SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "SELECT * { FILTER(1<2)SERVICE<http://127.0.0.1:1/>{ ?a ?b ?c } }",
        # the store reads by its grammar, where these begin with a keyword or a string
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:a { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p ?o.SERVICE:a{ ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:1/> SELECT * { SERVICESILENTx:a { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE $x{ ?s ?p ?o } }",
        "SELECT * { FILTER(1<'>')SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } FILTER(1<'>') }",
        "SELECT * { <http://e/\\u0041#b> ?p ?o . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE # a\n SILENT # b\n <http://127.0.0.1:1/> # c\n { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_however_it_is_dressed(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE is refused"):
        check(query, ())


PIECES = ("-", "a.", '\\"', "\\'", ':\n\\"""', "''' '\\", "SERVICE", "SERVICE#", "SERVICE:")


@pytest.mark.parametrize("piece", PIECES)
def test_no_query_takes_long_to_check(piece: str) -> None:
    query = (piece * MAX_QUERY)[:MAX_QUERY]
    started = time.process_time()
    with suppress(QueryError):
        check(query, ())
    # at most 0.3 s where this was written; looked at again from each character, 15 s and more
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s fl:summary ?t FILTER(CONTAINS(?t, 'SERVICE <x>')) } # SERVICE too",
        "SELECT ?service { ?service ?from <http://e/SERVICE> }",
        "PREFIX service: <http://e/> SELECT * { ?s service:from service:SERVICE }",
        "SELECT * { ?s ?p fault:failure-to-provide-service }",
        "ASK { FILTER('a' < 'b' && 'SERVICE' > 'INSERT') }",
        "PREFIX insert: <http://e/> ASK { ?delete ?p 'FROM <http://e/>' }",
        "SELECT * { GRAPH ?services { ?s ?p remedy:service-improvement { ?s ?p ?o } } }",
    ],
)
def test_innocent_words_pass(query: str) -> None:
    check(query, ())


@pytest.mark.parametrize(
    "word", ["INSERT DATA", "delete where", "LOAD <file:///etc/hosts>", "CLEAR ALL"]
)
def test_updates_are_refused(runner: QueryRunner, word: str) -> None:
    with pytest.raises(QueryError, match="can only be read"):
        runner.query(f"PREFIX e: <http://e/>\n{word} {{ e:a e:b e:c }}")


def test_only_graphs_of_the_store_may_be_named(runner: QueryRunner) -> None:
    for clause in ("FROM <http://e/x>", "FROM NAMED <file:///etc/hosts>", "FROM fl:nowhere"):
        with pytest.raises(QueryError, match="no named graph"):
            runner.query(f"SELECT * {clause} {{ ?s ?p ?o }}")
    graph = "https://w3id.org/faultlines/graph/registers"
    found = runner.query(f"SELECT ?s FROM <{graph}> {{ ?s a fl:Council }} LIMIT 1")
    assert isinstance(found, Rows)
    assert len(found.rows) == 1
    base = graph.removesuffix("registers")
    clause = "FROM NAMED g:registers { GRAPH g:registers { ?s ?p ?o } }"
    assert runner.query(f"PREFIX g: <{base}> ASK {clause}") == Answer(True)


def test_a_query_without_end_is_refused_by_its_length(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match="characters"):
        runner.query("ASK {} #" + "x" * 200_000)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT (STRDT('', IRI(CONCAT('http://e/', {long}))) AS ?x) {{ {many} }}", 637),
        ("SELECT ('' AS ?x{name}) {{ {many} }}", 998),
        ("SELECT {names} {{ {many} }}", 467),
        ("SELECT ('a' AS ?x) ({long} AS ?y) {{ {many} }}", 637),
    ],
    ids=["datatypes", "the name of a column", "columns without values", "values"],
)
def test_an_answer_is_cut_at_what_it_takes_to_write_it(
    kg: KnowledgeGraph, query: str, rows: int
) -> None:
    doubled = "".join(f" BIND(CONCAT(?l{n}, ?l{n}) AS ?l{n + 1})" for n in range(10))
    asked = query.format(
        long="?l10",
        many=f"?s ?p ?o BIND('{'l' * 98}' AS ?l0){doubled}",
        name="n" * 64_000,
        names=" ".join(f"?c{n}" for n in range(2_000)),
    )
    with QueryRunner(kg.store_path, timeout=60, workers=1) as runner:
        found = runner.query(asked, max_rows=2_000)
    assert isinstance(found, Rows)
    assert (found.truncated, len(found.rows)) == (True, rows)


def test_a_value_longer_than_an_answer_is_left_out(runner: QueryRunner) -> None:
    doubling = "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(25))
    found = runner.query(f"SELECT ?x25 {{ BIND('long' AS ?x0) {doubling} }}")
    assert found == Rows(("x25",), (), truncated=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such timer")
def test_a_worker_ends_by_itself_when_nobody_is_left_to_end_it(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the time it is told passes, and who asked goes on waiting as if it had been ended
    monkeypatch.setattr(Connection, "poll", lambda self, seconds: True)
    with QueryRunner(kg.store_path, timeout=0.5, workers=1) as runner:
        started = time.monotonic()
        with pytest.raises(QueryFailed):
            runner.query(ENDLESS)
        assert 5 < time.monotonic() - started < 30


def test_deep_nesting_is_answered_with_an_error(runner: QueryRunner) -> None:
    with pytest.raises(QueryError):
        runner.query("ASK " + "{" * 40_000)
    assert runner.query("ASK {}") == Answer(True)


def test_a_store_that_is_gone_is_named(tmp_path: Path) -> None:
    with (
        QueryRunner(tmp_path / "none", workers=1) as runner,
        pytest.raises(StoreError, match="none"),
    ):
        runner.query("ASK {}")


def test_from_narrows_and_a_dataset_overrides_it(runner: QueryRunner) -> None:
    def size(clause: str, dataset: Dataset | None = None) -> int:
        query = f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}"
        found = runner.query(query, dataset=dataset)
        assert isinstance(found, Rows)
        assert found.rows[0][0] is not None
        return int(found.rows[0][0].value)

    one, other = f"FROM <{REGISTERS_GRAPH}>", f"FROM <{ONTOLOGY_GRAPH}>"
    assert 0 < size(one) < size(f"{one} {other}") < size("")
    assert size(f"FROM NAMED <{REGISTERS_GRAPH}>") == 0
    assert size(other, Dataset((REGISTERS_GRAPH,))) == size(one)
    assert size(one, Dataset(named=(REGISTERS_GRAPH,))) == 0
    with pytest.raises(QueryError, match=r"no named graph <http://e/x>"):
        size("", Dataset(("http://e/x",)))


def test_relative_iris_need_a_base(runner: QueryRunner) -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        runner.query("SELECT (<x> AS ?x) {}")
    found = runner.query("SELECT (<x> AS ?x) {}", base="http://e/y")
    assert isinstance(found, Rows)
    assert found.rows[0][0] == Term("iri", "http://e/x")
    here, there = REGISTERS_GRAPH.rsplit("/", 1)
    assert runner.query(f"BASE <{here}/> ASK FROM <{there}> {{ ?s a fl:Council }}") == Answer(True)
    prefixed = f"PREFIX g: <{there}> ASK FROM g: {{ ?s a fl:Council }}"
    assert runner.query(prefixed, base=f"{here}/") == Answer(True)


def test_each_failure_has_its_kind(kg: KnowledgeGraph) -> None:
    with QueryRunner(kg.store_path, timeout=0.5, workers=1) as runner:
        with pytest.raises(QueryRefused, match="line 1, column 12"):
            runner.query("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }")
        runner.query("ASK {}", timeout=20)
        with pytest.raises(QueryTimeout):
            runner.query(ENDLESS)
        with ThreadPoolExecutor(1) as pool:
            endless = pool.submit(runner.query, ENDLESS, timeout=3)
            time.sleep(0.2)
            with pytest.raises(QueryBusy, match="busy"):
                runner.query("ASK {}", timeout=0.2)
            assert isinstance(endless.exception(), QueryTimeout)
        assert runner.query("ASK {}", timeout=20) == Answer(True)


def test_a_query_that_needs_too_much_memory_has_failed(runner: QueryRunner) -> None:
    doubling = "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(32))
    query = f"SELECT (STRLEN(?x32) AS ?n) {{ BIND('long' AS ?x0) {doubling} }}"
    with pytest.raises(QueryFailed):
        runner.query(query)
    assert runner.query("ASK {}") == Answer(True)


@pytest.mark.parametrize(
    ("query", "form", "dataset"),
    [
        ("BASE <http://e/> PREFIX select: <x> ask {}", "ASK", False),
        ("SELECT * FROM <http://e/> {}", "SELECT", True),
        ("CONSTRUCT { ?s ?p 'FROM' } WHERE { ?s ?p ?o } # FROM", "CONSTRUCT", False),
        ("describe <http://e/> from named <http://e/>", "DESCRIBE", True),
        ("no query", None, False),
        ("", None, False),
    ],
)
def test_the_outline_of_a_query(query: str, form: str | None, dataset: bool) -> None:
    assert check(query, None) == Outline(form, dataset)
