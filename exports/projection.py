"""RDF to nodes and edges, once, for every graph format, the tables and the page.

Four views of one graph:

- ``full``: every node of the model except passages and paragraphs, whose words are folded
  into what they are evidence of; a citation or an involvement with a known end is an edge.
- ``chain``: council, decision, finding, injustice, remedy, law and bodies, as a sentence reads.
- ``decisions``: councils, decisions and types; findings, injustices and remedies are edges.
- ``summary``: councils, fault types and remedy types with weights (:mod:`exports.aggregate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from exports.blocks import Blocks
from exports.content import Portion
from exports.network import Edge, Network, Node, edge_order
from exports.projector import Fragment, Projector
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph

VIEWS = ("full", "chain", "decisions", "summary")

Transform = Callable[[Fragment], Fragment]

_OF_ONE_DECISION = ("complaint", "complaint part", "decision", "investigation")
"""Kinds that are told with the first decision that has them, though others may share them."""


def project(kg: KnowledgeGraph, scope: Scope, view: str) -> Network:
    """The network of the decisions in scope, in one of :data:`VIEWS`.

    Raises :class:`~exports.scope.ScopeError`, ValueError for an unknown view and
    :class:`~exports.exporter.ExportError` naming a node that cannot be carried.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    for portion in portions(kg, scope, view):
        nodes += portion.nodes
        edges += portion.edges
    return Network.of(nodes, edges)


def portions(kg: KnowledgeGraph, scope: Scope, view: str) -> Iterator[Portion]:
    """The same nodes and edges, decision by decision, then what decisions share.

    Memory holds one decision, the nodes that several decisions may share, and the ids of
    complaints and decisions. A shared node has ``decisions``, the number of those that
    speak of it. Nodes have places in blocks (:mod:`exports.blocks`).
    """
    if view == "summary":
        from exports.aggregate import summary
        from exports.layout import layout

        network = summary(kg, scope)
        places = layout(network)
        nodes = [replace(node, place=places[node.id]) for node in network.nodes]
        yield Portion(nodes, list(network.edges))
        return
    if view not in VIEWS:
        raise ValueError(f"no view {view!r}; choose one of: {', '.join(VIEWS)}")
    from exports.views import TRANSFORMS

    decisions = scope.decisions(kg)
    merged = _Merge(Projector(kg), TRANSFORMS[view], Blocks(len(decisions)))
    for decision in decisions:
        yield merged.portion(decision)
    yield merged.shared()


class _Merge:
    """Tells each node and edge once."""

    def __init__(self, projector: Projector, transform: Transform, blocks: Blocks) -> None:
        self._projector = projector
        self._transform = transform
        self._blocks = blocks
        self._told: set[str] = set()
        """Ids that other decisions may repeat, told already."""
        self._shared: dict[str, Node] = {}
        self._waiting: list[Edge] = []
        """Links to earlier complaints, whose own decision may come later or never."""

    def portion(self, decision: str) -> Portion:
        """What is told with one decision."""
        fragment = self._transform(self._projector.fragment(decision))
        own, mentioned = f"{decision}/", []
        portion = Portion(owner=decision)
        for id in sorted(fragment.nodes):
            node = fragment.nodes[id]
            if id.startswith(own):
                portion.nodes.append(node)
            elif node.kind in _OF_ONE_DECISION:
                if id not in self._told:
                    self._told.add(id)
                    portion.nodes.append(node)
            else:
                mentioned.append(id)
                self._shared.setdefault(id, node)
        for edge in sorted(fragment.edges, key=edge_order):
            if edge.id in self._told:
                continue
            if not edge.source.startswith(decision):
                self._told.add(edge.id)  # a link between shared nodes, which others repeat
            if edge.target in fragment.nodes:
                portion.edges.append(edge)
            else:
                self._waiting.append(edge)
        portion.nodes = self._blocks.placed(portion.nodes, mentioned)
        return portion

    def shared(self) -> Portion:
        """What several decisions may share, and links between decisions."""
        portion = Portion()
        stubs = []
        for edge in sorted(self._waiting, key=edge_order):
            if edge.target not in self._told:
                self._told.add(edge.target)
                stubs.append(self._projector.stub(edge.target))
            portion.edges.append(edge)
        counted = [
            replace(node, attributes={**node.attributes, "decisions": self._blocks.mentions(id)})
            for id, node in self._shared.items()
        ]
        portion.nodes = self._blocks.placed_shared([*counted, *stubs])
        portion.edges += self._projector.successions(self._shared.keys())
        return portion
