"""What is put right how: ``/flows``, and the decisions behind one link of it.

The drawing has the most frequent links, the table all of them. A number counts the
investigations that make a link; an investigation with two remedies is in two links, so
that the numbers of a box add up to more than the investigations it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.serve.charts.sankey import Band, Drawing, sankey
from exports.serve.counts.casebook import Filters
from exports.serve.counts.figures import FEW
from exports.serve.counts.links import ENDS, Link
from exports.serve.files.counted import Keyed, rows_as
from exports.serve.files.downloads import cases_as, too_long
from exports.serve.files.formats import format_of
from exports.serve.paging import page_number, paged
from exports.serve.site import Here, Site, filters_of
from exports.serve.wording import counted_words

VIEWS = {
    "remedy": ("fault", "remedy"),
    "injustice": ("fault", "injustice"),
    "both": ("injustice", "fault", "remedy"),
}
"""Name of a view to its columns from the left."""
SAYS = {"injustice": "caused", "remedy": "put right by"}
"""What a link says of a fault, by what it leads to."""
NARROWED = ("category", "year", "outcome")
HOLDING = ("council", *NARROWED, "quarter")
"""Dimensions that narrow the links; the types of fault, injustice and remedy are its ends."""
DRAWN = (30, 60, 120)
"""How many links may be drawn; the first unless the address asks for more."""
ROWS = 100
"""Links on one page of the table."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with its words and the address of its decisions."""

    link: Link
    fault: str
    label: str
    address: str

    @property
    def words(self) -> str:
        """The link and its number, in words."""
        number = counted_words(self.link.number, "investigation")
        return f"{self.fault}, {SAYS[self.link.end]} {self.label}: {number}"


def page(site: Site, request: Request) -> Response:
    """Faults with what they caused and what puts them right."""
    view = request.query_params.get("show", "remedy")
    if view not in VIEWS:
        raise HTTPException(400, f"Faults can be shown with: {', '.join(VIEWS)}.")
    filters = _filters(request)
    found = links(site, filters, view)
    format = format_of(request)
    if format:
        return _file(site, found, format)
    drawn = _drawn(request)
    cases = site.figures.select(filters)
    return site.page(
        request,
        "flows.html",
        view=view,
        columns=VIEWS[view],
        says=SAYS,
        filters=filters,
        facets=site.figures.facets(filters, NARROWED),
        cases=cases,
        drawing=draw(found[:drawn], view),
        by_band={_band(counted.link, view): counted for counted in found[:drawn]},
        drawn=min(drawn, len(found)),
        choices=[choice for choice in DRAWN if choice == DRAWN[0] or len(found) > choice // 2],
        chosen=drawn,
        links=paged(found, page_number(request), ROWS),
        few_cases=cases.investigations < FEW,
    )


def behind(site: Site, request: Request) -> Response:
    """The decisions that make one link: ``/flows/decisions?fault=delay&remedy=apology``."""
    query = request.query_params
    ends = [end for end in ENDS if query.get(end)]
    if len(ends) != 1 or not query.get("fault"):
        raise HTTPException(400, "Give a fault, and either an injustice or a remedy.")
    (end,) = ends
    fault, key = query["fault"], query[end]
    filters = _filters(request)
    council = dict(filters).get("council")
    cases = site.figures.links.behind(site.figures.select(filters), end, fault, key, council)
    format = format_of(request)
    if format:
        return cases_as(site, format, cases, f"{fault}-{key}")
    return site.page(
        request,
        "flow.html",
        end=end,
        said=SAYS[end],
        fault=fault,
        key=key,
        filters=filters,
        cases=paged(cases, page_number(request)),
        investigations=cases.investigations,
        refused=too_long(cases, None),
        back=Here("/flows", dict(filters)).to(show=None if end == "remedy" else end),
    )


def links(site: Site, filters: Filters, view: str) -> list[Counted]:
    """The links of a view among some decisions, the most frequent first."""
    council = dict(filters).get("council")
    chosen = site.figures.select(filters)
    ends = [column for column in VIEWS[view] if column in ENDS]
    found = [link for end in ends for link in site.figures.links.tally(chosen, end, council)]
    found.sort(key=lambda link: (-link.number, link.end, link.fault, link.key))
    label = site.figures.names.label
    here = Here("/flows/decisions", dict(filters))
    return [
        Counted(
            link,
            label("fault", link.fault),
            label(link.end, link.key),
            here.to(fault=link.fault, **{link.end: link.key}),
        )
        for link in found
    ]


def draw(found: Sequence[Counted], view: str) -> Drawing:
    """The drawing of some links."""
    return sankey([_band(counted.link, view) for counted in found], VIEWS[view])


def _band(link: Link, view: str) -> Band:
    fault, end = ("fault", link.fault), (link.end, link.key)
    columns = VIEWS[view]
    if columns.index("fault") > columns.index(link.end):
        return Band(end, fault, link.number)
    return Band(fault, end, link.number)


def _filters(request: Request) -> Filters:
    return tuple(pair for pair in filters_of(request) if pair[0] in HOLDING)


def _drawn(request: Request) -> int:
    value = request.query_params.get("links", "")
    return int(value) if value in {str(choice) for choice in DRAWN} else DRAWN[0]


def _file(site: Site, found: Sequence[Counted], format: str) -> Response:
    columns = ("fault", "fault_label", "end", "key", "label", "investigations")
    rows = [
        (
            *(Keyed("fault", c.link.fault), c.fault),
            *(c.link.end, Keyed(c.link.end, c.link.key), c.label, c.link.number),
        )
        for c in found
    ]
    return rows_as(site.kg, format, columns, rows, "flows")
