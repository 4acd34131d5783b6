"""Records survive the way to JSON and back, and the JSON Schema says what they are."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology import model, record
from ontology.model import SCHEMA, Decision
from ontology.record import RecordError, decimal_text, dumps, from_json, loads, to_json
from ontology.vocabulary import vocabulary
from tests import factories

SCHEMA_FILE = Path(__file__).parents[2] / "ontology" / "record.schema.json"
JSON_SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
# importlib, because the types of jsonschema are a distribution of their own
jsonschema: Any = importlib.import_module("jsonschema")
VALIDATOR = jsonschema.Draft202012Validator(
    JSON_SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


@cache
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any values that a field of the model may hold."""
    if isinstance(hint, UnionType):
        return st.one_of([values(each) for each in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2).map(tuple)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint, vars(model), vars(model))
        return st.builds(hint, **{field.name: values(hints[field.name]) for field in fields(hint)})
    return {
        NoneType: st.none(),
        str: st.text(max_size=12),
        int: st.integers(),
        date: st.dates(),
        Decimal: st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False),
    }[hint]


@given(values(Decision))
@settings(max_examples=200, deadline=None)
def test_any_decision_survives_json(decision: Decision) -> None:
    line = dumps(decision)
    assert "\n" not in line
    assert loads(line) == decision
    assert json.loads(line) == to_json(decision)


def test_keys_stand_in_the_order_of_the_record(decision: Decision) -> None:
    assert list(to_json(decision)) == [
        *(
            "schema",
            "source",
            "reference",
            "url",
            "authorities",
            "category",
            "outcome",
            "date",
        ),
        *(
            "document_type",
            "disposition",
            "summary",
            "complainants",
            "paragraphs",
            "parts",
        ),
        *(
            "findings",
            "injustices",
            "remedies",
            "reasons",
            "citations",
            "bodies",
            "related",
        ),
        *("satisfied", "unread"),
    ]


def test_a_remedy_as_it_is_printed(decision: Decision) -> None:
    remedy = to_json(decision)["remedies"][1]
    (evidence,) = remedy.pop("evidence")
    assert remedy == {
        "id": "r2",
        "type": "financial-loss-of-education",
        "status": "agreed",
        "amount": "600",
        "currency": "GBP",
        "per": "term",
        "count": "2",
        "total": "1200",
        "payer": "Tarnbeck Metropolitan Borough Council",
        "recipient": "Miss Y",
        "purposes": ["loss-of-education"],
        "due": {
            "text": "Within one month of my decision",
            "date": "2022-10-15",
            "basis": "relative",
        },
        "remedies": ["i1"],
    }
    assert list(evidence) == ["paragraph", "start", "end", "quote", "rule"]


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("500", "500"),
        ("500.00", "500"),
        ("5E+2", "500"),
        ("1950.5", "1950.50"),
        ("1950.50", "1950.50"),
        ("0.125", "0.125"),
        ("0.00", "0"),
        ("-0", "0"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.10"),
    ],
)
def test_sums_are_plain_digits(value: str, printed: str) -> None:
    assert decimal_text(Decimal(value)) == printed


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_a_sum_has_to_be_a_number(value: str) -> None:
    with pytest.raises(ValueError, match="finite number is needed"):
        decimal_text(Decimal(value))


def test_a_count_is_not_padded_like_a_sum(decision: Decision) -> None:
    remedy = replace(decision.remedies[1], count=Decimal("8.5"))
    assert to_json(replace(decision, remedies=(remedy,)))["remedies"][0]["count"] == "8.5"


def test_letters_stand_as_themselves(decision: Decision) -> None:
    assert "Siân’s £5" in dumps(replace(decision, summary="Siân’s £5"))


def test_a_lone_surrogate_can_still_be_written(decision: Decision) -> None:
    odd = replace(decision, summary="lone \ud800 surrogate £")
    line = dumps(odd)
    assert loads(line.encode()) == odd


# Reading what is not a record


def changed(path: str, value: Any) -> dict[str, Any]:
    """The sample record with one value replaced; ``...`` takes its key away."""
    made = to_json(factories.decision())
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    place: Any = made
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "schema",
            "faultlines/decision/2",
            "schema: expected 'faultlines/decision/1', found",
        ),
        ("schema", ..., "schema: expected 'faultlines/decision/1', found None"),
        ("outcome", ..., "record: wrong keys: missing 'outcome'."),
        ("colour", "red", "record: wrong keys: unknown 'colour'."),
        ("remedies/1/due", ..., "remedies[1]: wrong keys: missing 'due'."),
        ("remedies/1/amount", 600, "remedies[1].amount: expected a decimal string"),
        ("remedies/1/amount", "NaN", "remedies[1].amount: expected a decimal string"),
        ("remedies/1/due/date", "20221015", "remedies[1].due.date: expected a date"),
        ("remedies/1/due/date", "2022-02-30", "remedies[1].due.date: expected a date"),
        (
            "findings/0/types",
            "delay",
            "findings[0].types: expected a list, found 'delay'.",
        ),
        (
            "findings/0/types/1",
            None,
            "findings[0].types[1]: expected text, found None.",
        ),
        ("paragraphs/0/start", True, "paragraphs[0].start: expected a whole number"),
        ("paragraphs/0/start", 1.5, "paragraphs[0].start: expected a whole number"),
        ("category", [], "category: expected an object, found []."),
        ("disposition", None, "disposition: expected text, found None."),
    ],
)
def test_errors_say_what_is_wrong_and_where(path: str, value: Any, message: str) -> None:
    with pytest.raises(RecordError) as caught:
        from_json(changed(path, value))
    assert message in str(caught.value)


