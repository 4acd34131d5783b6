"""Remedies: what was agreed, recommended or refused to put things right.

Each action of the remedy section becomes one remedy, a payment one for each sum. What
only explains a remedy, repeats it or speaks of an earlier one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.actions import actions
from graph.extraction.extractors.remedies.money import Sum, sums
from graph.extraction.extractors.remedies.payments import (
    Payment,
    payment_type,
    payments,
    purposes_in,
    purposes_of,
)
from graph.extraction.extractors.remedies.recipients import payee, recipient
from graph.extraction.extractors.remedies.remedy_sequence import (
    MONEY_TYPES,
    adds_up,
    as_before,
    pays_that,
    repeats,
)
from graph.extraction.extractors.remedies.remedy_types import remedy_type
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from ontology.model import Remedy, Unread

_BARE = 8
"""Words up to which an action that no rule knows may be only the beginning of the next."""
_PAYMENT = compiled(
    r"\b(?:pay|pays|paying|payments?|paid|award|give|offer|compensat\w+|sum of)\b|£"
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
        if remedies and pays_that(remedies[-1], action):
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
            remedy = as_before(read, remedies, action)
            last = remedy.recipient or last
            if not repeats(remedies, remedy) and not adds_up(remedies, remedy, action):
                remedies.append(remedy)
    return tuple(_numbered(remedies)), tuple(unread.values())


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


def _of_action(reading: Reading, action: Action, last: str | None) -> Iterator[Remedy]:
    rule = remedy_type(reading, action)
    listed = [s for s in sums(action.text) if not s.excluded]
    money = bool(listed) and (
        rule is None or rule[0] in MONEY_TYPES or bool(_PAYMENT.search(action.text))
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
    worked = _worked_out(reading, action) if type_ in MONEY_TYPES else None
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


_APOLOGISES = compiled(
    r"(?<!and to )(?:^|\b(?:should|will|must|to|shall|and|also|as well as|besides) "
    r")apologi[sz](?:e|ing)\b"
    r"|\b(?:send|write|give|offer|make|owes?|with)\b [^;£]{0,30}\b(?:letters? of apology|(?:an"
    r"|written|full) apology)\b"
)
"""An apology asked for in the breath of a payment: "with an apology and £100"."""
_WORKED_OUT = compiled(
    r"^(?:it|that|this|the \w+|by its|on its|they)\b[^£]{0,90}\b(?:work\w* (?:this|that|it) out"
    r"|calculat\w+|reckon\w*|comes? to|amounts? to|is|makes?)\b[^£]{0,30}£"
)
_NOT_WORKED_OUT = compiled(r"\b(?:offer\w*|claim\w*|asked|paid|in addition|on top|not)\b")


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
        if rule is not None and rule[0] in MONEY_TYPES and not _is_symbolic(stretch):
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


_UNTIL = compiled(
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
