"""Places for networks of any size: a block for each decision, what they share at both sides.

Where :mod:`exports.layout` needs the whole network at once, this places one decision after
the other, so that a file can be written while the graph is read. Blocks fill a square,
column by column in the order of the decisions; inside one, things stand in columns as a
decision is told. Shared things stand level with the middle of the blocks that mention them
(the barycentre of Sugiyama, Tagawa and Toda 1981, taken once): authorities to the left, all
others to the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        right = self._columns * _COLUMNS + 1
        placed: list[Node] = []
        for number, members in sorted(by_column.items()):
            # as many columns beside each other as they need not to stand taller than the blocks
            wide = ceil(len(members) / max(self._rows * _ROWS, 1))
            left = right if number else -wide
            placed += self._level(members, left, wide)
            right += wide if number else 0
        return sorted(placed, key=lambda node: node.id)

    def _level(self, members: list[Node], left: int, wide: int) -> Iterator[Node]:
        """Nodes in ``wide`` columns from ``left``, filled row by row from the top."""
        members.sort(key=lambda node: (self._row(node.id), node.id))
        step = max(ROW_HEIGHT, self._rows * _ROWS * ROW_HEIGHT / ceil(len(members) / wide))
        for index, node in enumerate(members):
            row, column = divmod(index, wide)
            x = (left + column) * COLUMN_WIDTH
            yield replace(node, place=(x, round((row + 0.5) * step, 1)))

    def _row(self, id: str) -> float:
        count, rows = self._mentions.get(id, (0, 0))
        return rows / count if count else float(self._rows)
