"""Counts of what a graph holds and of what was found but not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ontology.model import Decision

_FAULTS = ("fault", "fault-no-injustice", "fault-with-injustice", "fault-already-remedied")


@dataclass(slots=True)
class Tally:
    """Totals over decisions; ``gaps`` are the honest holes of a build."""

    counts: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)

    def add(self, decision: Decision) -> None:
        """Count one decision."""
        counts, gaps = self.counts, self.gaps
        counts["paragraphs"] += len(decision.paragraphs)
        counts["findings"] += len(decision.findings)
        counts["faults"] += sum(f.status in _FAULTS for f in decision.findings)
        counts["injustices"] += len(decision.injustices)
        counts["remedies"] += len(decision.remedies)
        counts["reasons"] += len(decision.reasons)
        counts["citations"] += len(decision.citations)
        counts["bodies"] += len(decision.bodies)
        for authority in decision.authorities:
            if authority.name is None:
                gaps["authorities not named"] += 1
            elif authority.id is None and authority.kind in ("council", "unknown"):
                gaps["authorities not in the register"] += 1
        if not decision.authorities:
            gaps["authorities not named"] += 1
        gaps["citations not resolved"] += sum(c.id is None for c in decision.citations)
        gaps["faults of no known type"] += sum(
            f.status in _FAULTS and f.types in ((), ("other-fault",)) for f in decision.findings
        )
        gaps["mentions not understood"] += len(decision.unread)
        gaps["upheld decisions without a fault"] += any(
            one.kind == "finding" for one in decision.unread
        )
        gaps["decisions cut off or otherwise odd"] += any(
            one.kind == "document" for one in decision.unread
        )
        gaps["decisions without a reference"] += decision.reference is None
        gaps["decisions without a date"] += decision.date is None
