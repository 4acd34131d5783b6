"""The register of statutes: well-formed, and titles mean one statute or none."""

from __future__ import annotations

import re

import pytest

from ontology.categories import categories
from ontology.register import fold
from ontology.statutes import ANY_CATEGORY, bare_section, bare_sections, resolve, statutes, titles

PATH = re.compile(
    r"(ukpga|ukla|anaw|uksi|eur)/(\d{4}|(Vict|Edw7|Geo5|Geo5and1Edw8|Geo6|Eliz2)/[\d-]+)/\d+"
)
KINDS = {"act": {"ukpga", "ukla", "anaw"}, "si": {"uksi"}, "eu": {"eur"}}

AMBIGUOUS = {"2014 act": 3, "1996 act": 2}
"""Aliases that several statutes share, and how many."""


def test_identifiers_are_paths_of_their_kind() -> None:
    for path, statute in statutes().items():
        assert statute.id == path
        assert PATH.fullmatch(path), path
        assert path.split("/")[0] in KINDS[statute.kind]


def test_the_year_is_the_titles_and_the_identifiers() -> None:
    for statute in statutes().values():
        if statute.kind != "eu":
            assert statute.title.endswith(f" {statute.year}")
        numbered = re.match(r"\w+/(\d{4})/", statute.id)
        assert not numbered or int(numbered[1]) == statute.year


def test_rows_stand_in_order() -> None:
    keys = [(list(KINDS).index(row.kind), fold(row.title)) for row in statutes().values()]
    assert keys == sorted(keys)


def test_every_alias_means_one_statute_or_is_listed() -> None:
    aliases = {fold(alias) for row in statutes().values() for alias in row.aliases}
    assert {name: len(titles()[name]) for name in aliases if len(titles()[name]) > 1} == AMBIGUOUS


def test_every_title_finds_its_statute_with_and_without_its_year() -> None:
    for statute in statutes().values():
        base = statute.title.removesuffix(f" {statute.year}")
        assert resolve(statute.title, None) is statute
        assert resolve(statute.title.upper(), statute.year) is statute
        assert resolve(f"the {base},", statute.year) is statute
        assert resolve(f"{base}, {statute.year}", None) is statute


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("Local Government Act 1974", None, "ukpga/1974/7"),
        ("Local Government Act", 1974, "ukpga/1974/7"),
        ("the 1974 Act", None, "ukpga/1974/7"),
        ("Children Act 1989, as amended", None, "ukpga/1989/41"),
        ("the Care Act", None, "ukpga/2014/23"),
        ("Care Act", 2014, "ukpga/2014/23"),
        ("Children Leaving Care Act 2000", None, "ukpga/2000/35"),
        ("Renters\u2019 Rights Act 2025", None, "ukpga/2025/26"),
        ("Anti Social Behaviour, Crime & Policing Act 2014", None, "ukpga/2014/12"),
        ("SEND Regulations", None, "uksi/2014/1530"),
        ("SEND Regulations", 2014, "uksi/2014/1530"),
        ("Housing Act, 1996", None, "ukpga/1996/52"),
        ("National Assistance Act 1948", None, "ukpga/Geo6/11-12/29"),
        ("UK GDPR", None, "eur/2016/679"),
        ("Mental Capacity Act", None, "ukpga/2005/9"),
        # Unclear or wrong: nothing is guessed.
        ("Children Act", None, None),
        ("Housing Act", None, None),
        ("Local Government Act", None, None),
        ("the 2014 Act", None, None),
        ("Children Act 1989", 2004, None),
        ("Children Act", 1990, None),
        ("SEND Regulations", 2001, None),
        ("the Act", None, None),
        ("", None, None),
    ],
)
def test_titles_resolve(title: str, year: int | None, expected: str | None) -> None:
    statute = resolve(title, year)
    assert (statute.id if statute else None) == expected


@pytest.mark.parametrize(
    "path",
    [
        *("ukpga/1974/7", "ukpga/1993/46", "ukpga/1989/41", "ukpga/2014/6", "ukpga/2014/23"),
        *("ukpga/1996/56", "ukpga/1996/52", "ukpga/2010/15", "ukpga/1983/20", "ukpga/2005/9"),
        *("ukpga/1990/8", "ukpga/1998/31", "ukpga/1992/14", "ukpga/1990/43", "ukpga/1980/66"),
        *("uksi/2006/1738", "uksi/2014/1530", "uksi/2014/2672", "uksi/2009/309", "uksi/2012/1033"),
    ],
)
def test_the_legislation_decisions_cite_most_is_there(path: str) -> None:
    assert path in statutes()


def test_shared_names_give_every_statute() -> None:
    assert titles()["2014 act"] == ("ukpga/2014/12", "ukpga/2014/23", "ukpga/2014/6")
    assert titles()["housing act"] == (
        *("ukpga/1985/68", "ukpga/1988/50", "ukpga/1996/52", "ukpga/2004/34"),
    )


def test_bare_sections_name_known_statutes_and_categories() -> None:
    slugs = {entry.slug for entry in categories()} | {ANY_CATEGORY}
    for section, readings in bare_sections().items():
        keys = [reading.category for reading in readings]
        assert keys == sorted(set(keys))
        for reading in readings:
            assert reading.section == section
            assert reading.category in slugs
            assert reading.statute in statutes()
            assert reading.note


@pytest.mark.parametrize(
    ("section", "category", "title"),
    [
        ("117", "adult-care-services", "Mental Health Act 1983"),
        ("19", "education", "Education Act 1996"),
        ("42", "education", "Children and Families Act 2014"),
        ("42", "adult-care-services", "Care Act 2014"),
        ("47", "children-s-care-services", "Children Act 1989"),
        ("20", "children-s-care-services", "Children Act 1989"),
        ("20", "housing", "Landlord and Tenant Act 1985"),
        ("17", "children-s-care-services", "Children Act 1989"),
        ("21 notice", "housing", "Housing Act 1988"),
        ("106", "planning", "Town and Country Planning Act 1990"),
        ("Part 7", "housing", "Housing Act 1996"),
        ("188", "housing", "Housing Act 1996"),
        ("189", None, "Housing Act 1996"),
        ("193", "housing", "Housing Act 1996"),
        ("202", "housing", "Housing Act 1996"),
        ("204", "housing", "Housing Act 1996"),
        ("149", "planning", "Equality Act 2010"),
        ("Schedule 5", None, "Local Government Act 1974"),
    ],
)
def test_bare_sections_follow_the_category(section: str, category: str | None, title: str) -> None:
    reading = bare_section(section, category)
    assert reading
    assert statutes()[reading.statute].title == title


@pytest.mark.parametrize(
    ("section", "category"), [("42", None), ("42", "planning"), ("17", "housing"), ("999", None)]
)
def test_bare_sections_without_a_reading_give_none(section: str, category: str | None) -> None:
    assert bare_section(section, category) is None
