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


@pytest.mark.parametrize(
    ("scope", "accepted"),
    [
        (
            "The hedge was grubbed up in 2009 and Mr V watched it go. He wrote to us eleven"
            " years afterwards. I can see why he minds but the people who decided it are "
            "dead.",
            "late",
        ),
        (
            "On the charge for the skip, Miss O said nothing to anybody until her sister's "
            "case was in the newspapers. By then it was a matter of history.",
            "late",
        ),
        (
            "Mrs L has sat on this grievance since her daughter left primary school. The "
            "daughter is now at university.",
            "late",
        ),
        (
            "The licensing decision went to the bench on Mr R's own application and they "
            "upheld it. I leave it where they left it.",
            "court-used court-conduct",
        ),
        (
            "Whoever let the scaffolding fall will have to answer for it to Mr R's "
            "insurers, and they to a judge.",
            "court-remedy",
        ),
        (
            "Whether the lease lets the Council charge for the lift is a point on which "
            "lawyers differ. It needs a ruling and I do not give rulings.",
            "court-remedy cannot-decide-law tribunal-right",
        ),
        (
            "How the ward sister spoke to Mr B is a matter for the hospital and, after "
            "that, for the Health Service Ombudsman.",
            "better-placed-body body-not-in-jurisdiction",
        ),
        (
            "The bus company took the stop away, not the Council. It is a private concern "
            "and we have nothing to do with it.",
            "body-not-in-jurisdiction",
        ),
        (
            "The drains were laid by a water undertaker. That is not one of the bodies "
            "Parliament has put under us.",
            "body-not-in-jurisdiction",
        ),
        (
            "Mr B wants his former manager to be made an example of. That is not what we are for.",
            "staff-discipline personnel outcome-unachievable",
        ),
        (
            "Why Mr B was passed over for the post of head gardener concerns him as a "
            "servant of the Council and not as a member of the public.",
            "personnel",
        ),
        (
            "Nobody had told the Council about the leaking roof until I did. It is sending "
            "someone to look.",
            "premature",
        ),
        (
            "The review is due to finish at Easter. It would be odd to begin before that.",
            "premature",
        ),
        (
            "The complaint about the foster placement is at stage two of the statutory "
            "procedure, and there it should stay until it is done.",
            "statutory-complaint-first premature",
        ),
        (
            "Mrs K could have put the banding before the Valuation Tribunal and did not.",
            "tribunal-right",
        ),
        (
            "A parent who is refused a school has an appeal, and Mrs K did not make one.",
            "tribunal-right",
        ),
        (
            "Section F was rewritten by consent at the door of the Tribunal. It is done with.",
            "tribunal-used",
        ),
        (
            "The notice about the stables could be, and was, appealed to an Inspector, who "
            "threw the appeal out.",
            "minister-used",
        ),
        (
            "The refusal of the dormer window had its own remedy in Bristol, where the "
            "Inspectorate sits. Mr P let the six months go by.",
            "minister-right",
        ),
        (
            "We told Mr P in 2018 what we thought of the bollards. Nothing has happened "
            "since to make us think otherwise.",
            "previously-decided",
        ),
        (
            "The colleague who closed the case two years ago gave reasons with which I "
            "agree. There will not be a second decision.",
            "previously-decided",
        ),
        (
            "Mr P has been called Mr T in one letter out of sixty. No one died of it.",
            "insufficient-injustice",
        ),
        (
            "The receptionist was brusque. It cost Mr P half a minute of his morning.",
            "insufficient-injustice",
        ),
        (
            "Every ratepayer in the county has seen the same rise. It is politics and not for me.",
            "all-or-most-inhabitants",
        ),
        (
            "Council tax went up for all 140,000 homes in the borough and the law shuts us "
            "out of that.",
            "all-or-most-inhabitants",
        ),
        (
            "What was said in assembly, and by whom, is the school's affair.",
            "schools-internal",
        ),
        (
            "Which pupils sit where and who is kept in at break are things the head decides.",
            "schools-internal",
        ),
        (
            "The mould in the bathroom comes under the Council's duties to its tenants, "
            "which are somebody else's to oversee.",
            "social-housing better-placed-body",
        ),
        (
            "Miss O changed her mind about the parking ticket in June and asked us to forget it.",
            "withdrawn",
        ),
        (
            "The rent of the kiosk was struck between two businesses at arm's length.",
            "contract-commercial",
        ),
        (
            "The detectives' part in this is the investigation of crime and is closed to me.",
            "crime-investigation",
        ),
        (
            "A leak of medical papers is what the Information Commissioner was invented for.",
            "better-placed-body",
        ),
        (
            "Her GP's conduct is being gone into by the General Medical Council.",
            "better-placed-body body-not-in-jurisdiction",
        ),
        (
            "The planning officer's hearing was held before a coroner and the coroner has spoken.",
            "better-placed-body court-used court-conduct",
        ),
        (
            "I do not pick over the answers to letters when the thing the letters were "
            "about is not before me.",
            "complaint-handling-alone",
        ),
        (
            "An independent barrister went through the same files for four months. I should"
            " only be treading in her footprints.",
            "cannot-add",
        ),
        (
            "Mr K's quarrel with the chairman of the allotment society is not with the "
            "Council at all.",
            "body-not-in-jurisdiction",
        ),
        (
            "His wife did not sign the form and has told us she wants no part in this.",
            "complainant-not-eligible",
        ),
        (
            "The bill was altered in his favour while we were reading the papers. There is "
            "nothing left in it.",
            "council-offered-remedy situation-changed no-different-outcome insufficient-injustice",
        ),
        (
            "He has a judicial review on foot.",
            "court-used",
        ),
        (
            "The question whether the school was right to send him home in March was argued"
            " before the governors and an independent review panel.",
            "schools-internal better-placed-body previously-decided",
        ),
        (
            "The children's guardian reported to the family court and we may not go behind "
            "her report.",
            "court-conduct court-used",
        ),
        (
            "There was an inquest. It returned a narrative verdict. We do not hold another.",
            "better-placed-body court-used court-conduct",
        ),
        (
            "The Council has had no letter about the broken gate.",
            "premature",
        ),
        (
            "She ought to give the Council a chance to mend matters over the gate.",
            "premature",
        ),
        (
            "The decision on housing benefit carried a right of appeal, explained on the "
            "back of the letter. She read it and put it in a drawer.",
            "tribunal-right",
        ),
        (
            "For the refusal of a blue badge for her brother she needed his leave, which he"
            " would not give.",
            "complainant-not-eligible",
        ),
        (
            "She first wrote to us about the fence in 2019, having put it up with her own "
            "hands in 2008 because nobody else would.",
            "late",
        ),
        (
            "I stopped at 1 April 2020. Anything earlier was known to her for more than a "
            "year before she wrote.",
            "late",
        ),
        (
            "Planning permission for the barn was refused in May and it is the Secretary of"
            " State who can reverse that.",
            "minister-right",
        ),
        (
            "The bailiff's company has insurers and they have offered to look at the door.",
            "court-remedy better-placed-body council-offered-remedy premature",
        ),
        (
            "Whether the officer told lies under oath is perjury or nothing, and the police"
            " deal with perjury.",
            "better-placed-body crime-investigation court-conduct body-not-in-jurisdiction",
        ),
        (
            "He lost nothing by it except his temper.",
            "insufficient-injustice",
        ),
        (
            "I could not improve upon the stage 2 report.",
            "cannot-add",
        ),
        (
            "Ofsted has the nursery's registration in hand and may cancel it, as we may not.",
            "better-placed-body",
        ),
        (
            "The Council's decision to close both libraries bears on all who live in the district.",
            "all-or-most-inhabitants",
        ),
        (
            "Repairs are for the Housing Ombudsman.",
            "social-housing better-placed-body",
        ),
        (
            "He says that the contract for the grass was given to a friend of the mayor. He"
            " did not bid for it himself.",
            "complainant-not-eligible insufficient-injustice contract-commercial",
        ),
        (
            "His pay was docked. The Council paid it as his employer.",
            "personnel",
        ),
        (
            "He has told us not to pursue the question of the wheelchair.",
            "withdrawn",
        ),
        (
            "His case about the ramp was heard by a district judge in October and dismissed.",
            "court-used court-conduct",
        ),
        (
            "The bridge was closed before any of them moved to the village. They have had a"
            " dozen winters in which to write.",
            "late",
        ),
        (
            "Mrs F heard of the order in a letter dated 3 May 2016 and that is when time "
            "began to run.",
            "late",
        ),
        (
            "There was once an argument about a gate. It is too stale to serve up now.",
            "late",
        ),
        (
            "As to the fine, she paid it. Had she contested it, an adjudicator would have "
            "looked at the signs.",
            "tribunal-right",
        ),
        (
            "The father's appeal on the same points was allowed in July.",
            "tribunal-used",
        ),
        (
            "Whether the band is right is the Valuation Office's province, and after that "
            "the tribunal's.",
            "tribunal-right better-placed-body body-not-in-jurisdiction",
        ),
        (
            "The footpath order is before an Inspector, who will report in the autumn.",
            "minister-used",
        ),
        (
            "The developer, not Mr J, had the appeal; it went to Bristol and was lost.",
            "minister-used complainant-not-eligible tribunal-used",
        ),
        (
            "He seeks damages for a broken ankle. That is the work of the courts.",
            "court-remedy",
        ),
        (
            "A pavement that trips people up gives rise to claims, and the Council has "
            "insurers who deal with them.",
            "court-remedy",
        ),
        (
            "The eviction was ordered by a judge after a two day trial.",
            "court-used court-conduct",
        ),
        (
            "Nurses are regulated by a council of their own.",
            "better-placed-body staff-discipline",
        ),
        (
            "Accounts are for auditors.",
            "better-placed-body",
        ),
        (
            "The electricity board's meter is not something on which the Council has a "
            "view, nor have we.",
            "body-not-in-jurisdiction",
        ),
        (
            "The academy trust runs the school without the Council. We are not given any "
            "power over it.",
            "schools-internal body-not-in-jurisdiction",
        ),
        (
            "The cane of the music teacher's tongue, as she puts it, fell on her daughter "
            "in lessons.",
            "schools-internal",
        ),
        (
            "How it chose a new clerk is a matter of appointments.",
            "personnel",
        ),
        (
            "She worked for the Council herself until 2021 and her grievance was about her hours.",
            "personnel",
        ),
        (
            "He complains as a citizen and not as one who was touched by it.",
            "complainant-not-eligible insufficient-injustice no-personal-harm-of-others",
        ),
        (
            "Everyone who buys a garden bin pays the same, whichever street of the borough "
            "he lives in.",
            "all-or-most-inhabitants",
        ),
        (
            "The pitch at the Saturday market is let on commercial terms.",
            "contract-commercial",
        ),
        (
            "The Council has not been asked about the second tree.",
            "premature",
        ),
        (
            "There is a stage of the Council's procedure which he has skipped.",
            "premature",
        ),
        (
            "We looked into the first year of this in an earlier case and said all we had to say.",
            "previously-decided",
        ),
        (
            "That horse was flogged in our statement of June 2019.",
            "previously-decided",
        ),
        (
            "In the end the wall was rebuilt at the Council's expense and he thanked it.",
            "council-offered-remedy situation-changed",
        ),
        (
            "It made no odds to him which form was used.",
            "insufficient-injustice",
        ),
        (
            "An hour in a draughty corridor does not call for public money to be spent.",
            "insufficient-injustice",
        ),
        (
            "She let this part of the complaint drop when we spoke.",
            "withdrawn",
        ),
        (
            "He rang in May to say that we need not trouble with the hedge.",
            "withdrawn",
        ),
        (
            "The bailiffs' bill is the subject of an application which she has made to the "
            "county court.",
            "court-used",
        ),
        (
            "Who owns the lane is for a land tribunal or a judge.",
            "court-remedy tribunal-right",
        ),
    ],
)
def test_a_matter_left_out_without_saying_so(scope: str, accepted: str) -> None:
    found = _investigated(scope)
    assert found
    assert found <= set(accepted.split())


