"""Content made for tests: what a query over foreign vocabularies could give, at its worst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from exports.content import Content, NamedGraph, Portion, Schema
from exports.network import Edge, Network, Node, Passage, Scalar
from tests import factories

QUOTE = 'It took “nine” months — £1,500 \\ "agreed".\n' * 22_000
"""About a megabyte, as a quotation could be."""

PLAIN: dict[str, Scalar] = {"schema:value": 2.5, "dc:title": "one", "dc_title": "two"}

HOSTILE_NAMES: dict[str, Scalar] = {
    **PLAIN,
    'größe "x"]\n<a>&': 'bracket ] and " mark',
    "1st": 1,
    "id": "not the id",
    "kind": "not the kind",
    "label": "not the label",
    "type": "not a program of sigma",
    "parent": "not a node",
    "name": "not the name",
    "key": "not the key",
    "color": "not a colour",
    "shape": "not a shape",
    "image": "/etc/passwd",
    "size": "not a size",
    "x": "not a place",
    "weight": "heavy",
    "date": "some day",
    "decisions": "several",
    "__proto__": "not a prototype",
    "constructor": "not a function",
    "evidence": "not a passage",
}
"""Names that formats or their readers keep for themselves, or cannot write, with values."""

NUMBERS: dict[str, Scalar] = {
    "tiny": 1e-7,
    "huge": -1.5e300,
    "whole": 3.0,
    "third": 1 / 3,
    "large": 2**31 - 1,
    "negative": -7,
    "yes": True,
    "no": False,
    "day": "2024-02-29",
}


class MadeContent(Content):
    """Portions given by a test, with a schema that allows for all that they hold."""

    title = 'made "for" tests \\ & <more>'

    def __init__(self, portions: Sequence[Portion], days: Sequence[str] = ()) -> None:
        self._portions = portions
        self._days = days

    @property
    def schema(self) -> Schema:
        types: dict[str, type] = {}
        nodes: dict[str, set[str]] = {}
        edges: dict[str, set[str]] = {}
        for portion in self._portions:
            pairs: list[tuple[Node | Edge, dict[str, set[str]]]] = [
                *((node, nodes) for node in portion.nodes),
                *((edge, edges) for edge in portion.edges),
            ]
            for item, kinds in pairs:
                kinds.setdefault(item.kind, set()).update(item.attributes)
                for name, value in item.attributes.items():
                    types[name] = date if name in self._days else type(value)
        return Schema(
            types,
            {kind: tuple(sorted(names)) for kind, names in nodes.items()},
            {kind: tuple(sorted(names)) for kind, names in edges.items()},
        )

    def graphs(self) -> Iterator[NamedGraph]:
        return iter(())

    def portions(self) -> Iterator[Portion]:
        return iter(self._portions)

    def network(self) -> Network:
        """All of it at once."""
        return Network.of(
            (node for portion in self._portions for node in portion.nodes),
            (edge for portion in self._portions for edge in portion.edges),
        )


def hostile(words: str = factories.HOSTILE_IN_XML) -> MadeContent:
    """Hostile names, words and kinds, a long quotation, parallel edges, a loop, odd ids."""
    passage = Passage(QUOTE, 4, "rule.long", 0, "http://example.org/d")
    short = Passage(words, None, "rule.short", 9, "http://example.org/d")
    owner = "http://example.org/d"
    mine = Node(f"{owner}/a", "thing", words, HOSTILE_NAMES, (passage, short), (1.5, -2.0))
    blank = Node("_:b0", 'an "odd" [kind] \\', "", NUMBERS, place=(-252.0, 74.0))
    last = Node(owner, "decision", "R&amp;D \\N \\l <b>label</b>", {"1st": -4})
    return MadeContent(
        [
            Portion(
                [mine],
                [
                    Edge("e1", mine.id, "_:b0", "schema:about", words, HOSTILE_NAMES, (short,)),
                    Edge("e2", mine.id, "_:b0", "schema:about", "again", NUMBERS),
                    Edge("e3", mine.id, mine.id, "schema:about", "itself"),
                ],
                owner,
            ),
            Portion([blank, last], [Edge("e4", "_:b0", owner, "back \\", "leads back")]),
        ],
        days=("day",),
    )


def single(**attributes: Scalar) -> MadeContent:
    """One node with those attributes."""
    return MadeContent([Portion([Node("http://example.org/n", "thing", "n", attributes)])])
