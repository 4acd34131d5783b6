"""What an ``Accept`` header wants, of what an answer can be had as (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from starlette.requests import Request

ROWS: Mapping[str, str] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
        "text/xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    }
)
"""Media types of rows and of ASK's answer, to names of formats; the first is the default."""
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "ntriples",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdfxml",
        "text/plain": "ntriples",
    }
)
"""Media types of statements, to names of formats; the first is the default."""
PAGES = ("text/html", "application/xhtml+xml")


def accept_of(request: Request) -> str:
    """The ``Accept`` header of a request, ``*/*`` when it has none."""
    return ", ".join(request.headers.getlist("accept")) or "*/*"


def preferred(accept: str, offered: Iterable[str]) -> str | None:
    """The media type of ``offered`` that ``accept`` wants most, None when it wants none.

    Between equals the order of ``offered`` decides.
    """
    best, found = 0.0, None
    for media_type in offered:
        weight = _weight(accept, media_type)
        if weight > best:
            best, found = weight, media_type
    return found


def wants_page(accept: str) -> bool:
    """Whether this is a browser: a page is named, and nothing else is wanted more.

    ``*/*`` names no page, so a program that does not care gets data.
    """
    page = max(_weight(accept, media_type, ranges=False) for media_type in PAGES)
    return page > 0 and all(page >= _weight(accept, other) for other in (*ROWS, *STATEMENTS))


def _weight(accept: str, media_type: str, *, ranges: bool = True) -> float:
    """The weight of a media type: that of the most specific entry that covers it."""
    best = (0, 0.0)
    major = media_type.partition("/")[0]
    for entry in accept.lower().split(","):
        wanted, *parameters = (part.strip() for part in entry.split(";"))
        if wanted == media_type:
            specific = 3
        elif ranges and wanted in (f"{major}/*", "*/*"):
            specific = 2 if wanted != "*/*" else 1
        else:
            continue
        best = max(best, (specific, _quality(parameters)))
    return best[1]


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
