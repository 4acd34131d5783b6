"""A small linear classifier over the words of a sentence.

Which kind of fault, remedy or injustice a free sentence speaks of cannot be listed in
rules for ever. A model is logistic regression over words and pairs of words, trained on
sentences written and labelled for the project (``graph/training``) and kept as a table of
integers in ``graph/models/<name>.json``; ``python -m graph.training`` makes it again,
byte for byte. Scoring is additions only: no network, no library, the same on every
machine.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("models")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|£|%|\d+")
_PEOPLE = frozenset("mr mrs miss ms mx dr she he they her him his their them hers theirs".split())
_SUFFIX = re.compile(r"(?:ations?|ings?|ments?|ed|ies|es|s|e|y|ion|ly)$")
_STEM = 4
"""Letters that a stem keeps at least."""


def features(lower: str) -> Iterator[str]:
    """Features of a folded lower-case text: stems, and pairs of neighbouring stems."""
    previous = "^"
    for word in _WORD.findall(lower):
        stem = _stem(word)
        if not stem:
            continue
        yield stem
        yield f"{previous} {stem}"
        previous = stem


@cache
def _stem(word: str) -> str:
    if word in _PEOPLE:
        return "@"  # who it was says nothing about what it was
    if word.isdigit():
        return "0"
    if len(word) == 1 and word.isalpha() and word not in "ai":
        return ""  # the letter of a pseudonym
    word = word.removesuffix("'s")
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= _STEM else word


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of one model; ``scale`` divides the integers."""

    name: str
    labels: tuple[str, ...]
    scale: float
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]]
    """Feature -> (index of a label, weight) pairs."""

    def scores(self, lower: str) -> list[float]:
        """One score for each label; features of a text count once, by its length's root."""
        sums = list(map(float, self.bias))
        present = set(features(lower))
        if present:
            norm = 1.0 / math.sqrt(len(present))
            for feature in present:
                for label, weight in self.weights.get(feature, ()):
                    sums[label] += weight * norm
        return [value / self.scale for value in sums]

    def best(self, lower: str) -> tuple[str, float]:
        """The likeliest label and its probability."""
        scores = self.scores(lower)
        top = max(scores)
        total = sum(math.exp(score - top) for score in scores)
        return self.labels[scores.index(top)], 1.0 / total


@cache
def model(name: str) -> Model:
    """The model ``models/<name>.json``."""
    table = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Model(
        name=name,
        labels=tuple(table["labels"]),
        scale=float(table["scale"]),
        bias=tuple(table["bias"]),
        weights={
            feature: tuple(zip(pairs[::2], pairs[1::2], strict=True))
            for feature, pairs in table["weights"].items()
        },
    )
