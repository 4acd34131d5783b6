"""Statements as flat node objects of JSON-LD 1.1 with the project's prefixes.

For short descriptions that are read by themselves; the export of the graph, with its
context and its nesting, is :mod:`exports.rdf_files.jsonld`
(https://www.w3.org/TR/json-ld11/#node-objects).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from exports.exporter import ExportError
from exports.rdf_files.compaction import TYPE, Compaction
from ontology.prefixes import PREFIXES

_XSD_STRING = PREFIXES["xsd"] + "string"
_SHORT = Compaction(PREFIXES)


def reading_order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """By subject, its type first."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != TYPE, predicate, str(triple.object)


def nodes(triples: Iterable[ox.Triple]) -> Iterator[dict[str, Any]]:
    """The node objects of JSON-LD, sorted; prefixes are those of the project.

    Raises :class:`ExportError` for a term that JSON-LD cannot carry.
    """
    found: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=reading_order):
        subject = _name(triple.subject)
        node = found.setdefault(subject, {"@id": subject})
        if triple.predicate.value == TYPE:
            node.setdefault("@type", []).append(_name(triple.object))
        else:
            node.setdefault(_SHORT.iri(triple.predicate.value), []).append(_value(triple.object))
    for node in found.values():
        yield {key: _alone(value) for key, value in node.items()}


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _name(term: Any) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.NamedNode):
        return _SHORT.iri(term.value)
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
    return {"@value": term.value, "@type": _SHORT.iri(term.datatype.value)}
