"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from graph.extraction.alternatives import alternatives
from graph.extraction.prefilter import required_literals
from graph.extraction.rules import Rule, names, rules
from graph.extraction.waking import Waking
from graph.extraction.watching import WATCHED, Watched

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
    files: tuple[Waking, ...]
    """The rules of each column; none of the first."""
    doubted: int
    """The bits of the watched patterns that, unless set, rule a pattern out."""

    @classmethod
    def of(cls, names_: Sequence[str], patterns: Sequence[Watched]) -> _Index:
        """The index of some files of rules and of some watched patterns."""
        set_by: dict[str, dict[int, int]] = {}
        row = [0] * (1 + len(names_))
        files = [Waking()]

        def put(column: int, bit: int, literals: frozenset[str] | None) -> None:
            if literals is None:
                row[column] |= bit
            for literal in literals or ():
                found = set_by.setdefault(literal, {})
                found[column] = found.get(column, 0) | bit

        for column, name in enumerate(names_, 1):
            files.append(Waking())
            for rule in rules(name):
                sources = alternatives(rule.pattern.pattern)
                for bit, source in zip(files[column].add(rule, sources), sources, strict=True):
                    put(column, bit, required_literals(source, _SHORTEST))
        doubted = 0
        for number, pattern in enumerate(patterns):
            doubted |= pattern.wake(2 * number, lambda bit, literals: put(_SEEN, bit, literals))
        literals_ = sorted(set_by)
        # what many literals set is kept once: the loop over a text then stays in the cache
        kept: dict[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = {}
        bits = (tuple(set_by[literal].items()) for literal in literals_)
        return cls(
            # as fast as the other implementations, in a fraction of their memory
            ahocorasick_rs.AhoCorasick(
                literals_, implementation=ahocorasick_rs.Implementation.ContiguousNFA
            ),
            tuple(kept.setdefault(one, one) for one in bits),
            tuple(row),
            {name: column for column, name in enumerate(names_, 1)},
            tuple(files),
            doubted,
        )


@cache
def _index() -> _Index:
    return _Index.of(names(), WATCHED)


@cache
def _index_of(name: str) -> _Index:
    return _Index.of((name,), ())


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
        column = index.columns[name]
        bits = self._found[sentence * self._width + column]
        return index.files[column].awake(bits) if bits else ()

    def awake(self, name: str) -> list[int]:
        """The sentences in which any rule of a file can match."""
        bits = self._found[self._index.columns[name] : -self._width : self._width]
        return [sentence for sentence, found in enumerate(bits) if found]

    def seen(self, sentence: int) -> int:
        """What is known of the watched patterns in a sentence; for :class:`Sentence`."""
        return self._found[sentence * self._width + _SEEN] ^ self._index.doubted


def candidates_of(name: str, lower: str) -> tuple[Rule, ...]:
    """Rules of a file that can match within a text that is no sentence of the decision."""
    index = _index_of(name)
    found = index.row[1]
    for literal, _, _ in index.automaton.find_matches_as_indexes(lower, overlapping=True):
        found |= index.bits[literal][0][1]
    return index.files[1].awake(found)
