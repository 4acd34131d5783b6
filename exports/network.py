"""Typed nodes and edges: what every graph format and the page are written from.

A network is a flat picture of the RDF graph: attributes are single scalars
(:func:`flatten`), passages stay beside them as values. Two nodes may be joined by any
number of edges; each has its own id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import blake2s
from typing import Any

from exports.exporter import ExportError

Scalar = str | int | float | bool
SEPARATOR = " | "
"""Stands between the values of an attribute that has several."""

ATTRIBUTES: Mapping[str, type] = {
    "amount": float,
    "authority_kind": str,
    "body_kind": str,
    "category": str,
    "citation_role": str,
    "council_type": str,
    "count": float,
    "currency": str,
    "date": date,
    "decisions": int,
    "disposition": str,
    "document_type": str,
    "due_basis": str,
    "due_date": date,
    "due_text": str,
    "fictional": bool,
    "gss": str,
    "in_force_from": date,
    "in_force_to": date,
    "layout": str,
    "legislation_id": str,
    "guidance_id": str,
    "letter": str,
    "outcome": str,
    "paragraph": int,
    "part": str,
    "payer": str,
    "payment": float,
    "per": str,
    "person": str,
    "purpose": str,
    "quote": str,
    "recipient": str,
    "reference": str,
    "region": str,
    "role": str,
    "rule": str,
    "satisfied_on": date,
    "scope": str,
    "source_hash": str,
    "source_name": str,
    "status": str,
    "subcategory": str,
    "summary": str,
    "text": str,
    "total": float,
    "type": str,
    "unread_kind": str,
    "url": str,
    "weight": int,
    "why": str,
    "wording_hash": str,
}
"""Every attribute a node or an edge may have, with its one type in all formats; the values of
those that are days are ISO 8601 text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that say something and the paragraph they stand in."""

    quote: str
    paragraph: int | None
    rule: str
    start: int
    decision: str = ""
    """IRI of the decision that it stands in."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: ``id`` is its IRI, ``kind`` a word such as ``council`` or ``finding``."""

    id: str
    kind: str
    label: str
    attributes: Mapping[str, Scalar] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    place: tuple[float, float] = (0.0, 0.0)
    """Where a drawing may put it: x to the right, y downwards, in pixels."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from ``source`` to ``target``; ``label`` reads between the two."""

    id: str
    source: str
    target: str
    kind: str
    label: str
    attributes: Mapping[str, Scalar] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes sorted by id, edges sorted by source, kind, target and id."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
        """Sort, keeping the first node of each id."""
        kept: dict[str, Node] = {}
        for node in nodes:
            kept.setdefault(node.id, node)
        return cls(
            tuple(sorted(kept.values(), key=lambda node: node.id)),
            tuple(sorted(edges, key=edge_order)),
        )

    def kinds(self) -> Counter[str]:
        """How many nodes there are of each kind."""
        return Counter(node.kind for node in self.nodes)


def edge_order(edge: Edge) -> tuple[str, str, str, str]:
    """The order of edges in every output."""
    return edge.source, edge.kind, edge.target, edge.id


def edge_id(source: str, kind: str, target: str) -> str:
    """An id for a link that has no IRI of its own: the same ends and kind, the same id."""
    return "link-" + blake2s(f"{source} {kind} {target}".encode(), digest_size=10).hexdigest()


def flatten(node: str, name: str, value: Any) -> Scalar | None:
    """``value`` as the one scalar that ``ATTRIBUTES`` says; None stays None (no attribute).

    Several values are joined, sorted. Raises :class:`ExportError` with the name of the
    node when the attribute is unknown or cannot be read as its type.
    """
    if value is None:
        return None
    if isinstance(value, (list, tuple, set, frozenset)):
        each = sorted({str(flatten(node, name, item)) for item in value if item is not None})
        return flatten(node, name, SEPARATOR.join(each)) if each else None
    if isinstance(value, date):
        value = value.isoformat()
    wanted = ATTRIBUTES.get(name)
    if wanted is None:
        raise ExportError(node, f"attribute {name!r} is not declared", "add it to ATTRIBUTES")
    if wanted is bool:
        return value if isinstance(value, bool) else str(value) == "true"
    try:
        if wanted is date:
            return date.fromisoformat(value).isoformat()
        return wanted(Decimal(value) if wanted is not str else value)  # type: ignore[no-any-return]
    except (ArithmeticError, ValueError, TypeError) as error:
        words = "one day" if wanted is date else f"a {wanted.__name__}"
        reason = f"attribute {name!r} holds {value!r}, which is not {words}"
        raise ExportError(node, reason, "look at the record it came from") from error


def cells(item: Node | Edge) -> dict[str, Scalar]:
    """The attributes as written to files, the first passage folded in, sorted by name."""
    found = dict(item.attributes)
    if item.passages:
        found.setdefault("quote", item.passages[0].quote)
        found.setdefault("rule", item.passages[0].rule)
        if item.passages[0].paragraph is not None:
            found.setdefault("paragraph", item.passages[0].paragraph)
    return dict(sorted(found.items()))
