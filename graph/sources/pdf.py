"""PDF files to plain text: pages in order, without page numbers and running heads."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from graph.errors import UnreadableSource

MAX_PAGES = 500
"""Pages of one PDF; a decision has about ten, a long report about sixty."""
_PAGE_LINE = re.compile(
    r"(?:final|draft|provisional) decision\s+\d{1,3}|(?:page )?\d{1,3}(?: of \d{1,3})?",
    re.IGNORECASE,
)
_EDGE_LINES = 2
_ADVICE = "save the decision as text or as its web page and give that"


def read_pdf(name: str, data: bytes) -> str:
    """The text of the PDF ``data``; ``name`` is used in errors alone.

    Raises :class:`UnreadableSource` if the file is damaged, locked with a password,
    longer than :data:`MAX_PAGES` or holds pictures of pages instead of text.
    """
    from pypdf import PdfReader

    # pypdf reports every oddity of a file through logging; errors are raised here instead.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource(name, "the PDF is locked with a password", "save it unlocked")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise UnreadableSource(name, f"the PDF has {count} pages, over {MAX_PAGES}", _ADVICE)
        pages = [page.extract_text() for page in reader.pages]
    except UnreadableSource:
        raise
    except Exception as error:  # pypdf lets many kinds of error out on damaged files
        reason = f"the PDF is damaged ({type(error).__name__})"
        raise UnreadableSource(name, reason, _ADVICE) from error
    if not any(page.strip() for page in pages):
        raise UnreadableSource(
            name,
            "the PDF holds no text, only pictures of pages",
            "run text recognition on it first",
        )
    return "\n".join(drop_running_lines(pages))


def drop_running_lines(pages: list[str]) -> list[str]:
    """``pages`` without page numbers and without heads that stand on most of the pages."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges: Counter[str] = Counter()
    for lines in split:
        edges.update(
            {_without_digits(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}
        )
    least = max(3, len(pages) // 2 + 1)
    kept = []
    for lines in split:
        last = len(lines) - _EDGE_LINES
        kept.append(
            "\n".join(
                line
                for i, line in enumerate(lines)
                if _EDGE_LINES <= i < last or not _is_running(line, edges, least)
            )
        )
    return kept


def _is_running(line: str, edges: Counter[str], least: int) -> bool:
    return _PAGE_LINE.fullmatch(line.strip()) is not None or edges[_without_digits(line)] >= least


def _without_digits(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))
