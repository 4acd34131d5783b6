r"""Graphviz DOT (https://graphviz.org/doc/info/lang.html).

Every attribute is a DOT attribute. All texts are escape strings
(https://graphviz.org/docs/attr-types/escString/): ``\\`` is a backslash, ``\"`` a quotation
mark, so that no ``\N`` or ``\l`` of a decision is taken for an instruction; line breaks stand
as they are. ``pos`` is in points, upwards: ``neato -n2`` draws nodes there, ``sfdp`` and
``dot`` choose places of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from exports.content import Content
from exports.graph_files.graph_file import LOSES, GraphFile, GraphWriter
from exports.graph_files.looks import EDGE_COLOUR
from exports.graph_files.names import PASSAGE, distinct
from exports.graph_files.xml_text import xml_text
from exports.layout import appearance, size
from exports.network import Edge, Node, Scalar, cells

# of the shapes with as many tips, those that a text fits into
_SHAPES = {"disc": "ellipse", "square": "box", "triangle": "house", "diamond": "hexagon"}

# https://graphviz.org/doc/info/attrs.html: what Graphviz draws nodes and
# edges by; and name, _gvid and edges, which it writes into JSON itself
RESERVED = frozenset(
    """
    _gvid edges area arrowhead arrowsize arrowtail bottomlabel class color colorscheme comment
    constraint decorate dir distortion edgehref edgetarget edgetooltip edgeURL fillcolor
    fixedsize fontcolor fontname fontsize gradientangle group head headclip headhref headlabel
    headport headtarget headtooltip headURL height href id image imagepath imagepos imagescale
    K key kind label labelangle labeldistance labelfloat labelfontcolor labelfontname
    labelfontsize labelhref labeljust labelloc labeltarget labeltooltip labelURL layer len
    lhead lp ltail margin minlen name nojustify ordering orientation pencolor penwidth
    peripheries pin pos rank rects regular root samehead sametail samplepoints shape shapefile
    showboxes sides skew sortv style tail tailclip tailhref taillabel tailport tailtarget
    tailtooltip tailURL target tooltip toplabel URL vertices weight width xlabel xlp z
    """.split()
)
_STYLE = (
    'graph [outputorder="edgesfirst", overlap="false", rankdir="LR"];\n'
    'node [style="filled", fontname="Helvetica", fontsize="10", fontcolor="white", penwidth="0"];\n'
    f'edge [color="{EDGE_COLOUR}", arrowsize="0.6", '
    'fontname="Helvetica", fontsize="7", fontcolor="#5c6b77"];\n'
)


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        types = {**PASSAGE, **content.schema.types}
        # Graphviz means by weight what a weight of this project is, as long as it is a count
        reserved = RESERVED - {"weight"} if types.get("weight") is int else RESERVED
        self.names = {name: _quoted(written) for name, written in distinct(types, reserved).items()}

    def start(self) -> bytes:
        return f"digraph {_quoted(self.content.title)} {{\n{_STYLE}".encode()

    def node(self, node: Node) -> bytes:
        look, (x, y) = appearance(node.kind), node.place
        inches = f"{size(node) / 72:.3f}"
        return (
            f"{_quoted(node.id)} [kind={_quoted(node.kind)}, label={_label(node.label)}, "
            f'fillcolor="{look.colour}", shape="{_SHAPES[look.shape]}", width="{inches}", '
            f'height="{inches}", pos="{x:.1f},{0.0 - y:.1f}"{_values(node, self.names)}];'
        ).encode()

    def middle(self) -> bytes:
        return b"\n"

    def edge(self, edge: Edge) -> bytes:
        return (
            f"{_quoted(edge.source)} -> {_quoted(edge.target)} [id={_quoted(edge.id)}, "
            f"kind={_quoted(edge.kind)}, label={_label(edge.label)}{_values(edge, self.names)}];"
        ).encode()

    def end(self) -> bytes:
        return b"\n}\n"


def _values(item: Node | Edge, names: Mapping[str, str]) -> str:
    return "".join(f", {names[name]}={_quoted(value)}" for name, value in cells(item).items())


def _quoted(value: Scalar) -> str:
    """A scalar as a quoted string.

    Raises :class:`~exports.graph_files.graph_file.NotCarried` for a character that would break
    the SVG and JSON that Graphviz makes of it.
    """
    text = xml_text(value)
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(text: str) -> str:
    """A text to be drawn, in which Graphviz would read entities such as ``&lt;``."""
    return _quoted(text.replace("&", "&amp;"))


class Dot(GraphFile):
    """Drawn by Graphviz: ``sfdp -Tsvg``, or ``neato -n2 -Tsvg`` for the places given."""

    name = "dot"
    extension = "dot"
    media_type = "text/vnd.graphviz"
    loses = LOSES
    writer = _Writer
