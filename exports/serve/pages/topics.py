"""What decisions can be counted by: each list, and the page of one entry, a council included."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.serve.charts.timeline import strip
from exports.serve.counts.casebook import Chosen
from exports.serve.counts.dimensions import DIMENSIONS, node_of
from exports.serve.counts.promises import Promises
from exports.serve.files.counted import listed
from exports.serve.files.downloads import as_table, cases_as, exported, too_long
from exports.serve.files.formats import FORMATS, format_of
from exports.serve.paging import PAGE, page_number, paged
from exports.serve.site import Site, filters_of
from ontology.vocabulary import vocabulary

SHOWN = 10
"""Entries of a panel of counts."""
_ORDER = {key: place for place, key in enumerate(vocabulary("outcome"))}


def listing(site: Site, request: Request) -> Response:
    """Every key of a dimension with its count: ``/fault/``."""
    dimension = DIMENSIONS[request.path_params["dimension"]]
    counts = site.figures.count(site.figures.book.all, dimension.name)
    format = format_of(request)
    if format and FORMATS[format].exporter:
        return exported(listed(site.kg, dimension.name, counts), format, dimension.name)
    if format:
        rows = [(c.key, c.label, c.number) for c in sorted(counts, key=lambda c: c.key)]
        return as_table(format, ("key", "label", "investigations"), rows, dimension.name)
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
    panels = [
        (other, counts)
        for other in DIMENSIONS.values()
        if other.name != name and other.name not in ("year", "quarter", "outcome", "disposition")
        if (counts := site.figures.facet(((name, key),), other.name))
    ]
    return site.page(
        request,
        "council.html" if name == "council" else "topic.html",
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
        promises=promises(site, key, selected) if name == "council" else (),
        filters=filters,
        refused=too_long(cases, filters),
        narrowed=[(d, k) for d, k in filters if d != name],
    )


def promises(site: Site, key: str, chosen: Chosen) -> Promises:
    """A council's remedies with a due date in some decisions, the latest first."""
    return Promises(site.kg.ledger, site.figures.book, node_of("council", key), chosen)
