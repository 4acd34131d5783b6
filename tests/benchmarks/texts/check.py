"""Extraction held to what made-up decisions are known to say.

The figures say whether a run at scale still reads what it read; how well real decisions are
read is measured on those annotated by hand (``tests/accuracy.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.extraction.pipeline import extract
from graph.scoring.scorer import Score, score
from graph.scoring.table import items_of, score_table
from graph.sources.raw import RawDocument, fingerprint
from graph.sources.records import read_bytes
from ontology.model import Decision
from tests.benchmarks.texts.made import Made, decision

_FORMS = {"txt": "text", "html": "html", "json": "json"}


def sample(count: int, start: int = 0, every: int = 1) -> Iterator[Made]:
    """``count`` decisions from number ``start`` on, one of each ``every``."""
    return (decision(start + every * step) for step in range(count))


def record(made: Made) -> Decision:
    """What extraction reads in a decision."""
    ending = made.name.rpartition(".")[2]
    data = made.text.encode()
    (raw,) = read_bytes(made.name, data, fingerprint(data), _FORMS[ending])
    if not isinstance(raw, RawDocument):
        raise TypeError(f"{made.name} cannot be read: {raw.reason}")
    return extract(raw)


def scored(decisions: Iterable[Made]) -> dict[str, Score]:
    """Precision and recall of extraction by kind."""
    return score((record(made), made.truth) for made in decisions)


def report(count: int, start: int = 0, *, items: bool = False) -> str:
    """The table of scores over a sample, with what is missing or too much if ``items``."""
    scores = scored(sample(count, start))
    table = f"{count} made-up decisions from number {start} on\n{score_table(scores)}\n"
    return table + items_of(scores) if items else table
