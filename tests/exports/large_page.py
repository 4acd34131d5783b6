"""Made-up content as large as a page may draw: decisions with findings, injustices, remedies."""

from __future__ import annotations

from exports.content import Portion
from exports.network import Edge, Node, Passage
from exports.page import HARD_LIMIT
from tests.exports.made_content import MadeContent

_ID = "https://w3id.org/faultlines/id"
_SHARED = 10
_COUNCILS = 5
_QUOTE = "The council took nine months longer than it should have done to arrange this. "


def large_content(count: int = HARD_LIMIT) -> MadeContent:
    """``count`` nodes and about one and a half times as many edges."""
    councils = [
        Node(f"{_ID}/council/X0800000{n}", "council", f"Council {n}") for n in range(_COUNCILS)
    ]
    bodies = [Node(f"{_ID}/body/{n}", "body", f"Body {n}") for n in range(_SHARED - _COUNCILS)]
    nodes, edges = [*councils, *bodies], list[Edge]()

    def link(source: str, kind: str, target: str) -> None:
        edges.append(Edge(f"e{len(edges)}", source, target, kind, kind))

    number = 0
    while len(nodes) < count:
        number += 1
        decision = f"{_ID}/decision/22-900-{number:03d}/X0800000{number % _COUNCILS}"
        reference = f"22 900 {number:03d}"
        url = f"https://www.lgo.org.uk/decisions/{number}"
        said = {"reference": reference, "date": "2022-01-01", "url": url}
        nodes.append(Node(decision, "decision", reference, said))
        link(decision, "against", councils[number % _COUNCILS].id)
        link(decision, "involves", bodies[number % len(bodies)].id)
        for part in range(5):
            for kind in ("finding", "injustice", "remedy"):
                if len(nodes) < count:
                    passage = Passage(_QUOTE * 2, part + 1, "made", part, decision)
                    id = f"{decision}/{kind}/{part}"
                    nodes.append(Node(id, kind, f"Some {kind}", {}, (passage,)))
                    link(decision, f"has {kind}", id)
                    if kind != "finding":
                        link(f"{decision}/finding/{part}", "led to", id)
    return MadeContent([Portion(nodes, edges)])
