"""Marked passages over a text: overlapping spans cut at every boundary.

HTML elements cannot overlap, so a text with overlapping spans is cut wherever one begins
or ends; each piece knows which spans lie over it. Joined, the pieces give the text back.
Offsets are code points, as everywhere in a record; nothing is left to a browser, which
counts in UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A passage to mark: ``start`` and ``end`` are offsets into the whole text, half open."""

    id: int
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the same spans over all of it, in order of their start and id."""

    text: str
    spans: tuple[Span, ...]
    begins: tuple[Span, ...]
    """Spans whose first character shown is the first one here."""
    ends: tuple[Span, ...]
    """Spans whose last character shown is the last one here."""


def pieces(text: str, offset: int, spans: Sequence[Span]) -> list[Piece]:
    """``text``, which begins at ``offset`` of the whole, cut at the bounds of the spans.

    Spans that reach beyond the text are shown as far as they go; those that lie outside,
    and empty ones, are left out.
    """
    limit = offset + len(text)
    inside = sorted(
        (span for span in spans if max(span.start, offset) < min(span.end, limit)),
        key=lambda span: (span.start, -span.end, span.id),
    )
    bounds = {offset, limit}
    for span in inside:
        bounds |= {max(span.start, offset), min(span.end, limit)}
    cuts = sorted(bounds)
    found = []
    for start, end in pairwise(cuts):
        over = tuple(span for span in inside if span.start < end and span.end > start)
        found.append(
            Piece(
                text=text[start - offset : end - offset],
                spans=over,
                begins=tuple(span for span in over if max(span.start, offset) == start),
                ends=tuple(span for span in over if min(span.end, limit) == end),
            )
        )
    return found
