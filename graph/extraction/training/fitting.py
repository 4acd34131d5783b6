"""Fits a linear model and writes it down as whole numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from graph.extraction.classifier import UNIT
from graph.extraction.features import Features

_SCALE = 100
_RARE = 3
"""A feature of fewer examples than this teaches nothing that generalises."""
_FAINT = 20
"""Weights, in units of ``1 / _SCALE``, up to which one is left out of the file."""
_ACCEPTED = (1.0, 0.4, 0.2)
"""How much the best of the acceptable types counts, the next and the third."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one sentence and the labels that are right for it, best first."""

    features: Features
    labels: tuple[str, ...]


def fitted(given: list[Example], strength: float) -> str:
    """A model of ``given`` as the JSON that :class:`~graph.extraction.classifier.Model` reads."""
    column = columns((example.features for example in given), _RARE)
    rows = [(e, label, w) for e in given for label, w in zip(e.labels, _ACCEPTED, strict=False)]
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(
        matrix([_valued(example.features) for example, _, _ in rows], column),
        [label for _, label, _ in rows],
        sample_weight=[weight for _, _, weight in rows],
    )
    return written(model, column, _FAINT)


def columns(
    given: Iterable[Iterable[str]], rare: int, always: tuple[str, ...] = ()
) -> dict[str, int]:
    """Feature -> its column, for those of ``rare`` examples or more, in order of name.

    Features whose name begins with one of ``always`` are kept however rare they are.
    """
    counts = Counter(name for features in given for name in features)
    kept = sorted(n for n, count in counts.items() if count >= rare or n.startswith(always))
    return {name: index for index, name in enumerate(kept)}


def matrix(given: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> csr_matrix:
    """The values of ``given``, a row for each."""
    rows, places, values = [], [], []
    for row, features in enumerate(given):
        for name, value in features.items():
            if name in column:
                rows.append(row)
                places.append(column[name])
                values.append(value)
    shape = (len(given), len(column))
    return csr_matrix((np.array(values), (np.array(rows), np.array(places))), shape=shape)


def written(model: LogisticRegression | LinearSVC, column: Mapping[str, int], faint: int) -> str:
    """The weights of the features in ``column`` as JSON, in whole numbers.

    Those up to ``faint`` are left out: they change no decision and fill the file.
    """
    weights = {}
    for name, index in column.items():
        pairs: list[int] = []
        for label, weight in enumerate(model.coef_[:, index]):
            rounded = round(float(weight) * _SCALE)
            if abs(rounded) > faint:
                pairs += [label, rounded]
        if pairs:
            weights[name] = pairs
    table = {
        "labels": [str(label) for label in model.classes_],
        "scale": _SCALE,
        "bias": [round(float(value) * _SCALE) for value in model.intercept_],
        "weights": weights,
    }
    lines = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return lines.replace('],"', '],\n"') + "\n"


def _valued(features: Features) -> dict[str, float]:
    return {name: value / UNIT for name, value in features.items()}
