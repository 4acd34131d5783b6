"""Queries from outside, answered in processes of their own that can be stopped.

A query cannot be interrupted inside the store, so each runs in a worker process that has
the store open for reading only; one that goes over its time is ended with its worker, and
a fresh worker takes its place. Answers are cut at a number of rows, and say so. A query
may neither change the graph nor reach outside it (:mod:`graph.query_check`).
"""

from __future__ import annotations

import multiprocessing
import queue
import signal
import sys
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graph.errors import QueryBusy, QueryError, QueryFailed, QueryTimeout, StoreError
from graph.questions.results import Answer, Result, Row, Rows, Term, Triples

if TYPE_CHECKING:
    from graph.store import Store

MAX_QUERY = 100_000
"""Characters of a query; more is a mistake or an attack on the parser."""
MAX_CHARACTERS = 64_000_000
"""Characters of an answer over all its cells, whatever the number of rows."""
LEAST = 64
"""Characters that a cell counts for at least, empty or not: it takes memory all the same."""
MOST_WAITING = 14
"""Queries that wait for a worker; more are turned away, so that waiting never fills a server."""
MEMORY = 1_500_000_000
"""Bytes that a worker may allocate; a query that needs more is ended."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a request asks instead of what its query names: IRIs of named graphs."""

    default: tuple[str, ...] = ()
    """Together the default graph."""
    named: tuple[str, ...] = ()
    """What ``GRAPH`` can name."""


_STARTING = 60.0
"""Seconds that a worker may take to open the store; only a broken machine needs more."""
_GRACE = 5.0
"""Seconds after its time in which a worker ends itself, when nobody has ended it."""
_LONGEST = 1e6
"""Seconds that the system's timer is set to at most."""


