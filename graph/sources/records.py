"""Bytes to decisions: decoding, telling kinds of file apart, and JSON records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import IO, Any

from graph.errors import UnreadableSource
from graph.layouts.cleaning import fold
from graph.layouts.header import FINAL, TITLE
from graph.sources.html import looks_like_html, read_html
from graph.sources.raw import (
    MAX_DOCUMENT,
    SUPPORTED,
    RawDocument,
    Unreadable,
    fingerprint,
    too_long,
    unreadable,
)

METADATA = (
    "url",
    "reference",
    "category",
    "subcategory",
    "outcome",
    "date",
    "authority",
)
"""Fields of a JSON record that are kept beside its ``text``."""
_RECORD_ADVICE = 'give records with "text" and, if known, ' + ", ".join(METADATA)
_END_OF_FILE = re.compile(
    r"(?:(?<!St)[.!?]|Privacy settings|Ombudsm[ae]n|this page|to top)(?=[A-Z])"
)
"""The last words of a page, with the name of the next one's authority stuck to them."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes) -> str:
    """``data`` as text: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_bytes(name: str, data: bytes, kind: str | None) -> Iterator[RawDocument | Unreadable]:
    """The decisions in one file's bytes; ``kind`` is what its ending says, if anything."""
    if data.startswith(b"%PDF-") or kind == "pdf":
        yield _read_pdf(name, data)
        return
    if b"\0" in data[:4096] and not data.startswith(_UTF16):
        yield Unreadable(name, "this is not a text", SUPPORTED)
        return
    if kind in ("text", "html") or (kind is None and data.lstrip()[:1] not in (b"{", b"[")):
        if len(data) > MAX_DOCUMENT:
            yield Unreadable(name, too_long(), "check that it is one decision")
            return
        yield from _read_text(name, decode(data), fingerprint(data), {}, html=kind == "html")
        return
    yield from _read_json(name, data, required=kind == "json")


def _read_pdf(name: str, data: bytes) -> RawDocument | Unreadable:
    from graph.sources.pdf import read_pdf

    if len(data) > MAX_DOCUMENT:
        return Unreadable(name, too_long(), "check that it is one decision")
    try:
        return RawDocument(name, read_pdf(name, data), fingerprint(data))
    except UnreadableSource as error:
        return unreadable(error)


def _read_text(
    name: str, text: str, sha256: str, metadata: dict[str, str], *, html: bool = False
) -> Iterator[RawDocument]:
    """The decision in ``text``, or each of them where several were joined into one file."""
    if html or looks_like_html(text):
        if not _may_be_joined(text):
            yield RawDocument(name, text, sha256, metadata, is_page=True)
            return
        text, found = read_html(text)
        metadata = {**found, **metadata}
    parts = split_decisions(text)
    if len(parts) == 1:
        yield RawDocument(name, text, sha256, metadata)
        return
    for number, part in enumerate(parts, 1):
        yield RawDocument(f"{name}#{number}", part, fingerprint(part.encode("utf-8", "replace")))


