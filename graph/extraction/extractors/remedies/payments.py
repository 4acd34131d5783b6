"""Payments in an action: which sums belong together, and what each is for.

"£200 a month for ten months, £2,000 in all" is one payment; "£400: £300 for the one and
£100 for the other" is two. A purpose is the nearest that the words name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.money import ODD, Sum
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule, rules

_PURPOSE_TYPES = {
    "distress": "financial-distress",
    "frustration": "financial-distress",
    "uncertainty": "financial-distress",
    "outrage": "financial-distress",
    "time-and-trouble": "financial-time-and-trouble",
    "inconvenience": "financial-time-and-trouble",
    "loss-of-education": "financial-loss-of-education",
    "loss-of-service": "financial-loss-of-service",
    "loss-of-suitable-accommodation": "financial-unsuitable-accommodation",
    "lost-opportunity": "financial-lost-opportunity",
    "loss-of-appeal-right": "financial-lost-opportunity",
    "risk-of-harm": "financial-risk-of-harm-or-harm",
    "harm-to-health": "financial-risk-of-harm-or-harm",
    "carer-strain": "financial-carer-strain",
    "loss-of-dignity": "financial-distress",
}


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment: its sum, how often it is paid and what it comes to."""

    main: Sum
    amount: Decimal
    per: str | None
    count: Decimal | None
    total: Decimal | None


def payments(listed: list[Sum]) -> list[Payment]:
    """The payments that the sums of one action come to, in order."""
    return [_figures(group) for group in _grouped(listed)]


def payment_type(purposes: tuple[str, ...]) -> str:
    """The kind of payment for these purposes; several kinds together are unspecified."""
    types = {_PURPOSE_TYPES.get(purpose, "financial-unspecified") for purpose in purposes}
    if types == {"financial-loss-of-education", "financial-loss-of-service"}:
        return "financial-loss-of-education"  # help that a pupil was to have
    return types.pop() if len(types) == 1 else "financial-unspecified"


def purposes_of(
    reading: Reading, action: Action, main: Sum, stretch: str, after: str, count: int
) -> tuple[str, ...]:
    """Purposes from the nearest words that name any: after the sum, before it, beside it."""
    head = _PURPOSE_HEAD.search(after) or _PURPOSE_HEAD.search(stretch)
    texts = [head["head"], after, stretch] if head else [after, stretch]
    if count == 1:
        texts.append(action.context)
    elif not _OWN_PURPOSE.search(after):
        texts.append(action.text[main.end :].split(";")[0])  # "£300 and Ms T £200 for the worry"
    able = reading.candidates("payment-purposes", action.sentence)
    for text in texts if able else ():
        found = _purposes(text, able)
        if found:
            return tuple(dict.fromkeys(found))
    said = _said_of_sum(reading, action, main)
    return tuple(dict.fromkeys(_purposes(said, rules("payment-purposes"))))


_OWN_PURPOSE = compiled(
    r"\b(?:for (?!(?:each|every|the (?:\w+ )?(?:weeks?|months?|terms?|years?)|(?:\d+|two|three"
    r"|four|five"
    r"|six|a) )\b)\w+|because|on account of|by reason of|recogni\w+|acknowledg\w+|reflect\w*|in "
    r"respect of"
    r"|in view of|to mark|towards)\b"
)
"""Words that give a sum a purpose, known or not, so that it does not take the next sum's."""
_PURPOSE_HEAD = compiled(
    r"\b(?:for|recognis\w+|acknowledg\w+|reflect\w*|recognition of|acknowledgement of|remedy"
    r"|because of) "
    r"(?P<head>[^,.;]*?)(?= of\b| caused| that\b| which\b| by\b| when\b| due\b| arising| "
    r"brought| resulting| from\b|[,.;]|$)"
)
"""The words that name a purpose, without the clause that explains it: "the distress"."""


def _said_of_sum(reading: Reading, action: Action, main: Sum) -> str:
    """What another sentence of the section says that sum is for: "The £175 is for distress"."""
    printed = action.text[main.start : main.end]
    for sentence in reading.sentences:
        if (
            sentence.section == action.sentence.section
            and sentence.index > action.sentence.index
            and printed in sentence.lower
        ):
            return sentence.lower
    following = action.sentence.index + 1
    if following < len(reading.sentences):
        after = reading.sentences[following]
        if after.item is action.sentence.item and after.lower.startswith(("this ", "the ", "it ")):
            return after.lower
    return ""


