"""The ideas that words stand for: "invoice" and "arrears" are money, "rang" is telling.

A model that knows only words must have met each of them. ``concepts.tsv`` groups the
beginnings of words that decisions use for one idea, so that what was learned of one word
serves for its neighbours.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("concepts.tsv")
_WORD = re.compile(r"[a-z]+|£")
_SHORTEST = 3
"""Letters from which the beginning of a word may stand for it; shorter ones must be whole."""


def concepts(lower: str) -> list[str]:
    """The ideas that a folded lower-case text speaks of, sorted."""
    found: set[str] = set()
    end = _beginnings()[1] + 1  # what follows there says nothing
    for word in _WORD.findall(lower):
        found |= _of_word(word[:end])
    return sorted(found)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> frozenset[str]:
    """The ideas of one word: its own, and those of its beginnings."""
    beginnings, longest = _beginnings()
    lengths = (len(word), *range(_SHORTEST, min(len(word), longest + 1)))
    return frozenset().union(*(beginnings.get(word[:length], ()) for length in lengths))


@cache
def _beginnings() -> tuple[dict[str, frozenset[str]], int]:
    """Beginning of a word -> its ideas, and the length of the longest."""
    index: dict[str, frozenset[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        concept, _, listed = line.partition("\t")
        for beginning in listed.split():
            index[beginning] = index.get(beginning, frozenset()) | {concept}
    return index, max(map(len, index))
