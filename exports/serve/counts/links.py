"""Which faults led to which injustices, and were put right by which remedies.

A link is a fault with an injustice that it caused, or with a remedy that answers it or an
injustice that it caused, as the findings of a decision say. For each link there is one set
of decisions, held as bits (:mod:`exports.serve.counts.casebook`). Whose fault it was is kept only
where it matters: a decision about one authority, or one that tells no body apart, needs no
more than its authorities, so that hundreds of links for hundreds of councils stay small.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from exports.serve.counts.casebook import Casebook, Chosen, authority_key, key_of
from graph.knowledge_graph import KnowledgeGraph

ENDS = {"injustice": "fault-injustice", "remedy": "fault-remedy"}
"""What a fault is linked to, with the kind of fact that says so."""

Pair = tuple[str, str]
"""Key of a fault and key of what it is linked to."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link and how often it occurs."""

    end: str
    """What the fault is linked to: ``injustice`` or ``remedy``."""
    fault: str
    key: str
    number: int
    """Distinct investigations."""


class Links:
    """The links of one graph."""

    def __init__(self, kg: KnowledgeGraph, book: Casebook) -> None:
        self._book = book
        self._bits: dict[str, dict[Pair, int]] = {}
        self._others: dict[str, dict[Pair, dict[str, int]]] = {}
        for end, kind in ENDS.items():
            self._read(kg, end, kind)

    def _read(self, kg: KnowledgeGraph, end: str, kind: str) -> None:
        owners: dict[Pair, dict[int, set[str | None]]] = defaultdict(dict)
        for iri, fact in kg.ledger.facts(kind):
            if fact.second is None:
                continue
            whose = None if fact.authority is None else authority_key(fact.authority) or ""
            pair = key_of(fact.first), key_of(fact.second)
            owners[pair].setdefault(self._book.place(iri), set()).add(whose)
        self._bits[end] = {pair: self._book.at(found).bits for pair, found in owners.items()}
        self._others[end] = {
            pair: others for pair, found in owners.items() if (others := self._not_theirs(found))
        }

    def _not_theirs(self, found: dict[int, set[str | None]]) -> dict[str, int]:
        """Authority to the decisions about it in which a link is another body's alone."""
        others: dict[str, list[int]] = defaultdict(list)
        for place, owners in found.items():
            if None not in owners:
                for authority in self._book.authorities(place):
                    if authority not in owners:
                        others[authority].append(place)
        return {authority: self._book.at(places).bits for authority, places in others.items()}

    def tally(self, chosen: Chosen, end: str, council: str | None = None) -> list[Link]:
        """The links to an end among some decisions, the most frequent first.

        Of one council's own faults when it is given.
        """
        found = []
        for fault, key in self._bits[end]:
            bits = chosen.bits & self._of(end, (fault, key), council)
            if bits:
                found.append(Link(end, fault, key, self._book.investigations(bits)))
        return sorted(found, key=lambda link: (-link.number, link.fault, link.key))

    def behind(
        self, chosen: Chosen, end: str, fault: str, key: str, council: str | None = None
    ) -> Chosen:
        """Those of some decisions that make a link, the newest first."""
        own = Chosen(self._book, self._of(end, (fault, key), council))
        return (own & chosen).newest_first()

    def _of(self, end: str, pair: Pair, council: str | None) -> int:
        bits = self._bits[end].get(pair, 0)
        if council is None:
            return bits
        return bits & ~self._others[end].get(pair, {}).get(council, 0)