class QueryRunner:
    """Answers queries on the store at a path, each within ``timeout`` seconds.

    ``workers`` queries run at once; :data:`MOST_WAITING` others wait their turn, as long as
    the time limit.
    Workers start when first needed. Safe to use from several threads.
    """

    def __init__(
        self,
        store_path: Path,
        timeout: float = 10.0,
        max_rows: int = 10_000,
        *,
        workers: int = 2,
    ) -> None:
        self.store_path = store_path
        self.timeout = timeout
        self.max_rows = max_rows
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._places = threading.BoundedSemaphore(workers + MOST_WAITING)
        self._all = [_Worker(store_path) for _ in range(workers)]
        for worker in self._all:
            self._idle.put(worker)

    def query(
        self,
        sparql: str,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        dataset: Dataset | None = None,
        base: str | None = None,
    ) -> Result:
        """The answer to a SPARQL 1.1 query; see :meth:`graph.store.Store.query` for what it asks.

        Raises :class:`~graph.errors.QueryError` for a query that cannot be read, and its
        kinds: ``QueryRefused`` when it is not allowed, ``QueryTimeout`` when it was ended
        because it took too long, ``QueryBusy`` when no worker was free, ``QueryFailed`` when
        it needed too much memory. Raises :class:`~graph.errors.StoreError` when the store has
        gone.
        """
        check_length(sparql)
        seconds = self.timeout if timeout is None else timeout
        rows = self.max_rows if max_rows is None else max_rows
        busy = QueryBusy("query", "all workers are busy with other queries", "try again shortly")
        if not self._places.acquire(blocking=False):
            raise busy
        try:
            try:
                worker = self._idle.get(timeout=seconds)
            except queue.Empty:
                raise busy from None
            try:
                return worker.ask((sparql, rows, dataset, base), seconds)
            finally:
                self._idle.put(worker)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the workers."""
        for worker in self._all:
            worker.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_Request = tuple[str, int, Dataset | None, str | None]
"""A query, the most rows of its answer, its dataset and its base: what goes to a worker."""


class _Worker:
    """One process and the pipe to it; started on its first query and after every end."""

    def __init__(self, store_path: Path) -> None:
        self._path = store_path
        self._process: Any = None  # a SpawnProcess, which typeshed does not export
        self._pipe: Connection | None = None
        self._lock = threading.Lock()

    def ask(self, request: _Request, seconds: float) -> Result:
        with self._lock:
            pipe = self._pipe if self._pipe and self._process.is_alive() else self._start()
            try:
                pipe.send((*request, seconds))
                if not pipe.poll(seconds):
                    self._end()
                    raise QueryTimeout(
                        "query",
                        f"it was ended because it took longer than {seconds:g} seconds",
                        "narrow it (one council, one year), or add a LIMIT",
                    )
                kind, value = pipe.recv()
            except (EOFError, OSError) as error:
                self._end()
                raise QueryFailed(
                    "query",
                    "it ended the process that answered it: it needed too much memory, or its "
                    "parts are nested too deeply",
                    "ask for less at once (one council, one year), count instead of listing, "
                    "or take it apart into simpler queries",
                ) from error
            if kind == "error":
                error_type, parts = value
                raise error_type(*parts)
            result: Result = value
            return result

    def _start(self) -> Connection:
        self._end()
        context = multiprocessing.get_context("spawn")  # no lock or handle is inherited
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(str(self._path), theirs), name="faultlines-query", daemon=True
        )
        self._process.start()
        theirs.close()
        self._pipe = ours
        started = time.monotonic()
        try:
            ready: tuple[str, Any] = ours.recv() if ours.poll(_STARTING) else ("slow", None)
        except (EOFError, OSError):
            ready = ("gone", None)
        if ready[0] != "ready":
            self._end()
            if ready[0] == "error":
                raise StoreError(*ready[1])
            waited = f"{time.monotonic() - started:.0f} seconds"
            raise StoreError(
                str(self._path),
                f"no process could be started to query the store (waited {waited})",
                "check free memory, and that the script guards its start with "
                'if __name__ == "__main__"',
            )
        return ours

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    def stop(self) -> None:
        # without the lock: a query under way is ended too, and its caller is told
        process = self._process
        if process is not None:
            process.kill()


def check_length(sparql: str) -> None:
    """Raise :class:`~graph.errors.QueryError` for a query over :data:`MAX_QUERY`."""
    if len(sparql) > MAX_QUERY:
        raise QueryError("query", f"it has over {MAX_QUERY:,} characters", "shorten it")


def _work(store_path: str, pipe: Connection) -> None:
    """The worker: answer what comes through the pipe until it closes."""
    from graph.store import Store

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    _limit_memory()
    try:
        store = Store(Path(store_path), read_only=True)
    except StoreError as error:
        pipe.send(("error", (error.name, error.reason, error.advice)))
        return
    pipe.send(("ready", None))
    while True:
        try:
            sparql, max_rows, dataset, base, seconds = pipe.recv()
        except (EOFError, OSError):
            return
        _end_after(seconds + _GRACE)
        try:
            reply: tuple[str, Any] = (
                "result",
                answer(store, sparql, max_rows, dataset=dataset, base=base),
            )
        except QueryError as error:
            parts = (error.name, error.reason, error.advice, error.position)
            reply = ("error", (type(error), parts))
        except (MemoryError, RecursionError):
            advice = "narrow it, or count instead of listing"
            reply = ("error", (QueryFailed, ("query", "it needed too much memory", advice)))
        pipe.send(reply)
        _end_after(0)


def _end_after(seconds: float) -> None:
    """Have the system end this process then, unless called again; 0 calls it off.

    Whoever asked does so sooner, unless it was itself ended: then nobody else would.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, min(seconds, _LONGEST))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def answer(
    store: Store,
    sparql: str,
    max_rows: int,
    *,
    dataset: Dataset | None = None,
    base: str | None = None,
) -> Result:
    """The answer of an open store as plain values, cut after ``max_rows``; no time limit.

    For the project's own questions, whose cost is known. Raises
    :class:`~graph.errors.QueryError`.
    """
    import pyoxigraph as ox

    found = store.query(
        sparql,
        default_graphs=dataset.default if dataset else None,
        named_graphs=dataset.named if dataset else None,
        base=base,
    )
    if isinstance(found, ox.QueryBoolean):
        return Answer(bool(found))
    read = _rows if isinstance(found, ox.QuerySolutions) else _triples
    try:
        return read(found, max_rows)
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryFailed(
            "query", f"it could not be answered ({error})", "try a narrower query"
        ) from error


def _rows(found: Any, most: int) -> Rows:
    """The solutions of a SELECT, in their order."""
    rows: list[Row] = []
    width = 0
    named = sum(map(len, _names(found)))  # JSON and XML repeat them in each row
    for solution in found:
        row = tuple(None if term is None else _term(term) for term in solution)
        width += named + sum(map(_width, row))
        if len(rows) == most or width > MAX_CHARACTERS:
            return Rows(_names(found), tuple(rows), truncated=True)
        rows.append(row)
    return Rows(_names(found), tuple(rows))


def _triples(found: Any, most: int) -> Triples:
    """The statements of a CONSTRUCT or DESCRIBE, each once, sorted."""
    triples: set[tuple[Term, Term, Term]] = set()
    width = 0
    cut = False
    for triple in found:
        made = (_term(triple.subject), _term(triple.predicate), _term(triple.object))
        if made in triples:
            continue
        width += sum(map(_width, made))
        if len(triples) == most or width > MAX_CHARACTERS:
            cut = True
            break
        triples.add(made)
    order = sorted(triples, key=lambda made: tuple(term.ntriples() for term in made))
    return Triples(tuple(order), cut)


def _width(term: Term | None) -> int:
    if term is None:
        return LEAST
    return max(LEAST, len(term.value) + len(term.datatype or "") + len(term.language or ""))


def _names(found: Any) -> tuple[str, ...]:
    return tuple(variable.value for variable in found.variables)


def _term(term: Any) -> Term:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Term("literal", term.value, None, term.language)
        datatype = term.datatype.value
        plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
        return Term("literal", term.value, None if plain else datatype)
    return Term("triple", f"<<( {term.subject} {term.predicate} {term.object} )>>")
