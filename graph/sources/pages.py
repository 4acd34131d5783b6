"""The pages of a printed text: parted by form feeds, without numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.layouts.cleaning import clean_lines
from graph.layouts.marks import read_mark
from graph.layouts.wrapping import unwrap

PAGE = "\f"
"""Stands between the pages of a text."""
PAGE_LINE = re.compile(
    r"(?:final|draft|provisional) (?:decision|report)\s+\d{1,3}|(?:page )?\d{1,3}(?: of \d{1,3})?|"
    r"\d{1,3}/\d{1,3}|(?:agenda|minute) item (?:no\.? ?)?\w{1,4}|(?:appendix|annex) \w{1,3}|"
    r"this page is (?:intentionally )?(?:left )?blank",
    re.IGNORECASE,
)
"""A line at the edge of a page that numbers it, or the item of the agenda that it belongs to."""
_EDGE_LINES = 2


def one_text(text: str) -> str:
    """One decision's pages as one text, with the lines of its paragraphs put together."""
    if PAGE not in text:
        return text
    pages = [page for page in drop_running_lines(text.split(PAGE)) if page.strip()]
    whole = pages[0] if pages else ""
    for page in pages[1:]:
        above, below = whole.rsplit("\n", 1)[-1].rstrip(), page.lstrip()
        stopped = above[-1:] in ".:;!?"
        goes_on = below[0].islower() and not stopped and not read_mark(below)
        whole += f" {below}" if goes_on else f"\n\n{page}" if stopped else f"\n{page}"
    lines = unwrap(clean_lines(whole), printed=True)
    # a printed line is indented by about so much, which would make items of items
    return "\n".join("\n" * line.gap + line.text for line in lines)


def drop_running_lines(pages: Sequence[str]) -> list[str]:
    """``pages`` without page numbers and without heads that stand on most of the pages."""
    split = [_trimmed(page.split("\n")) for page in pages]
    edges: Counter[str] = Counter()
    for lines in split:
        edges.update({_without_digits(lines[i]) for i in _edges(lines)})
    least = max(3, len(pages) // 2 + 1)
    kept = []
    for lines in split:
        running = {i for i in _edges(lines) if edges[_without_digits(lines[i])] >= least}
        left = _trimmed([line for i, line in enumerate(lines) if i not in running])
        kept.append("\n".join(left))
    return kept


def _edges(lines: Sequence[str]) -> list[int]:
    """The first and the last lines with words on a page, where heads and feet stand."""
    shown = [i for i, line in enumerate(lines) if line.strip()]
    return sorted({*shown[:_EDGE_LINES], *shown[-_EDGE_LINES:]})


def _trimmed(lines: list[str]) -> list[str]:
    """``lines`` of a page without those at its edges that number it, and blank ones."""
    first, last = 0, len(lines)
    while first < last and _is_furniture(lines[first].strip()):
        first += 1
    while last > first and _is_furniture(lines[last - 1].strip()):
        last -= 1
    return lines[first:last]


def _is_furniture(line: str) -> bool:
    return not line or PAGE_LINE.fullmatch(line) is not None


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
