"""The answer of a query as a data frame of pandas or polars, every column of one type.

A column takes the type of the values in it: whole numbers, numbers, dates, times, truth
values, or text for everything else and for a mixture. Decimals become floating point
numbers, which both libraries can add up and draw; a sum of money keeps its pence up to
some 90 trillion pounds. Where nothing is bound the engine's own missing value stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from graph.errors import FaultlinesError, QueryError
from graph.questions.results import Rows, Term, shorten
from graph.triples.ntriples import XSD

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value = str | int | bool | float | Decimal | date | datetime
"""What a term comes to in Python."""

ENGINES = ("pandas", "polars")
"""The libraries that a frame can be made with, the first one installed unless one is named."""

_INTEGERS = (
    "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger "
    "negativeInteger unsignedInt unsignedLong unsignedShort unsignedByte"
).split()
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_READERS: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        **{XSD + name: int for name in _INTEGERS},
        XSD + "decimal": Decimal,
        XSD + "double": float,
        XSD + "float": float,
        XSD + "boolean": _TRUTHS.__getitem__,
        XSD + "date": date.fromisoformat,
        XSD + "dateTime": datetime.fromisoformat,
    }
)
"""Datatype (XML Schema 1.1 Part 2) to the reader of its lexical forms."""
_LARGEST = 2**63 - 1
"""The largest whole number that a column of 64 bits holds."""


def value(term: Term | None, *, short: bool = False) -> Value | None:
    """A term as a value: a literal by its datatype, an IRI and anything else as text.

    ``short`` writes IRIs with the usual prefixes. A literal that its datatype does not
    allow stays the text it is; None, an unbound variable, stays None.
    """
    if term is None:
        return None
    if term.kind == "iri":
        return shorten(term.value) if short else term.value
    if term.kind == "blank":
        return f"_:{term.value}"
    reader = _READERS.get(term.datatype or "") if term.kind == "literal" else None
    try:
        return reader(term.value) if reader else term.value
    except (ValueError, ArithmeticError, KeyError):
        return term.value


@overload
def frame(rows: Rows, engine: Literal["pandas"], *, short: bool = ...) -> pd.DataFrame: ...
@overload
def frame(rows: Rows, engine: Literal["polars"], *, short: bool = ...) -> pl.DataFrame: ...
@overload
def frame(rows: Rows, engine: str | None = ..., *, short: bool = ...) -> Any: ...
def frame(rows: Rows, engine: str | None = None, *, short: bool = False) -> Any:
    """``rows`` as a frame of ``engine``, or of the first of :data:`ENGINES` installed.

    Raises :class:`~graph.errors.QueryError` for an answer that was cut, because a frame
    cannot say so, and :class:`~graph.errors.FaultlinesError` when no engine can be had.
    """
    if rows.truncated:
        raise QueryError(
            "query",
            f"its answer was cut after {len(rows.rows):,} rows, which a frame could not show",
            "narrow the query, or take ask(...).rows and mind that rows are missing",
        )
    chosen = _engine(engine)
    columns: dict[str, tuple[str, Sequence[Any]]] = {}
    for index, name in enumerate(rows.variables):
        columns[name] = _column([row[index] for row in rows.rows], short)
    return _pandas(columns) if chosen == "pandas" else _polars(columns)


def _engine(wanted: str | None) -> str:
    if wanted is not None and wanted not in ENGINES:
        reason, advice = "there is no such engine", f"choose one of: {', '.join(ENGINES)}"
        raise FaultlinesError(f"engine {wanted!r}", reason, advice)
    asked = (wanted,) if wanted else ENGINES
    for name in asked:
        if find_spec(name):
            return name
    lacking = "is not installed" if wanted else "are not installed"
    advice = " or ".join(f"pip install {name}" for name in asked)
    raise FaultlinesError("data frame", f"{' and '.join(asked)} {lacking}", advice)


def _column(terms: Sequence[Term | None], short: bool) -> tuple[str, Sequence[Any]]:
    """The kind of a column (a key of the engines' tables below) and its values."""
    values = [value(term, short=short) for term in terms]
    kinds = {_kind(one) for one in values if one is not None}
    if kinds == {"integer", "number"}:
        kinds = {"number"}
    (kind,) = kinds if len(kinds) == 1 else ("text",)
    if kind == "text":
        return kind, [_text(term, short) for term in terms]
    if kind == "number":
        return kind, [None if one is None else float(one) for one in values]  # type: ignore[arg-type]
    if kind == "time in UTC":
        return kind, [one and one.astimezone(UTC) for one in values]  # type: ignore[union-attr]
    return kind, values


def _text(term: Term | None, short: bool) -> str | None:
    if term is None or term.kind == "literal":
        return term and term.value
    return str(value(term, short=short))


def _kind(one: Value) -> str:
    if isinstance(one, bool):
        return "boolean"
    if isinstance(one, int):
        return "integer" if abs(one) <= _LARGEST else "text"
    if isinstance(one, (Decimal, float)):
        return "number"
    if isinstance(one, datetime):
        return "time" if one.tzinfo is None else "time in UTC"
    return "date" if isinstance(one, date) else "text"


_PANDAS = {
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "time": "datetime64[us]",
    "time in UTC": "datetime64[us, UTC]",
    "text": "string",
}


def _pandas(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Series(list(values), dtype=_PANDAS[kind])
            for name, (kind, values) in columns.items()
        }
    )


def _polars(columns: Mapping[str, tuple[str, Sequence[Any]]]) -> pl.DataFrame:
    import polars as pl

    types: dict[str, Any] = {
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "time": pl.Datetime("us"),
        "time in UTC": pl.Datetime("us", "UTC"),
        "text": pl.String,
    }
    return pl.DataFrame(
        [pl.Series(name, values, dtype=types[kind]) for name, (kind, values) in columns.items()]
    )