@pytest.mark.parametrize(
    "scope",
    [
        "I have investigated the whole of the period. A tribunal heard the same evidence and "
        "that did not stop me, since it dealt with the plan only.",
        "I looked at the delay, although Mrs T has a solicitor and may go to law.",
        "I have considered what happened at the school because the Council arranged it.",
        "I have investigated the complaint from March 2020. Mrs T told us of it within the year.",
    ],
)
def test_words_of_reasons_about_what_was_looked_at(scope: str) -> None:
    assert _investigated(scope) == set()


@pytest.mark.parametrize(
    ("assessment", "accepted"),
    [
        (
            "Mr X has had back every penny of the charge and a handsome apology. There is "
            "nothing left for us to do.",
            "council-offered-remedy no-different-outcome insufficient-injustice",
        ),
        (
            "The officer looked at the right policy and the right facts. I see no hint that"
            " she went astray.",
            "insufficient-fault-evidence",
        ),
        (
            "He wants the road put back as it was in 1985. No ombudsman can do that.",
            "outcome-unachievable",
        ),
        (
            "The lorries have gone and the depot with them. An investigation would be about"
            " a thing that is over.",
            "situation-changed no-different-outcome",
        ),
        (
            "Mr X has until the end of the month to ask the independent adjudicator to "
            "cancel the ticket, which costs nothing.",
            "tribunal-right",
        ),
        (
            "The form was late by one day and no harm came of it.",
            "insufficient-injustice",
        ),
        (
            "Mr X waited until 2024 to tell us of something he had known since 2019.",
            "late",
        ),
        (
            "Whatever I decided, the trees have been felled and will stay felled.",
            "no-different-outcome outcome-unachievable situation-changed",
        ),
        (
            "If he thinks that he was defamed, that is for the courts.",
            "court-remedy",
        ),
    ],
)
def test_a_closed_case_in_words_of_its_own(assessment: str, accepted: str) -> None:
    found = _closed("", assessment)
    assert found
    assert found <= set(accepted.split())


