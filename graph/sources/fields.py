"""The fields of a record, whatever the project that made it calls them.

A record is an object of JSON or a row of a table with a heading. The names that count are
those of :data:`METADATA` and ``text``; other projects that gather decisions have others for the
same things, which are known too (:data:`_NAMES`). Names are compared without regard to
capitals, spaces, hyphens and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph.layouts.header import BARE, TITLE
from graph.layouts.header_values import read_outcome
from graph.sources.html import looks_like_html, read_html
from graph.sources.papers import documents_in
from graph.sources.raw import MAX_DOCUMENT, RawDocument, Unreadable, fingerprint, too_long

METADATA = (
    "url",
    "reference",
    "category",
    "subcategory",
    "outcome",
    "date",
    "authority",
)
"""Fields of a record that are kept beside its ``text``."""
ADVICE = 'give records with "text" and, if known, ' + ", ".join(METADATA)
_NAMES = {
    "text": "text fulltext decisiontext bodytext pagetext rawtext plaintext content contents body "
    "markdown html fullhtml pagehtml rawhtml decision statement",
    "url": "url link pageurl sourceurl decisionurl sourcelink permalink address source",
    "reference": "reference ref referencenumber referenceno refno caseid casereference caseref "
    "casenumber caseno complaintreference complaintref complaintnumber complaintid decisionid id",
    "category": "category maincategory topic servicearea",
    "subcategory": "subcategory subtopic",
    "outcome": "outcome decisionoutcome result decision decisiontype",
    "date": "date decisiondate dateofdecision decidedon datedecided decided",
    "authority": "authority authorityname council councilname body bodyname organisation "
    "organisationname organization localauthority complaintagainst respondent",
}
"""Field to the names it goes by, the surest first, folded as :func:`_folded` does it."""
_NESTED = ("metadata", "meta", "fields")
"""Names under which some projects keep everything but the text."""
_TITLES = ("title", "name", "heading", "decisiontitle")
_LEAST = 200
"""Characters of a text under a name that may also have a short value: body, decision, source."""
_OUTCOME_LENGTH = 60
_AMBIGUOUS = frozenset({"body", "content", "contents", "decision", "statement"})
_SHOWN = 12
"""Names of fields that a message lists."""


def read_record(name: str, record: Any, data: bytes) -> Iterator[RawDocument | Unreadable]:
    """The decision in ``record``; ``data`` are the bytes that it was read from, or stands for it.

    ``name`` is the entry: ``all.jsonl#3``. Of a text with several decisions each is one,
    ``all.jsonl#3.1``, without what the record says of them together.
    """
    if not isinstance(record, dict):
        yield Unreadable(name, "this is not a record", ADVICE)
        return
    if str(record.get("schema", "")).startswith("faultlines/"):
        yield Unreadable(name, "this record was extracted already", "give the decisions themselves")
        return
    text = text_of(record)
    if text is None:
        yield Unreadable(name, lacking(record), ADVICE)
        return
    if len(text) > MAX_DOCUMENT:
        yield Unreadable(name, too_long(), "check that it is one decision")
        return
    metadata = metadata_of(record)
    if looks_like_html(text):
        text, found = read_html(text)
        metadata = {**found, **metadata}
    yield from documents_in(name, text, fingerprint(data), metadata, mark=".")


def names_text(names: Iterable[str]) -> bool:
    """Whether one of ``names``, a table's heading, is a name for the text."""
    return not {_folded(name) for name in names}.isdisjoint(_NAMES["text"].split())


def text_of(record: Mapping[str, Any]) -> str | None:
    """The text of ``record``, plain or HTML; None where it has none."""
    fields = _fields(record)
    for name in _NAMES["text"].split():
        value = fields.get(name)
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            value = "\n".join(value)
        if isinstance(value, str) and value.strip():
            if name in _AMBIGUOUS and len(value) < _LEAST:
                continue
            return value
    return None


def metadata_of(record: Mapping[str, Any]) -> dict[str, str]:
    """What ``record`` says beside its text, by the names of :data:`METADATA`."""
    fields = _fields(record)
    found = {}
    for field in METADATA:
        for name in _NAMES[field].split():
            value = fields.get(name)
            if isinstance(value, bool) or not isinstance(value, str | int) or not value:
                continue
            shown = str(value).strip()
            if shown and (name == field or _is_likely(field, shown)):
                found[field] = shown
                break
    for name in _TITLES:
        title = TITLE.match(str(fields.get(name) or ""))
        if title and title["body"]:
            found.setdefault("authority", title["body"].strip())
            found.setdefault("reference", title["reference"].strip())
    return found


def lacking(record: Mapping[str, Any]) -> str:
    """The reason given for a record without a text: what it has instead."""
    empty = [str(name) for name in record if _folded(name) in _NAMES["text"].split()]
    if empty:
        return f'the record has no "text": its {empty[0]!r} is empty or something else'
    names = [repr(str(name)[:40]) for name in record]
    shown = ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
    return f'the record has no "text"; its fields are {shown or "none"}'


def _fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of ``record`` by folded name, with those of an object nested in it."""
    fields: dict[str, Any] = {}
    for name, value in record.items():
        fields.setdefault(_folded(name), value)
    for name in _NESTED:
        nested = fields.get(name)
        if isinstance(nested, Mapping):
            for inner, value in nested.items():
                fields.setdefault(_folded(inner), value)
    return fields


def _folded(name: object) -> str:
    return re.sub(r"[\s_\-.]+", "", str(name)).lower()


def _is_likely(field: str, value: str) -> bool:
    """Whether ``value``, found under a name that may mean something else too, fits ``field``."""
    if field == "reference":
        return BARE.match(value) is not None
    if field == "url":
        return value.startswith(("https://", "http://"))
    if field == "outcome":
        return len(value) <= _OUTCOME_LENGTH and read_outcome(value) is not None
    return len(value) < _LEAST
