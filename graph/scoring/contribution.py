"""What each rule and model is worth: how often it is right, and what only it finds.

An item counts for every rule that read a passage of it. ``alone`` are the right items
that would be missing without the rule, because no other read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.scoring.scorer import FACTS, Score
from graph.scoring.table import aligned

_HEADER = ("kind", "rule", "said", "right", "precision", "alone")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One rule's items of one kind, counted."""

    kind: str
    rule: str
    said: int
    right: int
    alone: int

    @property
    def precision(self) -> float:
        """Share of the rule's items that are right."""
        return self.right / self.said


def contributions(scores: Mapping[str, Score]) -> list[Contribution]:
    """Every rule that read a scored fact, by kind; the one that errs most often first."""
    found = []
    for kind in FACTS:
        score = scores[kind]
        for rule in {rule for item in (*score.right, *score.extra) for rule in item.rules}:
            right = [item for item in score.right if rule in item.rules]
            wrong = sum(rule in item.rules for item in score.extra)
            alone = sum(len(item.rules) == 1 for item in right)
            found.append(Contribution(kind, rule, len(right) + wrong, len(right), alone))
    return sorted(
        found, key=lambda one: (FACTS.index(one.kind), one.right - one.said, -one.said, one.rule)
    )


def contribution_table(scores: Mapping[str, Score]) -> str:
    """One line a kind and rule: items said, right, precision, and right by it alone."""
    rows = [
        (one.kind, one.rule, str(one.said), str(one.right), f"{one.precision:.3f}", str(one.alone))
        for one in contributions(scores)
    ]
    return aligned([_HEADER, *rows], texts=2)
