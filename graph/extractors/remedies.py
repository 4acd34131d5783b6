"""Remedies: what was agreed, recommended or refused to put things right.

Each action of the remedy section becomes one remedy, a payment one for each sum. What
only explains a remedy, repeats it or speaks of an earlier one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from graph.classifier import model
from graph.extractors.actions import Action, actions
from graph.extractors.money import Sum, sums
from graph.reading import Reading
from graph.rules import rules
from ontology.model import Evidence, Remedy, Unread

MODEL = "model.remedy"
_CLEAR = -0.2
"""Margin from which the model is believed before any rule."""
_LIKELY = -0.6
"""Margin from which the model is believed where no rule matches."""
_BARE = 8
"""Words up to which an action that no rule knows may be only the beginning of the next."""
_NOT_ACTIONS = ("none", "none-further", "none-possible")
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
_TITLED = r"(?:mr|mrs|miss|ms|mx|dr) [a-z]\b(?:'s)?"
_TITLED_LIST = re.compile(
    r"(?:mr|mrs|miss|ms|mx|dr)(?: and (?:mr|mrs|miss|ms|mx|dr))? [a-z]\b(?:(?:,| and|, and)(?: to)? (?:(?:mr|mrs|miss|ms|mx|dr) )?[a-z]\b)*"
)
_RECIPIENT_PAY = re.compile(
    r"\b(?:pay|paying|pays|award|give|offer|reimburs\w*|refund\w*|repay\w*|compensat\w*)\s+(?:each of )?(?P<to>(?:the |her |his |their )?[\w' ,-]{2,60}?)\s+(?:(?:a|an|the|another|further|additional|total|sum|payment|symbolic|of|in|amount|extra|and|also|modest|each|up|financial|remedy) )*(?=£|\d|$)"
)
_RECIPIENT_TO = re.compile(
    r"^[^£.;]{0,30}?\bto (?P<to>(?:each of )?(?:the |her |his |their )?[\w' -]{2,50}?)(?=$|[,.;)]|\s+(?:for|to|in|because|as|and £|within|who|reflect|recognis|which|on)\b)"
)
_ORDINAL = re.compile(
    r"(?:^|,|\band\b)\s*(?:to )?(?P<to>(?:the )?(?:first|second|third|fourth|fifth|other|oldest|younger|older)(?: \w+)?)\s+$"
)
_NAMED_BEFORE = re.compile(
    rf"(?P<to>{_TITLED}(?: and {_TITLED})?|(?:the|her|his|their) [a-z' ]{{3,30}})\s+$"
)
_APOLOGY_TO = re.compile(
    r"apolog\w+ (?:in writing |again |fully |sincerely |personally |separately )*(?:to )(?P<to>[\w' ,-]{2,60}?)(?=$|[.;:(]|\s+(?:for|in|and (?:pay|to|make)|that|because|about|as|within|by|in writing|with|to)\b)|(?:write|writ\w+|letter|apology) (?:\w+ ){0,3}?to (?P<to2>[\w' ,-]{2,60}?)(?= (?:separately )?to apolog| (?:and|with) (?:an )?apolog|$|[.;]| for\b| that\b)"
)
_PRONOUN = re.compile(
    r"^(?:him|her|them|they|both|all|each|the complainants?|both of them|each of them)$"
)
_PEOPLE = re.compile(
    rf"{_TITLED}|^[a-z]$|\b(?:child|children|son|daughter|mother|father|parents?|carers?|couple|family|families|"
    r"woman|women|man|men|girl|boy|teenager|aunt|uncle|grandparents?|sisters?|brothers?|wife|husband|partner|widow|widower|"
    r"estate|residents?|households?|tenants?|complainants?|neighbours?|people|person|pupils?|applicants?|first|second|third|"
    r"fourth|fifth|others?|siblings?|students?|staff|executors?|owners?|leaseholders?|group)\b"
)
_SERVICE = re.compile(r"\b(?:staff|officers?|policy|procedure|process|training|other|review its)\b")
_TRIM = re.compile(r"^(?:the|a|an|to|both) |(?:,| and)$")


def read_remedies(reading: Reading, settled: bool) -> tuple[tuple[Remedy, ...], tuple[Unread, ...]]:
    """Remedies in order, and the actions of the remedy section that no rule could type.

    ``settled`` tells that the complaint was upheld, so that remedies may stand outside a
    remedy section.
    """
    remedies: list[Remedy] = []
    unread: dict[int, Unread] = {}
    last: str | None = None
    for action in _merged(reading, actions(reading, settled)):
        found = list(_of_action(reading, action, last))
        sentence = action.sentence
        if not found and not any(r.evidence[0].start == sentence.start for r in remedies):
            unread[sentence.start] = Unread(
                "remedy", sentence.text, sentence.number, sentence.start, sentence.end,
                "an action that no rule knows",
            )  # fmt: skip
        for remedy in found:
            last = remedy.recipient or last
            if not _repeats(remedies, remedy) and not _adds_up(remedies, remedy, action):
                remedies.append(remedy)
    return tuple(_numbered(remedies)), tuple(unread.values())


def _merged(reading: Reading, found: list[Action]) -> Iterator[Action]:
    """Actions, with a verb that says nothing by itself joined to the one after it.

    "Write to them, within a month, to apologise" is one action.
    """
    waiting: Action | None = None
    for action in found:
        if waiting is not None and waiting.sentence.index == action.sentence.index:
            text = action.context[
                waiting.start - action.sentence.start : action.end - action.sentence.start
            ]
            action = replace(action, start=waiting.start, text=text)
        elif waiting is not None:
            yield waiting
        waiting = None
        bare = len(action.text.split()) <= _BARE or ", within" in action.text
        if bare and _rule(reading, action) is None and not sums(action.text):
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
            return True
        if remedy.type in ("evidence-to-ombudsman", "report-back"):
            return True
    return False


_ADDS_UP = re.compile(r"\b(?:in all|in total|altogether|total|this makes|come to|comes to)\b")


def _adds_up(remedies: list[Remedy], remedy: Remedy, action: Action) -> bool:
    """Whether a sum is only the total of the payments before it."""
    if remedy.amount is None or not _ADDS_UP.search(action.context):
        return False
    paid = [r for r in remedies if r.amount is not None]
    whole = sum((r.total or r.amount or Decimal(0) for r in paid), Decimal(0))
    return len(paid) > 1 and (whole == remedy.amount or not remedy.purposes)


def _of_action(reading: Reading, action: Action, last: str | None) -> Iterator[Remedy]:
    rule = _rule(reading, action)
    listed = [s for s in sums(action.text) if not s.excluded]
    money = bool(listed) and (
        rule is None or rule[0] in _MONEY_TYPES or bool(_PAYMENT.search(action.text))
    )
    if money and not (rule and rule[0] in ("evidence-to-ombudsman",)):
        yield from _payments(reading, action, listed, rule, last)
        return
    if rule is None:
        return
    type_, rule_id = rule
    yield _remedy(
        reading, action, type_, rule_id, recipient=_recipient(reading, action, type_, last)
    )


def _purposes(text: str) -> list[str]:
    """Injustice types that the words beside a sum name."""
    return [rule.label for rule in rules("payment-purposes") if rule.pattern.search(text)]


def _rule(reading: Reading, action: Action) -> tuple[str, str] | None:
    """(remedy type, rule or model) of an action, or None when nothing is sure enough."""
    able = reading.candidates("remedy-types", action.sentence)
    matched = [rule for rule in able if rule.pattern.search(action.text)]
    label, margin = model("remedy").best(action.text, [rule.id for rule in matched])
    if margin >= _CLEAR and label not in _NOT_ACTIONS and not label.startswith("financial"):
        return label, f"{MODEL}.{label}"
    if matched:
        return matched[0].label, matched[0].id
    if margin >= _LIKELY and label not in _NOT_ACTIONS and not label.startswith("financial"):
        return label, f"{MODEL}.{label}"
    return None


def _payments(
    reading: Reading,
    action: Action,
    listed: list[Sum],
    rule: tuple[str, str] | None,
    last: str | None,
) -> Iterator[Remedy]:
    groups = _grouped(listed)
    ends = [group[0].start for group in groups[1:]] + [len(action.text)]
    begin = 0
    for group, end in zip(groups, ends, strict=True):
        main = group[0]
        stretch = action.text[begin:end]
        after = action.text[main.end : end]
        purposes = tuple(
            dict.fromkeys(_purpose_words(reading, action, main, stretch, after, len(groups)))
        )
        if rule is not None and rule[0] in _MONEY_TYPES and not _is_symbolic(stretch):
            type_, rule_id = rule
        else:
            type_, rule_id = _payment_type(purposes), "remedy.payment"
        recipient = _payee(reading, action, main, begin, end, last)
        last = recipient or last
        amount, per, count, total = _figures(group)
        yield _remedy(
            reading,
            action,
            type_,
            rule_id,
            recipient=recipient,
            amount=amount,
            per=per,
            count=count,
            total=total,
            purposes=purposes,
        )
        begin = main.end


def _purpose_words(
    reading: Reading, action: Action, main: Sum, stretch: str, after: str, payments: int
) -> list[str]:
    """Purposes from the nearest words that name any: after the sum, before it, beside it."""
    head = _PURPOSE_HEAD.search(after) or _PURPOSE_HEAD.search(stretch)
    texts = [head["head"], after, stretch] if head else [after, stretch]
    if payments == 1:
        texts.append(action.context)
    else:
        texts.append(action.text[main.end :])  # "£300 and Ms T £200 for the worry"
    for text in texts:
        found = _purposes(text)
        if found:
            return found
    return _purposes(_said_of_sum(reading, action, main))


_PURPOSE_HEAD = re.compile(
    r"\b(?:for|recognis\w+|acknowledg\w+|reflect\w*|recognition of|acknowledgement of|remedy|because of) "
    r"(?P<head>[^,.;]*?)(?= of\b| caused| that\b| which\b| by\b| when\b| due\b| arising| brought| resulting| from\b|[,.;]|$)"
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


def _is_symbolic(stretch: str) -> bool:
    """A sum "to recognise the distress" is a payment even where the sentence also refunds."""
    return bool(
        re.search(
            r"\b(?:recognis|acknowledg|reflect|symbolic|distress|frustrat|time and trouble|uncertain)",
            stretch,
        )
    ) and not re.search(r"\b(?:refund|reimburs|waiv|write off|repay|credit|reduc)", stretch)


def _grouped(listed: list[Sum]) -> list[list[Sum]]:
    """Sums that belong to one payment: a rate and its total, a total and its parts."""
    groups: list[list[Sum]] = []
    index = 0
    while index < len(listed):
        current = listed[index]
        following = listed[index + 1 :]
        adds_up = sum(s.amount for s in following) == current.amount
        if len(following) > 1 and (adds_up or current.total and not current.per):
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


def _is_multiple(amount: Decimal, rate: Sum) -> bool:
    return amount > rate.amount and rate.amount > 0 and (amount / rate.amount * 2) % 1 == 0


def _figures(group: list[Sum]) -> tuple[Decimal, str | None, Decimal | None, Decimal | None]:
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
    return main.amount, main.per, count, total


def _payment_type(purposes: tuple[str, ...]) -> str:
    types = {_PURPOSE_TYPES.get(purpose, "financial-unspecified") for purpose in purposes}
    return types.pop() if len(types) == 1 else "financial-unspecified"


def _payee(
    reading: Reading, action: Action, main: Sum, begin: int, end: int, last: str | None
) -> str | None:
    before = action.text[begin : main.start]
    after = action.text[main.end : end]
    for pattern, text in ((_ORDINAL, before), (_RECIPIENT_PAY, before + "£")):
        match = pattern.search(text)
        if match:
            return _named(reading, action, match["to"], last)
    match = _RECIPIENT_TO.search(after)
    if match:
        return _named(reading, action, match["to"], last)
    match = _NAMED_BEFORE.search(before)
    if match and begin:
        return _named(reading, action, match["to"], last)
    return last or _sole(reading)


def _recipient(reading: Reading, action: Action, type_: str, last: str | None) -> str | None:
    if type_ == "apology":
        match = _APOLOGY_TO.search(action.text)
        if match:
            return _named(reading, action, match["to"] or match["to2"], last)
        return _sole(reading)
    if _SERVICE.search(action.text):
        return None
    match = re.search(_TITLED, action.text)
    if match:
        return _cased(reading, match.group().removesuffix("'s"))
    return None


def _named(reading: Reading, action: Action, words: str, last: str | None) -> str | None:
    words = words.strip(" ,'")
    titled = _TITLED_LIST.search(words)
    if titled:
        return _cased(reading, titled.group())
    for _ in range(3):
        words = _TRIM.sub("", words).strip()
    if _PRONOUN.match(words) or not _PEOPLE.search(words):
        return last or _sole(reading)
    return _cased(reading, words)


def _cased(reading: Reading, words: str) -> str:
    """The words as the decision prints them, capitals and all."""
    at = reading.lower.find(words)
    return reading.document.text[at : at + len(words)] if at >= 0 else words


def _sole(reading: Reading) -> str | None:
    people = reading.complainants
    return people[0] if len(people) == 1 else " and ".join(people) or None


def _remedy(
    reading: Reading,
    action: Action,
    type_: str,
    rule: str,
    *,
    recipient: str | None = None,
    amount: Decimal | None = None,
    per: str | None = None,
    count: Decimal | None = None,
    total: Decimal | None = None,
    purposes: tuple[str, ...] = (),
) -> Remedy:
    evidence: Evidence = reading.quote(action.sentence, rule)
    return Remedy(
        id="",
        type=type_,
        status=action.status,
        amount=amount,
        currency="GBP" if amount is not None else None,
        per=per,
        count=count,
        total=total,
        payer=action.payer,
        recipient=recipient,
        purposes=purposes,
        due=action.due,
        remedies=(),
        evidence=(evidence,),
    )
