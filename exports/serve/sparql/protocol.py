"""The SPARQL endpoint for programs: the SPARQL 1.1 Protocol over a graph that is only read.

Follows https://www.w3.org/TR/sparql11-protocol/ for queries: GET, POST of a form and POST of
``application/sparql-query``, each with ``default-graph-uri`` and ``named-graph-uri``, which
override ``FROM``. A request without anything is answered with the service description
(:mod:`exports.serve.sparql.description`), a browser with a page (:mod:`exports.serve.sparql.page`).
Updates are refused. No other origin's script may read an answer: there are no CORS headers,
and what another site's page asks is refused before it comes here (:mod:`exports.serve.security`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from exports.serve.files.downloads import download, result_as
from exports.serve.files.negotiation import ROWS, STATEMENTS, accept_of, preferred, wants_page
from exports.serve.site import Site
from exports.serve.sparql.description import describe
from exports.serve.sparql.page import page
from exports.serve.sparql.refusal import Refusal, refusal
from graph.errors import FaultlinesError, QueryError
from graph.query_check import check
from graph.questions.results import FORMATS, Answer, Result, Triples, write
from graph.questions.runner import Dataset, check_length

MOST_BODY = 200_000
"""Bytes of a request's body."""
MOST_PARAMETERS = 1_000
"""Parameters of a request, of which each graph is one."""
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Methods whose answer is ours, refusals included; HEAD comes with GET."""
_ALLOWED = "GET, HEAD, POST"
QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"
GRAPHS = ("ttl", "graphml")
"""Downloads that make a graph of rows too (:mod:`exports.serve.files.formats`)."""
_UTF_8 = ("utf-8", "utf8", "us-ascii")
_ACCEPTED = {"accept": f"{QUERY_TYPE}, {FORM_TYPE}"}
_BAD_UTF_8 = "The request holds bytes that are not UTF-8; send the query as UTF-8."


@dataclass(frozen=True, slots=True)
class Operation:
    """The query operation of a request."""

    query: str | None
    dataset: Dataset | None = None
    """The graphs that parameters name; None when they name none."""
    empty: bool = False
    """Whether the request has no parameters and no body: it asks what is here."""
    download: str | None = None
    """A format of :data:`~graph.questions.results.FORMATS`, for a file to keep."""
    full: bool = False
    """Whether a page shows the result alone."""
    show: str = "table"
    """How a page shows the result: as ``table``, ``chart`` or ``graph``."""


async def endpoint(site: Site, request: Request) -> Response:
    """Answer ``/sparql``."""
    try:
        response = await _respond(site, request)
    except Refusal as refused:
        response = refused.response
    except ClientDisconnect:
        response = Response(status_code=400)  # nobody reads it
    response.headers["vary"] = "Accept"
    return response


async def _respond(site: Site, request: Request) -> Response:
    if request.method not in _ALLOWED.split(", "):
        message = f"{request.method} has no meaning here; ask with GET or POST."
        raise Refusal(405, message, {"allow": _ALLOWED})
    operation = await _read(request)
    if operation.download is not None:
        return await run_in_threadpool(_file, site, request, operation)
    accept = accept_of(request)
    if wants_page(accept):
        return await run_in_threadpool(
            page,
            site,
            request,
            operation.query,
            operation.dataset,
            base=_address(request),
            full=operation.full,
            how=operation.show,
        )
    if operation.empty:
        return await run_in_threadpool(_description, site, request, accept)
    return await run_in_threadpool(_answer, site, request, operation, accept)


async def _read(request: Request) -> Operation:
    """The operation that a request states (SPARQL 1.1 Protocol, section 2.1)."""
    parameters = _parameters(request.scope["query_string"])
    if request.method != "POST":
        return _operation(parameters, empty=not parameters)
    content = Message()
    content["content-type"] = request.headers.get("content-type", "none/none")
    kind = content.get_content_type()
    if kind == "application/sparql-update":
        raise _read_only()
    if kind not in (QUERY_TYPE, FORM_TYPE):
        raise Refusal(415, f"Send a form, or the query as {QUERY_TYPE}.", _ACCEPTED)
    charset = str(content.get_param("charset", "utf-8")).strip().lower()
    if charset not in _UTF_8:
        raise Refusal(415, "Send the request as UTF-8.", _ACCEPTED)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "Send the request without compression.", {"accept-encoding": "identity"})
    body = await _body(request)
    if kind == FORM_TYPE:
        return _operation([*parameters, *_parameters(body)])
    try:
        return _operation([*parameters, ("query", body.decode("utf-8"))])
    except UnicodeDecodeError as error:
        raise Refusal(400, _BAD_UTF_8) from error


def _parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise Refusal(400, _BAD_UTF_8) from error
    except ValueError as error:
        raise Refusal(400, f"The request has over {MOST_PARAMETERS:,} parameters.") from error


def _operation(parameters: list[tuple[str, str]], *, empty: bool = False) -> Operation:
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise _read_only()
    queries = given.get("query", [])
    if len(queries) > 1:
        raise Refusal(400, f"The request has {len(queries)} queries; send one.")
    default = tuple(given.get("default-graph-uri", ()))
    named = tuple(given.get("named-graph-uri", ()))
    return Operation(
        queries[0] if queries else None,
        Dataset(default, named) if default or named else None,
        empty,
        given.get("download", [None])[-1],
        full="full" in given.get("view", ()),
        show=given.get("show", ["table"])[-1],
    )


async def _body(request: Request) -> bytes:
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BODY:
            raise Refusal(413, f"The request has over {MOST_BODY:,} bytes.")
    return bytes(found)


def _description(site: Site, request: Request, accept: str) -> Response:
    media_type = _negotiated(accept, STATEMENTS)
    return _typed(describe(site, _address(request), STATEMENTS[media_type]), media_type)


def _answer(site: Site, request: Request, operation: Operation, accept: str) -> Response:
    form = None
    if operation.query is not None:
        try:
            check_length(operation.query)
            form = check(operation.query, None).form
        except QueryError as error:
            raise refusal(error, site.runner.timeout) from error
    if form:  # nobody waits for an answer that cannot be given
        _negotiated(accept, STATEMENTS if form in ("CONSTRUCT", "DESCRIBE") else ROWS)
    result = _result(site, request, operation)
    offered = STATEMENTS if isinstance(result, Triples) else ROWS
    media_type = _negotiated(accept, offered)
    try:
        text = write(result, offered[media_type])
    except QueryError as error:
        raise Refusal(406, str(error)) from error
    return _said(result, _typed(text, media_type))


def _file(site: Site, request: Request, operation: Operation) -> Response:
    """An answer for a person to keep, safe to open in a spreadsheet."""
    format = operation.download or ""
    if format not in (*FORMATS, *GRAPHS):
        offered = ", ".join((*FORMATS, *GRAPHS))
        raise Refusal(400, f"There is no format {format!r}; use {offered}.")
    result = _result(site, request, operation)
    if format in GRAPHS:
        try:
            return result_as(site.kg, format, result, "result")
        except FaultlinesError as error:
            raise Refusal(400, str(error)) from error
    try:
        text = write(result, format, defuse=True)
    except QueryError as error:
        raise Refusal(400, str(error)) from error
    known = FORMATS[format]
    return _said(result, download(text, known.media_type, f"result.{known.extension}"))


def _result(site: Site, request: Request, operation: Operation) -> Result:
    if operation.query is None:
        raise Refusal(400, "Give the query: /sparql?query=SELECT...")
    try:
        return site.runner.query(operation.query, dataset=operation.dataset, base=_address(request))
    except FaultlinesError as error:
        raise refusal(error, site.runner.timeout) from error


def _negotiated(accept: str, offered: Mapping[str, str]) -> str:
    media_type = preferred(accept, offered)
    if media_type is None:
        raise Refusal(406, f"This answer can be had as: {', '.join(offered)}.")
    return media_type


def _typed(text: str, media_type: str) -> Response:
    charset = "" if media_type.endswith("json") else "; charset=utf-8"
    return Response(text, media_type=media_type + charset)


def _said(result: Result, response: Response) -> Response:
    """The response, with a header when its answer was cut: not every format has comments."""
    if not isinstance(result, Answer) and result.truncated:
        response.headers["faultlines-truncated"] = "true"
    return response


def _address(request: Request) -> str:
    """The endpoint's own address, which is also what relative IRIs are resolved against."""
    return str(request.url.replace(query="", fragment=""))


def _read_only() -> Refusal:
    return Refusal(403, "The graph can only be read; change it with faultlines build.")
