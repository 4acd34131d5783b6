"""A network made for a page, as content: to be drawn, or written to a graph file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from exports.content import Content, NamedGraph, Portion, Schema
from exports.layout import layout
from exports.network import ATTRIBUTES, Edge, Network, Node
from exports.queried.literals import common


class Networked(Content):
    """Nodes and edges held in memory, whatever they were made from."""

    def __init__(self, title: str, network: Network, *, weighs: str = "") -> None:
        self.title = title
        self.network = network
        self.weighs = weighs

    @property
    def schema(self) -> Schema:
        """The attributes that the network has; those of a query have the type of their values."""
        types: dict[str, type] = {}
        nodes, edges = (
            self._names(self.network.nodes, types),
            self._names(self.network.edges, types),
        )
        return Schema(dict(sorted(types.items())), nodes, edges)

    @staticmethod
    def _names(
        items: tuple[Node, ...] | tuple[Edge, ...], types: dict[str, type]
    ) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for item in items:
            found.setdefault(item.kind, set()).update(item.attributes)
            for name, value in item.attributes.items():
                known = ATTRIBUTES.get(name, type(value))
                held = known if isinstance(value, str if known is date else known) else str
                types[name] = common({held, types.get(name, held)})
        return {kind: tuple(sorted(names)) for kind, names in sorted(found.items())}

    def graphs(self) -> Iterator[NamedGraph]:
        """Nothing: what a page draws is no statement."""
        return iter(())

    def portions(self) -> Iterator[Portion]:
        """The network, placed."""
        places = layout(self.network)
        nodes = [replace(node, place=places[node.id]) for node in self.network.nodes]
        yield Portion(nodes, list(self.network.edges))
