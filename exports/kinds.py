"""Which attributes each kind of node and edge may have, view by view.

Tables need their columns, and bulk imports their headers, before the first row is known.
What a node has and its kind does not name is an error, never lost
(:func:`declared`).
"""

from __future__ import annotations

from collections.abc import Mapping

from exports.content import Schema
from exports.exporter import ExportError
from exports.network import ATTRIBUTES, Edge, Node
from exports.terms import LINKS

Columns = Mapping[str, tuple[str, ...]]

_SHARED = ("decisions",)
_FINDING = ("part", "status", "type")
_REASON = ("scope", "type")
_INJUSTICE = ("person", "type")
_REMEDY = (
    *("amount", "count", "currency", "due_basis", "due_date", "due_text", "payer", "payment"),
    *("per", "purpose", "recipient", "satisfied_on", "status", "total", "type"),
)
_CITATION = ("citation_role", "text")

NODES: Columns = {
    "authority": ("authority_kind", *_SHARED),
    "body": ("body_kind", *_SHARED),
    "category": _SHARED,
    "citation": _CITATION,
    "complainant": (),
    "complaint": ("reference",),
    "complaint part": ("letter", "text"),
    "council": (
        *("council_type", "decisions", "fictional", "gss", "in_force_from", "in_force_to"),
        "region",
    ),
    "court case": _SHARED,
    "decision": (
        *("category", "date", "disposition", "document_type", "layout", "outcome", "reference"),
        *("satisfied_on", "source_hash", "source_name", "subcategory", "summary", "url"),
        "wording_hash",
    ),
    "fault type": _SHARED,
    "finding": _FINDING,
    "guidance": ("decisions", "guidance_id", "url"),
    "injustice": _INJUSTICE,
    "injustice type": _SHARED,
    "investigation": ("reference",),
    "law": ("decisions", "legislation_id"),
    "reason": _REASON,
    "reason type": _SHARED,
    "remedy": _REMEDY,
    "remedy type": _SHARED,
    "unread mention": ("text", "unread_kind", "why"),
}
"""Kind of node to its attributes in the full view; the others leave some out or add to them."""

_BY_EVIDENCE = ("citesAsJurisdiction", "citesAsSubstantive", "citesCase", "citesGuidance")
_BY_ROLE = ("appealRightTo", "betterPlaced", "involves", "sharedWith", "signpostsTo")

EDGES: Columns = {
    **dict.fromkeys(LINKS, ()),
    **dict.fromkeys(_BY_EVIDENCE, _CITATION),
    **dict.fromkeys(_BY_ROLE, ("role",)),
}
"""Kind of edge to its attributes in the full view."""

_FOLDED: Columns = {
    "engages": _FINDING,
    "faultType": _FINDING,
    "hasFinding": _FINDING,
    "injusticeType": _INJUSTICE,
    "reasonType": _REASON,
    "remedyType": _REMEDY,
    "restsOn": _REASON,
}
"""Edges of the view ``decisions`` that stand for a finding, injustice, remedy or reason."""

_COUNTED: Columns = {
    "faultType": ("decisions", "weight"),
    "remedyType": ("decisions", "weight"),
}
_COUNTED_KINDS = ("authority", "council", "fault type", "remedy type")


def schema(view: str) -> Schema:
    """The attributes of one of :data:`exports.projection.VIEWS`."""
    if view == "summary":
        return Schema(ATTRIBUTES, dict.fromkeys(_COUNTED_KINDS, _SHARED), _COUNTED)
    edges = {**EDGES, **_FOLDED} if view == "decisions" else EDGES
    return Schema(ATTRIBUTES, NODES, edges)


def declared(item: Node | Edge, schema: Schema) -> tuple[str, ...]:
    """The attributes that the item's kind may have.

    Raises :class:`~exports.exporter.ExportError` when the item has another, or is of a kind
    that the schema does not know.
    """
    kinds = schema.nodes if isinstance(item, Node) else schema.edges
    names = kinds.get(item.kind)
    if names is None:
        raise ExportError(item.id, f"kind {item.kind!r} is not declared", "add it to kinds.py")
    if len(item.attributes) and not item.attributes.keys() <= set(names):
        unknown = ", ".join(sorted(item.attributes.keys() - set(names)))
        reason = f"a {item.kind} has no attribute {unknown}"
        raise ExportError(item.id, reason, "add it to exports/kinds.py")
    return names
