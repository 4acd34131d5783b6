"""How much of the decisions was understood: the gaps counted, with some of them to look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.checking.gaps import GAPS, Gap
from graph.checking.place import Place, in_decision
from ontology.model import Decision


@dataclass(frozen=True, slots=True)
class GapExample:
    """One gap and where it is."""

    what: str
    place: Place


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often one kind of gap occurs."""

    name: str
    meaning: str
    count: int
    of: str
    """What :attr:`total` counts."""
    total: int
    decisions: int
    """Decisions that have the gap at least once."""
    examples: tuple[GapExample, ...]
    """The first ones, in the order of the decisions."""

    @property
    def share(self) -> float | None:
        """Share of the total, from 0 to 1; None when there is nothing to have a share of."""
        return self.count / self.total if self.total else None


@dataclass(slots=True)
class _Counted:
    count: int = 0
    total: int = 0
    decisions: int = 0
    examples: list[GapExample] = field(default_factory=list)


class Coverage:
    """The gaps of decision after decision; holds counts and the first examples alone."""

    def __init__(self, examples: int) -> None:
        self._most = examples
        self._counted = [(gap, _Counted()) for gap in GAPS]

    def add(self, decision: Decision) -> None:
        """Count the gaps of one decision."""
        for gap, counted in self._counted:
            self._add(gap, counted, decision)

    def _add(self, gap: Gap, counted: _Counted, decision: Decision) -> None:
        counted.total += gap.among(decision)
        before = counted.count
        for what, passage in gap.find(decision):
            counted.count += 1
            if len(counted.examples) < self._most:
                place = in_decision(decision, passage)
                counted.examples.append(GapExample(what, place))
        counted.decisions += counted.count > before

    def counts(self) -> tuple[GapCount, ...]:
        """Every kind of gap, also those that do not occur."""
        return tuple(
            GapCount(
                gap.name,
                gap.meaning,
                counted.count,
                gap.of,
                counted.total,
                counted.decisions,
                tuple(counted.examples),
            )
            for gap, counted in self._counted
        )
