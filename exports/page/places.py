"""Where items stand on the page and how their kinds look, those of foreign kinds too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import cos, pi, sin

from exports.layout import APPEARANCE, COLUMN_WIDTH, ROW_HEIGHT, Appearance, appearance, layout
from exports.network import Edge, Network, Node

Look = Appearance

_MAIN_ITEMS = 14
"""Authorities, and types of each kind, that totals draw at first: what a screen holds."""
_MAIN_LINKS = 3
"""Links that each of them is drawn with at first."""
_FOREIGN = (
    *(("#1f5a8a", "●"), ("#a8381f", "▲"), ("#24733f", "■"), ("#7a3f8f", "◆")),
    *(("#8a5a12", "★"), ("#2f7078", "▽"), ("#8a3a68", "○"), ("#4b5aa8", "□")),
)
"""Colours (contrast 4.5 or more on white) and signs of kinds that a query made, in turn."""


def looks(network: Network) -> dict[str, Look]:
    """Kind to its look, in the order of columns; what is only linked from stands before all."""
    kinds = network.kinds()
    unknown = sorted(kind for kind in kinds if kind not in APPEARANCE)
    kind_of = {node.id: node.kind for node in network.nodes}
    leading = {kind_of[e.source] for e in network.edges if kind_of[e.source] != kind_of[e.target]}
    found = {kind: appearance(kind) for kind in kinds}
    for number, kind in enumerate(unknown):
        colour, sign = _FOREIGN[number % len(_FOREIGN)]
        column = -1 if kind in leading else found[kind].column
        found[kind] = replace(found[kind], colour=colour, sign=sign, column=column)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].column, pair[0])))


def main_part(network: Network) -> Network:
    """The part of the totals that is drawn at first: what occurs most, with its main links."""
    columns: dict[int, list[Node]] = {}
    for node in sorted(network.nodes, key=lambda n: (-int(n.attributes["decisions"]), n.id)):
        columns.setdefault(appearance(node.kind).column, []).append(node)
    kept = {node.id for nodes in columns.values() for node in nodes[:_MAIN_ITEMS]}
    links: dict[str, list[Edge]] = {}
    for edge in network.edges:
        if edge.source in kept and edge.target in kept:
            links.setdefault(edge.source, []).append(edge)
    edges = [
        edge
        for found in links.values()
        for edge in sorted(found, key=lambda e: (-int(e.attributes["weight"]), e.id))[:_MAIN_LINKS]
    ]
    linked = {end for edge in edges for end in (edge.source, edge.target)} or kept
    return Network.of((node for node in network.nodes if node.id in linked), edges)


def places(
    network: Network, main: Network, look: Mapping[str, Look]
) -> dict[str, tuple[float, float]]:
    """Node id to its place: the main part laid out, the rest of each column below it.

    The Ombudsman's powers are such a rest, because they are hidden at first. Where all
    stand in one column, they stand in a circle, in which links between them can be seen.
    """
    powers = {node.id for node in network.nodes if node.kind == "powers"}
    told = Network(
        tuple(node for node in main.nodes if node.id not in powers),
        tuple(e for e in main.edges if not {e.source, e.target} & powers),
    )
    if len({look[node.kind].column for node in told.nodes}) == 1 and told.edges:
        found = _circle(told.nodes)
    else:
        found = layout(told, {kind: of.column for kind, of in look.items()})
    # the rest goes below what stands in its column, whose x its own kind or a neighbour has
    column_of = {node.id: look[node.kind].column for node in network.nodes}
    x_of = {column_of[id]: x for id, (x, _) in found.items()}
    last = max(x_of.values(), default=-COLUMN_WIDTH)
    bottom: dict[int, float] = {}
    for id, (_, y) in found.items():
        bottom[column_of[id]] = max(y, bottom.get(column_of[id], y))
    for node in sorted(network.nodes, key=lambda n: (n.kind, n.label, n.id)):
        if node.id not in found:
            column = column_of[node.id]
            if column not in x_of:
                x_of[column] = last = last + COLUMN_WIDTH
            bottom[column] = bottom.get(column, -ROW_HEIGHT) + ROW_HEIGHT
            found[node.id] = (x_of[column], bottom[column])
    return found


def _circle(nodes: tuple[Node, ...]) -> dict[str, tuple[float, float]]:
    """The nodes in a circle, by label from the top."""
    ordered = sorted(nodes, key=lambda node: (node.kind, node.label, node.id))
    radius = max(COLUMN_WIDTH, len(ordered) * ROW_HEIGHT / pi)
    step = 2 * pi / max(1, len(ordered))
    return {
        node.id: (round(radius * sin(i * step), 1), round(-radius * cos(i * step), 1))
        for i, node in enumerate(ordered)
    }
