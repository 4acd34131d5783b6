"""Makes the models in ``graph/models`` from the labelled sentences in this folder.

``python -m graph.training`` writes them; ``--check`` only says whether what is committed
is what the sentences give. Needs scikit-learn (the ``train`` extra). Prints the accuracy
of five-fold cross-validation beside each model.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from graph.classifier import features
from graph.folding import fold

_HERE = Path(__file__).parent
_MODELS = _HERE.parent / "models"
_NAMES = {"fault": "faults"}
_SCALE = 40
_KEEP = 0.06
"""Weights smaller than this are dropped: they change no decision and fill the file."""


def main() -> int:
    """Write or check every model; exit status 1 when a committed model is out of date."""
    check = "--check" in sys.argv
    stale = []
    for name, file in _NAMES.items():
        texts, labels, accepted = _read(_HERE / f"{file}.tsv")
        made = _train(texts, labels)
        path = _MODELS / f"{name}.json"
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != made:
                stale.append(name)
        else:
            path.write_text(made, encoding="utf-8")
        accuracy = _cross_validated(texts, labels, accepted)
        print(f"{name}: {len(texts)} sentences, cross-validated accuracy {accuracy:.3f}")
    for name in stale:
        print(f"models/{name}.json is not what the sentences give: run python -m graph.training")
    return 1 if stale else 0


def _read(path: Path) -> tuple[list[str], list[str], list[list[str]]]:
    texts, labels, accepted = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, _, text = line.partition("\t")
        if text.strip():
            texts.append(fold(text))
            labels.append(label.split("|")[0])
            accepted.append(label.split("|"))
    return texts, labels, accepted


def _matrix(texts: list[str], vocabulary: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        present = sorted(set(features(text)))
        norm = 1.0 / math.sqrt(len(present)) if present else 0.0
        for feature in present:
            if feature in vocabulary:
                rows.append(row)
                columns.append(vocabulary[feature])
                values.append(norm)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(vocabulary)))


def _vocabulary(texts: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for text in texts:
        for feature in set(features(text)):
            counts[feature] = counts.get(feature, 0) + 1
    kept = sorted(f for f, count in counts.items() if count > 1)
    return {feature: index for index, feature in enumerate(kept)}


def _estimator() -> LogisticRegression:
    return LogisticRegression(C=30.0, max_iter=3000, class_weight="balanced")


def _train(texts: list[str], labels: list[str]) -> str:
    vocabulary = _vocabulary(texts)
    fitted = _estimator().fit(_matrix(texts, vocabulary), labels)
    weights = {}
    for feature, column in vocabulary.items():
        pairs: list[int] = []
        for label, weight in enumerate(fitted.coef_[:, column]):
            rounded = round(float(weight) * _SCALE)
            if abs(weight) >= _KEEP and rounded:
                pairs += [label, rounded]
        if pairs:
            weights[feature] = pairs
    table = {
        "labels": [str(label) for label in fitted.classes_],
        "scale": _SCALE,
        "bias": [round(float(value) * _SCALE) for value in fitted.intercept_],
        "weights": weights,
    }
    lines = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return lines.replace('],"', '],\n"') + "\n"


def _cross_validated(texts: list[str], labels: list[str], accepted: list[list[str]]) -> float:
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    vocabulary = _vocabulary(texts)
    predicted = cross_val_predict(_estimator(), _matrix(texts, vocabulary), labels, cv=folds)
    return float(np.mean([p in ok for p, ok in zip(predicted, accepted, strict=True)]))


if __name__ == "__main__":
    raise SystemExit(main())
