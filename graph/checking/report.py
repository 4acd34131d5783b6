"""What a check found, as values and as one JSON document.

The JSON document is described in README.md beside this file; keys and lists have a fixed
order, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from graph.checking.agreement import Disagreement
from graph.checking.coverage import GapCount
from graph.checking.place import Place
from graph.checking.problems import Problem
from graph.checking.text import report_lines
from graph.checking.totals import DEFINITIONS, Total, YearTotals

SCHEMA = "faultlines/check/1"
"""Identifier of the form of the JSON document."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The answer of :func:`graph.checking.check.check`."""

    decisions: int
    problems: tuple[Problem, ...]
    """Violations and warnings by kind, the gravest first."""
    sample: int
    """Decisions that pySHACL judged too."""
    disagreements: tuple[Disagreement, ...]
    coverage: tuple[GapCount, ...]
    totals: tuple[YearTotals, ...]

    def count(self, severity: str) -> int:
        """How many violations of that severity there are."""
        return sum(one.count for one in self.problems if one.severity == severity)

    def passes(self, *, strict: bool = False) -> bool:
        """No violation and no disagreement; with ``strict`` no warning either."""
        failing = self.count("Violation") + len(self.disagreements)
        return not failing + (self.count("Warning") if strict else 0)

    def verdict(self) -> str:
        """What fails or may fail, in a few words."""
        told = f"{self.count('Violation'):,} violations, {self.count('Warning'):,} warnings"
        return f"{told}, {len(self.disagreements):,} disagreements of the checkers"

    def lines(self) -> Iterator[str]:
        """The report as text for people; words of decisions stand in it as they are."""
        yield from report_lines(self)

    def json(self) -> str:
        """The report as one JSON document, with a line feed at the end."""
        return json.dumps(self._values(), indent=2, ensure_ascii=False) + "\n"

    def _values(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "decisions": self.decisions,
            "violations": [_problem(one) for one in self.problems if one.severity == "Violation"],
            "warnings": [_problem(one) for one in self.problems if one.severity != "Violation"],
            "sample": {
                "decisions": self.sample,
                "disagreements": [asdict(one) for one in self.disagreements],
            },
            "coverage": [_gap(gap) for gap in self.coverage],
            "totals": {
                "definitions": dict(DEFINITIONS),
                "years": [_year(year) for year in self.totals],
            },
        }


def _problem(problem: Problem) -> dict[str, Any]:
    shown = asdict(problem)
    shown["examples"] = [
        {"focus": one.focus, "value": one.value, **_place(one.place)} for one in problem.examples
    ]
    return shown


def _gap(gap: GapCount) -> dict[str, Any]:
    shown = asdict(gap)
    examples = [{"what": one.what, **_place(one.place)} for one in gap.examples]
    del shown["examples"]
    return {**shown, "share": _rounded(gap.share), "examples": examples}


def _place(place: Place) -> dict[str, Any]:
    shown = asdict(place)
    shown["authorities"] = list(place.authorities)
    return shown


def _year(year: YearTotals) -> dict[str, Any]:
    return {
        "year": year.year,
        **_total(year.all),
        "joint_investigations_once": _total(year.once),
        "categories": [{"category": name, **_total(total)} for name, total in year.categories],
    }


def _total(total: Total) -> dict[str, Any]:
    return {**total.counts, "uphold_rate": _rounded(total.uphold_rate)}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
