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
