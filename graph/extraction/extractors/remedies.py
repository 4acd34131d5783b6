"""Remedies: what was agreed, recommended or refused to put things right.

Each action of the remedy section becomes one remedy, a payment one for each sum. What
only explains a remedy, repeats it or speaks of an earlier one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from graph.extraction.extractors.action import Action
from graph.extraction.extractors.actions import actions
from graph.extraction.extractors.money import Sum, sums
from graph.extraction.extractors.payments import (
    Payment,
    payment_type,
    payments,
    purposes_in,
    purposes_of,
)
from graph.extraction.extractors.recipients import payee, recipient
from graph.extraction.extractors.remedy_types import remedy_type
from graph.extraction.reading import Reading
from ontology.model import Remedy, Unread

_BARE = 8
"""Words up to which an action that no rule knows may be only the beginning of the next."""
_PAYMENT = re.compile(
    r"\b(?:pay|pays|paying|payments?|paid|award|give|offer|compensat\w+|sum of)\b|£"
)
_MONEY_TYPES = (
    "withdraw-action",
    "reimbursement",
    "waive-charge",
    "backdate",
    "quantifiable-loss",
    "interest",
    "percentage-or-formula",
)


def read_remedies(reading: Reading, settled: bool) -> tuple[tuple[Remedy, ...], tuple[Unread, ...]]:
    """Remedies in order, and the actions of the remedy section that no rule could type.

    ``settled`` tells that the complaint was upheld, so that remedies may stand outside a
    remedy section.
    """
    remedies: list[Remedy] = []
    unread: dict[int, Unread] = {}
    last: str | None = None
    for action in _merged(reading, actions(reading, settled)):
        if remedies and _pays_that(remedies[-1], action):
            remedies[-1] = replace(remedies[-1], due=action.due or remedies[-1].due)
            continue
        found = list(_of_action(reading, action, last))
        sentence = action.sentence
        if not found and not any(r.evidence[0].start == sentence.start for r in remedies):
            unread[sentence.start] = Unread(
                "remedy", sentence.text, sentence.number, sentence.start, sentence.end,
                "an action that no rule knows",
            )  # fmt: skip
        for read in found:
            remedy = _as_before(read, remedies, action)
            last = remedy.recipient or last
            if not _repeats(remedies, remedy) and not _adds_up(remedies, remedy, action):
                remedies.append(remedy)
    return tuple(_numbered(remedies)), tuple(unread.values())


_PAYS_THAT = re.compile(r"\bpay (?:\w+ )?(?:that|this|it|the sum|the amount)\b")


def _pays_that(before: Remedy, action: Action) -> bool:
    """Whether an act pays what the one before it worked out: "it will pay that by June"."""
    if before.type not in _MONEY_TYPES or not _PAYS_THAT.search(action.text):
        return False
    named = [one.amount for one in sums(action.text)]
    return before.evidence[0].start < action.sentence.start and (
        not named or named == [before.amount]
    )


_SAME_HEAD = re.compile(
    r"\b(?:under|on|for|in respect of) the (?:same|latter|last|second) (?:head|ground|account"
    r"|reason|thing|trouble"
    r"|score|footing|purpose)\b|\bfor the same\b|\blikewise\b"
)
_THE_SAME = re.compile(
    r"\b(?:which|that) (?:does|do|says?|will do|will say) the same\b|\bin the same (?:terms|words"
    r"|vein)\b"
    r"|\bto the same effect\b"
)


def _as_before(remedy: Remedy, remedies: list[Remedy], action: Action) -> Remedy:
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


def _merged(reading: Reading, found: list[Action]) -> Iterator[Action]:
    """Actions, with a verb that says nothing by itself joined to the one after it.

    "Write to them, within a month, to apologise" is one action.
    """
    waiting: Action | None = None
    for one in found:
        action = one
        if waiting is not None and waiting.sentence.index == action.sentence.index:
            text = action.context[
                waiting.start - action.sentence.start : action.end - action.sentence.start
            ]
            action = replace(action, start=waiting.start, text=text)
        elif waiting is not None:
            yield waiting
        waiting = None
        bare = len(action.text.split()) <= _BARE or ", within" in action.text
        if bare and remedy_type(reading, action) is None and not sums(action.text):
            waiting = action
        else:
            yield action
    if waiting is not None:
        yield waiting


def _numbered(remedies: list[Remedy]) -> Iterator[Remedy]:
    for index, remedy in enumerate(remedies, 1):
        yield replace(remedy, id=f"r{index}")


def _repeats(remedies: list[Remedy], remedy: Remedy) -> bool:
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


_ADDS_UP = re.compile(r"\b(?:in all|in total|altogether|total|this makes|come to|comes to)\b")


def _adds_up(remedies: list[Remedy], remedy: Remedy, action: Action) -> bool:
    """Whether a sum is only the total of the payments before it."""
    if remedy.amount is None or remedy.per or not _ADDS_UP.search(action.context):
        return False
    paid = [r for r in remedies if r.amount is not None]
    whole = sum((r.total or r.amount or Decimal(0) for r in paid), Decimal(0))
    if len(paid) > 1 and whole == remedy.amount:
        return True
    said = any(one.total and one.amount == remedy.amount for one in sums(action.text))
    return len(paid) > 1 and said and not remedy.purposes


def _of_action(reading: Reading, action: Action, last: str | None) -> Iterator[Remedy]:
    rule = remedy_type(reading, action)
    listed = [s for s in sums(action.text) if not s.excluded]
    money = bool(listed) and (
        rule is None or rule[0] in _MONEY_TYPES or bool(_PAYMENT.search(action.text))
    )
    if money and not (rule and rule[0] == "evidence-to-ombudsman"):
        if _APOLOGISES.search(action.text):
            to = recipient(reading, action, "apology", last)
            yield _remedy(reading, action, "apology", "remedy.apology", to)
        yield from _payments(reading, action, listed, rule, last)
        return
    if rule is None:
        return
    type_, rule_id = rule
    worked = _worked_out(reading, action) if type_ in _MONEY_TYPES else None
    if worked is not None:
        yield from _payments(reading, *worked, rule, last)
        return
    if rule_id == "remedy.payment-unstated":
        purposes = purposes_in(action.text)
        yield _remedy(
            reading,
            action,
            payment_type(purposes),
            rule_id,
            recipient(reading, action, type_, last) or last,
            purposes=purposes,
        )
        return
    yield _remedy(reading, action, type_, rule_id, recipient(reading, action, type_, last))


_APOLOGISES = re.compile(
    r"(?<!and to )(?:^|\b(?:should|will|must|to|shall|and|also|as well as|besides) "
    r")apologi[sz](?:e|ing)\b"
    r"|\b(?:send|write|give|offer|make|owes?|with)\b [^;£]{0,30}\b(?:letters? of apology|(?:an"
    r"|written|full) apology)\b"
)
"""An apology asked for in the breath of a payment: "with an apology and £100"."""
_WORKED_OUT = re.compile(
    r"^(?:it|that|this|the \w+|by its|on its|they)\b[^£]{0,90}\b(?:work\w* (?:this|that|it) out"
    r"|calculat\w+|reckon\w*|comes? to|amounts? to|is|makes?)\b[^£]{0,30}£"
)
_NOT_WORKED_OUT = re.compile(r"\b(?:offer\w*|claim\w*|asked|paid|in addition|on top|not)\b")


def _worked_out(reading: Reading, action: Action) -> tuple[Action, list[Sum]] | None:
    """What the next sentence says an arrears or refund comes to: "By its reckoning this is £70"."""
    index = action.sentence.index + 1
    if index >= len(reading.sentences):
        return None
    following = reading.sentences[index]
    lower = following.lower
    if "£" not in lower or following.block != action.sentence.block:
        return None
    if following.item is not action.sentence.item or _NOT_WORKED_OUT.search(lower):
        return None
    if not _WORKED_OUT.match(lower):
        return None
    listed = [one for one in sums(lower) if not one.excluded]
    return (replace(action, text=lower, context=lower), listed) if listed else None


def _payments(
    reading: Reading,
    action: Action,
    listed: list[Sum],
    rule: tuple[str, str] | None,
    last: str | None,
) -> Iterator[Remedy]:
    found = payments(listed)
    ends = [payment.main.start for payment in found[1:]] + [len(action.text)]
    begin = 0
    for payment, end in zip(found, ends, strict=True):
        main = payment.main
        stretch, after = action.text[begin:end], action.text[main.end : end]
        purposes = purposes_of(reading, action, main, stretch, after, len(found))
        if rule is not None and rule[0] in _MONEY_TYPES and not _is_symbolic(stretch):
            type_, rule_id = rule
        else:
            type_, rule_id = payment_type(purposes), "remedy.payment"
        last = payee(reading, action, main, begin, end, last) or last
        yield _remedy(reading, action, type_, rule_id, last, payment, purposes)
        begin = main.end


def _is_symbolic(stretch: str) -> bool:
    """A sum "to recognise the distress" is a payment even where the sentence also refunds."""
    return bool(
        re.search(
            r"\b(?:recognis|acknowledg|reflect|symbolic|distress|frustrat|time and trouble"
            r"|uncertain)",
            stretch,
        )
    ) and not re.search(r"\b(?:refund|reimburs|waiv|write off|repay|credit|reduc)", stretch)


_UNTIL = re.compile(
    r"\b(?:until|till|for as long as|so long as|pending|thereafter|from then on|continu\w+ to pay"
    r"|go(?:es)? on paying"
    r"|keep(?:s)? (?:on )?paying)\b"
)


def _goes_on(action: Action, payment: Payment) -> bool:
    """Whether a rate is paid on from now without an end that is a date."""
    if payment.per in (None, "each") or payment.count is not None or payment.total is not None:
        return False
    return bool(_UNTIL.search(action.text))


def _remedy(
    reading: Reading,
    action: Action,
    type_: str,
    rule: str,
    to: str | None,
    payment: Payment | None = None,
    purposes: tuple[str, ...] = (),
) -> Remedy:
    return Remedy(
        id="",
        type=type_,
        status=action.status,
        amount=payment.amount if payment else None,
        currency="GBP" if payment else None,
        per=payment.per if payment else None,
        count=payment.count if payment else None,
        total=payment.total if payment else None,
        payer=action.payer,
        recipient=to,
        purposes=purposes,
        due=None if payment and _goes_on(action, payment) else action.due,
        remedies=(),
        evidence=(reading.quote(action.sentence, rule),),
    )