def split_decisions(text: str) -> list[str]:
    """The decisions that were joined into one ``text``, each from its own header on.

    A header is a line ``Body (reference)`` soon followed by a line of fields or by
    "The Ombudsman's final decision:". Text without a second header is not split. A header
    may stand at the end of the last line before it: many files end without a newline.
    """
    if not _may_be_joined(text):
        return [text]
    lines = text.splitlines(keepends=True)
    starts: list[int] = []
    position = 0
    for i, line in enumerate(lines):
        header = line if not starts else line[_joined_at(line) :]
        if _is_head(header.strip(), lines[i + 1 : i + 8]):
            starts.append(position + len(line) - len(header))
        position += len(line)
    bounds = [0, *starts[1:], len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


def _may_be_joined(text: str) -> bool:
    return text.count("Category") > 1 or text.count("final decision:") > 1


def opened(raw: RawDocument) -> RawDocument:
    """A document as text: a web page is read, which takes longer than finding it."""
    if not raw.is_page:
        return raw
    text, found = read_html(raw.text)
    fetched = {"url": raw.address} if raw.address else {}
    return replace(raw, text=text, metadata={**fetched, **found, **raw.metadata}, is_page=False)


def _joined_at(line: str) -> int:
    """Where a header begins in ``line`` if a file without a last newline was joined to it."""
    return max((match.end() for match in _END_OF_FILE.finditer(line)), default=0)


def _is_head(line: str, following: list[str]) -> bool:
    if len(line) > 200 or not TITLE.match(line):
        return False
    after = [fold(text) for text in following if text.strip()][:3]
    return any(
        text.startswith(("category :", "category:")) or FINAL.fullmatch(text) for text in after
    )


def _read_json(name: str, data: bytes, *, required: bool) -> Iterator[RawDocument | Unreadable]:
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        first = data.lstrip().split(b"\n", 1)[0]
        if is_object(first):
            yield from read_json_lines(name, data.split(b"\n"))
        elif required:
            yield Unreadable(name, f"this is not JSON ({error})", _RECORD_ADVICE)
        elif len(data) > MAX_DOCUMENT:
            yield Unreadable(name, too_long(), "check that it is one decision")
        else:
            yield from _read_text(name, decode(data), fingerprint(data), {})
        return
    if isinstance(value, list):
        for number, record in enumerate(value, 1):
            canonical = json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
            yield from _read_record(f"{name}#{number}", record, canonical)
    else:
        yield from _read_record(name, value, data)


def is_object(line: bytes) -> bool:
    """True if ``line`` is one JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def read_lines(name: str, stream: IO[bytes]) -> Iterator[RawDocument | Unreadable]:
    """The records of a JSON Lines file, read line by line however long the file is."""
    yield from read_json_lines(name, bounded_lines(stream))


def bounded_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of ``stream``; of one over the limit, as much as shows that it is."""
    while line := stream.readline(MAX_DOCUMENT + 2):
        yield line
        while len(line) > MAX_DOCUMENT and not line.endswith(b"\n"):
            line = stream.readline(MAX_DOCUMENT + 2)


def read_json_lines(name: str, lines: Iterable[bytes]) -> Iterator[RawDocument | Unreadable]:
    """The records in ``lines``, one a line; each that is none is named and passed over."""
    for number, line in enumerate(lines, 1):
        data = line.strip()
        if not data:
            continue
        entry = f"{name}#{number}"
        if len(data) > MAX_DOCUMENT:
            yield Unreadable(entry, too_long(), "check that it is one decision")
            continue
        try:
            record = json.loads(decode(data))
        except (ValueError, RecursionError) as error:
            yield Unreadable(entry, f"this line is not JSON ({error})", _RECORD_ADVICE)
            continue
        yield from _read_record(entry, record, data)


def _read_record(name: str, record: Any, data: bytes) -> Iterator[RawDocument | Unreadable]:
    if not isinstance(record, dict):
        yield Unreadable(name, "this is not a record", _RECORD_ADVICE)
        return
    if str(record.get("schema", "")).startswith("faultlines/"):
        yield Unreadable(name, "this record was extracted already", "give the decisions themselves")
        return
    text = record.get("text") or record.get("html")
    if not isinstance(text, str):
        yield Unreadable(name, 'the record has no "text"', _RECORD_ADVICE)
        return
    if len(text) > MAX_DOCUMENT:
        yield Unreadable(name, too_long(), "check that it is one decision")
        return
    metadata = {
        key: str(value)
        for key in METADATA
        if isinstance(value := record.get(key), str | int) and not isinstance(value, bool) and value
    }
    if looks_like_html(text):
        text, found = read_html(text)
        metadata = {**found, **metadata}
    yield RawDocument(name, text, fingerprint(data), metadata)
