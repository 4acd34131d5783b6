"""Reasons: given where something is declined, and not where words merely sound alike."""

from __future__ import annotations

import pytest

from graph.extraction.pipeline import extract
from graph.extraction.rules import rules
from graph.sources.raw import RawDocument
from ontology.model import Decision

_CLOSED = """Saltmarsh Council (24 900 061)
Category : Other Categories > Other
Decision : Closed after initial enquiries
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: We will not investigate this complaint about a form. {summary}
The complaint
- Mr X complains about a form.
The Ombudsman's role and powers
- We do not start an investigation if the complaint is late, or another body is better placed. \
(Local Government Act 1974, section 24A(6), as amended)
How I considered this complaint
- I considered what Mr X sent.
My assessment
- {assessment}
Final decision
- We will not investigate this complaint.
"""
_INVESTIGATED = """Saltmarsh Council (24 900 062)
Category : Education > Special educational needs
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: Miss Y complained about a plan. We found fault.
The complaint
- Miss Y complains about a plan.
What I have and have not investigated
- {scope}
The Ombudsman's role and powers
- We cannot investigate late complaints unless there are good reasons.
- The law says we cannot normally look at what someone could have taken to a tribunal.
How I considered this complaint
- I considered what Miss Y sent.
What I found
Analysis
- {finding}
Final decision
- I have completed my investigation and uphold the complaint.
"""


def _types(decision: Decision) -> set[str]:
    return {reason.type for reason in decision.reasons}


def _closed(summary: str, assessment: str = "Mr X sent his form in May.") -> set[str]:
    text = _CLOSED.format(summary=summary, assessment=assessment)
    decision = extract(RawDocument("a.txt", text, "0" * 64))
    assert decision.disposition == "not-investigated"
    return _types(decision)


def _investigated(scope: str, finding: str = "There was fault.") -> set[str]:
    text = _INVESTIGATED.format(scope=scope, finding=finding)
    decision = extract(RawDocument("b.txt", text, "0" * 64))
    assert decision.disposition == "investigated"
    return _types(decision)


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("It is late and there is no good reason to look at it now.", {"late"}),
        ("There is not enough evidence of fault.", {"insufficient-fault-evidence"}),
        ("We could not add to what the Council has said.", {"cannot-add"}),
        ("He could have appealed to the Traffic Penalty Tribunal.", {"tribunal-right"}),
        ("He has appealed to the Traffic Penalty Tribunal.", {"tribunal-used"}),
        ("The Information Commissioner is better placed to deal with it.", {"better-placed-body"}),
        ("The matter is now before the county court.", {"court-used"}),
        ("We cannot achieve the outcome he wants.", {"outcome-unachievable"}),
    ],
)
def test_reason_of_a_closed_case(summary: str, expected: set[str]) -> None:
    assert _closed(summary) == expected


def test_the_list_of_powers_gives_no_reason() -> None:
    assert _closed("") == set()


def test_what_the_council_said_is_no_reason() -> None:
    assert _closed("", "The Council told Mr X that his complaint was late.") == set()


def test_a_reason_without_the_ombudsman_as_subject() -> None:
    said = "He had a right of appeal to the Valuation Tribunal and it was reasonable to use it."
    assert _closed("", said) == {"tribunal-right"}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (
            "I have not investigated the school named. Miss Y has a right of appeal to the "
            "tribunal and it is reasonable for her to use it.",
            {"tribunal-right"},
        ),
        (
            "Miss Y has appealed to the tribunal, so I have not investigated the plan.",
            {"tribunal-used"},
        ),
        ("I have not looked at 2016. She could have complained to us then.", {"late"}),
        ("I have investigated the whole of the complaint.", set()),
        ("I have investigated what the Council did when its reply was late.", set()),
    ],
)
def test_reason_that_limits_an_investigation(scope: str, expected: set[str]) -> None:
    assert _investigated(scope) == expected


def test_an_opinion_in_the_findings_declines_nothing() -> None:
    said = "I do not consider there was fault. Miss Y could have appealed to the tribunal."
    assert _investigated("I looked at all of it.", said) == set()


def test_a_refusal_in_the_findings() -> None:
    said = "The fee of 2011 is a late complaint. I have decided not to exercise my discretion."
    assert _investigated("I looked at most of it.", said) == {"late"}


@pytest.mark.parametrize("name", ["reasons", "body-roles", "guidance"])
def test_every_rule_matches_its_examples(name: str) -> None:
    for rule in rules(name):
        assert len(rule.examples) >= 1, rule.id
        for example in rule.examples:
            assert rule.pattern.search(example), (rule.id, example)
        for example in rule.counterexamples:
            assert not rule.pattern.search(example), (rule.id, example)
