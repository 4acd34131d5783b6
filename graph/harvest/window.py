"""Spans of days, cut by the calendar until the results of each can be paged through.

The cuts are the same whatever the span asked for, so that a harvest that is taken up on
another day finds the windows that it had finished.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

PAGE = 10
"""Results on a full page."""
LARGEST = 300
"""Results of a window that are paged through; one with more is cut, unless it is a day."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def years(self) -> Iterator[Window]:
        """It, cut into calendar years."""
        yield from self._cut(lambda day: date(day.year, 12, 31))

    def parts(self) -> list[Window]:
        """It, cut by the next smaller unit of the calendar; none when it is a day.

        Years are cut into quarters, quarters into months, months after the 15th, halves of
        months into days.
        """
        for ending in (_quarter_end, _month_end, _half_end, lambda day: day):
            parts = list(self._cut(ending))
            if len(parts) > 1:
                return parts
        return []

    def pages(self, count: float) -> int:
        """About how many result pages it takes to list ``count`` results, spread evenly."""
        parts = self.parts() if count > LARGEST else []
        if not parts:
            return max(1, ceil(count / PAGE))
        return 1 + sum(part.pages(count * part.days / self.days) for part in parts)

    def _cut(self, ending: Callable[[date], date]) -> Iterator[Window]:
        first = self.first
        while first <= self.last:
            last = min(ending(first), self.last)
            yield Window(first, last)
            first = last + _DAY


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _quarter_end(day: date) -> date:
    return _month_end(day.replace(day=1, month=(day.month + 2) // 3 * 3))


def _half_end(day: date) -> date:
    return day.replace(day=15) if day.day <= 15 else _month_end(day)
