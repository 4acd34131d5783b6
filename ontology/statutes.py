"""The register of Acts and instruments that decisions cite, and what a title means.

Identifiers are the paths of legislation.gov.uk: ``ukpga/1989/41`` is the Children Act 1989
(an Act before 1963 is numbered by the years of a reign: ``ukpga/Geo6/11-12/29``). A title
that fits no statute, or several, gives None; nothing is guessed. A decision often cites a
section bare ("section 117 aftercare"); ``registers/bare-sections.tsv`` says which statute
the Ombudsman's own usage then means, by the category of the complaint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.register import fold, read, values

_COLUMNS = ("id", "kind", "title", "year", "aliases", "topic", "provisions")
_BARE_COLUMNS = ("section", "category", "statute", "note")

ANY_CATEGORY = "*"
"""Category of a bare section that means the same statute whatever the complaint is about."""

_YEAR = re.compile(r"^(?P<base>.+?) (?P<year>1[89]\d\d|20\d\d)$")
_AMENDED = re.compile(r" as amended$")


@dataclass(frozen=True, slots=True)
class Statute:
    """An Act, a statutory instrument or retained European Union legislation."""

    id: str
    """Path of legislation.gov.uk, such as ``ukpga/1989/41``."""
    kind: str
    """act, si (statutory instrument) or eu."""
    title: str
    """Short title with its year, without "The"."""
    year: int
    aliases: tuple[str, ...]
    topic: str
    provisions: tuple[str, ...]
    """Provisions often cited, as printed after "section": ``26(3)``, ``Schedule 2``."""


@dataclass(frozen=True, slots=True)
class BareSection:
    """What a section cited without its statute means, in one category of complaint."""

    section: str
    """As printed after "section", or whole for other provisions: ``117``, ``Part 7``."""
    category: str
    """Slug of the category, such as ``education``, or :data:`ANY_CATEGORY`."""
    statute: str
    """Id of the statute."""
    note: str
    """What the section is about."""


@cache
def statutes() -> Mapping[str, Statute]:
    """Every statute by id: Acts first, then instruments, then the rest, each by title."""
    return MappingProxyType({row[0]: _statute(row) for row in read("statutes.tsv", _COLUMNS)})


@cache
def titles() -> Mapping[str, tuple[str, ...]]:
    """Folded titles, with and without year, and aliases; each with the ids it may mean.

    "care act 2014" and "care act" give one id; "housing act" gives four, and "2014 act"
    (printed "the 2014 Act") gives three that only the decision can tell apart.
    """
    index: dict[str, dict[str, None]] = {}
    for statute in statutes().values():
        for name in (statute.title, *statute.aliases):
            index.setdefault(fold(name), {})[statute.id] = None
        dated = _YEAR.match(fold(statute.title))
        if dated:
            index.setdefault(dated["base"], {})[statute.id] = None
    return MappingProxyType({title: tuple(ids) for title, ids in index.items()})


def resolve(title: str, year: int | None) -> Statute | None:
    """The one statute that ``title`` means; None when none or several fit.

    The year may stand in the title, in ``year``, in both when they agree, or in neither when
    only one statute has the name. Case, brackets, commas and a leading "The" do not count.
    """
    folded = _AMENDED.sub("", fold(title))
    dated = _YEAR.match(folded)
    if dated:
        if year not in {None, int(dated["year"])}:
            return None
        year = int(dated["year"])
    if year is None:
        return _only(titles().get(folded, ()))
    base = dated["base"] if dated else folded
    exact = titles().get(f"{base} {year}")
    if exact:
        return _only(exact)
    return _only(tuple(i for i in titles().get(base, ()) if statutes()[i].year == year))


@cache
def bare_sections() -> Mapping[str, tuple[BareSection, ...]]:
    """Sections cited without their statute, each with its readings by category."""
    index: dict[str, list[BareSection]] = {}
    for row in read("bare-sections.tsv", _BARE_COLUMNS):
        index.setdefault(row[0], []).append(BareSection(*row))
    return MappingProxyType({section: tuple(found) for section, found in index.items()})


def bare_section(section: str, category: str | None) -> BareSection | None:
    """The reading of a bare ``section`` in a decision of a category; None when not listed.

    ``category`` is a slug such as ``adult-care-services``. A reading for the category goes
    before the general one.
    """
    readings = {reading.category: reading for reading in bare_sections().get(section, ())}
    general = readings.get(ANY_CATEGORY)
    return readings.get(category, general) if category else general


def _only(ids: tuple[str, ...]) -> Statute | None:
    return statutes()[ids[0]] if len(ids) == 1 else None


def _statute(row: tuple[str, ...]) -> Statute:
    path, kind, title, year, aliases, topic, provisions = row
    return Statute(path, kind, title, int(year), values(aliases), topic, values(provisions))
