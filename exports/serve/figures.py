"""The numbers on the pages: decisions selected and counted.

One rule for all of them: a joint investigation, published once for each body or
complainant, counts once. Every number is defined in words on the page ``/about``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from exports.serve.cases import Case, cases
from exports.serve.dimensions import DIMENSIONS, Names
from graph.knowledge_graph import KnowledgeGraph
from ontology.register import fold

FEW = 5
"""Below this many decided complaints a rate says little, and is marked."""

Filters = tuple[tuple[str, str], ...]
"""(dimension, key) pairs that all must hold, sorted."""


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


class Figures:
    """Counts over one graph, which does not change while it is open."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._lock = Lock()
        # one cache for each graph, not for the class: an application may serve several
        self.select = lru_cache(maxsize=64)(self._select)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every decision, the newest first."""
        with self._lock:
            found = self.__dict__.get("cases")
            return found if found is not None else cases(self._kg)

    @cached_property
    def names(self) -> Names:
        """Words for keys and IRIs."""
        return Names(self._kg)

    def _select(self, filters: Filters) -> tuple[Case, ...]:
        """The decisions that fulfil all filters.

        Given a council, a fault, an injustice or a remedy must be that council's own.
        """
        council = dict(filters).get("council")
        return tuple(
            case
            for case in self.cases
            if all(
                any(
                    tag == key and (council is None or about is None or about == council)
                    for tag, about in case.tags.get(dimension, ())
                )
                for dimension, key in filters
            )
        )

    def count(
        self, selected: Iterable[Case], dimension: str, council: str | None = None
    ) -> list[Count]:
        """Investigations by key, the most frequent first."""
        numbers = tally(selected, dimension, council)
        found = [
            Count(key, self.names.label(dimension, key), number) for key, number in numbers.items()
        ]
        if dimension == "year":
            return sorted(found, key=lambda count: count.key)
        return sorted(found, key=lambda count: (-count.number, count.label, count.key))

    def facet(self, filters: Filters, dimension: str) -> list[Count]:
        """Counts by a dimension among what all the other filters leave."""
        others = tuple(pair for pair in filters if pair[0] != dimension)
        council = dict(others).get("council")
        return self.count(self.select(others), dimension, council)

    def heat(self, filters: Filters, dimension: str) -> list[HeatRow]:
        """Councils by a dimension: one row for each authority with a decision."""
        decided: dict[str, set[str]] = defaultdict(set)
        cells: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for case in self.select(filters):
            for council in case.authorities:
                decided[council].add(case.investigation)
                for key in case.keys(dimension, council):
                    cells[council][key].add(case.investigation)
        return [
            HeatRow(
                council,
                self.names.label("council", council),
                len(investigations),
                {key: len(found) for key, found in cells[council].items()},
            )
            for council, investigations in decided.items()
        ]

    def search(self, words: str) -> tuple[Case, ...]:
        """Decisions whose reference, authorities or summary hold every word, newest first."""
        wanted = fold(words).split()
        if not wanted:
            return ()
        joined = "".join(wanted)
        return tuple(
            case
            for case, text in zip(self.cases, self._searched, strict=True)
            if all(word in text for word in wanted) or (joined.isdigit() and joined in text)
        )

    def authorities_named(self, words: str) -> list[Count]:
        """Authorities with decisions whose name holds every word."""
        wanted = fold(words).split()
        found = self.count(self.cases, "council")
        return [c for c in found if wanted and all(w in fold(c.label) for w in wanted)]

    @cached_property
    def _searched(self) -> list[str]:
        label = self.names.label
        return [
            " ".join(
                (
                    fold(case.reference or ""),
                    (case.reference or "").replace(" ", ""),
                    *(fold(label("council", key)) for key in case.authorities),
                    fold(case.summary),
                )
            )
            for case in self.cases
        ]


def tally(
    selected: Iterable[Case], dimension: str, council: str | None = None
) -> Mapping[str, int]:
    """Distinct investigations by key; of one council's own when it is given."""
    if dimension not in DIMENSIONS:
        raise KeyError(dimension)
    found: dict[str, set[str]] = defaultdict(set)
    for case in selected:
        for key in case.keys(dimension, council):
            found[key].add(case.investigation)
    return Counter({key: len(investigations) for key, investigations in found.items()})


def investigations(selected: Iterable[Case]) -> int:
    """How many investigations the decisions make."""
    return len({case.investigation for case in selected})
