"""Every decision of a graph as one bit, for counting without asking the store again.

The pages count decisions by council, fault, year and more, each count narrowed by the
others. What a decision is counted by are the facts that its build wrote down
(:mod:`graph.facts`); for each key they make a set of decisions, held as the bits of one
integer, so that narrowing is ``&`` and counting is :meth:`int.bit_count`: microseconds for
fifty thousand decisions, where joins in the store take seconds (bitmap indexes; O'Neil and
Quass 1997, "Improved Query Performance with Variant Indexes").
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from graph.knowledge_graph import KnowledgeGraph
from graph.triples.investigation import investigations
from graph.triples.provision import ancestors
from ontology import iri as mint
from ontology.prefixes import VOCAB

Filters = tuple[tuple[str, str], ...]
"""(dimension, key) pairs that all must hold, sorted."""

_KINDS = {
    "body": "body",
    "category": "category",
    "fault": "fault",
    "guidance": "guidance",
    "injustice": "injustice",
    "outcome": "outcome",
    "provision": "provision",
    "reason": "reason",
    "remedy": "remedy",
    "subcategory": "category",
}
"""Kind of fact to the dimension that its first value is a key of."""
_DECISIONS = f"{mint.ID}decision/"
_OWNED = ("fault", "injustice", "remedy")
"""Dimensions whose facts are one authority's, where the decision tells."""


def authority_key(node: str) -> str | None:
    """The key of an authority's IRI; None for one that its decision does not name."""
    for base in (f"{mint.ID}council/", f"{mint.ID}authority/"):
        if node.startswith(base):
            return sys.intern(node.removeprefix(base))
    return None


def decision_path(iri: str) -> str:
    """What follows ``.../id/decision/`` in a decision's IRI, which is also its address here."""
    return iri.removeprefix(_DECISIONS)


def decision_iri(path: str) -> str:
    """:func:`decision_path` turned round."""
    return _DECISIONS + path


def key_of(node: str) -> str:
    """``delay`` for the concept's IRI; a subcategory keeps its category; an Act its path."""
    if node.startswith(VOCAB):
        return sys.intern(node.removeprefix(VOCAB).partition("/")[2])
    for base in (mint.LEGISLATION, f"{mint.ID}guidance/", f"{mint.ID}body/"):
        if node.startswith(base):
            return sys.intern(node.removeprefix(base))
    return node


def quarter_of(day: str) -> str:
    """``2022-Q3`` for ``2022-09-15``."""
    return sys.intern(f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}")


@dataclass(frozen=True, slots=True)
class Case:
    """One decision as the pages list it."""

    path: str
    """As :func:`decision_path` gives it."""
    reference: str | None
    date: str | None
    authorities: tuple[str, ...]
    """Keys of the councils and other authorities complained about."""
    tags: Mapping[str, tuple[str, ...]]
    """Dimension to the keys that the decision has of it, sorted."""

    @property
    def iri(self) -> str:
        """The IRI of the decision."""
        return decision_iri(self.path)

    def first(self, dimension: str) -> str | None:
        """The first key of a dimension that a decision has at most one of."""
        return next(iter(self.keys(dimension)), None)

    def keys(self, dimension: str) -> tuple[str, ...]:
        """The distinct keys of a dimension."""
        return self.tags.get(dimension, ())


@dataclass(frozen=True, slots=True)
class _Brief:
    iri: str
    reference: str | None
    date: str | None
    authorities: tuple[str, ...]


class Chosen(Sequence[Case]):
    """Some decisions, the newest first unless given in an order of their own.

    Decisions without a date come last.
    """

    def __init__(self, book: Casebook, bits: int, order: Sequence[int] | None = None) -> None:
        self._book = book
        self.bits = bits
        self._order = order

    def __and__(self, other: Chosen) -> Chosen:
        """Those that ``other`` has too, in the order of this."""
        bits = self.bits & other.bits
        order = self._order and [number for number in self._order if bits >> number & 1]
        return Chosen(self._book, bits, order)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self.bits)

    def __iter__(self) -> Iterator[Case]:
        return map(self._book.case, self._numbers)

    @overload
    def __getitem__(self, index: int) -> Case: ...
    @overload
    def __getitem__(self, index: slice) -> list[Case]: ...
    def __getitem__(self, index: int | slice) -> Case | list[Case]:
        numbers = self._numbers
        if isinstance(index, slice):
            return [self._book.case(number) for number in numbers[index]]
        return self._book.case(numbers[index])

    @cached_property
    def _numbers(self) -> Sequence[int]:
        return list(_numbers(self.bits)) if self._order is None else self._order

    @property
    def iris(self) -> Iterator[str]:
        """The IRIs of the decisions, in their order."""
        return map(self._book.iri, self._numbers)

    def newest_first(self) -> Chosen:
        """The same decisions in the usual order."""
        return Chosen(self._book, self.bits)

    @cached_property
    def investigations(self) -> int:
        """How many investigations they make; a joint one counts once."""
        return self._book.investigations(self.bits)


