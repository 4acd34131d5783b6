"""Faults with what they caused and what puts them right, held against SPARQL and a joint case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.serve.counts.casebook import Casebook, Filters, authority_key, key_of
from exports.serve.counts.links import ENDS, Link, Links
from exports.serve.counts.payments import Payments, Sums
from exports.serve.counts.view_query import links_query
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.graph.test_question_edges import finding, harm, made, paid, promise

TARNBECK, KINGSFERRY = factories.TARNBECK, factories.KINGSFERRY
PATTERNS = {
    "injustice": "?f fl:causedInjustice/fl:injusticeType ?key .",
    "remedy": """
        { ?r fl:remedies ?f } UNION { ?f fl:causedInjustice ?i . ?r fl:remedies ?i }
        ?r fl:remedyType ?key ; fl:status ?status .
        FILTER (?status IN (remedystatus:agreed, remedystatus:recommended))""",
}
JOINT = "OPTIONAL { GRAPH graph:investigations { ?complaint fl:investigatedIn ?joint } }"


@pytest.fixture(scope="module")
def book(sample_kg: KnowledgeGraph) -> Casebook:
    return Casebook(sample_kg)


@pytest.fixture(scope="module")
def links(sample_kg: KnowledgeGraph, book: Casebook) -> Links:
    return Links(sample_kg, book)


def _asked(kg: KnowledgeGraph, end: str, council: str | None = None) -> dict[tuple[str, str], int]:
    """The same by SPARQL: (fault, key) to distinct investigations."""
    about = f"?complaint fl:against <{council}> ." if council else ""
    rows = kg.select(
        f"""SELECT DISTINCT ?fault ?key (COALESCE(?joint, ?complaint) AS ?investigation)
        (COALESCE(STR(?by), "") AS ?whose) WHERE {{
        ?complaint fl:decidedBy ?d . {about} ?d fl:hasFinding ?f . ?f fl:faultType ?fault .
        {PATTERNS[end]} OPTIONAL {{ ?f fl:faultBy ?by }} {JOINT} }}"""
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fault, key, investigation, whose in rows:
        if council is None or whose in ("", council):
            found[key_of(fault), key_of(key)].add(investigation)
    return {pair: len(cases) for pair, cases in found.items()}


def _told(links: list[Link]) -> dict[tuple[str, str], int]:
    return {(link.fault, link.key): link.number for link in links}


@pytest.mark.parametrize("end", ENDS)
def test_links_are_those_that_the_statements_make(
    sample_kg: KnowledgeGraph, book: Casebook, links: Links, end: str
) -> None:
    found = links.tally(book.all, end)
    assert _told(found) == _asked(sample_kg, end)
    assert len(found) > 10
    assert [link.number for link in found] == sorted((x.number for x in found), reverse=True)


@pytest.mark.parametrize("end", ENDS)
def test_links_of_each_council_are_its_own(
    sample_kg: KnowledgeGraph, book: Casebook, links: Links, end: str
) -> None:
    counted = 0
    for (node,) in sample_kg.select("SELECT DISTINCT ?c { ?complaint fl:against ?c }"):
        key = authority_key(node)
        if key is None:
            continue
        own = book.chosen((("council", key),))
        assert _told(links.tally(own, end, key)) == _asked(sample_kg, end, node), key
        counted += len(own)
    assert counted > 20


@pytest.mark.parametrize("which", ["sample_kg", "joint"])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "filters", [(), (("council", "X08000001"),), (("category", "education"), ("year", "2024"))]
)
def test_the_query_behind_the_links_gives_their_numbers(
    which: str, end: str, filters: Filters, request: pytest.FixtureRequest
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(which)
    rows = graph.select(links_query(filters, end))
    book = Casebook(graph)
    found = Links(graph, book).tally(book.chosen(filters), end, dict(filters).get("council"))
    assert {(key_of(a), key_of(b)): int(n) for a, b, n in rows} == _told(found)


def test_the_decisions_behind_a_link_are_as_many_as_it_counts(book: Casebook, links: Links) -> None:
    for end in ENDS:
        for link in links.tally(book.all, end):
            cases = links.behind(book.all, end, link.fault, link.key)
            assert cases.investigations == link.number
            assert all(link.fault in case.keys("fault") for case in cases)
            assert all(link.key in case.keys(end) for case in cases)


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """One text under two references, on two councils; and another on one of them."""
    content = {
        "words": "twins",
        "findings": (
            finding("f1", "delay", TARNBECK, "i1"),
            finding("f2", "poor-care", KINGSFERRY, "i2"),
            finding("f3", "other-fault", None),
        ),
        "injustices": (harm("i1", "distress"), harm("i2", "financial-loss")),
        "remedies": (
            paid("r1", "100", TARNBECK, "i1"),
            promise("r2", "apology", None, "f2", "f3"),
            promise("r3", "staff-training", None, "f1", status="refused"),
        ),
    }
    decisions = (
        made("one", "23 900 501", TARNBECK, KINGSFERRY, **content),
        made("two", "23 900 501a", TARNBECK, KINGSFERRY, **content),
        made(
            "three",
            "23 900 502",
            TARNBECK,
            findings=(finding("f1", "delay", TARNBECK, "i1"),),
            injustices=(harm("i1", "distress"),),
            remedies=(paid("r1", "250.50", TARNBECK, "i1"), paid("r2", "50", TARNBECK, "f1")),
        ),
    )
    folder = tmp_path_factory.mktemp("joint-links")
    with factories.build_graph(decisions, folder) as graph:
        yield graph


def test_a_joint_investigation_makes_a_link_once(joint: KnowledgeGraph) -> None:
    book = Casebook(joint)
    links = Links(joint, book)
    assert len(book.all) == 3
    assert _told(links.tally(book.all, "injustice")) == {
        ("delay", "distress"): 2,
        ("poor-care", "financial-loss"): 1,
    }
    assert _told(links.tally(book.all, "remedy")) == {
        ("delay", "financial-distress"): 2,
        ("poor-care", "apology"): 1,
        ("other-fault", "apology"): 1,
    }
    assert len(links.behind(book.all, "injustice", "delay", "distress")) == 3


def test_in_a_joint_decision_a_link_is_of_the_body_at_fault(joint: KnowledgeGraph) -> None:
    book = Casebook(joint)
    links = Links(joint, book)
    own = {
        council: _told(links.tally(book.chosen((("council", council),)), "remedy", council))
        for council in ("X08000001", "X06000001")
    }
    assert own == {
        "X08000001": {("delay", "financial-distress"): 2, ("other-fault", "apology"): 1},
        "X06000001": {("poor-care", "apology"): 1, ("other-fault", "apology"): 1},
    }
    behind = links.behind(book.all, "remedy", "delay", "financial-distress", "X06000001")
    assert [case.reference for case in behind] == ["23 900 502"]


def test_sums_of_a_joint_investigation_count_once_for_who_owes_them(joint: KnowledgeGraph) -> None:
    book = Casebook(joint)
    payments = Payments(joint, book)
    assert payments.of(book.all, ("X08000001",)) == Sums(3, 40050, 10000, 25050)
    assert payments.of(book.all, ("X06000001",)) == Sums(0, 0, None, None)
    some = book.chosen((("fault", "poor-care"),))
    assert payments.of(some, ("X08000001", "X06000001")) == Sums(1, 10000, 10000, 10000)


def test_sums_are_those_that_the_statements_have(sample_kg: KnowledgeGraph, book: Casebook) -> None:
    """Of decisions on the authority itself, with which its sums are compared."""
    rows = sample_kg.select(
        f"""SELECT DISTINCT ?by ?r ?amount WHERE {{
        ?complaint fl:decidedBy ?d ; fl:against ?by . ?d fl:hasRemedy ?r . {JOINT}
        ?r fl:payment ?amount ; fl:owedBy ?by ; fl:status ?status .
        FILTER (?status IN (remedystatus:agreed, remedystatus:recommended)) }}"""
    )
    wanted: dict[str, list[int]] = defaultdict(list)
    for by, _, amount in rows:
        if key := authority_key(by):
            wanted[key].append(round(float(amount) * 100))
    payments = Payments(sample_kg, book)
    assert len(wanted) > 3
    for key, sums in wanted.items():
        sums.sort()
        middle = sums[(len(sums) - 1) // 2]
        assert payments.of(book.all, (key,)) == Sums(len(sums), sum(sums), middle, sums[-1]), key


def test_a_graph_without_decisions_has_no_links(tmp_path: Path) -> None:
    with factories.build_graph((), tmp_path) as graph:
        book = Casebook(graph)
        assert Links(graph, book).tally(book.all, "remedy") == []
        assert Payments(graph, book).of(book.all, ()) == Sums(0, 0, None, None)
