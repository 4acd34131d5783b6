"""Where decisions come from: files, folders, archives and standard input.

:func:`read` yields every decision it finds as text. What cannot be read is yielded
too, as :class:`Unreadable` with a reason and advice, so that one bad file never
stops the others. Nothing is unpacked to disk and no link is followed out of a folder.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, BinaryIO, TypeAlias

from graph.sources import json_records, records, tables
from graph.sources.harvested import fetched_from, harvested_from
from graph.sources.packed import PACKED, DamagedStream, unpacked
from graph.sources.raw import (
    MAX_DOCUMENT,
    MAX_PAPERS,
    SUPPORTED,
    RawDocument,
    Unreadable,
    fingerprint,
    too_long,
)
from graph.sources.saved import parts_of_pages

__all__ = ["RawDocument", "Unreadable", "read"]

Known: TypeAlias = Container[tuple[str, str]]
"""Names and hashes of documents that were read before, and need not be told from others again."""

MAX_ARCHIVE = 4_000_000_000
"""Bytes that an archive may unpack to in all."""
MAX_COLLECTION = 1_000_000_000
"""Bytes of a JSON file that is read whole; JSON Lines have no limit."""
MAX_ENTRIES = 200_000
"""Files in one archive."""

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".webarchive": "webarchive",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".tsv": "table",
    ".pdf": "pdf",
    ".docx": "word",
    ".docm": "word",
    ".zip": "zip",
}


_LONG = frozenset({"lines", "table", "json"})
"""Kinds of files that hold any number of decisions."""
_BEGINNING = 100_000
"""Bytes by which a long list of records is told from other JSON."""
_LIMITS = {"json": MAX_COLLECTION, "pdf": MAX_PAPERS, "word": MAX_PAPERS, None: MAX_COLLECTION}
"""Bytes that are read of a file; of other kinds as many as one decision may have."""


def read(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[RawDocument | Unreadable]:
    """Every decision in ``paths``, in order; folders are read in the order of their names.

    A path is a file, a folder, a zip archive or ``-`` for ``stdin``.
    """
    for one in found(paths, stdin=stdin):
        yield records.opened(one) if isinstance(one, RawDocument) else one


def found(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, known: Known = frozenset()
) -> Iterator[RawDocument | Unreadable]:
    """As :func:`read`, web pages as they were found, to be read by :func:`records.opened`.

    A file of one decision that is ``known`` comes without its text.
    """
    for path in paths:
        if str(path) == "-":
            yield from _read_standard_input(stdin)
            continue
        given = root(path)
        for one in _read_path(Path(path), shown(path), known):
            yield replace(one, root=given)


def shown(path: str | Path) -> str:
    """What messages call one of the paths given."""
    return printable(Path(path).name or str(path))


def root(path: str | Path) -> str:
    """What stands for one of the paths given: a hash, which tells nothing of this machine.

    An address (``s3://...``) stands for itself, one of a file for its path.
    """
    given = str(path).removeprefix("file://")
    whole = given if "://" in given else str(Path(given).resolve())
    return hashlib.sha256(os.fsencode(whole)).hexdigest()[:16]


def _read_standard_input(stdin: BinaryIO | None) -> Iterator[RawDocument | Unreadable]:
    if stdin is None:
        yield Unreadable("-", "there is no standard input", "give files or folders instead")
        return
    first = stdin.readline(MAX_DOCUMENT + 2)
    if json_records.is_object(first):
        rest = json_records.bounded_lines(stdin)
        second = next(rest, b"")
        if json_records.is_object(second):
            yield from json_records.read_json_lines("-", itertools.chain((first, second), rest))
            return
        first += second
    elif json_records.is_list(first):
        yield from json_records.read_list("-", first, stdin)
        return
    yield from _from_stream("-", io.BytesIO(first + stdin.read()), None, frozenset())


def _read_path(path: Path, name: str, known: Known) -> Iterator[RawDocument | Unreadable]:
    try:
        if path.is_dir():
            yield from _read_folder(path, known)
        elif path.is_file():
            with path.open("rb") as stream:
                yield from read_stream(name, stream, path.suffix, known)
        elif path.exists():
            yield Unreadable(name, "this is neither a file nor a folder", SUPPORTED)
        else:
            yield Unreadable(name, "no such file or folder", "check the path")
    except OSError as error:
        yield Unreadable(name, f"cannot be opened ({error.strerror})", "check that you may read it")


def _read_folder(folder: Path, known: Known) -> Iterator[RawDocument | Unreadable]:
    base = harvested_from(folder)
    files = {path.relative_to(folder).as_posix(): path for path in _walk(folder)}
    parts = parts_of_pages(files)
    for name, path in files.items():
        if name not in parts:
            for one in _read_path(path, printable(name), known):
                yield fetched_from(base, name, one)
    if not files:
        name = printable(folder.name or str(folder))
        yield Unreadable(name, "the folder holds no files", SUPPORTED)


def _walk(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` by name; hidden ones and linked folders are skipped."""
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif not path.is_symlink():
            yield from _walk(path)


def read_stream(
    name: str, stream: IO[bytes], ending: str, known: Known
) -> Iterator[RawDocument | Unreadable]:
    """The decisions in an open file, whose name ends in ``ending`` (``.txt``).

    If it is one decision that is ``known``, that comes without its text.
    """
    if ending.lower() not in PACKED:
        yield from _from_stream(name, stream, _KINDS.get(ending.lower()), known)
        return
    inner = _KINDS.get(Path(name.removesuffix(ending)).suffix.lower())
    try:
        with unpacked(stream, ending.lower()) as whole:
            yield from _from_stream(name, whole, inner, known)
    except DamagedStream as error:
        yield Unreadable(name, f"the file is damaged ({error})", "download or pack it again")


def _from_stream(
    name: str, stream: IO[bytes], kind: str | None, known: Known
) -> Iterator[RawDocument | Unreadable]:
    """The decisions in an open file; ``kind`` is None where only the content can tell."""
    if kind == "lines":
        yield from json_records.read_lines(name, stream)
        return
    if kind == "table":
        yield from tables.read_table(name, stream)
        return
    if kind == "zip":
        yield from _read_archive(name, stream, known)
        return
    data = stream.read(_BEGINNING)
    if kind == "json" and json_records.is_list(data):
        yield from json_records.read_list(name, data, stream)
        return
    limit = _LIMITS.get(kind, MAX_DOCUMENT)
    data += stream.read(max(0, limit + 1 - len(data)))
    if len(data) > MAX_COLLECTION:
        yield Unreadable(name, f"the file has over {MAX_COLLECTION:,} bytes", "give JSON Lines")
        return
    if kind is None and data[:4] == b"PK\x03\x04":
        yield from _read_archive(name, io.BytesIO(data), known)
        return
    sha256 = fingerprint(data)
    if (name, sha256) in known:
        yield RawDocument(name, "", sha256)
        return
    yield from records.read_bytes(name, data, sha256, kind)


def _read_archive(name: str, stream: IO[bytes], known: Known) -> Iterator[RawDocument | Unreadable]:
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
            refusal = _refusal(infos)
            if refusal:
                yield Unreadable(name, *refusal)
                return
            parts = parts_of_pages(info.filename for info in infos)
            for info in infos:
                hidden = info.is_dir() or _is_hidden(info.filename)
                if not hidden and info.filename not in parts:
                    yield from _read_entry(name, archive, info, known)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        yield Unreadable(name, f"the archive is damaged ({error})", "download or pack it again")


def _refusal(infos: list[zipfile.ZipInfo]) -> tuple[str, str] | None:
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names:
        return "this is an Office document", "give Word documents a name that ends in .docx"
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "this is an OpenDocument file", "save it as .docx or PDF"
    if len(infos) > MAX_ENTRIES:
        return (
            f"the archive holds over {MAX_ENTRIES:,} files",
            "split it into smaller archives",
        )
    if sum(info.file_size for info in infos) > MAX_ARCHIVE:
        return (
            f"the archive unpacks to over {MAX_ARCHIVE:,} bytes",
            "split it into smaller archives",
        )
    return None


def _is_hidden(entry: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in entry.split("/"))


def _read_entry(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, known: Known
) -> Iterator[RawDocument | Unreadable]:
    entry = f"{name}!/{printable(info.filename)}"
    kind = _KINDS.get(Path(info.filename).suffix.lower())
    if kind == "zip":
        yield Unreadable(entry, "this is an archive inside an archive", "unpack the outer one")
        return
    if kind not in _LONG and info.file_size > _LIMITS.get(kind, MAX_DOCUMENT):
        yield Unreadable(entry, too_long(), "check that it is one decision")
        return
    try:
        with archive.open(info) as stream:
            yield from read_stream(entry, stream, Path(info.filename).suffix, known)
    except RuntimeError:
        yield Unreadable(entry, "the entry is locked with a password", "pack it without one")
    except NotImplementedError:
        yield Unreadable(entry, "the entry is packed by an unknown method", "pack it as plain zip")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        yield Unreadable(entry, f"the entry is damaged ({error})", "download or pack it again")


def printable(name: str) -> str:
    """``name`` with characters that do not print, or cannot be encoded, replaced by "?"."""
    return "".join(c if c.isprintable() else "?" for c in name)
