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


@pytest.mark.parametrize(
    ("scope", "accepted"),
    [
        (
            "I did not look at part (c). Mr K should have complained to us in 2017 and there is "
            "no satisfactory explanation for the delay.",
            "late",
        ),
        (
            "Events before June 2019 fall outside this investigation. Mrs T knew of them at the "
            "time and could have brought them to us then.",
            "late",
        ),
        (
            "We have not considered what happened in 2015; it is too long ago and the people "
            "involved have gone.",
            "late",
        ),
        (
            "I have gone back no further than March 2021, which is twelve months before she "
            "came to us.",
            "late",
        ),
        (
            "Part (d) is left out because the Tribunal has already ruled on it.",
            "tribunal-used",
        ),
        (
            "I have not considered the contents of Section F. Ms B's appeal to the Tribunal "
            "covered this.",
            "tribunal-used",
        ),
        (
            "The refusal to assess carried a right of appeal, which I would have expected Mr V "
            "to use, and I have not investigated it.",
            "tribunal-right",
        ),
        (
            "The level of the band is something the Valuation Tribunal can decide, so I have "
            "not looked at it.",
            "tribunal-right",
        ),
        (
            "I have not investigated the refusal of permission. Mr P could have gone to the "
            "Planning Inspectorate.",
            "minister-right",
        ),
        (
            "Mr P lodged an appeal with the Planning Inspectorate. That takes the refusal "
            "outside my powers.",
            "minister-used",
        ),
        (
            "The damage to her car is a matter for the Council's insurers and, ultimately, the "
            "county court.",
            "court-remedy",
        ),
        (
            "I have said nothing about the claim for compensation for injury, which she can "
            "pursue through the courts.",
            "court-remedy",
        ),
        (
            "The care proceedings dealt with contact and I have no power to go into it.",
            "court-used court-conduct",
        ),
        (
            "The possession claim was heard in the county court and I cannot look behind the "
            "order.",
            "court-used court-conduct",
        ),
        (
            "What the barrister said at the hearing is beyond my reach as it was part of the "
            "proceedings in court.",
            "court-conduct court-used",
        ),
        (
            "I have not looked at how the academy dealt with the bullying, as the law does not "
            "let me.",
            "schools-internal",
        ),
        (
            "The head's decision to send him home was a matter of school discipline and I "
            "cannot consider it.",
            "schools-internal",
        ),
        (
            "Mr D's redundancy is an employment matter which I may not look into.",
            "personnel",
        ),
        (
            "I cannot consider the complaint about her promotion, since the law excludes "
            "matters of personnel.",
            "personnel",
        ),
        (
            "Miss F wants the social worker sacked. That is not something we can achieve or "
            "recommend.",
            "staff-discipline personnel outcome-unachievable",
        ),
        (
            "We cannot comment on whether the officer should keep his post.",
            "staff-discipline personnel",
        ),
        (
            "I have not investigated what the parish council did as it is not in our jurisdiction.",
            "body-not-in-jurisdiction",
        ),
        (
            "The housing association is not a body within the Ombudsman's remit.",
            "body-not-in-jurisdiction social-housing",
        ),
        (
            "The actions of the GP are not for us but for the Health Service Ombudsman.",
            "better-placed-body body-not-in-jurisdiction",
        ),
        (
            "Cafcass is a separate body over which I have no powers.",
            "body-not-in-jurisdiction",
        ),
        (
            "The complaint about data has been left to the Information Commissioner.",
            "better-placed-body",
        ),
        (
            "I have not looked at the data breach, as the ICO deals with those.",
            "better-placed-body",
        ),
        (
            "We decided a complaint about the same assessment in 2020 and I have not reopened it.",
            "previously-decided",
        ),
        (
            "Part (a) was dealt with in our decision of 2019 (reference 18 000 123) and I will "
            "not revisit it.",
            "previously-decided",
        ),
        (
            "This has been looked at by us before and I have not looked at it again.",
            "previously-decided",
        ),
        (
            "I have not investigated the wait on the telephone, which did her little harm.",
            "insufficient-injustice",
        ),
        (
            "The misspelt name caused no significant injustice and I have not pursued it.",
            "insufficient-injustice",
        ),
        (
            "The Council's own investigation was thorough and there is nothing more we could "
            "find out.",
            "cannot-add",
        ),
        (
            "An independent investigator has been through all of this and I could not improve "
            "on his work, so I have not repeated it.",
            "cannot-add",
        ),
        (
            "Mrs H has not raised the new charge with the Council, which must have a chance to "
            "answer first.",
            "premature",
        ),
        (
            "The Council has not been given the chance to deal with part (e), so I have not "
            "considered it.",
            "premature",
        ),
        (
            "Part (e) arose after the complaint came to us and should first be put to the Council.",
            "premature",
        ),
        (
            "I have not considered part (f). The Council is still looking into it.",
            "premature",
        ),
        (
            "Part (b) should go through the statutory children's complaints procedure first.",
            "statutory-complaint-first",
        ),
        (
            "I have not considered the repairs, which are about the Council as a landlord.",
            "social-housing",
        ),
        (
            "The increase in council tax affects everyone in the area and I cannot investigate it.",
            "all-or-most-inhabitants",
        ),
        (
            "Mr R cannot complain on behalf of his neighbour without her consent and I have not "
            "looked at that part.",
            "complainant-not-eligible",
        ),
        (
            "The terms on which the Council let the market stall are a commercial matter and "
            "outside our remit.",
            "contract-commercial",
        ),
        (
            "I do not look at how a complaint was handled when I am not looking at what it was "
            "about.",
            "complaint-handling-alone",
        ),
    ],
)
def test_a_part_left_out_in_many_words(scope: str, accepted: str) -> None:
    found = _investigated(scope)
    assert found
    assert found <= set(accepted.split())


