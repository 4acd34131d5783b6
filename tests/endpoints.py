"""Triple stores to push to: Oxigraph's own server, and small ones that misbehave on purpose."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which(
    "oxigraph"
)


@contextmanager
def oxigraph(*arguments: str) -> Iterator[str]:
    """The address of Oxigraph's own server, as ``http://127.0.0.1:port``.

    Without ``arguments`` it is empty and in memory.
    """
    if OXIGRAPH is None:
        pytest.skip("needs the package oxigraph of PyPI")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [OXIGRAPH, *(arguments or ("serve",)), "--bind", bind],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://{bind}/", server)
        yield f"http://{bind}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, "oxigraph ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("oxigraph did not start")


def held(server: str) -> ox.Dataset:
    """All that Oxigraph's server holds."""
    request = urllib.request.Request(f"{server}/store", headers={"accept": "application/n-quads"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return ox.Dataset(ox.parse(answer.read(), format=ox.RdfFormat.N_QUADS))


def canonical(dataset: ox.Dataset) -> set[ox.Quad]:
    """Its statements, blank nodes named by RDFC-1.0: equal for isomorphic datasets."""
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@dataclass(frozen=True, slots=True)
class Request:
    """One that a server got."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in small letters."""
    body: bytes

    @property
    def graph(self) -> str | None:
        """The named graph that it is about."""
        return parse_qs(urlsplit(self.path).query).get("graph", [None])[0]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers; status 0 closes the connection without an answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    after: float = 0.0
    """Seconds before it."""


class GraphStore:
    """A graph store in memory.

    ``replies`` are given first, to requests that change graphs; before them comes what
    ``instead`` gives, to any request.
    """

    def __init__(self, instead: Callable[[Request], Reply | None] = lambda _: None) -> None:
        self.instead = instead
        self.requests: list[Request] = []
        self.graphs: dict[str, bytes] = {}
        self.replies: deque[Reply] = deque()

    @property
    def changes(self) -> list[Request]:
        """The requests that put, added to or removed a graph."""
        return [one for one in self.requests if one.graph and one.method != "GET"]

    def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        if (reply := self.instead(request)) is not None:
            return reply
        name = request.graph
        if name is None:
            return Reply(415)
        if request.method == "GET":
            return Reply(200, {}, self.graphs[name]) if name in self.graphs else Reply(404)
        if self.replies:
            return self.replies.popleft()
        if request.method == "DELETE":
            return Reply(204 if self.graphs.pop(name, None) is not None else 404)
        before = self.graphs.get(name, b"") if request.method == "POST" else b""
        self.graphs[name] = before + request.body
        return Reply(204)


@contextmanager
def listening(answer: Callable[[Request], Reply]) -> Iterator[str]:
    """The address of a server that answers so, as ``http://127.0.0.1:port``."""
    stopping = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, self.rfile.read(length))
            reply = answer(request)
            stopping.wait(reply.after)
            if not reply.status:
                self.close_connection = True
                return
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.status not in (204, 304):
                    self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:  # the client has gone
                self.close_connection = True

        do_GET = do_PUT = do_POST = do_DELETE = do_OPTIONS = handle_any  # noqa: N815 - its names

        def log_message(self, format: str, *args: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # the client was killed
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=20)
