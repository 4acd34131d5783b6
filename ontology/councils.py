"""The register of councils, and which of them a printed name means.

Two tables are read together: ``registers/councils.tsv``, the principal councils and
combined authorities of England, and ``registers/fictional-councils.tsv``, the invented
ones of the bundled sample. Parish and town councils are in neither: they are outside the
Ombudsman's jurisdiction (Local Government Act 1974, section 25). A name that fits no
council, or more than one, gives None; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from ontology.council_names import allows, strip
from ontology.register import day, fold, read, values

_COLUMNS = (
    *("gss", "name", "type", "region"),
    *("start", "end", "successors", "county", "aliases"),
)

_LAST = re.compile(r"(?<=\s)(?:Council|Authority|Corporation)\b")
"""The word that most councils' names end with."""

_FIRST = re.compile(
    r"\b(?:(?:London|Royal)\s+Borough|Borough(?:\s+Council)?|City|Council|Corporation)\s+of\s"
)
"""The words that the other names begin with."""

_WORD = re.compile(r"&|[^\W_][\w'\u2019\u2018-]*")
_POSSESSIVE = re.compile(r"(?:['\u2019]s?|-)$")
_GOES_ON = re.compile(r"\s+(?!Council|Corporation)[A-Z]")

_STOP = re.compile(r"[;:!?()]|(?<!\bSt)\.|\n\s*\n")
"""What no name runs across; the full stop of "St. Helens" is no end."""

_QUALIFIERS = frozenset(
    {
        "north",
        "south",
        "east",
        "west",
        "mid",
        "central",
        "new",
        "great",
        "greater",
        "inner",
        "outer",
    }
)
"""Words that make another place of the one they stand before: no "North | Dorset Council"."""

_LONGEST = 12
"""Words looked at in one name; the longest in the register has ten."""


@dataclass(frozen=True, slots=True)
class Council:
    """A principal council or combined authority: one row of the register."""

    gss: str
    """Code of the Government Statistical Service, such as ``E08000010``; X when fictional."""
    name: str
    type: str
    """UA, MD, LBO, CC, CTY, NMD, COMB or SRA; ``registers/README.md`` spells them out."""
    region: str
    start: date | None
    """First day in force; None when unknown."""
    end: date | None
    """Last day in force; None while it goes on."""
    successors: tuple[str, ...]
    """Codes of the councils that took over its area."""
    county: str | None
    """Code of the county council over a district."""
    aliases: tuple[str, ...]
    """Other names, former ones included, that the name itself does not give."""
    fictional: bool
    """Whether the council is invented, for the bundled sample."""

    def in_force(self, on: date | None) -> bool:
        """Whether the council existed on a day; always true when the day is None."""
        if on is None:
            return True
        return (self.start or date.min) <= on <= (self.end or date.max)


@cache
def councils() -> Mapping[str, Council]:
    """Every council by code, in order of code, the fictional ones last."""
    tables = (("councils.tsv", False), ("fictional-councils.tsv", True))
    return MappingProxyType(
        {
            row[0]: _council(row, fictional)
            for table, fictional in tables
            for row in read(table, _COLUMNS)
        }
    )


def resolve(name: str, on: date | None) -> Council | None:
    """The one council that ``name`` means in a decision dated ``on``; None if unclear.

    A full name or alias is taken first, whatever the date: the Ombudsman's site heads old
    decisions with a council's present name, and decisions appear months after a council
    has ended. Where councils share the name, the date decides: "Somerset" is the county
    council until 31 March 2023 and the unitary council after it. Failing that, words such
    as "Metropolitan Borough Council" are set aside and the place must fit exactly one
    council in force on the date, of a type that those words allow. Without a date, a name
    that two councils have borne is unclear.
    """
    folded = fold(name)
    named = full_names().get(folded)
    if named:
        return _only(named, on if len(named) > 1 else None)
    place, claims = strip(folded)
    fitting = [gss for gss in _places().get(place, ()) if _allows(gss, claims)]
    return _only(fitting, on)


