"""Due dates of remedies: the words, the date they come to, and how it was reached.

A period counts from the event it names (relative) or, when none is named, from the date
of the decision (assumed). Months keep the day of the month, shortened to the month's
last day; working days leave out weekends and the bank holidays of England and Wales.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta
from holidays import HolidayBase, country_holidays

from graph.extraction.first_letters import compiled
from ontology.model import Due

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30, "a further": 1,
    "twenty-one": 21, "twenty-eight": 28, "forty": 40,
}  # fmt: skip
_DATE = compiled(
    rf"\b(?:by|before|no later than|not later than|on or before|until)(?: the end of)?(?: "
    rf"\w+day)?,? "
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{'|'.join(_MONTHS)}),? (?P<year>20\d\d)"
)
_END = r"\b(?:by|before|no later than|not later than|until) (?:the )?(?:very )?(?:end|close) of"
_MONTH_END = compiled(rf"{_END} (?P<month>{'|'.join(_MONTHS)})\b(?:,? (?P<year>20\d\d))?")
_YEAR_END = compiled(
    rf"{_END} (?:the year )?(?P<year>20\d\d)\b|{_END} (?:the|this) (?:calendar )?year\b"
)
_THIS_MONTH = compiled(rf"{_END} (?P<which>this|next) month\b")
_DAY = compiled(
    rf"\b(?:by|no later than|not later than|on or before)(?: \w+day)?,? (?P<day>\d{{1,2}})"
    rf"(?:st|nd|rd|th)? (?P<month>{'|'.join(_MONTHS)})\b(?!,? (?:20|19)\d\d)"
)
"""A date that leaves its year to the reader: the next such day after the decision."""
_NUMBER = rf"\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}"
_PERIOD = compiled(
    rf"\b(?:within|in|no (?:later|more) than|not (?:later|more) than|inside|under|before)(?: a"
    rf" period of| the next| the coming| the space of| the)? "
    rf"(?P<number>{_NUMBER})(?:[ -](?P<working>working|school|calendar|clear|full))?[ -]"
    rf"(?P<unit>days?|weeks?|fortnight|months?|years?)'?(?: time)?"
    rf"(?P<anchor>[^.:;]{{0,60}})"
    rf"|\b(?P<number2>{_NUMBER})(?:[ -](?P<working2>working|calendar))?[ -](?P<unit2>days?"
    rf"|weeks?|fortnight|months?) (?P<anchor2>(?:from|after) (?:today|now)\b|(?:from|of|after) "
    rf"(?:the date of )?(?:the|our|my|this) (?:date of )?"
    rf"(?:the |our |my |this )?(?:final |published )?(?:decision|statement|report|date)"
    rf"[^.:;]{{0,40}})"
)
_UNITS = ("day", "week", "fortnight", "month", "year")
_ANCHOR = compiled(
    r"^(?:,? (?:of|from|after|following)(?: the)?(?: date)?(?: of)?(?: (?:the|our|my|this|its"
    r"|receiving|receipt of|issuing))*"
    r" (?:final |published |issued )?(?:decision|statement|report(?! from)|case (?:closing|being "
    r"closed)|date|publication|issue(?:d)?\b|being (?:issued|published|sent))|,? (?:from|of)"
    r" (?:today|now)|,? (?:are|is|have|has) (?:out|up|over|passed|gone by|elapsed)\b)"
)
_OTHER_EVENT = compiled(r"^,? (?:of|from|after|following|once|when)\b(?! (?:today|now|agree))")
_SAME_DATE = compiled(r"^ (?:of|from|after) (?:the|that|this) (?:same )?(?:date|day|decision)\b")
_SPAN = compiled(
    r"^ (?:to|from (?=\d|january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|since|before|between|until|up to|that|in which|when|during)\b"
)
"""What follows a stretch of time that is no deadline: "in the two years to March"."""
_SUBORDINATE = compiled(
    r"\b(?:so that|so as to|in which|which|who|whose|mak(?:es?|ing) sure|ensur(?:es?|ing)|where|how"
    r"|whether|until|requir(?:es?|ing)|stat(?:es|ing)|say(?:s|ing)|a (?:rule|target|policy) that)\b"
)
_DIRECTED = compiled(
    r"[,)] (?:\w+ )?(?:will|should|must|has|have)\b|\b(?:it|council|trust|they) (?:will|should"
    r"|has|have)\b"
)


def _main(lower: str) -> str:
    """A sentence up to the clause that says what an act is to bring about.

    "Write a procedure that makes sure claims are answered within ten days" states no
    deadline for the writing; "The Council, which accepts this, will pay within a month" does.
    """
    if "within" not in lower and " in " not in lower and "by " not in lower:
        return lower
    for match in _SUBORDINATE.finditer(lower):
        rest = lower[match.end() :]
        if match.start() and not _DIRECTED.search(rest):
            return lower[: match.start()]
    return lower


def read_due(lower: str, decided: date | None) -> Due | None:
    """The deadline that a folded text states, or None."""
    main = _main(lower)
    found = _stated(main, decided)
    if found is None and main != lower and (tail := _AT_END.search(lower)):
        return _stated(tail.group(), decided)
    return found


_AT_END = compiled(r", (?:all |both |to be \w+ )?(?:within|by|no later than) [^,;]{3,60}$")
"""A deadline set off at the end of a sentence holds for all of it."""


def _stated(lower: str, decided: date | None) -> Due | None:
    found = _fixed(lower, decided)
    if found is not None or not any(unit in lower for unit in _UNITS):
        return found
    for match in _PERIOD.finditer(lower):
        due = _period(match, decided)
        if due is not None:
            return due
    return None


def _fixed(lower: str, decided: date | None) -> Due | None:
    """A deadline that is a date, whatever the date of the decision."""
    if "20" in lower:
        for match in _DATE.finditer(lower):
            found = _calendar(int(match["year"]), match["month"], int(match["day"]))
            if not _before(found, decided):
                return Due(match.group(), found, "absolute")
    end = _at_end(lower, decided) if " of " in lower or "month" in lower else None
    if end is not None:
        return end
    day = _DAY.search(lower) if decided else None
    if day and decided:
        found = _calendar(decided.year, day["month"], int(day["day"]))
        if _before(found, decided):
            found = _calendar(decided.year + 1, day["month"], int(day["day"]))
        return Due(day.group(), found, "absolute")
    return None


def _at_end(lower: str, decided: date | None) -> Due | None:
    """A deadline at the end of a month or year; one not named is the next after the decision."""
    match = _MONTH_END.search(lower)
    if match and (match["year"] or decided):
        month = _MONTHS.index(match["month"]) + 1
        year = int(match["year"] or (decided.year if decided else 0))
        if not match["year"] and decided and month < decided.month:
            year += 1
        return Due(match.group(), _last_day(year, month), "absolute")
    match = _YEAR_END.search(lower)
    if match and (match["year"] or decided):
        year = int(match["year"] or (decided.year if decided else 0))
        return Due(match.group(), date(year, 12, 31), "absolute")
    match = _THIS_MONTH.search(lower)
    if match and decided:
        then = decided + relativedelta(months=match["which"] == "next")
        return Due(match.group(), _last_day(then.year, then.month), "relative")
    return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, 1) + relativedelta(months=1, days=-1)


def _before(found: date | None, decided: date | None) -> bool:
    """Whether a date lies before the decision, so that it is no deadline of it."""
    return found is not None and decided is not None and found < decided


def _period(match: re.Match[str], decided: date | None) -> Due | None:
    second = "2" if match["number2"] else ""
    anchor = match["anchor" + second] or ""
    if second:
        anchor = " " + anchor
    if re.match(r" (?:to|for) (?:appeal|complain|ask)", anchor):
        return None
    if _SPAN.match(anchor):
        return None
    number = match["number" + second]
    amount = int(number) if number.isdigit() else _NUMBERS[number]
    named = _ANCHOR.match(anchor)
    text = match.group()
    text = text[: len(text) - len(match["anchor" + second] or "")] + (
        named.group().lstrip(" ,") if named and second else named.group() if named else ""
    )
    other = not named and not _SAME_DATE.match(anchor) and _OTHER_EVENT.match(anchor)
    if other:
        return Due(match.group().strip(), None, "relative")
    basis = "relative" if named else "assumed"
    if decided is None:
        return Due(text.strip(), None, basis)
    unit = match["unit" + second].rstrip("s")
    if match["working" + second] in ("working", "school"):
        return Due(text.strip(), add_working_days(decided, amount), basis)
    return Due(text.strip(), decided + _delta(unit, amount), basis)


def _delta(unit: str, amount: int) -> relativedelta:
    if unit == "day":
        return relativedelta(days=amount)
    if unit == "week":
        return relativedelta(weeks=amount)
    if unit == "fortnight":
        return relativedelta(weeks=2 * amount)
    return relativedelta(months=amount) if unit == "month" else relativedelta(years=amount)


def _calendar(year: int, month: str, day: int) -> date | None:
    try:
        return date(year, _MONTHS.index(month) + 1, day)
    except ValueError:
        return None  # "31 June" is the decision's own slip: the words stay


def add_working_days(start: date, days: int) -> date:
    """The date ``days`` working days after ``start`` in England."""
    current = start
    while days > 0:
        current += timedelta(days=1)
        if current.weekday() < 5 and current not in _bank_holidays():
            days -= 1
    return current


@cache
def _bank_holidays() -> HolidayBase:
    """Bank holidays of England: Banking and Financial Dealings Act 1971 and proclamations."""
    return country_holidays("GB", subdiv="ENG")
