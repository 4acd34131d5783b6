"""The page on decisions over time: ``/timeline?fault=delay&by=quarter``."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.serve.charts.timeline import OTHER, OUTCOMES, PERIODS, Timeline, fitting, strip
from exports.serve.files.counted import Cell, rows_as
from exports.serve.files.formats import format_of
from exports.serve.site import Site, filters_of

NARROWED = ("category", "outcome")
"""What the page lists to narrow by; any filter in the address holds."""


def page(site: Site, request: Request) -> Response:
    """Decisions by year or quarter, by any combination of filters: ``/timeline?fault=delay``."""
    filters = filters_of(request)
    cases = site.figures.select(filters)
    by = request.query_params.get("by") or fitting(site, cases)
    if by not in PERIODS:
        raise HTTPException(400, f"Decisions can be shown by: {', '.join(PERIODS)}.")
    found = strip(site, filters, by)
    format = format_of(request)
    if format:
        return _file(site, found, format)
    return site.page(
        request,
        "timeline.html",
        line=found,
        filters=filters,
        facets=site.figures.facets(filters, NARROWED),
        cases=cases,
    )


def _file(site: Site, found: Timeline, format: str) -> Response:
    keys = [*OUTCOMES, OTHER]
    columns = [found.by, "label", "investigations", *(key.replace("-", "_") for key in keys)]
    rows: list[list[Cell]] = []
    for bar in found.bars:
        numbers = {part.outcome: part.number for part in bar.parts}
        rows.append([bar.key, bar.label, bar.number, *(numbers.get(key, 0) for key in keys)])
    return rows_as(site.kg, format, columns, rows, f"decisions-by-{found.by}")
