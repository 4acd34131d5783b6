"""Makes the models in ``graph/extraction/models`` from the labelled sentences in this folder.

``python -m graph.extraction.training`` writes them and prints the accuracy of five-fold
cross-validation beside that of the first matching rule alone. Needs scikit-learn (the
``train`` extra).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from graph.extraction.classifier import rule_features, word_features
from graph.extraction.folding import fold
from graph.extraction.rules import rules
from graph.extraction.training import faults, injustices
from graph.extraction.training.fitting import fitted

_HERE = Path(__file__).parent
_MODELS = _HERE.parent / "models"
_SETS = {"remedy": ("remedies", "remedy-types")}
"""Model -> (file of sentences, file of rules whose matches are features too)."""
_SCALE = 100
_RARE = 2
"""A word that stands in fewer sentences than this teaches nothing that generalises."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence as the model sees it."""

    words: frozenset[str]
    rules: tuple[str, ...]
    labels: tuple[str, ...]
    """Acceptable labels, best first."""
    first_rule: str | None
    """What the first matching rule alone would say."""


def train(folder: Path) -> list[str]:
    """Write every model into ``folder``; what each is worth, in a line."""
    told = []
    for name, given, strength in (
        ("fault", faults.examples(), 5.0),
        ("injustice", injustices.examples(), 20.0),
    ):
        (folder / f"{name}.json").write_text(fitted(given, strength), encoding="utf-8")
        told.append(f"{name}: {len(given)} sentences")
    for name, (file, rule_file) in _SETS.items():
        sentences = _read(_HERE / f"{file}.tsv", rule_file)
        (folder / f"{name}.json").write_text(_train(sentences), encoding="utf-8")
        model, rule = _cross_validated(sentences)
        told.append(f"{name}: {len(sentences)} sentences, model {model:.3f}, first rule {rule:.3f}")
    return told


def _read(path: Path, rule_file: str) -> list[Example]:
    examples = []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, _, text = line.partition("\t")
        lower = fold(text)
        matched = [rule for rule in rules(rule_file) if rule.pattern.search(lower)]
        examples.append(
            Example(
                frozenset(word_features(lower)),
                tuple(rule_features(rule.id for rule in matched)),
                tuple(label.split("|")),
                matched[0].label if matched else None,
            )
        )
    return examples


def _vocabulary(examples: list[Example]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for example in examples:
        for feature in (*example.words, *example.rules):
            counts[feature] = counts.get(feature, 0) + 1
    kept = sorted(f for f, n in counts.items() if n >= _RARE or f.startswith(("rule:", "first:")))
    return {feature: index for index, feature in enumerate(kept)}


def _matrix(examples: list[Example], vocabulary: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        norm = 1.0 / math.sqrt(len(example.words)) if example.words else 0.0
        pairs = [(f, norm) for f in sorted(example.words)] + [(f, 0.6) for f in example.rules]
        for feature, value in pairs:
            if feature in vocabulary:
                rows.append(row)
                columns.append(vocabulary[feature])
                values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(examples), len(vocabulary)))


def _estimator() -> LinearSVC:
    return LinearSVC(C=0.5, random_state=0)


def _train(examples: list[Example]) -> str:
    vocabulary = _vocabulary(examples)
    fitted = _estimator().fit(_matrix(examples, vocabulary), [e.labels[0] for e in examples])
    weights = {}
    for feature, column in vocabulary.items():
        factor = 0.6 if feature.startswith(("rule:", "first:")) else 1.0
        pairs: list[int] = []
        for label, weight in enumerate(fitted.coef_[:, column]):
            rounded = round(float(weight) * factor * _SCALE)
            if abs(rounded) > 2:  # smaller ones change no decision and fill the file
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


def _cross_validated(examples: list[Example]) -> tuple[float, float]:
    """Shares of sentences whose label is acceptable: the model's, and the first rule's."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    matrix = _matrix(examples, _vocabulary(examples))
    labels = [example.labels[0] for example in examples]
    said = cross_val_predict(_estimator(), matrix, labels, cv=folds)
    model = np.mean([one in e.labels for one, e in zip(said, examples, strict=True)])
    rule = np.mean([example.first_rule in example.labels for example in examples])
    return float(model), float(rule)


if __name__ == "__main__":
    print(*train(_MODELS), sep="\n")
