"""A network as pyvis has it, for those who want to go on with pyvis itself.

pyvis's own pages fetch scripts from other hosts and take some texts for markup; the page of
:mod:`exports.page` does neither. Here every text is escaped, and places are given, so that
nothing moves.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from exports.layout import appearance, layout
from exports.network import Edge, Network, Node

if TYPE_CHECKING:
    from pyvis.network import Network as Drawing

_SHAPES = {"disc": "dot", "square": "square", "triangle": "triangle", "diamond": "diamond"}
"""Shape names of the GEXF viz module as vis-network calls them."""


def pyvis(network: Network) -> Drawing:
    """The network as a pyvis Network: every node by its IRI, every edge with its id.

    Filled directly: ``add_node`` and ``add_edge`` compare each with all before it and would
    drop the second of two nodes with one id.
    """
    from pyvis.network import Network as Drawing

    places = layout(network)
    drawing = Drawing(directed=True, notebook=False, cdn_resources="in_line")
    drawing.toggle_physics(status=False)
    drawing.nodes = [_node(node, places[node.id]) for node in network.nodes]
    drawing.node_ids = [node.id for node in network.nodes]
    drawing.node_map = {node["id"]: node for node in drawing.nodes}
    drawing.edges = [_edge(edge) for edge in network.edges]
    return drawing


def _node(node: Node, place: tuple[float, float]) -> dict[str, object]:
    look = appearance(node.kind)
    x, y = place
    return {
        "id": node.id,
        "label": node.label,
        "title": _said(node),
        "kind": node.kind,
        "shape": _SHAPES[look.shape],
        "color": look.colour,
        "x": x,
        "y": y,
    }


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "id": edge.id,
        "from": edge.source,
        "to": edge.target,
        "label": edge.label,
        "title": _said(edge),
        "kind": edge.kind,
        "arrows": "to",
    }


def _said(item: Node | Edge) -> str:
    """What a tooltip says: kind, label and first passage, escaped."""
    words = [item.kind, item.label, *(passage.quote for passage in item.passages[:1])]
    return escape(": ".join(words))
