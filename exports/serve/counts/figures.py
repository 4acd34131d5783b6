"""The numbers on the pages: decisions selected and counted.

One rule for all of them: a joint investigation, published once for each body or
complainant, counts once. Every number is defined in words on the page ``/about``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from exports.serve.counts.casebook import Casebook, Chosen, Filters
from exports.serve.counts.dimensions import DIMENSIONS, Names
from exports.serve.counts.links import Links
from exports.serve.counts.payments import Payments
from graph.knowledge_graph import KnowledgeGraph
from ontology.register import fold

NAMED = (
    *("fault", "injustice", "remedy", "reason", "category"),
    *("provision", "guidance", "body"),
)
"""Dimensions whose keys a search by name finds, beside councils."""
FEW = 5
"""Below this many decided complaints a rate says little, and is marked."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often a key occurs."""

    key: str
    label: str
    number: int
    """Distinct investigations."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One council's row of the overview."""

    key: str
    label: str
    decided: int
    """Investigations and other decided complaints: what a rate is out of."""
    cells: Mapping[str, int]

    @property
    def few(self) -> bool:
        """Whether too little was decided for a rate to mean much."""
        return self.decided < FEW


def nested(counts: Sequence[Count], chosen: str) -> list[Count]:
    """Subjects without their subcategories, but with those of the one chosen, below it.

    All subcategories at once would hide the rest, and several of them are called alike.
    """
    inside = chosen.partition("/")[0]
    below = [count for count in counts if inside and count.key.startswith(f"{inside}/")]
    return [
        shown
        for count in counts
        if "/" not in count.key
        for shown in (count, *(below if count.key == inside else ()))
    ]


class Figures:
    """Counts over one graph, which does not change while it is open."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._lock = Lock()
        # one cache for each graph, not for the class: an application may serve several
        self.select = lru_cache(maxsize=256)(self._select)
        self.heat = lru_cache(maxsize=64)(self._heat)

    @cached_property
    def book(self) -> Casebook:
        """Every decision and what it is counted by."""
        with self._lock:
            found = self.__dict__.get("book")
            return found if found is not None else Casebook(self._kg)

    def prepare(self) -> None:
        """Read everything that pages count from, which takes seconds on a large graph."""
        _ = self.book, self.names, self.links, self.payments

    @cached_property
    def unnamed(self) -> Chosen:
        """Decisions that name no authority that can be told: they are in no council's row."""
        named = self.book.having(self.book.all, "council")
        return Chosen(self.book, self.book.all.bits & ~named.bits)

    @cached_property
    def links(self) -> Links:
        """Faults with the injustices and remedies that they led to."""
        book = self.book
        with self._lock:
            found = self.__dict__.get("links")
            return found if found is not None else Links(self._kg, book)

    @cached_property
    def payments(self) -> Payments:
        """Sums promised, by who owes them."""
        book = self.book
        with self._lock:
            found = self.__dict__.get("payments")
            return found if found is not None else Payments(self._kg, book)

    @cached_property
    def names(self) -> Names:
        """Words for keys and IRIs."""
        return Names(self._kg)

    def _select(self, filters: Filters) -> Chosen:
        """The decisions that fulfil all filters, the newest first.

        Given a council, a fault, an injustice or a remedy must be that council's own.
        """
        return self.book.chosen(filters)

    def count(self, chosen: Chosen, dimension: str, council: str | None = None) -> list[Count]:
        """Investigations by key, the most frequent first; years in their order.

        Of one council's own when it is given.
        """
        if dimension not in DIMENSIONS:
            raise KeyError(dimension)
        return self._ranked(dimension, self.book.tally(chosen, dimension, council))

    def _ranked(self, dimension: str, tally: Mapping[str, int]) -> list[Count]:
        found = [
            Count(key, self.names.label(dimension, key), number) for key, number in tally.items()
        ]
        if dimension in ("year", "quarter"):
            return sorted(found, key=lambda count: count.key)
        return sorted(found, key=lambda count: (-count.number, count.label, count.key))

    def facet(self, filters: Filters, dimension: str, among: Chosen | None = None) -> list[Count]:
        """Counts by a dimension among what all the other filters leave.

        By council, a fault, an injustice or a remedy counts where it is that council's own.
        ``among`` are the decisions that are filtered, all unless told.
        """
        others = tuple(pair for pair in filters if pair[0] != dimension)
        if dimension == "council":
            return self._ranked(dimension, self.book.whose(others, among))
        left = self.select(others) if among is None else among & self.select(others)
        return self.count(left, dimension, dict(others).get("council"))

    def facets(
        self, filters: Filters, dimensions: Sequence[str], among: Chosen | None = None
    ) -> list[tuple[str, list[Count]]]:
        """For each dimension, its keys with the count that choosing one would leave."""
        chosen = dict(filters).get("category", "")
        return [
            (name, nested(counts, chosen) if name == "category" else counts)
            for name in dimensions
            for counts in (self.facet(filters, name, among),)
        ]

    def _heat(self, filters: Filters, dimension: str) -> tuple[HeatRow, ...]:
        """Councils by a dimension: one row for each authority with a decision."""
        rows = []
        for council in self.book.keys("council"):
            own = self.select(filters) & self.book.chosen((("council", council),))
            if own:
                label = self.names.label("council", council)
                cells = self.book.tally(own, dimension, council)
                rows.append(HeatRow(council, label, own.investigations, cells))
        return tuple(rows)

    def search(self, words: str) -> Chosen:
        """Decisions that hold every word: in their text, their reference or their authorities."""
        return self.book.of(self._kg.ledger.search(words))

    def topics_named(self, words: str) -> list[tuple[str, Count]]:
        """(dimension, count) of types, laws, guidance, bodies and subjects so named.

        Every word has to be in the name; what is called just so comes first, then those in
        most decisions.
        """
        name = fold(words)
        wanted = name.split()
        found = [
            (dimension, count)
            for dimension in NAMED
            for count in self._counted(dimension)
            if wanted and all(word in fold(count.label) for word in wanted)
        ]
        return sorted(found, key=lambda pair: (fold(pair[1].label) != name, -pair[1].number))

    def _counted(self, dimension: str) -> list[Count]:
        return self.count(self.book.all, dimension)

    def authorities_named(self, words: str) -> list[Count]:
        """Authorities with decisions whose name holds every word."""
        wanted = fold(words).split()
        found = self.count(self.book.all, "council")
        return [c for c in found if wanted and all(w in fold(c.label) for w in wanted)]
