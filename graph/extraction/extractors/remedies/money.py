"""Sums of money in an action: how much, per what, how often, and which sums do not count.

Amounts are in pounds. A range ("between £100 and £300"), a sum that guidance names and a
sum that was offered or paid before are no remedy of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from graph.extraction.first_letters import compiled

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORD = "|".join(
    [*_TENS, *sorted(_UNITS, key=len, reverse=True), "hundred", "thousand", "a", "and"]
)
_SUM = compiled(
    r"£\s?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d\d?)?|\d+(?:\.\d\d?)?)(?P<million>\s?(?:m"
    r"|million|k)\b)?"
    rf"|\b(?P<words>(?:(?:{_WORD})[ "
    rf"-])*(?:{'|'.join([*_TENS, *_UNITS, 'hundred', 'thousand'])})) pounds\b"
)
_PER = compiled(
    r"^[^.;£]{0,12}?(?:\b(?:a|an|per|each|every|for (?:each|every))(?: \w+)? (?P<unit>week"
    r"|month|term|year|day|night|fortnight|half[- ]term|academic year|hour|visit|session|occasion"
    r"|collection|journey|weekend|stay)\b|\bfor each (?:of "
    r")?(?:the |those |these )?(?:[\w-]+ ){0,2}(?P<units>week|month|term|year|day|night"
    r"|hour|visit|session|occasion|collection|flood|journey|weekend|stay|fortnight)s?\b"
    r"|\b(?P<adverb>weekly|monthly|termly)\b)"
)
_EACH = compiled(
    r"^(?:,? (?:to )?(?:each\b|apiece\b|per (?:person|household|family|child)))|^ each\b"
)
_EACH_BEFORE = compiled(
    r"(?:\beach (?:of (?:the|them|these|those|her|his|their)|household|family|person|resident"
    r"|parent|child"
    r"|neighbour|affected|complainant|brother|sister|organisation|council|trust|body"
    r"|party|child|pupil|tenant|of [\w ]{3,30})\b(?:(?! and\b)[^.;£]){0,40}|\beach (?:to "
    r")?(?:also )?(?:pay|receives?|gets?)"
    r"\b[^.;£]{0,40}|\beach(?: \w+)?,? (?:a )?(?:further )?(?:payment of )?)$"
)
_COUNT = compiled(
    rf"\b(?:for|over|covering|(?:a )?total of|times|x|,|\(|of|those|these|the)(?: each of)?(?: "
    rf"the| a period of| those| these| about| some| all)? ?(?P<count>\d+(?:\.5)?"
    rf"|{'|'.join([*_UNITS, *_TENS])})(?P<half> and a half)?[ -](?:full |school |calendar "
    rf"|complete |missed |whole |further |lost )?(?P<unit>weeks?|months?|terms?|years?|days?"
    rf"|nights?|families|households|people|children|residents)\b"
)
_TOTAL = compiled(
    r"(?:total(?:ling|led|s)?(?: of| is| sum of| payment of)?|in all|altogether|making(?: a "
    r"total of)?|which (?:is|comes to|makes|totals|i make|we make)|that is|(?<=, )so|(?<=, )or|a "
    r"sum of|coming to|adding up to|or(?= £[\d,.]+ (?:in all|altogether))|i\.e\.|amount(?:s|ing) to"
    r"|comes? to|sum of|=|\((?:[\w-]+ (?:weeks|months|terms|nights|days)[,:]? )?"
    r"|a combined)\s*(?:£\s?)?$"
)
_ALL_TOLD = compiled(
    r"\b(?:in all|in total|altogether|payments? total|this makes|these (?:sums|payments) "
    r"(?:make|come|total)|total (?:is|comes|of))\b[^.;£]{0,40}$"
)
_AFTER_TOTAL = compiled(
    r"^,?\s*(?:in total|in all|altogether|all told|overall|together(?=\W|$)|\(?total)"
)
_OFFERED_BEFORE = compiled(
    r"(?:(?:offer(?:ed|s|ing)?|previous(?:ly)?|already|earlier|instead of|in place of|rather "
    r"than|replac\w+|original(?:ly)?|in addition to|on top of|as well as|further to|less|minus"
    r"|deduct\w*|after (?:taking )?off|above|beyond|than|below|limit of|up to|range of"
    r"|typically|usually|normally)\b[^.;£]{0,45}|\bbring\w* [^.;£]{0,30}\bto |\bnot (?:to |just "
    r"|only )?(?:the |a |by )?)$"
)
_FACT_BEFORE = compiled(
    r"(?:(?:invoice[d]? (?:of|for)|debt of|bill of|fee of|fine of|charge of|grant of|budget of"
    r"|worth|rate of|outstanding|owes?|owed|allowance of|rent of|tariff of|benefit "
    r"of)\b[^.;£]{0,45}"
    r"|\binterest\b[^.;£]{0,40}\bon (?:the |that |this |those )?(?:\w+ of )?)$"
)
_GIVEN_UP = compiled(
    r"^[^.;£]{0,30}\b(?:will|should|is to|are to|must) (?:also )?be (?:waived|refunded|repaid"
    r"|cancelled"
    r"|written off|removed|returned|reimbursed|credited)"
)
"""A fee or debt that is to go, named before the words that say so."""
_GIVES_BACK = compiled(
    r"\b(?:refund|reimburs|repay|waiv|write off|writ|cancel|remov|reduc|credit|clear|return"
    r"|meet)\w*"
)
_LEFT_TO_PAY = compiled(
    r"\b(?:leaving|instalments of|(?:pay|repay|clear) (?:that|it|this|the (?:rest|balance"
    r"|remainder))"
    r"(?: off| back)? (?:at|by))\b[^.;£]{0,20}$"
)
"""Before what the person still owes, or pays by instalments."""
_RAISED = compiled(r"\b(?:increas|rais)\w* [^£]{0,60}from £[\d,.]+ to $")
"""Before the sum that an offer is raised to: "increase its offer from £50 to "."""
_SHARE = compiled(
    r"\b(?:of which|and|with|,|\() ?(?:the |its )?(?:\w+ ){0,2}(?:council|trust|home|provider"
    r"|board|company|authority"
    r"|association|school|icb)(?: (?:will |is to |to |should |must )?(?:bear|pay|find|meet"
    r"|contribut|provid)\w*)?"
    r"(?: the (?:other|remaining))? $"
)
_EXPLAINS = compiled(
    r"(?:\b(?:being|at|calculated (?:at|as)|worked out (?:at|as)|reckoned (?:at|as)|at (?:a|the) "
    r"rate of|based on"
    r"|on the (?:basis|footing) of|i\.e\.|namely|representing|made up of)|\()\s*(?:a rate of )?$"
)
_RANGE_AFTER = compiled(r"^(?:\.\d+)?\s?(?:to|and|-)\s?£\d")
_OFFERED_AFTER = compiled(
    r"^[^.;,£]{0,20}?\b(?:it (?:has |had )?(?:already )?(?:offered|paid|proposed|awarded)"
    r"|already (?:paid|offered)|(?:she|he|they) (?:has |had )?(?:already )?(?:received|was "
    r"offered|were offered)|which it (?:has |had )?already|that it (?:has |had )?(?:already "
    r")?(?:offered|paid)|previously)"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum in a text, with what is said right beside it."""

    start: int
    end: int
    amount: Decimal
    per: str | None
    """week, month, term or each."""
    count: Decimal | None
    total: bool
    """Whether the words say that this sum is the total of others."""
    excluded: bool
    """Whether the words say that it is a range, an earlier offer or a fact."""
    share: bool
    """Whether it is only what one body bears: "of which the Trust is to find £50"."""
    explains: bool
    """Whether it only says how the sum before it was reached: "being £17.50 an hour"."""
    bracketed: bool
    """Whether it stands in brackets by itself: "for the worry (£350)"."""


