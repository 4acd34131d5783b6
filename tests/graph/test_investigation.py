"""One investigation under several references is counted once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.triples.investigation import investigation_triples, investigations
from graph.triples.wording import base_reference, wording_digest
from ontology import iri as mint
from tests import factories


def _investigations(*rows: tuple[str, str | None, str | None, str]) -> dict[str, str]:
    return {
        subject.strip("<>"): object_.strip("<>")
        for subject, predicate, object_ in investigation_triples(investigations(rows).values())
        if predicate.endswith("investigatedIn>")
    }


def test_a_suffix_belongs_to_the_page_not_to_the_investigation() -> None:
    assert base_reference("19 018 519c") == "19 018 519"
    assert base_reference("21 012 067") == "21 012 067"


def test_shared_wording_and_shared_base_make_one_investigation_whatever_the_order() -> None:
    rows = [
        ("a", "15 900 256", "15 900 256", "same"),
        ("b", "16 900 249", "16 900 249", "same"),
        ("c", "16 900 249a", "16 900 249", "other"),
        ("d", "17 900 001", "17 900 001", "alone"),
    ]
    found = _investigations(*rows)
    assert found == _investigations(*reversed(rows))
    one = mint.investigation("15 900 256")
    assert found[mint.complaint("15 900 256")] == one
    assert found[mint.complaint("16 900 249")] == one
    assert found[mint.complaint("16 900 249a")] == one
    assert found[mint.complaint("17 900 001")] == mint.investigation("17 900 001")


def test_a_decision_without_a_reference_is_an_investigation_of_its_own() -> None:
    (found,) = investigations([("a", None, None, "same")]).values()
    assert found == ("a/complaint", "a/complaint")
    assert not _investigations(("a", None, None, "same"))


def test_the_digest_hears_the_words_only() -> None:
    decision = factories.decision()
    louder = replace(
        decision,
        reference="22 900 999",
        paragraphs=tuple(replace(p, text=p.text.upper()) for p in decision.paragraphs),
    )
    assert wording_digest(decision) == wording_digest(louder)
    other = replace(decision, paragraphs=decision.paragraphs[1:])
    assert wording_digest(other) != wording_digest(decision)


@given(
    st.lists(st.sampled_from(["Fault", "_", " ", "\n", "’", "£", "İ", "é", "ß", "\x1c", "7", "."]))
)
def test_the_digest_is_of_the_words_in_one_case_with_one_space_between(pieces: list[str]) -> None:
    text = "".join(pieces) * 200
    decision = factories.decision()
    told = replace(decision.paragraphs[0], text=text, section="found")
    words = re.sub(r"[\W_]+", " ", text.casefold())
    if len(words) >= 200:
        expected = hashlib.sha256(words.encode()).hexdigest()
        assert wording_digest(replace(decision, paragraphs=(told,))) == expected
