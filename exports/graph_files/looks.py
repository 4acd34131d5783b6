"""The looks of :mod:`exports.layout` in the words of other programs."""

from __future__ import annotations

from collections.abc import Mapping

SHAPES: Mapping[str, str] = {
    "disc": "ellipse",
    "square": "rectangle",
    "triangle": "triangle",
    "diamond": "diamond",
}
"""Shape of :class:`exports.layout.Appearance` to its name in Cytoscape and GML."""

EDGE_COLOUR = "#b5bdc4"
"""The colour of edges, where a format asks for one: light, so that nodes stand out."""


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour such as ``#1f5a8a``, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
