"""Guidance cited without its title: by subject, in quotation marks, or after an Act."""

from __future__ import annotations

import pytest

from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument

_TEXT = """Saltmarsh Council (24 900 066)
Category : Housing > Other
Decision : Upheld
Decision date : 14 May 2024
The Ombudsman's final decision:
Summary: We found fault.
The complaint
- Mr X complains about a service.
What I found
Legal and administrative background
- {law}
Analysis
- There was fault.
Final decision
- I have completed my investigation and uphold the complaint.
"""


def _cited(law: str) -> set[str]:
    decision = extract(RawDocument("a.txt", _TEXT.format(law=law), "0" * 64))
    return {c.id for c in decision.citations if c.kind == "guidance" and c.id}


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (
            "A person may lack capacity. (Mental Capacity Act 2005, section 2) The Code of "
            "Practice says how to tell.",
            {"mental-capacity-code"},
        ),
        (
            "Councils may stop payments. (Care and Support (Direct Payments) Regulations 2014) "
            "The statutory guidance says it is a last step.",
            {"care-support-statutory-guidance"},
        ),
        (
            "Accommodation has to be suitable. (Housing Act 1996, section 206) The Code of "
            "Guidance says more.",
            {"homelessness-code"},
        ),
        (
            "The Code of Practice made under the Mental Health Act says so.",
            {"mental-health-act-code"},
        ),
        ("The Highways Act 1980 applies. A code of practice may be issued.", set()),
        ("Under the Care Act 2014 there is statutory guidance on parking.", set()),
    ],
)
def test_guidance_named_after_its_act(law: str, expected: set[str]) -> None:
    assert _cited(law) == expected


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (
            "The guide \u2018Elective home education\u2019 asks for this.",
            {"elective-home-education"},
        ),
        ("Mrs X chose elective home education.", set()),
        (
            "Volume 3 of the Children Act 1989 guidance says so. Volume 2 says more.",
            {"leaving-care-vol3", "care-planning-vol2"},
        ),
        ("Volume 2 of the plan is about shops.", set()),
    ],
)
def test_shortened_titles(law: str, expected: set[str]) -> None:
    assert _cited(law) == expected


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ("Our published guidance talks of £150 to £350 a month.", {"lgsco-guidance-on-remedies"}),
        ("Our guidance is against making a payment to heirs.", {"lgsco-guidance-on-remedies"}),
        ("The Council's own guidance on remedies is thin.", set()),
        (
            "The Secretary of State's guidance to councils on homelessness says so.",
            {"homelessness-code"},
        ),
        (
            "The Care Quality Commission has written guidance on how to meet the standards.",
            {"cqc-guidance-providers"},
        ),
        (
            "The Competition and Markets Authority's advice to care homes says so.",
            {"cma-care-homes"},
        ),
        ("The Competition and Markets Authority fined the home.", set()),
    ],
)
def test_guidance_by_who_gives_it(law: str, expected: set[str]) -> None:
    assert _cited(law) == expected
