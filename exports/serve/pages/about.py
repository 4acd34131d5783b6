"""What the explorer covers and how far it can be trusted: ``/about``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from exports.serve.site import Site
from graph.scoring.measured import measured


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
        unnamed=len(site.figures.unnamed),
        measured=measured(),
        weakest=sorted(measured(), key=lambda kind: measured()[kind].f1)[:3],
    )