@pytest.mark.parametrize("line", ["", "{", "not JSON", b"\xff", "[" * 100_000])
def test_what_is_not_json_is_not_a_record(line: str | bytes) -> None:
    with pytest.raises(RecordError, match="this is not JSON"):
        loads(line)


@pytest.mark.parametrize("junk", [None, [], "text", 3])
def test_what_is_not_an_object_is_not_a_record(junk: Any) -> None:
    with pytest.raises(RecordError, match="expected a JSON object"):
        from_json(junk)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(to_json(factories.decision()))), json_values)
@settings(deadline=None)
def test_any_value_is_read_or_refused(key: str, value: Any) -> None:
    try:
        decision = from_json(changed(key, value))
    except RecordError as error:
        assert str(error).startswith(key)  # noqa: PT017 - either answer is right
    else:
        assert to_json(decision)[key] == value


# The JSON Schema


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(JSON_SCHEMA)


@pytest.mark.parametrize(
    "made",
    [
        factories.decision(),
        factories.housing_decision(related=()),
        factories.closed_decision(),
        factories.not_upheld_decision(),
        factories.hostile_decision(),
        factories.empty_decision(factories.CLOSED),
    ],
    ids=["education", "housing", "closed", "not upheld", "hostile", "empty"],
)
def test_records_follow_the_schema(made: Decision) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(to_json(made))] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("outcome", "partly-upheld"),
        ("reference", "22/900/014"),
        ("date", "15 September 2022"),
        ("source/sha256", "abc"),
        ("authorities/0/id", "Tarnbeck"),
        ("findings/0/evidence", []),
        ("findings/0/status", "guilty"),
        ("findings/0/types/0", "dealy"),
        ("injustices/0/type", None),
        ("remedies/1/type", "financial"),
        ("remedies/1/amount", 600),
        ("remedies/1/amount", "600.5"),
        ("remedies/1/currency", "EUR"),
        ("remedies/1/due/basis", "guessed"),
        ("citations/0/id", "Local Government Act 1974"),
        ("bodies/0/roles/0", "friend"),
        ("satisfied", ...),
        ("colour", "red"),
    ],
)
def test_the_schema_refuses(path: str, value: Any) -> None:
    assert not VALIDATOR.is_valid(changed(path, value))


ENUMS = {
    "properties/outcome": "outcome",
    "properties/document_type": "document-type",
    "properties/disposition": "disposition",
    "$defs/authority/properties/kind": "authority-kind",
    "$defs/finding/properties/status": "finding-status",
    "$defs/finding/properties/types/items": "fault",
    "$defs/injustice/properties/type": "injustice",
    "$defs/due/properties/basis": "due-basis",
    "$defs/remedy/properties/type": "remedy",
    "$defs/remedy/properties/status": "remedy-status",
    "$defs/remedy/properties/per": "period",
    "$defs/remedy/properties/purposes/items": "injustice",
    "$defs/reason/properties/type": "reason",
    "$defs/citation/properties/role": "citation-role",
    "$defs/body/properties/roles/items": "body-role",
}


@pytest.mark.parametrize("path", ENUMS)
def test_enums_are_the_schemes(path: str) -> None:
    place: Any = JSON_SCHEMA
    for step in path.split("/"):
        place = place[step]
    listed = [id for id in place["enum"] if id is not None]
    assert listed == list(vocabulary(ENUMS[path]).leaves())


def described(kind: type, place: Mapping[str, Any]) -> None:
    """Check that an object of the schema has the fields of the class, in their order."""
    names = [field.name for field in fields(kind)]
    assert list(place["properties"]) == names
    assert place["required"] == names
    assert place["additionalProperties"] is False


@pytest.mark.parametrize("key", sorted(JSON_SCHEMA["$defs"]))
def test_definitions_have_the_fields_of_the_model(key: str) -> None:
    kind = getattr(model, key.capitalize(), None)
    if kind is None:
        assert JSON_SCHEMA["$defs"][key]["type"] == "string"
    else:
        described(kind, JSON_SCHEMA["$defs"][key])


def test_the_schema_has_the_fields_of_a_decision() -> None:
    names = ["schema", *(field.name for field in fields(Decision))]
    assert list(JSON_SCHEMA["properties"]) == JSON_SCHEMA["required"] == names
    assert JSON_SCHEMA["properties"]["schema"] == {"const": SCHEMA}
    described(model.Source, JSON_SCHEMA["properties"]["source"])
    described(model.Category, JSON_SCHEMA["properties"]["category"])


def test_the_module_does_not_load_jsonschema() -> None:
    assert not hasattr(record, "jsonschema")