def sums(lower: str) -> list[Sum]:
    """Every sum in a folded text, in order."""
    if "£" not in lower and "pounds" not in lower:
        return []
    return list(_sums(lower))


_RANGE_BEFORE = compiled(r"(?:between|from) £[\d,.]+ (?:and|to) $|£[\d,.]+ ?(?:to|-) ?$")
_STOP = compiled(r"[.;]\s|£")


def _sums(lower: str) -> Iterator[Sum]:
    for match in _SUM.finditer(lower):
        amount = _amount(match)
        if amount is None:
            continue
        before = lower[: match.start()]
        after = lower[match.end() :]
        ranged = bool(_RANGE_AFTER.match(after)) or bool(
            _RANGE_BEFORE.search(before) and not _RAISED.search(before)
        )
        tail = before[-70:]
        excluded = ranged or bool(_OFFERED_AFTER.match(after) or _LEFT_TO_PAY.search(tail))
        fact = _FACT_BEFORE.search(tail) and not (
            _GIVES_BACK.search(before) or _GIVEN_UP.match(after)
        )
        if not excluded and fact:
            excluded = True
        if not excluded and _OFFERED_BEFORE.search(tail):
            excluded = not re.search(
                r"(?:further|additional|extra|another|pay(?:ing|ment of)?|total(?: of)?)"
                r"(?: \w+){0,2} ?$",
                tail,
            ) or bool(
                not re.search(
                    r"\b(?:and|plus|with) an?(?:other| further|n additional| extra) (?:\w+ of )?$",
                    tail,
                )
                and re.search(
                    r"(?:instead of|in place of|rather than|already|offered|offer of|bring\w*)"
                    r"[^.;£]{0,30}$",
                    tail,
                )
            )
        total = bool(_TOTAL.search(before) or _ALL_TOLD.search(tail) or _AFTER_TOTAL.match(after))
        yield Sum(
            match.start(),
            match.end(),
            amount,
            _per(before, after),
            _count(after) or _count_before(before),
            total,
            excluded,
            bool(_SHARE.search(tail)),
            bool(_EXPLAINS.search(tail)),
            before.endswith("(") and after.startswith(")"),
        )


