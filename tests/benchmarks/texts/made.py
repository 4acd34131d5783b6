"""One made-up decision: its file and its annotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.benchmarks.texts.case import Case, case
from tests.benchmarks.texts.draft import Draft
from tests.benchmarks.texts.pages import outcome, page
from tests.benchmarks.texts.refusal import refusal
from tests.benchmarks.texts.report import report
from tests.benchmarks.texts.statement import statement

_OUTCOME_IDS = {
    "Upheld": "upheld",
    "Not upheld": "not-upheld",
    "Closed after initial enquiries": "closed-after-initial-enquiries",
}
_WITHOUT_FIELDS = frozenset({"C", "H", "F"})
"""Layouts whose header has neither category nor outcome nor date."""
_ENDINGS = {"html": "html", "json": "json"}
_STRAIGHT = 6
"""One decision of so many has straight quotation marks and apostrophes."""
_QUOTES = str.maketrans("‘’", "''")


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as a file, and what a careful reader would find in it."""

    name: str
    """Name of the file, such as ``24-910-007.txt``."""
    layout: str
    """Code of the form, as in :mod:`graph.layouts.layout`; or html, or json."""
    text: str
    truth: dict[str, Any]
    """In the form of ``tests/gold``, with the passages that say each thing."""


def decision(number: int) -> Made:
    """The decision of this number, always the same."""
    drawn = case(number)
    draft = _written(drawn)
    ending = _ENDINGS.get(drawn.layout, "txt")
    name = f"{drawn.reference.replace(' ', '-')}.{ending}"
    words, gold = page(draft), draft.said.gold(_header(draft))
    if drawn.number % _STRAIGHT == 0:
        words = words.translate(_QUOTES)
        for passage in gold["passages"]:
            passage["quote"] = passage["quote"].translate(_QUOTES)
    return Made(name, drawn.layout, words, gold)


def text(number: int) -> str:
    """What the file of a decision holds."""
    return decision(number).text


def truth(number: int) -> dict[str, Any]:
    """The annotation of a decision."""
    return decision(number).truth


def _written(drawn: Case) -> Draft:
    if drawn.report:
        return report(drawn)
    if drawn.refused:
        return refusal(drawn)
    return statement(drawn)


def _header(draft: Draft) -> dict[str, Any]:
    drawn = draft.case
    bare = drawn.layout in _WITHOUT_FIELDS
    category: tuple[str | None, str | None] = (None, None) if bare else drawn.category
    dated = drawn.day.isoformat() if drawn.dated else None
    shown = None if bare or drawn.layout == "F2" else _OUTCOME_IDS[outcome(draft)]
    disposition = "discontinued" if drawn.kind == "discontinued" else "investigated"
    if drawn.refused:
        disposition = "not-investigated"
    return {
        "reference": drawn.reference,
        "authorities": [drawn.parties[0].id],
        "category": category[0],
        "subcategory": category[1],
        "outcome": shown,
        "date": dated,
        "document_type": "report" if drawn.report else "statement",
        "disposition": disposition,
        "paragraphs": None if drawn.report else sum(not b.level for b in draft.blocks),
        "complainants": list(drawn.cast.complainants),
        "complainants_optional": list(drawn.cast.optional),
        "satisfied": draft.satisfied.isoformat() if draft.satisfied else None,
    }
