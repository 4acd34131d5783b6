"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from graph.extraction.alternatives import alternatives
from graph.extraction.prefilter import required_literals
from graph.extraction.rules import Rule, names, rules


@dataclass(frozen=True, slots=True)
class _Waking:
    """A rule, and which of its alternatives have which bits."""

    bits: int
    rule: Rule
    sources: dict[int, str]
    """Bit of each alternative -> its pattern."""
    narrowed: dict[int, Rule]
    """Bits awake -> the rule with these alternatives only."""
    met: dict[int, int]
    """Bits awake -> how often, until the rule is narrowed to them."""

    def awake(self, bits: int) -> Rule:
        """The rule, without the alternatives that cannot match."""
        if bits == self.bits:
            return self.rule
        known = self.narrowed.get(bits)
        if known is None:
            times = self.met.get(bits, 0) + 1
            if times < _WORTH_IT or len(self.narrowed) >= _MOST_NARROWED:
                if len(self.met) < _MOST_MET:
                    self.met[bits] = times
                return self.rule
            chosen = "|".join(source for bit, source in self.sources.items() if bit & bits)
            known = replace(self.rule, pattern=re.compile(chosen))
            self.narrowed[bits] = known
        return known


_MOST_NARROWED = 60
"""Narrowed forms kept of one rule."""
_WORTH_IT = 4
"""Times after which compiling a narrowed form costs less than it saves."""
_MOST_MET = 1000
"""Sets of alternatives counted for one rule."""


@dataclass(frozen=True, slots=True)
class _Index:
    """All rules of all files as bits, and the automaton over their literals."""

    automaton: ahocorasick_rs.AhoCorasick
    masks: tuple[int, ...]
    """For each literal, the bits of the rules that it may wake."""
    always: int
    """Bits of the rules that no literal can rule out."""
    files: dict[str, tuple[_Waking, ...]]
    """For each file, its rules in order."""
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
    files: dict[str, tuple[_Waking, ...]] = {}
    bit = 1
    for name in names():
        entries: list[_Waking] = []
        for rule in rules(name):
            sources: dict[int, str] = {}
            for source in alternatives(rule.pattern.pattern):
                sources[bit] = source
                bit <<= 1
            entries.append(_Waking(sum(sources), rule, sources, {}, {}))
        files[name] = tuple(entries)
    watched: dict[str, int] = {}
    for pattern in sorted(_watched):
        watched[pattern] = bit
        bit <<= 1
    patterns = [pair for entries in files.values() for e in entries for pair in e.sources.items()]
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
        {name: sum(entry.bits for entry in entries) for name, entries in files.items()},
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
        return [rule.awake(awake) for rule in self._files[name] if (awake := found & rule.bits)]

    def may_match(self, pattern: re.Pattern[str], sentence: int) -> bool:
        """False only where ``pattern`` cannot match within a sentence."""
        bit = self._watched.get(pattern.pattern)  # one watched after the index was made has none
        return bit is None or self._found[sentence] & bit != 0
