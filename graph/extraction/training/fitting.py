"""Fits a linear model and writes it down as whole numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from graph.extraction.features import Features

_SCALE = 100
_RARE = 3
"""A feature of fewer examples than this teaches nothing that generalises."""
_FAINT = 20
"""Weights, in units of ``1 / _SCALE``, below which one is left out of the file."""
_ACCEPTED = (1.0, 0.4, 0.2)
"""How much the best of the acceptable types counts, the next and the third."""


@dataclass(frozen=True, slots=True)
class Example:
    """Features of one sentence and the labels that are right for it, best first."""

    features: Features
    labels: tuple[str, ...]


def fitted(given: list[Example], strength: float) -> str:
    """A model of ``given`` as the JSON that :class:`~graph.extraction.classifier.Model` reads."""
    names = sorted(_kept(example.features for example in given))
    column = {name: index for index, name in enumerate(names)}
    rows = [(e, label, w) for e in given for label, w in zip(e.labels, _ACCEPTED, strict=False)]
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit(
        _matrix([example.features for example, _, _ in rows], column),
        [label for _, label, _ in rows],
        sample_weight=[weight for _, _, weight in rows],
    )
    weights = {}
    for name, index in column.items():
        pairs: list[int] = []
        for label, weight in enumerate(model.coef_[:, index]):
            rounded = round(float(weight) * _SCALE)
            if abs(rounded) > _FAINT:
                pairs += [label, rounded]
        if pairs:
            weights[name] = pairs
    table = {
        "labels": [str(label) for label in model.classes_],
        "scale": _SCALE,
        "bias": [round(float(value) * _SCALE) for value in model.intercept_],
        "weights": weights,
    }
    written = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return written.replace('],"', '],\n"') + "\n"


def _kept(given: Iterable[Features]) -> Iterator[str]:
    counts: dict[str, int] = defaultdict(int)
    for features in given:
        for name in features:
            counts[name] += 1
    return (name for name, count in counts.items() if count >= _RARE)


def _matrix(given: list[Features], column: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, features in enumerate(given):
        for name, value in features.items():
            if name in column:
                rows.append(row)
                columns.append(column[name])
                values.append(value / 1000)
    shape = (len(given), len(column))
    return csr_matrix((np.array(values), (np.array(rows), np.array(columns))), shape=shape)
