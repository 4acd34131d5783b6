"""Dates and numbers in the words of the pages."""

from __future__ import annotations

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_words(value: object) -> str:
    """``2022-09-15`` as ``15 September 2022``; anything else as it stands."""
    text = str(value or "")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit()) or not 1 <= int(month) <= 12:
        return text
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"


def number_words(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


def quarter_words(key: str) -> str:
    """``2022-Q3`` as ``July to September 2022``; anything else as it stands."""
    year, _, quarter = key.partition("-Q")
    if not year.isdecimal() or quarter not in ("1", "2", "3", "4"):
        return key
    first = 3 * int(quarter) - 3
    return f"{_MONTHS[first]} to {_MONTHS[first + 2]} {year}"


def investigations_words(number: int) -> str:
    """``1 investigation``, ``1,234 investigations``."""
    return f"{number:,} investigation{'' if number == 1 else 's'}"
