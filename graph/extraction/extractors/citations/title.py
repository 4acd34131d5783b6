"""Titles of Acts and instruments in running text, in full or cut short.

A decision names an Act once in full ("the Care Act 2014") and then by what it defined ("the
Act"), by its year ("the 2014 Act") or by its initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extraction.first_letters import compiled
from ontology import statutes
from ontology.statutes import Statute

_KIND = compiled(r"(?:Acts?|Regulations?|Order|Rules|Measure|Scheme)\b")
"""The last word of a title; tried only at capitals, so without the boundary before it."""
_LEADING = compiled(
    r"(?:(?:[A-Z][\w'-]*|\([A-Z][^()\n]{1,80}\)|(?:1[89]|20)\d\d|of|and|the|in|for|to|with"
    r"|etc\.?|on|by|&|as|from|at)"
    r"[ ,]+)+$"
)
_YEAR = compiled(r",? ?\(?(?P<year>1[89]\d\d|20\d\d)\)?")
_YEAR_FIRST = compiled(r"\b(?P<year>1[89]\d\d|20\d\d) $")
_DEFINED = compiled(
    r"""\(?\s*['"]?(?:the |referred to (?:here )?as |which (?:I|we) (?:will )?call )?"""
    r"""['"]?(?:the )?['"]?"""
    r"""(?P<short>(?:\d{4} |[A-Z][\w-]* ){0,4}(?:Act|Regulations|Order|Rules))['"]?\s*\)"""
)
_INITIALS = compiled(r"""^ ?\(['"]?(?:the )?(?P<initials>[A-Z]{2,6}(?: \d{4})?)['"]?\)""")


@dataclass(frozen=True, slots=True)
class Title:
    """A mention of an Act or instrument; ``statute`` is None when it is not in the register."""

    start: int
    end: int
    statute: Statute | None
    text: str


_WORD = compiled(r"\([^()]*\)|\S+")
_NAMED = compiled(r"((?:[A-Z][\w'-]+ (?:(?:and|of) )?)+)$")
_POINTS = compiled(r"\b(?:the|that|this|same|The|That|This) $")


def titles(text: str) -> list[Title]:
    """Every mention of an Act or instrument in the folded ``text``, in order."""
    return _longest(_mentions(text))


def _mentions(text: str) -> Iterator[Title]:
    defined: dict[str, Statute] = {}
    last: dict[str, Statute] = {}
    for kind in _KIND.finditer(text):
        before = text[kind.start() - 1 : kind.start()]
        if before.isalnum() or before == "_":
            continue
        title = _title_at(text, kind)
        if title is None:
            short = _short(text, kind, defined, last)
            if short is not None:
                yield short
            continue
        yield title
        if title.statute is None:
            last.pop(kind.group(), None)  # "the Regulations" are now these
            continue
        last[kind.group()] = title.statute
        defined[f"{title.statute.year} {kind.group()}"] = title.statute
        after = text[title.end : title.end + 70]
        defines = _DEFINED.search(after[: after.find(")") + 1])
        if defines:
            defined[defines["short"]] = title.statute
        initials = _INITIALS.match(after)
        if initials:
            defined[initials["initials"]] = title.statute
    for initials_, statute in defined.items():
        if initials_.isupper():
            for match in re.finditer(rf"\b{re.escape(initials_)}\b", text):
                yield Title(match.start(), match.end(), statute, initials_)


def _title_at(text: str, kind: re.Match[str]) -> Title | None:
    """The full title that ends at this "Act", "Regulations" ...; None for a short form."""
    floor = max(0, kind.start() - 160)
    line = text.rfind("\n", floor, kind.start()) + 1
    leading = _LEADING.search(text, max(floor, line), kind.start())
    year = _YEAR.match(text, kind.end())
    end = year.end("year") if year else kind.end()
    if year and year.group().strip(" ,").startswith("("):
        end = year.end()
    start = leading.start() if leading else kind.start()
    number = int(year["year"]) if year else None
    words = list(_WORD.finditer(text[start : kind.start()]))
    for word in words:
        if not word.group()[0].isupper():
            continue  # "2006 Regulations" is short for what this decision cites
        name = text[start + word.start() : kind.end()].replace(",", "")
        statute = statutes.resolve(name, number)
        if statute is not None:
            return Title(start + word.start(), end, statute, text[start + word.start() : end])
    if number is not None and words:
        capital = [w for w in words if w.group()[0].isupper() and w.group() != "The"]
        if len(capital) >= 1:
            begin = start + capital[0].start()
            return Title(begin, end, None, text[begin:end])
    return None


def _short(
    text: str, kind: re.Match[str], defined: dict[str, Statute], last: dict[str, Statute]
) -> Title | None:
    """A title cut short ("the Act", "the 2014 Act"), by definition or by what was cited."""
    before = text[max(0, kind.start() - 60) : kind.start()]
    year = _YEAR_FIRST.search(before)
    if year:
        start = kind.start() - len(year.group())
        key = f"{year['year']} {kind.group()}"
        statute = (
            defined.get(key)
            or _by_year(text, int(year["year"]), kind.group())
            or statutes.resolve(key, None)
        )
        return Title(start, kind.end(), statute, text[start : kind.end()])
    named = _NAMED.search(before)
    if named and not re.fullmatch(r"(?:The|This|That|Under|In|An) ", named[1]):
        start = kind.start() - len(named[1])
        if named[1].startswith(("The ", "Under ", "In ")):
            start += len(named[1].split(" ", 1)[0]) + 1
        phrase = text[start : kind.end()]
        statute = defined.get(phrase) or _by_name(text, phrase)
        return Title(start, kind.end(), statute, phrase) if statute else None
    the = _POINTS.search(before)
    if the:
        start = kind.start() - len(the.group())
        statute = defined.get(kind.group()) or last.get(kind.group())
        return Title(start, kind.end(), statute, text[start : kind.end()])
    return None


def _by_year(text: str, year: int, kind: str) -> Statute | None:
    """The Act of a year, "the 2014 Act": the only one that the decision names in full."""
    full = [
        statute
        for statute in statutes.statutes().values()
        if statute.year == year and kind in statute.title and statute.title in text
    ]
    return full[0] if len(full) == 1 else None


def _by_name(text: str, phrase: str) -> Statute | None:
    """A title without its year: the one cited in full, else the best known."""
    pattern = re.compile(rf"^(?:the )?{re.escape(phrase)} \d{{4}}$", re.IGNORECASE)
    known = [s for s in statutes.statutes().values() if pattern.match(s.title)]
    cited = [s for s in known if s.title in text]
    if len(cited) == 1:
        return cited[0]
    if len(known) == 1:
        return known[0]
    preferred = _PREFERRED.get(phrase.lower())
    return statutes.statutes().get(preferred) if preferred else None


def _longest(titles: Iterator[Title]) -> list[Title]:
    """Titles in order, without one that is only the beginning of a longer one's name.

    "Health and Social Care Act 2008 (Regulated Activities) Regulations 2014" is one title.
    """
    kept: list[Title] = []
    for title in sorted(titles, key=lambda title: (title.start, -title.end)):
        if kept and title.end <= kept[-1].end:
            continue
        kept.append(title)
    return kept


_PREFERRED = {
    "children act": "ukpga/1989/41",
    "care act": "ukpga/2014/23",
    "education act": "ukpga/1996/56",
    "housing act": "ukpga/1996/52",
    "highways act": "ukpga/1980/66",
    "equality act": "ukpga/2010/15",
    "human rights act": "ukpga/1998/42",
    "mental capacity act": "ukpga/2005/9",
    "mental health act": "ukpga/1983/20",
    "local government act": "ukpga/1974/7",
    "freedom of information act": "ukpga/2000/36",
    "data protection act": "ukpga/2018/12",
    "localism act": "ukpga/2011/20",
    "town and country planning act": "ukpga/1990/8",
    "homelessness reduction act": "ukpga/2017/13",
}
"""Acts that decisions mean by a title without a year, where several years exist."""
