"""The register of external bodies: names keep their case, shared ones are known."""

from __future__ import annotations

import re

import pytest

from ontology.bodies import aliases, bodies, names, resolve
from ontology.vocabulary import vocabulary

SHARED = {
    *("First Tier Tribunal", "First-tier Tribunal", "IRP", "TPO", "the Authority"),
}
"""Names that several bodies bear; the decision must say which."""


def test_ids_are_slugs_in_order() -> None:
    assert list(bodies()) == sorted(bodies())
    assert len(bodies()) == 135
    for slug, body in bodies().items():
        assert body.id == slug
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_every_alias_belongs_to_a_body_and_labels_are_aliases() -> None:
    assert {name.body for name in names()} == set(bodies())
    for body in bodies().values():
        assert body.label in body.aliases


def test_every_alias_means_one_body_or_is_listed() -> None:
    assert {text for text, ids in aliases().items() if len(ids) > 1} == SHARED


def test_aliases_hold_no_notes() -> None:
    for name in names():
        assert name.text == name.text.strip()
        assert not re.search(r"\bX\b|until|\d{4}", name.text), name


def test_initials_are_case_sensitive() -> None:
    flags = {name.text: name.case_sensitive for name in names()}
    for initials in ("SEND", "IRP", "EA", "ICE", "ET", "DfE", "TfL", "MP"):
        assert flags[initials]
    for word in ("Ofsted", "Care Quality Commission", "Information Commissioner"):
        assert not flags[word]


def test_words_used_of_any_body_are_contextual() -> None:
    flags = {name.text: name.contextual for name in names()}
    for text in ("the Tribunal", "the Trust", "the Panel", "the Home", "SEND", "EA"):
        assert flags[text]
        assert resolve(text) is None
    assert not flags["Ofsted"]


def test_names_borne_for_a_time_have_their_days_in_order() -> None:
    dated = [name for name in names() if name.start and name.end]
    assert len(dated) > 5
    assert all(name.start < name.end for name in dated if name.start and name.end)


def test_home_pages_are_secure_addresses() -> None:
    for body in bodies().values():
        assert body.home_page is None or body.home_page.startswith("https://")


def test_roles_are_sorted_and_of_the_scheme() -> None:
    for body in bodies().values():
        assert list(body.roles) == sorted(set(body.roles))
        assert set(body.roles) <= set(vocabulary("body-role"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ofsted", "ofsted"),
        ("OFSTED", "ofsted"),
        ("Office for Standards in Education, Children\u2019s Services and Skills", "ofsted"),
        ("Care Quality Commission", "cqc"),
        ("care quality commission", "cqc"),
        ("CQC", "cqc"),
        ("cqc", None),
        ("Social Work England", "social-work-england"),
        ("HCPC", "hcpc"),
        ("Information Commissioner's Office", "ico"),
        ("Housing Ombudsman", "housing-ombudsman"),
        ("DCLG", "mhclg"),
        ("Highways England", "national-highways"),
        ("SEND Tribunal", "send-tribunal"),
        ("send", None),
        ("ice", None),
        ("Shelter", "shelter"),
        ("shelter", None),
        ("IRP", None),
        ("TPO", None),
        ("the Commission", None),
        ("Ministry of Tides", None),
    ],
)
def test_names_resolve(text: str, expected: str | None) -> None:
    body = resolve(text)
    assert (body.id if body else None) == expected
