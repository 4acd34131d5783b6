"""What kinds and attributes mean, in the words of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from exports.network import ATTRIBUTES
from exports.terms import KINDS, NAMES, TYPES
from ontology.documents import FOLDER
from ontology.prefixes import NS, PREFIXES

_PROPERTIES = {name: property_ for property_, name in NAMES.items() if name != "text"}
_OTHERS: Mapping[str, str] = {
    "authority_kind": "Which subclass of Authority it is.",
    "body_kind": "What kind of body the register says it is.",
    "currency": "ISO 4217 code of the sums beside it.",
    "decisions": "How many of the decisions speak of it.",
    "part": "Letter of the part of the complaint that it decides.",
    "text": "The words as they stand in the decision.",
    "type": "Ids of its types in the vocabularies, joined by |.",
    "unread_kind": "What kind of thing could not be read.",
    "weight": "Number of investigations.",
}
"""Attributes that are no property of their own."""


def description(attribute: str) -> str:
    """What an attribute of the project says; empty for one of another vocabulary."""
    if attribute not in ATTRIBUTES:
        return ""
    found = _OTHERS.get(attribute)
    return found or _definitions().get(_PROPERTIES.get(attribute, attribute), "")


def meaning(kind: str) -> str:
    """What a kind of node is; empty for one that the ontology does not know."""
    if kind in TYPES.values():
        return "A concept of the vocabularies."
    classes = [class_ for class_, known in KINDS.items() if known == kind]
    return " Or: ".join(_definitions()[class_] for class_ in classes if class_ in _definitions())


@cache
def _definitions() -> Mapping[str, str]:
    """Local name of each class and property of the ontology to its definition."""
    import pyoxigraph as ox

    store = ox.Store()
    store.load(path=str(FOLDER / "faultlines.ttl"), format=ox.RdfFormat.TURTLE)
    told = ox.NamedNode(PREFIXES["skos"] + "definition")
    return {
        quad.subject.value.removeprefix(NS): quad.object.value
        for quad in store.quads_for_pattern(None, told, None, None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
