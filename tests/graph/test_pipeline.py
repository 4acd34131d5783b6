"""Input that is not one whole decision is read as far as it goes, and says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument
from graph.summary import Tally
from ontology.model import Decision

SAMPLE = Path(__file__).parents[2] / "graph" / "sample" / "decisions"
WHOLE = (SAMPLE / "16-900-002.txt").read_text(encoding="utf-8")


def _read(text: str) -> Decision:
    return extract(RawDocument("x.txt", text, "0" * 64))


def test_a_whole_decision_has_no_oddity() -> None:
    assert [one for one in _read(WHOLE).unread if one.kind in ("document", "finding")] == []


@pytest.mark.parametrize("share", [0.5, 0.65, 0.8])
def test_a_decision_that_is_cut_off_says_so_and_claims_nothing_new(share: float) -> None:
    whole = _read(WHOLE)
    cut = _read(WHOLE[: int(len(WHOLE) * share)].rstrip(". \n"))
    oddities = {one.why for one in cut.unread if one.kind == "document"}
    assert "no section for the decision found" in oddities
    assert cut.reference == whole.reference
    said = {(r.type, r.amount) for r in whole.remedies}
    assert {(r.type, r.amount) for r in cut.remedies} <= said
    tally = Tally()
    tally.add(cut)
    assert tally.gaps["decisions cut off or otherwise odd"] == 1


def test_an_upheld_complaint_without_a_fault_says_so() -> None:
    text = re.sub(r"\b(?:faults?|failings?|failed|should have|wrong|not|none)\b", "matter", WHOLE)
    silent = [one for one in _read(text).unread if one.kind == "finding"]
    if any(finding.types for finding in _read(text).findings):
        pytest.fail("the text still tells of a fault")
    assert len(silent) == 1
    assert "no fault was read" in silent[0].why
    tally = Tally()
    tally.add(_read(text))
    assert tally.gaps["upheld decisions without a fault"] == 1


def test_markup_in_the_text_stays_text_and_changes_nothing() -> None:
    marked = _read(WHOLE.replace("the Council", "the Council<script>alert(1)</script>", 2))
    whole = _read(WHOLE)
    assert [f.types for f in marked.findings] == [f.types for f in whole.findings]
    assert [r.type for r in marked.remedies] == [r.type for r in whole.remedies]
    assert "<script>" in "".join(p.text for p in marked.paragraphs) + str(marked.summary)
