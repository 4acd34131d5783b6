"""The model that tells which harm a sentence of reasoning says was done, if any."""

from __future__ import annotations

from pathlib import Path

from graph.extraction.features import injustice_features
from graph.extraction.training.fitting import Example
from graph.extraction.training.paragraphs import Labelled, read_paragraphs
from graph.extraction.training.worked import read_worked

_HERE = Path(__file__).parent
NONE = "none"


def examples() -> list[Example]:
    """Every labelled sentence of reasoning, with each harm it tells or none."""
    found = []
    for one in (*read_worked(), *read_paragraphs(_HERE / "findings.txt")):
        features = injustice_features(one.reading, one.sentence)
        found += [Example(features, (types[0],)) for types in _told(one)]
    return found


def _told(one: Labelled) -> list[list[str]]:
    return one.injustices or [[NONE]]
