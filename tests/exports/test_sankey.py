"""The geometry of a Sankey diagram: everything has its place, and nothing is drawn over."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.serve.charts.sankey import GAP, LEAST, Band, sankey

TWO = ("fault", "remedy")
THREE = ("injustice", "fault", "remedy")


def band(fault: str, remedy: str, number: int) -> Band:
    return Band(("fault", fault), ("remedy", remedy), number)


BANDS = [band("delay", "apology", 5), band("delay", "payment", 3), band("advice", "apology", 2)]


def test_a_box_is_as_high_as_its_bands() -> None:
    drawing = sankey(BANDS, TWO)
    totals = {box.node: box.total for box in drawing.boxes}
    assert totals == {
        ("fault", "delay"): 8,
        ("fault", "advice"): 2,
        ("remedy", "apology"): 7,
        ("remedy", "payment"): 3,
    }
    heights = {box.node: box.height for box in drawing.boxes}
    assert heights["fault", "delay"] == pytest.approx(4 * heights["fault", "advice"])
    thick = {ribbon.band: ribbon.thickness for ribbon in drawing.ribbons}
    assert thick[BANDS[0]] + thick[BANDS[1]] == pytest.approx(heights["fault", "delay"], abs=0.02)


def test_the_order_of_the_bands_does_not_matter() -> None:
    assert sankey(BANDS, TWO) == sankey(BANDS[::-1], TWO)


def test_a_box_between_two_columns_takes_the_larger_side() -> None:
    harm = Band(("injustice", "distress"), ("fault", "delay"), 9)
    drawing = sankey([*BANDS, harm], THREE)
    middle = next(box for box in drawing.boxes if box.node == ("fault", "delay"))
    assert (middle.total, middle.column) == (9, 1)
    assert [box.column for box in drawing.boxes if box.node[0] == "injustice"] == [0]


def test_nothing_gives_an_empty_drawing() -> None:
    drawing = sankey([], TWO)
    assert (drawing.boxes, drawing.ribbons) == ((), ())


_KEYS = st.sampled_from("abcdefgh")
_PAIRS = st.dictionaries(st.tuples(_KEYS, _KEYS), st.integers(1, 500), min_size=1)


@given(_PAIRS)
def test_boxes_stand_apart_and_bands_end_inside_their_boxes(
    pairs: dict[tuple[str, str], int],
) -> None:
    drawing = sankey([band(a, b, number) for (a, b), number in pairs.items()], TWO)
    boxes = {box.node: box for box in drawing.boxes}
    for column in (0, 1):
        inside = sorted((b for b in drawing.boxes if b.column == column), key=lambda b: b.y)
        for upper, lower in pairwise(inside):
            assert lower.y >= upper.y + max(upper.height + GAP, LEAST) - 0.02
        assert inside[-1].y + inside[-1].height <= drawing.height
    for ribbon in drawing.ribbons:
        start, _, end = ribbon.path[1:].replace("C", " ").split()[1], None, ribbon.path.split()[-1]
        for node, y in ((ribbon.band.left, float(start)), (ribbon.band.right, float(end))):
            box = boxes[node]
            assert box.y - 0.6 <= y <= box.y + box.height + 0.6
