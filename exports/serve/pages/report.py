"""A council's report to print: ``/council/E08000025/report``.

One long page for a committee's papers: figures beside the peers, what was promised and
whether the Ombudsman was satisfied, and the passages that say which faults were found, each
with its paragraph and reference. Every number has a note that says what it counts. A
council with very many decisions has its passages on several pages, and the report says so;
its files hold all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.serve.charts.timeline import strip
from exports.serve.counts.casebook import Case, Chosen, Filters
from exports.serve.counts.promises import Promise
from exports.serve.decision.page import published
from exports.serve.decision.reading import Item, read
from exports.serve.files.counted import Cell, rows_as
from exports.serve.files.downloads import as_json
from exports.serve.files.formats import format_of
from exports.serve.pages.compare import NARROWED, comparison, flat
from exports.serve.pages.flows import links
from exports.serve.pages.topics import promises
from exports.serve.paging import page_number, paged
from exports.serve.site import Site, filters_of

DECISIONS = 40
"""Decisions whose passages are quoted in one report."""
PROMISES = 100
"""Promises listed in one report."""
ROWS = 12
"""Rows of a table of figures."""
QUOTES = 3
"""Passages quoted for one thing that was read."""
PASSAGE = 420
"""Characters of one passage; a longer one is cut, and says so."""
COLUMNS = ("reference", "date", "decision", "kind", "what", "paragraph", "quote")


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision in the report."""

    case: Case
    items: tuple[tuple[int, Item], ...]
    """(step, item): a finding of fault, under it what it caused and what puts that right."""
    published: str | None
    """Its address on the Ombudsman's site."""


def report(site: Site, request: Request) -> Response:
    """What was decided about a council, ready to print."""
    key = request.path_params["key"]
    book = site.figures.book
    if not site.figures.select((("council", key),)):
        raise HTTPException(404, f"No decision here is about {key!r}.")
    given = tuple(pair for pair in filters_of(request) if pair[0] in NARROWED)
    filters: Filters = tuple(sorted((*given, ("council", key))))
    cases = site.figures.select(filters)
    faulted = book.having(cases, "fault", key)
    due = promises(site, key, cases)
    figures = comparison(site, [key], "type", given)
    format = format_of(request)
    if format and format != "json":
        return rows_as(site.kg, format, COLUMNS, _passages(site, faulted), f"report-{key}")
    if format:
        return as_json(
            {
                "council": key,
                "name": site.figures.names.label("council", key),
                "figures": list(flat(site, figures)),
                "promises": [_promise(one) for one in due],
                "passages": [dict(zip(COLUMNS, r, strict=True)) for r in _passages(site, faulted)],
            }
        )
    linked = links(site, filters, "remedy")
    shown = paged(faulted, page_number(request), DECISIONS)
    return site.page(
        request,
        "report.html",
        key=key,
        filters=given,
        cases=cases,
        dates=book.span(cases) if cases else (None, None),
        found=figures,
        tables={name: rows[:ROWS] for name, rows in figures.tables.items()},
        line=strip(site, filters),
        links=linked[:ROWS],
        all_links=len(linked),
        promises=due[:PROMISES],
        all_promises=len(due),
        satisfied=due.kept,
        pages=shown,
        entries=[_entry(site, case) for case in shown.items],
        manifest=site.kg.manifest,
        quotes=QUOTES,
        passage=PASSAGE,
    )


def _promise(one: Promise) -> dict[str, str]:
    return {
        "due": one.due,
        "remedy": one.remedy,
        "words": one.words,
        "basis": "assumed" if one.assumed else "",
        "decision": one.decision,
        "entry": one.entry,
        "satisfied": one.satisfied,
    }


def _entry(site: Site, case: Case) -> Entry:
    entry = site.kg.ledger.entry(case.iri)
    if entry is None:  # pragma: no cover - the casebook is read from the same ledger
        raise HTTPException(404, f"No decision here is at {case.path!r}.")
    made = entry.decision()
    reading = read(made, site.figures.names)
    return Entry(case, tuple(_steps((*reading.chain, *reading.loose), 0)), published(made))


def _steps(items: Iterable[Item], step: int) -> Iterator[tuple[int, Item]]:
    for item in items:
        yield step, item
        yield from _steps((*item.caused, *item.answered), step + 1)


def _passages(site: Site, cases: Chosen) -> Iterator[tuple[Cell, ...]]:
    """Every passage behind a finding of fault and what follows from it, as rows."""
    for case in cases:
        for _, item in _entry(site, case).items:
            what = "; ".join(title for title, _ in item.titles) or item.title
            for mark in () if item.repeated else item.marks:
                start = (case.reference, case.date, case.iri, item.kind, what)
                yield (*start, mark.paragraph, mark.quote)
