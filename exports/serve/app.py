"""The web application: routes, errors, start and stop.

Pages are rendered here on the server and work without a script. The server listens on
this computer alone unless told otherwise, answers only to its own name
(:mod:`exports.serve.security`) and changes nothing.
"""

from __future__ import annotations

import threading
from asyncio import Semaphore
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from exports.serve import parameters
from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.decision import page as decision
from exports.serve.explore import page as explore
from exports.serve.files.formats import wants_file
from exports.serve.listening import ANYWHERE
from exports.serve.pages import (
    about,
    compare,
    decisions,
    drawing,
    flows,
    overview,
    report,
    search,
    timeline,
    topics,
)
from exports.serve.parameters import Allowed
from exports.serve.security import LOOPBACK, Guard
from exports.serve.site import FOLDER, Here, Site
from exports.serve.sparql import protocol, questions, well_known
from graph.errors import FaultlinesError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.runner import QueryRunner

Page = Callable[[Site, Request], Response]
AT_ONCE = 1
"""Pages that are made at a time; the others wait their turn, which is milliseconds. Threads that
want the interpreter's lock again after every look into a file make each other ten times as slow:
with eight users on fifty thousand decisions the slowest page took 1.6 s in place of 0.3."""
FILES_AT_ONCE = 2
"""Files and drawings that are made at a time, beside the pages: each may take seconds, and forty
of them at once would leave no thread to the pages."""


def create_app(
    kg: KnowledgeGraph,
    *,
    hosts: Iterable[str] = LOOPBACK,
    timeout: float = 10.0,
    max_rows: int = 10_000,
) -> Starlette:
    """The explorer and SPARQL endpoint of a graph, as an ASGI application.

    ``hosts`` are the names it answers to, without ports; ``timeout`` (seconds) and
    ``max_rows`` bound each SPARQL query. ``app.state.site`` holds what the pages share.
    """
    runner = QueryRunner(kg.store_path, timeout, max_rows)
    site = Site(kg, runner)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        runner.close()

    app = Starlette(
        routes=_routes(site),
        middleware=[Middleware(Guard, hosts=tuple(hosts))],
        exception_handlers={
            HTTPException: _error_page(site),
            FaultlinesError: _error_page(site),
            Exception: _failure,
        },
        lifespan=lifespan,
    )
    app.state.site = site
    return app


def serve(
    kg: KnowledgeGraph,
    host: str = "127.0.0.1",
    port: int = 8765,
    *,
    hosts: Iterable[str] = (),
    timeout: float = 10.0,
) -> None:
    """Run the explorer until it is interrupted.

    ``hosts`` are further names that it answers to, needed when it listens on every
    interface. Raises ValueError when such a host comes without them.
    """
    import uvicorn

    if host in ANYWHERE and not tuple(hosts):
        raise ValueError(
            f"listening on {host or 'every interface'!r} needs the names that browsers will use: "
            "give them as hosts, or listen on 127.0.0.1"
        )
    shown = f"[{host}]" if ":" in host else host
    app = create_app(kg, hosts=(*LOOPBACK, shown, *hosts), timeout=timeout)
    # reading the cases takes seconds on a large graph: begin before the first page is asked for
    threading.Thread(target=app.state.site.figures.prepare, daemon=True).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


