"""The named questions: each is whole, runs, and gives the rows it should."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import InvalidOperation

import pytest

from graph.errors import QueryError
from graph.facts import PROMISED
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.council_name import authority_names, find_council
from graph.questions.parameter import KINDS
from graph.questions.question import parse, questions
from graph.questions.results import Rows, shorten
from graph.questions.runner import answer
from graph.triples.authority import authority_iri
from graph.triples.payment import payment
from ontology.model import Authority
from ontology.vocabulary import vocabulary
from tests import answers, factories
from tests.benchmarks import corpus

TARNBECK = "https://w3id.org/faultlines/id/council/X08000001"
EDUCATION = "id:decision/22-900-014/X08000001"
HOUSING = "id:decision/23-900-021/X06000001"


EXAMPLES = {
    "council": "X08000001",
    "fault": "delay",
    "injustice": "Distress",
    "remedy": "apology",
    "reason": "late",
    "category": "education",
    "outcome": "Upheld",
    "body": "Ofsted",
    "provision": "Education Act 1996, section 19",
    "date": "2022-01-01",
    "year": "2022",
    "number": "1",
    "amount": "£1,200.50",
    "reference": "22 900 014",
}
"""A value for each kind of parameter."""


@pytest.fixture(scope="module")
def later_kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The sample, a later decision with the same fault, and a joint investigation."""
    earlier = factories.decision()
    last = earlier.paragraphs[-1]
    said = f"{last.text} We looked into the same matter before."
    reworded = (*earlier.paragraphs[:-1], replace(last, text=said, end=last.start + len(said)))
    later = {"date": date(2023, 9, 1), "satisfied": None, "paragraphs": reworded}
    repeated = factories.decision(reference="23 900 050", **later)
    trust = Authority("Tarrow Vale Trust", None, "nhs-body")
    joint = factories.decision(reference="23 900 050a", authorities=(trust,), **later)
    folder = tmp_path_factory.mktemp("later")
    return factories.build_graph((*factories.sample(), repeated, joint), folder)


