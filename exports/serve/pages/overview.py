"""The front page: councils against types of fault, or another dimension."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.serve.counts.figures import Count, HeatRow
from exports.serve.files.counted import crossed
from exports.serve.files.downloads import as_table, exported
from exports.serve.files.formats import FORMATS, format_of
from exports.serve.paging import page_number, paged
from exports.serve.site import FACETS, Site, filters_of

COLUMNS = 12
"""Columns of the overview before it is asked for all of them."""
ACROSS = ("fault", "injustice", "remedy", "reason", "category", "year")
"""What councils can be set against."""
FEWEST = 10
"""A number tinted in full even where none is higher, so that one of two is not."""


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
    sort = query.get("sort") or "decided"
    if sort not in ("decided", "name", *site.figures.book.keys(across)):
        raise HTTPException(400, "Councils can be sorted by decided, name or the key of a column.")
    found = paged(_sorted(rows, sort, rate), page_number(request))
    return site.page(
        request,
        "overview.html",
        across=across,
        acrosses=ACROSS,
        rate=rate,
        sort=sort,
        filters=dict(filters),
        facets=site.figures.facets(filters, FACETS),
        columns=shown,
        hidden=len(columns) - len(shown),
        rows=found,
        heat=_Heat(rows, rate),
        decisions=len(site.figures.select(filters)),
        unnamed=len(site.figures.select(filters) & site.figures.unnamed),
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
    return as_table(format, head, found, f"councils-by-{across}")
