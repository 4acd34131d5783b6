"""PDF files to plain text: their pages in order, parted by form feeds."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from graph.errors import UnreadableSource
from graph.sources.pages import PAGE, drop_running_lines
from graph.sources.pdf_lines import page_text

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_PAGES = 2000
"""Pages of one PDF; a decision has about ten, the papers of a meeting some hundreds."""
_LEAST_WORDS = 40
"""Words on the fullest page; where pages are pictures, fewer are their numbers and stamps."""
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
        pages = [page_text(page).replace(PAGE, "\n") for page in reader.pages]
    except UnreadableSource:
        raise
    except Exception as error:  # pypdf lets many kinds of error out on damaged files
        reason = f"the PDF is damaged ({type(error).__name__})"
        raise UnreadableSource(name, reason, _ADVICE) from error
    words = max((len(page.split()) for page in drop_running_lines(pages)), default=0)
    if not words or (words < _LEAST_WORDS and any(map(_has_picture, reader.pages))):
        raise UnreadableSource(
            name,
            "the PDF holds no text, only pictures of pages",
            "run text recognition on it first",
        )
    return PAGE.join(pages)


def _has_picture(page: PageObject) -> bool:
    resources = page.get("/Resources")
    return bool(resources and resources.get_object().get("/XObject"))
