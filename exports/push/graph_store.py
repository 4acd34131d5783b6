"""SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from exports.push.answer import Answer
from exports.push.connection import Body, Connection
from exports.push.protocol import Protocol
from exports.push.refusal import PushError
from exports.push.statements import Statements, Stream

ABSENT = "urn:uuid:6d1c0f1e-5f0a-5a63-9b0e-3f1d2b7a4c58"
"""A graph that is nowhere, to ask for."""
_TYPES = ("application/n-triples", "text/turtle")
"""Media types of N-Triples lines, which are Turtle too, in the order in which they are tried."""


class GraphStore(Protocol):
    """PUT replaces a named graph, POST adds to it, DELETE removes it."""

    name = "graph-store"

    def __init__(self, connection: Connection, most: int) -> None:
        super().__init__(connection, most)
        self._type = 0

    def put(self, graphs: Sequence[Statements]) -> None:
        """One PUT for each (section 5.3)."""
        for graph in graphs:
            self._send("PUT", graph.name, graph.whole(), graph.size)

    def put_large(self, graph: Statements) -> None:
        """A PUT of the first part, a POST of each other (section 5.5)."""
        if graph.blank:
            self._send("PUT", graph.name, Stream(graph), graph.size)
            return
        for number, part in enumerate(graph.parts(self.most)):
            self._send("POST" if number else "PUT", graph.name, part, len(part))

    def remove(self, names: Sequence[str]) -> None:
        """A DELETE for each (section 5.4); one that is not there is as good."""
        for name in names:
            answer = self.connection.ask("DELETE", self.connection.address.of_graph(name))
            if answer.status not in (404, 410):
                self.connection.done(answer)

    def _send(self, method: str, name: str, body: Body, size: int) -> None:
        url = self.connection.address.of_graph(name)
        while True:
            headers = {"Content-Type": _TYPES[self._type]}
            answer = self.connection.ask(method, url, body=body, size=size, headers=headers)
            if answer.status != 415 or self._type == len(_TYPES) - 1:
                break
            self._type += 1
        self.connection.done(answer)


def ask_absent(connection: Connection) -> Answer:
    """What the address answers when asked for a graph that is not there."""
    url = connection.address.of_graph(ABSENT)
    return connection.ask("GET", url, headers={"Accept": "application/n-triples"})


def check(answer: Answer, connection: Connection) -> None:
    """Raise :class:`PushError` when a PUT might replace more than one graph.

    An address that does not heed ``graph`` gives other statements in its place, and a PUT
    there, as to the ``/statements`` of an RDF4J repository, would put them all away.
    """
    if answer.status in (0, 401, 403) or 300 <= answer.status < 400 or answer.passing:
        connection.done(answer)
    if 200 <= answer.status < 300 and not is_empty(answer):
        raise PushError(
            connection.address.shown,
            "asked for a graph that is not there it gives something else, so it is no graph store",
            "give the address of the graph store, or --protocol update for one of updates",
        )


def is_empty(answer: Answer) -> bool:
    """Whether an answer holds no statement; what is no RDF counts as holding some."""
    if not answer.body.strip():
        return True
    format = ox.RdfFormat.from_media_type(answer.type)
    if format is None:
        return False
    try:
        statements: Iterable[object] = ox.parse(answer.body, format=format)
        return not any(True for _ in statements)
    except (SyntaxError, ValueError):
        return False
