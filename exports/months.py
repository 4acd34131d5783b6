"""Names of months in words for people."""

from __future__ import annotations

import re

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PLAIN = "|".join(month.lower() for month in MONTHS if month not in ("March", "May"))
_ALSO_WORDS = r"(?:(?<=\d )|(?<=\d(?:st|nd|rd|th) )|(?<= of )|(?<= in ))(?:march|may)"
_NUMBERED = r"(?:march|may)(?= \d)"
_MONTH = re.compile(rf"\b(?:{_PLAIN}|{_ALSO_WORDS}|{_NUMBERED})\b")


def month_words(text: str) -> str:
    """Words of a promise with the months as they are written: ``by 4 September 2024``.

    Extraction keeps these words small. ``march`` and ``may`` are months where a number, ``of``
    or ``in`` says so.
    """
    return _MONTH.sub(lambda found: found[0].capitalize(), text)
