"""Literals of any vocabulary as the typed scalars of tables and graph files."""

from __future__ import annotations

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
_LARGEST = 2**63
"""No whole number of 64 bits is as large."""


def type_of(literal: ox.Literal) -> type:
    """The type that carries a literal: str, int, float, bool or date.

    What its datatype does not allow, and numbers that no format has, are text.
    """
    found = _TYPES.get(literal.datatype.value, str)
    try:
        made = scalar(literal.value, found)
    except (ValueError, KeyError, OverflowError):
        return str
    if found is date:  # a day with a time zone, or before the year 1, is none for a format
        return date if date.fromisoformat(literal.value).isoformat() == literal.value else str
    small = not isinstance(made, int) or -_LARGEST <= made < _LARGEST
    return found if small and (not isinstance(made, float) or isfinite(made)) else str


def scalar(text: str, wanted: type) -> Scalar:
    """The characters of a literal as a scalar of the type; days stay text."""
    if wanted is bool:
        return _TRUTHS[text]
    return text if wanted in (str, date) else cast(Scalar, wanted(text))
