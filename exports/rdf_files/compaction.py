"""IRIs and literals in the short forms that a JSON-LD context allows.

What :mod:`ontology.context` defines, read the other way round (JSON-LD 1.1 API, section 6,
"Compaction Algorithms", https://www.w3.org/TR/json-ld11-api/#compaction-algorithms), for
terms that the project's own context has; anything else is written out, which every context
allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from exports.exporter import ExportError
from ontology.prefixes import PREFIXES

TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"
_INTEGER = PREFIXES["xsd"] + "integer"
_TRUTHS = {"true": True, "false": False}


class Compaction:
    """Short forms by one context."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._prefixes = sorted(
            (
                (prefix, namespace)
                for prefix, namespace in context.items()
                if isinstance(namespace, str) and namespace.endswith(("/", "#"))
            ),
            key=lambda pair: (-len(pair[1]), pair[0]),
        )
        self._classes: dict[str, str] = {}
        self._properties: dict[str, tuple[str, Mapping[str, Any]]] = {}
        self.reverse: dict[str, str] = {}
        """IRI of a property to the term for it the other way round."""
        for term, definition in context.items():
            if isinstance(definition, str) and not definition.endswith(("/", "#")):
                self._classes[self._whole(definition)] = term
            elif isinstance(definition, Mapping) and "@id" in definition:
                self._properties[self._whole(definition["@id"])] = term, definition
            elif isinstance(definition, Mapping):
                self.reverse[self._whole(definition["@reverse"])] = term

    def _whole(self, compact: str) -> str:
        prefix, _, local = compact.partition(":")
        return f"{self._context[prefix]}{local}"

    def iri(self, iri: str) -> str:
        """An IRI under the longest prefix that fits, or whole.

        Raises :class:`ExportError` for one that JSON-LD would take for a prefixed name
        (JSON-LD 1.1, section 4.1.5, "Compact IRIs").
        """
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._context and not rest.startswith("//"):
            reason = f"JSON-LD would read it with the prefix {scheme!r}"
            raise ExportError(iri, reason, "export as N-Quads instead")
        return iri

    def class_(self, term: ox.NamedNode | ox.BlankNode) -> str:
        """The value of ``@type``."""
        return self._classes.get(term.value) or self.id(term)

    def id(self, term: ox.NamedNode | ox.BlankNode) -> str:
        """The value of ``@id``."""
        return f"_:{term.value}" if isinstance(term, ox.BlankNode) else self.iri(term.value)

    def property(self, iri: str) -> tuple[str, Mapping[str, Any]]:
        """The key for a property and its definition in the context, empty where there is none."""
        return self._properties.get(iri) or (self.iri(iri), {})

    def link(self, term: ox.NamedNode | ox.BlankNode, definition: Mapping[str, Any]) -> Any:
        """The value that stands for a thing under a property of that definition."""
        wanted = definition.get("@type")
        if wanted == "@vocab" and isinstance(term, ox.NamedNode):
            local = term.value.removeprefix(definition["@context"]["@vocab"])
            if local and ":" not in local and local not in self._context:
                return local
        return self.id(term) if wanted == "@id" else {"@id": self.id(term)}

    def literal(self, term: ox.Literal, definition: Mapping[str, Any]) -> Any:
        """The value that stands for a literal under a property of that definition."""
        text, wanted = term.value, definition.get("@type")
        if term.direction:
            shown = {"@value": text, "@language": term.language}
            return {**shown, "@direction": str(term.direction)}
        if term.language:
            if term.language == definition.get("@language"):
                return text
            return {"@value": text, "@language": term.language}
        datatype = term.datatype.value
        if datatype == _STRING:
            plain = wanted is None and "@language" not in definition
            return text if plain else {"@value": text}
        if wanted is None or wanted.startswith("@") or self._whole(wanted) != datatype:
            return {"@value": text, "@type": self.iri(datatype)}
        if datatype == _INTEGER:
            number = int(text)
            # numbers beyond these are rounded by readers (RFC 8259, section 6)
            return number if str(number) == text and abs(number) < 2**53 else text
        return _TRUTHS.get(text, text) if wanted == "xsd:boolean" else text
