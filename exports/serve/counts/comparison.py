"""Councils in figures, side by side and beside their peers.

Every figure of a council counts investigations: what a rate is out of are the complaints
decided about it. A group's figure adds up those of its members, so that an investigation
into two of them counts for each, in the number and in what it is out of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from exports.serve.counts.casebook import Filters
from exports.serve.counts.figures import FEW, Figures
from exports.serve.counts.payments import Sums
from exports.serve.counts.peers import Peers

COUNTED = ("fault", "injustice", "remedy", "category")
"""Dimensions whose keys are compared, each in a table of its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of a council, or of a group of councils added up."""

    decided: int
    """Complaints decided: what a rate is out of."""
    numbers: Mapping[tuple[str, str], int]
    """(dimension, key) to investigations."""
    payments: Sums

    def number(self, dimension: str, key: str) -> int:
        """Investigations with a key."""
        return self.numbers.get((dimension, key), 0)

    @property
    def few(self) -> bool:
        """Whether too little was decided for a rate to mean much."""
        return self.decided < FEW


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and what it is out of."""

    number: int
    decided: int

    @property
    def rate(self) -> float | None:
        """The share, from 0 to 1; None out of nothing."""
        return self.number / self.decided if self.decided else None

    @property
    def few(self) -> bool:
        """Whether the share says little."""
        return self.decided < FEW


@dataclass(frozen=True, slots=True)
class Row:
    """One thing counted at each council."""

    dimension: str
    key: str
    label: str
    cells: tuple[Cell, ...]
    """One for each council, in the order asked for."""
    peers: tuple[Cell | None, ...]
    """The figure of each council's peer group; None for an authority that has none."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some councils in figures."""

    councils: tuple[str, ...]
    groups: tuple[Peers | None, ...]
    """The peer group of each council."""
    standings: tuple[Standing, ...]
    among: tuple[Standing | None, ...]
    """The figures of each council's peer group."""
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Name of a table to its rows, the most frequent first."""

    def rows(self) -> list[Row]:
        """The rows of all tables."""
        return [row for rows in self.tables.values() for row in rows]


class Comparisons:
    """Compares the councils of one graph."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self.standing = lru_cache(maxsize=256)(self._standing)

    def _standing(self, members: tuple[str, ...], filters: Filters) -> Standing:
        """The figures of some councils added up; of one, its own."""
        book = self._figures.book
        chosen = self._figures.select(filters)
        decided, numbers = 0, Counter[tuple[str, str]]()
        for member in members:
            own = chosen & book.chosen((("council", member),))
            if not own:
                continue
            decided += own.investigations
            numbers["found", "fault"] += book.having(own, "fault", member).investigations
            for dimension in (*COUNTED, "outcome"):
                for key, number in book.tally(own, dimension, member).items():
                    if not (dimension == "category" and "/" in key):
                        numbers[dimension, key] += number
        return Standing(decided, numbers, self._figures.payments.of(chosen, members))

    def compare(
        self, members: Sequence[str], groups: Sequence[Peers | None], filters: Filters
    ) -> Comparison:
        """Some councils beside their peer groups, narrowed by filters."""
        standings = tuple(self.standing((member,), filters) for member in members)
        among = tuple(self.standing(g.members, filters) if g else None for g in groups)
        found = Comparison(tuple(members), tuple(groups), standings, among)
        tables = {"outcome": self._outcomes(found)}
        for dimension in COUNTED:
            tables[dimension] = self._rows(found, dimension)
        return replace(found, tables=tables)

    def _outcomes(self, found: Comparison) -> tuple[Row, ...]:
        keys = ("upheld", "not-upheld", "closed-after-initial-enquiries")
        rows = [self._row(found, "outcome", key) for key in keys]
        label = "Upheld, of those investigated"
        cells = [_investigated(standing) for standing in found.standings]
        peers = [_investigated(standing) if standing else None for standing in found.among]
        rows.insert(1, Row("uphold", "rate", label, tuple(cells), tuple(peers)))
        rows.append(self._row(found, "found", "fault", "Any fault found"))
        return tuple(rows)

    def _rows(self, found: Comparison, dimension: str) -> tuple[Row, ...]:
        keys = {key for s in found.standings for name, key in s.numbers if name == dimension}
        rows = [self._row(found, dimension, key) for key in keys]
        rows.sort(key=lambda row: (-sum(c.number for c in row.cells), row.label, row.key))
        return tuple(rows)

    def _row(self, found: Comparison, name: str, key: str, label: str | None = None) -> Row:
        def cell(standing: Standing) -> Cell:
            return Cell(standing.number(name, key), standing.decided)

        return Row(
            name,
            key,
            label or self._figures.names.label(name, key),
            tuple(cell(standing) for standing in found.standings),
            tuple(cell(standing) if standing else None for standing in found.among),
        )


def _investigated(standing: Standing) -> Cell:
    """Upheld out of upheld and not upheld: the rate that the Ombudsman itself publishes.

    https://www.lgo.org.uk/your-councils-performance
    """
    upheld = standing.number("outcome", "upheld")
    return Cell(upheld, upheld + standing.number("outcome", "not-upheld"))
