"""What a search finds: ``/search?q=``."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from exports.serve.counts.casebook import Case
from exports.serve.counts.view_query import listed_query
from exports.serve.files.downloads import cases_as, too_long
from exports.serve.files.formats import format_of
from exports.serve.paging import page_number, paged
from exports.serve.site import FACETS, Site, filters_of
from graph.full_text import Excerpt, excerpt

LISTED = 100
"""Decisions of a search that its query names one by one; more make no address."""
HITS = 20
"""Decisions on one page of what a search found."""


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
        facets=site.figures.facets(filters, (*FACETS, "fault"), everything),
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
    entry = site.kg.ledger.entry(case.iri)
    return excerpt(entry.decision(), words) if entry else None
