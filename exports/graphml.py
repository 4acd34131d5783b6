"""GraphML (http://graphml.graphdrawing.org/specification.html), streamed."""

from __future__ import annotations

import re
from typing import BinaryIO

from lxml import etree

from exports.base import Exporter, Selection
from exports.network import ATTRIBUTES, Edge, Node, Scalar, cells
from exports.projection import stream

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "int", float: "double", bool: "boolean"}
_KEYS = {"kind": str, "label": str, **ATTRIBUTES}

# XML 1.0, production [2] Char: what no XML document can hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value: Scalar) -> str:
    """A scalar as XML text: booleans in lower case, what XML cannot carry as U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("\ufffd", str(value))


class GraphMl(Exporter):
    """Typed keys, every node and edge of the full view; parallel edges keep their ids."""

    name = "graphml"
    extension = "graphml"
    media_type = "application/graphml+xml"
    loses = (
        "Passages after the first of each item, paragraphs, and control characters, which XML "
        "cannot carry: each becomes U+FFFD."
    )

    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write node by node and edge by edge."""
        with etree.xmlfile(out, encoding="utf-8") as xml:
            xml.write_declaration()
            with xml.element("graphml", nsmap={None: NAMESPACE}):
                for name, type_ in sorted(_KEYS.items()):
                    for domain in ("node", "edge"):
                        key = {"id": f"{domain}-{name}", "for": domain}
                        kind = {"attr.name": name, "attr.type": _TYPES[type_]}
                        xml.write("\n", etree.Element("key", {**key, **kind}))
                with xml.element("graph", id="faultlines", edgedefault="directed"):
                    for item in stream(graph.kg, graph.scope, graph.view):
                        xml.write("\n", _element(item))
                xml.write("\n")
        out.write(b"\n")


def _element(item: Node | Edge) -> etree._Element:
    if isinstance(item, Node):
        domain, element = "node", etree.Element("node", id=item.id)
    else:
        domain = "edge"
        element = etree.Element("edge", id=item.id, source=item.source, target=item.target)
    for name, value in {"kind": item.kind, "label": item.label, **cells(item)}.items():
        data = etree.SubElement(element, "data", key=f"{domain}-{name}")
        data.text = xml_text(value)
    return element
