"""The pages that count: the overview, a council, a type of fault, a list of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.serve.casebook import Case, Chosen, Filters
from exports.serve.counted import crossed, listed
from exports.serve.dimensions import DIMENSIONS, node_of
from exports.serve.downloads import exported, too_long
from exports.serve.figures import Count, HeatRow
from exports.serve.formats import FORMATS
from exports.serve.promises import Promises
from exports.serve.site import (
    PAGE,
    Site,
    as_csv,
    as_json,
    cases_as,
    filters_of,
    format_of,
    page_number,
)
from exports.serve.timeline import strip
from exports.serve.view_query import listed_query
from graph.full_text import Excerpt, excerpt
from graph.scoring.measured import measured
from ontology import iri as mint
from ontology.vocabulary import vocabulary

LISTED = 100
"""Decisions of a search that its query names one by one; more make no address."""
HITS = 20
"""Decisions on one page of what a search found."""
FACETS = ("category", "year", "outcome")
"""What the overview can be narrowed by; lists of decisions add what they are about."""
COLUMNS = 12
"""Columns of the overview before it is asked for all of them."""
ACROSS = ("fault", "injustice", "remedy", "reason", "category", "year")
"""What councils can be set against."""
FEWEST = 10
"""A number tinted in full even where none is higher, so that one of two is not."""
Item = TypeVar("Item")
SHOWN = 10
"""Entries of a panel of counts."""


_ORDER = {key: place for place, key in enumerate(vocabulary("outcome"))}


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    pages: int
    first: int
    last: int
    total: int


def paged(items: Sequence[Item], number: int, size: int = PAGE) -> Paged[Item]:
    """The page ``number`` of ``items``; the last one when there are not so many."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    start = (number - 1) * size
    shown = items[start : start + size]
    return Paged(shown, number, pages, start + 1 if shown else 0, start + len(shown), len(items))


def facets(site: Site, filters: Filters, names: Sequence[str]) -> list[tuple[str, list[Count]]]:
    """For each dimension, its keys with the count that choosing one would leave."""
    found = [(name, site.figures.facet(filters, name)) for name in names]
    # subcategories are for the page of their category; here they would hide the rest
    return [
        (name, [c for c in counts if name != "category" or "/" not in c.key])
        for name, counts in found
    ]


def overview(site: Site, request: Request) -> Response:
    """Councils against types of fault, or another dimension: ``/``."""
    query = request.query_params
    across = query.get("by", "fault")
    if across not in ACROSS:
        raise HTTPException(400, f"Councils can be set against: {', '.join(ACROSS)}.")
    rate = query.get("show") == "rate"
    filters = tuple(pair for pair in filters_of(request) if pair[0] in FACETS)
    rows = site.figures.heat(filters, across)
    columns = site.figures.count(site.figures.select(filters), across)
    if across == "category":
        columns = [count for count in columns if "/" not in count.key]
    format = format_of(request)
    if format:
        return _heat_download(site, format, rows, columns, across)
    shown = columns if query.get("columns") == "all" else columns[:COLUMNS]
    sort = query.get("sort", "decided")
    found = paged(_sorted(rows, sort, rate), page_number(request))
    return site.page(
        request,
        "overview.html",
        across=across,
        acrosses=ACROSS,
        rate=rate,
        sort=sort,
        filters=dict(filters),
        facets=facets(site, filters, FACETS),
        columns=shown,
        hidden=len(columns) - len(shown),
        rows=found,
        heat=_Heat(rows, rate),
        decisions=len(site.figures.select(filters)),
        everything=len(site.figures.book.all),
    )


def _sorted(rows: Sequence[HeatRow], sort: str, rate: bool) -> Sequence[HeatRow]:
    rows = sorted(rows, key=lambda row: (row.label, row.key))
    if sort == "name":
        return rows
    if sort == "decided":
        return sorted(rows, key=lambda row: -row.decided)

    def value(row: HeatRow) -> tuple[bool, float]:
        number = row.cells.get(sort, 0)
        # by rate, councils with hardly any decision would stand on top for no good reason
        return (rate and row.few, -(number / row.decided if rate else number))

    return sorted(rows, key=value)


class _Heat:
    """How strongly a cell is tinted: 0 for nothing, then 1 to 6."""

    def __init__(self, rows: Sequence[HeatRow], rate: bool) -> None:
        self._rate = rate
        self._most = max((n for row in rows for n in row.cells.values()), default=1)
        rates = [n / row.decided for row in rows if not row.few for n in row.cells.values()]
        self._highest = max(rates, default=1.0)

    def level(self, row: HeatRow, key: str) -> int:
        number = row.cells.get(key, 0)
        if not number:
            return 0
        if self._rate:
            share = number / row.decided / self._highest
        else:
            share = log(1 + number) / log(1 + max(self._most, FEWEST))
        return min(6, 1 + int(share * 5.999))


def _heat_download(
    site: Site, format: str, rows: Sequence[HeatRow], columns: list[Count], across: str
) -> Response:
    if FORMATS[format].exporter:
        return exported(crossed(site.kg, rows, columns, across), format, f"councils-by-{across}")
    head = ["council_key", "council", "decided", across, "label", "investigations"]
    found = [
        [row.key, row.label, row.decided, column.key, column.label, row.cells[column.key]]
        for row in sorted(rows, key=lambda row: row.key)
        for column in sorted(columns, key=lambda column: column.key)
        if row.cells.get(column.key)
    ]
    if format == "json":
        return as_json([dict(zip(head, row, strict=True)) for row in found])
    return as_csv(head, found, f"councils-by-{across}")


