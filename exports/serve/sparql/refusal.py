"""What is answered to a request of the SPARQL endpoint that cannot be met, and with which status.

The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#query-failure) asks for 400
when a query is not well formed and allows other statuses of HTTP for other failures; they are
taken from RFC 9110, section 15.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

from graph.errors import (
    FaultlinesError,
    QueryBusy,
    QueryError,
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    StoreError,
)


class Refusal(Exception):
    """A request that is not met: a status of HTTP, words, and headers that belong to it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})

    @property
    def response(self) -> Response:
        """The refusal as plain text."""
        return PlainTextResponse(f"{self.message}\n", self.status, self.headers)


def refusal(error: FaultlinesError, seconds: float) -> Refusal:
    """The refusal for a query that was not answered; ``seconds`` is what a query may take.

    - 400: it cannot be read, changes something, or names a graph that is not here;
    - 403: it is well formed and asks another service, which is never done;
    - 503: it took too long, or others were being answered. Only the second passes by itself,
      so only that says when to try again. 504 would be about another server behind this one;
    - 500: it needed too much memory, or the store failed.
    """
    status, headers = 500, {}
    if isinstance(error, QueryRefused):
        status = 403
    elif isinstance(error, QueryBusy):
        status, headers = 503, {"retry-after": str(max(1, math.ceil(seconds)))}
    elif isinstance(error, QueryTimeout):
        status = 503
    elif isinstance(error, QueryError) and not isinstance(error, QueryFailed):
        status = 400
    # an error of the store names its folder, which is this computer's affair
    stored = isinstance(error, StoreError)
    message = "The graph cannot be read: start faultlines serve again." if stored else str(error)
    return Refusal(status, message, headers)
