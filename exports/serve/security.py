"""What every response must carry and every request must show, before any page runs.

The explorer is for one person's browser. A ``Host`` header that is not ours means that
some other site's name was pointed at this address (DNS rebinding), so it is refused. So is
what a page of another site asks, in a frame, an image or a script: it could not read the reply,
and could keep this computer busy. Following a link from there stays allowed. The
content security policy lets a page load only its own style, script and forms
(https://www.w3.org/TR/CSP3/); there are no cookies, and no other origin may read a reply.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of this computer as browsers write them."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-cache",
}
"""Set on every response, unless the response sets its own."""
OWN_POLICY = "frame-ancestors 'none'"
"""Of a sealed page (:mod:`exports.page`): it brings its own, stricter policy with hashes of its
one style and script."""
FRAMED = {"content-security-policy": "frame-ancestors 'self'", "x-frame-options": "SAMEORIGIN"}
"""Headers of a sealed page that stands in a frame of a page of ours."""


class Guard:
    """ASGI middleware that refuses foreign hosts and adds :data:`HEADERS`."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self._hosts:
            refusal = PlainTextResponse(
                "This address was called by a name that is not its own, so nothing is shown. "
                "Open it as http://127.0.0.1 with the port that faultlines serve printed.\n",
                status_code=421,
            )
            await refusal(scope, receive, guarded)
            return
        if is_foreign(headers, scope["method"]):
            refusal = PlainTextResponse("The page of another site may not ask this graph.\n", 403)
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def is_foreign(headers: Headers, method: str = "GET") -> bool:
    """Whether a page of another site asks, otherwise than by a link that its reader follows.

    Browsers say so (https://www.w3.org/TR/fetch-metadata/). To them another port of this computer
    is the same site, and still not ours. Older browsers at least name the site that a form or a
    script stands in (``Origin``, RFC 6454). A form that another site sends is no link.
    """
    site = headers.get("sec-fetch-site")
    if site is None:
        origin = headers.get("origin")
        # "null" comes from pages that tell no address, of ours too: they forbid the referrer
        told = origin is not None and origin != "null"
        return (
            told and (origin or "").partition("://")[2].lower() != headers.get("host", "").lower()
        )
    if site in ("none", "same-origin"):
        return False
    if method not in ("GET", "HEAD"):
        return True
    followed = headers.get("sec-fetch-mode") == "navigate"
    return not followed or headers.get("sec-fetch-dest", "document") != "document"


def host_name(host: str) -> str:
    """The name in a ``Host`` header without its port: ``[::1]:8765`` gives ``[::1]``."""
    host = host.strip().lower()
    if host.startswith("["):
        name, bracket, rest = host.partition("]")
        return name + bracket if not rest or rest.startswith(":") else ""
    return host.partition(":")[0]
