"""Councils beside their peers: who the peers are, and every number against SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from exports.serve.counts.comparison import Cell, Comparison, Comparisons
from exports.serve.counts.figures import Figures
from exports.serve.counts.peers import peers_of
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from tests import factories
from tests.graph.test_question_edges import finding, made

TARNBECK, KINGSFERRY = "X08000001", "X06000001"
JOINT = "OPTIONAL { GRAPH graph:investigations { ?complaint fl:investigatedIn ?joint } }"
OWN = {
    "fault": "?d fl:hasFinding ?x . ?x fl:faultType {key} . OPTIONAL {{ ?x fl:faultBy ?by }}",
    # an injustice that no finding leads to is of every body complained about
    "injustice": "?d fl:hasInjustice ?x . ?x fl:injusticeType {key} . "
    "OPTIONAL {{ ?f fl:causedInjustice ?x ; fl:faultBy ?by }}",
    "remedy": "?d fl:hasRemedy ?x . ?x fl:remedyType {key} ; fl:status ?status . "
    "FILTER (?status IN (remedystatus:agreed, remedystatus:recommended)) "
    "OPTIONAL {{ ?x fl:owedBy ?by }}",
    "category": "?complaint fl:category {key} .",
    "outcome": "?d fl:outcome {key} .",
}


@pytest.fixture(scope="module")
def figures(sample_kg: KnowledgeGraph) -> Figures:
    return Figures(sample_kg)


def _asked(kg: KnowledgeGraph, council: str, pattern: str) -> int:
    rows = kg.select(
        f"""SELECT (COUNT(DISTINCT ?investigation) AS ?n) WHERE {{
        ?complaint fl:against <{mint.council(council)}> ; fl:decidedBy ?d . {pattern}
        FILTER (!BOUND(?by) || ?by = <{mint.council(council)}>)
        {JOINT} BIND (COALESCE(?joint, ?complaint) AS ?investigation) }}"""
    )
    ((number,),) = rows
    return int(number)


def _compared(figures: Figures, *members: str) -> Comparison:
    groups = [peers_of(figures.book, member) for member in members]
    return Comparisons(figures).compare(members, groups, ())


def test_peers_are_the_councils_of_the_same_type(figures: Figures) -> None:
    book = figures.book
    unitary = peers_of(book, KINGSFERRY)
    assert unitary is not None
    assert KINGSFERRY in unitary.members
    assert unitary.words == "unitary authorities"
    assert all(member.startswith("X06") for member in unitary.members)
    assert set(unitary.members) <= set(book.keys("council"))
    assert len(unitary.members) + unitary.silent == 4
    near = peers_of(book, KINGSFERRY, "region")
    assert near is not None
    assert near.members == (KINGSFERRY,)
    assert near.words == "unitary authorities in South East"
    assert peers_of(book, "some-care-provider") is None


def test_invented_councils_are_no_peers_of_real_ones(figures: Figures) -> None:
    real = peers_of(figures.book, "E08000025")
    assert real is not None
    assert real.members == ()
    assert real.silent == 36


def test_every_number_is_what_the_statements_say(
    sample_kg: KnowledgeGraph, figures: Figures
) -> None:
    members = [key for key in figures.book.keys("council") if key.startswith("X")]
    assert len(members) > 5
    found = _compared(figures, *members)
    for place, member in enumerate(members):
        assert found.standings[place].decided == _asked(sample_kg, member, "")
        for row in found.rows():
            if row.dimension not in OWN:
                continue
            key = f"<{mint.concept(row.dimension, row.key)}>"
            wanted = _asked(sample_kg, member, OWN[row.dimension].format(key=key))
            assert row.cells[place].number == wanted, (member, row.dimension, row.key)


def test_any_fault_found_counts_investigations_not_faults(
    sample_kg: KnowledgeGraph, figures: Figures
) -> None:
    found = _compared(figures, TARNBECK)
    row = next(row for row in found.rows() if row.dimension == "found")
    pattern = "?d fl:hasFinding ?x . ?x fl:faultType ?any . OPTIONAL { ?x fl:faultBy ?by }"
    assert row.cells[0].number == _asked(sample_kg, TARNBECK, pattern)


def test_a_group_is_its_members_added_up(figures: Figures) -> None:
    group = peers_of(figures.book, KINGSFERRY)
    assert group is not None
    found = _compared(figures, *group.members)
    for row in found.rows():
        added = Cell(sum(c.number for c in row.cells), sum(c.decided for c in row.cells))
        assert row.peers[0] == added, row.key
    total = found.among[0]
    assert total is not None
    assert total.payments.number == sum(s.payments.number for s in found.standings)
    assert total.payments.total == sum(s.payments.total for s in found.standings)


def test_the_uphold_rate_leaves_out_what_was_not_investigated(figures: Figures) -> None:
    found = _compared(figures, TARNBECK)
    cells = {row.dimension + row.key: row.cells[0] for row in found.tables["outcome"]}
    upheld, not_upheld = cells["outcomeupheld"].number, cells["outcomenot-upheld"].number
    assert cells["upholdrate"] == Cell(upheld, upheld + not_upheld)
    assert cells["outcomeupheld"].decided > upheld + not_upheld


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    content = {
        "words": "twins",
        "findings": (finding("f1", "delay", factories.TARNBECK),),
    }
    both = (factories.TARNBECK, factories.KINGSFERRY)
    decisions = (
        made("one", "23 900 601", *both, **content),
        made("two", "23 900 601a", *both, **content),
        made("three", "23 900 602", factories.TARNBECK, date=date(2021, 3, 1)),
    )
    with factories.build_graph(decisions, tmp_path_factory.mktemp("joint-compared")) as graph:
        yield graph


def test_a_joint_investigation_counts_once_for_each_body(joint: KnowledgeGraph) -> None:
    figures = Figures(joint)
    found = _compared(figures, TARNBECK, KINGSFERRY)
    assert [standing.decided for standing in found.standings] == [2, 1]
    (delay,) = found.tables["fault"]
    assert delay.cells == (Cell(1, 2), Cell(0, 1))
    assert delay.cells[0].rate == 0.5
    assert delay.cells[0].few


def test_a_comparison_can_be_narrowed(joint: KnowledgeGraph) -> None:
    figures = Figures(joint)
    found = Comparisons(figures).compare([TARNBECK], [None], (("year", "2021"),))
    assert found.standings[0].decided == 1
    assert found.tables["fault"] == ()
    assert found.tables["outcome"][0].peers == (None,)


def test_nothing_decided_has_no_rate(joint: KnowledgeGraph) -> None:
    found = Comparisons(Figures(joint)).compare([KINGSFERRY], [None], (("year", "2021"),))
    assert [row.cells[0].rate for row in found.tables["outcome"]] == [None] * 5


def test_everything_can_be_read_before_the_first_page(joint: KnowledgeGraph) -> None:
    figures = Figures(joint)
    figures.prepare()
    assert {"book", "names", "links", "payments"} <= set(vars(figures))
    assert figures.links is figures.links
