"""The sums that were promised to people, for figures of a council and of its peers.

A payment is a remedy agreed or recommended that comes to a sum (:mod:`graph.facts`). One
that a joint investigation publishes several times counts once for each body that owes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from exports.serve.counts.casebook import Casebook, Chosen, authority_key
from graph.knowledge_graph import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Sums:
    """Payments added up, in pence."""

    number: int
    total: int
    median: int | None
    """The lowest sum that at least half do not exceed; None without a payment."""
    highest: int | None


class Payments:
    """The payments of one graph, by the authority that owes them."""

    def __init__(self, kg: KnowledgeGraph, book: Casebook) -> None:
        self._book = book
        self._owed: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
        for iri, fact in kg.ledger.facts("paid"):
            if fact.authority is None or fact.pence is None:
                continue
            if key := authority_key(fact.authority):
                self._owed[key].append((book.place(iri), fact.entry, fact.pence))

    def of(self, chosen: Chosen, authorities: Iterable[str]) -> Sums:
        """What some authorities owe by some decisions, each by those about itself."""
        sums = sorted(pence for authority in authorities for pence in self._own(chosen, authority))
        middle = sums[(len(sums) - 1) // 2] if sums else None
        return Sums(len(sums), sum(sums), middle, sums[-1] if sums else None)

    def _own(self, chosen: Chosen, authority: str) -> list[int]:
        # every figure of an authority is of the complaints about it; what it owes besides, by a
        # decision on another body, would stand beside a number of complaints without that one
        about = (chosen & self._book.chosen((("council", authority),))).bits
        inside = about.to_bytes((about.bit_length() + 7) // 8, "little")
        once: dict[tuple[str, str, int], int] = {}
        for place, entry, pence in self._owed.get(authority, ()):
            if place >> 3 < len(inside) and inside[place >> 3] >> (place & 7) & 1:
                once[self._book.investigation(place), entry, pence] = pence
        return list(once.values())
