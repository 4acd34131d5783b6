"""The model that tells of which kind an agreed action is, from single labelled acts.

It is a linear support vector machine over the words of an act. While it learns it also sees
the rules that match, so that words need only say what rules leave open; it is asked where no
rule decides, so the weights of rules are not kept.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from graph.extraction.classifier import word_features
from graph.extraction.folding import fold
from graph.extraction.rules import rules
from graph.extraction.training.fitting import columns, matrix, written

_ACTS = Path(__file__).with_name("remedies.tsv")
_OF_RULES = ("rule:", "first:")
"""Marks of the features that stand for rules: each that matches, and the first of them."""
_RULE_VALUE = 0.6
_RARE = 2
"""A word that stands in fewer acts than this teaches nothing that generalises."""
_FAINT = 2


@dataclass(frozen=True, slots=True)
class Act:
    """One labelled act as the model sees it."""

    features: dict[str, float]
    labels: tuple[str, ...]
    """Acceptable labels, best first."""
    first_rule: str | None
    """What the first matching rule alone would say."""


def acts() -> list[Act]:
    """Every labelled act."""
    return [_act(line) for line in _ACTS.read_text(encoding="utf-8").splitlines()]


def fitted(given: list[Act]) -> str:
    """A model of ``given`` as the JSON that :class:`~graph.extraction.classifier.Model` reads."""
    column = columns((act.features for act in given), _RARE, _OF_RULES)
    model = _estimator().fit(
        matrix([act.features for act in given], column), [act.labels[0] for act in given]
    )
    words = {name: index for name, index in column.items() if not name.startswith(_OF_RULES)}
    return written(model, words, _FAINT)


def cross_validated(given: list[Act]) -> tuple[float, float]:
    """Shares of acts whose label is acceptable: the model's, and the first rule's."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    features = [act.features for act in given]
    known = matrix(features, columns(features, _RARE, _OF_RULES))
    labels = [act.labels[0] for act in given]
    said = cross_val_predict(_estimator(), known, labels, cv=folds)
    model = np.mean([one in act.labels for one, act in zip(said, given, strict=True)])
    rule = np.mean([act.first_rule in act.labels for act in given])
    return float(model), float(rule)


def _act(line: str) -> Act:
    label, _, text = line.partition("\t")
    lower = fold(text)
    matched = [rule for rule in rules("remedy-types") if rule.pattern.search(lower)]
    words = sorted(set(word_features(lower)))
    features = dict.fromkeys(words, 1.0 / math.sqrt(len(words)) if words else 0.0)
    for position, rule in enumerate(matched):
        features[f"rule:{rule.id}"] = _RULE_VALUE
        if not position:
            features[f"first:{rule.id}"] = _RULE_VALUE
    return Act(features, tuple(label.split("|")), matched[0].label if matched else None)


def _estimator() -> LinearSVC:
    return LinearSVC(C=0.5, random_state=0)
