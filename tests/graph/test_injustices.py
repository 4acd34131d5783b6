"""Injustices: stated by the Ombudsman, of which kind; and the neighbours that state none."""

from __future__ import annotations

import pytest

from graph.extraction.classifier import Model
from graph.extraction.extractors.injustices import injustices
from graph.extraction.extractors.injustices.injustices import MODEL, read_injustices
from ontology.model import Injustice
from tests.graph import made

_HOUSING = "Housing > Allocations"


def _read(category: str = _HOUSING, **parts: str) -> tuple[Injustice, ...]:
    text = made.text(**parts).replace("Education > Special educational needs", category)
    return read_injustices(made.reading(text), at_fault=True)


def _types(category: str = _HOUSING, **parts: str) -> set[str]:
    """What rules read; what the model adds is measured on whole decisions."""
    return {
        injustice.type
        for injustice in _read(category, **parts)
        if any(not one.rule.startswith(MODEL) for one in injustice.evidence)
    }


def test_the_model_reads_harm_only_where_something_is_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sure = Model(("none", "distress"), 100.0, (0, 300), {})
    monkeypatch.setattr(injustices, "model", lambda _: sure)
    told = "It was a grey winter."
    read = _read(_HOUSING, analysis=f"- The Council should have acted. This was fault. {told}")
    assert {one.rule for harm in read for one in harm.evidence} == {f"{MODEL}.distress"}
    assert _read(_HOUSING, analysis=f"- The family came in May. {told}") == ()
    doubtful = Model(("none", "distress"), 100.0, (100, 0), {})
    monkeypatch.setattr(injustices, "model", lambda _: doubtful)
    assert _read(_HOUSING, analysis=f"- This was fault. {told}") == ()


@pytest.mark.parametrize(
    ("sentence", "types"),
    [
        ("This caused Ms B distress and frustration.", {"distress", "frustration"}),
        ("Ms B found the notice frightening.", {"distress"}),
        ("She will never know whether the offer would have been hers.", {"uncertainty"}),
        ("Mr C is left wondering if the panel would have agreed.", {"uncertainty"}),
        ("Ms B was put to time and trouble in pursuing it.", {"time-and-trouble"}),
        ("The visits were an inconvenience for Mr C.", {"inconvenience"}),
        ("Ms B has lost confidence in the Council.", {"outrage"}),
        ("He missed two terms of education.", {"loss-of-education"}),
        ("Ms B went without the respite she needed.", {"loss-of-service"}),
        (
            "They lived in overcrowded accommodation for a year longer than they should.",
            {"loss-of-suitable-accommodation"},
        ),
        ("Ms B lost the opportunity to object.", {"lost-opportunity"}),
        ("The late notice delayed Ms B's right of appeal.", {"loss-of-appeal-right"}),
        ("Ms B paid £90 more than she should have.", {"financial-loss"}),
        ("Ms B is out of pocket.", {"financial-loss"}),
        ("He missed out on the allowance for a year.", {"loss-of-income-or-benefit"}),
        ("The contractor's work damaged Mr C's fence.", {"damage-to-property"}),
        ("Ms B has suffered a loss of privacy.", {"loss-of-amenity"}),
        ("The child was left at risk of harm.", {"risk-of-harm"}),
        ("As a result her health deteriorated.", {"harm-to-health"}),
        ("He was left in wet clothes and lost his dignity.", {"loss-of-dignity"}),
        ("The brothers were separated for a year.", {"loss-of-liberty-or-family-contact"}),
        ("This put extra strain on her as his carer.", {"carer-strain"}),
        ("The entry harmed his reputation.", {"reputational"}),
        ("Other families are likely to have been affected.", {"injustice-to-others"}),
        ("This did not cause Ms B an injustice.", {"no-injustice"}),
        ("The outcome would have been the same.", {"no-injustice"}),
        ("Its apology is enough to remedy the injustice.", {"injustice-already-remedied"}),
    ],
)
def test_each_kind(sentence: str, types: set[str]) -> None:
    assert _types(analysis=f"- {sentence}") == types