def mentions(text: str) -> list[tuple[int, int, str]]:
    """Councils' full names in running text: start, end and ``text[start:end]``, in order.

    For investigation reports, which name the council only in their summary. The longest
    name wins where names overlap. A place alone ("Wigan") is no mention, nor is "the
    Council". A name found may still be unclear: give it to :func:`resolve` with a date.
    """
    found = sorted({*_ending(text), *_beginning(text)}, key=lambda span: (span[0], -span[1]))
    spans: list[tuple[int, int, str]] = []
    for start, end in found:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, text[start:end]))
    return spans


def _ending(text: str) -> Iterator[tuple[int, int]]:
    """Names that end with "Council", "Authority" or "Corporation"."""
    for last in _LAST.finditer(text):
        # Most are "the Council": settle those before anything is sliced or folded.
        space = text.rfind(" ", 0, last.start() - 1)
        if not text[space + 1].isupper() and "\n" not in text[space + 1 : last.start() - 1]:
            continue
        window = max(0, last.start() - 100)
        words = list(_WORD.finditer(text, window, last.start()))[-_LONGEST:]
        for number, word in enumerate(words):
            if not word.group()[0].isupper() or word.group() == "The":
                continue
            if not _is_full(text[word.start() : last.end()]):
                continue
            if number == 0 or words[number - 1].group().lower() not in _QUALIFIERS:
                yield word.start(), last.end()
            break


def _beginning(text: str) -> Iterator[tuple[int, int]]:
    """Names that begin with "London Borough of", "City of" and the like."""
    for first in _FIRST.finditer(text):
        words = list(_WORD.finditer(text, first.end(), first.end() + 60))[:_LONGEST]
        for word in reversed(words):
            end = word.start() + len(_POSSESSIVE.sub("", word.group()))
            name = text[first.start() : end]
            if fold(name) in full_names() or ("Borough" in first.group() and _is_full(name)):
                # "City of London Police" is another body.
                if not _GOES_ON.match(text, end):
                    yield first.start(), end
                break


def _is_full(name: str) -> bool:
    """Whether a name with its type words is borne, or could be, by some council."""
    if _STOP.search(name):
        return False
    folded = fold(name)
    if folded in full_names():
        return True
    place, claims = strip(folded)
    return any(_allows(gss, claims) for gss in _places().get(place, ()))


@cache
def full_names() -> Mapping[str, tuple[str, ...]]:
    """Folded names and aliases as printed in the register, each with its councils' codes."""
    return _index((fold(name), council.gss) for council, name in _names())


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Folded names and aliases without their type words, each with its councils' codes."""
    # A combined authority is never meant by its area alone: "West Midlands" is a region.
    return _index(
        (strip(fold(name))[0], council.gss)
        for council, name in _names()
        if council.type not in {"COMB", "SRA"}
    )


def _names() -> Iterable[tuple[Council, str]]:
    for council in councils().values():
        for name in (council.name, *council.aliases):
            yield council, name


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = {}
    for key, gss in pairs:
        index.setdefault(key, {})[gss] = None
    return MappingProxyType({key: tuple(found) for key, found in index.items()})


def _allows(gss: str, claims: frozenset[str]) -> bool:
    council = councils()[gss]
    return allows(council.type, strip(fold(council.name))[1], claims)


def _only(codes: Iterable[str], on: date | None) -> Council | None:
    fitting = [council for gss in codes if (council := councils()[gss]).in_force(on)]
    return fitting[0] if len(fitting) == 1 else None


def _council(row: tuple[str, ...], fictional: bool) -> Council:
    gss, name, kind, region, start, end, successors, county, aliases = row
    return Council(
        gss=gss,
        name=name,
        type=kind,
        region=region,
        start=day(start),
        end=day(end),
        successors=values(successors),
        county=county or None,
        aliases=values(aliases),
        fictional=fictional,
    )
