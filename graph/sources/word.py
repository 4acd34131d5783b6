"""Word documents (``.docx``) to plain text, a line for each paragraph, items of lists marked."""

from __future__ import annotations

import io
import zipfile

from graph.errors import UnreadableSource
from graph.sources.html import read_html

MAX_UNPACKED = 400_000_000
"""Bytes that a document may unpack to; pictures take most of it."""
_ADVICE = "save it again as .docx or as PDF"


def read_word(name: str, data: bytes) -> str:
    """The text of the Word document ``data``; ``name`` is used in errors alone.

    Raises :class:`UnreadableSource` if it is damaged, too large or another kind of document.
    """
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
        if not any(info.filename == "word/document.xml" for info in infos):
            raise UnreadableSource(name, "this is an Office document, and none of Word", _ADVICE)
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            reason = f"the document unpacks to over {MAX_UNPACKED:,} bytes"
            raise UnreadableSource(name, reason, "leave its pictures out")
        page = mammoth.convert_to_html(io.BytesIO(data), convert_image=_without_pictures).value
    except UnreadableSource:
        raise
    except Exception as error:  # mammoth lets many kinds of error out on damaged files
        reason = f"the Word document is damaged ({type(error).__name__})"
        raise UnreadableSource(name, reason, _ADVICE) from error
    text, _ = read_html(f"<body>{page}</body>")
    if not text.strip():
        raise UnreadableSource(name, "the document holds no text", "check that it is the right one")
    return text


def _without_pictures(_: object) -> list[object]:
    return []
