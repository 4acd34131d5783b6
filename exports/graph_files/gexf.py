"""GEXF 1.3 (https://gexf.net/1.3/): for Gephi, with colours, sizes, places and dates."""

from __future__ import annotations

from datetime import date

from exports.content import Content
from exports.graph_files.graph_file import LOSES, GraphFile, GraphWriter
from exports.graph_files.xml_text import attribute
from exports.layout import appearance, size
from exports.network import Edge, Node, cells
from graph.version import VERSION

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean", date: "string"}


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self.types = {"kind": str, **content.schema.types}

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
            f'<attribute id={attribute(name)} title={attribute(name)} type="{_TYPES[type_]}"/>'
            for name, type_ in sorted(self.types.items())
        )
        return f'<attributes class="{domain}" mode="static">{keys}</attributes>\n'

    def node(self, node: Node) -> bytes:
        look = appearance(node.kind)
        red, green, blue = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
        start = node.attributes.get("date")
        dated = f" start={attribute(start)}" if start is not None else ""
        x, y = node.place
        # Gephi's y grows upwards, ours downwards
        return (
            f"<node id={attribute(node.id)} label={attribute(node.label)}{dated}>{_values(node)}"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
            f'<viz:position x="{x:.1f}" y="{-y:.1f}" z="0.0"/>'
            f'<viz:size value="{size(node):.1f}"/><viz:shape value="{look.shape}"/></node>'
        ).encode()

    def middle(self) -> bytes:
        return b"\n</nodes>\n<edges>\n"

    def edge(self, edge: Edge) -> bytes:
        weight = float(edge.attributes.get("weight", 1))
        return (
            f"<edge id={attribute(edge.id)} source={attribute(edge.source)} "
            f"target={attribute(edge.target)} label={attribute(edge.label)} "
            f'kind={attribute(edge.kind)} weight="{weight:.1f}">{_values(edge)}</edge>'
        ).encode()

    def end(self) -> bytes:
        return b"\n</edges>\n</graph>\n</gexf>\n"


def _values(item: Node | Edge) -> str:
    values = "".join(
        f"<attvalue for={attribute(name)} value={attribute(value)}/>"
        for name, value in {"kind": item.kind, **cells(item)}.items()
    )
    return f"<attvalues>{values}</attvalues>"


class Gexf(GraphFile):
    """Laid out in blocks, one a decision; decisions stand on the timeline by their dates."""

    name = "gexf"
    extension = "gexf"
    media_type = "application/gexf+xml"
    loses = LOSES
    writer = _Writer
