"""Decisions over time, as a drawing of bars that lists of decisions show.

Each bar is a year or a quarter, split by outcome, and leads to its decisions. The drawing is
made here as numbers for SVG; the table under it says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exports.serve.counts.casebook import Chosen, Filters
from exports.serve.site import Here, Site
from exports.serve.wording import counted_words

PERIODS = ("year", "quarter")
OUTCOMES = ("upheld", "not-upheld", "closed-after-initial-enquiries")
"""Outcomes from the foot of a bar upwards; a decision with none of them is on top."""
OTHER = "other"
"""Part of a bar for decisions whose page gives no outcome."""
HEIGHT = 190.0
"""Height of the highest bar, in units of the drawing."""
LEFT = 44.0
WIDTH = 900.0
STEP = 120.0
"""Most units for a bar and its mark."""
FEWER = 4
"""Bars up to which the drawing is only as wide as they are, and on a telephone in sight whole."""
MARK = 60.0
"""Units that the year under a bar needs."""
MONTHS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
"""Quarters as marks; councils count theirs from April, so that a number would mislead."""


@dataclass(frozen=True, slots=True)
class Part:
    """The decisions of one outcome in a bar."""

    outcome: str
    label: str
    number: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One period."""

    key: str
    label: str
    number: int
    """Distinct investigations."""
    parts: tuple[Part, ...]
    x: float
    width: float
    link: str | None
    """Its decisions; None for a period without any."""
    mark: str
    """What stands under it: a year, under its first quarter alone where quarters are many."""

    @property
    def words(self) -> str:
        """What it shows, in a sentence."""
        split = ", ".join(f"{part.number:,} {part.label.lower()}" for part in self.parts)
        number = counted_words(self.number, "investigation")
        return f"{self.label}: {number}" + (f": {split}" if split else "")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing and its numbers."""

    by: str
    bars: tuple[Bar, ...]
    outcomes: tuple[tuple[str, str], ...]
    """(key, words) of the outcomes that occur."""
    ticks: tuple[tuple[int, float], ...]
    """Numbers on the scale and where their lines are."""
    undated: int
    """Decisions without a date, which no bar has."""
    width: float
    """Units from left to right."""

    @property
    def total(self) -> int:
        """Investigations of all bars."""
        return sum(bar.number for bar in self.bars)


def timeline(site: Site, cases: Chosen, by: str, link: Callable[[str], str]) -> Timeline:
    """Some decisions by year or quarter; ``link`` makes the address of a period."""
    book = site.figures.book
    numbers = book.tally(cases, by)
    periods = _between(sorted(numbers))
    split = {key: _split(site, cases, by, key) for key in numbers}
    most = max((sum(parts.values()) for parts in split.values()), default=1)
    step = min((WIDTH - LEFT) / max(len(periods), 1), STEP)
    bars = []
    for place, key in enumerate(periods):
        parts = split.get(key, {})
        bars.append(
            Bar(
                key=key,
                label=site.figures.names.label(by, key),
                number=numbers.get(key, 0),
                parts=tuple(_stacked(site, parts, most)),
                x=round(LEFT + place * step + 0.1 * step, 2),
                width=round(min(0.8 * step, 60), 2),
                link=link(key) if key in numbers else None,
                mark=_mark(periods, place, step),
            )
        )
    there = [key for key in (*OUTCOMES, OTHER) if any(key in parts for parts in split.values())]
    return Timeline(
        by,
        tuple(bars),
        tuple((key, _words(site, key)) for key in there),
        tuple((tick, round(_y(tick, most), 2)) for tick in _ticks(most)),
        len(cases) - len(book.having(cases, by)),
        LEFT + STEP * len(periods) if len(periods) <= FEWER else WIDTH,
    )


def _mark(periods: Sequence[str], place: int, step: float) -> str:
    """What stands under a bar, so that no two marks touch."""
    year, _, quarter = periods[place].partition("-Q")
    if quarter and step == STEP:
        return f"{MONTHS[int(quarter) - 1]} {year}"
    if quarter in ("", "1"):
        return year
    return year if not place and step * (5 - int(quarter)) >= MARK else ""


def _split(site: Site, cases: Chosen, by: str, key: str) -> dict[str, int]:
    """Investigations of a period by outcome, those without one apart."""
    book = site.figures.book
    inside = cases & book.chosen(((by, key),))
    found = book.tally(inside, "outcome")
    told = book.having(inside, "outcome")
    silent = Chosen(book, inside.bits & ~told.bits).investigations
    return {**found, **({OTHER: silent} if silent else {})}


def _stacked(site: Site, parts: dict[str, int], most: int) -> list[Part]:
    found = []
    below = 0
    for outcome in (*OUTCOMES, OTHER):
        if number := parts.get(outcome, 0):
            below += number
            height = round(HEIGHT * number / most, 2)
            y = round(_y(below, most), 2)
            found.append(Part(outcome, _words(site, outcome), number, y, height))
    return found


def _words(site: Site, outcome: str) -> str:
    return "No outcome given" if outcome == OTHER else site.figures.names.label("outcome", outcome)


def _y(number: int, most: int) -> float:
    return 10 + HEIGHT * (1 - number / most)


def _ticks(most: int) -> list[int]:
    """Round numbers for a scale: three to five of them, 0 among them."""
    power = 10 ** max(len(str(most)) - 1, 0)
    for size in (power // 5, power // 2, power, 2 * power):
        if size and most // size <= 4:
            return list(range(0, most + 1, size))
    return [0, most]


def _between(keys: Sequence[str]) -> list[str]:
    """The periods from the first to the last key, those without a decision too."""
    if not keys:
        return []
    if "Q" not in keys[0]:
        return [f"{year:04d}" for year in range(int(keys[0]), int(keys[-1]) + 1)]
    first, last = (4 * int(key[:4]) + int(key[-1]) - 1 for key in (keys[0], keys[-1]))
    return [f"{place // 4:04d}-Q{place % 4 + 1}" for place in range(first, last + 1)]


def fitting(site: Site, cases: Chosen) -> str:
    """Years, or quarters where there are few years."""
    return "year" if len(site.figures.book.tally(cases, "year")) > 2 else "quarter"


def strip(site: Site, filters: Filters, by: str | None = None) -> Timeline:
    """The drawing for a list of decisions; each bar leads to that list narrowed to it."""
    cases = site.figures.select(filters)
    here = Here("/decisions", dict(filters))
    by = by or fitting(site, cases)
    return timeline(site, cases, by, lambda key: here.to(**{by: key}))
