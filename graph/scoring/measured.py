"""How accurate reading was when it was last measured.

The counts in ``scores.json`` are written by whoever measures, from annotated decisions that
rules were not made with and from those that they were (README.md, "Accuracy"); they travel
with the software so that every page of numbers can say how far to trust them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HELD_OUT = "held out"
"""The set of decisions that rules were not made with."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Counts of one kind of fact over annotated decisions."""

    right: int
    """Facts that were read and are in the annotation."""
    said: int
    """Facts that were read."""
    wanted: int
    """Facts of the annotation."""

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.said + self.wanted) if self.said + self.wanted else 1.0


@cache
def measured(name: str = HELD_OUT) -> Mapping[str, Accuracy]:
    """Kind of fact to its accuracy on a set of annotated decisions."""
    text = Path(__file__).with_name("scores.json").read_text(encoding="utf-8")
    return {kind: Accuracy(*counts) for kind, counts in json.loads(text)[name].items()}
