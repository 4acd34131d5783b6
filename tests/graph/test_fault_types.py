"""Which kind of fault a clause is read as: neighbours told apart, and the share that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph.extraction.training
from graph.extraction.extractors.findings.fault_types import fault_rule, typed
from graph.extraction.folding import fold
from graph.extraction.prefilter import required_literals
from graph.extraction.rules import Rule, rules

SENTENCES = Path(graph.extraction.training.__file__).with_name("faults.tsv")
BROAD = ("fault.decision-making", "fault.service-broad", "fault.broad-communication")
"""Rules that only what nothing narrower knows may reach."""
RIGHT = 0.65
"""Share of the labelled sentences that the first matching rule must type rightly."""
PRECISION = 0.80
"""Share of the sentences that it types at all that must be typed rightly."""

# Text and the one type it speaks of; each stands beside a neighbour that shares its words.
NEIGHBOURS = (
    ("The Council took nine weeks to visit the site.", "delay"),
    ("It took nine weeks to answer the complaint at stage one.", "poor-complaint-handling"),
    ("It refused to escalate her complaint.", "poor-complaint-handling"),
    ("It was slow to look into the planning complaint.", "delay"),
    ("The plan came six weeks after the law required.", "delay"),
    ("It left out a step that the regulations require.", "statutory-procedure-not-followed"),
    ("It did not follow its allocations policy.", "own-policy-not-followed"),
    ("The allocations policy does not reflect the guidance.", "flawed-policy"),
    ("It wrongly sent the account to enforcement agents.", "wrongful-enforcement"),
    ("It failed to take enforcement action over the fence.", "failure-to-act"),
    ("It did not supervise its enforcement agents.", "commissioning-oversight-failure"),
    ("It did not consider her dementia before it sent bailiffs.", "vulnerability-not-considered"),
    ("It kept no minutes of the panel.", "record-keeping-failure"),
    ("It never sent the minutes to the father.", "poor-communication"),
    ("An officer gave her address to a stranger.", "data-protection-or-confidentiality"),
    ("An officer wrongly told her that she could not apply.", "incorrect-advice-or-information"),
    ("Nobody told the family that the carer had left.", "poor-communication"),
    ("It did not tell the couple about the discount.", "incorrect-advice-or-information"),
    ("It did not tell him of his right of appeal.", "appeal-rights-not-given"),
    ("The delay put off his right of appeal.", "delay"),
    ("It misled her about what a tribunal could decide.", "incorrect-advice-or-information"),
    ("The officer relied on the wrong drawings.", "irrelevant-or-wrong-information-used"),
    ("The panel applied the wrong test.", "misapplied-law"),
    ("It did not weigh the doctor's letter.", "relevant-information-not-considered"),
    ("The assessment did not consider his sensory needs.", "inadequate-assessment"),
    ("It charged him for care without a financial assessment.", "charging-or-financial-error"),
    ("It missed three bin collections.", "failure-to-provide-service"),
    ("Staff missed his medication.", "poor-care"),
    ("It made no safeguarding enquiry.", "failed-safeguarding"),
    ("No best interests decision was made.", "dol-unauthorised"),
    ("The family was left in one room of a hotel.", "unsuitable-accommodation-or-placement"),
    ("It offered only an apology.", "inadequate-remedy-by-body"),
    ("It did not do what it had agreed after our last decision.", "agreed-remedy-not-implemented"),
    ("The officer was rude to the widow.", "staff-conduct"),
    ("The officer was a friend of the applicant.", "bias-or-unfairness"),
    ("It was not open with the family about the visit.", "lack-of-openness"),
    ("The two departments did not work together.", "poor-joint-working"),
    ("The road was closed without consultation.", "consultation-failure"),
    ("No site notice was put up.", "appropriation-or-publicity-failure"),
    ("It made no reasonable adjustments.", "equality-duty-not-considered"),
    ("It gave no thought to Article 8.", "human-rights-not-considered"),
    ("There was fault in how it decided to end her support.", "flawed-decision-making"),
)


@pytest.mark.parametrize(("text", "label"), NEIGHBOURS)
def test_neighbours_are_told_apart(text: str, label: str) -> None:
    assert [type_ for type_, _ in typed(fold(text))] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "The Care Provider wrote to the Council in May.",
        "The contractor damaged his fence.",
        "The Council has agreed the plan.",
        "Her late husband held the tenancy.",
        "The officer shares an office with another team.",
    ],
)
def test_plain_words_name_no_fault(text: str) -> None:
    assert fault_rule(fold(text)) is None


def test_each_failing_of_a_list_is_typed() -> None:
    text = (
        "It delayed the visit, failed to keep a record of it and did not reply to Miss Y's emails."
    )
    assert [type_ for type_, _ in typed(fold(text))] == [
        "delay",
        "record-keeping-failure",
        "poor-communication",
    ]


def test_the_broad_rules_come_last() -> None:
    assert tuple(rule.id for rule in rules("fault-types"))[-len(BROAD) :] == BROAD


@pytest.mark.parametrize("rule", rules("fault-types"), ids=lambda rule: rule.id)
def test_a_rule_can_be_skipped_by_its_literals(rule: Rule) -> None:
    assert required_literals(rule.pattern.pattern)


def test_the_first_rule_types_the_labelled_sentences() -> None:
    said = right = 0
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    for line in lines:
        labels, _, text = line.partition("\t")
        rule = fault_rule(fold(text))
        if rule is not None:
            said += 1
            right += rule.label in labels.split("|")
    assert right / len(lines) >= RIGHT
    assert right / said >= PRECISION
