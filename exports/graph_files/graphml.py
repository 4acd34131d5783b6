"""GraphML (http://graphml.graphdrawing.org/specification.html), streamed."""

from __future__ import annotations

from datetime import date

from exports.content import Content
from exports.graph_files.graph_file import LOSES, GraphFile, GraphWriter
from exports.graph_files.looks import channels
from exports.graph_files.names import JAVASCRIPT, PASSAGE, distinct
from exports.graph_files.xml_text import attribute, element
from exports.layout import appearance, size
from exports.network import Edge, Node, cells

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", date: "string"}
_LOOKS = {"x": float, "y": float, "size": float, "r": int, "g": int, "b": int}
"""Attributes that Gephi and graphology draw a node by; ``y`` grows upwards."""


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        types = {**PASSAGE, **content.schema.types}
        names = distinct(types, {"id", "kind", "label", *_LOOKS, *JAVASCRIPT})
        self.types = {"kind": str, "label": str, **{names[name]: types[name] for name in types}}
        # an id has to be an NMTOKEN, which a name need not be
        self.keys = distinct(self.types, _LOOKS, plain=True)
        self.ids = {name: self.keys[names[name]] for name in names}

    def start(self) -> bytes:
        keys = "".join(
            _key(domain, self.keys[name], name, type_)
            for name, type_ in sorted(self.types.items())
            for domain in ("node", "edge")
        )
        keys += "".join(_key("node", name, name, type_) for name, type_ in _LOOKS.items())
        head = f'<?xml version="1.0" encoding="utf-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
        return f'{head}{keys}<graph id="faultlines" edgedefault="directed">\n'.encode()

    def node(self, node: Node) -> bytes:
        x, y = node.place
        looks = (x, 0.0 - y, round(size(node), 2), *channels(appearance(node.kind).colour))
        drawn = "".join(
            f'<data key="node-{name}">{value}</data>'
            for name, value in zip(_LOOKS, looks, strict=True)
        )
        return f"<node id={attribute(node.id)}>{self._data('node', node)}{drawn}</node>".encode()

    def middle(self) -> bytes:
        return b"\n"

    def edge(self, edge: Edge) -> bytes:
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        return f"<edge id={attribute(edge.id)} {ends}>{self._data('edge', edge)}</edge>".encode()

    def end(self) -> bytes:
        return b"\n</graph>\n</graphml>\n"

    def _data(self, domain: str, item: Node | Edge) -> str:
        ids = self.ids
        values = "".join(
            f'<data key="{domain}-{ids[name]}">{element(value)}</data>'
            for name, value in cells(item).items()
        )
        head = f'<data key="{domain}-kind">{element(item.kind)}</data>'
        return f'{head}<data key="{domain}-label">{element(item.label)}</data>{values}'


def _key(domain: str, id: str, name: str, type_: type) -> str:
    named = f'attr.name={attribute(name)} attr.type="{_TYPES[type_]}"'
    return f'<key id="{domain}-{id}" for="{domain}" {named}/>\n'


class GraphMl(GraphFile):
    """Typed keys, parallel edges by their ids; for networkx, igraph, yEd and Gephi."""

    name = "graphml"
    extension = "graphml"
    media_type = "application/graphml+xml"
    loses = LOSES
    writer = _Writer
