"""Where decisions come from: files, folders, archives and standard input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One decision as it was found, decoded to text."""

    name: str
    """Stable and relative to the path given: ``a.zip!/x.txt``, ``all.jsonl#3``."""
    text: str
    sha256: str
    """Of the original bytes of this one record."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the source says beside the text: url, reference, category, subcategory, outcome, date, authority."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An input that could not be read; the others are read all the same."""

    name: str
    reason: str
    advice: str
