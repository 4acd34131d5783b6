"""The rules of a file that are awake in a sentence, without the alternatives that sleep.

A rule is searched faster without those of its alternatives that cannot match.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.extraction.alternatives import Alternatives
from graph.extraction.first_letters import compiled
from graph.extraction.rules import Rule

_WORTH_IT = 4
"""Times after which compiling a narrowed form costs less than it saves."""
_MOST_NARROWED = 60
"""Narrowed forms kept of one rule."""
_MOST_MET = 1000
"""Sets of alternatives counted for one rule."""
_MOST_KNOWN = 4000
"""Sets of alternatives of a whole file whose rules are kept."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """A rule, and which of its alternatives have which bits."""

    bits: int
    rule: Rule
    cut: Alternatives
    sources: dict[int, str]
    """Bit of each alternative -> its pattern."""
    narrowed: dict[int, Rule]
    """Bits awake -> the rule with these alternatives only."""
    met: dict[int, int]
    """Bits awake -> how often, until the rule is narrowed to them."""

    def awake(self, bits: int) -> tuple[Rule, bool]:
        """The rule without the alternatives that cannot match, and whether it will stay so."""
        if bits == self.bits:
            return self.rule, True
        known = self.narrowed.get(bits)
        if known is None:
            full = len(self.narrowed) >= _MOST_NARROWED
            times = self.met.get(bits, 0) + 1
            if full or times < _WORTH_IT:
                if len(self.met) < _MOST_MET:
                    self.met[bits] = times
                return self.rule, full
            chosen = [source for bit, source in self.sources.items() if bit & bits]
            known = replace(self.rule, pattern=compiled(self.cut.of(chosen)))
            self.narrowed[bits] = known
        return known, True


class Waking:
    """The rules of one file, whose bits lie side by side in order of precedence."""

    def __init__(self) -> None:
        self._owners: list[_Owner] = []
        self._known: dict[int, tuple[Rule, ...]] = {}

    def add(self, rule: Rule, cut: Alternatives) -> list[int]:
        """The bits of the alternatives that a rule's pattern is ``cut`` into."""
        place = len(self._owners)
        bits = [1 << (place + at) for at in range(len(cut.sources))]
        sources = dict(zip(bits, cut.sources, strict=True))
        self._owners += [_Owner(sum(bits), rule, cut, sources, {}, {})] * len(bits)
        return bits

    def awake(self, found: int) -> tuple[Rule, ...]:
        """The rules whose bits are among those ``found``, in order of precedence."""
        known = self._known.get(found)
        if known is not None:
            return known
        rules: list[Rule] = []
        settled = True
        left = found
        while left:
            owner = self._owners[(left & -left).bit_length() - 1]
            bits = left & owner.bits
            rule, stays = owner.awake(bits)
            rules.append(rule)
            settled = settled and stays
            left ^= bits
        if settled and len(self._known) < _MOST_KNOWN:
            self._known[found] = tuple(rules)
        return tuple(rules)