def listing(site: Site, request: Request) -> Response:
    """Every key of a dimension with its count: ``/fault/``."""
    dimension = DIMENSIONS[request.path_params["dimension"]]
    counts = site.figures.count(site.figures.book.all, dimension.name)
    format = format_of(request)
    if format and FORMATS[format].exporter:
        return exported(listed(site.kg, dimension.name, counts), format, dimension.name)
    if format:
        rows = [(c.key, c.label, c.number) for c in sorted(counts, key=lambda c: c.key)]
        if format == "csv":
            return as_csv(("key", "label", "investigations"), rows, dimension.name)
        return as_json([{"key": k, "label": n, "investigations": i} for k, n, i in rows])
    found = paged(counts, page_number(request), 4 * PAGE)
    return site.page(request, "listing.html", dimension=dimension, counts=found)


def topic(site: Site, request: Request) -> Response:
    """One key of a dimension, a council included: ``/fault/delay``."""
    name, key = request.path_params["dimension"], request.path_params["key"]
    if key.endswith("/"):
        return RedirectResponse(request.url.path.rstrip("/"), 308)
    dimension = DIMENSIONS[name]
    selected = site.figures.select(((name, key),))
    label = site.figures.names.label(name, key)
    if not selected and not site.figures.names.known(name, key):
        raise HTTPException(404, f"No decision here has the {dimension.one.lower()} {key!r}.")
    filters = filters_of(request, **{name: key})
    cases = site.figures.select(filters)
    format = format_of(request)
    if format:
        return cases_as(site, format, cases, f"{name}-{key}", filters)
    council = key if name == "council" else None
    panels = [
        (other, counts)
        for other in DIMENSIONS.values()
        if other.name != name and other.name not in ("year", "quarter", "outcome", "disposition")
        if (counts := site.figures.count(selected, other.name, council))
    ]
    return site.page(
        request,
        "council.html" if council else "topic.html",
        dimension=dimension,
        key=key,
        heading=label,
        definition=site.figures.names.definition(name, key),
        selected=selected,
        investigations=selected.investigations,
        outcomes=sorted(
            site.figures.count(selected, "outcome"), key=lambda c: _ORDER.get(c.key, 9)
        ),
        line=strip(site, filters),
        panels=panels,
        most=SHOWN,
        cases=paged(cases, page_number(request)),
        promises=promises(site, key, selected) if council else (),
        filters=filters,
        refused=too_long(cases, filters),
        narrowed=[(d, k) for d, k in filters if d != name],
    )


def promises(site: Site, key: str, chosen: Chosen) -> Promises:
    """A council's remedies with a due date in some decisions, the latest first."""
    return Promises(site.kg.ledger, site.figures.book, node_of("council", key), chosen)


def decisions(site: Site, request: Request) -> Response:
    """Decisions by any combination of filters: ``/decisions?council=..&fault=..``."""
    filters = filters_of(request)
    cases = site.figures.select(filters)
    format = format_of(request)
    if format:
        return cases_as(site, format, cases, "decisions", filters)
    return site.page(
        request,
        "decisions.html",
        filters=filters,
        facets=facets(site, filters, (*FACETS, "disposition", "fault", "injustice", "remedy")),
        line=strip(site, filters),
        cases=paged(cases, page_number(request)),
        refused=too_long(cases, filters),
        investigations=cases.investigations,
        everything=len(site.figures.book.all),
    )


def search(site: Site, request: Request) -> Response:
    """Decisions and authorities by words or reference: ``/search?q=``."""
    words = request.query_params.get("q", "").strip()[:200]
    filters = filters_of(request)
    everything = site.figures.search(words)
    found = everything & site.figures.select(filters) if filters else everything
    newest = request.query_params.get("sort") == "newest"
    if newest:
        found = found.newest_first()
    format = format_of(request)
    if format:
        return cases_as(site, format, found, "search")
    exact = site.kg.decisions(words) if words else []
    shown = paged(found, page_number(request), HITS)
    return site.page(
        request,
        "search.html",
        words=words,
        exact=[entry.iri for entry in exact],
        authorities=site.figures.authorities_named(words)[:20],
        topics=site.figures.topics_named(words)[:20],
        filters=dict(filters),
        facets=[(name, site.figures.count(found, name)) for name in (*FACETS, "fault")],
        newest=newest,
        cases=shown,
        refused=too_long(found, None),
        query=listed_query(found.iris) if 0 < len(found) <= LISTED else None,
        hits=[Hit(case, _excerpt(site, case, words)) for case in shown.items],
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A decision that was found, with the words around what was looked for."""

    case: Case
    excerpt: Excerpt | None


def _excerpt(site: Site, case: Case, words: str) -> Excerpt | None:
    entry = site.kg.ledger.entry(f"{mint.ID}decision/{case.path}")
    return excerpt(entry.decision(), words) if entry else None


def about(site: Site, request: Request) -> Response:
    """What is covered, what is missing and what each number means: ``/about``."""
    book = site.figures.book
    earliest, latest = book.span()
    return site.page(
        request,
        "about.html",
        manifest=site.kg.manifest,
        decisions=len(book.all),
        investigations=book.all.investigations,
        councils=len(book.keys("council")),
        earliest=earliest,
        latest=latest,
        unnamed=book.unnamed(),
        measured=measured(),
        weakest=sorted(measured(), key=lambda kind: measured()[kind].f1)[:3],
    )
