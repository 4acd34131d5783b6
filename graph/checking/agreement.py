"""The fast checker held against pySHACL on a sample of the decisions.

Whoever runs a check need not take the fast checker's word: on each run pySHACL judges some
decisions too, and any difference is a failure of the check.
"""

from __future__ import annotations

import hashlib
import heapq
from dataclasses import dataclass

from graph.checking.checker import violations
from graph.checking.statements import Statements
from ontology.validate import NotValidated, Violation, validate


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the two checkers say differently of one graph."""

    graph: str
    only_fast: tuple[Violation, ...]
    only_pyshacl: tuple[Violation, ...]
    failure: str | None = None
    """Why pySHACL came to no answer, when it came to none."""


class Sample:
    """The decisions to judge twice: spread over the corpus, the same on every run.

    Chosen by the hash of their IRIs while they pass by, so that nothing is held but the
    chosen ones.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[tuple[int, str]] = []

    def offer(self, iri: str) -> None:
        """Take the IRI into the sample if its hash is among the lowest so far."""
        digest = hashlib.sha256(iri.encode("utf-8")).digest()
        ranked = (-int.from_bytes(digest[:8], "big"), iri)
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, ranked)
        elif self._size:
            heapq.heappushpop(self._heap, ranked)

    def iris(self) -> list[str]:
        """The sample, sorted."""
        return sorted(iri for _, iri in self._heap)


def disagreement(name: str, graph: Statements) -> Disagreement | None:
    """What the two checkers say differently of a graph; None when they agree."""
    fast = set(violations(graph))
    try:
        slow = set(validate(graph.rdflib_graph()))
    except NotValidated as error:
        return Disagreement(name, (), (), str(error))
    if fast == slow:
        return None
    return Disagreement(name, tuple(sorted(fast - slow)), tuple(sorted(slow - fast)))
