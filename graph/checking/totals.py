"""Totals by year that can be laid beside the Ombudsman's published statistics.

The annual review of local government complaints counts from April to March: complaints by
result, the uphold rate as a share of the investigations completed, recommendations and
compliance with them (https://www.lgo.org.uk/information-centre/reports/annual-review-reports,
"Interpreting our complaints data"). What differs here is said in :data:`DEFINITIONS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graph.facts import PROMISED, improvements
from ontology.model import Decision
from ontology.vocabulary import vocabulary

NO_DATE = "no date"
"""The year of decisions whose page prints none."""
NO_CATEGORY = "no category"

DEFINITIONS: Mapping[str, str] = {
    "year": "1 April to 31 March, by the date of the decision.",
    "decisions": "Published decisions that the graph holds, one for each page. The Ombudsman "
    "counts every complaint and enquiry dealt with; most end without a published decision, and "
    "decisions that could identify somebody are not published.",
    "investigations": "The same with each joint investigation once, under the first of its "
    "decisions; the Ombudsman counts each complaint.",
    "upheld": "The page's own field says Upheld: fault was found, or the body had put things "
    "right early.",
    "not_upheld": "The page's own field says Not upheld: no fault, or ended without a finding.",
    "closed": "The page says Closed after initial enquiries (in later reviews: Assessed and "
    "closed).",
    "no_outcome": "The page gives no outcome, or the layout has no field for it.",
    "uphold_rate": "upheld / (upheld + not_upheld), as the review does for the detailed "
    "investigations of a year; from 0 to 1, null without any.",
    "remedied_before": "Upheld decisions whose words say that the body had already offered or "
    "carried out a satisfactory remedy. The review counts cases so classified by the Ombudsman.",
    "recommendations": "Remedies agreed or recommended, one for each act, without reports to the "
    "Ombudsman or to members. The review counts recommendations as the Ombudsman records them.",
    "service_improvements": "Those of the recommendations that change a service for everyone.",
    "with_recommendations": "Upheld decisions with at least one recommendation.",
    "satisfied": "Decisions that print the day on which the Ombudsman was satisfied with the "
    "remedy. The review's compliance rate rests on records that are not published with the "
    "decision, so this is a floor and no rate.",
}
"""What each total counts, and where that differs from the annual review."""

_COUNTED = (
    *("decisions", "investigations", "upheld", "not_upheld", "closed", "no_outcome"),
    *("remedied_before", "recommendations", "service_improvements", "with_recommendations"),
    "satisfied",
)
_OUTCOMES = {
    "upheld": "upheld",
    "not-upheld": "not_upheld",
    "closed-after-initial-enquiries": "closed",
}


@dataclass(frozen=True, slots=True)
class Total:
    """The totals of a year, of a category in it, or of its joint investigations counted once."""

    counts: Mapping[str, int]
    """By the names of :data:`DEFINITIONS`."""

    @property
    def uphold_rate(self) -> float | None:
        """Upheld as a share of upheld and not upheld, from 0 to 1; None without any."""
        decided = self.counts["upheld"] + self.counts["not_upheld"]
        return self.counts["upheld"] / decided if decided else None


@dataclass(frozen=True, slots=True)
class YearTotals:
    """One year of the Ombudsman: April to March."""

    year: str
    """Such as ``2022-23``; :data:`NO_DATE` for decisions without one."""
    all: Total
    once: Total
    """With each joint investigation counted once."""
    categories: tuple[tuple[str, Total], ...]
    """By category as printed, in alphabetical order."""


def ombudsman_year(day: date | None) -> str:
    """The year from April to March in which a day lies, such as ``2022-23``."""
    if day is None:
        return NO_DATE
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


class Totals:
    """Totals over decision after decision; holds a count for each year and category."""

    def __init__(self) -> None:
        self._all: dict[str, Counter[str]] = {}
        self._once: dict[str, Counter[str]] = {}
        self._categories: dict[tuple[str, str], Counter[str]] = {}

    def add(self, decision: Decision, *, first: bool) -> None:
        """Count one decision; ``first`` says that it is the first of its investigation."""
        year = ombudsman_year(decision.date)
        counted = _count(decision)
        counted["investigations"] = int(first)
        self._all.setdefault(year, Counter()).update(counted)
        category = decision.category.name or NO_CATEGORY
        self._categories.setdefault((year, category), Counter()).update(counted)
        once = self._once.setdefault(year, Counter())
        if first:
            once.update(counted)

    def years(self) -> tuple[YearTotals, ...]:
        """The totals of every year that has a decision, in order; those without a date last."""
        return tuple(
            YearTotals(
                year,
                _total(self._all[year]),
                _total(self._once[year]),
                tuple(
                    (category, _total(counted))
                    for (of, category), counted in sorted(self._categories.items())
                    if of == year
                ),
            )
            for year in sorted(self._all)
        )


def _count(decision: Decision) -> Counter[str]:
    reports = {
        one.id for one in vocabulary("remedy").values() if one.broader in ("reporting", "none")
    }
    types = [
        remedy.type
        for remedy in decision.remedies
        if remedy.status in PROMISED and remedy.type not in reports
    ]
    upheld = decision.outcome == "upheld"
    return Counter(
        {
            "decisions": 1,
            _OUTCOMES.get(decision.outcome or "", "no_outcome"): 1,
            "remedied_before": int(upheld and _was_remedied(decision)),
            "recommendations": len(types),
            "service_improvements": sum(type_ in improvements() for type_ in types),
            "with_recommendations": int(upheld and bool(types)),
            "satisfied": int(decision.satisfied is not None),
        }
    )


def _was_remedied(decision: Decision) -> bool:
    return (
        any(finding.status == "fault-already-remedied" for finding in decision.findings)
        or any(reason.type == "council-offered-remedy" for reason in decision.reasons)
        or any(one.type == "injustice-already-remedied" for one in decision.injustices)
    )


def _total(counted: Counter[str]) -> Total:
    return Total({name: counted[name] for name in _COUNTED})
