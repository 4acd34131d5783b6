"""The report of a check as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.checking.agreement import Disagreement
    from graph.checking.coverage import GapCount
    from graph.checking.problems import Problem
    from graph.checking.report import CheckReport
    from graph.checking.totals import YearTotals

_COLUMNS = (
    ("decisions", "decisions"),
    ("joint once", "investigations"),
    ("upheld", "upheld"),
    ("not upheld", "not_upheld"),
    ("closed", "closed"),
    ("no outcome", "no_outcome"),
    ("recommended", "recommendations"),
    ("for services", "service_improvements"),
    ("satisfied", "satisfied"),
)
"""Heading of a column, and the total that stands in it."""


def report_lines(report: CheckReport) -> Iterator[str]:
    """The report; words of decisions stand in it as they are."""
    for problem in report.problems:
        yield from _problem(problem)
    for one in report.disagreements:
        yield from _disagreement(one)
    yield f"Shapes: {report.decisions:,} decisions, {report.verdict()};"
    agreed = report.sample - len(report.disagreements)
    yield f"    pySHACL says the same of {agreed:,} of the {report.sample:,} decisions it judged."
    yield ""
    yield "Not understood, or not said:"
    for gap in report.coverage:
        yield from _gap(gap)
    yield ""
    yield "Totals by year, April to March, to lay beside the Ombudsman's annual review:"
    yield "  ".join(["  year    ", *(head for head, _ in _COLUMNS), "uphold rate"])
    for year in report.totals:
        yield _year(year)
    yield "What each counts, and how it differs from the review, is said by --format json."


def _problem(problem: Problem) -> Iterator[str]:
    shown = problem.examples
    within = "decision" if shown and all(one.place.source for one in shown) else "graph"
    plural = "" if problem.graphs == 1 else "s"
    where = f"{problem.count:,} in {problem.graphs:,} {within}{plural}"
    yield f"{problem.severity} of the shape {problem.shape}: {where}"
    yield f"    {problem.message}"
    for one in problem.examples:
        value = f"; it has “{one.value}”" if one.value and one.value != one.focus else ""
        yield f"    - {one.place}{value}"
        yield f"      {one.focus}"
    if problem.count > len(problem.examples):
        yield f"    and {problem.count - len(problem.examples):,} more; name them with --examples"


def _disagreement(one: Disagreement) -> Iterator[str]:
    yield f"The two checkers disagree about {one.graph}:"
    if one.failure:
        yield f"    pySHACL gave no answer: {one.failure}"
    for by, found in (("the fast checker", one.only_fast), ("pySHACL", one.only_pyshacl)):
        for violation in found:
            yield f"    only {by}: {violation.severity} {violation.focus}: {violation.message}"


def _gap(gap: GapCount) -> Iterator[str]:
    share = f", {gap.share:.1%} of {gap.total:,} {gap.of}" if gap.share is not None else ""
    if gap.count == gap.total:
        share = f", in {gap.decisions:,} decisions" if gap.count else ""
    yield f"  {gap.count:>10,}  {gap.name}{share}"
    for one in gap.examples:
        yield f"              - {one.what}: {one.place}"


def _year(year: YearTotals) -> str:
    counts = [f"{year.all.counts[name]:>{len(head)},}" for head, name in _COLUMNS]
    rate = year.all.uphold_rate
    shown = "-" if rate is None else f"{rate:.1%}"
    return "  ".join([f"  {year.year:<8}", *counts, f"{shown:>11}"]).rstrip()
