"""An answer as the table of a page: terms in words, with links to the pages of what they name."""

from __future__ import annotations

from dataclasses import dataclass

from exports.serve.counts.dimensions import page_of
from exports.serve.site import Site
from exports.serve.wording import day_words
from graph.questions.results import Result, Row, Term, Triples, as_rows, shorten
from graph.triples.ntriples import XSD
from ontology.prefixes import ID

ON_PAGE = 500
"""Rows that a page shows; downloads have them all."""

_NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it."""

    text: str
    link: str | None
    full: str
    """The whole term, for a reader who wants to copy it."""
    number: bool = False
    few: bool = False
    """Whether the number is out of so few that it says little."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a page shows it."""

    columns: tuple[str, ...]
    rows: list[list[Cell | None]]
    total: int
    truncated: bool
    statements: bool


def show(site: Site, result: Result) -> Shown:
    """A result for a page: terms in words, with links to the pages of what they name."""
    rows = as_rows(result)
    return Shown(
        columns=rows.variables,
        rows=[_cells(site, row) for row in rows.rows[:ON_PAGE]],
        total=len(rows.rows),
        truncated=rows.truncated,
        statements=isinstance(result, Triples),
    )


def _cells(site: Site, row: Row) -> list[Cell | None]:
    return [None if term is None else cell(site, term) for term in row]


def cell(site: Site, term: Term) -> Cell:
    """A term for a page: what it names in words, linked where it has a page."""
    if term.kind == "iri":
        link = page_of(term.value)
        decision = f"{ID}decision/"
        if term.value.startswith(decision):
            reference, *rest = term.value.removeprefix(decision).split("/")
            inside = rest[1:] if len(rest) > 1 else []
            text = " ".join([reference.replace("-", " "), *inside])
        else:
            text = site.figures.names.of_iri(term.value) or shorten(term.value)
        return Cell(text, link, term.value)
    text = term.value
    if term.datatype == XSD + "date":
        text = day_words(term.value)
    return Cell(text, None, term.ntriples(), number=term.datatype in _NUMBERS)
