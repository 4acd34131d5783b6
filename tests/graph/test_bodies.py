"""Bodies and their roles: from the sentence that names them and where it stands."""

from __future__ import annotations

import pytest

from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument

_TEXT = """{body} (24 900 063)
Category : {category}
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: Mr X complained about a service. We found fault.
The complaint
- Mr X complains about a service.
The Ombudsman's role and powers
- {powers}
How I considered this complaint
- I considered what Mr X sent.
What I found
What happened
- {facts}
Analysis
- {finding}
Final decision
- I have completed my investigation and uphold the complaint.
"""


def _roles(
    *,
    powers: str = "We investigate complaints about fault.",
    facts: str = "The Council replied.",
    finding: str = "There was fault.",
    body: str = "Saltmarsh Council",
    category: str = "Other Categories > Other",
) -> dict[str, set[str]]:
    text = _TEXT.format(body=body, category=category, powers=powers, facts=facts, finding=finding)
    decision = extract(RawDocument("a.txt", text, "0" * 64))
    return {found.id: set(found.roles) for found in decision.bodies}


@pytest.mark.parametrize(
    "powers",
    [
        "Under our information sharing agreement, we will share this decision with Ofsted.",
        "We have an agreement with Ofsted, under which we will send it this decision.",
        "A copy of what we decide goes to Ofsted.",
        "Ofsted will be sent this decision, as our agreement with it provides.",
    ],
)
def test_shared_with(powers: str) -> None:
    assert _roles(powers=powers) == {"ofsted": {"decision-shared-with"}}


def test_a_body_in_the_powers_takes_no_part() -> None:
    powers = (
        "The Valuation Tribunal hears appeals about council tax. We normally expect someone to "
        "refer the matter to the Information Commissioner."
    )
    assert _roles(powers=powers) == {}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("Mr X appealed to the Valuation Tribunal in May.", "appealed-to"),
        ("Mr X has appealed to the Valuation Tribunal.", "appealed-to"),
        ("The Valuation Tribunal dismissed his appeal.", "appealed-to"),
        ("Mr X could have appealed to the Valuation Tribunal.", "right-of-appeal-to"),
        ("He has a right of appeal to the Valuation Tribunal.", "right-of-appeal-to"),
    ],
)
def test_appeals_made_and_appeals_open(facts: str, expected: str) -> None:
    assert _roles(facts=facts) == {"valuation-tribunal": {expected}}


def test_the_tribunal_is_the_one_named() -> None:
    powers = "The Valuation Tribunal hears appeals about council tax."
    found = _roles(powers=powers, facts="Mr X then appealed to the tribunal.")
    assert found == {"valuation-tribunal": {"appealed-to"}}


def test_a_longer_name_is_not_hidden_by_a_shorter_one() -> None:
    assert "planning-inspectorate" in _roles(
        facts="The owner appealed to the Planning Inspectorate."
    )
    assert "court-of-protection" in _roles(
        facts="The Council applied to the Court of Protection for an order."
    )


@pytest.mark.parametrize(
    ("facts", "body"),
    [
        ("The Council engaged a contractor to mend the road.", "contractor"),
        ("A firm engaged by the Council (the Contractor) mended the road.", "contractor"),
        ("The Council sent the debt to its enforcement agents.", "enforcement-agent"),
        ("She stayed in a care home arranged and paid for by the Council.", "care-provider"),
    ],
)
def test_acting_for_the_council(facts: str, body: str) -> None:
    assert _roles(facts=facts) == {body: {"acting-on-behalf-of"}}


def test_a_provider_that_acts_for_somebody_else() -> None:
    assert _roles(facts="Mr X hired a contractor to build his wall.") == {}


def test_signposted_and_better_placed() -> None:
    said = "The Information Commissioner is better placed to decide this and he can complain to it."
    assert _roles(finding=said) == {"ico": {"better-placed-body", "signposted-to"}}


def test_advice_of_the_council_is_no_signpost() -> None:
    assert _roles(facts="The Council told him he could contact Citizens Advice.") == {}


def test_what_was_not_done_is_no_part_in_events() -> None:
    assert _roles(finding="The Home should have told the police.") == {}
    assert _roles(facts="She called the police.") == {"police": {"took-part-in-events"}}


def test_a_council_in_a_complaint_about_a_provider() -> None:
    found = _roles(
        body="Larchfield Care Limited",
        category="Adult care services > Residential care",
        facts="The council began a safeguarding enquiry. CQC inspected the home in May.",
    )
    assert found["other-council"] == {"took-part-in-events"}
    assert found["cqc"] == {"regulator-of", "took-part-in-events"}