@pytest.fixture(scope="module")
def drawn_kg(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Some hundred made-up decisions of real councils, with the kinds of joint decision."""
    made = list(corpus.decisions(400))
    twin = replace(made[7], reference=f"{made[7].reference}a")
    other = replace(made[9], authorities=(factories.TARNBECK,))
    folder = tmp_path_factory.mktemp("drawn")
    return factories.build_graph((*factories.sample(), *made, twin, other), folder)


def rows(kg: KnowledgeGraph, name: str, **parameters: str) -> list[tuple[str, ...]]:
    return shown(kg, questions()[name].sparql(**parameters))


def shown(kg: KnowledgeGraph, sparql: str) -> list[tuple[str, ...]]:
    found = answer(kg.store, sparql, 100_000)
    assert isinstance(found, Rows)
    return [tuple("" if t is None else shorten(t.value) for t in row) for row in found.rows]


def test_there_are_thirty_questions_and_more() -> None:
    assert len(questions()) >= 30


@pytest.mark.parametrize("name", sorted(questions()))
def test_the_bundled_sample_gives_the_answers_kept(sample_kg: KnowledgeGraph, name: str) -> None:
    kept = (answers.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert answers.answers(sample_kg, questions()[name]) == kept


def test_no_answer_is_kept_for_a_question_that_is_gone() -> None:
    assert {path.stem for path in answers.FOLDER.glob("*.csv")} == set(questions())


NO_ROW = {"joint-investigations", "faults-without-remedy"}
"""Questions that the sample has no row for; they are tested on other graphs below."""


@pytest.mark.parametrize("name", sorted(set(questions()) - NO_ROW))
def test_the_sample_has_a_row_for_the_question(sample_kg: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    assert rows(sample_kg, name, **answers.asked(question)[0])


COUNTED = [name for name, question in questions().items() if "qb:dataSet" in question.text]
BOTH_WAYS = [
    name for name in COUNTED if "statistics:" not in questions()[name].text.partition("#el")[0]
]
"""Questions with a first branch that asks the decisions and a last one that asks the counts."""


@pytest.mark.parametrize("name", sorted(BOTH_WAYS))
def test_counts_made_at_build_time_are_what_the_decisions_say(
    drawn_kg: KnowledgeGraph, name: str
) -> None:
    question = questions()[name]
    first = [line.split()[1:] for line in question.text.splitlines() if line.startswith("#if ")]
    asked_of_decisions = question.written({names[0] for names in first}, {})
    assert "statistics:" not in asked_of_decisions.replace("graph:statistics", "")
    asked_of_counts = question.written((), {})
    assert "statistics:" in asked_of_counts.replace("graph:statistics", "")
    counted = shown(drawn_kg, asked_of_counts)
    assert counted
    assert sorted(counted) == sorted(shown(drawn_kg, asked_of_decisions))


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("bodies-by-role", "council", "Tarnbeck"),
        ("faults-by-type", "council", "Tarnbeck"),
        ("remedies-due", "council", "Tarnbeck"),
        ("payments-by-injustice", "council", "Tarnbeck"),
        ("upheld-by-council", "category", "education"),
    ],
)
def test_every_branch_is_taken(name: str, parameter: str, value: str) -> None:
    question = questions()[name]
    assert question.sparql() != question.sparql(**{parameter: value})
    left = question.sparql(**{parameter: value})
    assert not re.search(r"^ *#(?! )", left, re.MULTILINE)


def test_rates_are_of_the_complaints_decided(drawn_kg: KnowledgeGraph) -> None:
    decided: dict[str, set[str]] = {}
    delayed: dict[str, set[str]] = {}
    for entry in drawn_kg.ledger.entries():
        made = entry.decision()
        for index in range(len(made.authorities)):
            council = shorten(authority_iri(made, index))
            joint = made.reference.rstrip("a") if made.reference else entry.iri
            decided.setdefault(council, set()).add(joint)
            if any("delay" in finding.types for finding in made.findings):
                delayed.setdefault(council, set()).add(joint)
    found = {
        row[0]: (row[5], row[6], row[7])
        for row in rows(drawn_kg, "faults-by-council", fault="delay")
    }
    assert len(found) > 20
    for council, (investigations, decided_about, rate) in found.items():
        if council in decided:
            assert int(investigations) == len(delayed[council])
            assert int(decided_about) == len(decided[council])
            assert float(rate) == round(100 * len(delayed[council]) / len(decided[council]), 1)


def test_fault_without_remedy_leaves_out_what_was_put_right(drawn_kg: KnowledgeGraph) -> None:
    wanted = {
        shorten(entry.iri)
        for entry in drawn_kg.ledger.entries()
        if any(finding.types for finding in entry.decision().findings)
        and not entry.decision().remedies
    }
    assert {row[0] for row in rows(drawn_kg, "faults-without-remedy")} == wanted


def test_quartiles_are_of_the_nearest_rank(drawn_kg: KnowledgeGraph) -> None:
    sums = [
        payment(remedy)
        for entry in drawn_kg.ledger.entries()
        for remedy in entry.decision().remedies
        if "loss-of-education" in remedy.purposes
    ]
    paid = sorted(value for value in sums if value is not None)
    ranks = [-(-len(paid) * quarter // 4) - 1 for quarter in (1, 2, 3)]
    (row,) = rows(drawn_kg, "payments-by-injustice", injustice="loss-of-education")
    assert row[1:] == tuple(
        str(value) for value in (len(paid), paid[0], *(paid[rank] for rank in ranks), paid[-1])
    )


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


@pytest.mark.parametrize("name", ["repeated-faults", "improvements-promised"])
def test_every_service_improvement_is_listed(name: str) -> None:
    listed = set(re.findall(r"remedy:([a-z-]+)", questions()[name].text))
    narrower = {c.id for c in vocabulary("remedy").values() if c.broader == "service-improvement"}
    assert listed == narrower | {"service-improvement"}


def test_joint_investigations_name_every_body(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "joint-investigations")
    assert {row[1] for row in found} >= {"id:complaint/23-900-050", "id:complaint/23-900-050a"}
    assert "Tarrow Vale Trust" in {row[3] for row in found}


def test_overdue_needs_a_day_passed_and_no_word_of_satisfaction(later_kg: KnowledgeGraph) -> None:
    found = rows(later_kg, "remedies-overdue", day="2022-10-15", council="Tarnbeck")
    assert [(row[0], row[5]) for row in found] == [
        ("2022-10-14", "id:decision/23-900-050/X08000001"),
        ("2022-10-14", "id:decision/23-900-050a/tarrow-vale-trust"),
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


TYPE_OF = {
    "iri": "iri",
    "text": "http://www.w3.org/2001/XMLSchema#string",
    **{
        name: f"http://www.w3.org/2001/XMLSchema#{name}"
        for name in ("integer", "decimal", "date", "boolean")
    },
}


@pytest.mark.parametrize("name", sorted(questions()))
def test_columns_are_what_the_header_says(drawn_kg: KnowledgeGraph, name: str) -> None:
    question = questions()[name]
    given = {p.name: EXAMPLES[p.kind] for p in question.parameters if p.required}
    found = answer(drawn_kg.store, question.sparql(**given), 500)
    assert isinstance(found, Rows)
    assert tuple(column.name for column in question.columns) == found.variables
    for row in found.rows:
        for column, term in zip(question.columns, row, strict=True):
            if term is not None:
                stated = term.datatype or TYPE_OF["text"]
                kind = "iri" if term.kind == "iri" else stated
                whole = {TYPE_OF["integer"]} if column.type == "decimal" else set()
                assert kind in {TYPE_OF[column.type], *whole}, (column.name, term)


def test_a_filter_narrows_the_answer(kg: KnowledgeGraph) -> None:
    assert len(rows(kg, "what-was-paid")) == 2
    assert [row[0] for row in rows(kg, "what-was-paid", council="Kingsferry")] == [
        "category:housing"
    ]
    assert rows(kg, "what-was-paid", year="2024") == []
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
    with pytest.raises((QueryError, ValueError, KeyError, InvalidOperation)):
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


def test_a_name_of_several_authorities_lists_them() -> None:
    base = "https://w3id.org/faultlines/id/authority/"
    known = {f"{base}st-john-s-home": "St John's Home", f"{base}st-johns-home": "St Johns Home"}
    with pytest.raises(QueryError, match=r"the name of several: .*st-john-s-home.*give one IRI"):
        find_council("St Johns Home", known)


def test_a_misspelt_name_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean Tarnbeck Metropolitan Borough Council"):
        find_council("Tarnbek", {})


def test_an_authority_that_only_the_graph_names_is_found() -> None:
    node = "https://w3id.org/faultlines/id/authority/oak-care-ltd"
    assert find_council("OAK Care Ltd", {node: "Oak Care Ltd"}) == node


def test_every_authority_that_decisions_name_is_known_and_nothing_else(
    sample_kg: KnowledgeGraph,
) -> None:
    trust = "https://w3id.org/faultlines/id/authority/tarrow-vale-nhs-foundation-trust"
    known = authority_names(sample_kg)
    assert (
        known[trust] == "Tarrow Vale NHS Foundation Trust"
    )  # at fault, though the complaint is about another
    assert all("/id/council/" in node or "/id/authority/" in node for node in known)
    with pytest.raises(QueryError, match="no council is known as"):
        ask(sample_kg, "faults-by-council", {"council": "Guidance cited."})


def test_promises_are_the_same_remedies_in_every_question() -> None:
    for question in questions().values():
        listed = set(re.findall(r"remedystatus:(\w+)", question.text))
        assert listed in (set(), set(PROMISED), {"agreed"}, {"refused"}), question.name


def test_a_header_that_lies_is_an_error() -> None:
    with pytest.raises(ValueError, match="#bind council"):
        parse(
            "x",
            "# title: T\n# answers: A\n# param: council council optional C\n"
            "# column: a iri A\nASK {}",
        )
    with pytest.raises(ValueError, match="must begin"):
        parse("x", "ASK {}")
