"""Terms of RDF as N-Triples writes them.

Graphs of this project are made as tuples of ready-written terms: joining strings is
many times faster than building term objects and serialising them. Follows
RDF 1.1 N-Triples (https://www.w3.org/TR/n-triples/), section 2 and its grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

Triple = tuple[str, str, str]
"""Subject, predicate and object, each already in N-Triples form."""

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

# The grammar's STRING_LITERAL_QUOTE excludes exactly these four; other control
# characters are legal N-Triples but no XML format can carry them, so they are escaped too.
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_NAMED = {"\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\t": "\\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _NAMED.get(character) or f"\\u{ord(character):04X}"


def iri(value: str) -> str:
    """An IRI in angle brackets. ``value`` comes from :mod:`ontology.iri` or a vocabulary."""
    return f"<{value}>"


def literal(text: str) -> str:
    """A plain literal (xsd:string). Lone surrogates, which no encoding can write, become U+FFFD."""
    if not text.isprintable() or '"' in text or "\\" in text:
        text = _ESCAPED.sub(_escape, _SURROGATE.sub("\ufffd", text))
    return f'"{text}"'


def english(text: str) -> str:
    """A literal in English."""
    return literal(text) + "@en"


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def decimal(value: Decimal) -> str:
    """An xsd:decimal, without exponent."""
    return f'"{value:f}"^^<{XSD}decimal>'


def day(value: date) -> str:
    """An xsd:date."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def boolean(value: bool) -> str:
    """An xsd:boolean."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def any_uri(value: str) -> str:
    """An xsd:anyURI literal: an address as data, which need not be a valid IRI."""
    return f"{literal(value)}^^<{XSD}anyURI>"


def serialise(triples: Iterable[Triple], graph: str | None = None) -> bytes:
    """N-Triples, or N-Quads when ``graph`` (an IRI) is given; sorted, without duplicates."""
    tail = f" <{graph}> .\n" if graph else " .\n"
    lines = sorted(map(" ".join, set(triples)))
    return tail.join([*lines, ""]).encode()
