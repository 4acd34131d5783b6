"""The register of guidance: plain titles resolve, ambiguous ones need their topic."""

from __future__ import annotations

import re

import pytest

from ontology.guidance import ambiguous, guidance, resolve, titles
from ontology.register import fold
from ontology.statutes import statutes


def test_ids_are_slugs_in_order() -> None:
    assert list(guidance()) == sorted(guidance())
    assert len(guidance()) == 90
    for slug, document in guidance().items():
        assert document.id == slug
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_every_plain_title_and_alias_finds_its_document() -> None:
    for document in guidance().values():
        for name in (document.title, *document.aliases):
            if fold(name) not in ambiguous():
                assert resolve(name) is document
                assert resolve(name.upper()) is document


def test_only_contextual_names_are_shared() -> None:
    contextual = {fold(name) for row in guidance().values() for name in row.contextual}
    assert ambiguous() == contextual
    assert all(name in titles() for name in contextual)


def test_contextual_names_need_their_topic() -> None:
    for name in ambiguous():
        assert resolve(name) is None
        assert resolve(name, "no such topic") is None


def test_years_and_addresses_are_well_formed() -> None:
    for document in guidance().values():
        assert list(document.years) == sorted(set(document.years))
        assert all(1990 <= year <= 2030 for year in document.years)
        assert document.url is None or document.url.startswith("https://")
        assert document.issuer
        assert document.topic


def test_parent_legislation_is_in_the_register_of_statutes() -> None:
    for document in guidance().values():
        for path in document.under:
            assert path.split("/section/")[0] in statutes()


@pytest.mark.parametrize(
    ("title", "topic", "expected"),
    [
        ("Getting the best from complaints", None, "getting-the-best-from-complaints"),
        ("'Getting the Best from Complaints'", None, "getting-the-best-from-complaints"),
        ("Guidance on Remedies", None, "lgsco-guidance-on-remedies"),
        ("the Ombudsman\u2019s Assessment Code", None, "lgsco-assessment-code"),
        ("Assessment Code", None, "lgsco-assessment-code"),
        ("Homelessness Code of Guidance", None, "homelessness-code"),
        ("Working Together to Safeguard Children", None, "working-together"),
        ("Care and Support Statutory Guidance", None, "care-support-statutory-guidance"),
        ("the Code", None, None),
        ("the Code", "homelessness", "homelessness-code"),
        ("the Code", "SEN and disability", "send-code"),
        ("the Code of Guidance", None, None),
        ("the Code of Guidance", "homelessness", "homelessness-code"),
        ("Volume 2", "looked after children", "care-planning-vol2"),
        ("Out of school, out of sight?", None, "out-of-school-out-of-sight"),
        ("information sharing agreement", "decision sharing", None),
        ("Handbook of Nothing", None, None),
    ],
)
def test_titles_resolve(title: str, topic: str | None, expected: str | None) -> None:
    document = resolve(title, topic)
    assert (document.id if document else None) == expected