_PROSE = """Saltmarsh Council (14 900 062)
Category : Housing > Homelessness
Decision : Upheld
Decision date : 14 May 2014

A woman complained that Saltmarsh Council left her in one room for a year. We call her Mrs A.

Mrs A was put in the room in May 2012. The Council did not visit. It wrote in June 2013.

{told}

We find that the Council should have visited. That was maladministration.
"""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "We do not propose to say anything of three other matters. Her son's exclusion was "
            "a decision of the governors. The parking fine could have been appealed to the "
            "adjudicator. The assault is with the police.",
            {"schools-internal", "tribunal-right", "better-placed-body"},
        ),
        (
            "Not all of the complaint falls to us. Her neighbours' grievances are for her "
            "neighbours to bring. The question of who owns the strip of land is one for the "
            "courts.",
            {"complainant-not-eligible", "court-remedy"},
        ),
        (
            "The Council did not deal with all of her letters. It wrote to a court and to her "
            "school about the boy.",
            set(),
        ),
    ],
)
def test_matters_left_out_in_one_paragraph_of_prose(told: str, expected: set[str]) -> None:
    text = _PROSE.format(told=told)
    decision = extract(RawDocument("d.txt", text, "0" * 64))
    assert _types(decision) == expected


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("I have ended my involvement in this complaint.", "discontinued"),
        ("I shall not carry on with my enquiries.", "discontinued"),
        ("I have decided to go no further with this complaint.", "discontinued"),
        (
            "I find no fault in (a). We have discontinued our investigation of the rest.",
            "discontinued",
        ),
        ("I uphold (a). I have discontinued my investigation of the other parts.", "investigated"),
        ("I have completed my investigation. There was no fault.", "investigated"),
    ],
)
def test_how_it_ended(final: str, expected: str) -> None:
    text = _INVESTIGATED.replace("We found fault.", "").format(scope="I looked at it.", finding="-")
    text = text.replace("I have completed my investigation and uphold the complaint.", final)
    assert extract(RawDocument("e.txt", text, "0" * 64)).disposition == expected


