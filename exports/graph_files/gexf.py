"""GEXF 1.3 (https://gexf.net/1.3/): for Gephi, with colours, sizes, places and dates."""

from __future__ import annotations

from datetime import date

from exports.content import Content
from exports.graph_files.graph_file import LOSES, GraphFile, GraphWriter
from exports.graph_files.looks import channels
from exports.graph_files.names import JAVASCRIPT, PASSAGE, distinct
from exports.graph_files.xml_text import attribute
from exports.layout import appearance, size
from exports.network import Edge, Node, cells
from graph.version import VERSION

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", date: "string"}

_RESERVED = {"id", "kind", "label", "color", "size", "shape", "thickness", "x", "y", "z"} | {
    *("source", "target", "start", "end", "key", *JAVASCRIPT),
}
"""Titles under which readers keep what GEXF has elements or XML attributes for."""


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        types = {**PASSAGE, **content.schema.types}
        reserved = _RESERVED if types.get("weight") is int else {*_RESERVED, "weight"}
        titles = distinct(types, reserved)
        self.columns = {"kind": str} | {titles[name]: types[name] for name in sorted(types)}
        # some readers take an id that is no number for the title
        self.ids = {name: number for number, name in enumerate(["kind", *sorted(types)])}
        self.dated = types.get("date") is date
        self.weighted = types.get("weight") is int

    def start(self) -> bytes:
        # readers that look for the prefix itself, not its namespace, need it to be "viz"
        return (
            f'<?xml version="1.0" encoding="utf-8"?>\n'
            f'<gexf version="1.3" xmlns="{NAMESPACE}" xmlns:viz="{VIZ}">\n'
            f"<meta><creator>Faultlines {VERSION}</creator></meta>\n"
            '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" '
            'timerepresentation="interval">\n'
            f"{self._keys('node')}{self._keys('edge')}<nodes>\n"
        ).encode()

    def _keys(self, domain: str) -> str:
        keys = "".join(
            f'<attribute id="{id}" title={attribute(title)} type="{_TYPES[type_]}"/>'
            for id, (title, type_) in enumerate(self.columns.items())
        )
        return f'<attributes class="{domain}" mode="static">{keys}</attributes>\n'

    def node(self, node: Node) -> bytes:
        look = appearance(node.kind)
        red, green, blue = channels(look.colour)
        start = node.attributes.get("date") if self.dated else None
        dated = f" start={attribute(start)}" if start is not None else ""
        x, y = node.place
        # Gephi's y grows upwards, ours downwards
        return (
            f"<node id={attribute(node.id)} label={attribute(node.label)}{dated}>"
            f'{self._values(node)}<viz:color r="{red}" g="{green}" b="{blue}"/>'
            f'<viz:position x="{x:.1f}" y="{0.0 - y:.1f}" z="0.0"/>'
            f'<viz:size value="{size(node):.1f}"/><viz:shape value="{look.shape}"/></node>'
        ).encode()

    def middle(self) -> bytes:
        return b"\n</nodes>\n<edges>\n"

    def edge(self, edge: Edge) -> bytes:
        weight = float(edge.attributes.get("weight", 1)) if self.weighted else 1.0
        return (
            f"<edge id={attribute(edge.id)} source={attribute(edge.source)} "
            f"target={attribute(edge.target)} label={attribute(edge.label)} "
            f'kind={attribute(edge.kind)} weight="{weight:.1f}">{self._values(edge)}</edge>'
        ).encode()

    def end(self) -> bytes:
        return b"\n</edges>\n</graph>\n</gexf>\n"

    def _values(self, item: Node | Edge) -> str:
        ids = self.ids
        values = "".join(
            f'<attvalue for="{ids[name]}" value={attribute(value)}/>'
            for name, value in cells(item).items()
        )
        return f'<attvalues><attvalue for="0" value={attribute(item.kind)}/>{values}</attvalues>'


class Gexf(GraphFile):
    """Laid out in blocks, one a decision; decisions stand on the timeline by their dates."""

    name = "gexf"
    extension = "gexf"
    media_type = "application/gexf+xml"
    loses = LOSES
    writer = _Writer
