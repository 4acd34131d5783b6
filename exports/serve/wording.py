"""Dates and numbers in the words of the pages."""

from __future__ import annotations

from exports.months import MONTHS


def day_words(value: object) -> str:
    """``2022-09-15`` as ``15 September 2022``; anything else as it stands."""
    text = str(value or "")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit()) or not 1 <= int(month) <= 12:
        return text
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def number_words(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def decimal_words(text: str, *, pounds: bool = False) -> str:
    """``1250`` as ``1,250``, or as ``£1,250``; ``0.5`` of a pound as ``£0.50``.

    Anything but a decimal number stands as it is.
    """
    whole, point, part = text.removeprefix("-").partition(".")
    if not whole.isdecimal() or (point and not part.isdecimal()):
        return text
    part = part.rstrip("0").ljust(2, "0") if pounds and part.strip("0") else part.rstrip("0")
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{'£' if pounds else ''}{int(whole):,}{'.' if part else ''}{part}"


_COLUMNS = {
    "atFault": "Fault found",
    "earlier": "Earlier complaint",
    "entry": "Where it stands",
    "first": "First council",
    "firstRate": "First, out of 100",
    "rate": "Out of 100",
    "satisfied": "Ombudsman satisfied",
    "second": "Other council",
    "secondRate": "Other, out of 100",
    "shared": "In common",
    "today": "Council of today",
}


def column_words(name: str) -> str:
    """A column of a named question as a heading: ``lowerQuartile`` as ``Lower quartile``."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return _COLUMNS.get(name, spaced[:1].upper() + spaced[1:])


_PARAMETERS = {
    "category": "Subject",
    "day": "Due before",
    "least": "At least",
    "most": "At most",
    "other": "Other council",
    "provision": "Act or section",
    "since": "From",
    "until": "To",
}
_HINTS = {
    "council": "Type a part of its name, then choose it from the list.",
    "date": "",
    "provision": "Such as Care Act 2014, section 9.",
}


def parameter_words(name: str) -> str:
    """A parameter of a named question as the label of a field: ``category`` as ``Subject``."""
    return _PARAMETERS.get(name, name.capitalize())


def parameter_hint(kind: str, about: str) -> str:
    """What to type into a field, where its label does not say so."""
    return _HINTS.get(kind, about)


def quarter_words(key: str) -> str:
    """``2022-Q3`` as ``July to September 2022``; anything else as it stands."""
    year, _, quarter = key.partition("-Q")
    if not year.isdecimal() or quarter not in ("1", "2", "3", "4"):
        return key
    first = 3 * int(quarter) - 3
    return f"{MONTHS[first]} to {MONTHS[first + 2]} {year}"


def noun_words(number: float, one: str, many: str | None = None) -> str:
    """The noun that stands after a number: ``decision`` after 1, ``decisions`` after others.

    ``many`` is the plural where it is not ``one`` with an s.
    """
    return one if number == 1 else many or f"{one}s"


def counted_words(number: float, one: str, many: str | None = None) -> str:
    """A number and its noun: ``1 decision``, ``1,234 decisions``."""
    return f"{number:,} {noun_words(number, one, many)}"
