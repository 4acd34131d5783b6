"""Sums of money in actions: amounts, rates, totals, and sums that are no remedy."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.extraction.extractors.remedies.money import sums
from graph.extraction.extractors.remedies.payments import payments


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("pay her £500 for the distress", "500"),
        ("pay  £1,250.75 to the estate", "1250.75"),
        ("waive £6179 of the debt", "6179"),
        ("pay him two hundred and fifty pounds", "250"),
        ("pay one thousand five hundred pounds", "1500"),
    ],
)
def test_amounts_in_figures_and_words(text: str, amount: str) -> None:
    (found,) = sums(text)
    assert found.amount == Decimal(amount)
    assert not found.excluded


@pytest.mark.parametrize(
    "text",
    [
        "our guidance suggests between £100 and £300",
        "a payment of £150 to £350 a month",
        "instead of the £75 it offered",
        "in place of its offer of £150",
        "on top of the £100 it has already paid",
        "an invoice for £900",
        "pay her interest at the court rate on the £900",
    ],
)
def test_sums_that_are_no_payment_are_excluded(text: str) -> None:
    assert all(found.excluded for found in sums(text))


def test_the_payment_beside_an_earlier_offer_counts() -> None:
    counted = [
        s.amount for s in sums("pay her £400, in place of its offer of £150") if not s.excluded
    ]
    assert counted == [Decimal(400)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "pay her £200 a month for ten months, a total of £2,000",
            [("200", "month", "10", "2000")],
        ),
        ("pay him £900 a term for the two terms he missed", [("900", "term", "2", "1800")]),
        (
            "pay them £2,000, which is £200 for each of the ten months",
            [("200", "month", "10", "2000")],
        ),
        (
            "pay them £400 between them: £300 for the noise and £100 for their trouble",
            [("300", None, None, None), ("100", None, None, None)],
        ),
        ("pay £150 each to the two families", [("150", "each", "2", "300")]),
        ("pay each of her parents £250 for the worry (£500)", [("250", "each", "2", "500")]),
        ("pay him £20 a month for 12 months, that is £240", [("20", "month", "12", "240")]),
        (
            "pay them £400, which is for the worry (£300) and for their trouble (£100)",
            [("400", None, None, None)],
        ),
        ("increase its offer from £150 to £300", [("300", None, None, None)]),
        ("refund, if it has not yet done so, the £90 it kept", [("90", None, None, None)]),
        ("the usual fee of £75 will be waived", [("75", None, None, None)]),
        ("pay £20 for each of the 14 missed visits, that is £280", [("280", None, None, "280")]),
        (
            "for each of the nine weeks without a place it will pay £90, or £810",
            [("90", "week", "9", "810")],
        ),
        (
            "pay £100 a month from october to march (six months, £600), and for her son £250",
            [("100", "month", "6", "600"), ("250", None, None, None)],
        ),
        (
            "pay her £450, of which the council bears £300 and the trust £150",
            [("450", None, None, None)],
        ),
        (
            "pay her £7,980, being £17.50 an hour for 456 hours, and her son £200",
            [("7980", None, None, None), ("200", None, None, None)],
        ),
        (
            "pay £350 instead of the £50 it offered, and a further £200",
            [("350", None, None, None), ("200", None, None, None)],
        ),
        ("restore the allowance of £62 a week", []),
        (
            "pay £300 to mr x and £200 to mrs y",
            [("300", None, None, None), ("200", None, None, None)],
        ),
    ],
)
def test_sums_that_belong_together_are_one_payment(
    text: str, expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    found = payments([s for s in sums(text) if not s.excluded])
    shown = [
        (
            f"{p.amount:f}",
            p.per,
            None if p.count is None else f"{p.count:f}",
            None if p.total is None else f"{p.total:f}",
        )
        for p in found
    ]
    assert shown == expected
