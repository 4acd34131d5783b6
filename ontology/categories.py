"""The register of categories: the subjects under which the Ombudsman publishes decisions.

A decision's page prints "Education > School transport"; its address has the slugs
``education/school-transport``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.register import fold, read

_COLUMNS = ("slug", "name", "subcategory_slug", "subcategory")


@dataclass(frozen=True, slots=True)
class Category:
    """A category with one of its subcategories, as slugs and as printed."""

    slug: str
    name: str
    subcategory_slug: str
    subcategory: str


@cache
def categories() -> tuple[Category, ...]:
    """Every category with every subcategory, by slug."""
    return tuple(Category(*row) for row in read("categories.tsv", _COLUMNS))


def from_slugs(slug: str, subcategory_slug: str | None) -> tuple[str, str | None] | None:
    """Printed names of the slugs of an address; None when the register lacks them.

    A category without subcategory gives its name and None.
    """
    if subcategory_slug is None:
        name = next((entry.name for entry in categories() if entry.slug == slug), None)
        return (name, None) if name else None
    found = _by_slugs().get((slug, subcategory_slug))
    return (found.name, found.subcategory) if found else None


def resolve(name: str, subcategory: str) -> Category | None:
    """The entry of a printed category and subcategory, in any case; None when unknown."""
    return _by_names().get((fold(name), fold(subcategory)))


@cache
def _by_slugs() -> Mapping[tuple[str, str], Category]:
    return MappingProxyType({(entry.slug, entry.subcategory_slug): entry for entry in categories()})


@cache
def _by_names() -> Mapping[tuple[str, str], Category]:
    return MappingProxyType(
        {(fold(entry.name), fold(entry.subcategory)): entry for entry in categories()}
    )
