"""The named questions: each is whole, runs, and gives the rows it should."""

from __future__ import annotations

import re
from datetime import date

import pytest

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import find_council
from graph.questions.question import KINDS, parse, questions
from graph.questions.results import Rows, shorten
from graph.questions.runner import answer
from ontology.model import Authority
from ontology.vocabulary import vocabulary
from tests import factories

TARNBECK = "https://w3id.org/faultlines/id/council/X08000001"
EDUCATION = "id:decision/22-900-014/X08000001"
HOUSING = "id:decision/23-900-021/X06000001"

REQUIRED = {
    "faults-injustices-remedies": {"council": "Tarnbeck"},
    "remedies-overdue": {"day": "2023-12-31"},
    "similar-decisions": {"reference": "22-900-014"},
}
EXAMPLES = {
    "council": "X08000001",
    "fault": "delay",
    "injustice": "Distress",
    "remedy": "apology",
    "category": "education",
    "date": "2022-01-01",
    "number": "1",
    "reference": "22 900 014",
}


@pytest.fixture(scope="module")
def later_kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The sample, a later decision with the same fault, and a joint investigation."""
    repeated = factories.decision(reference="23 900 050", date=date(2023, 9, 1), satisfied=None)
    trust = Authority("Tarrow Vale Trust", None, "nhs-body")
    joint = factories.decision(
        reference="23 900 050a", date=date(2023, 9, 1), satisfied=None, authorities=(trust,)
    )
    folder = tmp_path_factory.mktemp("later")
    return factories.build_graph((*factories.sample(), repeated, joint), folder)


def rows(kg: KnowledgeGraph, name: str, **parameters: str) -> list[tuple[str, ...]]:
    found = answer(kg.store, questions()[name].sparql(**parameters), 1000)
    assert isinstance(found, Rows)
    return [tuple("" if t is None else shorten(t.value) for t in row) for row in found.rows]


EXPECTED: dict[str, tuple[str, ...]] = {
    "bodies-by-role": ("id:body/county-court", "County Court", "role:right-of-appeal-to", "1"),
    "decisions-by-outcome-and-year": ("2022", "outcome:upheld", "1"),
    "fault-remedy-matrix": (
        "fault:poor-complaint-handling",
        "remedy:financial-time-and-trouble",
        "1",
    ),
    "faults-by-council": (
        "id:council/X08000001",
        "Tarnbeck Metropolitan Borough Council",
        "fault:delay",
        "1",
        "1",
    ),
    "faults-injustices-remedies": (
        EDUCATION,
        "2022-09-15",
        "a",
        "fault:delay",
        "injustice:loss-of-education",
        "remedy:financial-loss-of-education",
        "1200",
        "2022-10-15",
    ),
    "outcome-against-words": ("outcome:upheld", "disposition:investigated", "true", "2"),
    "payments-by-injustice": ("injustice:loss-of-education", "1", "1200", "1200", "1200"),
    "provisions-engaged": (
        "http://www.legislation.gov.uk/id/ukpga/1996/56/section/19",
        "Education Act 1996, section 19",
        "1",
    ),
    "reasons-not-investigated": ("reason:late", "1"),
    "remedies-due": (
        "2022-12-15",
        "duebasis:assumed",
        "Within three months",
        "id:council/X08000001",
        "Tarnbeck Metropolitan Borough Council",
        EDUCATION,
        "remedy:procedure-review",
        "2023-01-09",
    ),
    "similar-decisions": (HOUSING, "2023-06-02", "outcome:upheld", "2"),
    "upheld-by-council": (
        "id:council/X08000001",
        "Tarnbeck Metropolitan Borough Council",
        "1",
        "1",
        "1",
    ),
    "what-was-paid": ("category:education", "1", "2", "1350", "1200"),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question_gives_the_expected_row(kg: KnowledgeGraph, name: str) -> None:
    assert EXPECTED[name] in rows(kg, name, **REQUIRED.get(name, {}))


def test_every_question_without_a_row_above_is_tested_below() -> None:
    own = {"guidance-cited", "joint-investigations", "remedies-overdue", "repeated-faults"}
    assert set(questions()) == own | set(EXPECTED)


def test_repeated_faults_counts_joint_decisions_once(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "repeated-faults", council=TARNBECK)
    name = "Tarnbeck Metropolitan Borough Council"
    assert found[0] == (
        "id:council/X08000001",
        name,
        "fault:delay",
        "2022-09-15",
        "1",
        "2023-09-01",
    )
    assert {row[2] for row in found} == {
        "fault:delay",
        "fault:failure-to-provide-service",
        "fault:poor-complaint-handling",
    }


def test_repeated_faults_lists_every_service_improvement() -> None:
    listed = set(re.findall(r"remedy:([a-z-]+)", questions()["repeated-faults"].text))
    narrower = {c.id for c in vocabulary("remedy").values() if c.broader == "service-improvement"}
    assert listed == narrower | {"service-improvement"}


def test_joint_investigations_name_every_body(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "joint-investigations")
    assert {row[1] for row in found} >= {"id:complaint/23-900-050", "id:complaint/23-900-050a"}
    assert "Tarrow Vale Trust" in {row[3] for row in found}


def test_overdue_needs_a_day_passed_and_no_word_of_satisfaction(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "remedies-overdue", day="2022-10-15", council="Tarnbeck")
    assert [(row[0], row[3]) for row in found] == [
        ("2022-10-14", "id:decision/23-900-050/X08000001")
    ]


def test_an_injustice_that_nothing_answers_names_no_remedy(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "faults-injustices-remedies", council="Tarnbeck")
    assert {row[5] for row in found if row[4] == "injustice:distress"} == {""}


def test_guidance_cited_runs(kg: KnowledgeGraph) -> None:
    assert rows(kg, "guidance-cited") == []


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_parameter_can_be_given(kg: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    given = {p.name: EXAMPLES[p.kind] for p in question.parameters}
    assert "#bind" not in question.sparql(**given)
    rows(kg, name, **given)


@pytest.mark.parametrize("name", sorted(questions()))
def test_columns_are_described_as_they_are_answered(kg: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    found = answer(kg.store, question.sparql(**REQUIRED.get(name, {})), 5)
    assert isinstance(found, Rows)
    without_words = [part.strip() for part in _outside_brackets(question.columns).split(",")]
    assert without_words == list(found.variables)


def _outside_brackets(text: str) -> str:
    kept, depth = "", 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        kept += character if not depth and character != ")" else ""
    return kept


def test_a_filter_narrows_the_answer(kg: KnowledgeGraph) -> None:
    assert len(rows(kg, "what-was-paid")) == 2
    assert [row[0] for row in rows(kg, "what-was-paid", council="Kingsferry")] == [
        "category:housing"
    ]
    assert rows(kg, "what-was-paid", since="2024-01-01") == []
    assert rows(kg, "payments-by-injustice", category="housing") == []


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(QueryError, match="needs 'council'"):
        questions()["faults-injustices-remedies"].sparql()


def test_an_unknown_parameter_is_named() -> None:
    with pytest.raises(QueryError, match="no parameter 'town'"):
        questions()["faults-by-council"].sparql(town="Tarnbeck")


@pytest.mark.parametrize(
    "value",
    [
        'X" } DROP',
        "<http://a> } #",
        "Tarnbeck\n} SELECT",
        "https://w3id.org/faultlines/id/council/}",
    ],
)
def test_no_text_becomes_part_of_the_query(value: str) -> None:
    with pytest.raises(QueryError):
        questions()["faults-by-council"].sparql(council=value)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_refuses_what_it_cannot_read(kind: str) -> None:
    with pytest.raises((QueryError, ValueError, KeyError)):
        KINDS[kind]('"} # nonsense')


def test_near_concepts_are_offered() -> None:
    with pytest.raises(QueryError, match="delay"):
        questions()["faults-by-council"].sparql(fault="dellay")


@pytest.mark.parametrize(
    "text", ["Tarnbeck", "tarnbeck mbc", "X08000001", "x08000001", TARNBECK, " Tarnbeck "]
)
def test_a_council_is_found_by_any_of_its_names(text: str) -> None:
    assert find_council(text, {}) == TARNBECK


def test_a_name_that_fits_several_councils_lists_them() -> None:
    with pytest.raises(QueryError, match="E06000066"):
        find_council("Somerset", {})


def test_a_misspelt_name_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean Tarnbeck Metropolitan Borough Council"):
        find_council("Tarnbek", {})


def test_an_authority_that_only_the_graph_names_is_found() -> None:
    node = "https://w3id.org/faultlines/id/authority/oak-care-ltd"
    assert find_council("OAK Care Ltd", {node: "Oak Care Ltd"}) == node


def test_a_header_that_lies_is_an_error() -> None:
    with pytest.raises(ValueError, match="#bind council"):
        parse(
            "x",
            "# title: T\n# answers: A\n# param: council council optional C\n# columns: a\nASK {}",
        )
    with pytest.raises(ValueError, match="must begin"):
        parse("x", "ASK {}")
