"""The register of categories: slugs and printed names find each other."""

from __future__ import annotations

import re

import pytest

from ontology.categories import categories, from_slugs, resolve
from ontology.vocabulary import vocabulary


def test_entries_stand_in_order_and_once() -> None:
    keys = [(entry.slug, entry.subcategory_slug) for entry in categories()]
    assert keys == sorted(set(keys))
    assert len(keys) == 87


def test_slugs_are_the_names_as_the_site_writes_them() -> None:
    for entry in categories():
        assert re.sub(r"[^a-z0-9]+", "-", entry.name.lower()) == entry.slug
        assert re.sub(r"[^a-z0-9]+", "-", entry.subcategory.lower()) == entry.subcategory_slug


def test_every_entry_is_found_both_ways() -> None:
    for entry in categories():
        assert from_slugs(entry.slug, entry.subcategory_slug) == (entry.name, entry.subcategory)
        assert resolve(entry.name, entry.subcategory) is entry
        assert resolve(entry.name.upper(), entry.subcategory.lower()) is entry


def test_the_category_scheme_has_the_same_entries() -> None:
    entries = {f"{entry.slug}/{entry.subcategory_slug}" for entry in categories()}
    assert entries | {entry.slug for entry in categories()} == set(vocabulary("category"))


@pytest.mark.parametrize(
    ("slug", "subcategory", "expected"),
    [
        ("education", "school-transport", ("Education", "School transport")),
        ("children-s-care-services", None, ("Children's care services", None)),
        ("education", "no-such", None),
        ("no-such", "other", None),
        ("no-such", None, None),
        ("", "", None),
    ],
)
def test_from_slugs(
    slug: str, subcategory: str | None, expected: tuple[str, str | None] | None
) -> None:
    assert from_slugs(slug, subcategory) == expected


def test_printed_names_tolerate_curly_apostrophes() -> None:
    entry = resolve("Children\u2019s care services", "Child protection")
    assert entry
    assert entry.slug == "children-s-care-services"


def test_unknown_names_give_none() -> None:
    assert resolve("Education", "No such subject") is None
