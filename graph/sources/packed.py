"""Files packed by themselves, with gzip or Zstandard, read without being unpacked to disk."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from types import ModuleType

PACKED = frozenset({".gz", ".zst"})
"""Endings of packed files: ``all.jsonl.gz``."""


class DamagedStream(Exception):
    """What was packed cannot be unpacked; the message says why."""


@contextmanager
def unpacked(stream: IO[bytes], ending: str) -> Iterator[IO[bytes]]:
    """What is packed in ``stream``, which ends in ``ending``, unpacked as it is read.

    Raises :class:`DamagedStream` while it is read, where it is cut off or no such file.
    """
    import gzip

    zstd = _zstandard()
    try:
        with gzip.open(stream) if ending == ".gz" else zstd.open(stream) as opened:
            yield cast("IO[bytes]", opened)
    except (gzip.BadGzipFile, zstd.ZstdError, zlib.error, EOFError) as error:
        raise DamagedStream(str(error)) from error


def _zstandard() -> ModuleType:
    """The module for Zstandard, which Python has itself from 3.14 on."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
