"""JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): one document, a framed object a decision.

Every decision is told as a tree from the decision down, as JSON-LD Framing would with
``@embed: @once`` (https://www.w3.org/TR/json-ld11-framing/): what it says of a thing stands
where the thing is named first, its address wherever it is named again. Names are those of
the published context (:mod:`ontology.context`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from exports.content import Content
from exports.exporter import ExportError, FileExporter
from exports.rdf_files.compaction import TYPE, Compaction
from ontology import iri as mint
from ontology.context import context

Said = dict[str, dict[str, list[Any]]]
"""Subject (an IRI, or ``_:`` and a label) to property to terms, in the order of the lines."""


class JsonLd(FileExporter):
    """The published context, then each decision on a line of its own; named graphs are kept."""

    name = "jsonld"
    extension = "jsonld"
    media_type = "application/ld+json"
    loses = ""
    statements = True

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write one object for each named graph, in one document.

        Raises :class:`~exports.exporter.ExportError` naming an IRI that JSON-LD cannot write,
        or a statement about a statement.
        """
        compaction = Compaction(context())
        out.write(b'{"@context": ' + json.dumps(context(), indent=1).encode() + b',\n"@graph": [')
        before = b"\n"
        for name, lines in content.graphs():
            if name:
                out.write(before + b'{"@id": ' + _json(compaction.iri(name)) + b', "@graph": [')
                before = b""
            for node in _nodes(name, lines, compaction):
                out.write(before + _json(node))
                before = b",\n"
            if name:
                out.write(b"]}")
        out.write(b"\n]}\n")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _nodes(name: str, lines: Iterable[bytes], compaction: Compaction) -> Iterator[dict[str, Any]]:
    """The node objects of a named graph: a decision's as a tree, any other's one by one."""
    if name.startswith(mint.DECISION_GRAPHS):
        tree = _Tree(_read(lines), compaction)
        yield from tree.told(mint.described_by(name))
        return
    for _, statements in groupby(lines, key=lambda line: line.partition(b" ")[0]):
        said = _read(statements)
        yield from (_Tree({}, compaction).node(subject, said[subject]) for subject in said)


def _read(lines: Iterable[bytes]) -> Said:
    said: Said = {}
    for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES):
        found = said.setdefault(_id(quad.subject), {})
        found.setdefault(quad.predicate.value, []).append(quad.object)
    return said


def _id(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)


class _Tree:
    """What one named graph says, nested; each thing is told once."""

    def __init__(self, untold: Said, compaction: Compaction) -> None:
        self._untold = untold
        self._compaction = compaction

    def told(self, root: str) -> Iterator[dict[str, Any]]:
        """The tree from ``root`` down, then one from each thing that it does not reach."""
        while self._untold:
            subject = root if root in self._untold else next(iter(self._untold))
            yield self.node(subject, self._untold.pop(subject))

    def node(self, subject: str, said: dict[str, list[Any]]) -> dict[str, Any]:
        """A node object; what it leads to and is not told yet stands inside it."""
        compaction = self._compaction
        short = subject if subject.startswith("_:") else compaction.iri(subject)
        found: dict[str, Any] = {"@id": short}
        if types := [term for term in said.get(TYPE, ()) if not isinstance(term, ox.Literal)]:
            found["@type"] = _alone([compaction.class_(term) for term in types])
        for term, others in self._backwards(subject):
            found[term] = _alone([self.node(other, self._untold.pop(other)) for other in others])
        for property_, all_terms in said.items():
            terms = [
                term
                for term in all_terms
                if property_ != TYPE or isinstance(term, ox.Literal)  # which is no @type
            ]
            if not terms:
                continue
            key, definition = compaction.property(property_)
            values = [self._value(term, definition) for term in terms]
            found[key] = values if "@container" in definition else _alone(values)
        return found

    def _value(self, term: Any, definition: Mapping[str, Any]) -> Any:
        if isinstance(term, ox.Literal):
            return self._compaction.literal(term, definition)
        if isinstance(term, ox.Triple):
            reason = "JSON-LD 1.1 has no statements about statements"
            raise ExportError(f"jsonld, {term}", reason, "export as N-Quads instead")
        inside = self._untold.pop(_id(term), None)
        if inside is None:
            return self._compaction.link(term, definition)
        return self.node(_id(term), inside)

    def _backwards(self, subject: str) -> Iterator[tuple[str, list[str]]]:
        """Terms for links that lead to the subject, and the things that these come from.

        The links are taken out of what those things say.
        """
        for property_, term in self._compaction.reverse.items():
            others = []
            for other, said in self._untold.items():
                for value in said.get(property_, ()):
                    if _id(value) == subject:
                        said[property_].remove(value)
                        others.append(other)
                        break
            if others:
                yield term, others


def _alone(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
