"""Sentences of the worked decisions that annotators labelled, where they stand.

``tests/gold/worked`` says of many of its decisions which sentence finds fault and which
none (see ``tests/gold/README.md``). It is part of the checkout, not of the package.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.extraction.extractors.complaint.parts import read_parts
from graph.extraction.reading import Reading
from graph.extraction.training.paragraphs import Labelled
from graph.layouts.sections import settle
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from graph.sources.source import read

WORKED = Path(__file__).parents[3] / "tests" / "gold" / "worked"
_ITEMS = {"fault": ("F:", "faults"), "injustice": ("I:", "injustices")}
"""What a sentence says, by its mark in a paragraph and its list in the annotation."""
REASONING = ("found", "found.findings", "assessment", "report.finding")
"""Sections in which a sentence without a label teaches that it finds nothing."""


def read_worked() -> Iterator[Labelled]:
    """Every sentence of reasoning in the decisions that have labels, in order."""
    for path in sorted(WORKED.glob("labels/*.tsv")):
        (place,) = WORKED.glob(f"decisions/{path.stem}.*")
        (raw,) = read([place])
        if not isinstance(raw, RawDocument):
            raise TypeError(f"{place}: {raw.reason}")
        annotation = json.loads((WORKED / "second" / f"{path.stem}.json").read_text("utf-8"))
        labels = _labels(path, annotation)
        reading = Reading.of(settle(parse(raw)))
        parts = read_parts(reading)
        for sentence in reading.in_sections(*REASONING):
            yield Labelled(reading, sentence, parts, labels.get(sentence.index, ("-",)))


def _labels(path: Path, annotation: dict[str, Any]) -> dict[int, tuple[str, ...]]:
    """By sentence, labels as paragraphs have them: ``F:delay``, ``N``."""
    found: dict[int, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number, kind, detail = line.split("\t")
        label = "N" if kind == "no-fault" else None
        if kind in _ITEMS:
            mark, key = _ITEMS[kind]
            told = [annotation[key][int(n) - 1] for n in detail.split(";") if int(n) > 0]
            if not told and kind == "fault":
                told = [["other-fault"]]
            label = mark + "+".join("/".join(types) for types in told) if told else None
        if label:
            found[int(number)] = (*found.get(int(number), ()), label)
    return found
