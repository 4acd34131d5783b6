"""The query behind a view answers with the page's numbers, for every dimension and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.counts import view_query
from exports.serve.counts.casebook import Filters, authority_key, key_of
from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.counts.figures import Figures
from exports.serve.pages.overview import ACROSS
from graph.knowledge_graph import KnowledgeGraph
from graph.query_check import check
from ontology.model import Authority
from tests import factories


@pytest.fixture(scope="module")
def joint_kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A joint investigation, and one of two bodies where each is at fault for something."""
    trust = Authority("Tarrow Vale Trust", None, "nhs-body")
    first = factories.decision()
    own = first.findings[0]
    shared = factories.decision(
        reference="23 900 001",
        date=date(2023, 1, 2),
        authorities=(*first.authorities, trust),
        findings=(
            own,
            *(
                finding.__class__(
                    **{
                        **{name: getattr(finding, name) for name in finding.__slots__},
                        "authority": authority,
                    }
                )
                for finding, authority in zip(first.findings[1:], (trust.name, None), strict=False)
            ),
        ),
    )
    nobody = factories.decision(reference="23 900 005", authorities=())
    return factories.build_graph(
        (first, factories.decision(authorities=(trust,)), shared, nobody),
        tmp_path_factory.mktemp("joint"),
    )


def key(dimension: str, value: str) -> str:
    if dimension in ("year", "quarter"):
        return value
    return (authority_key(value) or "") if dimension == "council" else key_of(value)


def compare(kg: KnowledgeGraph, figures: Figures, filters: Filters) -> None:
    chosen = figures.select(filters)
    ((decisions, investigations),) = kg.select(view_query.numbers_query(filters))
    assert (int(decisions), int(investigations)) == (len(chosen), chosen.investigations), filters
    listed = [row[0] for row in kg.select(view_query.list_query(filters))]
    assert sorted(listed) == sorted(chosen.iris), filters
    council = dict(filters).get("council")
    for dimension in DIMENSIONS:
        answer = kg.select(view_query.count_query(filters, dimension))
        found = {key(dimension, value): int(number) for value, number in answer}
        tally = figures.book.tally(chosen, dimension, council)
        if (
            dimension == "council" and council is None
        ):  # whose fault it was, of two councils in one decision
            tally = figures.book.whose(filters)
        assert found == tally, (filters, dimension)


@pytest.mark.parametrize("graph", ["sample_kg", "joint_kg", "hostile_kg"])
def test_every_count_of_every_filter(graph: str, request: pytest.FixtureRequest) -> None:
    kg = request.getfixturevalue(graph)
    figures = Figures(kg)
    compare(kg, figures, ())
    common: list[tuple[str, str]] = []
    for dimension in DIMENSIONS:
        keys = figures.book.keys(dimension)
        ordered = sorted(keys, key=lambda k: (-len(figures.select(((dimension, k),))), k))
        for value in ordered[:3]:
            compare(kg, figures, ((dimension, value),))
            common.append((dimension, value))
    pairs = [(one, two) for one, two in combinations(sorted(common), 2) if one[0] != two[0]]
    own = [pair for pair in pairs if "council" in (pair[0][0], pair[1][0])]
    for pair in {*own[::2], *pairs[::9]}:
        compare(kg, figures, pair)


@pytest.mark.parametrize("graph", ["sample_kg", "joint_kg"])
@pytest.mark.parametrize("across", ACROSS)
def test_the_query_of_the_overview(graph: str, across: str, request: pytest.FixtureRequest) -> None:
    kg = request.getfixturevalue(graph)
    filters = (("outcome", "upheld"),)
    wanted = {
        (row.key, value): number
        for row in Figures(kg).heat(filters, across)
        for value, number in row.cells.items()
    }
    assert wanted or across == "reason"
    assert wanted == {
        (key("council", council), key(across, value)): int(number)
        for council, value, number in kg.select(view_query.heat_query(filters, across))
    }


def test_all_statements_of_the_decisions_are_made(kg: KnowledgeGraph) -> None:
    made = kg.query(view_query.statements_query((("council", "X08000001"),)))
    (held,) = kg.select(
        "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/faultlines/graph/decision/22-900-014/"
        "X08000001> { ?s ?p ?o } }"
    )
    assert len(list(made)) == int(held[0])  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), base_url="http://127.0.0.1:8765") as made:
        yield made


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/", 4),
        ("/?by=remedy&year=2022", 4),
        ("/fault/", 1),
        ("/council/X08000001", 8),
        ("/fault/delay", 8),
        ("/decisions", 8),
        ("/decisions?council=X08000001&fault=delay", 8),
        ("/search?q=teaching", 1),
    ],
)
def test_pages_link_queries_that_run(client: TestClient, address: str, least: int) -> None:
    found = re.findall(r'class="behind" href="([^"]+)"', client.get(address).text)
    queries = {parse_qs(urlsplit(unescape(link)).query)["query"][0] for link in found}
    assert len(queries) >= least
    for query in queries:
        check(query, None)
        answer = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
        assert answer.status_code == 200
        assert len(answer.text.splitlines()) > 1, query


def test_a_hostile_key_stays_inside_its_iri(tmp_path: Path) -> None:
    graph = factories.build_graph((factories.decision(),), tmp_path)
    for dimension in DIMENSIONS:
        hostile = '"> } DROP ALL #\\'
        for query in (
            view_query.numbers_query(((dimension, hostile),)),
            view_query.list_query(((dimension, hostile),)),
        ):
            check(query, None)
            assert len(list(graph.select(query))) <= 1
