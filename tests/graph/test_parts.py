"""Parts of a complaint: by letter, number or numeral, and how a sentence names them."""

from __future__ import annotations

import pytest

from graph.extraction.extractors.complaint.part_names import parts_named
from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument

_TEXT = """Saltmarsh Council (24 900 067)
Category : Housing > Other
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: We found fault.
The complaint
- {complaint}
What I found
Analysis
- There was fault.
Final decision
- I have completed my investigation and uphold the complaint.
"""
_ROMAN = ["i", "ii", "iii", "iv", "v"]


def _parts(complaint: str) -> list[tuple[str, str]]:
    decision = extract(RawDocument("a.txt", _TEXT.format(complaint=complaint), "0" * 64))
    return [(part.id, part.text) for part in decision.parts]


@pytest.mark.parametrize(
    ("complaint", "ids"),
    [
        (
            "Mr X says that (i) his form was lost, (ii) nobody rang and (iii) it rained in.",
            _ROMAN[:3],
        ),
        ("Mr X complains: 1) his form was lost; 2) nobody rang; 3) it rained in.", ["a", "b", "c"]),
        ("Mr X complains that: (a) his form was lost; (b) nobody rang.", ["a", "b"]),
        ("Mr X complains that (ii) of his lease was ignored.", []),
        ("Mr X complains of a charge (5) and of a visit.", []),
    ],
)
def test_parts_in_running_words(complaint: str, ids: list[str]) -> None:
    assert [part for part, _ in _parts(complaint)] == ids


def test_a_list_with_numerals() -> None:
    complaint = "Mr X complains that the Council:\n  - (i) lost his form; and\n  - (ii) was rude."
    assert _parts(complaint) == [("i", "lost his form"), ("ii", "was rude")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("i uphold complaints (i), (iii) and (iv)", ["i", "iii", "iv"]),
        ("as for parts (i) to (iii)", ["i", "ii", "iii"]),
        ("there was no fault in (ii) or (v)", ["ii", "v"]),
        ("this is the matter i considered", []),
        ("heads 1 and 2", ["i", "ii"]),
    ],
)
def test_numerals_named(text: str, named: list[str]) -> None:
    assert parts_named(text, _ROMAN) == named


def test_letters_named() -> None:
    assert parts_named("complaints a and g", list("abcdefg")) == ["a", "g"]
    assert parts_named("the complaint i considered", list("abcdefghi")) == []
