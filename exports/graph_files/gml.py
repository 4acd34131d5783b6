"""GML, the Graph Modelling Language (Himsolt 1997), as networkx and igraph both read it.

https://web.archive.org/web/20190207140002/http://www.fim.uni-passau.de/index.php?id=17297

The file is ASCII. All characters beyond it, and control characters, are references such as
``&#163;``: networkx gives the character, igraph (up to 1.0) gives the reference as it stands.
Places and colours stand beside the other values and not in ``graphics``, because igraph
leaves out what has parts. ``label`` is for people and not unique, so networkx wants
``nx.read_gml(path, label="iri")``.
"""

from __future__ import annotations

import re
from math import isfinite

from exports.content import Content, Portion
from exports.graph_files.graph_file import EXACT, LOSES, GraphFile, GraphWriter, NotCarried
from exports.graph_files.names import PASSAGE, distinct
from exports.graph_files.numbers import Numbers
from exports.layout import appearance, size
from exports.network import Edge, Node, Scalar, cells
from graph.version import VERSION

_RESERVED = ("id", "iri", "kind", "label", "key", "source", "target", "x", "y", "w", "h", "fill")
_ESCAPED = re.compile(r"[^ !#-%\'-~]")
_NAMED = {'"': "&quot;", "&": "&amp;"}


class _Writer(GraphWriter):
    between = b"\n"

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        names = {**PASSAGE, **content.schema.types}
        self.names = distinct(names, _RESERVED, plain=True)
        self._numbers = Numbers()

    def begin(self, portion: Portion) -> None:
        self._numbers.begin(portion.owner)

    def start(self) -> bytes:
        renamed = "".join(
            f"# {_escaped(name)} is called {written}\n"
            for name, written in sorted(self.names.items())
            if name != written
        )
        return (
            f'Creator "Faultlines {VERSION}"\nVersion 1\n{renamed}'
            f"graph [\ndirected 1\nmultigraph 1\ncomment {_value(self.content.title)}\n"
        ).encode()

    def node(self, node: Node) -> bytes:
        look, diameter, (x, y) = appearance(node.kind), size(node), node.place
        return (
            f"node [ id {self._numbers.of(node.id)} label {_value(node.label)} "
            f"iri {_value(node.id)} kind {_value(node.kind)}{self._values(node)} "
            f'x {x:.1f} y {y:.1f} w {diameter:.1f} h {diameter:.1f} fill "{look.colour}" ]'
        ).encode()

    def middle(self) -> bytes:
        return b"\n"

    def edge(self, edge: Edge) -> bytes:
        source, target = self._numbers.of(edge.source), self._numbers.of(edge.target)
        return (
            f"edge [ source {source} target {target} label {_value(edge.label)} "
            f"key {_value(edge.id)} kind {_value(edge.kind)}{self._values(edge)} ]"
        ).encode()

    def end(self) -> bytes:
        return b"\n]\n"

    def _values(self, item: Node | Edge) -> str:
        names = self.names
        return "".join(f" {names[name]} {_value(value)}" for name, value in cells(item).items())


def _value(value: Scalar) -> str:
    """A scalar as GML writes it; there is no truth value, so true is 1 and false 0."""
    if isinstance(value, str):
        if value in ("()", "[]"):
            raise NotCarried(f"networkx reads the text {value} as an empty list")
        return f'"{_escaped(value)}"'
    if isinstance(value, float):
        if not isfinite(value):
            raise NotCarried(f"it holds {value}, a number that GML has no way to write")
        mantissa, _, exponent = repr(value).partition("e")
        return (mantissa if "." in mantissa else f"{mantissa}.0") + (exponent and f"E{exponent}")
    if abs(value) > EXACT:  # igraph keeps numbers as doubles
        raise NotCarried(f"it holds the number {value}, more than igraph reads exactly")
    return str(int(value))


def _escaped(text: str) -> str:
    return _ESCAPED.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    character = found.group()
    return _NAMED.get(character) or f"&#{ord(character)};"


class Gml(GraphFile):
    """Numbered nodes with ``iri``, parallel edges by ``key``, places and colours."""

    name = "gml"
    extension = "gml"
    media_type = "text/x-gml"
    loses = f"{LOSES} True and false become 1 and 0."
    writer = _Writer
