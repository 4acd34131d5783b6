"""Every statement comes with what it rests on: the sentence, or an honest word about it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.explained import Explained, Explanation
from graph.questions.explanation import explain
from graph.questions.ground import Ground
from graph.questions.passage import first_mention, passage
from graph.questions.results import shorten
from graph.questions.thing_name import find_things
from ontology import iri as mint
from ontology.model import Related
from ontology.vocabulary import vocabulary
from tests import factories

EDUCATION = f"{mint.ID}decision/22-900-014/X08000001"
TARNBECK = f"{mint.ID}council/X08000001"
Grounds = dict[tuple[str, str], Ground]


def _one(found: Explained, iri: str) -> Explanation:
    (one,) = (one for one in found.explanations if one.iri == iri)
    return one


def _grounds(one: Explanation) -> Grounds:
    """(predicate, object), shortened, to what the statement rests on."""
    return {
        (shorten(said.predicate), shorten(said.object)): ground
        for statements, ground in one.told
        for said in statements
    }


@pytest.fixture(scope="module")
def told(kg: KnowledgeGraph) -> Explained:
    return explain(kg, "22 900 014")


# a decision


def test_every_statement_of_a_decision_rests_on_something(
    kg: KnowledgeGraph, told: Explained
) -> None:
    assert told.total == len(told.explanations)
    assert [one.decision for one in told.explanations] == [EDUCATION] * told.total
    told_of = {one.iri for one in told.explanations}
    hidden = ("/passage/", "/paragraph/", "/amount", "/total")
    graph = mint.decision_graph(EDUCATION)
    rows = kg.query(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    subjects = {row[0].value for row in rows}  # type: ignore[union-attr]
    inside = {s for s in subjects if s.startswith((EDUCATION, f"{mint.ID}complaint/"))}
    assert told_of == {s for s in inside if not any(word in s for word in hidden)}
    for one in told.explanations:
        assert one.told
        for statements, ground in one.told:
            assert statements
            assert ground.words or ground.passages


def test_quotations_stand_in_the_text(told: Explained) -> None:
    text = factories.text_of(factories.decision())
    passages = [p for one in told.explanations for _, g in one.told for p in g.passages]
    assert len(passages) > 20
    for one in passages:
        assert text[one.start : one.end] == one.quote
        assert f"{one.before}{one.quote}{one.after}" in text
        assert one.source == "22-900-014.txt"


def test_a_quotation_is_shown_within_its_sentence(told: Explained) -> None:
    finding = _one(told, f"{EDUCATION}/finding/f2")
    assert list(finding.lines())[-2:] == [
        "      “The Council **took eleven weeks longer than its policy allows** to answer the "
        "complaint.”",
        "          paragraph 8 of 22-900-014.txt, rule fault.complaint-handling",
    ]


def test_what_the_header_says_is_told_as_the_header(told: Explained) -> None:
    grounds = _grounds(_one(told, EDUCATION))
    header = Ground("header", "the header of 22-900-014.txt")
    for said in (
        ("fl:date", "2022-09-15"),
        ("fl:outcome", "outcome:upheld"),
        ("fl:reference", "22 900 014"),
        ("fl:summary", "The Council left a child without teaching for two terms."),
    ):
        assert grounds[said] == header
    assert grounds["fl:disposition", "disposition:investigated"].kind == "computed"
    assert grounds["fl:layout", "A"].kind == "source"
    complaint = _grounds(_one(told, f"{mint.ID}complaint/22-900-014"))
    assert complaint["fl:against", "id:council/X08000001"] == header
    investigated = complaint["fl:investigatedIn", "id:investigation/22-900-014"]
    assert investigated.kind == "computed"


def test_short_cuts_rest_on_the_citation_and_the_involvement(told: Explained) -> None:
    grounds = _grounds(_one(told, EDUCATION))
    act = f"{mint.LEGISLATION}ukpga/1996/56/section/19"
    (cited,) = grounds["fl:citesAsSubstantive", act].passages
    assert cited.quote == "Education Act 1996, section 19"
    (shared,) = grounds["fl:sharedWith", "id:body/ofsted"].passages
    assert shared.rule == "body.shared"


def test_who_owes_a_remedy_that_names_nobody_is_told_as_worked_out(told: Explained) -> None:
    grounds = _grounds(_one(told, f"{EDUCATION}/remedy/r4"))
    owed = next(ground for (name, _), ground in grounds.items() if name == "fl:owedBy")
    assert (owed.kind, owed.words) == (
        "computed",
        "the words name nobody: the only body complained about",
    )


def test_an_assumed_due_date_is_told_as_one(told: Explained) -> None:
    assumed = _grounds(_one(told, f"{EDUCATION}/remedy/r4"))["fl:dueDate", "2022-12-15"]
    assert assumed.kind == "computed"
    words = "counted from the words “Within three months”, whose starting point is assumed"
    assert assumed.words == words
    relative = _grounds(_one(told, f"{EDUCATION}/remedy/r1"))["fl:dueDate", "2022-10-15"]
    assert relative.words == "counted from the words “Within one month of my decision”"
    printed = _grounds(_one(told, f"{EDUCATION}/remedy/r3"))["fl:dueDate", "2022-10-14"]
    assert (printed.kind, printed.words) == ("passage", "")


def test_a_sum_is_told_with_its_currency_and_a_total_as_worked_out(kg: KnowledgeGraph) -> None:
    stated = _grounds(_one(explain(kg, "22 900 014"), f"{EDUCATION}/remedy/r2"))
    assert stated["fl:total", "1200 GBP"].kind == "passage"
    iri = f"{mint.ID}decision/23-900-021/X06000001/remedy/r2"
    counted = _grounds(_one(explain(kg, "23 900 021"), iri))
    assert counted["fl:amount", "200 GBP"].kind == "passage"
    assert counted["fl:total", "2400 GBP"].kind == "computed"
    assert stated["fl:payment", "1200"].kind == "passage"
    assert counted["fl:payment", "2400"].kind == "computed"


def test_people_are_shown_where_they_are_first_named(told: Explained) -> None:
    person = _one(told, f"{EDUCATION}/person/miss-y")
    grounds = _grounds(person)
    named = grounds["rdfs:label", "Miss Y"]
    assert named.words == "first named here"
    assert named.passages[0].place == "paragraph 1"
    assert named.passages[0].rule == ""
    suffered = grounds["fl:suffered", "id:decision/22-900-014/X08000001/injustice/i2"]
    assert suffered.passages[0].rule == "injustice.distress"


def test_an_unread_mention_is_shown_at_its_place(told: Explained) -> None:
    ground = _grounds(_one(told, f"{EDUCATION}/unread/1"))["fl:kind", "due"]
    (found,) = ground.passages
    assert (found.quote, found.place) == ("in the near future", "paragraph 11")
    assert found.before.startswith("Within three months")


def test_rules_that_read_the_same_words_are_named_together(kg: KnowledgeGraph) -> None:
    twice = passage(factories.decision(), 0, 6, "", "rule.one")
    lines = list(Ground("passage", "", (twice, replace(twice, rule="rule.two"))).lines())
    assert lines[1] == "    paragraph 1 of 22-900-014.txt, rule rule.one, rule.two"
    assert len(lines) == 2


@pytest.mark.parametrize("wanted", ["22-900-014", "22900014", " 22 900 014 ", EDUCATION])
def test_a_decision_is_found_however_it_is_written(
    kg: KnowledgeGraph, told: Explained, wanted: str
) -> None:
    assert explain(kg, wanted, limit=1) == told


def test_several_documents_of_one_reference_are_told_one_after_the_other(tmp_path: Path) -> None:
    other = factories.decision(authorities=(factories.WEXBOROUGH,))
    with factories.build_graph((factories.decision(), other), tmp_path) as kg:
        found = explain(kg, "22 900 014")
        assert len(found.things) == 2
        assert {one.decision for one in found.explanations} == set(found.things)
        headings = [line for line in found.lines() if ", read from " in line]
        assert len(headings) == 2


# one thing in a decision


def test_what_leads_to_a_thing_follows_it(kg: KnowledgeGraph) -> None:
    found = explain(kg, "id:decision/22-900-014/X08000001/injustice/i3")
    assert [shorten(one.iri).rpartition("X08000001/")[2] for one in found.explanations] == [
        "injustice/i3",
        "person/miss-y",
        "finding/f2",
        "remedy/r3",
    ]


# what decisions share


@pytest.mark.parametrize("wanted", ["Tarnbeck", "tarnbeck council", "X08000001", TARNBECK])
def test_a_council_has_its_register_and_what_decisions_say(kg: KnowledgeGraph, wanted: str) -> None:
    found = explain(kg, wanted)
    assert found.things == (TARNBECK,)
    own = _grounds(found.explanations[0])
    assert own["fl:gss", "X08000001"].kind == "register"
    assert "fictional-councils.tsv" in own["fl:gss", "X08000001"].words
    named = own["fl:authorityName", "Tarnbeck Metropolitan Borough Council"]
    assert named == Ground("header", "the header of 22-900-014.txt")
    names = [
        line for line in found.explanations[0].lines() if line.strip().startswith("rdfs:label")
    ]
    assert len(names) == 1  # other graphs repeat what the register says
    about = [one for one in found.explanations if one.decision]
    assert {one.decision for one in about} == {EDUCATION}
    for one in about:
        assert "id:council/X08000001" in {value for _, value in _grounds(one)}
    said = {statement for one in about for statement in _grounds(one)}
    for predicate in ("fl:against", "fl:faultBy", "fl:owedBy"):
        assert (predicate, "id:council/X08000001") in said


def test_a_real_council_names_its_register(kg: KnowledgeGraph) -> None:
    found = explain(kg, "id:council/E08000025")
    (one,) = found.explanations
    ground = _grounds(one)["fl:gss", "E08000025"]
    assert "mySociety" in ground.words
    assert "councils.tsv" in ground.words


def test_a_type_of_fault_has_its_vocabulary_and_findings_latest_first(kg: KnowledgeGraph) -> None:
    found = explain(kg, "fault:delay")
    own, *findings = found.explanations
    grounds = set(_grounds(own).values())
    assert grounds == {Ground("vocabulary", "ontology/vocabularies/fault.ttl")}
    assert [one.date for one in findings] == ["2023-06-02", "2022-09-15"]
    assert all(("fl:faultType", "fault:delay") in _grounds(one) for one in findings)


def test_a_limit_cuts_what_decisions_say(kg: KnowledgeGraph) -> None:
    whole, cut = explain(kg, "fault:delay"), explain(kg, "fault:delay", limit=1)
    assert cut.explanations == whole.explanations[:2]
    assert cut.total == whole.total == 3


def test_a_broad_type_brings_the_narrow_ones(kg: KnowledgeGraph) -> None:
    found = explain(kg, "remedy:financial")
    said = {statement for one in found.explanations for statement in _grounds(one)}
    types = {value for name, value in said if name == "fl:remedyType"}
    assert types == {
        "remedy:financial-loss-of-education",
        "remedy:financial-time-and-trouble",
        "remedy:financial-unsuitable-accommodation",
    }


@pytest.mark.parametrize("path", ["ukpga/1996/56", "ukpga/1996/56/section/19"])
def test_an_act_brings_its_sections(kg: KnowledgeGraph, path: str) -> None:
    found = explain(kg, mint.legislation(path))
    own, *about = found.explanations
    assert {ground.kind for ground in _grounds(own).values()} <= {"register", "computed"}
    kinds = {one.iri.rsplit("/", 2)[1] for one in about}
    assert kinds == {"finding", "citation"}
    assert all(ground.passages for one in about for ground in _grounds(one).values())


def test_what_only_a_header_says_is_one_statement(kg: KnowledgeGraph) -> None:
    found = explain(kg, "outcome:upheld")
    for one in found.explanations[1:]:
        assert list(_grounds(one)) == [("fl:outcome", "outcome:upheld")]
    assert {one.decision for one in found.explanations[1:]} == {
        EDUCATION,
        f"{mint.ID}decision/23-900-021/X06000001",
    }


def test_an_investigation_names_its_complaints(tmp_path: Path) -> None:
    joint = [factories.decision(reference=f"22 900 014{suffix}") for suffix in "ab"]
    with factories.build_graph(joint, tmp_path) as kg:
        found = explain(kg, "id:investigation/22-900-014")
    assert [shorten(one.iri) for one in found.explanations[1:]] == [
        "id:complaint/22-900-014a",
        "id:complaint/22-900-014b",
    ]
    assert {g.kind for one in found.explanations for g in _grounds(one).values()} == {"computed"}


def test_a_body_named_only_in_the_text_is_shown_there(tmp_path: Path) -> None:
    say = factories.EDUCATION.evidence
    finding = replace(
        factories.decision().findings[0],
        authority="Alder Grange",
        evidence=say("The Council delayed arranging alternative provision for Z.", "fault.x"),
    )
    made = factories.decision(findings=(finding,))
    with factories.build_graph((made,), tmp_path) as kg:
        own = explain(kg, "id:authority/alder-grange").explanations[0]
    (one,) = _grounds(own)["fl:authorityName", "Alder Grange"].passages
    assert one.rule == "fault.x"


def test_passages_about_another_decision_are_not_lost(tmp_path: Path) -> None:
    quote = "answered her complaint late"
    related = Related(
        "later", "23 900 001", quote, factories.EDUCATION.evidence(quote, "related.x")
    )
    with factories.build_graph((factories.decision(related=(related,)),), tmp_path) as kg:
        complaint = _one(explain(kg, "22 900 014"), f"{mint.ID}complaint/22-900-014")
    assert [g.passages[0].rule for said, g in complaint.told if not said] == ["related.x"]


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("21900006", mint.decision("21 900 006", "X08000001")),
        ("delay", vocabulary("fault")["delay"].iri),
        ("Poor communication", vocabulary("fault")["poor-communication"].iri),
        ("Children and Families Act 2014", mint.legislation("ukpga/2014/6")),
        ("section 42 Children and Families Act 2014", mint.legislation("ukpga/2014/6/section/42")),
        ("Ofsted", mint.body("ofsted")),
    ],
)
def test_names_will_do(words: str, thing: str, sample_kg: KnowledgeGraph) -> None:
    assert find_things(sample_kg, words) == [thing]


# what is not there


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("22 900 041", "did you mean 22 900 014"),
        ("99 999 999", "copy one from a query's answer"),
        ("Tarnbek", "did you mean Tarnbeck Metropolitan Borough Council"),
        ("nonsense", "give its full name or GSS code"),
        ("id:council/E00000000", "this graph says nothing about it"),
        ("http://example.org/", "this graph says nothing about it"),
        ("", "nothing is named"),
        ("other", "it may mean "),
        ("Mr X", "no Act, body or type"),
    ],
)
def test_what_is_not_there_is_told(kg: KnowledgeGraph, wanted: str, told: str) -> None:
    with pytest.raises(QueryError) as raised:
        explain(kg, wanted)
    assert told in str(raised.value)


def test_an_explanation_printed_cannot_steer_a_terminal(hostile_kg: KnowledgeGraph) -> None:
    found = explain(hostile_kg, "23 900 099")
    assert not all(line.isprintable() for line in found.lines())
    assert all(line.isprintable() for line in str(found).split("\n"))


# as JSON


def test_the_json_has_its_shape(kg: KnowledgeGraph) -> None:
    found = explain(kg, "fault:delay", limit=1)
    shown = json.loads(json.dumps(found.json()))
    assert set(shown) == {"things", "total", "shown", "explanations"}
    assert (shown["total"], shown["shown"]) == (3, 2)
    own, finding = shown["explanations"]
    assert (own["decision"], own["date"], own["source"]) == (None, None, None)
    assert set(finding) == {"iri", "label", "decision", "date", "source", "told"}
    ((told),) = finding["told"]
    assert set(told) == {"statements", "ground"}
    assert {
        "predicate": "https://w3id.org/faultlines/ns#faultType",
        "object": "https://w3id.org/faultlines/vocab/fault/delay",
        "kind": "iri",
        "label": None,
    } in told["statements"]
    assert told["ground"]["kind"] == "passage"
    (quoted,) = told["ground"]["passages"]
    assert set(quoted) == {
        *("quote", "before", "after", "place", "start", "end", "rule", "source"),
    }


# sentences


@pytest.mark.parametrize(
    ("quote", "before", "after"),
    [
        ("This was fault.", "", ""),
        ("apologise to Miss Y", "agreed to ", " and to pay"),
        ("gave her son no teaching for two terms", "Council: a) ", " after he stopped"),
    ],
)
def test_the_sentence_around_a_quotation(quote: str, before: str, after: str) -> None:
    made = factories.decision()
    start = factories.text_of(made).index(quote)
    found = passage(made, start, start + len(quote), quote, "r")
    assert found.before.endswith(before)
    assert found.after.startswith(after)
    assert "\n\n" not in found.before + found.after


def test_the_letter_and_the_stop_of_an_item_are_no_words() -> None:
    wording = factories.Wording(("complaint", None, ["It:\na) was late; and\nb) was rude."]))
    made = factories.empty_decision(wording)
    start = wording.text.index("was rude")
    found = passage(made, start, start + 8, "was rude", "r")
    assert (found.before, found.after) == ("", "")


def test_a_quotation_of_the_summary_is_placed_there() -> None:
    made = factories.decision(summary="It was late. It left a child without teaching.")
    found = passage(made, 9_000, 9_010, "left a child", "r")
    assert (found.place, found.before, found.after) == ("the summary", "It ", " without teaching.")


def test_a_quotation_without_a_record_stands_alone() -> None:
    found = passage(None, 3, 8, "words", "r")
    assert (found.quote, found.before, found.after, found.place) == ("words", "", "", "the text")


def test_a_name_is_found_as_a_word() -> None:
    wording = factories.Wording(("complaint", None, ["Mr Young met Mr Y. Mr Y left."]))
    found = first_mention(factories.empty_decision(wording), "Mr Y")
    assert found is not None
    assert found.start == wording.text.index("Mr Y.")
    assert first_mention(factories.empty_decision(wording), "Mrs Z") is None
    assert first_mention(None, "Mr Y") is None
