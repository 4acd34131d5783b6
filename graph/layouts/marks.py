"""The bullets, numbers and letters at the start of lines."""

from __future__ import annotations

import re
from typing import NamedTuple


class Mark(NamedTuple):
    """The marker of one line."""

    kind: str
    """bullet, number or letter (roman numerals count as letters)."""
    value: str
    """The marker without its stop or brackets: "•", "12", "a", "iv"."""
    length: int
    """Characters up to the text after the marker."""


_MARK = re.compile(
    r"(?P<bullet>[-–—•*·▪◦‣●○■□➢✓⁃∙])\s+(?=\S)|(?P<number>\d{1,3})[.)]\s+(?=\D)"
    r"|(?P<bracketed>\(?(?P<letter>[a-z]|[ivx]{2,5})\))\s*(?=\S)|(?P<dotted>[a-z]|[ivx]{2,5})\.\s+(?=\S)"
    r"|(?P<o>o)\s(?=[A-Za-z])"
)
_FIRST = frozenset("-–—•*·▪◦‣●○■□➢✓⁃∙0123456789(abcdefghijklmnopqrstuvwxyz")


def read_mark(text: str) -> Mark | None:
    """The marker that ``text`` begins with; None if it begins with words.

    >>> read_mark("12. The Council replied.")
    Mark(kind='number', value='12', length=4)
    """
    if text[0] not in _FIRST:
        return None
    found = _MARK.match(text)
    if not found:
        return None
    kind = found.lastgroup
    if kind == "number":
        return Mark("number", found["number"], found.end())
    if kind in ("bullet", "o"):
        return Mark("bullet", found[kind], found.end())
    return Mark("letter", found["letter"] or found["dotted"], found.end())
