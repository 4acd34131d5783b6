"""Packed files: gzip and Zstandard, chosen by the ending of the name.

The same bytes in, the same bytes out: no name and no time stands in the packed file
(RFC 1952, section 2.3; RFC 8878).
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

ENDINGS: Mapping[str, str] = {".gz": "application/gzip", ".zst": "application/zstd"}
"""Ending of a packed file's name to its media type."""


def ending(path: Path) -> str:
    """The ending that says how the file is packed; empty for one that is not."""
    return path.suffix if path.suffix in ENDINGS else ""


def packed(write: Callable[[BinaryIO], None], path: Path) -> Callable[[BinaryIO], None]:
    """``write`` with its output packed as the name of the file asks."""
    if not ending(path):
        return write

    def through(out: BinaryIO) -> None:
        with _packer(out, ending(path)) as packer:
            write(packer)

    return through


@contextmanager
def _packer(out: BinaryIO, ending: str) -> Iterator[BinaryIO]:
    if ending == ".gz":
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=out, mtime=0) as made:
            yield cast(BinaryIO, made)
        return
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdFile
    else:
        from backports.zstd import ZstdFile
    with ZstdFile(out, mode="wb") as made:
        yield cast(BinaryIO, made)
