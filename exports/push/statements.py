"""The statements of one named graph, measured before they are sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from exports.content import NamedGraph

_AT_ONCE = 10_000
"""Lines that are measured in one piece."""
_PIECE = 65_536
"""Bytes that a stream gives at once."""


@dataclass(frozen=True, slots=True)
class Statements:
    """A named graph: its IRI, lines of N-Triples (sorted, each once) and what they amount to."""

    name: str
    lines: Iterable[bytes] = field(repr=False)
    """Can be read more than once; those of a large graph until the next one is asked for."""
    digest: str
    """SHA-256 of the lines, hexadecimal."""
    count: int
    size: int
    """Bytes of N-Triples."""
    blank: bool
    """Whether there are blank nodes: these are the same node within one request only, so the
    graph has to go in one (RDF 1.1 Concepts, section 3.4)."""

    @classmethod
    def of(cls, graph: NamedGraph, keep: int) -> Statements:
        """The statements of a named graph, read once; up to ``keep`` bytes of them are kept."""
        name, lines = graph
        digest, count, size, blank = hashlib.sha256(), 0, 0, False
        kept: list[bytes] = []
        rest = iter(lines)
        while some := list(islice(rest, _AT_ONCE)):
            block = b"".join(some)
            digest.update(block)
            count += len(some)
            size += len(block)
            blank = blank or (b"_:" in block and any(map(_has_blank_node, some)))
            kept = [*kept, *some] if size <= keep else []
        held = kept if size <= keep else lines
        return cls(name, held, digest.hexdigest(), count, size, blank)

    def whole(self) -> bytes:
        """All lines."""
        return b"".join(self.lines)

    def parts(self, most: int) -> Iterator[bytes]:
        """The lines in parts of at most ``most`` bytes, or of one line that is longer."""
        part: list[bytes] = []
        size = 0
        for line in self.lines:
            if part and size + len(line) > most:
                yield b"".join(part)
                part, size = [], 0
            part.append(line)
            size += len(line)
        if part:
            yield b"".join(part)


class Stream:
    """A graph as the body of one request, read again for each try and never held whole.

    ``written`` gives the bytes that lines of N-Triples become.
    """

    def __init__(
        self,
        graph: Statements,
        *,
        start: bytes = b"",
        end: bytes = b"",
        written: Callable[[bytes], bytes] = bytes,
    ) -> None:
        self._graph, self._start, self._end, self._written = graph, start, end, written

    def __iter__(self) -> Iterator[bytes]:
        yield self._start
        for part in self._graph.parts(_PIECE):
            yield self._written(part)
        yield self._end

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return sum(map(len, self))


def _has_blank_node(line: bytes) -> bool:
    return line.startswith(b"_:") or line.split(b" ", 2)[2].startswith(b"_:")
