"""Findings: who says it, where, of what kind, for which part; and the neighbour sentence."""

from __future__ import annotations

import pytest

from graph.extraction.extractors.findings.judgements import judgements
from graph.extraction.reading import Reading
from graph.layouts.sections import settle
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from tests.graph import made


def _findings(analysis: str, **parts: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    found = made.decision(made.text(analysis=analysis, **parts)).findings
    return [("fault" if f.types else f.status, f.types, f.part) for f in found]


def _judged(paragraph: str) -> set[str]:
    """Labels of the judgements in one paragraph of the analysis."""
    text = made.text(analysis=f"- {paragraph}")
    reading = Reading.of(settle(parse(RawDocument("made", text, "0" * 64, {}))))
    return {j.label for j in judgements(reading) if j.sentence.text in paragraph}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council took too long to issue the plan. That was fault.",
        "I find the Council at fault for its delay in issuing the plan.",
        "Its delay in issuing the plan was fault.",
        "There was fault by the Council because it delayed issuing the plan.",
    ],
)
def test_one_fault_in_many_words(sentence: str) -> None:
    assert _findings(f"- {sentence}") == [("fault", ("delay",), None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "I have not found fault in how the Council decided this.",
        "I do not consider this was fault.",
        "There is no evidence the officer was rude.",
        "I cannot criticise the Council for this.",
        "The Council was not at fault.",
        "That the plan was late does not mean there was fault.",
    ],
)
def test_no_fault(sentence: str) -> None:
    assert _findings(f"- {sentence}") == [("no-fault", (), None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mrs K says the Council was at fault for its delay.",
        "The panel found the Council was at fault for its delay.",
        "The question is whether the Council was at fault for its delay.",
        "Delay of this kind may be fault.",
        "An electrical fault stopped the lift.",
    ],
)
def test_what_others_say_and_what_might_be_is_no_finding(sentence: str) -> None:
    assert _findings(f"- {sentence}") == []


def test_what_the_complaint_alleges_and_the_facts_tell_is_no_finding() -> None:
    assert (
        _findings(
            "- I have looked at the papers.",
            complaint="- Mrs K complains the Council was at fault for its delay.",
            happened="- The investigator upheld her complaint that the Council failed to reply.",
        )
        == []
    )


def test_each_lettered_part_has_its_own_finding() -> None:
    found = made.decision(
        made.text(
            complaint="- Mrs K complains the Council:\n- a) delayed her plan;\n"
            "- b) was rude to her; and\n- c) lost her letter.",
            analysis="- On complaint (a), it took 40 weeks instead of 20. That was fault.\n"
            "- As to complaint (b), there is no evidence that anyone was rude.",
            decision="- I uphold complaints a and c. I do not uphold complaint b.",
        )
    ).findings
    assert {(f.part, bool(f.types)) for f in found} == {("a", True), ("b", False), ("c", True)}


def test_a_statement_repeated_in_summary_and_closing_is_one_finding() -> None:
    found = _findings(
        "- The Council delayed issuing the plan. This was fault.",
        summary="We found the Council at fault for delay in issuing the plan.",
        decision="- There was fault by the Council, which caused injustice.",
    )
    assert found == [("fault", ("delay",), None)]


@pytest.mark.parametrize(
    "closing",
    [
        "I have completed my investigation and uphold the complaint.",
        "I uphold Mrs K's complaint.",
        "We have ended our investigation and upheld both complaints.",
    ],
)
def test_upholding_the_complaint_is_no_fault_in_handling_it(closing: str) -> None:
    found = _findings(
        "- The Council delayed issuing the plan. This was fault.", decision=f"- {closing}"
    )
    assert found == [("fault", ("delay",), None)]


def test_a_fault_is_tied_to_its_injustice_and_its_law() -> None:
    decision = made.decision(
        made.text(
            analysis="- The Council delayed issuing the plan, contrary to section 42 of the "
            "Children and Families Act 2014. That was fault and caused Mrs K distress."
        )
    )
    (fault,) = decision.findings
    (injustice,) = decision.injustices
    assert injustice.type == "distress"
    assert fault.injustices == (injustice.id,)
    assert fault.provisions == ("ukpga/2014/6/section/42",)
    assert fault.status == "fault-with-injustice"


@pytest.mark.parametrize(
    "sentence",
    [
        "Could it have been overlooked?",
        "Miss T's view is that the plan should never have been issued.",
        "The tenant believes that the Council should have written to her.",
        "According to the company, nobody asked for the report.",
        "I cannot say who is right and make no finding on what was said.",
        "He paid fees which the public purse should have met.",
        "The school's governors say that it was unlawful.",
        "Had it asked her, she would not have gone to the tribunal.",
        "An officer came on the Tuesday with the forms.",
        "Nobody needed the second form.",
        "I do not think that she suffered any loss by it.",
    ],
)
def test_questions_views_of_others_and_facts_close_with_no_judgement(sentence: str) -> None:
    assert _judged(f"The papers came in May. {sentence}") == set()
