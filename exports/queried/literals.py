"""Literals of any vocabulary as the typed scalars of tables and graph files."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import date
from math import isfinite
from typing import cast

import pyoxigraph as ox

from exports.network import Scalar
from graph.triples.ntriples import XSD

_TYPES: dict[str, type] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": bool,
    XSD + "date": date,
}
"""Datatype (XML Schema 1.1 Part 2) to type; every other datatype is text."""
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
"""What XML Schema calls a number; Python reads more (``1_000``) and oddities of it."""
_LARGEST = 2**63
"""No whole number of 64 bits is as large."""


def type_of(literal: ox.Literal) -> type:
    """The type that carries a literal: str, int, float, bool or date.

    What its datatype does not allow, and numbers that no format has, are text.
    """
    found = _TYPES.get(literal.datatype.value, str)
    if found in (int, float) and not _NUMBER.fullmatch(literal.value):
        return str
    try:
        made = scalar(literal.value, found)
        if found is date:  # a day with a time zone, or before the year 1, is none for a format
            return date if date.fromisoformat(literal.value).isoformat() == literal.value else str
    except (ValueError, KeyError, OverflowError):
        return str
    small = not isinstance(made, int) or -_LARGEST <= made < _LARGEST
    return found if small and (not isinstance(made, float) or isfinite(made)) else str


def common(types: AbstractSet[type]) -> type:
    """The one type that carries values of all these types; text where there is no other.

    Whole numbers and others together are numbers: a sum is 0, an xsd:integer, where
    there is nothing to add, and an xsd:decimal everywhere else.
    """
    if types == {int, float}:
        return float
    return next(iter(types)) if len(types) == 1 else str


def scalar(text: str, wanted: type) -> Scalar:
    """The characters of a literal as a scalar of the type; days stay text."""
    if wanted is bool:
        return _TRUTHS[text]
    return text if wanted in (str, date) else cast(Scalar, wanted(text))
