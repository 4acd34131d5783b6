"""CX2, the exchange format of Cytoscape and NDEx.

https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/
and, for the style, https://cytoscape.org/cx/cx2/cx2-visual-styles. Nodes and edges have
numbers as ids there; ``iri`` is what they are called here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from exports.content import Content, Portion
from exports.graph_files.graph_file import LOSES, GraphFile
from exports.graph_files.json_text import JsonWriter, json_bytes
from exports.graph_files.looks import EDGE_COLOUR, SHAPES
from exports.graph_files.names import PASSAGE
from exports.graph_files.numbers import Numbers
from exports.kinds import Columns, declared
from exports.layout import APPEARANCE, OTHER, size
from exports.network import Edge, Node

_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean", date: "string"}
_OWN_NODE: dict[str, type] = {"name": str, "kind": str, "iri": str, "size": float}
_OWN_EDGE: dict[str, type] = {"name": str, "interaction": str, "iri": str}


class _Writer(JsonWriter):
    counts_first = True
    reserved = (*_OWN_NODE, *_OWN_EDGE)
    largest = 2**31 - 1  # "integer" of the specification is that of Java

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._numbers = Numbers()

    def begin(self, portion: Portion) -> None:
        self._numbers.begin(portion.owner)

    def start(self) -> bytes:
        counts = {
            "attributeDeclarations": 1,
            "networkAttributes": 1,
            "nodes": self.nodes,
            "edges": self.edges,
            "visualProperties": 1,
        }
        metadata = [{"name": name, "elementCount": count} for name, count in counts.items()]
        schema = self.content.schema
        declarations = {
            "networkAttributes": {"name": {"d": "string"}},
            "nodes": self._declared(_OWN_NODE, schema.nodes),
            "edges": self._declared(_OWN_EDGE, schema.edges),
        }
        aspects = (
            {"CXVersion": "2.0", "hasFragments": False},
            {"metaData": metadata},
            {"attributeDeclarations": [declarations]},
            {"networkAttributes": [{"name": self.content.title}]},
        )
        return b"[" + b",\n".join(map(json_bytes, aspects)) + b',\n{"nodes":[\n'

    def _declared(self, own: dict[str, type], kinds: Columns) -> dict[str, dict[str, str]]:
        """Attribute to its data type, for all that nodes (or edges) may have."""
        types = {**PASSAGE, **self.content.schema.types}
        used = sorted(set(PASSAGE).union(*kinds.values()))
        ours = {name: {"d": _TYPES[type_]} for name, type_ in own.items()}
        return ours | {self.names[name]: {"d": _TYPES[types[name]]} for name in used}

    def node(self, node: Node) -> bytes:
        declared(node, self.content.schema)
        x, y = node.place
        own = {"name": node.label, "kind": node.kind, "iri": node.id, "size": round(size(node), 2)}
        number = self._numbers.of(node.id)
        return json_bytes({"id": number, "x": x, "y": y, "v": own | self.attributes(node)})

    def middle(self) -> bytes:
        return b'\n]},\n{"edges":[\n'

    def edge(self, edge: Edge) -> bytes:
        declared(edge, self.content.schema)
        own = {"name": edge.label, "interaction": edge.kind, "iri": edge.id}
        source, target = self._numbers.of(edge.source), self._numbers.of(edge.target)
        ends = {"id": self.edges, "s": source, "t": target}
        return json_bytes({**ends, "v": own | self.attributes(edge)})

    def end(self) -> bytes:
        style = json_bytes({"visualProperties": [_style(self.content.schema.nodes)]})
        return b"\n]},\n%b,\n" % style + b'{"status":[{"error":"","success":true}]}]\n'


def _style(kinds: Columns) -> dict[str, Any]:
    """Colour and shape by kind, size and label by their attributes."""
    looks = {kind: APPEARANCE[kind] for kind in sorted(kinds.keys() & APPEARANCE.keys())}
    colours = {kind: look.colour.upper() for kind, look in looks.items()}
    shapes = {kind: SHAPES[look.shape] for kind, look in looks.items()}
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_SHAPE": SHAPES[OTHER.shape],
                "NODE_BACKGROUND_COLOR": OTHER.colour.upper(),
                "NODE_BORDER_WIDTH": 0.0,
                "NODE_WIDTH": 10.0,
                "NODE_HEIGHT": 10.0,
                "NODE_LABEL_COLOR": "#000000",
                "NODE_LABEL_FONT_SIZE": 8,
                "NODE_LABEL_MAX_WIDTH": 200.0,
                "NODE_LABEL_POSITION": {
                    "HORIZONTAL_ALIGN": "left",
                    "HORIZONTAL_ANCHOR": "right",
                    "VERTICAL_ALIGN": "center",
                    "VERTICAL_ANCHOR": "center",
                    "JUSTIFICATION": "left",
                    "MARGIN_X": 2.0,
                    "MARGIN_Y": 0.0,
                },
            },
            "edge": {
                "EDGE_WIDTH": 1.0,
                "EDGE_LINE_COLOR": EDGE_COLOUR.upper(),
                "EDGE_TARGET_ARROW_SHAPE": "triangle",
                "EDGE_TARGET_ARROW_COLOR": EDGE_COLOUR.upper(),
            },
        },
        "nodeMapping": {
            "NODE_LABEL": _passed_on("name", "string"),
            "NODE_WIDTH": _passed_on("size", "double"),
            "NODE_HEIGHT": _passed_on("size", "double"),
            "NODE_BACKGROUND_COLOR": _by_kind(colours),
            "NODE_SHAPE": _by_kind(shapes),
        },
        "edgeMapping": {},
    }


def _passed_on(attribute: str, type_: str) -> dict[str, Any]:
    return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": type_}}


def _by_kind(values: dict[str, str]) -> dict[str, Any]:
    pairs = [{"v": kind, "vp": value} for kind, value in values.items()]
    definition = {"attribute": "kind", "type": "string", "map": pairs}
    return {"type": "DISCRETE", "definition": definition}


class Cx2(GraphFile):
    """For Cytoscape and NDEx: typed columns, places, and a style for each kind."""

    name = "cx2"
    extension = "cx2"
    media_type = "application/json"
    loses = LOSES
    writer = _Writer
    advice = "export as CSV or N-Quads, which carry it"
