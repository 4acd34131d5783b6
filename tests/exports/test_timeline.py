"""The drawing of decisions over time: its width and the marks under its bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from exports.serve import create_app
from exports.serve.charts.bars import chart
from exports.serve.charts.timeline import LEFT, MARK, STEP, WIDTH, Timeline, strip
from graph.questions.results import Rows, Term
from graph.triples.ntriples import XSD
from tests import factories


def _strip(folder: Path, days: Sequence[date], by: str) -> Timeline:
    made = [
        factories.decision(reference=f"22 900 {number:03}", date=day)
        for number, day in enumerate(days)
    ]
    with factories.build_graph(made, folder) as kg:
        return strip(create_app(kg).state.site, (), by)


def test_few_quarters_are_marked_one_by_one_in_a_drawing_of_their_width(tmp_path: Path) -> None:
    line = _strip(tmp_path, [date(2022, 5, 1), date(2022, 12, 1)], "quarter")
    assert [bar.mark for bar in line.bars] == ["Apr–Jun 2022", "Jul–Sep 2022", "Oct–Dec 2022"]
    assert line.width == LEFT + 3 * STEP < WIDTH
    assert all(bar.x >= LEFT and bar.x + bar.width <= line.width for bar in line.bars)


@pytest.mark.parametrize("month", [1, 4, 7, 10])
@pytest.mark.parametrize("years", [2, 3, 9])
def test_the_years_under_many_quarters_do_not_touch(tmp_path: Path, month: int, years: int) -> None:
    line = _strip(tmp_path, [date(2016, month, 1), date(2016 + years, 12, 1)], "quarter")
    marked = [bar for bar in line.bars if bar.mark]
    assert {bar.mark for bar in marked} >= {str(2016 + year) for year in range(1, years + 1)}
    assert all(after.x - bar.x >= MARK for bar, after in pairwise(marked))
    assert line.width == WIDTH


def test_shortened_labels_keep_a_beginning_of_each_of_their_words() -> None:
    council = "Tarnbeck Metropolitan Borough Council"
    labels = [f"{council} · Poor communication", f"{council} · Delay", "Short", council * 2]
    number = Term("literal", "1", XSD + "integer")
    rows = Rows(("a", "n"), tuple((Term("literal", label), number) for label in labels))
    made = chart(rows, labels)
    assert made is not None
    shown = [bar.short for bar in made.bars]
    assert all(len(label) <= 38 for label in shown)
    assert "Poor comm" in shown[0]
    assert shown[1].endswith("… · Delay")
    assert shown[2] == "Short"
    assert shown[3].endswith("…")
    assert len(set(shown)) == 4
    assert [bar.label for bar in made.bars] == labels