class _Turns:
    """Makes pages a few at a time."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places = Semaphore(AT_ONCE)
        self._files = Semaphore(FILES_AT_ONCE)

    def page(
        self,
        made: Page,
        allowed: Allowed | None = parameters.NOTHING,
        *,
        elsewhere: Callable[[Site, Request], Response | None] | None = None,
        waits: bool = False,
        draws: bool = False,
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a page; ``allowed`` are its parameters, None for any at all.

        Where ``elsewhere`` finds another address for it, that is told at once: a reader would
        wait for two places in turn. One that ``waits`` for a query takes no place; one that
        ``draws``, or is wanted as a file, takes a place among the files.
        """

        def checked(request: Request) -> Response:
            known = allowed(request) if callable(allowed) else allowed
            if known is not None:
                known.check(self._site, request)
            return made(self._site, request)

        async def endpoint(request: Request) -> Response:
            if elsewhere and (moved := await run_in_threadpool(elsewhere, self._site, request)):
                return moved
            if waits:
                return await run_in_threadpool(checked, request)
            async with self._files if draws or wants_file(request) else self._places:
                if await request.is_disconnected():
                    return Response(status_code=400)  # nobody waits for it any more
                return await run_in_threadpool(checked, request)

        return endpoint


def _routes(site: Site) -> list[BaseRoute]:
    """Which address is answered by which page; the first that fits answers."""
    page = _Turns(site).page

    async def query(request: Request) -> Response:
        return await protocol.endpoint(site, request)

    return [
        Route("/", page(overview.overview, parameters.OVERVIEW)),
        Route("/decisions", page(decisions.decisions, parameters.DECISIONS)),
        Route(
            "/decision/{path:path}",
            page(decision.decision, parameters.DECISION, elsewhere=decision.elsewhere),
        ),
        Route("/drawing/{path:path}", page(drawing.decision, draws=True)),
        Route("/council/{key}/graph", page(drawing.council, draws=True)),
        Route("/council/{key}/report", page(report.report, parameters.REPORT)),
        Route("/compare", page(compare.compare, parameters.COMPARE)),
        Route("/timeline", page(timeline.page, parameters.TIMELINE)),
        Route("/flows", page(flows.page, parameters.FLOWS)),
        Route("/flows/decisions", page(flows.behind, parameters.FLOW)),
        Route("/search", page(search.search, parameters.SEARCH)),
        Route("/about", page(about.about)),
        Route("/explore", page(explore.explore, parameters.EXPLORE)),
        Route("/explore/drawing", page(explore.drawing, parameters.EXPLORED, draws=True)),
        Route("/questions", page(questions.catalogue, parameters.QUESTIONS)),
        Route("/question/{name}", page(questions.ask, None, waits=True)),
        Route("/sparql", query, methods=protocol.METHODS),
        Route(well_known.PATH, page(well_known.void)),
        Mount("/static", StaticFiles(directory=FOLDER / "static")),
        Route("/{dimension}/{key:path}", page(_by_dimension, parameters.of_topic)),
        Route("/{dimension}", _with_slash),
    ]


def _by_dimension(site: Site, request: Request) -> Response:
    """The pages of a dimension: its list without a key, one of its keys with one."""
    name, key = request.path_params["dimension"], request.path_params["key"]
    if name not in DIMENSIONS:
        raise HTTPException(404)
    if not DIMENSIONS[name].page:
        return RedirectResponse(Here("/decisions", {}).to(**({name: key} if key else {})), 302)
    return topics.topic(site, request) if key else topics.listing(site, request)


def _with_slash(request: Request) -> Response:
    name = request.path_params["dimension"]
    if name not in DIMENSIONS:
        raise HTTPException(404)
    return RedirectResponse(f"/{name}/", 308)


def _error_page(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        status, message, headers = 400, str(error), None
        if isinstance(error, HTTPException):
            status, headers = error.status_code, error.headers
            message = error.detail
            if status == 404 and message == "Not Found":
                message = "There is no page at this address."
        response = site.page(
            request,
            "error.html",
            status,
            status_code=status,
            message=message,
            command=getattr(error, "command", None),
        )
        response.headers.update(headers or {})
        return response

    return answer


async def _failure(_: Request, __: Exception) -> Response:
    # nothing of the error itself: it may hold words of a decision or paths of this machine
    return PlainTextResponse(
        "Something went wrong while this page was made. The server goes on; please report the "
        "address of the page to the makers of Faultlines.\n",
        status_code=500,
    )
