"""Remedies: one for each action, with its status, deadline, payer and recipient."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
