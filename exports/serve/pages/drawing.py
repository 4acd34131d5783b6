"""A council or a decision drawn as a graph: the self-contained page of :mod:`exports.page`."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.page import page
from exports.scope import Scope
from exports.serve.counts.dimensions import node_of
from exports.serve.decision.page import find
from exports.serve.security import OWN_POLICY
from exports.serve.site import Site


def council(site: Site, request: Request) -> Response:
    """What the graph holds on one council: ``/council/X08000001/graph``."""
    key = request.path_params["key"]
    if not site.figures.select((("council", key),)):
        raise HTTPException(404, f"No decision here is about {key!r}.")
    return _drawn(site, Scope(council=node_of("council", key)))


def decision(site: Site, request: Request) -> Response:
    """What the graph holds on one decision: ``/drawing/22-900-014``."""
    entries = find(site, request.path_params["path"])
    if not entries or entries[0].reference is None:
        raise HTTPException(404, "No decision with a reference is at this address.")
    return _drawn(site, Scope(references=(entries[0].reference,)))


def _drawn(site: Site, scope: Scope) -> Response:
    return HTMLResponse(page(site.kg, scope), headers={"content-security-policy": OWN_POLICY})
