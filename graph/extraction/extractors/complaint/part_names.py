"""Which parts of a complaint a passage speaks of: by letter, by number or by order.

"Complaints a and g", "parts (c) to (e)", "(b)", "point 3", "the second part" and a heading
such as "The allowance (B)" all name parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.extraction.first_letters import compiled

_NOUNS = (
    *("complaint", "part", "point", "issue", "element", "head"),
    *("allegation", "matter", "item", "aspect", "question", "ground"),
)
_ANY_NOUN = compiled("|".join(_NOUNS))
"""Far faster than the patterns that need one of them."""
_NOUN = rf"(?:{'|'.join(_NOUNS)})s?"
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
"""Numerals of parts, in order."""
_NUMERAL = r"[ivx]{1,4}"
_MARK = rf"\(?(?:{_NUMERAL}\b|[a-k]|\d{{1,2}})\)?"
_LISTED = compiled(
    rf"\b{_NOUN}(?: at| in| under)? (?P<list>{_MARK}(?:(?:, ?| and |, and | or | to "
    rf"|-){_MARK})*)(?![\w'£%-])(?!\.\d)"
)
_BRACKETED = compiled(
    rf"(?:^|(?<=[\s,;:]))\((?P<list>(?:{_NUMERAL}\b|[a-k]|\d)"
    rf"(?:(?:, | and |, and | to |-)(?:{_NUMERAL}\b|[a-k]|\d))*)\)(?! ?of the)"
)
_HALF_BRACKETED = compiled(
    rf"(?:^|(?<=\s))(?P<list>(?:{_NUMERAL}|[a-k])\)"
    rf"(?:(?:, | and |, and | or | to |-)(?:{_NUMERAL}|[a-k])\))*)(?=[\s.,;:]|$)"
)
_ORDINAL = compiled(
    rf"\b(?P<word>first|second|third|fourth|fifth|sixth|seventh|last|final|1st|2nd|3rd|4th) "
    rf"(?:[\w'-]+ )?{_NOUN}\b"
)
_ORDINALS = {
    "first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "seventh": 6,
    "1st": 0, "2nd": 1, "3rd": 2, "4th": 3, "last": -1, "final": -1,
}  # fmt: skip
_ONE = compiled(rf"\b{_NUMERAL}\b|[a-k]|\d{{1,2}}")
_LETTERS = "abcdefghijk"


def parts_named(lower: str, known: Sequence[str]) -> list[str]:
    """Ids of ``known`` parts that a folded text names, in order of mention."""
    if not known:
        return []
    asked = _named if len(lower) <= _LONG else _named.__wrapped__
    return list(asked(lower, tuple(known)))


_LONG = 300
"""Characters of what is remembered: headings, which stand over many sentences, and clauses."""


@lru_cache(maxsize=200)
def _named(lower: str, known: tuple[str, ...]) -> tuple[str, ...]:
    noun = _ANY_NOUN.search(lower) is not None
    if not noun and ")" not in lower:
        return ()
    found: dict[int, list[str]] = {}
    for match in _LISTED.finditer(lower) if noun else ():
        if match["list"] in ("a", "i"):
            continue  # "complaint a ...", "the matter i ..." are letters only in brackets or a list
        found[match.start()] = _expanded(match["list"], known)
    for match in _BRACKETED.finditer(lower) if "(" in lower else ():
        found.setdefault(match.start(), _expanded(match["list"], known))
    for match in _HALF_BRACKETED.finditer(lower) if ")" in lower else ():
        found.setdefault(match.start(), _expanded(match["list"], known))
    for match in _ORDINAL.finditer(lower) if noun else ():
        index = _ORDINALS[match["word"]]
        if -1 <= index < len(known):
            found.setdefault(match.start(), [known[index]])
    letters = [letter for start in sorted(found) for letter in found[start]]
    return tuple(letter for letter in dict.fromkeys(letters) if letter in known)


def _expanded(listed: str, known: Sequence[str]) -> list[str]:
    order: Sequence[str] = ROMAN if "ii" in known else _LETTERS
    plain = re.sub(r"\b(?:and|or)\b|[(),]", " ", listed)
    marks = _ONE.findall(re.sub(r"\bto\b|-", " ", plain))
    letters = [order[int(m) - 1] if m.isdigit() and 0 < int(m) <= len(order) else m for m in marks]
    if re.search(r" to |-", listed) and len(letters) == 2 and {*letters} <= {*order}:
        first, last = order.index(letters[0]), order.index(letters[1])
        if first < last:
            return list(order[first : last + 1])
    return letters
