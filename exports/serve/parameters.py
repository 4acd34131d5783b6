"""What an address may ask of a page: the names of its parameters, and which values they have.

A name that a page does not know, a name given twice, or a type of fault that there is none of
is refused with status 400 and the nearest that is known. Left out without a word, as the Web
allows, a misspelt filter would show the numbers of another question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.pages.flows import DRAWN, HOLDING
from exports.serve.site import FACETS, Site
from graph.questions.question import questions
from ontology.nearest import nearest

LONGEST = 200
"""Characters of words that are looked for."""
MOST_GIVEN = 50
"""Councils that one address may name; how many of them are shown is the page's affair."""
_SHOWN = 80
"""Characters of a value that a refusal repeats."""
_WORDS = ("q", "find")
_NUMBERS = ("page", "row")
_NUMBER = re.compile(r"[1-9][0-9]{0,7}")
_PERIODS = {"year": re.compile(r"[0-9]{4}"), "quarter": re.compile(r"[0-9]{4}-Q[1-4]")}
"""Keys of time that are in order even if no decision has them."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one page."""

    names: frozenset[str]
    several: frozenset[str] = frozenset()
    """Those that may be given several times; their values are the page's affair."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Those that have one of a few values."""
    typed: bool = False
    """Whether what is meant is typed in words, which the page itself reads."""

    def check(self, site: Site, request: Request) -> None:
        """Raise an HTTP error 400 for what the page cannot be asked."""
        given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            given.setdefault(name, []).append(value)
        for name, values in given.items():
            if name not in self.names | self.several:
                raise _refused(f"This page has no parameter {name[:_SHOWN]!r}.", self._near(name))
            if name not in self.several and len(values) > 1:
                raise _refused(f"The address gives {name!r} {len(values)} times; give it once.")
            for value in filter(None, values):
                self._check_value(site, name, value)
        if len(given.get("council", ())) > MOST_GIVEN:
            raise _refused(f"The address names over {MOST_GIVEN} councils; name fewer.")

    def _near(self, name: str) -> Iterable[str]:
        known = sorted(self.names | self.several)
        return nearest(name[:_SHOWN], dict(zip(known, known, strict=True))) or known

    def _check_value(self, site: Site, name: str, value: str) -> None:
        if "\x00" in value:
            raise _refused(f"The parameter {name!r} holds a character that is in no text (U+0000).")
        if name in self.choices and value not in self.choices[name]:
            raise _refused(f"{name!r} cannot be {value[:_SHOWN]!r}.", self.choices[name])
        if name in _NUMBERS and not _NUMBER.fullmatch(value):
            raise _refused(f"{name!r} is a whole number from 1, not {value[:_SHOWN]!r}.")
        if name in _WORDS and len(value) > LONGEST:
            raise _refused(f"Give at most {LONGEST} characters to look for.")
        if name in DIMENSIONS and name not in self.several and not self.typed:
            _check_key(site, name, value)


def _check_key(site: Site, dimension: str, key: str) -> None:
    """Raise for a key that neither a decision nor a register or vocabulary has."""
    book, names = site.figures.book, site.figures.names
    if key in book.keys(dimension) or names.known(dimension, key):
        return
    if dimension in _PERIODS and _PERIODS[dimension].fullmatch(key):
        return
    words = key[:_SHOWN]
    near = nearest(words.lower(), {key: key for key in book.keys(dimension)})
    if not near:
        counts = site.figures.count(book.all, dimension)
        folded = {count.label.casefold(): f"{count.key} ({count.label})" for count in counts}
        near = nearest(words.casefold(), folded)
        near += [said for label, said in folded.items() if words.casefold() in label][
            : 3 - len(near)
        ]
    one = DIMENSIONS[dimension].one.lower()
    raise _refused(f"There is no {one} {words!r} here.", dict.fromkeys(near))


def _refused(message: str, near: Iterable[str] = ()) -> HTTPException:
    known = ", ".join(near)
    return HTTPException(400, f"{message} Known: {known}." if known else message)


def parameters(*names: str, several: Iterable[str] = (), **choices: tuple[str, ...]) -> Parameters:
    """The parameters of a page, by name; ``choices`` have the values that each can have."""
    return Parameters(frozenset((*names, *choices)), frozenset(several), choices)


NOTHING = parameters()
OVERVIEW = parameters(*("by", "sort", "page", "format", *FACETS), show=("rate",), columns=("all",))
DECISIONS = parameters(*DIMENSIONS, "page", "format")
DECISION = parameters("format")
REPORT = parameters("category", "year", "page", "format")
COMPARE = parameters("peers", "category", "year", "format", several=("council",), rows=("all",))
TIMELINE = parameters(*DIMENSIONS, "by", "format")
FLOWS = parameters(
    *(*HOLDING, "show", "page", "format"), links=tuple(str(choice) for choice in DRAWN)
)
FLOW = parameters(*HOLDING, "fault", "injustice", "remedy", "page", "format")
SEARCH = parameters(*DIMENSIONS, "q", "page", "format", sort=("newest",))
EXPLORE = parameters(
    *("start", "at", "open", "find", "row", "page", "q", "format"), several=("add",)
)
EXPLORED = parameters("start", "at", "open", several=("add",))
QUESTIONS = parameters("format")
LISTING = parameters("page", "format")

Allowed = Parameters | Callable[[Request], Parameters]
"""The parameters of a page, or what tells them from its address."""


def of_question(request: Request) -> Parameters:
    """The parameters of a named question and of its page."""
    question = questions().get(request.path_params["name"])
    names = (each.name for each in question.parameters) if question else ()
    return Parameters(frozenset((*names, "format")), typed=True)


def of_topic(request: Request) -> Parameters:
    """Those of a list of keys, or of the page of one key, which its own kind cannot narrow."""
    if not request.path_params["key"]:
        return LISTING
    own = request.path_params["dimension"]
    return parameters(*(name for name in DIMENSIONS if name != own), "page", "format")
