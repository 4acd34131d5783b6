"""How one remedy bears on those before it: it repeats, adds up, pays or is likened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.money import sums
from graph.extraction.first_letters import compiled
from ontology.model import Remedy

MONEY_TYPES = (
    "withdraw-action",
    "reimbursement",
    "waive-charge",
    "backdate",
    "quantifiable-loss",
    "interest",
    "percentage-or-formula",
)
_PAYS_THAT = compiled(r"\bpay (?:\w+ )?(?:that|this|it|the sum|the amount)\b")


def pays_that(before: Remedy, action: Action) -> bool:
    """Whether an act pays what the one before it worked out: "it will pay that by June"."""
    if before.type not in MONEY_TYPES or not _PAYS_THAT.search(action.text):
        return False
    named = [one.amount for one in sums(action.text)]
    return before.evidence[0].start < action.sentence.start and (
        not named or named == [before.amount]
    )


_SAME_HEAD = compiled(
    r"\b(?:under|on|for|in respect of) the (?:same|latter|last|second) (?:head|ground|account"
    r"|reason|thing|trouble"
    r"|score|footing|purpose)\b|\bfor the same\b|\blikewise\b"
)
_THE_SAME = compiled(
    r"\b(?:which|that) (?:does|do|says?|will do|will say) the same\b|\bin the same (?:terms|words"
    r"|vein)\b"
    r"|\bto the same effect\b"
)


def as_before(remedy: Remedy, remedies: Sequence[Remedy], action: Action) -> Remedy:
    """A remedy that the words liken to the one before it: "£100 to him under the same head"."""
    if not remedies:
        return remedy
    before = remedies[-1]
    if remedy.amount is not None and not remedy.purposes and _SAME_HEAD.search(action.text):
        if before.amount is not None:
            return replace(remedy, type=before.type, purposes=before.purposes)
    elif remedy.amount is None and before.amount is None and _THE_SAME.search(action.text):
        return replace(remedy, type=before.type)
    return remedy


def repeats(remedies: Sequence[Remedy], remedy: Remedy) -> bool:
    """Whether the same thing stands already: same sentence and type, or the same sum again."""
    for other in remedies:
        same_place = other.evidence[0].start == remedy.evidence[0].start
        if other.type != remedy.type:
            continue
        if remedy.amount is not None or other.amount is not None:
            if (
                other.amount == remedy.amount
                and not same_place
                and other.recipient == remedy.recipient
            ):
                return other.per == remedy.per and other.purposes == remedy.purposes
            continue
        if same_place:
            return not (remedy.type == "apology" and _other_person(remedy, other))
        if remedy.type in ("evidence-to-ombudsman", "report-back"):
            return True
    return False


def _other_person(one: Remedy, other: Remedy) -> bool:
    """Whether two remedies go to different people, both named."""
    first, second = one.recipient or "", other.recipient or ""
    return bool(first and second) and first not in second and second not in first


_ADDS_UP = compiled(r"\b(?:in all|in total|altogether|total|this makes|come to|comes to)\b")


def adds_up(remedies: Sequence[Remedy], remedy: Remedy, action: Action) -> bool:
    """Whether a sum is only the total of the payments before it."""
    if remedy.amount is None or remedy.per or not _ADDS_UP.search(action.context):
        return False
    paid = [r for r in remedies if r.amount is not None]
    whole = sum((r.total or r.amount or Decimal(0) for r in paid), Decimal(0))
    if len(paid) > 1 and whole == remedy.amount:
        return True
    said = any(one.total and one.amount == remedy.amount for one in sums(action.text))
    return len(paid) > 1 and said and not remedy.purposes
