"""Which formats a page can be had in besides HTML, and how a request says which.

Every page that shows data has all of :data:`FORMATS`: its rows as CSV and JSON, its graph
as Turtle and GraphML. ``?format=`` asks for one, and so does an ``Accept`` header that wants
one more than a page (RFC 9110, section 12.5.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request

from exports.serve.files.negotiation import PAGES, accept_of, preferred


@dataclass(frozen=True, slots=True)
class Format:
    """One way to have a page as data."""

    name: str
    """As in ``?format=``; also the ending of the file."""
    label: str
    media_type: str
    exporter: str | None = None
    """The exporter of :data:`exports.EXPORTERS` that writes it; None for rows."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        made.name: made
        for made in (
            Format("csv", "CSV", "text/csv"),
            Format("json", "JSON", "application/json"),
            Format("ttl", "Turtle", "text/turtle", "turtle"),
            Format("graphml", "GraphML", "application/graphml+xml", "graphml"),
        )
    }
)
"""The formats of every page, by name."""


def format_of(request: Request) -> str | None:
    """The name of the format that is asked for, None for the page itself.

    Raises an HTTP error 400 for a format that there is not.
    """
    format = request.query_params.get("format")
    if format == "html":
        return None
    if format in FORMATS:
        return format
    if format:
        offers = ", ".join(FORMATS)
        raise HTTPException(400, f"This page has no format {format!r}. It has: {offers}.")
    media_types = {known.media_type: name for name, known in FORMATS.items()}
    # pages come first, so that who takes anything is given a page
    return media_types.get(preferred(accept_of(request), (*PAGES, *media_types)) or "")


def wants_file(request: Request) -> bool:
    """Whether something else than the page itself is asked for, be it there or not."""
    asked = request.query_params.get("format")
    return asked != "html" if asked else format_of(request) is not None
