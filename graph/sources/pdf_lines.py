"""The lines of a PDF's page put together to paragraphs, by where they stand on the page.

A PDF has lines, each with its place, and nothing that says which of them are one paragraph.
Lines are joined where the second stands right below the first, begins where its words begin, is
set in the same type and has no number or bullet, and where its first word had no room above.
Bullets that are drawn, as browsers draw them, are no text: the items of such a list are told by
standing further in than the line with the colon above them, and given bullets again.
Not a word is changed or moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.layouts.cleaning import SIGN_OFF
from graph.layouts.headings import section
from graph.layouts.marks import read_mark
from graph.sources.pages import PAGE_LINE

if TYPE_CHECKING:
    from pypdf import PageObject

_SAME = 2.5
"""Points by which the same place may differ."""
_INDENT = 8.0
"""Points by which an item stands further in than its paragraph."""
_SPREAD = 1.12
"""Times the distance of lines; more is the space between paragraphs."""
_FULL = 0.88
"""Share of the longest line at which there was no room for another word."""
_LEAST_LONG = 70
"""Characters of a full line at least; where all are shorter, as on a cover, none is full."""
_LINES_PER_GAP = 12
"""Lines for each space between paragraphs, at most, on a page that sets them apart."""
_OPEN = re.compile(r"(?:[:;]|[;,] (?:and|or|but))$")
"""Ends of lines that an item follows."""


class _Piece(NamedTuple):
    """Some words on one line, with their left end in points; ``y`` grows upwards."""

    x: float
    y: float
    size: float
    bold: bool
    text: str


class _Line(NamedTuple):
    """A line and where its words begin, after a number or a bullet."""

    text: str
    x: float
    words_x: float
    y: float
    size: float
    bold_first: bool
    bold_last: bool


def page_text(page: PageObject) -> str:
    """The text of ``page``, a line for each paragraph and item as far as their places tell."""
    pieces: list[_Piece] = []

    def visit(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            pieces.append(_Piece(x, y, abs(size * tm[3] * cm[3]), bold, text))

    plain = page.extract_text(visitor_text=visit)
    lines = list(_lines(pieces))
    printed = [line for line in plain.split("\n") if line.strip()]
    if [_bare(line.text) for line in lines] != [_bare(line) for line in printed]:
        return plain  # places and words do not go together: some programs set type like that
    if not _sets_paragraphs_apart(lines):
        return plain  # a heading could not be told from the next line of a paragraph
    return "\n".join(_paragraphs(lines, printed))


def _bare(text: str) -> str:
    return "".join(text.split())


def _lines(pieces: list[_Piece]) -> Iterator[_Line]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and abs(piece.y - group[-1].y) > max(_SAME, group[-1].size / 2):
            yield _line(group)
            group = []
        group.append(piece)
    if group:
        yield _line(group)


def _line(group: list[_Piece]) -> _Line:
    text = "".join(piece.text for piece in group).strip()
    first, last = group[0], group[-1]
    words_x = first.x
    # a number is mostly set apart from the words, without a space between them
    if len(group) > 1 and _is_marked(f"{first.text.strip()} A"):
        words_x = next((piece.x for piece in group[1:] if piece.x > first.x + _SAME), words_x)
    return _Line(text, first.x, words_x, first.y, last.size, first.bold, last.bold)


def _is_marked(text: str) -> bool:
    return read_mark(text.replace("\x7f", "•")) is not None


def _paragraphs(lines: list[_Line], printed: list[str]) -> Iterator[str]:
    """The lines, joined where they are one paragraph; ``printed`` has their words with spaces."""
    pitch = _pitch(lines)
    longest: Counter[int] = Counter()
    for line in lines:
        longest[round(line.words_x)] = max(longest[round(line.words_x)], len(line.text))
    parts: list[str] = []
    lead = item = None
    """Where the words of the paragraph with a list begin, and those of its items."""
    above: _Line | None = None
    for line, words in zip(lines, printed, strict=True):
        text = words.strip()
        marked = _is_marked(text)
        if above and not marked and _goes_on(above, line, pitch, longest[round(line.x)]):
            parts.append(text)
        else:
            if parts:
                yield " ".join(parts)
            if above and not 0 < above.y - line.y <= pitch * _SPREAD:
                yield ""
            parts = [text]
            if marked:
                lead = item = None
            elif item is not None and abs(line.x - item) <= _SAME:
                parts = [f"• {text}"]
            elif above and above.text.endswith(":") and line.x - above.words_x >= _INDENT:
                lead, item = above.words_x, line.x
                parts = [f"• {text}"]
            elif lead is not None:
                lead = item = None
        above = line
    if parts:
        yield " ".join(parts)


def _pitch(lines: list[_Line]) -> float:
    """The distance between lines of one paragraph: the least that is met more than once."""
    steps = Counter(
        round((above.y - below.y) * 2) / 2
        for above, below in pairwise(lines)
        if abs(above.size - below.size) < 1 and above.y - below.y >= above.size * 0.9
    )
    often = [step for step, count in steps.items() if count > 1]
    return min(often, default=0.0)


def _sets_paragraphs_apart(lines: list[_Line]) -> bool:
    """Whether there is more space now and then than there is between lines of a paragraph."""
    most = _pitch(lines) * _SPREAD
    apart = sum(above.y - below.y > most for above, below in pairwise(lines))
    return apart * _LINES_PER_GAP >= len(lines)


def _stands_alone(text: str) -> bool:
    """Whether a line is never the middle of a paragraph: a main heading, a signature, a number."""
    found = section(text) or SIGN_OFF.fullmatch(text) or PAGE_LINE.fullmatch(text)
    return found is not None


def _goes_on(above: _Line, line: _Line, pitch: float, longest: int) -> bool:
    """Whether ``line`` is the next line of the paragraph, or the item, that ``above`` is in."""
    step = above.y - line.y
    if not 0 < step <= pitch * _SPREAD or abs(line.x - above.words_x) > _SAME:
        return False
    if above.bold_last != line.bold_first or abs(above.size - line.size) >= 1:
        return False
    if _OPEN.search(above.text) or _stands_alone(line.text) or SIGN_OFF.search(above.text):
        return False
    word = line.text.split(None, 1)[0]
    return len(above.text) + 1 + len(word) >= max(longest, _LEAST_LONG) * _FULL
