"""GraphML (http://graphml.graphdrawing.org/specification.html), streamed."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from exports.content import Content
from exports.graph_files.graph_file import LOSES, GraphFile, GraphWriter
from exports.graph_files.xml_text import attribute, xml_text
from exports.network import Edge, Node, cells

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "int", float: "double", bool: "boolean", date: "string"}
_KEPT = {"\r": "&#13;"}
"""Characters that a parser would make others of (XML 1.0, section 2.11, "End-of-Line Handling")."""


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self.types = {"kind": str, "label": str, **content.schema.types}

    def start(self) -> bytes:
        keys = "".join(
            f'<key id="{domain}-{name}" for="{domain}" attr.name={attribute(name)} '
            f'attr.type="{_TYPES[type_]}"/>\n'
            for name, type_ in sorted(self.types.items())
            for domain in ("node", "edge")
        )
        head = f'<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
        return f'{head}{keys}<graph id="faultlines" edgedefault="directed">\n'.encode()

    def node(self, node: Node) -> bytes:
        return f"<node id={attribute(node.id)}>{_data('node', node)}</node>".encode()

    def middle(self) -> bytes:
        return b"\n"

    def edge(self, edge: Edge) -> bytes:
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        return f"<edge id={attribute(edge.id)} {ends}>{_data('edge', edge)}</edge>".encode()

    def end(self) -> bytes:
        return b"\n</graph>\n</graphml>\n"


def _data(domain: str, item: Node | Edge) -> str:
    values = {"kind": item.kind, "label": item.label, **cells(item)}
    return "".join(
        f'<data key="{domain}-{name}">{escape(xml_text(value), _KEPT)}</data>'
        for name, value in values.items()
    )


class GraphMl(GraphFile):
    """Typed keys, parallel edges by their ids; for networkx, igraph, yEd and Gephi."""

    name = "graphml"
    extension = "graphml"
    media_type = "application/graphml+xml"
    loses = LOSES
    writer = _Writer