@pytest.mark.parametrize(
    "sentence",
    [
        "Ms B says the delay caused her distress.",
        "According to Mr C, this cost him his home and made him ill.",
        "The stage two investigator found that the delay had caused distress.",
        "The Council paid her £50 for the inconvenience.",
        "Our guidance says that distress can be remedied by a payment.",
        "We usually recommend a payment for time and trouble.",
        "I considered whether the delay caused Ms B any distress.",
        "If the plan had been late again, Ms B would have lost her right of appeal.",
        "There is nothing to show that the works damaged Mr C's fence.",
        "Ms B wants £2,000 for her distress.",
        "Councils must act where an adult is at risk of harm.",
        "The officer overlooked the letter.",
        "Miss Y took her son to school by taxi.",
    ],
)
def test_the_neighbours_state_none(sentence: str) -> None:
    assert _types(analysis=f"- {sentence}") == set()


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Ms B spent the winter in fear of the bailiffs.", "distress"),
        ("Her sons had to watch this happen to her.", "distress"),
        ("Ms B was left feeling ignored.", "frustration"),
        ("The family are left to wonder.", "uncertainty"),
        ("Mr C was kept in suspense until June.", "uncertainty"),
        (
            "We cannot tell whether he would have fallen anyway, and nor can his wife.",
            "uncertainty",
        ),
        ("Ms B had to turn to a law centre for advice.", "time-and-trouble"),
        ("It sent Mr C on a wasted journey.", "inconvenience"),
        ("She put her life on hold for a month.", "inconvenience"),
        ("He missed the whole of one term.", "loss-of-education"),
        ("He had nothing for nine weeks.", "loss-of-service"),
        ("The ramp was fitted eight months later than it should have been.", "loss-of-service"),
        ("Ms B has had another year in two rooms.", "loss-of-suitable-accommodation"),
        ("She lost her home.", "loss-of-suitable-accommodation"),
        ("Mr C would have had a place.", "lost-opportunity"),
        ("By then it was too late for her to object.", "lost-opportunity"),
        ("So Mr C's appeal was set back by seven months.", "loss-of-appeal-right"),
        ("Ms B paid £90 that nobody was entitled to ask for.", "financial-loss"),
        ("The couple paid twice for the same survey.", "financial-loss"),
        ("Mr C lived for months on less than he was entitled to.", "loss-of-income-or-benefit"),
        ("They could not sit outside.", "loss-of-amenity"),
        ("He was woken before six for a year.", "loss-of-amenity"),
        ("His doctor put him on tablets.", "harm-to-health"),
        ("She slept in her wheelchair.", "loss-of-dignity"),
        ("The sisters spent two years apart.", "loss-of-liberty-or-family-contact"),
        ("His son did all of his care.", "carer-strain"),
    ],
)
def test_harm_told_in_free_words(sentence: str, type_: str) -> None:
    category = "Education > Schools" if type_ == "loss-of-education" else _HOUSING
    assert _types(category, analysis=f"- This was fault. {sentence}") == {type_}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr C was not kept in suspense.",
        "Ms B might have paid twice.",
        "The Council borrowed the equipment from another council.",
        "The officer was woken by a call.",
        "Both councils had gone to the trouble of writing a protocol.",
        "Ms B chose to pay for a private room.",
        "Mr C has no carer because he declined the offer of one.",
        "Mr C makes the point that his daughter had no teaching.",
        "Whether the injuries give him a claim is for the courts.",
        "Mr C is in pain on the stairs.",
        "The Council had nothing to pass on.",
        "It has no record of contact with the others.",
        "Ms B lost her home in a fire.",
        "Neither the nurse nor the doctor could say when it was done.",
        "The works would have cost Ms B £600.",
    ],
)
def test_the_neighbours_of_free_words_state_none(sentence: str) -> None:
    assert _types(analysis=f"- This was fault. {sentence}") == set()


def test_free_words_are_tied_to_a_fault() -> None:
    told = "Ms B had nothing for nine weeks."
    assert _types(analysis=f"- {told}") == set()
    assert _types(analysis=f"- The Council was not at fault here. {told}") == set()
    assert _types(analysis=f"- The Council should have helped her.\n- {told}") != set()


