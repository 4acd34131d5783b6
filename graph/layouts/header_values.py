"""The values of header fields: dates, references and outcomes as they are printed."""

from __future__ import annotations

import re
from datetime import date

from graph.layouts.cleaning import fold
from ontology import categories

_OUTCOMES = (
    ("not upheld", "not-upheld"),
    ("upheld", "upheld"),
    ("closed after initial enquiries", "closed-after-initial-enquiries"),
    ("closed after initial inquiries", "closed-after-initial-enquiries"),
)
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
WORDED_DATE = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s\-]+(?:of )?(?P<month>[A-Za-z]{3,9})\.?,?[\s\-]+"
    r"(?P<year>\d{4})\b"
)
_FIGURED = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")


def read_date(text: str) -> date | None:
    """The first date in ``text``: 06 Apr 2025, 6 April 2025, 2025-04-06 or 06/04/2025.

    None if there is none or the calendar has no such day.
    """
    worded = WORDED_DATE.search(text)
    if worded:
        month = worded["month"][:3].lower()
        if month not in _MONTHS:
            return None
        return _day(worded["year"], _MONTHS.index(month) + 1, worded["day"])
    found = _ISO.search(text) or _FIGURED.search(text)
    return _day(found["year"], int(found["month"]), found["day"]) if found else None


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def read_reference(text: str) -> str | None:
    """``text`` in the spaced form, ``19 018 519c``; None if it is not a reference."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if len(digits) != 8:
        return None
    suffix = text.strip()[-1:].lower()
    suffix = suffix if "a" <= suffix <= "z" else ""
    return f"{digits[:2]} {digits[2:5]} {digits[5:]}{suffix}"


def read_outcome(text: str) -> str | None:
    """The id of the outcome that ``text`` begins with; None for any other words."""
    folded = fold(text)
    return next((id for words, id in _OUTCOMES if folded.startswith(words)), None)


def read_mirrored(sector: str, category: str) -> tuple[str, str | None]:
    """Category and subcategory, as the register prints them, of a mirror's two fields.

    A mirror gives either both levels ("Sector Transport And Highways Category Parking And
    Other Penalties"), in title case, or the kind of public body and the category alone
    ("Sector Local government Category Benefits and tax"), or both levels in the second.
    """
    if " > " in category:
        sector, _, category = category.partition(" > ")
    both = categories.resolve(sector, category)
    if both is not None:
        return both.name, both.subcategory
    for entry in categories.categories():
        if fold(entry.name) == fold(sector):
            return entry.name, category
    for entry in categories.categories():
        if fold(entry.name) == fold(category):
            return entry.name, None
    return sector, category
