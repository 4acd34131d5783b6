"""SPARQL over HTTP: the endpoint for programs, and the same address as a page for people.

Follows the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) for queries:
GET with ``query``, POST of a form, POST of ``application/sparql-query``. The graph can
only be read, so updates are answered 405. Every query runs in a process of its own that
is ended when it takes too long (:mod:`graph.questions.runner`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from exports.serve.dimensions import page_of
from exports.serve.site import Site, download
from exports.serve.wording import day_words
from graph.errors import FaultlinesError, QueryError
from graph.questions.question import Question, questions
from graph.questions.results import (
    FORMATS,
    Answer,
    Result,
    Row,
    Term,
    Triples,
    as_rows,
    shorten,
    write,
)
from graph.triples.ntriples import XSD
from ontology.prefixes import ID, PREFIXES

MOST_BODY = 200_000
"""Bytes of a request's body."""
ON_PAGE = 500
"""Rows that a page shows; downloads have them all."""
EXAMPLE = """SELECT ?decision ?date ?summary
WHERE {
  ?decision fl:date ?date ;
            fl:hasFinding/fl:faultType fault:delay .
  OPTIONAL { ?decision fl:summary ?summary }
}
ORDER BY DESC(?date)
LIMIT 20
"""

_ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
_STATEMENTS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "text/plain": "ntriples",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it."""

    text: str
    link: str | None
    full: str
    """The whole term, for a reader who wants to copy it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a page shows it."""

    columns: tuple[str, ...]
    rows: list[list[Cell | None]]
    total: int
    truncated: bool
    statements: bool


async def endpoint(site: Site, request: Request) -> Response:
    """Answer ``/sparql``."""
    if request.method == "POST":
        body = await _body(request)
        if body is None:
            return _plain(f"The request has over {MOST_BODY:,} bytes.", 413)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-query":
            return await _protocol(site, request, body, None)
        if kind == "application/x-www-form-urlencoded":
            form = dict(parse_qsl(body))
            if "update" in form:
                return _read_only()
            return await _answered(site, request, form)
        if kind == "application/sparql-update":
            return _read_only()
        return _plain("Send a form, or the query as application/sparql-query.", 415)
    return await _answered(site, request, dict(request.query_params))


async def _answered(site: Site, request: Request, given: dict[str, str]) -> Response:
    query, format = given.get("query"), given.get("format") or None
    if "default-graph-uri" in given or "named-graph-uri" in given:
        return _plain("Name graphs in the query, with FROM or GRAPH.", 400)
    people = format is None and preferred(request.headers.get("accept", ""), _HTML) == "html"
    if people:
        return await run_in_threadpool(_page, site, request, query, given)
    if query is None:
        return _plain("Give the query: /sparql?query=SELECT...", 400)
    return await _protocol(site, request, query, format)


async def _protocol(site: Site, request: Request, query: str, format: str | None) -> Response:
    try:
        result = await run_in_threadpool(site.runner.query, query)
    except FaultlinesError as error:
        return _plain(str(error), 400)
    if format is not None:
        if format not in FORMATS:
            return _plain(f"There is no format {format!r}; use {', '.join(FORMATS)}.", 400)
        try:
            text = write(result, format, defuse=True)
        except QueryError as error:
            return _plain(str(error), 400)
        known = FORMATS[format]
        return _said(result, download(text, known.media_type, f"result.{known.extension}"))
    offered = _STATEMENTS if isinstance(result, Triples) else _ROWS
    media_type = preferred(request.headers.get("accept", "*/*") or "*/*", offered, full=True)
    if media_type is None:
        return _plain(f"This answer can be had as: {', '.join(offered)}.", 406)
    text = write(result, offered[media_type])
    charset = "" if media_type.endswith("json") else "; charset=utf-8"
    return _said(result, Response(text, media_type=media_type + charset))


def _said(result: Result, response: Response) -> Response:
    """The response, with a header when its answer was cut; formats have no place for that."""
    if not isinstance(result, Answer) and result.truncated:
        response.headers["faultlines-truncated"] = "true"
    return response


_HTML = {"text/html": "html", "application/xhtml+xml": "html"}


def preferred(accept: str, offered: dict[str, str], *, full: bool = False) -> str | None:
    """What of ``offered`` (media type to name) an ``Accept`` header wants most, if anything.

    RFC 9110, section 12.5.1; between equals the order of ``offered`` decides. Without
    ``full`` a range such as ``*/*`` wants nothing in particular.
    """
    best: tuple[float, int] = (0.0, 0)
    found: str | None = None
    for index, media_type in enumerate(offered):
        weight = _weight(accept, media_type, full)
        if (weight, -index) > best and weight > 0:
            best, found = (weight, -index), media_type
    if found is None:
        return None
    return found if full else offered[found]


def _weight(accept: str, media_type: str, ranges: bool) -> float:
    exact, wide = None, 0.0
    for entry in accept.lower().split(","):
        wanted, *parameters = (part.strip() for part in entry.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, float(value))
                except ValueError:
                    weight = 0.0
        if wanted == media_type:
            exact = weight
        elif ranges and wanted in ("*/*", media_type.partition("/")[0] + "/*"):
            wide = max(wide, weight)
    return wide if exact is None else exact


def _page(site: Site, request: Request, query: str | None, given: dict[str, str]) -> Response:
    shown: Shown | None = None
    failure: FaultlinesError | None = None
    if query and query.strip():
        try:
            shown = show(site, site.runner.query(query))
        except FaultlinesError as error:
            failure = error
    return site.page(
        request,
        "sparql.html",
        status=400 if failure else 200,
        query=query if query is not None else EXAMPLE,
        ran=bool(query and query.strip()),
        shown=shown,
        failure=failure,
        questions=questions(),
        prefixes=sorted(PREFIXES.items()),
        full=given.get("view") == "full",
        seconds=site.runner.timeout,
        most=site.runner.max_rows,
    )


def catalogue(site: Site, request: Request) -> Response:
    """Every named question: ``/questions``."""
    return site.page(request, "questions.html", questions=questions())


def ask(site: Site, request: Request) -> Response:
    """One named question with its parameters as a form: ``/question/faults-by-council``."""
    question = questions().get(request.path_params["name"])
    if question is None:
        return site.page(
            request, "error.html", 404, status_code=404, message="There is no such question."
        )
    names = {parameter.name for parameter in question.parameters}
    given = {k: v.strip() for k, v in request.query_params.items() if k in names and v.strip()}
    required = {p.name for p in question.parameters if p.required}
    shown, failure, query = None, None, None
    if required <= set(given):
        try:
            query = question.sparql(site.figures.names.authorities, **given)
            shown = show(site, site.runner.query(query))
        except FaultlinesError as error:
            failure = error
    return site.page(
        request,
        "question.html",
        status=400 if failure else 200,
        question=question,
        given=given,
        choices=_choices(site, question),
        shown=shown,
        failure=failure,
        query=query,
    )


def _choices(site: Site, question: Question) -> dict[str, list[tuple[str, str]]]:
    """For each parameter with a closed list, its (value, words) pairs that the graph has."""
    found = {}
    for parameter in question.parameters:
        if parameter.kind in ("council", "fault", "injustice", "remedy", "category"):
            counts = site.figures.count(site.figures.cases, parameter.kind)
            pairs = [(count.key, count.label) for count in counts]
            if parameter.kind == "council":
                pairs = [(label, label) for _, label in pairs]
            found[parameter.name] = sorted(pairs, key=lambda pair: pair[1])
    return found


def show(site: Site, result: Result) -> Shown:
    """A result for a page: terms in words, with links to the pages of what they name."""
    rows = as_rows(result)
    return Shown(
        columns=rows.variables,
        rows=[_cells(site, row) for row in rows.rows[:ON_PAGE]],
        total=len(rows.rows),
        truncated=rows.truncated,
        statements=isinstance(result, Triples),
    )


def _cells(site: Site, row: Row) -> list[Cell | None]:
    return [None if term is None else _cell(site, term) for term in row]


def _cell(site: Site, term: Term) -> Cell:
    if term.kind == "iri":
        link = page_of(term.value)
        decision = f"{ID}decision/"
        if term.value.startswith(decision):
            reference, *rest = term.value.removeprefix(decision).split("/")
            inside = rest[1:] if len(rest) > 1 else []
            text = " ".join([reference.replace("-", " "), *inside])
        else:
            text = site.figures.names.of_iri(term.value) or shorten(term.value)
        return Cell(text, link, term.value)
    text = term.value
    if term.datatype == XSD + "date":
        text = day_words(term.value)
    return Cell(text, None, term.ntriples())


async def _body(request: Request) -> str | None:
    """The body as text, None when it is too large; undecodable bytes become U+FFFD."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > MOST_BODY:
            return None
    return found.decode("utf-8", "replace")


def _read_only() -> Response:
    response = _plain("The graph can only be read; change it with faultlines build.", 405)
    response.headers["allow"] = "GET, HEAD, POST"
    return response


def _plain(message: str, status: int) -> Response:
    return PlainTextResponse(message + "\n", status_code=status)
