"""Complainants: who complains, not who is named."""

from __future__ import annotations

import pytest

from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument

_TEXT = """Saltmarsh Council (24 900 064)
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


def _complainants(complaint: str) -> set[str]:
    text = _TEXT.format(complaint=complaint)
    return set(extract(RawDocument("a.txt", text, "0" * 64)).complainants)


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        ("Mr and Mrs B complain about noise.", {"Mr B", "Mrs B"}),
        ("The complainant, whom I shall call Ms D, complains about noise.", {"Ms D"}),
        ("The complainant (Mr Q) says the Council lost his form.", {"Mr Q"}),
        ("The complaint is from Dr K, who lives abroad.", {"Dr K"}),
        ("Ms N, together with her neighbour Mr O, complains of noise.", {"Ms N", "Mr O"}),
        ("Mr D brings the complaint with his sisters, Mrs F and Miss G.", {"Mrs F", "Miss G"}),
        ("An advocate, Ms L, complains on behalf of Mr E.", {"Ms L"}),
        ("Mrs A complains for her late husband, Mr A.", {"Mrs A"}),
        ("Mr T says his sister Ms W paid the fee.", {"Mr T"}),
    ],
)
def test_complainants(complaint: str, expected: set[str]) -> None:
    found = _complainants(complaint)
    assert expected <= found
    assert found - expected <= {"Mr D"}


def test_people_who_do_not_complain() -> None:
    said = "Mr X complains about his neighbour, Mr Z. The Council told Mrs Y it was closed."
    assert _complainants(said) == {"Mr X"}