def test_what_is_said_by_the_way_is_not_left_to_another_speaker() -> None:
    sentence = "They were kept in suspense and, as the Council recognises, given false hope."
    assert _types(analysis=f"- This was fault. {sentence}") == {"uncertainty"}


def test_a_home_spoilt_from_outside_is_amenity() -> None:
    sentence = "- Ms B took to sleeping in her car."
    assert _types("Planning > Enforcement", analysis=sentence) == {"loss-of-amenity"}
    assert _types(analysis=sentence) == {"loss-of-suitable-accommodation"}


def test_one_harm_is_one_kind() -> None:
    unaided = "- The Council will pay Ms B £400 for the strain of looking after him without help."
    appeal = "- The Council will pay Ms B £100 for the lost chance of a review."
    assert _types(action=unaided) == {"carer-strain"}
    assert _types(action=appeal) == {"loss-of-appeal-right"}


def test_a_charge_given_back_in_part_is_no_loss() -> None:
    assert _types(action="- The Council will refund half of the fees Ms B paid.") == set()


def test_trouble_counts_by_its_bare_name_only_where_it_is_paid_for() -> None:
    assert _types(action="- The Council will pay Ms B £100 for her trouble.") == {
        "time-and-trouble"
    }
    assert _types(analysis="- The earlier sum was meant for her trouble alone.") == set()


def test_none_without_fault() -> None:
    reading = made.reading(made.text(analysis="- This caused Ms B distress."))
    assert read_injustices(reading, at_fault=False) == ()


def test_what_happened_and_what_is_complained_of_state_none() -> None:
    said = "- Ms B was distressed. She lost her right of appeal."
    assert _types(complaint=said, happened=said) == set()


def test_the_ombudsmans_words_end_what_others_say() -> None:
    sentence = "Ms B says she was ill, and I accept the delay caused her distress."
    assert _types(analysis=f"- {sentence}") == {"distress"}


def test_a_clause_that_denies_one_harm_leaves_the_other() -> None:
    sentence = "I do not consider this caused Ms B distress, but it put her to avoidable trouble."
    assert _types(analysis=f"- {sentence}") == {"time-and-trouble"}


def test_fault_which_caused_injustice_is_no_denial() -> None:
    assert _types(analysis="- There was fault which caused injustice to Ms B.") == {"unspecified"}


def test_unspecified_only_where_no_kind_is_told() -> None:
    found = _types(
        analysis="- This caused Ms B frustration.",
        decision="- There was fault causing injustice.",
    )
    assert found == {"frustration"}


def test_a_heading_that_says_injustice_needs_no_cause() -> None:
    text = made.text(analysis="- Delay was fault.\nInjustice\n- Ms B's was mainly annoyance.")
    found = read_injustices(made.reading(text), at_fault=True)
    assert {injustice.type for injustice in found} == {"frustration"}


def test_the_purposes_of_payments_are_injustices() -> None:
    found = _types(action="- The Council will pay Ms B £300 for her distress and uncertainty.")
    assert found == {"distress", "uncertainty"}


def test_money_given_back_to_the_complainant_was_a_loss() -> None:
    own = "- The Council will refund the £75 which Ms B paid to the agents."
    others = "- The Council will identify all others who paid and refund what they paid."
    assert _types(action=own) == {"financial-loss"}
    assert _types(action=others) == set()


@pytest.mark.parametrize(
    ("category", "type_"),
    [
        ("Education > Special educational needs", "loss-of-education"),
        ("Adult care services > Domiciliary care", "loss-of-service"),
    ],
)
def test_help_that_a_pupil_lost_is_education(category: str, type_: str) -> None:
    assert _types(category, analysis="- He went without the therapy he needed.") == {type_}


def test_each_kind_once_with_all_its_evidence() -> None:
    found = _read(
        analysis="- The delay caused Ms B distress.",
        action="- The Council will pay Ms B £200 for her distress.",
    )
    assert [(i.id, i.type, i.person, len(i.evidence)) for i in found] == [
        ("i1", "distress", "Ms B", 2)
    ]
