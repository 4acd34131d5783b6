"""Which rules can fire in which sentence: found in one pass over the decision, or when asked.

What extractors ask of nearly every sentence is found in the one pass; files of rules that are
asked about in some sentences only are searched in these, when they are.
The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from graph.extraction.alternatives import alternatives
from graph.extraction.prefilter import both_literals
from graph.extraction.rules import Rule, names, rules
from graph.extraction.waking import Waking
from graph.extraction.watching import WATCHED, Watched

OF_PIECES = ("body-roles",)
"""Files whose rules read no sentence as it is printed: see :func:`candidates_of`."""
SELDOM = (
    *("fault-types", "injustice-types", "payment-purposes"),
    *("reason-topics", "reasons", "remedy-types"),
)
"""Files asked about in some sentences of a decision: these are searched when they are asked."""
_SEEN = 0
"""Column of the watched patterns; those of the rule files follow."""


_Set = tuple[int, int, tuple[tuple[int, int], ...]]
"""A column, the bits that a literal sets in it, and other columns with theirs."""


def _set(columns: list[tuple[int, int]]) -> _Set:
    return (*columns[0], tuple(columns[1:]))


@dataclass(frozen=True, slots=True)
class _Index:
    """All rules of all files as bits, and the automaton over their literals.

    A sentence has a row of numbers, whose bits stand for the alternatives of the rules. Each
    file has two of them: what both say is awake, because an alternative may need two strings.
    """

    automaton: ahocorasick_rs.AhoCorasick
    bits: tuple[_Set, ...]
    """For each literal, what it sets."""
    row: tuple[int, ...]
    """The row of a sentence without any literal: the rules that none can rule out."""
    columns: dict[str, int]
    """The first column of each file."""
    files: dict[str, Waking]
    doubted: int
    """The bits of the watched patterns that, unless set, rule a pattern out."""

    @classmethod
    def of(cls, names_: Sequence[str], patterns: Sequence[Watched]) -> _Index:
        """The index of some files of rules and of some watched patterns."""
        set_by: dict[str, dict[int, int]] = {}
        row = [0] * (1 + 2 * len(names_))
        columns = {name: 1 + 2 * number for number, name in enumerate(names_)}
        files = {name: Waking() for name in names_}

        def put(column: int, bit: int, literals: frozenset[str] | None) -> None:
            if literals is None:
                row[column] |= bit
            for literal in literals or ():
                found = set_by.setdefault(literal, {})
                found[column] = found.get(column, 0) | bit

        for name, column in columns.items():
            for rule in rules(name):
                cut = alternatives(rule.pattern.pattern)
                for bit, source in zip(files[name].add(rule, cut), cut.sources, strict=True):
                    for place, literals in enumerate(both_literals(cut.of([source])), column):
                        put(place, bit, literals)
        doubted = 0
        for number, pattern in enumerate(patterns):
            doubted |= pattern.wake(2 * number, lambda bit, literals: put(_SEEN, bit, literals))
        literals_ = sorted(set_by)
        # what many literals set is kept once: the loop over a text then stays in the cache
        kept: dict[_Set, _Set] = {}
        bits = (_set(list(set_by[literal].items())) for literal in literals_)
        return cls(
            # as fast as the other implementations, in a fraction of their memory
            ahocorasick_rs.AhoCorasick(
                literals_, implementation=ahocorasick_rs.Implementation.ContiguousNFA
            ),
            tuple(kept.setdefault(one, one) for one in bits),
            tuple(row),
            columns,
            files,
            doubted,
        )


@cache
def _index() -> _Index:
    return _Index.of([name for name in names() if name not in (*OF_PIECES, *SELDOM)], WATCHED)


@cache
def _index_of(name: str) -> _Index:
    return _Index.of((name,), ())


class Scan:
    """The candidates of one decision."""

    def __init__(self, lower: str, starts: list[int], ends: list[int]) -> None:
        """``starts`` and ``ends`` are the sentences' spans in ``lower``, in order."""
        index = self._index = _index()
        self._lower, self._starts, self._ends = lower, starts, ends
        self._asked: dict[tuple[str, int], tuple[Rule, ...]] = {}
        bits = index.bits
        rows = [list(index.row) for _ in starts]
        self._rows = rows
        rows = [*rows, list(index.row)]  # of what stands after the last sentence
        starts = [*starts, len(lower)]
        ends = [*ends, len(lower)]
        at = 0
        begin, stop, row = starts[0], ends[0], rows[0]
        for literal, start, end in index.automaton.find_matches_as_indexes(lower, overlapping=True):
            if end > stop:  # they come in the order in which they end
                while end > ends[at]:
                    at += 1
                begin, stop, row = starts[at], ends[at], rows[at]
            if start >= begin:
                column, bit, others = bits[literal]
                row[column] |= bit
                if others:
                    for column, bit in others:
                        row[column] |= bit

    def candidates(self, name: str, sentence: int) -> tuple[Rule, ...]:
        """Rules of a file that can match within a sentence, in order of precedence."""
        index = self._index
        column = index.columns.get(name)
        if column is None:
            return self._searched(name, sentence)
        row = self._rows[sentence]
        bits = row[column] & row[column + 1]
        return index.files[name].awake(bits) if bits else ()

    def _searched(self, name: str, sentence: int) -> tuple[Rule, ...]:
        """The candidates of a file that is not looked out for in the one pass."""
        found = self._asked.get((name, sentence))
        if found is None:
            text = self._lower[self._starts[sentence] : self._ends[sentence]]
            found = self._asked[name, sentence] = candidates_of(name, text)
        return found

    def awake(self, name: str) -> list[int]:
        """The sentences in which any rule of a file can match; of none of :data:`SELDOM`."""
        column = self._index.columns[name]
        return [
            sentence for sentence, row in enumerate(self._rows) if row[column] & row[column + 1]
        ]

    def seen(self) -> list[int]:
        """What is known of the watched patterns in each sentence; for :class:`Sentence`."""
        doubted = self._index.doubted
        return [row[_SEEN] ^ doubted for row in self._rows]


def candidates_of(name: str, lower: str) -> tuple[Rule, ...]:
    """Rules of a file that can match within a text, in order of precedence."""
    index = _index_of(name)
    row = list(index.row)
    for literal, _, _ in index.automaton.find_matches_as_indexes(lower, overlapping=True):
        column, bit, others = index.bits[literal]
        row[column] |= bit
        for column, bit in others:
            row[column] |= bit
    return index.files[name].awake(row[1] & row[2])
