"""The authorities that decisions are about: real names, since there must be hundreds.

That a council is named here says nothing about it. Councils are drawn as unevenly as they
occur, and only while they exist; care providers are invented.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from random import Random

from ontology.councils import Council, councils
from tests.benchmarks.texts.chance import one_of
from tests.benchmarks.texts.wording import TOPICS, table

_TYPES = frozenset({"UA", "MD", "LBO", "CTY", "NMD"})
_RECENT = 1500
"""Days for which people still speak of the council that was replaced."""
_FIRST = (
    *("Alder", "Beech", "Cedar", "Elm", "Hazel", "Juniper", "Larch", "Maple", "Oak", "Rowan"),
    *("Willow", "Bramble", "Fern", "Heather", "Ivy", "Lavender", "Primrose", "Thistle"),
)
_SECOND = (
    *("Bank", "Brook", "Court", "Croft", "Dale", "Field", "Gate", "Grange", "Hall", "Hill"),
    *("House", "Lea", "Lodge", "Manor", "Mead", "Park", "Ridge", "View", "Wood"),
)
_THIRD = (
    *("Care Limited", "Care Homes Ltd", "Healthcare Limited", "Homecare Limited"),
    *("Care Services Ltd", "Nursing Home Limited", "Care (Northern) Limited"),
)


@dataclass(frozen=True, slots=True)
class Complained:
    """An authority complained about."""

    name: str
    """As the header prints it."""
    id: str | None
    """Code of a council; None for others."""
    kind: str
    """Type of council in the register, or provider or tfl."""
    noun: str
    """What the decision calls it, without "the"; "the Council" stands in the tables."""
    predecessor: str | None = None
    """Name of a council that it replaced not long ago."""


def zipf(draw: Callable[[], float], count: int, shift: float = 3.0) -> int:
    """A rank below ``count``, the first ranks far more often than the last."""
    weights = _weights(count, shift)
    return min(bisect(weights, draw() * weights[-1]), count - 1)


@cache
def _weights(count: int, shift: float) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + shift) for rank in range(count)))


def complained(draw: Callable[[], float], topic: str, day: date) -> Complained:
    """An authority that deals with the topic and exists on the day."""
    kinds = kinds_of(topic)
    share = draw()
    if "provider" in kinds and share < 0.45:
        return _provider(draw)
    if "tfl" in kinds and share < 0.08:
        return Complained("Transport for London", None, "tfl", "TfL")
    return of_kinds(draw, kinds & _TYPES, day)


def of_kinds(draw: Callable[[], float], kinds: frozenset[str], day: date) -> Complained:
    """A council of one of these types that exists on the day."""
    ranks = _ranked(kinds)
    while True:
        council = ranks[zipf(draw, len(ranks))]
        if council.in_force(day):
            return _council(council, day)


@cache
def kinds_of(topic: str) -> frozenset[str]:
    """The types of authority that deal with a topic."""
    return frozenset(table(topic)["councils"][0].text.split())


def topic_for(draw: Callable[[], float]) -> str:
    """A subject, the frequent ones far more often than the rare ones."""
    return TOPICS[zipf(draw, len(TOPICS))]


@cache
def _ranked(kinds: frozenset[str]) -> tuple[Council, ...]:
    """Councils of these types, those with most decisions first: an order of no meaning."""
    found = [c for c in councils().values() if c.type in kinds and not c.fictional]
    Random("ranks of councils").shuffle(found)
    return tuple(found)


@cache
def _predecessors() -> Mapping[str, tuple[Council, ...]]:
    found = defaultdict(list)
    for council in councils().values():
        for gss in council.successors:
            found[gss].append(council)
    return {gss: tuple(replaced) for gss, replaced in found.items()}


def _council(council: Council, day: date) -> Complained:
    predecessor = None
    if council.start and (day - council.start).days < _RECENT:
        replaced = _predecessors().get(council.gss, ())
        predecessor = replaced[day.toordinal() % len(replaced)].name if replaced else None
    return Complained(council.name, council.gss, council.type, "Council", predecessor)


def _provider(draw: Callable[[], float]) -> Complained:
    words = (one_of(draw, names) for names in (_FIRST, _SECOND, _THIRD))
    first, second, third = words
    noun = "Care Home" if "Home" in third and "care" not in third else "Care Provider"
    return Complained(f"{first} {second} {third}", None, "provider", noun)
