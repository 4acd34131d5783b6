"""A decision as JSON and back: the record that extraction prints, one object a line.

Keys and their order are the fields of :mod:`ontology.model`, with ``schema``
first; ``record.schema.json`` describes the same thing in JSON Schema 2020-12.
Dates are ISO 8601, sums are decimal strings (``"500"``, ``"1950.50"``), unknown
is ``null`` and no key is left out. Reading checks presence and type of every
value and says where a record goes wrong; whether an id stands in its vocabulary
is for the JSON Schema and the shapes to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from ontology import model
from ontology.model import SCHEMA, Decision

_DAY = 'a date such as "2024-05-31"'
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class RecordError(ValueError):
    """A JSON value that is not a decision record; says what is wrong and where it stands."""


def to_json(decision: Decision) -> dict[str, Any]:
    """Return the record as JSON values, keys in the order of the record format."""
    return {"schema": SCHEMA, **_encoder(Decision)(decision)}


def dumps(decision: Decision) -> str:
    r"""Return the record as one line of JSON, without a newline at the end.

    Letters outside ASCII stand as themselves. A lone surrogate, which UTF-8
    cannot carry, makes the whole line use ``\u`` escapes instead.
    """
    record = to_json(decision)
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return line


def from_json(record: Mapping[str, Any]) -> Decision:
    """Return the decision that a record describes.

    Raises:
        RecordError: a key is missing or unknown, a value has the wrong type, or
            the record follows another schema than ``faultlines/decision/1``.
    """
    if not isinstance(record, Mapping):
        raise RecordError(f"record: expected a JSON object, found {_shown(record)}.")
    if record.get("schema") != SCHEMA:
        raise RecordError(
            f"schema: expected {SCHEMA!r}, found {_shown(record.get('schema'))}. "
            "Read the decision again with this version of Faultlines."
        )
    body = {key: value for key, value in record.items() if key != "schema"}
    return cast("Decision", _decoder(Decision)(body, ""))


def loads(line: str | bytes) -> Decision:
    """Return the decision that a line of JSON describes.

    Raises:
        RecordError: the line is not JSON, or :func:`from_json` refuses its value.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"record: this is not JSON ({error}): {_shown(line)}") from None
    return from_json(record)


def decimal_text(value: Decimal, *, places: int = 2) -> str:
    """Return a decimal in plain digits: no exponent, and pence in full or not at all.

    ``Decimal("500.00")`` is ``"500"`` and ``Decimal("1950.5")`` is ``"1950.50"``;
    digits beyond ``places`` are kept, never rounded.

    Raises:
        ValueError: the value is not a finite number.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is neither a sum nor a count: a finite number is needed.")
    if not value:
        return "0"
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction.ljust(places, '0')}" if fraction else whole


def _count_text(value: Decimal) -> str:
    return decimal_text(value, places=0)


# Writing: one function a class, made once from the type hints of its fields.


@cache
def _encoder(kind: type) -> Callable[[Any], dict[str, Any]]:
    names = tuple(field.name for field in fields(kind))
    hints = get_type_hints(kind, vars(model), vars(model))
    get = attrgetter(*names)
    turned = [(name, turn) for name in names if (turn := _value_encoder(hints[name], name))]

    def encode(value: Any) -> dict[str, Any]:
        entry = dict(zip(names, get(value), strict=True))
        for name, turn in turned:
            if entry[name] is not None:
                entry[name] = turn(entry[name])
        return entry

    return encode


def _value_encoder(hint: Any, name: str) -> Callable[[Any], Any] | None:
    """Return what turns a value of this type into JSON; None if it stands as it is."""
    kind, _ = _without_none(hint)
    if kind in (str, int):
        return None
    if kind is Decimal:
        return _count_text if name == "count" else decimal_text
    if kind is date:
        return date.isoformat
    if get_origin(kind) is tuple:
        turn = _value_encoder(get_args(kind)[0], name)
        return list if turn is None else lambda values: [turn(value) for value in values]
    return _encoder(kind)


# Reading: the same walk the other way; ``where`` is the path printed in an error.


@cache
def _decoder(kind: type) -> Callable[[Any, str], Any]:
    hints = get_type_hints(kind, vars(model), vars(model))
    readers = {field.name: _value_decoder(hints[field.name]) for field in fields(kind)}

    def decode(value: Any, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise _mismatch(where, "an object", value)
        if value.keys() != readers.keys():
            raise _wrong_keys(where, value, readers)
        path = f"{where}." if where else ""
        return kind(**{name: read(value[name], path + name) for name, read in readers.items()})

    return decode


def _value_decoder(hint: Any) -> Callable[[Any, str], Any]:
    kind, optional = _without_none(hint)
    read = _present_decoder(kind)
    if not optional:
        return read
    return lambda value, where: None if value is None else read(value, where)


def _present_decoder(kind: Any) -> Callable[[Any, str], Any]:
    if kind is str:
        return _text
    if kind is int:
        return _integer
    if kind is Decimal:
        return _decimal
    if kind is date:
        return _date
    if get_origin(kind) is tuple:
        read = _value_decoder(get_args(kind)[0])

        def entries(values: Any, where: str) -> tuple[Any, ...]:
            if not isinstance(values, (list, tuple)):
                raise _mismatch(where, "a list", values)
            return tuple(read(value, f"{where}[{i}]") for i, value in enumerate(values))

        return entries
    return _decoder(kind)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _mismatch(where, "text", value)
    return value


def _integer(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _mismatch(where, "a whole number", value)
    return value


def _decimal(value: Any, where: str) -> Decimal:
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    raise _mismatch(where, 'a decimal string such as "1950.50"', value)


def _date(value: Any, where: str) -> date:
    try:
        day = date.fromisoformat(_text(value, where))
    except ValueError:
        raise _mismatch(where, _DAY, value) from None
    if day.isoformat() != value:  # fromisoformat also reads 20240531 and 2024-W22-5
        raise _mismatch(where, _DAY, value)
    return day


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return ``X`` and True for ``X | None``, else the type itself and False."""
    if not isinstance(hint, UnionType):
        return hint, False
    (kind,) = (each for each in get_args(hint) if each is not NoneType)
    return kind, True


def _mismatch(where: str, wanted: str, value: Any) -> RecordError:
    return RecordError(f"{where or 'record'}: expected {wanted}, found {_shown(value)}.")


def _wrong_keys(where: str, value: Mapping[str, Any], readers: Mapping[str, Any]) -> RecordError:
    lacking = [repr(name) for name in readers if name not in value]
    unknown = [repr(name) for name in value if name not in readers]
    parts = [f"missing {', '.join(lacking)}"] if lacking else []
    parts += [f"unknown {', '.join(unknown)}"] if unknown else []
    return RecordError(f"{where or 'record'}: wrong keys: {'; '.join(parts)}.")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
