"""What the authority is to do: acts, sums, deadlines, and who is to do them by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta
from holidays import HolidayBase, country_holidays

from tests.benchmarks.texts.case import Issue
from tests.benchmarks.texts.chance import one_of
from tests.benchmarks.texts.clock import in_full, in_words
from tests.benchmarks.texts.draft import Draft
from tests.benchmarks.texts.wording import Line

_SOON: tuple[tuple[str, relativedelta | int], ...] = (
    ("two weeks", relativedelta(days=14)),
    ("four weeks", relativedelta(days=28)),
    ("four weeks", relativedelta(days=28)),
    ("one month", relativedelta(months=1)),
    ("one month", relativedelta(months=1)),
    ("six weeks", relativedelta(days=42)),
    ("20 working days", 20),
)
_LATER: tuple[tuple[str, relativedelta | int], ...] = (
    ("two months", relativedelta(months=2)),
    ("three months", relativedelta(months=3)),
    ("three months", relativedelta(months=3)),
    ("12 weeks", relativedelta(days=84)),
    ("six months", relativedelta(months=6)),
)
_HARMS = {
    "distress": "distress",
    "upset": "distress",
    "worry": "distress",
    "frustration": "frustration",
    "uncertainty": "uncertainty",
    "time": "time-and-trouble",
    "trouble": "time-and-trouble",
    "inconvenience": "inconvenience",
    "strain": "carer-strain",
    "risk": "risk-of-harm",
    "privacy": "loss-of-amenity",
    "accommodation": "loss-of-suitable-accommodation",
    "provision": "loss-of-education",
    "education": "loss-of-education",
    "chance": "lost-opportunity",
    "opportunity": "lost-opportunity",
    "care": "loss-of-service",
    "costs": "financial-loss",
    "refund": "financial-loss",
    "reimburse": "financial-loss",
    "arrears": "loss-of-income-or-benefit",
    "injustice": "unspecified",
}
"""Words for what a remedy is for: an injustice that may be read from it."""
_SUMS = (100, 150, 150, 200, 200, 250, 300, 350, 400, 500, 750, 1000)
_STARTS = {
    "report": ("of the date of this report",),
    "statement": (
        *("of my final decision", "of the date of my final decision", "of this decision"),
        *("of our final decision", "of the date of our final decision", "of the final decision"),
    ),
}


@dataclass(slots=True)
class Act:
    """One remedy: how it is said, after "the Council will", and what it is."""

    text: str
    gold: dict[str, Any]
    total: int = 0
    """Pounds in all; 0 where no sum is paid."""


@dataclass(slots=True)
class Deadline:
    """When a list of acts is due: its words, and the day, if there is one."""

    words: str
    due: date | None


def personal(draft: Draft, found: list[Issue], status: str) -> list[Act]:
    """What is to be done for those who complain about these faults."""
    acts = [_apology(draft, found, status)] if draft.draw() < 0.93 else []
    for issue in found:
        draft.issue = issue
        rate = draft.line(issue.table, f"rate:{issue.key}")
        pay = draft.line(issue.table, f"pay:{issue.key}")
        if rate and draft.draw() < 0.6:
            acts.append(_each(draft, rate, issue, status))
        elif pay and draft.draw() < 0.75:
            acts.append(_payment(draft, pay, status))
        waive = draft.line(issue.table, f"waive:{issue.key}")
        if waive and draft.draw() < 0.35:
            acts.append(_waiver(draft, waive, status))
        put = draft.line(issue.table, f"put:{issue.key}")
        if put and draft.draw() < 0.6:
            acts.append(_act(draft, put, status, draft.case.cast.words["P"]))
    draft.issue = None
    return acts or [_apology(draft, found, status)]


def improvements(draft: Draft, found: list[Issue], status: str) -> list[Act]:
    """What is to be done so that it does not happen to others."""
    acts: list[Act] = []
    for issue in found:
        draft.issue = issue
        line = draft.line(issue.table, f"improve:{issue.key}")
        if line and draft.draw() < 0.6 and not any(line.text == act.text for act in acts):
            acts.append(_act(draft, line, status, None))
    draft.issue = None
    return acts


def soon(draft: Draft, day: date, *, dated: bool, report: bool = False) -> Deadline:
    """A deadline for what is to be done first, as the beginning of a sentence."""
    if not report and draft.draw() < 0.18:
        due = day + timedelta(days=21 + int(draft.draw() * 30))
        return Deadline(f"By {in_full(due)}", due)
    return _within(draft, _SOON, day, dated=dated, report=report)


def later(draft: Draft, day: date, *, dated: bool, report: bool = False) -> Deadline:
    """A deadline for improvements."""
    return _within(draft, _LATER, day, dated=dated, report=report)


def _within(
    draft: Draft,
    periods: tuple[tuple[str, relativedelta | int], ...],
    day: date,
    *,
    dated: bool,
    report: bool,
) -> Deadline:
    words, delta = one_of(draft.draw, periods)
    starts = _STARTS["report" if report else "statement"]
    start = f" {one_of(draft.draw, starts)}" if draft.draw() < 0.85 else ""
    return Deadline(f"Within {words}{start}", _after(day, delta) if dated else None)


def _after(day: date, period: relativedelta | int) -> date:
    """The last day of a period; a number counts working days in England."""
    if isinstance(period, relativedelta):
        return day + period
    while period:
        day += timedelta(days=1)
        period -= day.weekday() < 5 and day not in _bank_holidays()
    return day


@cache
def _bank_holidays() -> HolidayBase:
    return country_holidays("GB", subdiv="ENG")


def settle(draft: Draft, acts: list[Act], deadline: Deadline, payer: str) -> None:
    """Note acts as remedies with their deadline and payer."""
    for act in acts:
        act.gold["due"] = deadline.due.isoformat() if deadline.due else None
        act.gold["payer"] = payer
        draft.said.remedies.append(act.gold)
        passage = {"kind": "remedy", "id": act.gold["type"][0], "quote": act.text}
        draft.said.passages.append(passage)
        draft.said.may("injustice", [id_ for word, id_ in _HARMS.items() if word in act.text])


def _gold(types: tuple[str, ...], status: str, recipient: str | None) -> dict[str, Any]:
    return {"type": list(types), "status": status, "recipient": recipient}


def _types(line: Line) -> tuple[str, ...]:
    return next(one.ids for one in line.truth if one.kind == "remedy")


def _act(draft: Draft, line: Line, status: str, recipient: str | None) -> Act:
    return Act(draft.expanded(line), _gold(_types(line), status, recipient))


def _apology(draft: Draft, found: list[Issue], status: str) -> Act:
    issue = one_of(draft.draw, found)
    found_fault = (
        "apologise to {P} for the [fault|faults|injustice] identified in this [statement|decision]",
        "apologise to {P} for the [injustice|distress] caused by the fault I have found",
    )
    text = draft.pick(
        *(found_fault if draft.case.kind == "upheld" else ()),
        "apologise to {P}",
        "apologise in writing to {P}",
        "write to {P} to apologise",
        f"send {{P}} a [written|full] apology for what happened over {draft.gist(issue)}",
        f"apologise to {{P}} for its part in {draft.gist(issue)}",
    )
    return Act(text, _gold(("apology",), status, draft.case.cast.words["P"]))


def _payment(draft: Draft, line: Line, status: str) -> Act:
    sum_ = one_of(draft.draw, _SUMS)
    recipient = draft.case.cast.words["P"]
    shown = f"£{sum_:,}"
    words = draft.expanded(line)
    text = draft.pick(
        f"pay {{P}} {shown} {words}",
        f"pay {{P}} {shown} {words}",
        f"make a payment of {shown} to {{P}} {words}",
        f"pay {{him}} {shown} {words}",
    )
    gold = {**_gold(_types(line), status, recipient), "amount": str(sum_)}
    return Act(text, gold, sum_)


def _each(draft: Draft, line: Line, issue: Issue, status: str) -> Act:
    rates = (150, 200, 250, 300, 350) if line.unit == "month" else (20, 25, 40, 50, 75)
    rate, count = one_of(draft.draw, rates), issue.amount
    recipient, total = draft.case.cast.words["P"], rate * count
    shown, words = f"£{rate} a {line.unit}", draft.expanded(line)
    many = f"{in_words(count)} {line.unit}s"
    text = draft.pick(
        f"pay {{P}} {shown} for [the |]{many} {words}[, a total of £{total:,}| (£{total:,})|]",
        f"pay {{P}} £{total:,} {words}, which is {shown} for {many}",
        f"pay {{P}} £{rate} for each of the {many} {words}",
    )
    gold = _gold(_types(line), status, recipient)
    if "which is" in text:
        gold |= {"amount": str(total), "total": str(total)}
    else:
        gold |= {"amount": str(rate), "per": line.unit, "count": count, "total": str(total)}
    return Act(text, gold, total)


def _waiver(draft: Draft, line: Line, status: str) -> Act:
    sum_ = 55 + int(draft.draw() * 900)
    draft.paid = f"£{sum_:,}"
    gold = {**_gold(_types(line), status, draft.case.cast.words["P"]), "amount": str(sum_)}
    return Act(draft.expanded(line), gold, 0)


def listed(texts: list[str], draw: Callable[[], float]) -> list[str]:
    """Texts as the items of a list: with semicolons, or as short sentences."""
    if draw() < 0.25:
        return [f"{text[0].upper()}{text[1:]}." for text in texts]
    if len(texts) == 1:
        return [f"{texts[0]}."]
    middle = [f"{text};" for text in texts[:-2]]
    return [*middle, f"{texts[-2]}; and", f"{texts[-1]}."]


def joined(texts: list[str]) -> str:
    """Texts in one sentence."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"
