"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

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


@cache
def _index() -> _Index:
    woken: dict[str, int] = {}
    always = 0
    files: dict[str, tuple[tuple[int, Rule], ...]] = {}
    bit = 1
    for name in names():
        entries = []
        for rule in rules(name):
            entries.append((bit, rule))
            literals = required_literals(rule.pattern.pattern)
            if literals is None:
                always |= bit
            else:
                for literal in literals:
                    woken[literal] = woken.get(literal, 0) | bit
            bit <<= 1
        files[name] = tuple(entries)
    literals_ = sorted(woken)
    return _Index(
        ahocorasick_rs.AhoCorasick(literals_),
        tuple(woken[literal] for literal in literals_),
        always,
        files,
        {name: sum(bit for bit, _ in entries) for name, entries in files.items()},
    )


class Scan:
    """The candidates of one decision."""

    def __init__(self, lower: str, starts: list[int], ends: list[int]) -> None:
        """``starts`` and ``ends`` are the sentences' spans in ``lower``, in order."""
        index = _index()
        self._files = index.files
        self._whole = index.whole
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
