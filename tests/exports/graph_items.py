"""A network as plain dictionaries, to lay beside what a reader of a file found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exports.network import Edge, Network, Node, Scalar, cells

Items = dict[str, dict[str, Any]]
Links = dict[str, tuple[str, str, dict[str, Any]]]


def items(
    network: Network,
    names: Mapping[str, str] | None = None,
    told: Callable[[Scalar], Any] = lambda value: value,
    *,
    kind: str = "kind",
    label: str = "label",
) -> tuple[Items, Links]:
    """Nodes by id and edges by id; ``names`` gives an attribute its name in the file.

    ``told`` makes of a value what the reader makes of it; ``kind`` and ``label`` are what the
    file calls these two.
    """

    def values(item: Node | Edge) -> dict[str, Any]:
        found = {(names or {}).get(name, name): told(value) for name, value in cells(item).items()}
        return {kind: told(item.kind), label: told(item.label), **found}

    nodes = {node.id: values(node) for node in network.nodes}
    return nodes, {edge.id: (edge.source, edge.target, values(edge)) for edge in network.edges}


def evidence(item: Node | Edge) -> list[dict[str, Any]]:
    """All passages, as the formats with lists carry them."""
    return [
        {
            "quote": passage.quote,
            "paragraph": passage.paragraph,
            "rule": passage.rule,
            "decision": passage.decision,
        }
        for passage in item.passages
    ]


def by_id(network: Network) -> dict[str, Node | Edge]:
    """Nodes and edges by id; nothing is both."""
    found: dict[str, Node | Edge] = {node.id: node for node in network.nodes}
    found.update((edge.id, edge) for edge in network.edges)
    assert len(found) == len(network.nodes) + len(network.edges)
    return found


def differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Where two dictionaries differ, in short words: a diff of long quotations takes minutes."""
    told = [f"missing: {key!r}" for key in wanted.keys() - found.keys()]
    told += [f"too much: {key!r}" for key in found.keys() - wanted.keys()]
    for key in wanted.keys() & found.keys():
        one, other = found[key], wanted[key]
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            told += [f"{key!r}: {words}" for words in differences(one, other)]
        elif isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
            numbered = ({str(n): part for n, part in enumerate(each)} for each in (one, other))
            told += [f"{key!r}: {words}" for words in differences(*numbered)]
        elif one != other or isinstance(one, bool) != isinstance(other, bool):
            told.append(f"{key!r}: {repr(one)[:200]} is not {repr(other)[:200]}")
    return sorted(told)[:20]