@pytest.mark.parametrize(
    "scope",
    [
        "I have investigated the whole complaint. Miss Y has an appeal pending at the "
        "school's panel.",
        "Although Mr K could have appealed to the tribunal, it was not reasonable to expect "
        "him to and I have exercised discretion to investigate.",
        "Some of this is more than twelve months old. I have decided to look back to 2018 "
        "because Mrs T was in hospital.",
        "I have investigated how the Council dealt with the school.",
        "Mrs T appealed to the school's independent panel and I have looked at how it was run.",
        "I have looked at what the Council did after the court made its order.",
    ],
)
def test_what_was_looked_at_all_the_same_is_not_left_out(scope: str) -> None:
    assert _investigated(scope) == set()


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("The height was put to an Inspector. I have no power to look at it.", {"minister-used"}),
        (
            "Whether he has a claim in negligence is for the courts and I did not go into it.",
            {"court-remedy"},
        ),
        ("It is not our role to discipline anyone.", {"staff-discipline"}),
        ("Nor shall I go back to 2017, on which we decided a complaint.", {"previously-decided"}),
        ("The Council took the case to the tribunal and lost, and that was fault.", set()),
        ("Her school told me it had asked for help. I do not consider that enough.", set()),
    ],
)
def test_refusals_among_the_findings(finding: str, expected: set[str]) -> None:
    assert _investigated("I looked at most of it.", finding) == expected


def test_an_appeal_is_put_to_the_forum_that_the_text_names() -> None:
    scope = "I have not looked at the refusal, because they appealed."
    said = "They appealed in May. The Inspector agreed with them."
    assert _investigated(scope, said) == {"minister-used"}
    said = "They appealed in May. The Tribunal agreed with them."
    assert _investigated(scope, said) == {"tribunal-used"}


def test_a_reason_left_to_the_paragraph_about_the_law() -> None:
    text = _INVESTIGATED.replace(
        "- We cannot investigate late complaints unless there are good reasons.",
        "- We cannot investigate personnel matters.",
    ).replace("What I have and have not investigated\n- {scope}\n", "")
    text = text.replace("Final decision", "Parts I did not investigate\n- {scope}\nFinal decision")
    scope = "I left out part (b), for the reason given at paragraph 2."
    decision = extract(RawDocument("c.txt", text.format(scope=scope, finding="-"), "0" * 64))
    assert _types(decision) == {"personnel"}


@pytest.mark.parametrize("name", ["reasons", "reason-topics", "body-roles", "guidance"])
def test_every_rule_matches_its_examples(name: str) -> None:
    for rule in rules(name):
        assert len(rule.examples) >= 1, rule.id
        for example in rule.examples:
            assert rule.pattern.search(example), (rule.id, example)
        for example in rule.counterexamples:
            assert not rule.pattern.search(example), (rule.id, example)
