"""Which rules can fire in which sentence, found in one pass over the decision.

The result is exact for what it rules out: a rule that is not a candidate cannot match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

import ahocorasick_rs

from graph.extraction.alternatives import alternatives
from graph.extraction.first_letters import compiled
from graph.extraction.prefilter import required_literals, sufficient_literals
from graph.extraction.rules import Rule, names, rules
from graph.extraction.sentence import Sentence


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
            known = replace(self.rule, pattern=compiled(chosen))
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
    files: dict[str, _File]
    watched: dict[str, tuple[int, int]]
    """For each pattern given to :func:`watch`, the bit that says it may match, and the one
    that says it does."""


@dataclass(frozen=True, slots=True)
class _File:
    """The rules of one file, whose bits lie side by side in order of precedence."""

    shift: int
    """Place of the first bit of the file."""
    whole: int
    """All bits of the file, once shifted down."""
    owners: tuple[_Waking, ...]
    """The rule of each bit."""


_watched: dict[str, re.Pattern[str]] = {}


def watch(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """``pattern``, which has no flags, looked out for as the rules are; see :class:`Scan`."""
    _watched[pattern.pattern] = pattern
    return compiled(pattern.pattern)


@cache
def _index() -> _Index:
    woken: dict[str, int] = {}
    always = 0
    files: dict[str, _File] = {}
    patterns: list[tuple[int, str, int]] = []
    """Bit, pattern and length of the shortest literal to look for."""
    place = 0
    for name in names():
        shift = place
        owners: list[_Waking] = []
        for rule in rules(name):
            sources: dict[int, str] = {}
            for source in alternatives(rule.pattern.pattern):
                sources[1 << (place - shift)] = source
                patterns.append((1 << place, source, _SHORTEST))
                place += 1
            owners += [_Waking(sum(sources), rule, sources, {}, {})] * len(sources)
        files[name] = _File(shift, (1 << (place - shift)) - 1, tuple(owners))
    watched: dict[str, tuple[int, int]] = {}
    for pattern in sorted(_watched):
        watched[pattern] = 1 << place, 2 << place
        patterns.append((1 << place, pattern, _SHORTEST_WATCHED))
        for literal in sufficient_literals(pattern):
            woken[literal] = woken.get(literal, 0) | 3 << place
        place += 2
    for bit, pattern, shortest in patterns:
        literals = required_literals(pattern, shortest)
        if literals is None:
            always |= bit
        for literal in literals or ():
            woken[literal] = woken.get(literal, 0) | bit
    literals_ = sorted(woken)
    return _Index(
        ahocorasick_rs.AhoCorasick(literals_, implementation=ahocorasick_rs.Implementation.DFA),
        tuple(woken[literal] for literal in literals_),
        always,
        files,
        watched,
    )


_SHORTEST = 3
"""Shorter strings stand in nearly every sentence and filter nothing."""
_SHORTEST_WATCHED = 2
"""Of a pattern that looks for words such as "no", which other words of it make worth while."""


class Scan:
    """The candidates of one decision."""

    def __init__(self, lower: str, starts: list[int], ends: list[int]) -> None:
        """``starts`` and ``ends`` are the sentences' spans in ``lower``, in order."""
        index = _index()
        self._index = index
        self._known: dict[tuple[str, int], list[Rule]] = {}
        self._found = [index.always] * len(starts)
        found, masks = self._found, index.masks
        starts = [*starts, len(lower)]
        ends = [*ends, len(lower)]
        found.append(0)  # of what stands after the last sentence
        at = 0
        for literal, start, end in index.automaton.find_matches_as_indexes(lower, overlapping=True):
            while end > ends[at]:  # they come in the order in which they end
                at += 1
            if start >= starts[at]:
                found[at] |= masks[literal]

    def candidates(self, name: str, sentence: int) -> list[Rule]:
        """Rules of a file that can match within a sentence, in order of precedence."""
        known = self._known.get((name, sentence))
        if known is None:
            known = self._known[name, sentence] = _awake(self._index, name, self._found[sentence])
        return known

    def may_match(self, pattern: re.Pattern[str], sentence: int) -> bool:
        """False only where ``pattern`` cannot match within a sentence."""
        bits = self._index.watched.get(pattern.pattern)
        # one watched after the index was made has no bits
        return bits is None or self._found[sentence] & bits[0] != 0

    def matches(self, pattern: re.Pattern[str], sentence: Sentence) -> bool:
        """Whether a watched pattern matches anywhere in a sentence; searched only in doubt."""
        bits = self._index.watched.get(pattern.pattern)
        if bits is not None:
            found = self._found[sentence.index]
            if not found & bits[0]:
                return False
            if found & bits[1]:
                return True
        return pattern.search(sentence.lower) is not None


def candidates_of(name: str, lower: str) -> list[Rule]:
    """Rules of a file that can match within a text that is no sentence of the decision."""
    index = _index()
    found = index.always
    for literal, _, _ in index.automaton.find_matches_as_indexes(lower, overlapping=True):
        found |= index.masks[literal]
    return _awake(index, name, found)


def _awake(index: _Index, name: str, found: int) -> list[Rule]:
    file = index.files[name]
    found = found >> file.shift & file.whole
    rules_: list[Rule] = []
    while found:
        entry = file.owners[(found & -found).bit_length() - 1]
        bits = found & entry.bits
        rules_.append(entry.awake(bits))
        found ^= bits
    return rules_
