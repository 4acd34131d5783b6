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
    assert found["cqc"] == {"took-part-in-events"}


@pytest.mark.parametrize(
    ("facts", "roles"),
    [
        ("CQC inspected the home in May.", {"took-part-in-events"}),
        ("The home is registered with CQC.", {"regulator-of"}),
        ("He gave her its CQC report.", {"regulator-of"}),
    ],
)
def test_a_visit_by_the_regulator_and_what_it_is(facts: str, roles: set[str]) -> None:
    assert _roles(facts=facts) == {"cqc": roles}


@pytest.mark.parametrize(
    "powers",
    [
        "A copy of this statement will go to Ofsted under our agreement.",
        "The Ombudsman has agreed to give Ofsted copies of her decisions about children.",
        "Our agreement with Ofsted provides for us to send it a copy of this decision.",
        "I intend to send Ofsted a copy of this decision.",
        "This decision will go to Ofsted under the usual arrangement.",
    ],
)
def test_more_words_for_sharing(powers: str) -> None:
    assert _roles(powers=powers) == {"ofsted": {"decision-shared-with"}}


def test_what_the_council_sends_is_not_shared_by_the_ombudsman() -> None:
    found = _roles(finding="I note that the Council will send Ofsted a copy of its own report.")
    assert "decision-shared-with" not in found.get("ofsted", set())
    assert "lgsco" not in _roles(
        powers="We will send this decision to CQC, as the Local Government and Social Care "
        "Ombudsman has agreed with it."
    )


@pytest.mark.parametrize(
    ("facts", "body", "roles"),
    [
        ("He sent a letter from his GP.", "gp", {"source-of-evidence"}),
        ("The owner's insurers have offered £500.", "insurer", {"took-part-in-events"}),
        ("The Home Office placed him in a hotel.", "home-office", {"took-part-in-events"}),
        ("Her MP wrote on 2 May.", "mp", {"took-part-in-events"}),
        ("The NHS Trust assessed him in May.", "nhs-trust", {"took-part-in-events"}),
        ("The Council bought care from Larch Care Ltd.", "care-provider", {"acting-on-behalf-of"}),
        ("ParkRight Ltd issues penalties for the Council.", "contractor", {"acting-on-behalf-of"}),
        ("He was arrested by the police.", "police", {"took-part-in-events"}),
        ("The police and the Council met.", "police", {"took-part-in-events"}),
        ("She had a reply from DWP.", "dwp", {"took-part-in-events"}),
        ("The Council's private waste contractor left.", "contractor", {"acting-on-behalf-of"}),
        ("The Council placed him in a children's home.", "care-provider", {"acting-on-behalf-of"}),
        ("The ICB's view was that it was not its form.", "icb", {"took-part-in-events"}),
        ("The fire service visited the block.", "fire-service", {"took-part-in-events"}),
        (
            "The Council told the council for that area nothing. It then wrote to the other "
            "council in June.",
            "other-council",
            {"took-part-in-events"},
        ),
        (
            "Mr X's landlord, a housing association, refused. The landlord then moved him.",
            "housing-association",
            {"took-part-in-events"},
        ),
        (
            "The debt was collected by Harrier Enforcement Ltd, which acted for the Council.",
            "enforcement-agent",
            {"acting-on-behalf-of"},
        ),
    ],
)
def test_bodies_that_did_something(facts: str, body: str, roles: set[str]) -> None:
    assert _roles(facts=facts) == {body: roles}


@pytest.mark.parametrize(
    "facts",
    [
        "A ward doctor's report was in evidence.",
        "She went to her doctor with stress.",
        "Mr X's landlord refused and moved him.",
        "He has no insurer.",
        "He was not arrested by the police.",
        "She said she might go to the police.",
        "A neighbour hired a firm.",
        "The Council might have told the MP.",
        "He worked for Brightwater Care Ltd until May.",
        "Another council might have gone to court.",
    ],
)
def test_bodies_that_are_only_mentioned(facts: str) -> None:
    assert _roles(facts=facts) == {}


@pytest.mark.parametrize(
    ("finding", "body", "roles"),
    [
        (
            "Part (c) goes to the Information Commissioner, which was set up to decide it.",
            "ico",
            {"better-placed-body", "signposted-to"},
        ),
        (
            "Mr X has already reported it to the Information Commissioner, who is better placed.",
            "ico",
            {"better-placed-body"},
        ),
        (
            "How she died was for the coroner to decide.",
            "coroner",
            {"better-placed-body"},
        ),
        (
            "It is for him to pursue the insurers about the wall.",
            "insurer",
            {"signposted-to"},
        ),
        (
            "I cannot investigate what the housing association decided.",
            "housing-association",
            {"out-of-jurisdiction-to", "took-part-in-events"},
        ),
    ],
)
def test_what_is_left_to_others(finding: str, body: str, roles: set[str]) -> None:
    assert _roles(finding=finding) == {body: roles}


def test_the_author_of_guidance() -> None:
    said = "The Home Office has issued guidance for councils on such powers."
    assert _roles(powers=said) == {"home-office": {"issued-guidance"}}
    assert _roles(powers="The Home Office decides who may stay.") == {}


def test_the_panel_for_exclusions() -> None:
    facts = (
        "The governors upheld the permanent exclusion. The independent review panel met in May "
        "and upheld it."
    )
    assert _roles(facts=facts)["exclusion-irp"] == {"appealed-to", "took-part-in-events"}
    assert _roles(facts="At stage three the review panel met in May and agreed.") == {}
