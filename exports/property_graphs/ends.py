"""Relationships that wait until it is known which kinds of node they join.

Bulk loading wants to know both labels of a relationship, but what decisions share is told
last. Memory holds the ids of shared nodes; what waits is in a temporary file.
"""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator
from typing import IO, Self

from exports.content import Portion

_AT_ONCE = 1_000

Waiting = tuple[str, str, str, str | None, str | None, str]
"""Kind, source, target, the kinds of these as far as they are known, and the finished row."""


class Ends:
    """Kinds of nodes by id, and the rows that wait; a context manager."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._shared: dict[str, str] = {}
        self._batch: list[Waiting] = []

    def __enter__(self) -> Self:
        self._file: IO[bytes] = tempfile.TemporaryFile()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def learn(self, portion: Portion) -> None:
        """Take the kinds of a portion's nodes; keep those that others may speak of."""
        self._own = {node.id: node.kind for node in portion.nodes}
        if not portion.owner:
            self._shared.update(self._own)
            return
        own = f"{portion.owner}/"
        for id, kind in self._own.items():
            if not id.startswith(own):
                self._shared[id] = kind

    def kind(self, id: str) -> str | None:
        """The kind of a node; None when it has not been told yet."""
        found = self._own.get(id)
        return self._shared.get(id) if found is None else found

    def wait(self, waiting: Waiting) -> None:
        """Keep a row until all nodes are known."""
        self._batch.append(waiting)
        if len(self._batch) >= _AT_ONCE:
            marshal.dump(self._batch, self._file)
            self._batch = []

    def waited(self) -> Iterator[Waiting]:
        """The rows that waited, in their order."""
        self._file.seek(0)
        while True:
            try:
                batch = marshal.load(self._file)  # noqa: S302 - written above, by this process
            except EOFError:
                break
            yield from batch
        yield from self._batch
