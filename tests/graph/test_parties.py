"""Which of several bodies a finding is about, and what becomes of it in the graph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.extraction.extractors.complaint.parties import read_parties
from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument
from graph.triples.decision import decision_triples, fl
from ontology.model import Decision
from tests import factories
from tests.graph import made

_TEXT = """\
Tarnbeck Metropolitan Borough Council (22 900 098)
Category : Adult care services > Residential care
Decision : Upheld
Decision date : 06 Apr 2022
The Ombudsman's final decision:
Summary: We found fault.
The complaint
- Mr X complains about Tarnbeck Metropolitan Borough Council (the Council), Alder Grange Ltd \
(the Home) and Fellside NHS Foundation Trust (the Trust).
How I considered this complaint
- I read the papers of all three.
What I found
Analysis
- {finding}
Agreed action
- Within one month of my decision {payer} will apologise to Mr X and pay him £150.
Final decision
- I have completed my investigation.
"""


def _read(finding: str, payer: str = "the Council") -> Decision:
    text = _TEXT.format(finding=finding, payer=payer)
    return extract(RawDocument("x.txt", text, "0" * 64))


@pytest.mark.parametrize(
    ("finding", "name"),
    [
        ("The Home kept no record of what he drank. That was fault.", "Alder Grange Ltd"),
        (
            "The Trust was at fault because it took a year to answer the complaint.",
            "Fellside NHS Foundation Trust",
        ),
        (
            "The Council delayed the assessment by six months. This was fault.",
            "Tarnbeck Metropolitan Borough Council",
        ),
    ],
)
def test_the_body_that_the_finding_names_is_at_fault(finding: str, name: str) -> None:
    assert [found.authority for found in _read(finding).findings if found.types] == [name]


@pytest.mark.parametrize(
    ("defined", "alias", "name"),
    [
        (
            "In June Kingsferry City Council (the Council) wrote.",
            "council",
            "Kingsferry City Council",
        ),
        (
            "Oak Care (Fellside) Limited (the Provider) ran it.",
            "provider",
            "Oak Care (Fellside) Limited",
        ),
        ("He had an Education, Health and Care (EHC) Plan.", "ehc", None),
    ],
)
def test_short_names_are_what_the_text_defines(defined: str, alias: str, name: str | None) -> None:
    reading = made.reading(made.text(complaint=f"- Mrs X complains. {defined}"))
    assert read_parties(reading).get(alias) == name


def test_a_payer_has_the_name_that_its_short_name_stands_for() -> None:
    finding = "The Trust was at fault because it took a year to answer the complaint."
    paid = [r for r in _read(finding, "the Trust").remedies if r.amount is not None]
    assert [remedy.payer for remedy in paid] == ["Fellside NHS Foundation Trust"]


def _faults_by(decision: Decision) -> set[str]:
    return {
        value
        for _, predicate, value in decision_triples(decision, "1")
        if predicate == fl("faultBy")
    }


def test_another_body_at_fault_is_not_the_council() -> None:
    decision = factories.decision()
    council = _faults_by(decision)
    other = replace(
        decision,
        findings=tuple(replace(f, authority="Alder Grange Ltd") for f in decision.findings),
    )
    assert _faults_by(other) == {"<https://w3id.org/faultlines/id/authority/alder-grange-ltd>"}
    assert council.isdisjoint(_faults_by(other))


def test_a_council_that_only_the_text_names_has_its_own_code() -> None:
    decision = factories.decision()
    named = replace(decision.findings[0], authority="Kingsferry City Council")
    assert _faults_by(replace(decision, findings=(named,))) == {
        "<https://w3id.org/faultlines/id/council/X06000001>"
    }


@pytest.mark.parametrize("words", ["both councils", "County Council", "the Trust", "Home"])
def test_words_that_any_decision_may_use_name_no_body(words: str) -> None:
    decision = factories.decision()
    found = replace(decision.findings[0], authority=words)
    assert _faults_by(replace(decision, findings=(found,))) == set()


def test_a_practice_that_is_reviewed_pays_nothing() -> None:
    text = _TEXT.format(
        finding="The Council was at fault because it wrote to nobody.",
        payer="the Council will review its practice and will tell its staff, and it",
    )
    decision = extract(RawDocument("x.txt", text, "0" * 64))
    assert {remedy.payer for remedy in decision.remedies} == {
        "Tarnbeck Metropolitan Borough Council"
    }
