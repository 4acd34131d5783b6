"""Violations of a whole graph, gathered by kind: how many of each, and some to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from graph.checking.place import Place
from ontology.validate import Violation

SEVERITIES = ("Violation", "Warning", "Info")
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class ProblemExample:
    """One node that breaks a shape, and where it is."""

    focus: str
    value: str
    """The offending value; empty when the trouble is that there is none."""
    place: Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One way of breaking a shape."""

    severity: str
    shape: str
    message: str
    count: int
    graphs: int
    """Decisions (or shared graphs) in which it occurs."""
    examples: tuple[ProblemExample, ...]
    """The first ones, in the order of the decisions."""


@dataclass(slots=True)
class _Gathered:
    count: int = 0
    graphs: int = 0
    examples: list[ProblemExample] = field(default_factory=list)


class Problems:
    """Violations of graph after graph; holds counts and the first examples alone."""

    def __init__(self, examples: int) -> None:
        self._most = examples
        self._kinds: dict[tuple[str, str, str], _Gathered] = {}

    def add(self, found: Iterable[Violation], place: Callable[[str], Place]) -> None:
        """Gather the violations of one graph; ``place`` says where a focus node stands."""
        met: set[tuple[str, str, str]] = set()
        for one in found:
            kind = (one.severity, one.shape, one.message)
            gathered = self._kinds.setdefault(kind, _Gathered())
            gathered.count += 1
            gathered.graphs += kind not in met
            met.add(kind)
            if len(gathered.examples) < self._most:
                gathered.examples.append(ProblemExample(one.focus, one.value, place(one.focus)))

    def __iter__(self) -> Iterator[Problem]:
        """Every kind, the gravest first, then by shape and message."""
        for kind in sorted(self._kinds, key=lambda kind: (SEVERITIES.index(kind[0]), kind)):
            one = self._kinds[kind]
            yield Problem(*kind, one.count, one.graphs, tuple(one.examples))
