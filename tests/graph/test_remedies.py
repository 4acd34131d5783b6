"""Remedies: one for each action, with its status, deadline, payer and recipient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ontology.model import Remedy
from tests.graph import made

FAULT = "- The Council delayed issuing the plan. That was fault and caused Mrs K distress."


def _remedies(action: str) -> tuple[Remedy, ...]:
    return made.decision(made.text(analysis=FAULT, action=action)).remedies


def test_a_list_under_one_deadline() -> None:
    found = _remedies(
        "- Within one month of my final decision the Council has agreed to:\n"
        "- apologise to Mrs K for the delay;\n"
        "- pay her £250 for her distress; and\n"
        "- review its procedure for late plans.\n"
        "- The Council should send us proof that it has done all of this."
    )
    assert [r.type for r in found] == [
        "apology",
        "financial-distress",
        "procedure-review",
        "evidence-to-ombudsman",
    ]
    assert {r.due.date for r in found[:3] if r.due} == {date(2022, 5, 6)}
    assert [r.recipient for r in found[:2]] == ["Mrs K", "Mrs K"]
    assert found[1].amount == Decimal(250)
    assert found[1].purposes == ("distress",)
    assert {r.status for r in found} == {"agreed"}


def test_two_actions_in_one_sentence() -> None:
    found = _remedies(
        "- The Council has agreed to apologise to Mrs K and pay her £100 for her trouble."
    )
    assert [(r.type, r.amount) for r in found] == [
        ("apology", None),
        ("financial-time-and-trouble", Decimal(100)),
    ]


def test_a_figure_that_is_only_explained_is_not_paid_again() -> None:
    found = _remedies(
        "- The Council has agreed to pay Mrs K £400 for her distress.\n"
        "- Our guidance says a payment for distress is often between £100 and £300.\n"
        "- In recommending £400 I have taken the length of time into account."
    )
    assert [r.amount for r in found if r.amount is not None] == [Decimal(400)]


def test_a_refused_recommendation_is_refused() -> None:
    found = _remedies(
        "- The Council has agreed to apologise to Mrs K.\n"
        "- We also recommended it pay her £500. The Council has not agreed to this."
    )
    assert [(r.type, r.status) for r in found if r.type == "apology"] == [("apology", "agreed")]


def test_what_mrs_k_wants_and_what_others_recommended_is_no_remedy() -> None:
    decision = made.decision(
        made.text(
            complaint="- Mrs K complains of delay. She wants the Council to pay her £5,000.",
            happened="- The panel recommended the Council apologise and pay her £50.",
            analysis=FAULT,
            action="- The Council has agreed to apologise to Mrs K.",
        )
    )
    assert [(r.type, r.amount) for r in decision.remedies] == [("apology", None)]


def test_the_same_deadline_is_carried() -> None:
    found = _remedies(
        "- By 4 July 2022 the Council will apologise to Mrs K.\n"
        "- By the same date it will remind its officers to keep notes."
    )
    assert [r.due.date for r in found if r.due] == [date(2022, 7, 4), date(2022, 7, 4)]


def test_items_that_only_give_reasons_do_not_hide_the_acts_after_them() -> None:
    found = _remedies(
        "- Within one month the Council will:\n"
        "- apologise to Mrs K for:\n"
        "- losing her form; and\n"
        "- the late reply;\n"
        "- pay Mrs K £150 for her distress; and\n"
        "- remind its officers to log every form."
    )
    assert [r.type for r in found] == ["apology", "financial-distress", "staff-reminder"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("The Council has declined to do this.", "refused"),
        ("The Council is not prepared to pay.", "refused"),
        ("It has not yet told us whether it agrees.", "recommended"),
        ("It supports this in principle but will not decide before May.", "recommended"),
        ("The Council has agreed to this.", "agreed"),
    ],
)
def test_the_answer_to_a_further_recommendation_is_its_status(answer: str, status: str) -> None:
    found = _remedies(
        "- Within one month the Council has agreed to apologise to Mrs K.\n"
        f"- I also recommended that the Council should pay Mrs K £200 for her trouble. {answer}"
    )
    assert [(r.type, r.status) for r in found] == [
        ("apology", "agreed"),
        ("financial-time-and-trouble", status),
    ]


def test_what_was_refused_to_others_before_is_no_refusal() -> None:
    found = _remedies(
        "- Within three months the Council will contact all parents who were refused transport "
        "in 2021, tell them they may ask again and reimburse those who had to pay."
    )
    assert [(r.type, r.status) for r in found] == [("audit-similar-cases", "agreed")]


def test_a_recommendation_to_one_council_is_not_agreed_by_the_other() -> None:
    action = (
        "- The County Council should, within one month of this decision:\n"
        "- apologise to Mrs K.\n"
        "- The District Council has agreed to pay Mrs K £100 for her distress."
    )
    page = made.text(analysis=FAULT, action=action).replace("Agreed action", "Recommended action")
    found = made.decision(page).remedies
    assert [(r.type, r.status) for r in found] == [
        ("apology", "recommended"),
        ("financial-distress", "agreed"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "I have not recommended a payment for the legal fees of £900.",
        "We make no recommendation about training.",
        "The Council has already appointed two more officers and we ask for nothing more.",
        "If the appeal succeeds, she will be admitted at once.",
        "Under our information sharing agreement we will send a copy to the regulator.",
        "A council that refuses can be the subject of a further report.",
    ],
)
def test_sentences_that_ask_for_nothing(sentence: str) -> None:
    found = _remedies(f"- The Council has agreed to apologise to Mrs K.\n- {sentence}")
    assert [r.type for r in found] == ["apology"]


@pytest.mark.parametrize(
    ("act", "types"),
    [
        ("draw up a list of empty sites and publish it", 1),
        ("work out what she should have been paid and refund the difference", 1),
        ("write to Mrs K, and to her son separately, to apologise", 1),
        ("go through the last 40 refusals, tell the families and put right any mistake", 1),
        ("apologise to Mrs K and pay her £100", 2),
        ("agree a protocol with the Trust, and train its ward staff to use it", 2),
        ("correct its leaflet on appeals, and review every refusal since May", 2),
    ],
)
def test_one_act_or_two(act: str, types: int) -> None:
    assert len(_remedies(f"- Within two months the Council will {act}.")) == types


@pytest.mark.parametrize(
    ("act", "type_"),
    [
        ("redesign its consent form so that nobody signs without evidence of advice",
         "information-or-publicity"),
        ("review its arrangements for covering the cases of absent officers", "procedure-review"),
        ("review the case of every child on the closed list", "audit-similar-cases"),
        ("tell all of its audit officers to ring before they stop a payment", "staff-reminder"),
        ("tell the family how they can appeal", "provide-information"),
        ("sign a protocol with the health board on equipment", "joint-working-protocol"),
        ("give its scrutiny committee an account of progress", "monitoring-or-reporting"),
        ("give Mrs K a full account of why the payments stopped", "explanation"),
        ("withdraw the blanket rule on short breaks", "policy-review"),
        ("withdraw the summons", "withdraw-action"),
        ("cancel the £300 invoice", "waive-charge"),
        ("provide the eight therapy sessions he missed", "catch-up-provision"),
        ("decide her application within ten working days", "review-decision"),
        ("require Carewell, in writing, to keep its logs for a year", "contract-provider-action"),
    ],
)  # fmt: skip
def test_the_main_clause_says_which_kind(act: str, type_: str) -> None:
    assert [r.type for r in _remedies(f"- The Council will {act}.")] == [type_]


def test_each_act_of_a_sentence_may_have_its_own_deadline() -> None:
    found = _remedies(
        "- By 1 June 2022 the Council will pay Mrs K £200 for her distress, and by "
        "1 September 2022 it will review its policy on escorts."
    )
    assert [r.due.date for r in found if r.due] == [date(2022, 6, 1), date(2022, 9, 1)]


def test_the_next_sentence_may_say_by_when() -> None:
    (found,) = _remedies(
        "- The Council will train its clerks. It will do so before the next round and in any "
        "case within four weeks of this decision."
    )
    assert found.due is not None
    assert found.due.date == date(2022, 5, 4)


def test_the_next_sentence_may_say_what_it_comes_to() -> None:
    found = _remedies(
        "- The Council will pay Mrs K the allowance it should have paid her. It has worked this "
        "out to be £1,320.50."
    )
    assert [(r.type, r.amount) for r in found] == [("quantifiable-loss", Decimal("1320.50"))]


def test_what_is_agreed_when_a_case_is_settled_early() -> None:
    decision = made.decision(
        made.text(
            analysis="- In 2019 the Council agreed to meet Mrs K. When I asked what it would do, "
            "it agreed to apologise to her. It will also pay her £80 for her trouble."
        )
    )
    assert [(r.type, r.amount) for r in decision.remedies] == [
        ("apology", None),
        ("financial-time-and-trouble", Decimal(80)),
    ]


def _kinds(action: str) -> list[tuple[str, Decimal | None]]:
    return [(r.type, r.amount) for r in _remedies(action)]


@pytest.mark.parametrize(
    ("action", "kinds"),
    [
        (
            "- Within one month of this statement the Council is to: (a) say sorry in writing; "
            "(b) pay £150; and (c) tell all its wardens about the new rule.",
            [("apology", None), ("financial-unspecified", Decimal(150)), ("staff-reminder", None)],
        ),
        (
            "- The Council will have sent Mrs K an apology by 4 July 2022 and will have gone "
            "through every file closed since May.",
            [("apology", None), ("audit-similar-cases", None)],
        ),
        (
            "- The Council will draw up an inventory for every resident; bring a report to its "
            "scrutiny committee; and remind its managers to ring back.",
            [
                ("record-keeping-improvement", None),
                ("monitoring-or-reporting", None),
                ("staff-reminder", None),
            ],
        ),
        (
            "- A letter of apology is to be sent to Mrs K.",
            [("apology", None)],
        ),
        (
            "- There is to be a review of all cases closed last year.",
            [("audit-similar-cases", None)],
        ),
        (
            "- The Council and the Trust are each to pay Mrs K £200 and are jointly to write to "
            "her with an apology.",
            [("financial-unspecified", Decimal(200)), ("apology", None)],
        ),
        (
            "- The Council will give Mrs K back the £45 she paid and take the costs off her bill.",
            [("reimbursement", Decimal(45)), ("waive-charge", None)],
        ),
        (
            "- The Council will write into its contract with the agency that gaps be reported, "
            "and will settle with the Trust how children are to be referred.",
            [("contract-provider-action", None)],
        ),
    ],
)
def test_acts_in_running_prose(action: str, kinds: list[tuple[str, Decimal | None]]) -> None:
    found = _kinds(action)
    assert found[: len(kinds)] == kinds


@pytest.mark.parametrize(
    "action",
    [
        "- The Council has dropped its demand that she should pay £64.",
        "- Mrs K asked me to recommend that her earnings be made good. I do not.",
        "- They will receive £1,000 in this way.",
        "- It is for the Tribunal to say whether the plan should be changed.",
        "- The Council must by law reply within 20 days, and usually does.",
    ],
)
def test_what_asks_for_nothing(action: str) -> None:
    assert [kind for kind in _kinds(action) if kind[1] is not None] == []


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("- I suggested that the Council should appoint a second officer. It will not do so.",
         "refused"),
        ("- We recommended, and the Council has accepted, that it should pay her £90.", "agreed"),
        ("- We recommended that it pay her £90. It says its offer is enough.", "refused"),
        ("- The Council was asked to pay her £90. It has said no.", "refused"),
        ("- I asked for its unit to be staffed at weekends. It declines.", "refused"),
        ("- I invited it to assess her needs. It agreed.", "agreed"),
    ],
)  # fmt: skip
def test_answers_in_other_words(action: str, status: str) -> None:
    assert {r.status for r in _remedies(action)} == {status}


def test_one_deadline_for_what_follows_and_for_what_came_before() -> None:
    ahead = _remedies(
        "- What follows is to be done within one month of this decision.\n"
        "- The Council will apologise to Mrs K.\n- It will pay her £90."
    )
    assert {r.due.date for r in ahead if r.due} == {date(2022, 5, 6)}
    back = _remedies(
        "- The Council will apologise to Mrs K.\n- It will pay her £90.\n"
        "- All of this is to be done by 4 July 2022."
    )
    assert [r.due.date if r.due else None for r in back] == [date(2022, 7, 4)] * 2


def test_a_rate_without_end_has_no_deadline() -> None:
    found = _remedies(
        "- By 4 July 2022 the Council will pay Mrs K £300 for each of the 20 months to May "
        "(£6,000) and go on paying £300 a month until she is rehoused."
    )
    assert [(r.total, bool(r.due)) for r in found] == [(Decimal(6000), True), (None, False)]


def test_a_payment_likened_to_the_one_before() -> None:
    found = _remedies(
        "- The Council will pay Mrs K £150 for her distress.\n"
        "- It will pay £100 to her son under the same head."
    )
    assert [r.type for r in found] == ["financial-distress", "financial-distress"]


def test_an_offer_made_to_us_counts_where_nothing_was_investigated() -> None:
    decision = made.decision(
        made.text(
            outcome="Closed after initial enquiries",
            analysis="- It has offered, since hearing from me, to apologise to Mrs K and to give "
            "her back the £9.50 she spent.",
            decision="- We will not investigate this complaint.",
        )
    )
    assert [(r.type, r.amount) for r in decision.remedies] == [
        ("apology", None),
        ("reimbursement", Decimal("9.50")),
    ]
    earlier = made.decision(
        made.text(
            outcome="Closed after initial enquiries",
            analysis="- It offered to apologise to Mrs K and to pay her £50 at stage two.",
            decision="- We will not investigate this complaint.",
        )
    )
    assert not earlier.remedies
