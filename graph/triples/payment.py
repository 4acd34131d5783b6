"""What a remedy comes to in pounds."""

from __future__ import annotations

from decimal import Decimal

from ontology.model import Remedy


def payment(remedy: Remedy) -> Decimal | None:
    """The sum that a remedy comes to: its total, or its amount where that is no rate.

    None without a sum, for a sum in another currency, and for a rate: a sum for each week
    or month without their number is no payment.
    """
    if remedy.currency not in (None, "GBP"):
        return None
    if remedy.total is not None:
        return remedy.total
    return None if remedy.per else remedy.amount
