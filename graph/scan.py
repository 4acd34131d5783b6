"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from graph.prefilter import required_literals
from graph.rules import Rule, names, rules


@dataclass(frozen=True, slots=True)
class _Index:
    """All rules of all files as bits, and the automaton over their literals."""

    automaton: ahocorasick_rs.AhoCorasick
    masks: tuple[int, ...]
    """For each literal, the bits of the rules that it may wake."""
    always: int
    """Bits of the rules that no literal can rule out."""
    files: dict[str, tuple[tuple[int, Rule], ...]]
    """For each file, its rules in order with their bits."""
    whole: dict[str, int]
    """For each file, the bits of all its rules."""
    watched: dict[str, int]
    """Bits of the patterns given to :func:`watch`."""


_watched: dict[str, re.Pattern[str]] = {}


def watch(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """``pattern``, looked out for as the rules are; see :meth:`Scan.may_match`."""
    _watched[pattern.pattern] = pattern
    return pattern


@cache
def _index() -> _Index:
    woken: dict[str, int] = {}
    always = 0
    files: dict[str, tuple[tuple[int, Rule], ...]] = {}
    bit = 1
    for name in names():
        entries: list[tuple[int, Rule]] = []
        for rule in rules(name):
            entries.append((bit, rule))
            bit <<= 1
        files[name] = tuple(entries)
    watched: dict[str, int] = {}
    for pattern in sorted(_watched):
        watched[pattern] = bit
        bit <<= 1
    patterns = [(b, rule.pattern.pattern) for entries in files.values() for b, rule in entries]
    for own, pattern in (*patterns, *((b, p) for p, b in watched.items())):
        literals = required_literals(pattern)
        if literals is None:
            always |= own
        for literal in literals or ():
            woken[literal] = woken.get(literal, 0) | own
    literals_ = sorted(woken)
    return _Index(
        ahocorasick_rs.AhoCorasick(literals_, implementation=ahocorasick_rs.Implementation.DFA),
        tuple(woken[literal] for literal in literals_),
        always,
        files,
        {name: sum(bit for bit, _ in entries) for name, entries in files.items()},
        watched,
    )


class Scan:
    """The candidates of one decision."""

    def __init__(self, lower: str, starts: list[int], ends: list[int]) -> None:
        """``starts`` and ``ends`` are the sentences' spans in ``lower``, in order."""
        index = _index()
        self._files = index.files
        self._whole = index.whole
        self._watched = index.watched
        masks = index.masks
        found = [index.always] * len(starts)
        for literal, start, end in index.automaton.find_matches_as_indexes(lower, overlapping=True):
            at = bisect_right(starts, start) - 1
            if at >= 0 and end <= ends[at]:
                found[at] |= masks[literal]
        self._found = found

    def candidates(self, name: str, sentence: int) -> list[Rule]:
        """Rules of a file that can match within a sentence, in order of precedence."""
        found = self._found[sentence] & self._whole[name]
        if not found:
            return []
        return [rule for bit, rule in self._files[name] if found & bit]

    def may_match(self, pattern: re.Pattern[str], sentence: int) -> bool:
        """False only where ``pattern`` cannot match within a sentence."""
        bit = self._watched.get(pattern.pattern)  # one watched after the index was made has none
        return bit is None or self._found[sentence] & bit != 0