_PARTS = """Saltmarsh Council (24 900 063)
Category : Planning > Enforcement
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: Mr X complained about a lane. We found fault.
The complaint
- Mr X complains that the Council:
- (a) did not visit;
- (b) lost his letter;
- (c) let a hedge grow; and
- (d) was rude.
What I have and have not investigated
- {scope}
What I found
Analysis
- (a) The Council did not visit. That was fault.
- (b) The Council lost the letter. That was fault.
Final decision
- There was fault at (a) and (b). {final}
"""


@pytest.mark.parametrize(
    ("scope", "final", "left"),
    [
        ("As to (c), the hedge belongs to a private man.", "I have finished.", {"c"}),
        ("What was said, (d), lasted a minute and I let it go.", "I have finished.", {"d"}),
        ("I looked into the visit.", "I did not investigate the other parts.", {"c", "d"}),
        ("Parts (a) to (d) are dealt with below.", "I have finished.", set()),
    ],
)
def test_parts_left_out(scope: str, final: str, left: set[str]) -> None:
    text = _PARTS.format(scope=scope, final=final)
    findings = extract(RawDocument("f.txt", text, "0" * 64)).findings
    assert {f.part for f in findings if f.status == "not-investigated"} == left


@pytest.mark.parametrize("name", ["reasons", "reason-topics", "body-roles", "guidance"])
def test_every_rule_matches_its_examples(name: str) -> None:
    for rule in rules(name):
        assert len(rule.examples) >= 1, rule.id
        for example in rule.examples:
            assert rule.pattern.search(example), (rule.id, example)
        for example in rule.counterexamples:
            assert not rule.pattern.search(example), (rule.id, example)


@pytest.mark.parametrize(
    "scope",
    [
        "This decision is about the three years to 2024. A court order was in force for one.",
        "The complaint came in time. The Tribunal sat in May.",
    ],
)
def test_scope_told_without_saying_i_looked(scope: str) -> None:
    assert _investigated(scope) == set()
