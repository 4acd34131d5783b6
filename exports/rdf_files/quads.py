"""Formats that keep named graphs: N-Quads and TriG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

import pyoxigraph as ox

from exports.content import Content, NamedGraph
from exports.exporter import FileExporter
from exports.rdf_files.reading_order import in_reading_order
from ontology.prefixes import PREFIXES

_AT_ONCE = 10_000
"""Statements that are written in one piece."""


class NQuads(FileExporter):
    """RDF 1.1 N-Quads (https://www.w3.org/TR/n-quads/): everything, one statement a line."""

    name = "nquads"
    extension = "nq"
    media_type = "application/n-quads"
    loses = ""
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write named graph after named graph, lines sorted within each."""
        for graph in content.graphs():
            out.writelines(nquads(graph))


class TriG(FileExporter):
    """RDF 1.1 TriG (https://www.w3.org/TR/trig/): everything, grouped for reading."""

    name = "trig"
    extension = "trig"
    media_type = "application/trig"
    loses = ""
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write named graph after named graph, by subject, its type first."""
        ox.serialize(_quads(content), out, ox.RdfFormat.TRIG, prefixes=PREFIXES)


def _quads(content: Content) -> Iterator[ox.Quad]:
    for name, lines in content.graphs():
        for some in nquads((name, in_reading_order(lines))):
            yield from ox.parse(some, format=ox.RdfFormat.N_QUADS)


def nquads(graph: NamedGraph) -> Iterator[bytes]:
    """The statements of a named graph as N-Quads, many lines at once, in their order."""
    name, lines = graph
    # the line feed of a line is its only one (N-Triples escapes all others)
    ending = f" <{name}> .\n".encode() if name else b" .\n"
    rest = iter(lines)
    while some := b"".join(islice(rest, _AT_ONCE)):
        yield some.replace(b" .\n", ending)
