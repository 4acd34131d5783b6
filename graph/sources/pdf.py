"""PDF files to plain text: their pages in order, parted by form feeds."""

from __future__ import annotations

import io
import logging

from graph.errors import UnreadableSource
from graph.sources.papers import PAGE, drop_running_lines
from graph.sources.pdf_lines import page_text

MAX_PAGES = 2000
"""Pages of one PDF; a decision has about ten, the papers of a meeting some hundreds."""
_REPAIRED = str.maketrans({"\x7f": "•", PAGE: "\n"})
"""Codes of WinAnsiEncoding that are not used stand for bullets (ISO 32000-1, annex D.2)."""
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
        pages = [page_text(page).translate(_REPAIRED) for page in reader.pages]
    except UnreadableSource:
        raise
    except Exception as error:  # pypdf lets many kinds of error out on damaged files
        reason = f"the PDF is damaged ({type(error).__name__})"
        raise UnreadableSource(name, reason, _ADVICE) from error
    if not any(page.strip() for page in drop_running_lines(pages)):  # a stamp is no text
        raise UnreadableSource(
            name,
            "the PDF holds no text, only pictures of pages",
            "run text recognition on it first",
        )
    return PAGE.join(pages)
