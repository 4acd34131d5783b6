"""What a remedy comes to in pounds."""

from __future__ import annotations

from decimal import Decimal

from ontology.model import Remedy

MOST = Decimal(1_000_000_000)
"""Pounds; a larger sum is a misprint, and added up with others it would fit in no database."""


def payment(remedy: Remedy) -> Decimal | None:
    """The sum that a remedy comes to: its total, or its amount where that is no rate.

    None without a sum, for a sum in another currency or over :data:`MOST`, and for a rate: a
    sum for each week or month without their number is no payment.
    """
    return _sensible(
        remedy, remedy.amount if remedy.total is None and not remedy.per else remedy.total
    )


def rate(remedy: Remedy) -> Decimal | None:
    """The sum for each week, month or other period, where their number is not said.

    None for all others, as for :func:`payment`.
    """
    return _sensible(remedy, remedy.amount if remedy.total is None and remedy.per else None)


def _sensible(remedy: Remedy, sum_: Decimal | None) -> Decimal | None:
    pounds = remedy.currency in (None, "GBP")
    return sum_ if pounds and sum_ is not None and abs(sum_) <= MOST else None
