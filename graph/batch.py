"""Decisions read together, by one process: what a build hands out and gets back.

The statements of a batch go to a file of N-Quads, which the store loads in bulk; only what the
ledger keeps comes back as values. A batch is read alike in this process, in another one and on
another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.addition import Addition, addition, restored
from graph.entry import Entry
from graph.errors import NotADecision
from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument, Unreadable
from ontology.model import Decision

SIZE = 500
"""Decisions of a batch: enough for the store's bulk loader to be worth its while."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of some documents."""

    additions: tuple[Addition, ...]
    """In the order of the documents."""
    rejected: tuple[Unreadable, ...]
    """Documents that are no decision, in their order."""
    quads: Path
    """N-Quads file of all statements of the additions."""


def read_batch(documents: Sequence[RawDocument], version: str, quads: Path) -> Batch:
    """The decisions in ``documents``; their statements are written to the file ``quads``."""
    rejected: list[Unreadable] = []

    def read(raw: RawDocument) -> tuple[Addition, bytes] | None:
        try:
            return addition(extract(raw), version, raw.root)
        except NotADecision as error:
            rejected.append(Unreadable(error.name, error.reason, error.advice, raw.root))
            return None

    return Batch(_written(documents, read, quads), tuple(rejected), quads)


def made_batch(decisions: Sequence[Decision], version: str, quads: Path) -> Batch:
    """Decisions whose records are at hand, as :func:`read_batch` reads documents."""
    return Batch(_written(decisions, lambda each: addition(each, version), quads), (), quads)


def restored_batch(entries: Sequence[Entry], quads: Path) -> Batch:
    """Decisions that were read before, from their entries."""
    return Batch(_written(entries, restored, quads), (), quads)


def _written(
    items: Iterable[_T], make: Callable[[_T], tuple[Addition, bytes] | None], quads: Path
) -> tuple[Addition, ...]:
    additions = []
    with quads.open("wb") as out:
        for item in items:
            if (made := make(item)) is not None:
                additions.append(made[0])
                out.write(made[1])
    return tuple(additions)
