"""RDF to nodes and edges, once, for every graph format and the page.

Four views of one graph:

- ``full``: every node of the model except passages and paragraphs, whose words are folded
  into what they are evidence of; a citation or an involvement with a known end is an edge.
- ``chain``: council, decision, finding, injustice, remedy, law and bodies, as a sentence reads.
- ``decisions``: councils, decisions and types; findings, injustices and remedies are edges.
- ``summary``: councils, fault types and remedy types with weights (:mod:`exports.aggregate`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exports.network import Edge, Network, Node, edge_order
from exports.projector import Fragment, Projector
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph

VIEWS = ("full", "chain", "decisions", "summary")

Transform = Callable[[Fragment], Fragment]


def project(kg: KnowledgeGraph, scope: Scope, view: str) -> Network:
    """The network of the decisions in scope, in one of :data:`VIEWS`.

    Raises :class:`~exports.scope.ScopeError`, ValueError for an unknown view and
    :class:`~exports.base.ExportError` naming a node that cannot be carried.
    """
    nodes: list[Node] = []
    edges: list[Edge] = []
    for item in stream(kg, scope, view):
        if isinstance(item, Node):
            nodes.append(item)
        else:
            edges.append(item)
    return Network.of(nodes, edges)


def stream(kg: KnowledgeGraph, scope: Scope, view: str) -> Iterator[Node | Edge]:
    """The same nodes and edges one by one, decision by decision, nodes before their edges.

    Memory holds one decision and the ids of nodes that several decisions may share.
    """
    if view == "summary":
        from exports.aggregate import summary

        network = summary(kg, scope)
        yield from network.nodes
        yield from network.edges
        return
    if view not in VIEWS:
        raise ValueError(f"no view {view!r}; choose one of: {', '.join(VIEWS)}")
    from exports.views import TRANSFORMS

    yield from _merge(Projector(kg), scope.decisions(kg), TRANSFORMS[view])


def _merge(
    projector: Projector, decisions: Iterable[str], transform: Transform
) -> Iterator[Node | Edge]:
    seen: set[str] = set()
    waiting: list[Edge] = []
    for decision in decisions:
        fragment = transform(projector.fragment(decision))
        for node in sorted(fragment.nodes.values(), key=lambda node: node.id):
            if node.id in seen:
                continue
            if not node.id.startswith(f"{decision}/"):
                seen.add(node.id)
            yield node
        for edge in sorted(fragment.edges, key=edge_order):
            if edge.id in seen:
                continue
            if not edge.source.startswith(decision):
                seen.add(edge.id)  # a link between shared nodes, which other decisions repeat
            if edge.target in fragment.nodes:
                yield edge
            else:  # an earlier complaint, whose own decision may come later or never
                waiting.append(edge)
    for edge in sorted(waiting, key=edge_order):
        if edge.target not in seen:
            seen.add(edge.target)
            yield projector.stub(edge.target)
        yield edge
    for edge in projector.successions(seen):
        yield edge