def _amount(match: re.Match[str]) -> Decimal | None:
    if match["figure"]:
        value = Decimal(match["figure"].replace(",", ""))
        suffix = (match["million"] or "").strip()
        if suffix:
            value *= 1000 if suffix == "k" else 1_000_000
        return value
    return _in_words(match["words"])


def _in_words(words: str) -> Decimal | None:
    total, current = 0, 0
    for word in re.split(r"[ -]", words):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total += (current or 1) * 1000
            current = 0
    value = total + current
    return Decimal(value) if value else None


_UNIT_IDS = {
    "week": "week", "weekly": "week", "month": "month", "monthly": "month",
    "term": "term", "termly": "term",
}  # fmt: skip
ODD = "odd"
"""A unit that a record has no name for: a night, an hour, a visit."""


_PER_BEFORE = compiled(
    r"\bfor (?:each|every)(?: one)?(?: (?:of|the|these|those|full|further))*(?: "
    r"(?P<count>[\w-]+))? (?P<unit>week|month"
    r"|term)s?\b[^.;£]{0,90}$"
)
"""A rate whose unit comes first: "For each of the nine weeks it will pay £90"."""


def _per(before: str, after: str) -> str | None:
    first = _PER_BEFORE.search(before) if "for e" in before else None
    if first and not _PER.match(after):
        return _UNIT_IDS.get(first["unit"])
    match = _PER.match(after)
    if match:
        return _UNIT_IDS.get(match["unit"] or match["units"] or match["adverb"], ODD)
    if _EACH.match(after) or _EACH_BEFORE.search(before):
        return "each"
    return None


def _count_before(before: str) -> Decimal | None:
    first = _PER_BEFORE.search(before) if "for e" in before else None
    text = first["count"] if first else None
    if not text:
        return None
    return (
        Decimal(text) if text.isdigit() else Decimal(_UNITS.get(text, _TENS.get(text, 0))) or None
    )


def _count(after: str) -> Decimal | None:
    clause = _STOP.split(after, maxsplit=1)[0]
    match = _COUNT.search(clause)
    if match is None:
        return None
    text = match["count"]
    value = Decimal(text) if text[0].isdigit() else Decimal(_UNITS.get(text, _TENS.get(text, 0)))
    if match["half"]:
        value += Decimal("0.5")
    return value
