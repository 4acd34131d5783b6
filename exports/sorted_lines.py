"""Lines in order and each once, however many there are."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Self

_IN_MEMORY = 200_000
"""Lines that are held at once; more are sorted in a temporary file."""
_MOST_BYTES = 64 * 2**20
"""The same for their characters, as one line may hold a whole decision."""


class SortedLines:
    """Collects lines of bytes and gives them back sorted, each once; a context manager.

    Merges sorted runs (Knuth, The Art of Computer Programming 3, section 5.4.1), so that
    memory stays the same however many lines there are.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._held: set[bytes] = set()
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines; each ends with its line feed and has no other."""
        for line in lines:
            self._held.add(line)
            self._size += len(line)
            if len(self._held) >= self._in_memory or self._size >= _MOST_BYTES:
                self._write_run()

    def __bool__(self) -> bool:
        return bool(self._held or self._runs)

    def _write_run(self) -> None:
        run: IO[bytes] = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - it is one
        run.writelines(sorted(self._held))
        self._runs.append(run)
        self._held.clear()
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for run in self._runs:
            run.seek(0)
        before = b""
        for line in heapq.merge(*self._runs, sorted(self._held)):
            if line != before:
                yield line
            before = line
