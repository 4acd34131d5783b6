"""Which decisions a scope means, and what it says when it means none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exports.scope import Scope, ScopeError
from exports.serve.counts.casebook import Casebook
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint

TARNBECK = mint.decision("22 900 014", "X08000001")
KINGSFERRY = mint.decision("23 900 021", "X06000001")
WEXBOROUGH = mint.decision("24 900 003", "X09000001")
PEVERELL = mint.decision("22 900 030", "X07000001")


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        (Scope(), [TARNBECK, PEVERELL, KINGSFERRY, WEXBOROUGH]),
        (Scope(council="Tarnbeck Metropolitan Borough Council"), [TARNBECK]),
        (Scope(council="tarnbeck"), [TARNBECK]),
        (Scope(council="Tarnbeck MBC"), [TARNBECK]),
        (Scope(council="X08000001"), [TARNBECK]),
        (Scope(council=mint.council("X08000001")), [TARNBECK]),
        (Scope(category="education"), [TARNBECK]),
        (Scope(category="housing/homelessness"), [KINGSFERRY]),
        (Scope(category="Homelessness"), [KINGSFERRY]),
        (Scope(since=date(2023, 6, 2)), [KINGSFERRY, WEXBOROUGH]),
        (Scope(until=date(2022, 9, 15)), [TARNBECK]),
        (Scope(since=date(2022, 9, 16), until=date(2023, 6, 1)), [PEVERELL]),
        (Scope(outcome="upheld"), [TARNBECK, KINGSFERRY]),
        (Scope(outcome="Not upheld"), [PEVERELL]),
        (Scope(fault="delay"), [TARNBECK, KINGSFERRY]),
        (Scope(fault="delay", council="Kingsferry"), [KINGSFERRY]),
        (Scope(references=("24-900-003", "22 900 030")), [PEVERELL, WEXBOROUGH]),
        (Scope(fault="staff-conduct"), []),
        (Scope(injustice="loss-of-education"), [TARNBECK]),
        (Scope(remedy="Apology"), [TARNBECK, KINGSFERRY]),
        (Scope(remedy="financial"), [TARNBECK, KINGSFERRY]),
        (Scope(provision="Education Act 1996, section 19"), [TARNBECK]),
        (Scope(provision="Education Act 1996"), [TARNBECK]),
        (Scope(provision="ukpga/1996/56/section/19/1"), []),
        (Scope(provision="Local Government Act 1974"), []),
    ],
)
def test_every_condition_must_hold(scope: Scope, wanted: list[str], kg: KnowledgeGraph) -> None:
    assert scope.decisions(kg) == wanted


def test_without_conditions_all_decisions_are_there(sample_kg: KnowledgeGraph) -> None:
    rows = sample_kg.select("SELECT ?d { ?complaint fl:decidedBy ?d } ORDER BY ?d")
    every = list(dict.fromkeys(row[0] for row in rows))
    assert Scope().decisions(sample_kg) == every
    assert Scope(since=date(1974, 4, 1)).decisions(sample_kg) != every  # some have no date
    (one,) = sample_kg.decisions("21 900 006")
    assert Scope(references=(one.iri,)).decisions(sample_kg) == [one.iri]
    assert Scope(references=(one.iri,)).words(sample_kg).endswith("the reference 21 900 006")
    assert Scope(references=(one.iri,), outcome="not upheld").decisions(sample_kg) == []


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (Scope(council="Tarnbek Metropolitan Borough Council"), "did you mean Tarnbeck"),
        (Scope(council="Tarnbek"), "did you mean Tarnbeck Metropolitan Borough Council"),
        (Scope(council="Leeds"), "upheld-by-council shows"),
        (Scope(council="Council"), "authorities fit"),
        (Scope(council="Wigan"), "no decision in the graph is about it"),
        (Scope(council='x" } DROP ALL'), "no decision in the graph is about it"),
        (Scope(fault="delays"), "delay"),
        (Scope(outcome="upeld"), "upheld"),
        (Scope(category="eduction"), "it does not name one category; did you mean education"),
        (Scope(category="COVID-19"), "several have this name: give one of adult-care-services/"),
        (Scope(category="schools"), "did you mean education"),
        (Scope(category="zzz"), r"known are [a-z, -]*education[a-z, -]* and \d+ more$"),
        (Scope(references=("99 900 999",)), "no decision of this graph"),
        (Scope(injustice="distres"), "does not name one injustice; did you mean distress"),
        (Scope(remedy="appology"), "does not name one remedy; did you mean apology"),
        (Scope(provision="Car Act 2014, section 9"), "did you mean Care Act 2014"),
        (Scope(provision="x> } #"), "names no statute of the register"),
        (Scope(guidance="guidance on remedis"), "did you mean guidance on remedies"),
        (Scope(guidance="qqq"), "guidance-cited shows"),
        (Scope(body="ofstd"), "did you mean ofsted"),
        (Scope(body="qqq"), "bodies-by-role shows"),
        (Scope(references=("22 900 015",)), "did you mean 22 900 014"),
        (Scope(since=date(2023, 1, 1), until=date(2022, 1, 1)), "change them over"),
    ],
)
def test_what_is_unknown_is_an_error_that_helps(
    scope: Scope, message: str, kg: KnowledgeGraph
) -> None:
    with pytest.raises(ScopeError, match=message):
        scope.decisions(kg)


def test_a_scope_reads_as_words(kg: KnowledgeGraph) -> None:
    scope = Scope(council="Tarnbeck", fault="delay", since=date(2022, 1, 1))
    assert scope.words(kg) == (
        "decisions about Tarnbeck Metropolitan Borough Council that found “delay” "
        "from 1 January 2022"
    )
    assert Scope().words(kg) == "all decisions"


def test_a_scope_names_law_bodies_and_types_in_words(kg: KnowledgeGraph) -> None:
    scope = Scope(fault="delay", remedy="apology", provision="s.9 Care Act 2014", body="Ofsted")
    assert scope.words(kg) == (
        "decisions that found “delay” and led to the remedy “apology” and cite Care Act 2014, "
        "section 9 and name Office for Standards in Education, Children's Services and Skills"
    )


@pytest.mark.parametrize(
    "field",
    ["fault", "injustice", "remedy", "provision", "guidance", "body", "category", "outcome"],
)
def test_a_scope_finds_the_decisions_that_the_explorer_counts(
    field: str, sample_kg: KnowledgeGraph
) -> None:
    book = Casebook(sample_kg)
    keys = book.keys(field)
    assert keys
    for key in keys:
        listed = {case.path for case in book.chosen(((field, key),))}
        given: dict[str, Any] = {field: key}
        found = Scope(**given).decisions(sample_kg)
        assert {iri.removeprefix(f"{mint.ID}decision/") for iri in found} == listed, key
