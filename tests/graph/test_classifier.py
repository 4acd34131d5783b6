"""The models: whole numbers in, the same answer everywhere, and made from what is here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.extraction.classifier import model
from graph.extraction.concepts import concepts
from graph.extraction.training import paragraphs
from graph.extraction.training.paragraphs import of_paragraph, read_paragraphs
from ontology.vocabulary import vocabulary

TRAINING = Path(paragraphs.__file__).parent


@pytest.mark.parametrize(("name", "scheme"), [("fault", "fault"), ("remedy", "remedy")])
def test_labels_of_a_model_are_concepts(name: str, scheme: str) -> None:
    known = vocabulary(scheme)
    assert [label for label in model(name).labels if label not in known and label != "none"] == []


def test_margins_add_up_whatever_the_order() -> None:
    known = model("fault")
    features = {"delay": 400, "late": 300, "said:delay": 800}
    backwards = dict(reversed(features.items()))
    assert known.margins(features) == known.margins(backwards)
    margins = known.margins(features)
    assert known.labels[margins.index(max(margins))] == "delay"


def test_concepts_are_found_by_the_beginnings_of_words() -> None:
    assert concepts("nobody rang about the invoice") == ["money", "negation", "telling"]
    assert concepts("the") == []


def test_a_paragraph_is_read_as_findings_with_its_labels() -> None:
    found = list(
        of_paragraph(
            [
                "# The letter | housing | delayed answering",
                "-\tShe wrote in May.",
                "F:delay/poor-communication + record-keeping-failure\tNobody answered for a year.",
                "N\tI see nothing wrong with the answer itself.",
            ]
        )
    )
    assert [one.verdict for one in found] == ["none", "fault", "no-fault"]
    assert found[1].faults == [["delay", "poor-communication"], ["record-keeping-failure"]]
    assert found[1].sentence.heading == "complaint (a): the letter"
    assert found[1].parts[0].text == "delayed answering"
    with pytest.raises(ValueError, match="no labelled paragraph"):
        list(of_paragraph(["# housing", "-\tShe wrote."]))


def test_the_labelled_paragraphs_use_the_ids_of_the_schemes() -> None:
    faults, injustices = vocabulary("fault"), vocabulary("injustice")
    verdicts: Counter[str] = Counter()
    for one in read_paragraphs(TRAINING / "findings.txt"):
        verdicts[one.verdict] += 1
        for label in one.labels:
            kind, _, types = label.partition(":")
            known = injustices if kind == "I" else faults
            listed = [t.strip() for fault in types.split("+") for t in fault.split("/") if t]
            assert [type_ for type_ in listed if type_ not in known] == [], label
    assert verdicts["fault"] > 1000
    assert verdicts["no-fault"] > 500
