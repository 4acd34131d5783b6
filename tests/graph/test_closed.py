"""Closed cases in the commonest words of the genre: one reason, and the right one."""

from __future__ import annotations

import pytest

from tests.graph import made

CLOSED = """Tarnbeck Metropolitan Borough Council (22 900 099)
Category : Education > Special educational needs
Decision : Closed after initial enquiries
Decision date : 06 Apr 2022
The Ombudsman's final decision:
Summary: We will not investigate this complaint.
The complaint
- Mrs K complained about the Council.
My assessment
- {said}
Final decision
- We will not investigate this complaint.
"""


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("late", "The complaint falls outside the 12 month time limit."),
        ("tribunal-right", "It was reasonable for Mrs K to appeal to the SEND Tribunal."),
        ("minister-right", "Mrs K could have appealed to the Planning Inspectorate."),
        ("court-remedy", "She can make a claim and then take the matter to the county court."),
        ("court-used", "Mrs K has started court proceedings about this matter."),
        ("schools-internal", "We have no power to look at how the school managed the bullying."),
        ("premature", "The Council has not yet had the opportunity to consider this complaint."),
        ("insufficient-fault-evidence", "There is not enough evidence of fault to look further."),
        ("insufficient-injustice", "The injustice is not significant enough to investigate."),
        ("cannot-add", "We are unlikely to add to what the Council has already said."),
        ("no-different-outcome", "Further investigation would not lead to a different outcome."),
        ("outcome-unachievable", "We cannot achieve the outcome Mrs K is seeking."),
        ("better-placed-body", "The Information Commissioner is better placed to look at this."),
        ("all-or-most-inhabitants", "It affects all or most of the people in the Council's area."),
        (
            "cannot-decide-law",
            "Only a court can decide whether it broke the Equality Act.",
        ),
        ("assessment-code-not-met", "It does not meet the tests in our Assessment Code."),
    ],
)
def test_one_reason(reason: str, said: str) -> None:
    found = made.decision(CLOSED.format(said=said))
    assert found.disposition == "not-investigated"
    assert [r.type for r in found.reasons] == [reason]
    assert not found.findings


@pytest.mark.parametrize(
    "said",
    [
        "The Council told Mrs K she could appeal to the Tribunal.",
        "Mrs K says the Council has not had time to answer.",
    ],
)
def test_what_others_said_is_no_reason(said: str) -> None:
    assert made.decision(CLOSED.format(said=said)).reasons == ()
