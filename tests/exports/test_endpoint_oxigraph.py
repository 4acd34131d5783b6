"""Oxigraph's own server on the same store gives the same answers as ours."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import Question, questions
from ontology.iri import ONTOLOGY_GRAPH, REGISTERS_GRAPH
from ontology.prefixes import sparql_prologue
from tests.endpoints import oxigraph
from tests.loopback import served


@pytest.fixture(scope="module")
def theirs(kg: KnowledgeGraph) -> Iterator[str]:
    """The address of ``oxigraph serve-read-only`` on the graph's store."""
    command = ("serve-read-only", "--location", str(kg.store_path))
    with oxigraph(*command, "--union-default-graph", "--timeout-s", "20") as address:
        yield f"{address}/query"


@pytest.fixture(scope="module")
def ours(kg: KnowledgeGraph) -> Iterator[str]:
    app = create_app(kg, timeout=20, max_rows=100_000)
    with served(app) as address:
        yield f"{address}/sparql"
    app.state.site.runner.close()


def asked(endpoint: str, query: str, **parameters: str) -> Any:
    request = urllib.request.Request(
        endpoint,
        urlencode({"query": sparql_prologue() + query, **parameters}).encode(),
        {"accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def rows_of(found: Any) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])


WITHOUT_PARAMETERS = [
    question
    for question in questions().values()
    if not any(parameter.required for parameter in question.parameters)
]


@pytest.mark.parametrize("question", WITHOUT_PARAMETERS, ids=lambda question: question.name)
def test_every_question_has_the_same_answer(ours: str, theirs: str, question: Question) -> None:
    here, there = asked(ours, question.sparql()), asked(theirs, question.sparql())
    assert here["head"]["vars"] == there["head"]["vars"]
    assert rows_of(here) == rows_of(there)


def test_the_whole_graph_is_the_same(ours: str, theirs: str) -> None:
    query = "SELECT * { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }"
    here, there = rows_of(asked(ours, query)), rows_of(asked(theirs, query))
    assert here == there
    assert len(here) > 5_000


def test_blank_nodes_are_blank_nodes(ours: str, theirs: str) -> None:
    query = "SELECT * { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }"
    unnamed = [
        re.sub(r'("type": "bnode", "value": )"[^"]*"', r"\1...", "\n".join(rows_of(found)))
        for found in (asked(ours, query), asked(theirs, query))
    ]
    assert sorted(unnamed[0].splitlines()) == sorted(unnamed[1].splitlines())
    assert "bnode" in unnamed[1]


@pytest.mark.parametrize("graph", [REGISTERS_GRAPH, ONTOLOGY_GRAPH])
@pytest.mark.parametrize("pattern", ["?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"])
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_in_the_request_means_the_same(
    ours: str, theirs: str, graph: str, pattern: str, name: str
) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    here = asked(ours, query, **{name: graph})
    assert rows_of(here) == rows_of(asked(theirs, query, **{name: graph}))


def test_they_refuse_updates_as_we_do(ours: str, theirs: str) -> None:
    update = urlencode({"update": "CLEAR ALL"}).encode()
    for address in (ours, theirs.replace("/query", "/update")):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address, update, timeout=20)
        with refused.value:
            assert refused.value.code == 403
