"""What an endpoint answered, and what that means for whoever runs the push."""

from __future__ import annotations

from dataclasses import dataclass, field

from exports.push.address import Address
from exports.push.credentials import PASSWORD, TOKEN, USER
from exports.push.refusal import PushError

KNOWN = (
    "Oxigraph /store or /update; Fuseki /DATASET/data or /DATASET/update; GraphDB "
    "/repositories/NAME/rdf-graphs/service or /repositories/NAME/statements; Blazegraph "
    "/namespace/NAME/sparql; Virtuoso /sparql-graph-crud or /sparql"
)
"""Where well-known stores take statements: graph store, then update."""
_OTHER = "give the address of a graph store or of updates"
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what came with it, or why there is none."""

    status: int
    """HTTP status; 0 when no answer came."""
    failure: str = ""
    """Why none came, in words."""
    lasting: bool = False
    """Whether it will be the same later, though no answer came."""
    body: bytes = field(default=b"", repr=False)
    """Its beginning."""
    type: str = ""
    """Media type of the body, without parameters."""
    said: str = ""
    """The beginning of a body of text, safe to show."""
    location: str = ""
    """Where a redirect leads, without user and query."""
    allow: frozenset[str] = frozenset()
    """The methods of the header ``Allow``."""
    retry_after: float | None = None
    """Seconds after which to come back, when the endpoint says so."""

    @property
    def good(self) -> bool:
        """Whether what was asked has been done."""
        return 200 <= self.status < 300 and not self.page

    @property
    def page(self) -> bool:
        """Whether it is a page to fill in or to run.

        Virtuoso and others give one, with status 200, for a request that they do not know;
        what is only told in HTML, as Blazegraph tells that an update is done, has none of that.
        """
        markup = self.body.lower()
        return self.type in _HTML and (b"<form" in markup or b"<script" in markup)

    @property
    def passing(self) -> bool:
        """Whether the same request may be answered otherwise later."""
        if self.status in (0, 408, 429):
            return not self.lasting
        return self.status >= 500 and self.status not in (501, 505, 507)

    def refusal(self, address: Address, *, signed: bool) -> PushError:
        """The error for an answer that is not good; ``signed``: whether credentials were sent."""
        if not self.status:
            return PushError(
                address.shown, self.failure, "see that the server runs and the address is right"
            )
        words = f"it answers {self.status}"
        if self.page:
            reason = f"{words} with a web page, so nothing was done"
            return PushError(address.shown, reason, f"{_OTHER}: {KNOWN}")
        if 300 <= self.status < 400:
            reason = (
                f"{words}, a redirect to {self.location or 'no address'}, which is not followed"
            )
            return PushError(address.shown, reason, "give that address if it is the right one")
        if self.said:
            words += f" ({self.said})"
        return PushError(address.shown, words, self._advice(signed=signed))

    def _advice(self, *, signed: bool) -> str:
        if self.status in (401, 403):
            if signed:
                return f"let {USER} and {PASSWORD}, or {TOKEN}, be those of a user who may write"
            return f"set the environment variables {USER} and {PASSWORD}, or {TOKEN}"
        if self.status in (404, 405, 501):
            return f"{_OTHER}: {KNOWN}"
        if self.status == 413:
            return "send less at once with --batch-size"
        if self.status == 429 or (self.status == 503 and self.retry_after):
            wait = f"{self.retry_after:.0f} seconds" if self.retry_after else "a while"
            return f"wait {wait}"
        if self.status >= 500:
            return "look into the server's log"
        return "see that the address takes SPARQL 1.1 Update or graphs as N-Triples"
