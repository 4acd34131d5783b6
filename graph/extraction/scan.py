"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from graph.extraction.alternatives import alternatives
from graph.extraction.prefilter import required_literals
from graph.extraction.rules import Rule, names, rules
from graph.extraction.waking import Waking
from graph.extraction.watching import WATCHED

_SHORTEST = 3
"""Shorter strings stand in nearly every sentence and filter nothing."""
_SEEN = 0
"""Column of the watched patterns; those of the rule files follow."""


@dataclass(frozen=True, slots=True)
class _Index:
    """All rules of all files as bits, and the automaton over their literals.

    A sentence has a row of numbers, one for each file, whose bits say which rules are awake.
    """

    automaton: ahocorasick_rs.AhoCorasick
    bits: tuple[tuple[tuple[int, int], ...], ...]
    """For each literal, the columns in which it sets bits, and which."""
    row: tuple[int, ...]
    """The row of a sentence without any literal: the rules that none can rule out."""
    columns: dict[str, int]
    """Column of each file."""
    files: dict[str, Waking]
    doubted: int
    """The bits of the watched patterns that, unless set, rule a pattern out."""


@cache
def _index() -> _Index:
    set_by: dict[str, dict[int, int]] = {}
    row = [0]
    columns: dict[str, int] = {}
    files: dict[str, Waking] = {}

    def put(column: int, bit: int, literals: frozenset[str] | None) -> None:
        if literals is None:
            row[column] |= bit
        for literal in literals or ():
            found = set_by.setdefault(literal, {})
            found[column] = found.get(column, 0) | bit

    for name in names():
        column = columns[name] = len(row)
        row.append(0)
        files[name] = Waking()
        for rule in rules(name):
            sources = alternatives(rule.pattern.pattern)
            for bit, source in zip(files[name].add(rule, sources), sources, strict=True):
                put(column, bit, required_literals(source, _SHORTEST))
    doubted = 0
    for number, pattern in enumerate(WATCHED):
        doubted |= pattern.wake(2 * number, lambda bit, literals: put(_SEEN, bit, literals))
    literals_ = sorted(set_by)
    return _Index(
        # as fast as the other implementations, in a fraction of their memory
        ahocorasick_rs.AhoCorasick(
            literals_, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        ),
        tuple(tuple(set_by[literal].items()) for literal in literals_),
        tuple(row),
        columns,
        files,
        doubted,
    )


class Scan:
    """The candidates of one decision."""

    def __init__(self, lower: str, starts: list[int], ends: list[int]) -> None:
        """``starts`` and ``ends`` are the sentences' spans in ``lower``, in order."""
        index = self._index = _index()
        width = self._width = len(index.row)
        self._found = list(index.row) * (len(starts) + 1)  # one for what stands after the last
        found, bits = self._found, index.bits
        starts = [*starts, len(lower)]
        ends = [*ends, len(lower)]
        at = here = 0
        begin, stop = starts[0], ends[0]
        for literal, start, end in index.automaton.find_matches_as_indexes(lower, overlapping=True):
            if end > stop:  # they come in the order in which they end
                while end > ends[at]:
                    at += 1
                begin, stop, here = starts[at], ends[at], at * width
            if start >= begin:
                for column, bit in bits[literal]:
                    found[here + column] |= bit

    def candidates(self, name: str, sentence: int) -> tuple[Rule, ...]:
        """Rules of a file that can match within a sentence, in order of precedence."""
        index = self._index
        bits = self._found[sentence * self._width + index.columns[name]]
        return index.files[name].awake(bits) if bits else ()

    def awake(self, name: str) -> list[int]:
        """The sentences in which any rule of a file can match."""
        bits = self._found[self._index.columns[name] : -self._width : self._width]
        return [sentence for sentence, found in enumerate(bits) if found]

    def seen(self, sentence: int) -> int:
        """What is known of the watched patterns in a sentence; for :class:`Sentence`."""
        return self._found[sentence * self._width + _SEEN] ^ self._index.doubted


def candidates_of(name: str, lower: str) -> tuple[Rule, ...]:
    """Rules of a file that can match within a text that is no sentence of the decision."""
    index = _index()
    wanted = index.columns[name]
    found = index.row[wanted]
    for literal, _, _ in index.automaton.find_matches_as_indexes(lower, overlapping=True):
        for column, bit in index.bits[literal]:
            if column == wanted:
                found |= bit
    return index.files[name].awake(found)
