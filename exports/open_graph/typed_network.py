"""A network as a networkx graph for calculating: numbers are numbers, dates are dates.

The graph files carry flat scalars (:func:`exports.network.cells`), because their formats
carry nothing else; here an attribute keeps its type, and ``evidence`` all passages.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from exports.network import ATTRIBUTES, Edge, Network, Node

if TYPE_CHECKING:
    import networkx as nx

DATES = frozenset(name for name, type_ in ATTRIBUTES.items() if type_ is date)
"""Attributes that are days."""


class Quotation(TypedDict):
    """One passage that a node or an edge is evidenced by."""

    quote: str
    paragraph: int | None
    """Number of its paragraph; None outside the numbered ones."""
    rule: str
    decision: str
    """IRI of the decision that it stands in."""


def typed(network: Network) -> nx.MultiDiGraph[str]:
    """The network as a networkx graph: nodes by IRI, parallel edges by the id of each.

    Every node and edge has ``kind`` and ``label``, and ``evidence``: a tuple of
    :class:`Quotation`, empty where the network has none. The other attributes are those of
    :data:`exports.network.ATTRIBUTES`, days as :class:`datetime.date`; one that is not
    known is not there.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(node.id, **_attributes(node))
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, **_attributes(edge))
    return graph


def _attributes(item: Node | Edge) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": item.kind, "label": item.label}
    for name, value in sorted(item.attributes.items()):
        found[name] = date.fromisoformat(str(value)) if name in DATES else value
    found["evidence"] = tuple(
        Quotation(
            quote=passage.quote,
            paragraph=passage.paragraph,
            rule=passage.rule,
            decision=passage.decision,
        )
        for passage in item.passages
    )
    return found
