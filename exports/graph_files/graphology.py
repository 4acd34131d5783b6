"""graphology's serialised graph (https://graphology.github.io/serialization.html).

For graphology itself, for sigma and for Gephi Lite. Nodes have the attributes that sigma
draws: ``x``, ``y`` (upwards), ``size``, ``color`` and ``label``.
"""

from __future__ import annotations

from exports.graph_files.graph_file import GraphFile
from exports.graph_files.json_text import JsonWriter, evidence, json_bytes
from exports.layout import appearance, size
from exports.network import Edge, Node


class _Writer(JsonWriter):
    # type names the program that sigma draws an item with, and an unknown one is an error
    reserved = (
        *("kind", "label", "evidence", "x", "y", "size", "color", "type", "hidden"),
        *("forceLabel", "highlighted", "zIndex"),
    )

    def start(self) -> bytes:
        title = json_bytes(self.content.title)
        head = b'{"options":{"type":"directed","multi":true,"allowSelfLoops":true},\n'
        return head + b'"attributes":{"name":%b},\n"nodes":[\n' % title

    def node(self, node: Node) -> bytes:
        x, y = node.place
        look: dict[str, object] = {
            "label": node.label,
            "kind": node.kind,
            "x": x,
            "y": 0.0 - y,
            "size": round(size(node) / 2, 2),
            "color": appearance(node.kind).colour,
        }
        attributes = look | self.attributes(node) | {"evidence": evidence(node)}
        return json_bytes({"key": node.id, "attributes": attributes})

    def middle(self) -> bytes:
        return b'\n],\n"edges":[\n'

    def edge(self, edge: Edge) -> bytes:
        words: dict[str, object] = {"label": edge.label, "kind": edge.kind}
        attributes = words | self.attributes(edge) | {"evidence": evidence(edge)}
        ends = {"key": edge.id, "source": edge.source, "target": edge.target}
        return json_bytes(ends | {"attributes": attributes})

    def end(self) -> bytes:
        return b"\n]}\n"


class Graphology(GraphFile):
    """For Gephi Lite and sigma: places, sizes (radius) and colours; all passages."""

    name = "graphology"
    extension = "graphology.json"
    media_type = "application/json"
    loses = "Named graphs and paragraphs; the attribute `type` is called `type_`."
    writer = _Writer
    advice = "export as CSV or N-Quads, which carry it"
