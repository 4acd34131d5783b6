"""Small linear classifiers of clauses and sentences.

Which kind of fault, injustice or remedy a free sentence speaks of cannot be listed in rules
for ever, and rules alone cannot say which of two that match is meant. A model is linear,
trained on sentences written and labelled for the project (``training/``), and kept as a
table of integers in ``models/<name>.json``;
``python -m graph.extraction.training`` makes it again. Scoring is additions only: no network, no
library, the same on every machine.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("models")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|£|%|\d+")
UNIT = 1000
"""Value of a feature that stands for itself; see :meth:`Model.margins`."""
_PEOPLE = frozenset("mr mrs miss ms mx dr she he they him her his their them hers theirs".split())
_STEM = 5
"""Letters of a stem: enough to join "provide" with "provision", too few to join words by chance."""


def word_features(lower: str) -> frozenset[str]:
    """Words, stems and pairs of neighbouring stems of a folded lower-case text."""
    return _features(lower) if len(lower) <= _LONG else _features.__wrapped__(lower)


_LONG = 1_000
"""Characters of what is remembered: nearly every sentence, and nothing that fills the memory."""


@lru_cache(maxsize=500)  # one sentence is asked about by itself and by its neighbours
def _features(lower: str) -> frozenset[str]:
    found: list[str] = []
    previous = "^"
    for printed in _WORD.findall(lower):
        forms = _forms(printed) if len(printed) <= _LONGEST else _forms.__wrapped__(printed)
        if forms is not None:
            stem, word = forms
            found += (stem, word, f"{previous} {stem}")
            previous = stem
    return frozenset(found)


_LONGEST = 40
"""Letters of a word that is remembered."""


@lru_cache(maxsize=20_000)
def _forms(printed: str) -> tuple[str, str] | None:
    """The stem and the mark of a word; None of the letter of a pseudonym."""
    if len(printed) == 1 and not printed.isdigit() and printed not in "ai£%":
        return None
    # who it was says nothing about what it was, nor does how many
    word = "@" if printed in _PEOPLE else "0" if printed.isdigit() else printed
    return word.removesuffix("'s")[:_STEM], f"{word}."


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of one model, in units of ``1 / scale``."""

    labels: tuple[str, ...]
    scale: float
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]]
    """Feature -> (index of a label, weight) pairs."""
    _rows: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Feature -> its weights side by side in one whole number; see :func:`_row`."""
    _start: int = field(init=False, repr=False, compare=False, default=0)
    """The biases, in one row."""
    _raise: int = field(init=False, repr=False, compare=False, default=0)
    """What lifts every sum of a row above 0, so that it can be taken apart."""

    def __post_init__(self) -> None:
        self._rows.update((feature, _row(pairs)) for feature, pairs in self.weights.items())
        object.__setattr__(self, "_start", _row(enumerate(self.bias)))
        raised = _row((label, _HALF) for label in range(len(self.labels)))
        object.__setattr__(self, "_raise", raised)

    def scores(self, lower: str) -> list[float]:
        """One margin for each label; above 0 the model would rather say it than not."""
        # whole numbers are added first, so that the order of a set cannot change the result
        words = word_features(lower)
        norm = 1.0 / math.sqrt(len(words)) if words else 0.0
        rows = self._rows
        sums = self._unpacked(sum(rows[feature] for feature in words if feature in rows))
        return [
            (word * norm + bias) / self.scale for word, bias in zip(sums, self.bias, strict=True)
        ]

    def margins(self, features: Mapping[str, int]) -> list[int]:
        """One sum for each label over features with whole-number values."""
        total = self._start * UNIT
        rows = self._rows
        for feature, value in features.items():
            row = rows.get(feature)
            if row is not None:
                total += row * value
        return self._unpacked(total)

    def _unpacked(self, total: int) -> list[int]:
        """The sums of a row, one for each label."""
        count = len(self.labels)
        lanes = struct.unpack(f"<{count}Q", (total + self._raise).to_bytes(8 * count, "little"))
        return [lane - _HALF for lane in lanes]

    def likely(self, features: Mapping[str, int]) -> list[tuple[float, str]]:
        """Probability and label, likeliest first, of a model fitted as logistic regression."""
        margins = [margin / (UNIT * self.scale) for margin in self.margins(features)]
        top = max(margins)
        powers = [math.exp(margin - top) for margin in margins]
        whole = sum(powers)
        shares = [power / whole for power in powers]
        return sorted(zip(shares, self.labels, strict=True), reverse=True)

    def best(self, lower: str) -> tuple[str, float]:
        """The likeliest label and its margin."""
        scores = self.scores(lower)
        top = max(scores)
        return self.labels[scores.index(top)], top


_LANE = 64
"""Bits for one label in a row; sums of weights stay far below them."""
_HALF = 1 << (_LANE - 1)


def _row(pairs: Iterable[tuple[int, int]]) -> int:
    """(label, weight) pairs as one whole number, so that one addition adds for all labels."""
    return sum(weight << (_LANE * label) for label, weight in pairs)


@cache
def model(name: str) -> Model:
    """The model ``models/<name>.json``."""
    table = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Model(
        labels=tuple(table["labels"]),
        scale=float(table["scale"]),
        bias=tuple(table["bias"]),
        weights={
            feature: tuple(zip(pairs[::2], pairs[1::2], strict=True))
            for feature, pairs in table["weights"].items()
        },
    )