class Casebook:
    """The decisions of one graph and what each is counted by."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._ledger = kg.ledger
        read = _Reading(kg)
        self._briefs = read.briefs
        self._number = read.number
        self._with = {pair: _bits(numbers) for pair, numbers in read.having.items()}
        self._anyones = {pair: _bits(numbers) for pair, numbers in read.anyones.items()}
        self._whose = {
            pair: {authority: _bits(numbers) for authority, numbers in found.items()}
            for pair, found in read.whose.items()
        }
        self._keys: dict[str, list[str]] = defaultdict(list)
        for dimension, key in sorted(self._with):
            self._keys[dimension].append(key)
        self._joint = {
            number: group for number, group in enumerate(read.groups) if read.shared[group] > 1
        }
        self._joint_bits = _bits(self._joint)
        self.all = Chosen(self, (1 << len(self._briefs)) - 1)
        """Every decision."""

    def case(self, number: int) -> Case:
        """A decision by its place in the order, from 0."""
        brief = self._briefs[number]
        tags: dict[str, set[str]] = defaultdict(set)
        for fact in self._ledger.facts_of(brief.iri):
            if (dimension := _KINDS.get(fact.kind)) and fact.first:
                tags[dimension].add(key_of(fact.first))
            elif fact.kind == "words" and fact.second:
                tags["disposition"].add(key_of(fact.second))
        path = decision_path(brief.iri)
        sorted_tags = {dimension: tuple(sorted(keys)) for dimension, keys in tags.items()}
        return Case(path, brief.reference, brief.date, brief.authorities, sorted_tags)

    def iri(self, number: int) -> str:
        """The IRI of a decision by its place in the order, from 0."""
        return self._briefs[number].iri

    def of(self, iris: Iterable[str]) -> Chosen:
        """The decisions of those IRIs, in their order."""
        numbers = [self._number[iri] for iri in iris]
        return Chosen(self, _bits(numbers), numbers)

    def place(self, iri: str) -> int:
        """Where a decision stands in the order, from 0."""
        return self._number[iri]

    def authorities(self, number: int) -> tuple[str, ...]:
        """Keys of the authorities that the decision at this place is about."""
        return self._briefs[number].authorities

    def investigation(self, number: int) -> str:
        """Which investigation the decision at this place belongs to."""
        return self._joint.get(number, self._briefs[number].iri)

    def having(self, chosen: Chosen, dimension: str, council: str | None = None) -> Chosen:
        """Those of some decisions that have any key of a dimension; of a council's own."""
        bits = 0
        for key in self.keys(dimension):
            bits |= self._of(dimension, key, council)
        return Chosen(self, bits & chosen.bits)

    def at(self, places: Iterable[int]) -> Chosen:
        """The decisions at these places, in the usual order."""
        return Chosen(self, _bits(places))

    def keys(self, dimension: str) -> Sequence[str]:
        """The keys of a dimension that some decision has, sorted."""
        return self._keys[dimension]

    def chosen(self, filters: Filters) -> Chosen:
        """The decisions that fulfil all filters.

        Given a council, a fault, an injustice or a remedy must be that council's own.
        """
        council = dict(filters).get("council")
        bits = self.all.bits
        for dimension, key in filters:
            bits &= self._of(dimension, key, council)
        return Chosen(self, bits)

    def _of(self, dimension: str, key: str, council: str | None = None) -> int:
        """The decisions with a key, of one council's own when it is given."""
        pair = dimension, key
        if council is None or pair not in self._whose:
            return self._with.get(pair, 0)
        return self._anyones.get(pair, 0) | self._whose[pair].get(council, 0)

    def tally(self, chosen: Chosen, dimension: str, council: str | None = None) -> dict[str, int]:
        """Investigations by key among some decisions; of one council's own when it is given."""
        found = {}
        for key in self.keys(dimension):
            bits = chosen.bits & self._of(dimension, key, council)
            if bits:
                found[key] = self.investigations(bits)
        return found

    def whose(self, filters: Filters, among: Chosen | None = None) -> dict[str, int]:
        """Investigations by council among the decisions that fulfil filters, none for a council.

        A fault, an injustice or a remedy counts for the council whose own it is. ``among`` are
        the decisions that are looked through, all unless told.
        """
        chosen, found = self.chosen(filters).bits, {}
        if among is not None:
            chosen &= among.bits
        for council in self.keys("council"):
            bits = chosen & self._with["council", council]
            for dimension, key in filters if bits else ():
                bits &= self._of(dimension, key, council)
            if bits:
                found[council] = self.investigations(bits)
        return found

    def investigations(self, bits: int) -> int:
        """How many investigations some decisions make; a joint one counts once."""
        shared = bits & self._joint_bits
        if not shared:
            return bits.bit_count()
        groups = {self._joint[number] for number in _numbers(shared)}
        return bits.bit_count() - shared.bit_count() + len(groups)

    def span(self, chosen: Chosen | None = None) -> tuple[str | None, str | None]:
        """The days of the first and the last decision, of all or of some."""
        briefs = map(self._briefs.__getitem__, _numbers((chosen or self.all).bits))
        dates = [brief.date for brief in briefs if brief.date]
        return min(dates, default=None), max(dates, default=None)