def _purposes(text: str, able: Iterable[Rule]) -> list[str]:
    """Injustice types that the words beside a sum name; ``able`` are rules that can match."""
    return [rule.label for rule in able if rule.pattern.search(text)]


def purposes_in(text: str) -> tuple[str, ...]:
    """Purposes that the text of one action names, for a payment of no stated sum."""
    head = _PURPOSE_HEAD.search(text)
    found = _purposes(head["head"], rules("payment-purposes")) if head else []
    return tuple(dict.fromkeys(found or _purposes(text, rules("payment-purposes"))))


def _grouped(listed: list[Sum]) -> list[list[Sum]]:
    """Sums that belong to one payment: a rate and its total, a total and its parts."""
    groups: list[list[Sum]] = []
    listed = _without_explanations(listed)
    index = 0
    while index < len(listed):
        current = listed[index]
        following = listed[index + 1 :]
        adds_up = sum(s.amount for s in following) == current.amount
        if adds_up and len(following) > 1 and all(s.bracketed for s in following):
            groups.append([current])
            break  # "£400, for the worry (£300) and the delay (£100)" is one payment
        if len(following) > 1 and (adds_up or (current.total and not current.per)):
            index += 1
            continue  # "£400: £300 for the one and £100 for the other"
        if current.total and following:
            parts = [s.amount * (s.count or 1) for s in following]
            if sum(parts[:2]) == current.amount or sum(parts) == current.amount:
                if len(following) == 1:
                    groups.append([following[0], current])
                    break
                index += 1
                continue  # the parts are the payments, the total only adds them up
        if following and following[0].total and (current.per or current.count):
            groups.append([current, following[0]])
            index += 2
            continue
        if following and _goes_to_each(current, following[0]):
            groups.append([replace(following[0], start=current.start)])
            index += 2
            continue  # "£50 for each visit to each family, so that each receives £200"
        if (
            following
            and following[0].per not in (None, "each")
            and _is_multiple(current.amount, following[0])
        ):
            groups.append([following[0], current])
            index += 2
            continue
        if (
            current.total
            and groups
            and sum((g[0].amount for g in groups), Decimal(0)) == current.amount
        ):
            index += 1
            continue
        groups.append([current])
        index += 1
    return groups


def _without_explanations(listed: list[Sum]) -> list[Sum]:
    """Sums without those that only say how one before them is made up, or who bears it."""
    kept: list[Sum] = []
    for one in listed:
        if kept and one.explains and one.per:
            continue  # "£7,000, being £17.50 an hour for 400 hours"
        kept.append(one)
    for whole in list(kept):
        shares = [one for one in kept if one.share and one.start > whole.start]
        if len(shares) > 1 and sum(one.amount for one in shares) == whole.amount:
            kept = [one for one in kept if one not in shares]
    return kept  # "£450, of which the Council bears £300 and the Trust £150" is £450


def _goes_to_each(rate: Sum, following: Sum) -> bool:
    """Whether a sum is what a rate comes to for each of those who get it."""
    return (
        rate.per not in (None, "each")
        and following.per == "each"
        and _is_multiple(following.amount, rate)
    )


def _is_multiple(amount: Decimal, rate: Sum) -> bool:
    return amount > rate.amount and rate.amount > 0 and (amount / rate.amount * 2) % 1 == 0


def _figures(group: list[Sum]) -> Payment:
    main = group[0]
    total = group[1].amount if len(group) > 1 else None
    count = main.count if main.per else None
    if main.per and main.per != "each":
        if total is None and count is not None:
            total = main.amount * count
        elif total is not None and count is None and main.amount:
            count = (total / main.amount).normalize()
    elif main.per == "each" and count is not None:
        total = total or main.amount * count
    elif main.per == "each" and total is not None and total % main.amount == 0:
        count = (total / main.amount).normalize()
    if main.per == ODD:  # a record has no name for a night or a visit: only what it comes to
        return Payment(main, total or main.amount, None, None, total)
    return Payment(main, main.amount, main.per, count, total)
