"""The narrower views: one decision's fragment in, a simpler fragment out.

``chain`` keeps what a reader follows from council to remedy; ``decisions`` keeps councils,
decisions and types, and makes an edge of each finding, injustice and remedy. Both drop
nothing of what a finding, an injustice, a remedy or a reason says: attributes and passages
move along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from exports.network import Edge, Node, Scalar, edge_id
from exports.projector import Fragment
from exports.terms import LINKS, TYPES

_CHAIN = {
    *("decision", "finding", "injustice", "remedy", "reason"),
    *("law", "guidance", "court case", "body"),
}
_AUTHORITIES = {"council", "authority"}
_TYPED = {"finding": "found", "injustice": "found", "remedy": "led to"}
_TYPED_LINK = {
    "finding": "faultType",
    "injustice": "injusticeType",
    "remedy": "remedyType",
    "reason": "reasonType",
}


def full(fragment: Fragment) -> Fragment:
    """Everything as it is."""
    return fragment


def chain(fragment: Fragment) -> Fragment:
    """Council, decision, finding, injustice, remedy, law and bodies."""
    kept = Fragment(fragment.decision, _about_the_decision(fragment, _CHAIN | _AUTHORITIES))
    leads_on = {edge.source for edge in fragment.edges if edge.kind == "remedies"}
    caused = {edge.target for edge in fragment.edges if edge.kind == "causedInjustice"}
    single = sum(node.kind in _AUTHORITIES for node in kept.nodes.values()) == 1
    for edge in _from_the_decision(fragment):
        implied = (
            (edge.kind == "hasRemedy" and edge.target in leads_on)
            or (edge.kind == "hasInjustice" and edge.target in caused)
            or (edge.kind in ("faultBy", "owedBy") and single)
            or edge.kind in ("eli:is_part_of", "decides", "suffered")
        )
        if not implied and {edge.source, edge.target} <= kept.nodes.keys():
            kept.edges.append(edge)
    return _without_loose_ends(kept)


def decisions(fragment: Fragment) -> Fragment:
    """Councils, decisions and types, with findings, injustices and remedies as edges."""
    wanted = {"decision", "law", "guidance", "court case", "body", "category"} | _AUTHORITIES
    kept = Fragment(fragment.decision, _about_the_decision(fragment, wanted | set(TYPES.values())))
    for edge in _from_the_decision(fragment):
        source = fragment.nodes[edge.source]
        if source.kind in _TYPED_LINK:
            kept.edges += _typed(kept.decision, source, edge)
        elif {edge.source, edge.target} <= kept.nodes.keys() and edge.kind != "eli:is_part_of":
            kept.edges.append(edge)
    typed = {edge.source for edge in fragment.edges if edge.kind == "faultType"}
    for node in fragment.nodes.values():
        if node.kind == "finding" and node.id not in typed:
            kept.edges += _untyped(kept, node)
    return _without_loose_ends(kept)


def _typed(decision: str, source: Node, edge: Edge) -> list[Edge]:
    """An entry's edge to its type, or to the law it rests on, told of the decision."""
    if edge.kind in ("faultType", "injusticeType", "remedyType", "reasonType"):
        words = _TYPED.get(source.kind, "gave the reason")
    elif edge.kind in ("engages", "restsOn"):
        words = edge.label
    else:
        return []
    id = edge_id(source.id, edge.kind, edge.target)
    return [Edge(id, decision, edge.target, edge.kind, words, source.attributes, source.passages)]


def _untyped(kept: Fragment, node: Node) -> list[Edge]:
    """A finding without a fault type, such as no fault: an edge to its status."""
    status = str(node.attributes.get("status", "no-finding"))
    id = f"{kept.decision}/status/{status}"
    kept.nodes.setdefault(id, Node(id, "finding", node.label, {"status": status}))
    attributes, link = node.attributes, edge_id(node.id, "hasFinding", id)
    return [Edge(link, kept.decision, id, "hasFinding", "found", attributes, node.passages)]


def _about_the_decision(fragment: Fragment, kinds: set[str]) -> dict[str, Node]:
    """The nodes of those kinds; the decision takes the complaint's categories as words."""
    nodes = {id: node for id, node in fragment.nodes.items() if node.kind in kinds}
    decision = nodes.get(fragment.decision)
    if decision is not None:
        extra: dict[str, Scalar] = {}
        for edge in sorted(fragment.edges, key=lambda edge: edge.id):
            if edge.kind in ("category", "subcategory"):
                extra[edge.kind] = fragment.nodes[edge.target].label
        nodes[decision.id] = replace(decision, attributes={**decision.attributes, **extra})
    for edge in fragment.edges:
        part = fragment.nodes.get(edge.target)
        if edge.kind == "decides" and edge.source in nodes and part is not None:
            finding = nodes[edge.source]
            if part.kind == "complaint part":
                letter = {"part": part.attributes.get("letter", part.label)}
                nodes[edge.source] = replace(finding, attributes={**finding.attributes, **letter})
    return nodes


def _from_the_decision(fragment: Fragment) -> list[Edge]:
    """The edges, with the decision in place of its complaint."""
    complaints = {id for id, node in fragment.nodes.items() if node.kind == "complaint"}
    moved = []
    for edge in fragment.edges:
        if edge.source not in complaints:
            moved.append(edge)
        elif edge.kind in ("against", "category", "subcategory"):
            words = "is about" if edge.kind == "against" else LINKS[edge.kind]
            id = edge_id(fragment.decision, edge.kind, edge.target)
            moved.append(replace(edge, id=id, source=fragment.decision, label=words))
    return moved


def _without_loose_ends(fragment: Fragment) -> Fragment:
    """Without shared nodes that no edge reaches; the decision itself always stays."""
    reached = {end for edge in fragment.edges for end in (edge.source, edge.target)}
    reached.add(fragment.decision)
    fragment.nodes = {id: node for id, node in fragment.nodes.items() if id in reached}
    return fragment


TRANSFORMS: Mapping[str, Callable[[Fragment], Fragment]] = {
    "full": full,
    "chain": chain,
    "decisions": decisions,
}
"""View to the function that makes it of a fragment."""