class _Reading:
    """Reads the ledger once; numbers of decisions by what they are counted by."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.having: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.anyones: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.whose: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        authorities: dict[str, set[str]] = defaultdict(set)
        for iri, node in kg.ledger.decided():
            if key := authority_key(node):
                authorities[iri].add(key)
        entries = sorted(kg.ledger.dated(), key=lambda row: row[0])
        entries.sort(key=lambda row: row[2] or "", reverse=True)
        self.briefs = [
            _Brief(iri, reference, date, tuple(sorted(authorities[iri])))
            for iri, reference, date in entries
        ]
        self.number = {brief.iri: number for number, brief in enumerate(self.briefs)}
        groups = investigations(kg.ledger.wordings())
        self.groups = [groups[brief.iri][1] for brief in self.briefs]
        self.shared = Counter(self.groups)
        for number, brief in enumerate(self.briefs):
            if brief.date:
                self.having["year", brief.date[:4]].append(number)
                self.having["quarter", quarter_of(brief.date)].append(number)
            for key in brief.authorities:
                self.having["council", key].append(number)
        self._facts(kg)

    def _facts(self, kg: KnowledgeGraph) -> None:
        blamed: dict[tuple[int, str], set[str]] = defaultdict(set)
        injustices: list[tuple[int, str, str]] = []
        for iri, fact in kg.ledger.facts():
            number, kind = self.number[iri], fact.kind
            whose = None if fact.authority is None else authority_key(fact.authority) or ""
            if kind == "words" and fact.second:
                self._have("disposition", key_of(fact.second), number)
            elif kind == "fault-injustice" and whose is not None:
                # an injustice is of the body whose fault caused it
                blamed[number, fact.entry].add(whose)
            elif kind == "injustice":
                injustices.append((number, key_of(fact.first), fact.entry))
            elif (dimension := _KINDS.get(kind)) and fact.first:
                self._fact(dimension, key_of(fact.first), number, whose)
        for number, key, entry in injustices:
            for whose in blamed.get((number, entry), {None}):
                self._own("injustice", key, number, whose)

    def _fact(self, dimension: str, key: str, number: int, whose: str | None) -> None:
        if dimension in _OWNED:
            self._own(dimension, key, number, whose)
        elif dimension == "provision":
            # a decision that cites section 19(3) is one about section 19 and about the Act
            for step in (key, *ancestors(key)):
                self._have(dimension, sys.intern(step), number)
        else:
            self._have(dimension, key, number)

    def _have(self, dimension: str, key: str, number: int) -> None:
        self.having[dimension, key].append(number)

    def _own(self, dimension: str, key: str, number: int, whose: str | None) -> None:
        self._have(dimension, key, number)
        if whose is None:
            self.anyones[dimension, key].append(number)
        self.whose[dimension, key][whose or ""].append(number)


def _bits(numbers: Iterable[int]) -> int:
    """The integer whose bits are set at these places."""
    listed = list(numbers)
    made = bytearray(max(listed, default=0) // 8 + 1)
    for number in listed:
        made[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(made, "little")


_PLACES = [[place for place in range(8) if byte >> place & 1] for byte in range(256)]
"""The bits that are set in each byte."""


def _numbers(bits: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            for place in _PLACES[byte]:
                yield index * 8 + place
