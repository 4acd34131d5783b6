"""A decision as it was found, before anything in it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import UnreadableSource

UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16."""
MAX_DOCUMENT = 20_000_000
"""Bytes of one decision; the longest published ones have about a hundred thousand."""
MAX_PAPERS = 200_000_000
"""Bytes of a PDF or a Word document, which may have many pages around a decision."""
SUPPORTED = "give .txt, .html, .mhtml, .pdf, .docx, .json, .jsonl, .csv or a .zip of these"


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One decision as it was found, decoded to text."""

    name: str
    """Stable and relative to the path given: ``a.zip!/x.txt``, ``all.jsonl#3``."""
    text: str
    sha256: str
    """Of the original bytes: of the file, or of the record's own line or JSON."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the source says beside the text, of: url, reference, category, subcategory,
    outcome, date, authority."""
    root: str = ""
    """Which of the paths that were given it was found in: see :func:`graph.sources.source.root`."""
    is_page: bool = False
    """Whether ``text`` is a web page still: :func:`graph.sources.records.opened` reads it."""
    address: str = ""
    """Where a page was fetched from, when that is known; what the page says itself counts more."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that could not be read; the others are read all the same."""

    name: str
    reason: str
    advice: str
    root: str = ""
    """As in :class:`RawDocument`."""


def decode(data: bytes) -> str:
    """``data`` as text: UTF-8, UTF-16 with a byte order mark, else Windows-1252."""
    if data.startswith(UTF16):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def too_long() -> str:
    """The reason given for one decision over :data:`MAX_DOCUMENT`."""
    return f"one decision may have {MAX_DOCUMENT // 1_000_000} MB at most"


def fingerprint(data: bytes) -> str:
    """SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def unreadable(error: UnreadableSource) -> Unreadable:
    """The value that stands for ``error`` among the decisions read."""
    return Unreadable(error.name, error.reason, error.advice)
