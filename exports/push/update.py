"""SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/).

Sent as its protocol has it: https://www.w3.org/TR/sparql11-protocol/#update-via-post-direct
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exports.push.answer import Answer
from exports.push.connection import Body, Connection
from exports.push.protocol import Protocol
from exports.push.refusal import PushError
from exports.push.statements import Statements, Stream

_IRI = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')  # SPARQL 1.1 Query, production [139] IRIREF
_ESCAPE = re.compile(rb"\\\\([uU])?|\\.")
_CLOSING = b"}}"
_REMOVED_AT_ONCE = 500
"""Graphs that one request removes."""


class Update(Protocol):
    """CLEAR and INSERT DATA, for several graphs in one request.

    CLEAR and not DROP, because Virtuoso drops only graphs that were made by CREATE.
    """

    name = "update"

    def put(self, graphs: Sequence[Statements]) -> None:
        """All in one request; those with blank nodes alone.

        Two INSERT DATA of a request may not share names of blank nodes (SPARQL 1.1 Query,
        19.6).
        """
        together = [graph for graph in graphs if not graph.blank]
        for some in (together, *([graph] for graph in graphs if graph.blank)):
            if some:
                self._send(b" ;\n".join(_replace(one.name, one.whole()) for one in some))

    def put_large(self, graph: Statements) -> None:
        """CLEAR and INSERT DATA of a first part, then INSERT DATA of each other."""
        if graph.blank:
            start = _clear(graph.name) + b" ;\n" + _opening(graph.name)
            whole = Stream(graph, start=start, end=_CLOSING, written=in_sparql)
            self._send(whole, whole.size)
            return
        for number, part in enumerate(graph.parts(self.most)):
            self._send(_insert(graph.name, part) if number else _replace(graph.name, part))

    def remove(self, names: Sequence[str]) -> None:
        """CLEAR and DROP of many at once."""
        for start in range(0, len(names), _REMOVED_AT_ONCE):
            self._send(b" ;\n".join(map(_remove, names[start : start + _REMOVED_AT_ONCE])))

    def _send(self, body: Body, size: int | None = None) -> None:
        self.connection.done(ask_update(self.connection, body, size))


def ask_update(connection: Connection, body: Body, size: int | None = None) -> Answer:
    """What the address answers to an update."""
    headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
    return connection.ask("POST", connection.address.url, body=body, size=size, headers=headers)


def in_sparql(lines: bytes) -> bytes:
    r"""Lines of N-Triples as SPARQL has to write them.

    SPARQL undoes ``\u`` before it reads a text (SPARQL 1.1 Query, 19.2), and some readers
    then take the ``\\u`` of a backslash and a letter for such an escape: the letter is
    written as an escape of its own.
    """
    if rb"\\u" not in lines and rb"\\U" not in lines:
        return lines
    return _ESCAPE.sub(lambda found: _escaped(found[0], found[1]), lines)


def _escaped(whole: bytes, letter: bytes | None) -> bytes:
    return rb"\\" + rb"\u%04X" % ord(letter) if letter else whole


def _clear(name: str) -> bytes:
    if not _IRI.fullmatch(name):
        raise PushError(name, "SPARQL cannot write this name of a graph", "use a graph store")
    return f"CLEAR SILENT GRAPH <{name}>".encode()


def _remove(name: str) -> bytes:
    """CLEAR, and DROP for stores that keep empty graphs."""
    return _clear(name) + f" ;\nDROP SILENT GRAPH <{name}>".encode()


def _opening(name: str) -> bytes:
    return f"INSERT DATA {{ GRAPH <{name}> {{\n".encode()


def _insert(name: str, lines: bytes) -> bytes:
    return _opening(name) + in_sparql(lines) + _CLOSING


def _replace(name: str, lines: bytes) -> bytes:
    return _clear(name) + b" ;\n" + _insert(name, lines)
