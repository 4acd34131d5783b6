"""The RDF formats: Turtle, N-Quads and JSON-LD.

Statements go out as the store holds them, named graph after named graph and sorted
within each, so that memory stays small and the same graph gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyoxigraph as ox

from exports.base import Exporter, ExportError, Selection
from ontology import iri as mint
from ontology.prefixes import LONGEST_FIRST, PREFIXES

_RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD_STRING = PREFIXES["xsd"] + "string"


class NQuads(Exporter):
    """RDF 1.1 N-Quads (https://www.w3.org/TR/n-quads/): everything, one statement a line."""

    name = "nquads"
    extension = "nq"
    media_type = "application/n-quads"
    loses = ""

    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write named graph after named graph, lines sorted within each."""
        for _, quads in graph.graphs():
            # lines sort some ten times faster than quads do
            lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
            out.writelines(sorted(lines.splitlines(keepends=True)))


class Turtle(Exporter):
    """RDF 1.1 Turtle (https://www.w3.org/TR/turtle/): the union of all named graphs."""

    name = "turtle"
    extension = "ttl"
    media_type = "text/turtle"
    loses = "Which named graph, and so which decision, a statement stands in."

    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write the statements of all named graphs, each once."""
        ox.serialize(_union(graph), out, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _union(graph: Selection) -> Iterator[ox.Triple]:
    """Every statement once: a decision's own at once, what several graphs share at the end."""
    shared: set[ox.Triple] = set()
    for name, quads in graph.graphs():
        own = f"<{mint.described_by(name)}"
        alone = []
        for quad in quads:
            if str(quad.subject).startswith(own):
                alone.append(quad.triple)
            else:
                shared.add(quad.triple)
        yield from sorted(alone, key=reading_order)
    yield from sorted(shared, key=reading_order)


def reading_order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """By subject, its type first."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _RDF_TYPE, predicate, str(triple.object)


class JsonLd(Exporter):
    """JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): one document, compact, named graphs kept."""

    name = "jsonld"
    extension = "jsonld"
    media_type = "application/ld+json"
    loses = ""

    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write one object for each named graph, in one document."""
        context = json.dumps(dict(sorted(PREFIXES.items())), indent=1)
        out.write(b'{"@context": ' + context.encode() + b',\n"@graph": [')
        before = b"\n"
        for name, quads in graph.graphs():
            out.write(before + b'{"@id": ' + _json(compact(name)) + b', "@graph": [\n')
            out.write(b",\n".join(_json(node) for node in nodes(quad.triple for quad in quads)))
            out.write(b"\n]}")
            before = b",\n"
        out.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def nodes(triples: Iterable[ox.Triple]) -> Iterator[dict[str, Any]]:
    """The node objects of JSON-LD, sorted; prefixes are those of the project.

    Raises :class:`ExportError` for a term that JSON-LD cannot carry.
    """
    found: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=reading_order):
        subject = _name(triple.subject)
        node = found.setdefault(subject, {"@id": subject})
        if triple.predicate.value == _RDF_TYPE:
            node.setdefault("@type", []).append(_name(triple.object))
        else:
            node.setdefault(compact(triple.predicate.value), []).append(_value(triple.object))
    for node in found.values():
        yield {key: _alone(value) for key, value in node.items()}


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _name(term: Any) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.NamedNode):
        return compact(term.value)
    raise ExportError(
        str(term), "JSON-LD needs an IRI or a blank node here", "export as N-Quads instead"
    )


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _XSD_STRING:
        return term.value
    return {"@value": term.value, "@type": compact(term.datatype.value)}


def compact(iri: str) -> str:
    """An IRI under the longest prefix that fits, or whole.

    Raises :class:`ExportError` for an IRI that JSON-LD would take for a prefixed name
    (JSON-LD 1.1, section 4.1.5, "Compact IRIs").
    """
    for prefix, namespace in LONGEST_FIRST:
        if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    scheme, _, rest = iri.partition(":")
    if scheme in PREFIXES and not rest.startswith("//"):
        raise ExportError(
            iri, f"JSON-LD would read it with the prefix {scheme!r}", "export as N-Quads instead"
        )
    return iri
