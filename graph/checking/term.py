"""RDF terms as N-Triples writes them, and what SHACL asks of one.

A graph is checked as text: a term is the string that N-Triples has for it
(https://www.w3.org/TR/n-triples/), so that two terms are the same exactly when their
strings are. Ordinary lexical forms are judged here; the rare others (``" 1"``, a date with
a time zone) are left to rdflib, whose word pySHACL takes too.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.triples.ntriples import XSD
from ontology.validate import literals_as_written

if TYPE_CHECKING:
    from rdflib import Literal
    from rdflib.term import Node

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_INTEGER = re.compile(rf'"(-?[0-9]+)"\^\^<{re.escape(XSD)}integer>')
_DECIMAL = re.compile(rf'"(-?[0-9]+(?:\.[0-9]+)?)"\^\^<{re.escape(XSD)}(?:decimal|integer)>')
_DATE = re.compile(rf'"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"\^\^<{re.escape(XSD)}date>')
_STRING = f"<{XSD}string>"


def is_iri(term: str) -> bool:
    """Whether the term is an IRI."""
    return term[0] == "<"


def is_literal(term: str) -> bool:
    """Whether the term is a literal; what is neither IRI nor literal is a blank node."""
    return term[0] == '"'


def text(term: str) -> str:
    """What SPARQL's ``str`` gives: an IRI without brackets, the lexical form of a literal."""
    if term[0] == "<":
        return term[1:-1]
    return _split(term)[0] if term[0] == '"' else term.removeprefix("_:")


def datatype(term: str) -> str | None:
    """Datatype of a literal, in brackets; None for one with a language."""
    _, rest = _split(term)
    return None if rest.startswith("@") else rest[2:] or _STRING


def _split(literal: str) -> tuple[str, str]:
    """Lexical form, and what stands after it: nothing, ``@`` language or ``^^`` datatype."""
    end = literal.rindex('"')
    lexical = literal[1:end]
    if "\\" in lexical:
        lexical = _ESCAPE.sub(_unescape, lexical)
    return lexical, literal[end + 1 :]


def _unescape(match: re.Match[str]) -> str:
    short, long, named = match.groups()
    code = short or long
    return chr(int(code, 16)) if code else _NAMED.get(named, named)


def has_datatype(term: str, wanted: str) -> bool:
    """Whether a term is a well-formed literal of the datatype (SHACL, section 4.1.2)."""
    if term[0] != '"' or datatype(term) != wanted:
        return False
    if wanted == _STRING or _INTEGER.fullmatch(term):
        return True
    if wanted.endswith("#decimal>") and _DECIMAL.fullmatch(term):
        return True
    if (found := _DATE.fullmatch(term)) and _is_day(found[1]):
        return True
    return _is_well_formed(term)


@lru_cache(maxsize=4096)
def _is_day(lexical: str) -> bool:
    try:
        date.fromisoformat(lexical)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def _is_well_formed(term: str) -> bool:
    found = rdflib_literal(term)
    if found.ill_typed:
        return False
    name = (found.datatype or "").removeprefix(XSD)
    kind = {"integer": int, "decimal": Decimal, "boolean": bool, "date": date}.get(name)
    return kind is None or isinstance(found.value, kind)


def at_least(term: str, bound: str) -> bool:
    """Whether a value is not below a bound (SHACL, section 4.3.2); never for an IRI."""
    if term[0] != '"':
        return False
    first, second = _DECIMAL.fullmatch(term), _DECIMAL.fullmatch(bound)
    if first and second:
        return Decimal(first[1]) >= Decimal(second[1])
    one, other = rdflib_literal(term), rdflib_literal(bound)
    if isinstance(one.value, str) != isinstance(other.value, str):
        return False
    try:
        return bool(one.eq(other)) or bool(one > other)
    except (TypeError, NotImplementedError, ArithmeticError):
        return False


def is_less(term: str, other: str) -> bool:
    """Whether one value is less than another (SHACL, section 4.5.3); False if not comparable."""
    for pattern in (_INTEGER, _DATE):
        first, second = pattern.fullmatch(term), pattern.fullmatch(other)
        if first and second:
            return int(first[1]) < int(second[1]) if pattern is _INTEGER else first[1] < second[1]
    if term[0] == "_" or other[0] == "_":
        return False
    one, two = _comparable(term), _comparable(other)
    # Literal is itself a str to Python: only plain words are compared with plain words
    return type(one) is type(two) and bool(one < two)


def _comparable(term: str) -> str | Literal:
    if term[0] == "<":
        return term[1:-1]
    found = rdflib_literal(term)
    return found.value if isinstance(found.value, str) else found


@lru_cache(maxsize=4096)
def rdflib_literal(term: str) -> Literal:
    """A literal as rdflib has it, its lexical form untouched."""
    from rdflib import Literal

    lexical, rest = _split(term)
    if rest.startswith("@"):
        return Literal(lexical, lang=rest[1:])
    with literals_as_written():
        return Literal(lexical, datatype=rest[3:-1] or None)


def rdflib_term(term: str) -> Node:
    """A term as rdflib has it."""
    from rdflib import BNode, URIRef

    if term[0] == '"':
        return rdflib_literal(term)
    return URIRef(term[1:-1]) if term[0] == "<" else BNode(term[2:])
