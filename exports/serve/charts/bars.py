"""A bar chart of an answer: its first column of words against its first column of numbers.

The drawing is SVG that the server writes; the table of the answer stands below it and has
every row. Bars keep the order of the rows, since the query chose it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import floor, isfinite, log10

from graph.questions.results import Rows, Term
from graph.triples.ntriples import XSD

MOST = 40
"""Bars of one chart; more are no picture."""
_NUMERIC = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "short")
)
LABEL = 300
"""Units of the drawing left of the bars, for labels."""
WIDTH = 720
RIGHT = 70
"""Units right of the longest bar, for its number."""
ROW = 26
TOP = 24
_LONGEST = 38
"""Characters of a label that fit beside its bar."""
BETWEEN = " · "
"""Between the words of a label that has several."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: where its bar stands in the drawing."""

    label: str
    short: str
    value: str
    x: float
    y: int
    width: float
    end: float
    """Where its number stands."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale."""

    x: float
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart ready to be drawn."""

    words: str
    """The column of labels."""
    numbers: str
    """The column of numbers."""
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    rows: int
    """Rows with a number, of which the first :data:`MOST` are drawn."""

    @property
    def height(self) -> int:
        """Units from top to bottom."""
        return TOP + ROW * len(self.bars) + 8


def columns(rows: Rows) -> tuple[int, int] | None:
    """The columns of words and of numbers that a chart is made of; None when there are none."""
    words = numbers = None
    for place in range(len(rows.variables)):
        terms = [row[place] for row in rows.rows if row[place] is not None]
        if not terms:
            continue
        if all(_number(term) is not None for term in terms):
            numbers = place if numbers is None else numbers
        elif not any(term and term.kind in ("blank", "triple") for term in terms):
            words = place if words is None else words
    return None if words is None or numbers is None else (words, numbers)


def chart(rows: Rows, labels: Iterable[str]) -> Chart | None:
    """The chart of an answer; None when it does not fit.

    ``labels`` are the words of the rows, one for each; no more are taken than bars need.
    """
    places = columns(rows)
    if places is None:
        return None
    words, numbers = places
    values = [_number(row[numbers]) for row in rows.rows]
    numbered = len(values) - values.count(None)
    told = zip(labels, values, strict=True)
    drawn = list(islice(((label, v) for label, v in told if v is not None), MOST))
    low = min([0.0, *(value for _, value in drawn)])
    high = max([0.0, *(value for _, value in drawn)])
    steps = _steps(low, high)
    low, high = min(low, steps[0]), max(high, steps[-1])
    scale = (WIDTH - LABEL - RIGHT) / ((high - low) or 1.0)

    def at(value: float) -> float:
        return round(LABEL + (value - low) * scale, 2)

    bars = [
        Bar(
            label,
            _shortened(label),
            shown(value),
            at(min(0.0, value)),
            TOP + ROW * place,
            round(abs(at(value) - at(0.0)), 2),
            max(at(value), at(0.0)),
        )
        for place, (label, value) in enumerate(drawn)
    ]
    ticks = [Tick(at(step), shown(step)) for step in steps]
    return Chart(rows.variables[words], rows.variables[numbers], bars, ticks, numbered)


def label_terms(rows: Rows) -> list[list[Term]]:
    """The terms that name each row, where there is a chart.

    Those of the column of words; where that does not tell rows apart, the words before the
    number together.
    """
    places = columns(rows)
    if places is None:
        return []
    words, numbers = places
    named = [row[words] for row in rows.rows]
    if len(set(named)) == len(named):
        return [[term] if term else [] for term in named]
    return [[term for term in row[words:numbers] if term] or _one(row[words]) for row in rows.rows]


def _one(term: Term | None) -> list[Term]:
    return [term] if term else []


def _shortened(label: str) -> str:
    """A label that fits; of several words each keeps its beginning, so that labels differ."""
    parts = label.split(BETWEEN)
    room = _LONGEST - len(BETWEEN) * (len(parts) - 1)
    kept = {}
    for left, place in enumerate(sorted(range(len(parts)), key=lambda at: len(parts[at]))):
        size = max(room // (len(parts) - left), 2)
        part = parts[place]
        kept[place] = part if len(part) <= size else part[: size - 1].rstrip() + "…"
        room -= len(kept[place])
    return BETWEEN.join(kept[place] for place in range(len(parts)))


def _number(term: Term | None) -> float | None:
    if term is None or term.kind != "literal" or term.datatype not in _NUMERIC:
        return None
    try:
        value = float(term.value)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _steps(low: float, high: float) -> list[float]:
    """Round numbers from ``low`` to ``high``, about five."""
    span = (high - low) or 1.0
    rough = span / 4
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = floor(low / step)
    steps = [step * first]
    while steps[-1] < high and len(steps) < 12:
        first += 1
        steps.append(step * first)
    return steps


def shown(value: float) -> str:
    """A number with its thousands apart and no needless digits."""
    return f"{value:,.0f}" if value == floor(value) and abs(value) < 1e15 else f"{value:,.6g}"
