"""What is left to an outside body, told in free words, and neighbours that mean something else."""

from __future__ import annotations

import pytest

from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument

_TEXT = """Saltmarsh Council (24 900 063)
Category : Other Categories > Other
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: Mr X complained about a service. We found fault.
The complaint
- Mr X complains about a service.
The Ombudsman's role and powers
- {powers}
What I have and have not investigated
- {left}
How I considered this complaint
- {how}
What I found
What happened
- {facts}
Analysis
- {finding}
Final decision
- I have completed my investigation and uphold the complaint.
"""
_PLAIN = {
    "powers": "We investigate complaints about fault.",
    "left": "I have looked at all of it.",
    "how": "I considered what Mr X sent.",
    "facts": "The Council replied.",
    "finding": "There was fault.",
}


def _roles(section: str, sentence: str) -> dict[str, set[str]]:
    text = _TEXT.format(**(_PLAIN | {section: sentence}))
    decision = extract(RawDocument("a.txt", text, "0" * 64))
    return {found.id: set(found.roles) for found in decision.bodies}


@pytest.mark.parametrize(
    ("sentence", "body", "role"),
    [
        (
            "Parliament has given that job to the Information Commissioner.",
            "ico",
            "better-placed-body",
        ),
        (
            "Social Work England has already taken the case up.",
            "social-work-england",
            "better-placed-body",
        ),
        (
            "A coroner will hold an inquest in the autumn and I must not run ahead of her.",
            "coroner",
            "better-placed-body",
        ),
        ("She might have sued in the county court, and may.", "county-court", "better-placed-body"),
        ("The police have the assault in hand.", "police", "better-placed-body"),
        (
            "Whether the police ought to have arrested him is not for us.",
            "police",
            "out-of-jurisdiction-to",
        ),
        (
            "The size of the band is what the Valuation Tribunal can put right.",
            "valuation-tribunal",
            "right-of-appeal-to",
        ),
        (
            "The band was the Valuation Tribunal's to alter and it declined to alter it.",
            "valuation-tribunal",
            "appealed-to",
        ),
        (
            "Both penalties have been cancelled by the Traffic Penalty Tribunal.",
            "tpt",
            "appealed-to",
        ),
        (
            "Ms P sued in the county court and settled on the steps.",
            "county-court",
            "court-proceedings-in",
        ),
        (
            "The Planning Inspectorate has an appeal before it about the same hedge.",
            "planning-inspectorate",
            "appealed-to",
        ),
        ("The schools are closed to us, as is this academy.", "school", "out-of-jurisdiction-to"),
    ],
)
def test_left_to(sentence: str, body: str, role: str) -> None:
    found = _roles("left", sentence)
    assert set(found) == {body}
    assert role in found[body]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        (
            "The Information Commissioner can look at that, and Mr X is free to go there.",
            {"better-placed-body", "signposted-to"},
        ),
        (
            "Mr X wrote to the Information Commissioner in May and has an answer to come.",
            {"better-placed-body"},
        ),
    ],
)
def test_people_are_sent_only_where_they_have_not_been(sentence: str, roles: set[str]) -> None:
    assert _roles("left", sentence) == {"ico": roles}


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("left", "I do not send Mr X to the Information Commissioner, as he wants an apology."),
        ("left", "The refusal of a blue badge carries no appeal."),
        ("facts", "No one called the police."),
        ("facts", "Had the police been told, matters might have gone otherwise."),
        ("facts", "He threatened to call the police."),
        ("facts", "She said she would go to the Information Commissioner."),
        ("facts", "A neighbour paid a contractor to fell the tree."),
        ("finding", "The Council should have asked the police for their log."),
        ("powers", "We may not look at what was put to the Planning Inspectorate or a court."),
        ("powers", "Decisions of the Care Quality Commission are outside our powers."),
    ],
)
def test_no_part(section: str, sentence: str) -> None:
    assert _roles(section, sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "body", "role"),
    [
        ("On 3 May 2021 the police found the boy alone.", "police", "took-part-in-events"),
        ("Police drove her home.", "police", "took-part-in-events"),
        (
            "In July the county court suspended the order on terms.",
            "county-court",
            "court-proceedings-in",
        ),
        ("A summons was issued in March.", "magistrates-court", "court-proceedings-in"),
        (
            "Natural England advised the Council that the bats would not be harmed.",
            "natural-england",
            "source-of-evidence",
        ),
        (
            "The account went to enforcement agents in June.",
            "enforcement-agent",
            "acting-on-behalf-of",
        ),
        (
            "Saltmarsh buys this in from the NHS trust, whose nurses do the work for it.",
            "nhs-trust",
            "acting-on-behalf-of",
        ),
        (
            "Heron Ltd drove the minibus under its contract with the Council.",
            "contractor",
            "acting-on-behalf-of",
        ),
    ],
)
def test_events(sentence: str, body: str, role: str) -> None:
    found = _roles("facts", sentence)
    assert set(found) == {body}
    assert role in found[body]


def test_the_last_word_of_a_name_stands_for_it() -> None:
    sentence = "Her title is at HM Land Registry. Whether it is right is for the Registry."
    assert _roles("finding", sentence) == {"land-registry": {"better-placed-body"}}


def test_a_matter_handed_over_in_the_findings() -> None:
    found = _roles("finding", "What a wall is worth is the stuff of county courts.")
    assert found == {"county-court": {"better-placed-body"}}
    assert _roles("finding", "The courts have often said so.") == {}


def test_a_judge_who_hears_appeals_about_a_benefit() -> None:
    sentence = "His allowance comes from the Department for Work and Pensions, and {}."
    appeal = _roles("left", sentence.format("a judge hears appeals about it"))
    assert appeal["ftt-social-entitlement"] == {"right-of-appeal-to"}
    assert "ftt-social-entitlement" not in _roles("left", sentence.format("he was paid late"))
