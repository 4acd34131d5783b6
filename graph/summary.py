"""Counts of what a graph holds and of what was found but not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graph.checking.gaps import GAPS
from graph.facts import FAULTS
from ontology.model import Decision


@dataclass(slots=True)
class Tally:
    """Totals over decisions; ``gaps`` are the honest holes of a build."""

    counts: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)

    def add(self, decision: Decision) -> None:
        """Count one decision."""
        counts = self.counts
        counts["paragraphs"] += len(decision.paragraphs)
        counts["findings"] += len(decision.findings)
        counts["faults"] += sum(f.status in FAULTS for f in decision.findings)
        counts["injustices"] += len(decision.injustices)
        counts["remedies"] += len(decision.remedies)
        counts["reasons"] += len(decision.reasons)
        counts["citations"] += len(decision.citations)
        counts["bodies"] += len(decision.bodies)
        for gap in GAPS:
            self.gaps[gap.name] += sum(1 for _ in gap.find(decision))
