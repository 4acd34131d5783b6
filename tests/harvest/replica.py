"""A replica of the site on a port of this computer: searches, decisions, and what goes wrong."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

PAGE = 10
CATEGORIES = (
    "education/special-educational-needs",
    "education/school-transport",
    "housing/allocations",
    "adult-care-services/charging",
    "planning/enforcement",
)
COUNCILS = (
    "Tarnbeck Metropolitan Borough Council",
    "Kingsferry City Council",
    "Wexborough Council",
    "Peverell County Council",
)
OUTCOMES = {"c": "Closed after initial enquiries", "nu": "Not upheld", "u": "Upheld"}


@dataclass(slots=True)
class Published:
    """A decision on the site."""

    place: str
    day: date
    council: str
    outcome: str
    """c, nu or u."""
    body: bytes

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


@dataclass(slots=True)
class Response:
    """An answer, or part of one."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    """Bytes after which the connection is closed."""
    wait: float = 0
    """Seconds before the body, or before each of the pieces."""
    pieces: Iterable[bytes] | None = None
    """What goes over the wire in place of all that, until the other side hangs up."""


@dataclass(slots=True)
class Seen:
    """A request that was answered."""

    path: str
    agent: str
    status: int
    conditional: bool
    headers: dict[str, str] = field(default_factory=dict)
    """As they came, by their names in small letters."""


def page(place: str, day: date, council: str, outcome: str, words: str = "") -> bytes:
    """The page of a decision, as the site has them."""
    reference = place.rpartition("/")[2].replace("-", " ")
    text = words or (
        "Summary: Mr X complains about how the Council dealt with his case. There was fault."
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{council} ({reference})</title></head>
<body><nav><a href="/decisions">Decisions</a></nav>
<article id="article"><p>{council} ({reference})</p>
<p><span class="label">Category :</span> <span class="value">{place}</span></p>
<p><span class="label">Decision :</span> <span class="value">{OUTCOMES[outcome]}</span></p>
<p><span class="label">Decision date :</span> <span class="value">{day:%d %b %Y}</span></p>
<h2>The Ombudsman’s final decision:</h2><p>{text}</p>
<h3>The complaint</h3><ol><li>Mr X complains for the {reference} time.</li></ol>
</article></body></html>
""".encode()


