"""Decisions by any combination of filters: ``/decisions?council=..&fault=..``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from exports.serve.charts.timeline import strip
from exports.serve.files.downloads import cases_as, too_long
from exports.serve.files.formats import format_of
from exports.serve.paging import page_number, paged
from exports.serve.site import FACETS, Site, filters_of


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
        facets=site.figures.facets(
            filters, (*FACETS, "disposition", "fault", "injustice", "remedy")
        ),
        line=strip(site, filters),
        cases=paged(cases, page_number(request)),
        refused=too_long(cases, filters),
        investigations=cases.investigations,
        everything=len(site.figures.book.all),
    )
