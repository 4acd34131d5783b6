"""Records in JSON and JSON Lines; long files are read record by record, never whole.

JSON Lines have a record a line (https://jsonlines.org). In JSON a file is one record, a list
of them, or an object with one list of them in it.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from graph.sources.fields import ADVICE, read_record, text_of
from graph.sources.raw import MAX_DOCUMENT, UTF16, RawDocument, Unreadable, decode, too_long

CHUNK = 1_000_000
"""Bytes of a list that are read at once."""
_GAP = re.compile(r"[\s,]*")


def is_object(line: bytes) -> bool:
    """True if ``line`` is one JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def is_list(first: bytes) -> bool:
    """True if a file that begins with ``first`` is a list, in UTF-8 or a code page like it."""
    return not first.startswith(UTF16) and first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"["


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
            yield Unreadable(entry, f"this line is not JSON ({error})", ADVICE)
            continue
        yield from read_record(entry, record, data)


def read_list(name: str, first: bytes, stream: IO[bytes]) -> Iterator[RawDocument | Unreadable]:
    """The records of a list that begins with the bytes ``first`` and goes on in ``stream``."""
    chunks = _decoded(first, stream)
    text, start, number = next(chunks, ""), 0, 0
    start = text.find("[") + 1
    while True:
        start = _end_of_gap(text, start)
        if text.startswith("]", start):
            return
        try:
            record, end = json.JSONDecoder().raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            more = next(chunks, "") if isinstance(error, ValueError) else ""
            if not more or len(text) - start > MAX_DOCUMENT:
                after = f" after record {number}" if number else ""
                yield Unreadable(name, f"this is not JSON{after} ({error})", ADVICE)
                return
            text, start = text[start:] + more, 0
            continue
        number, start = number + 1, end
        yield from read_record(f"{name}#{number}", record, _canonical(record))


def _end_of_gap(text: str, start: int) -> int:
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


def _decoded(first: bytes, stream: IO[bytes]) -> Iterator[str]:
    """The text of a file in pieces: UTF-8, and what is not UTF-8 taken for Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="faultlines.windows")
    data = first
    while data:
        if text := decoder.decode(data):
            yield text
        data = stream.read(CHUNK)
    yield decoder.decode(b"", final=True)


def _windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("faultlines.windows", _windows)


def read_json(name: str, data: bytes) -> Iterator[RawDocument | Unreadable]:
    """The records in the JSON, or JSON Lines, ``data``.

    Raises :class:`ValueError` or :class:`RecursionError` where it is neither.
    """
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError):
        if not is_object(data.lstrip().split(b"\n", 1)[0]):
            raise
        yield from read_json_lines(name, data.split(b"\n"))
        return
    records = value if isinstance(value, list) else _listed(value)
    if records is None:
        yield from read_record(name, value, data)
        return
    for number, record in enumerate(records, 1):
        yield from read_record(f"{name}#{number}", record, _canonical(record))


def _listed(value: Any) -> list[Any] | None:
    """The records that an object holds, where it is no record itself: its only list of objects."""
    if not isinstance(value, dict):
        return None
    lists = [
        one
        for one in value.values()
        if isinstance(one, list) and one and all(isinstance(each, dict) for each in one)
    ]
    return lists[0] if len(lists) == 1 and not text_of(value) else None


def _canonical(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
