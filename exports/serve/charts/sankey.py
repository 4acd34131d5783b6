"""Where a Sankey diagram puts its boxes and bands: plain numbers for SVG.

Columns of boxes stand from left to right; a band between two boxes is as thick as its
number. Boxes are as high as their bands, the largest on top on the first side, those of
other columns near what they are tied to, so that few bands cross. The same bands always
give the same drawing.

Example: ``sankey([Band(("fault", "delay"), ("remedy", "apology"), 7)], ["fault", "remedy"])``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 1000.0
LABELS = 232.0
"""Room for words beside the first and the last column."""
BOX = 14.0
INSIDE = 176.0
"""Width of the boxes of a middle column, which hold their words: no band runs over them."""
GAP = 9.0
LEAST = 17.0
"""Least distance from one box to the next, so that their words stand apart."""
THICK = 560.0
"""All bands of the fullest column together, at most."""
BAND = 40.0
"""Room for each band, so that a few do not fill a screen."""
ROUNDS = 4
"""How often columns are set in order by their neighbours."""

Node = tuple[str, str]
"""What a box stands for: the name of its column and a key."""


@dataclass(frozen=True, slots=True)
class Band:
    """A link from a box to one in the next column to the right."""

    left: Node
    right: Node
    number: int


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the drawing."""

    node: Node
    column: int
    total: int
    """The numbers of its bands added up, on the side that has more."""
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.y + self.height / 2, 2)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One band of the drawing, as the path of its middle and its thickness."""

    band: Band
    path: str
    thickness: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, bands and the height of all."""

    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    height: float


def sankey(bands: Sequence[Band], columns: Sequence[str]) -> Drawing:
    """The drawing of some bands; ``columns`` are the columns' names from the left."""
    place = {name: number for number, name in enumerate(columns)}
    totals = _totals(bands)
    order = _ordered(bands, columns, totals)
    fullest = max((sum(totals[node] for node in nodes) for nodes in order), default=0)
    scale = min(THICK, BAND * len(bands)) / fullest if fullest else 1.0
    boxes: dict[Node, Box] = {}
    for nodes in order:
        y = GAP
        for node in nodes:
            column = place[node[0]]
            height = max(2.0, totals[node] * scale)
            width = INSIDE if 0 < column < len(columns) - 1 else BOX
            x = LABELS + column * (WIDTH - 2 * LABELS - BOX) / max(len(columns) - 1, 1)
            x -= (width - BOX) / 2
            box = Box(node, column, totals[node], round(x, 2), round(y, 2), width, height)
            boxes[node] = box
            y += max(height + GAP, LEAST)
    bottom = max((box.y + max(box.height, LEAST) for box in boxes.values()), default=0)
    return Drawing(tuple(boxes.values()), tuple(_ribbons(bands, boxes, scale)), bottom + GAP)


def _totals(bands: Sequence[Band]) -> Mapping[Node, int]:
    """For each box the larger of what comes in and what goes out."""
    out: dict[Node, int] = defaultdict(int)
    into: dict[Node, int] = defaultdict(int)
    for band in bands:
        out[band.left] += band.number
        into[band.right] += band.number
    return {node: max(out[node], into[node]) for node in {**out, **into}}


def _ordered(
    bands: Sequence[Band], columns: Sequence[str], totals: Mapping[Node, int]
) -> list[list[Node]]:
    """The boxes of each column from the top: large ones first, then near their neighbours."""
    order = [
        sorted((node for node in totals if node[0] == name), key=lambda n: (-totals[n], n))
        for name in columns
    ]
    near: dict[Node, list[tuple[Node, int]]] = defaultdict(list)
    for band in bands:
        near[band.left].append((band.right, band.number))
        near[band.right].append((band.left, band.number))
    # the first column with several neighbours keeps its order; the others follow it
    fixed = 1 if len(columns) > 2 else 0
    for _ in range(ROUNDS):
        rank = {node: (i + 0.5) / len(nodes) for nodes in order for i, node in enumerate(nodes)}
        for column, nodes in enumerate(order):
            if column != fixed:
                nodes.sort(key=lambda node: (_middle(near[node], rank), -totals[node], node))
    return order


def _middle(near: Sequence[tuple[Node, int]], rank: Mapping[Node, float]) -> float:
    weight = sum(number for _, number in near)
    return round(sum(rank[node] * number for node, number in near) / max(weight, 1), 6)


def _ribbons(bands: Sequence[Band], boxes: Mapping[Node, Box], scale: float) -> list[Ribbon]:
    """Each band between its boxes; bands leave a box in the order in which they arrive."""
    used: dict[tuple[Node, str], float] = defaultdict(float)
    starts: dict[Band, float] = {}
    for band in sorted(bands, key=lambda b: (boxes[b.right].y, b.left, b.right)):
        starts[band] = boxes[band.left].y + used[band.left, "out"]
        used[band.left, "out"] += band.number * scale
    found = []
    for band in sorted(bands, key=lambda b: (boxes[b.left].y, b.left, b.right)):
        thickness = band.number * scale
        left, right = boxes[band.left], boxes[band.right]
        y0 = starts[band] + thickness / 2
        y1 = right.y + used[band.right, "in"] + thickness / 2
        used[band.right, "in"] += thickness
        x0, x1 = left.x + left.width, right.x
        bend = (x0 + x1) / 2
        path = f"M{x0:.1f} {y0:.1f}C{bend:.1f} {y0:.1f} {bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        found.append(Ribbon(band, path, round(max(thickness, 1.0), 2)))
    return found
