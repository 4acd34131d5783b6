"""Cytoscape.js JSON (https://js.cytoscape.org/#notation/elements-json).

``cytoscape(JSON.parse(text))`` draws it: elements with ``data``, ``position`` and
``classes``, a style for each kind, and the layout ``preset``. Cytoscape (desktop) opens it
too; there ``name`` is what it shows.
"""

from __future__ import annotations

from exports.graph_files.graph_file import GraphFile
from exports.graph_files.json_text import JsonWriter, evidence, json_bytes
from exports.graph_files.looks import EDGE_COLOUR, SHAPES
from exports.layout import APPEARANCE, OTHER, appearance, size
from exports.network import Edge, Node


class _Writer(JsonWriter):
    # parent would put a node inside another; the rest Cytoscape (desktop) keeps for itself
    reserved = (
        *("id", "source", "target", "parent", "name", "kind", "size", "evidence"),
        *("interaction", "selected", "shared_name", "shared name", "SUID"),
    )

    def start(self) -> bytes:
        title = json_bytes(self.content.title)
        return b'{"data":{"name":%b},\n"elements":{"nodes":[\n' % title

    def node(self, node: Node) -> bytes:
        x, y = node.place
        data: dict[str, object] = {
            "id": node.id,
            "name": node.label,
            "kind": node.kind,
            "size": round(size(node), 2),
        }
        data |= self.attributes(node)
        data["evidence"] = evidence(node)
        place = {"x": x, "y": y}
        return json_bytes({"data": data, "position": place, "classes": _class(node.kind)})

    def middle(self) -> bytes:
        return b'\n],"edges":[\n'

    def edge(self, edge: Edge) -> bytes:
        data: dict[str, object] = {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "name": edge.label,
            "kind": edge.kind,
        }
        data |= self.attributes(edge)
        data["evidence"] = evidence(edge)
        return json_bytes({"data": data, "classes": _class(edge.kind)})

    def end(self) -> bytes:
        kinds = sorted(self.content.schema.nodes.keys() & APPEARANCE.keys())
        style = json_bytes([*_STYLE, *(_by_kind(kind) for kind in kinds)])
        return b'\n]},\n"style":%b,\n"layout":{"name":"preset"}}\n' % style


def _class(kind: str) -> str:
    """A kind as one class: white space would part it."""
    return "-".join(kind.split())


_STYLE: tuple[dict[str, object], ...] = (
    {
        "selector": "node",
        "style": {
            "label": "data(name)",
            "width": "data(size)",
            "height": "data(size)",
            "background-color": OTHER.colour,
            "font-size": 8,
            "text-halign": "right",
            "text-valign": "center",
            "text-wrap": "ellipsis",
            "text-max-width": "200px",
            "text-margin-x": 2,
            "text-background-color": "#ffffff",
            "text-background-opacity": 0.8,
            "min-zoomed-font-size": 5,
        },
    },
    {
        "selector": "edge",
        "style": {
            "width": 1,
            "line-color": EDGE_COLOUR,
            "target-arrow-color": EDGE_COLOUR,
            "target-arrow-shape": "triangle",
            "arrow-scale": 0.6,
            "curve-style": "bezier",
        },
    },
)


def _by_kind(kind: str) -> dict[str, object]:
    look = appearance(kind)
    style = {"background-color": look.colour, "shape": SHAPES[look.shape]}
    return {"selector": f'node[kind = "{kind}"]', "style": style}


class Cytoscape(GraphFile):
    """Drawn as it is by Cytoscape.js; all passages as ``evidence``."""

    name = "cytoscape"
    extension = "cyjs"
    media_type = "application/json"
    loses = "Named graphs and paragraphs."
    writer = _Writer
    advice = "export as CSV or N-Quads, which carry it"
