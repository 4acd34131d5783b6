"""Plain words for kinds, attributes and values, as the Ombudsman uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from exports.months import month_words
from exports.network import SEPARATOR, Edge, Node, Scalar
from exports.scope import in_words
from ontology.vocabulary import vocabulary

PLURALS: Mapping[str, str] = {
    "council": "councils",
    "authority": "other authorities",
    "decision": "decisions",
    "finding": "findings",
    "reason": "reasons",
    "injustice": "injustices",
    "remedy": "remedies",
    "law": "law",
    "powers": "Ombudsman’s powers",
    "guidance": "guidance",
    "court case": "court cases",
    "body": "other bodies",
    "complaint": "complaints",
    "complaint part": "parts of complaints",
    "complainant": "complainants",
    "category": "subjects",
    "investigation": "investigations",
    "citation": "citations",
    "unread mention": "unread mentions",
    "fault type": "types of fault",
    "injustice type": "types of injustice",
    "reason type": "types of reason",
    "remedy type": "types of remedy",
    "concept": "concepts",
    "row": "rows",
    "thing": "things",
}
"""Kind of node to the word for several."""

_FACTS: Mapping[str, str] = {
    "reference": "Reference",
    "date": "Decided on",
    "outcome": "Outcome",
    "disposition": "What was done",
    "document_type": "Document",
    "category": "Category",
    "subcategory": "Subcategory",
    "satisfied_on": "Remedy accepted on",
    "summary": "Summary",
    "status": "Result",
    "part": "Part of the complaint",
    "person": "Who suffered it",
    "recipient": "For",
    "amount": "Sum",
    "per": "Paid per",
    "count": "Times",
    "total": "In all",
    "due_date": "Due by",
    "due_text": "As worded",
    "due_basis": "Kind of date",
    "scope": "About",
    "region": "Region",
    "in_force_from": "Council since",
    "in_force_to": "Council until",
    "decisions": "Decisions",
}
"""Attribute to its heading in the panel, in reading order; others are not shown."""

_SCHEMES = {
    "outcome": ("outcome",),
    "disposition": ("disposition",),
    "document_type": ("document-type",),
    "status": ("finding-status", "remedy-status"),
    "per": ("period",),
    "due_basis": ("due-basis",),
}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text fit for HTML: what no document may hold becomes U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def line(text: str) -> str:
    """A label: one line, without marks that would turn the words around it."""
    return _SPACE.sub(" ", _DIRECTION.sub("", clean(text))).strip() or "(no name)"


def sentence(words: str) -> str:
    """Words as a sentence or a heading begins: with a capital letter."""
    return words[:1].upper() + words[1:]


def counted(kind: str, number: int) -> str:
    """``1 decision``, ``1,200 decisions``."""
    return f"{number:,} {kind if number == 1 else PLURALS.get(kind, kind)}"


def facts(item: Node | Edge, *, every: bool = False) -> list[list[str]]:
    """Heading and value of what the panel says about a node, or the table about an edge.

    With ``every`` attributes without a heading are told too, under their own name.
    """
    told = [
        [
            "Status" if (item.kind, name) == ("remedy", "status") else heading,
            _value(item, name, item.attributes[name]),
        ]
        for name, heading in _FACTS.items()
        if name in item.attributes
    ]
    others = sorted(item.attributes.keys() - _FACTS.keys()) if every else ()
    return told + [[clean(name), _value(item, name, item.attributes[name])] for name in others]


def _value(item: Node | Edge, name: str, value: Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("amount", "total") and isinstance(value, (int, float)):
        currency = str(item.attributes.get("currency", "GBP"))
        shown = f"{value:,.2f}".removesuffix(".00")
        return f"£{shown}" if currency == "GBP" else f"{shown} {clean(currency)}"
    if isinstance(value, float):
        return f"{value:g}"
    if name == "due_text":
        return clean(month_words(str(value)))
    if name in _SCHEMES:
        return SEPARATOR.join(_label(name, part) for part in str(value).split(SEPARATOR))
    if name.endswith(("date", "_on", "_from", "_to")):
        try:
            return in_words(date.fromisoformat(str(value)))
        except ValueError:
            return clean(str(value))
    return clean(str(value))


def _label(name: str, id: str) -> str:
    for scheme in _SCHEMES[name]:
        if id in vocabulary(scheme):
            return vocabulary(scheme)[id].label
    return clean(id)
