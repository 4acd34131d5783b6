"""Places for networks of any size: a block for each decision, what they share at both sides.

Where :mod:`exports.layout` needs the whole network at once, this places one decision after
the other, so that a file can be written while the graph is read. Blocks fill a square,
column by column in the order of the decisions; inside one, things stand in columns as a
decision is told. Shared things stand level with the middle of the blocks that mention them
(the barycentre of Sugiyama, Tagawa and Toda 1981, taken once): authorities to the left, all
others to the right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil, sqrt

from exports.layout import COLUMN_WIDTH, ROW_HEIGHT, appearance
from exports.network import Node

_COLUMNS = 5
"""Columns of a block, with a free one behind it."""
_ROWS = 8
"""Rows that a block has room for; more stand closer."""


class Blocks:
    """Gives places to the nodes of ``count`` decisions, in the order they come."""

    def __init__(self, count: int) -> None:
        # a block is wider than high, so a square has fewer columns of them than rows
        shape = (_COLUMNS * COLUMN_WIDTH) / (_ROWS * ROW_HEIGHT)
        self._rows = max(1, ceil(sqrt(count * shape)))
        self._columns = max(1, ceil(count / self._rows))
        self._number = 0
        self._mentions: dict[str, tuple[int, int]] = {}
        """Shared id to the number of decisions that mention it and the sum of their rows."""

    def placed(self, nodes: Iterable[Node], mentioned: Iterable[str]) -> list[Node]:
        """The nodes of the next decision with their places; ``mentioned`` are shared ids."""
        column, row = divmod(self._number, self._rows)
        self._number += 1
        for id in mentioned:
            count, rows = self._mentions.get(id, (0, 0))
            self._mentions[id] = count + 1, rows + row
        by_column: dict[int, list[Node]] = {}
        for node in nodes:
            by_column.setdefault(appearance(node.kind).column, []).append(node)
        left, top, height = column * _COLUMNS * COLUMN_WIDTH, row * _ROWS * ROW_HEIGHT, _ROWS
        return [
            replace(
                node,
                place=(
                    left + number * COLUMN_WIDTH,
                    round(top + (index + 0.5) / max(len(members), height) * height * ROW_HEIGHT, 1),
                ),
            )
            for number, members in sorted(by_column.items())
            for index, node in enumerate(members)
        ]

    def mentions(self, id: str) -> int:
        """How many of the decisions so far mention a shared node."""
        return self._mentions.get(id, (0, 0))[0]

    def placed_shared(self, nodes: Iterable[Node]) -> list[Node]:
        """Shared nodes with their places, sorted by id."""
        by_column: dict[int, list[Node]] = {}
        for node in nodes:
            by_column.setdefault(appearance(node.kind).column, []).append(node)
        height = max(self._rows * _ROWS, 1)
        placed = []
        for number, members in by_column.items():
            members.sort(key=lambda node: (self._row(node.id), node.id))
            step = max(ROW_HEIGHT, height * ROW_HEIGHT / len(members))
            x = (number or -1) * COLUMN_WIDTH
            x += self._columns * _COLUMNS * COLUMN_WIDTH if number else 0
            placed += [
                replace(node, place=(x, round((index + 0.5) * step, 1)))
                for index, node in enumerate(members)
            ]
        return sorted(placed, key=lambda node: node.id)

    def _row(self, id: str) -> float:
        count, rows = self._mentions.get(id, (0, 0))
        return rows / count if count else float(self._rows)
