"""Where things stand and how they look: columns from council to law, rows by barycentre.

The columns follow how a decision is told: council, decision, finding, injustice, remedy,
law and bodies. Rows are ordered so that linked things stand near each other (Sugiyama,
Tagawa and Toda 1981: the barycentre method). No randomness: the same network, the same
places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from exports.network import Network, Node

COLUMN_WIDTH = 252.0
"""Distance of two columns, in drawing units (a pixel at full size)."""
ROW_HEIGHT = 74.0
"""Distance of two rows."""
BAND_GAP = 40.0
"""Free height between the bands of two decisions."""
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


def size(node: Node) -> float:
    """The diameter of a node in pixels: 10, and more for what many decisions mention."""
    decisions = node.attributes.get("decisions", 1)  # what a query calls so may be no number
    return 10.0 + 4.0 * log2(max(1, decisions if isinstance(decisions, int) else 1))


def layout(
    network: Network, column_of: Mapping[str, int] | None = None
) -> dict[str, tuple[float, float]]:
    """Node id to (x, y), x to the right and y downwards.

    ``column_of`` gives the column of kinds that stand elsewhere than they look.

    Where there are decisions, each has a band of its own; councils, law and bodies stand
    level with the bands they are linked to.
    """
    columns = _columns(network, column_of or {})
    near: dict[str, list[str]] = {node.id: [] for node in network.nodes}
    for edge in network.edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    row = {id: index / len(column) for column in columns for index, id in enumerate(column)}
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            _order(column, near, row)
    height = _bands(network, columns, row)
    _level(columns, near, height)
    return {
        id: (number * COLUMN_WIDTH, round(height[id], 1))
        for number, column in enumerate(columns)
        for id in column
    }


def _columns(network: Network, column_of: Mapping[str, int]) -> list[list[str]]:
    """Node ids by column, empty columns left out, each in order of kind, label and id."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for node in network.nodes:
        column = column_of.get(node.kind, appearance(node.kind).column)
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


def _bands(
    network: Network, columns: list[list[str]], row: Mapping[str, float]
) -> dict[str, float]:
    """The heights of what a decision owns: a band for each, as tall as its longest column.

    Decisions follow each other by authority and date. Only columns that hold nothing
    shared are placed; the others are left for :func:`_level`.
    """
    owner = _owners(network)
    bands: dict[str, list[list[str]]] = {decision: [] for decision in _told_in_order(network)}
    for column in columns:
        if all(id in owner for id in column):
            for decision, members in bands.items():
                members.append([id for id in column if owner[id] == decision])
    height: dict[str, float] = {}
    top = 0.0
    for members in bands.values():
        tallest = max((len(ids) for ids in members), default=0)
        middle = top + (tallest - 1) / 2 * ROW_HEIGHT
        for ids in members:
            for index, id in enumerate(sorted(ids, key=lambda id: (row[id], id))):
                height[id] = middle + (index - (len(ids) - 1) / 2) * ROW_HEIGHT
        top += tallest * ROW_HEIGHT + BAND_GAP
    return height


def _owners(network: Network) -> dict[str, str]:
    """Decisions and what belongs to one alone, each with that decision."""
    decisions = {node.id for node in network.nodes if node.kind == "decision"}
    owner = {decision: decision for decision in decisions}
    for node in network.nodes:
        steps = node.id.split("/")
        for length in range(len(steps) - 1, 0, -1):
            above = "/".join(steps[:length])
            if above in decisions:
                owner.setdefault(node.id, above)
    return owner


def _told_in_order(network: Network) -> list[str]:
    """The decisions by authority, then date."""
    label = {node.id: node.label for node in network.nodes}
    about = {edge.source: label[edge.target] for edge in network.edges if edge.kind == "against"}
    told = [node for node in network.nodes if node.kind == "decision"]
    told.sort(key=lambda n: (about.get(n.id, ""), str(n.attributes.get("date", "")), n.id))
    return [node.id for node in told]


def _level(
    columns: list[list[str]], near: Mapping[str, list[str]], height: dict[str, float]
) -> None:
    """Place every column that has no place yet, level with what it is linked to.

    Without bands the longest column leads; the last, law and bodies, never does.
    """
    if not columns:
        return
    leading = range(max(1, len(columns) - 1))
    start = max(leading, key=lambda number: len(columns[number]))
    for number in [*range(start, -1, -1), *range(start + 1, len(columns))]:
        column = columns[number]
        if column[0] in height:
            continue
        wanted: list[float] = []
        for id in column:
            placed = [height[other] for other in near[id] if other in height]
            free = wanted[-1] + ROW_HEIGHT if wanted else 0.0
            wanted.append(sum(placed) / len(placed) if placed else free)
        order = sorted(range(len(column)), key=lambda index: (wanted[index], index))
        places = _apart([wanted[index] for index in order])
        height.update(zip((column[index] for index in order), places, strict=True))


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
