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
        ("Mr A and his daughter, Miss C, complain about noise.", {"Mr A", "Miss C"}),
        ("Miss A complains, with her mother Mrs B, about a charge.", {"Miss A", "Mrs B"}),
        ("Two neighbours complain. One is Mr A. The other is Mrs B.", {"Mr A", "Mrs B"}),
        ("The first complainant is Mr A; the second is Ms B.", {"Mr A", "Ms B"}),
        ("We received complaints from Mr A and from Ms B.", {"Mr A", "Ms B"}),
        ("Mrs A complains for her late husband, Mr A.", {"Mrs A"}),
        ("Mr T says his sister Ms W paid the fee.", {"Mr T"}),
        ("The second family (Miss C and her father) say the plan was lost.", {"Miss C"}),
        ("According to Mrs D, the carer never came.", {"Mrs D"}),
        ("The Council, says Mrs F, lost her file.", {"Mrs F"}),
        ("It is Ms R's case that nobody answered.", {"Ms R"}),
        ("Ms J has taken issue with the way her form was handled.", {"Ms J"}),
        ("Mr U had his car towed away. He wants his money back.", {"Mr U"}),
        ("The officer, Mr N, told Mrs B to wait. Mrs B complains about that.", {"Mrs B"}),
    ],
)
def test_complainants(complaint: str, expected: set[str]) -> None:
    found = _complainants(complaint)
    assert expected <= found
    assert found - expected <= {"Mr D"}


def test_people_who_do_not_complain() -> None:
    said = "Mr X complains about his neighbour, Mr Z. The Council told Mrs Y it was closed."
    assert _complainants(said) == {"Mr X"}


_REPORT = """Saltmarsh Council (24 900 064)
Category : Housing > Other
Decision : Upheld
Decision date : 14 May 2024
Key to names used
{key}
Summary
We found fault by Saltmarsh Council.
Finding
Fault found causing injustice and recommendations made.
The complaint
{complaint}
Legal and administrative background
We look for fault.
Recommendations
The Council should apologise.
"""


@pytest.mark.parametrize(
    ("key", "complaint", "expected"),
    [
        ("Mr B - the first complainant\nMs C - a tenant", "The Council was slow.", {"Mr B"}),
        ("Mrs D - his mother, the second complainant", "The Council was slow.", {"Mrs D"}),
        ("Mr E - her former tutor, who also complained", "The Council was slow.", {"Mr E"}),
        ("Mr F - the housing officer", "Ms G said the Council was slow.", {"Ms G"}),
        ("Mr F - an officer", "Mr H and Miss J let a shop. They complain of noise.", {"Mr H"}),
    ],
)
def test_the_people_of_a_report(key: str, complaint: str, expected: set[str]) -> None:
    text = _REPORT.format(key=key, complaint=complaint)
    decision = extract(RawDocument("a.txt", text, "0" * 64))
    assert decision.document_type == "report"
    assert expected <= set(decision.complainants)
    assert not {"Mr F", "Ms C"} & set(decision.complainants)


def test_several_complainants_with_somebody_they_speak_for() -> None:
    found = _complainants("Ms L, Mr and Mrs G, and Mrs W on behalf of her son, complained of it.")
    assert found == {"Ms L", "Mr G", "Mrs G", "Mrs W"}


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("We found fault by Saltmarsh Council.", "Saltmarsh Council"),
        ("Oldwater Borough Council said no. Saltmarsh Council (the Council) lost it.", "Saltmarsh"),
        ("We found fault by a council.", None),
    ],
)
def test_the_council_that_only_the_text_names(summary: str, expected: str | None) -> None:
    text = _TEXT.format(complaint="Mr B complains about noise.")
    text = text.replace("Saltmarsh Council (24", "(24").replace("We found fault.", summary)
    (authority,) = extract(RawDocument("a.txt", text, "0" * 64)).authorities
    assert authority.name is None if expected is None else expected in (authority.name or "")


@pytest.mark.parametrize(
    "complaint",
    [
        "Mr A complains that an officer, Ms Y, was rude.",
        "Mr A, a councillor, complained about another councillor, Cllr Q.",
        "Mr A complains for himself, and I have not named his wife.",
        "The Council told Mr A that Mrs B had written. Mr A complains of that.",
    ],
)
def test_people_complained_of_are_no_complainants(complaint: str) -> None:
    assert _complainants(complaint) == {"Mr A"}