def made(
    count: int, first: date = date(2024, 1, 1), days: int = 120, start: int = 0
) -> list[Published]:
    """Decisions over some days, one in eleven of which has a suffix."""
    found = []
    for number in range(start, start + count):
        day = first + timedelta(days=(number - start) * days // count)
        suffix = "b" if number % 11 == 3 else ""
        reference = f"{23 + number // 1_000_000:02}-{number // 1000 % 1000:03}-{number % 1000:03}"
        place = f"{CATEGORIES[number % len(CATEGORIES)]}/{reference}{suffix}"
        council, outcome = COUNCILS[number % len(COUNCILS)], ("c", "nu", "u")[number % 3]
        found.append(Published(place, day, council, outcome, page(place, day, council, outcome)))
    return found


class Replica:
    """The site, with what it was asked for."""

    def __init__(self) -> None:
        self.decisions: dict[str, Published] = {}
        self.robots: Response = Response(404, b"no such page")
        self.log: list[Seen] = []
        self.answers: dict[str, list[Response]] = {}
        """Answers given once each, by path, before the site's own."""
        self.always: Callable[[str], Response | None] = lambda _: None
        """An answer in place of the site's own."""
        self.before: Callable[[str], None] = lambda _: None
        """Called with the path of each request before it is answered."""
        self.count: Callable[[int], int] = lambda count: count
        """The count that a page of results states, for the true one."""
        self.twice: frozenset[str] = frozenset()
        """Places that stand in the results two times."""
        self.base = ""
        self.close: Callable[[], None] = lambda: None
        """Ends it, as when the network fails."""
        self.connections = 0
        """How many were made."""
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def publish(self, decisions: list[Published]) -> None:
        self.decisions |= {one.place: one for one in decisions}

    @property
    def served(self) -> Counter[str]:
        """How often each decision's page was given whole."""
        return Counter(
            seen.path.removeprefix("/decisions/")
            for seen in self.log
            if seen.path.startswith("/decisions/") and seen.status == 200
        )

    @property
    def searches(self) -> list[str]:
        return [one.path for one in self.log if one.path.startswith("/Decisions/SearchResults")]

    def asked(self, part: str) -> list[Seen]:
        return [one for one in self.log if part in one.path]

    def answer(self, path: str, headers: dict[str, str]) -> Response:
        self.before(path)
        waiting = self.answers.get(path)
        if waiting:
            return waiting.pop(0)
        found = self.always(path)
        if found is not None:
            return found
        if path == "/robots.txt":
            return self.robots
        parts = urlsplit(path)
        if parts.path.lower() == "/decisions/searchresults":
            return Response(200, self.results(parts.query), {"Content-Type": "text/html"})
        decision = self.decisions.get(unquote(parts.path).removeprefix("/decisions/"))
        if decision is None:
            return Response(404, b"<html><body><h1>Page not found</h1></body></html>")
        if headers.get("if-none-match") == decision.etag:
            return Response(304, b"", {"ETag": decision.etag})
        return Response(200, decision.body, {"ETag": decision.etag, "Content-Type": "text/html"})

    def results(self, query: str) -> bytes:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        first, last = date.fromisoformat(asked["fd"]), date.fromisoformat(asked["td"])
        codes = asked["dc"].split()
        found = [
            one
            for one in sorted(self.decisions.values(), key=lambda one: (one.day, one.place))
            if first <= one.day <= last
            and one.outcome in codes
            and asked.get("aname", one.council) == one.council
        ][::-1]
        listed = [one for each in found for one in [each] * (1 + (each.place in self.twice))]
        start = (int(asked["page"]) - 1) * PAGE
        items = "".join(map(item, listed[start : start + PAGE]))
        return f"""<!DOCTYPE html><html><head><title>Search results</title></head><body>
<nav><a href="/make-a-complaint">Complain</a> <a href="/decisions/education">Education</a></nav>
<p>Your search has <strong>{self.count(len(listed)):,}</strong> results</p>{items}
<a href="https://elsewhere.example/decisions/housing/other/20-000-001">elsewhere</a>
</body></html>""".encode()


def item(one: Published) -> str:
    """A decision in a list of results; the suffix of the reference is not shown."""
    category, _, reference = one.place.rpartition("/")
    shown = reference.rstrip("abcd").replace("-", " ")
    address = f"/decisions/{one.place}"
    return (
        f'<div class="result"><h3><a href="{address}">{escape(one.council)} ({shown})</a></h3>'
        f"<p>Statement {OUTCOMES[one.outcome]} {category} {one.day:%d-%b-%Y}</p>"
        f'<p>Summary: some words. <a href="{address.upper()}?displaypref=n">Read on</a></p></div>'
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    replica: Replica

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        assert isinstance(self.server, _Server)
        self.server.replica.connections += 1

    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        replica = self.server.replica
        headers = {name.lower(): value for name, value in self.headers.items()}
        with replica._lock:
            replica.at_once += 1
            replica.most_at_once = max(replica.most_at_once, replica.at_once)
        response = replica.answer(self.path, headers)
        status = response.status if response.cut is None else 0
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        lines = [f"HTTP/1.1 {response.status} Answer"]
        lines += [f"{name}: {value}" for name, value in response.headers.items()]
        lines += [f"Content-Length: {len(response.body)}", "", ""]
        with replica._lock:
            replica.at_once -= 1
            agent = headers.get("user-agent", "")
            replica.log.append(Seen(self.path, agent, status, conditional, headers))
        if response.pieces is not None:
            self._send(response.pieces, response.wait)
            return
        body = response.body if response.cut is None else response.body[: response.cut]
        if response.wait:
            time.sleep(response.wait)
        self.wfile.write("\r\n".join(lines).encode("latin-1") + body)
        if response.cut is not None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, pieces: Iterable[bytes], wait: float) -> None:
        self.close_connection = True
        with suppress(OSError):  # the other side has had enough
            for piece in pieces:
                time.sleep(wait)
                self.connection.sendall(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


@contextmanager
def running(replica: Replica) -> Iterator[Replica]:
    """The replica while it is served."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.replica = replica
    replica.base = f"http://127.0.0.1:{server.server_address[1]}"

    def close() -> None:
        server.shutdown()
        server.server_close()

    replica.close = close
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield replica
    finally:
        close()
        thread.join()
