"""GEXF 1.3 (https://gexf.net/1.3/): for Gephi, with colours, places and dates."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree

from exports.base import Exporter, Selection
from exports.graphml import xml_text
from exports.layout import appearance, layout
from exports.network import ATTRIBUTES, Edge, Node, cells
from exports.projection import project
from graph.version import VERSION

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}
_KEYS = {"kind": str, **ATTRIBUTES}
_VIZ = f"{{{VIZ}}}"


class Gexf(Exporter):
    """Every node and edge of the full view, laid out in columns; decisions on the timeline."""

    name = "gexf"
    extension = "gexf"
    media_type = "application/gexf+xml"
    loses = (
        "Passages after the first of each item, paragraphs, and control characters, which XML "
        "cannot carry: each becomes U+FFFD."
    )

    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write the network in one piece; it is laid out as a whole."""
        network = project(graph.kg, graph.scope, graph.view)
        places = layout(network)
        with etree.xmlfile(out, encoding="utf-8") as xml:
            xml.write_declaration()
            with xml.element("gexf", version="1.3", nsmap={None: NAMESPACE, "viz": VIZ}):
                meta = etree.Element("meta")
                etree.SubElement(meta, "creator").text = f"Faultlines {VERSION}"
                xml.write("\n", meta, "\n")
                dated = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
                with xml.element("graph", defaultedgetype="directed", **dated):
                    for domain in ("node", "edge"):
                        xml.write("\n", _keys(domain))
                    with xml.element("nodes"):
                        for node in network.nodes:
                            xml.write("\n", _node(node, places[node.id]))
                    with xml.element("edges"):
                        for edge in network.edges:
                            xml.write("\n", _edge(edge))
                xml.write("\n")
        out.write(b"\n")


def _keys(domain: str) -> etree._Element:
    keys = etree.Element("attributes", {"class": domain, "mode": "static"})
    for name, type_ in sorted(_KEYS.items()):
        etree.SubElement(keys, "attribute", id=name, title=name, type=_TYPES[type_])
    return keys


def _values(element: etree._Element, item: Node | Edge) -> None:
    values = etree.SubElement(element, "attvalues")
    for name, value in {"kind": item.kind, **cells(item)}.items():
        etree.SubElement(values, "attvalue", {"for": name, "value": xml_text(value)})


def _node(node: Node, place: tuple[float, float]) -> etree._Element:
    # readers that look for the prefix itself, not its namespace, need it to be "viz"
    element = etree.Element("node", id=node.id, label=xml_text(node.label), nsmap={"viz": VIZ})
    if "date" in node.attributes:
        element.set("start", str(node.attributes["date"]))
    _values(element, node)
    look = appearance(node.kind)
    red, green, blue = (str(int(look.colour[start : start + 2], 16)) for start in (1, 3, 5))
    etree.SubElement(element, f"{_VIZ}color", r=red, g=green, b=blue)
    x, y = place
    # Gephi's y grows upwards, ours downwards
    etree.SubElement(element, f"{_VIZ}position", x=f"{x:.1f}", y=f"{-y:.1f}", z="0.0")
    etree.SubElement(element, f"{_VIZ}size", value="10.0")
    etree.SubElement(element, f"{_VIZ}shape", value=look.shape)
    return element


def _edge(edge: Edge) -> etree._Element:
    ends = {"id": edge.id, "source": edge.source, "target": edge.target}
    element = etree.Element("edge", {**ends, "label": xml_text(edge.label)})
    element.set("kind", xml_text(edge.kind))
    element.set("weight", f"{float(edge.attributes.get('weight', 1)):.1f}")
    _values(element, edge)
    return element
