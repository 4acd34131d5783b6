"""A decision as it was found, before anything in it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.errors import UnreadableSource

MAX_DOCUMENT = 20_000_000
"""Bytes of one decision; the longest published ones have about a hundred thousand."""
SUPPORTED = "give .txt, .html, .json, .jsonl, .pdf or a .zip of these"


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


def too_long() -> str:
    """The reason given for one decision over :data:`MAX_DOCUMENT`."""
    return f"one decision may have {MAX_DOCUMENT // 1_000_000} MB at most"


def fingerprint(data: bytes) -> str:
    """SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def unreadable(error: UnreadableSource) -> Unreadable:
    """The value that stands for ``error`` among the decisions read."""
    return Unreadable(error.name, error.reason, error.advice)
