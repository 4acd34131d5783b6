"""Where things stand and how they look: columns from council to law, rows by barycentre.

The columns follow how a decision is told: council, decision, finding, injustice, remedy,
law and bodies. Rows are ordered so that linked things stand near each other (Sugiyama,
Tagawa and Toda 1981: the barycentre method). No randomness: the same network, the same
places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exports.network import Network

COLUMN_WIDTH = 252.0
"""Distance of two columns, in drawing units (a pixel at full size)."""
ROW_HEIGHT = 74.0
"""Distance of two rows."""
_SWEEPS = 6
"""Passes over the columns; more change little."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How one kind of node looks; sign and column tell kinds apart without colour."""

    column: int
    colour: str
    sign: str
    """A character that stands before the label."""
    shape: str
    """Shape name of the GEXF viz module."""


def _look(column: int, colour: str, sign: str, shape: str) -> Appearance:
    return Appearance(column, colour, sign, shape)


APPEARANCE: Mapping[str, Appearance] = {
    "council": _look(0, "#1f5a8a", "■", "square"),
    "authority": _look(0, "#4a6f8c", "□", "square"),
    "complaint": _look(1, "#5c6b77", "○", "disc"),
    "complaint part": _look(1, "#7a8894", "◦", "disc"),
    "complainant": _look(1, "#7a6c8f", "◌", "disc"),
    "category": _look(1, "#5f7a5a", "▢", "square"),
    "decision": _look(1, "#3d4b57", "●", "disc"),
    "investigation": _look(1, "#5c6b77", "◎", "disc"),
    "finding": _look(2, "#a8381f", "▲", "triangle"),
    "fault type": _look(2, "#a8381f", "▲", "triangle"),
    "reason": _look(2, "#8a5a12", "▽", "triangle"),
    "reason type": _look(2, "#8a5a12", "▽", "triangle"),
    "unread mention": _look(2, "#767676", "?", "disc"),
    "injustice": _look(3, "#7a3f8f", "◆", "diamond"),
    "injustice type": _look(3, "#7a3f8f", "◆", "diamond"),
    "remedy": _look(4, "#24733f", "★", "disc"),
    "remedy type": _look(4, "#24733f", "★", "disc"),
    "law": _look(5, "#4b5aa8", "§", "square"),
    "powers": _look(5, "#6a7480", "§", "square"),
    "guidance": _look(5, "#2f7078", "¶", "square"),
    "court case": _look(5, "#6b5430", "◇", "diamond"),
    "citation": _look(5, "#767676", "…", "square"),
    "body": _look(5, "#8a3a68", "⬟", "diamond"),
}
"""Kind of node to its look; colours have a contrast of 4.5 or more on white."""

OTHER = _look(5, "#767676", "·", "disc")
"""The look of a kind that is not listed."""


def appearance(kind: str) -> Appearance:
    """The look of a kind."""
    return APPEARANCE.get(kind, OTHER)


def layout(network: Network) -> dict[str, tuple[float, float]]:
    """Node id to (x, y), x to the right and y downwards; the longest column is centred on 0."""
    columns = _columns(network)
    near: dict[str, list[str]] = {node.id: [] for node in network.nodes}
    for edge in network.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    row = {id: index / len(column) for column in columns for index, id in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _order(column, near, row)
    height = _heights(columns, near)
    return {
        id: (number * COLUMN_WIDTH, round(height[id], 1))
        for number, column in enumerate(columns)
        for id in column
    }


def _columns(network: Network) -> list[list[str]]:
    """Node ids by column, empty columns left out, each in order of kind, label and id."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for node in network.nodes:
        column = appearance(node.kind).column
        found.setdefault(column, []).append((node.kind, node.label, node.id))
    return [[id for _, _, id in sorted(found[column])] for column in sorted(found)]


def _order(column: list[str], near: Mapping[str, list[str]], row: dict[str, float]) -> None:
    """Sort one column by the mean of its neighbours' rows, each a share of its column."""
    inside = set(column)
    wanted = {}
    for id in column:
        others = [row[other] for other in near[id] if other not in inside]
        wanted[id] = sum(others) / len(others) if others else row[id]
    column.sort(key=lambda id: (wanted[id], id))
    for index, id in enumerate(column):
        row[id] = (index + 0.5) / len(column)


def _heights(columns: list[list[str]], near: Mapping[str, list[str]]) -> dict[str, float]:
    """The longest column without gaps, every other one level with what it is linked to.

    The last column, law and bodies, is shared by the decisions and never leads.
    """
    height: dict[str, float] = {}
    if not columns:
        return height
    leading = range(max(1, len(columns) - 1))
    start = max(leading, key=lambda number: len(columns[number]))
    outwards = [*range(start, -1, -1), *range(start + 1, len(columns))]
    for number in outwards:
        column = columns[number]
        middle = (len(column) - 1) / 2
        wanted: list[float] = []
        for index, id in enumerate(column):
            placed = [height[other] for other in near[id] if other in height]
            free = wanted[-1] + ROW_HEIGHT if wanted else (index - middle) * ROW_HEIGHT
            wanted.append(sum(placed) / len(placed) if placed else free)
        order = sorted(range(len(column)), key=lambda index: (wanted[index], index))
        column[:] = [column[index] for index in order]
        height.update(zip(column, _apart([wanted[index] for index in order]), strict=True))
    return height


def _apart(wanted: list[float]) -> list[float]:
    """The places nearest to the wanted ones that keep their order and the row height.

    Least squares by pooling neighbours that collide (Ayer et al. 1955, the
    pool-adjacent-violators algorithm), after taking out one row height for each step.
    """
    pools: list[tuple[float, int]] = []
    for index, place in enumerate(wanted):
        mean, size = place - index * ROW_HEIGHT, 1
        while pools and pools[-1][0] > mean:
            before, count = pools.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        pools.append((mean, size))
    flat = [mean for mean, size in pools for _ in range(size)]
    return [mean + index * ROW_HEIGHT for index, mean in enumerate(flat)]
