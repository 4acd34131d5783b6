"""Formats without named graphs: N-Triples, Turtle and RDF/XML hold the union of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, cast

import pyoxigraph as ox

from exports.content import Content
from exports.exporter import ExportError, FileExporter
from exports.rdf_files.reading_order import in_reading_order
from exports.sorted_lines import SortedLines
from graph.xml_character import forbidden
from ontology import iri as mint
from ontology.prefixes import PREFIXES

_AT_ONCE = 10_000
"""Statements that are read in one piece."""

_LOSES = "Which named graph, and so which decision, a statement stands in."

# Namespaces in XML 1.0, production [7] QName: an RDF/XML property is an element's name.
_ELEMENT = re.compile(r"[^\W\d][\w.\u00b7-]*\Z")


class NTriples(FileExporter):
    """RDF 1.1 N-Triples (https://www.w3.org/TR/n-triples/): one statement a line."""

    name = "ntriples"
    extension = "nt"
    media_type = "application/n-triples"
    loses = _LOSES
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write the statements of all named graphs, each once."""
        out.writelines(union(content))


class Turtle(FileExporter):
    """RDF 1.1 Turtle (https://www.w3.org/TR/turtle/)."""

    name = "turtle"
    extension = "ttl"
    media_type = "text/turtle"
    loses = _LOSES
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write by subject, its type first, each statement once."""
        ox.serialize(_triples(content), out, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


class RdfXml(FileExporter):
    """RDF 1.1 XML Syntax (https://www.w3.org/TR/rdf-syntax-grammar/)."""

    name = "rdfxml"
    extension = "rdf"
    media_type = "application/rdf+xml"
    loses = _LOSES
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write by subject, each statement once.

        Raises :class:`ExportError` naming the subject for a character that XML forbids and
        for a property whose IRI does not end in an XML name.
        """
        triples = (_carried(triple) for triple in _triples(content))
        keeping = cast(BinaryIO, _KeepingReturns(out))
        ox.serialize(triples, keeping, ox.RdfFormat.RDF_XML, prefixes=PREFIXES)


class _KeepingReturns:
    """Writes carriage returns as references; a reader takes bare ones for line feeds.

    XML 1.0, section 2.11, "End-of-Line Handling"; Oxigraph's serialiser leaves them bare.
    """

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def union(content: Content) -> Iterator[bytes]:
    """Every statement once, N-Triples: a decision's own at once, what graphs share at the end.

    A statement is a decision's own when its subject is, by its IRI; except for authorities
    that a decision does not name, of which the statistics speak too.
    """
    with SortedLines() as shared:
        for name, lines in content.graphs():
            if not name:  # a single graph by nature
                yield from lines
                continue
            own = f"<{mint.described_by(name)}".encode()
            unnamed = own + b"/authority/"
            for line in lines:
                mine = line.startswith(own) and line[len(own)] in b">/"  # not x1 for x
                if mine and not line.startswith(unnamed):
                    yield line
                else:
                    shared.add((line,))
        yield from shared


def _triples(content: Content) -> Iterator[ox.Triple]:
    lines = iter(in_reading_order(union(content)))
    while some := b"".join(islice(lines, _AT_ONCE)):
        for quad in ox.parse(some, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def _carried(triple: ox.Triple) -> ox.Triple:
    """The same triple, when XML has a way to write it."""
    advice = "export as Turtle or N-Triples, which carry it"
    text = triple.object.value if isinstance(triple.object, ox.Literal) else ""
    if character := forbidden(text):
        reason = f"it holds the character {character}, which XML forbids"
        raise ExportError(f"rdfxml, {triple.subject}", reason, advice)
    if not _ELEMENT.search(triple.predicate.value):
        reason = f"the property {triple.predicate} does not end in a name that XML can write"
        raise ExportError(f"rdfxml, {triple.subject}", reason, advice)
    return triple
