"""Bytes to decisions: telling kinds of file apart, and the decisions that stand in one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.errors import UnreadableSource
from graph.sources import saved
from graph.sources.fields import ADVICE
from graph.sources.html import looks_like_html, read_html
from graph.sources.json_records import read_json
from graph.sources.papers import documents_in, may_hold_several
from graph.sources.raw import (
    MAX_DOCUMENT,
    MAX_PAPERS,
    SUPPORTED,
    UTF16,
    RawDocument,
    Unreadable,
    decode,
    too_long,
    unreadable,
)

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "this is a document of an old Office", "save it as .docx or PDF"),
    (b"{\\rtf", "this is Rich Text", "save it as .docx or PDF"),
    (b"PAR1", "this is Parquet", "write its rows as JSON Lines: DuckDB and pandas do that"),
)
"""How files of other kinds begin, and what is said of them."""


def read_bytes(
    name: str, data: bytes, sha256: str, kind: str | None
) -> Iterator[RawDocument | Unreadable]:
    """The decisions in one file's bytes, whose hash is ``sha256``.

    ``kind`` is what its ending says, if anything.
    """
    for start, reason, advice in _FOREIGN:
        if data.startswith(start):
            yield Unreadable(name, reason, advice)
            return
    try:
        if data.startswith(b"%PDF-") or kind in ("pdf", "word"):
            yield from _read_papers(name, data, sha256, kind)
            return
        if saved.looks_like_webarchive(data) or kind == "webarchive":
            yield _read_saved(name, sha256, saved.read_webarchive(name, data))
            return
        if kind in (None, "mhtml", "html") and (kind == "mhtml" or saved.looks_like_mhtml(data)):
            yield _read_saved(name, sha256, saved.read_mhtml(name, data))
            return
    except UnreadableSource as error:
        yield unreadable(error)
        return
    if b"\0" in data[:4096] and not data.startswith(UTF16):
        yield Unreadable(name, "this is not a text", SUPPORTED)
    elif kind in ("text", "html") or (kind is None and data.lstrip()[:1] not in (b"{", b"[")):
        yield from _read_text(name, data, sha256, html=kind == "html")
    else:
        yield from _read_json(name, data, sha256, required=kind == "json")


def _read_papers(
    name: str, data: bytes, sha256: str, kind: str | None
) -> Iterator[RawDocument | Unreadable]:
    """The decisions in a PDF or a Word document, which may be a council's committee papers."""
    from graph.sources.pdf import read_pdf
    from graph.sources.word import read_word

    if len(data) > MAX_PAPERS:
        reason = f"a document may have {MAX_PAPERS // 1_000_000} MB at most"
        yield Unreadable(name, reason, "take the pages with the decision out of it")
        return
    text = (read_word if kind == "word" else read_pdf)(name, data)
    yield from documents_in(name, text, sha256, {}, paper=True)


def _read_saved(name: str, sha256: str, page: saved.SavedPage) -> RawDocument:
    """The page in a web archive, to be read later."""
    try:
        text = page.data.decode(page.charset, "replace") if page.charset else decode(page.data)
    except LookupError:
        text = decode(page.data)
    return RawDocument(name, text, sha256, is_page=True, address=page.address)


def _read_text(
    name: str, data: bytes, sha256: str, *, html: bool
) -> Iterator[RawDocument | Unreadable]:
    """The decision in a text or a page, or each of them where there are several."""
    if len(data) > MAX_DOCUMENT:
        yield Unreadable(name, too_long(), "check that it is one decision")
        return
    text, metadata = decode(data), dict[str, str]()
    if html or looks_like_html(text):
        if not may_hold_several(text):
            yield RawDocument(name, text, sha256, is_page=True)
            return
        text, metadata = read_html(text)
    yield from documents_in(name, text, sha256, metadata)


def opened(raw: RawDocument) -> RawDocument:
    """A document as text: a web page is read, which takes longer than finding it."""
    if not raw.is_page:
        return raw
    text, found = read_html(raw.text)
    address = saved.saved_from(raw.text) or raw.address
    fetched = {"url": address} if address else {}
    return replace(raw, text=text, metadata={**fetched, **found, **raw.metadata}, is_page=False)


def _read_json(
    name: str, data: bytes, sha256: str, *, required: bool
) -> Iterator[RawDocument | Unreadable]:
    """The records in JSON; a text that only begins like it, unless JSON is ``required``."""
    try:
        yield from read_json(name, data)
    except (ValueError, RecursionError) as error:
        if required:
            yield Unreadable(name, f"this is not JSON ({error})", ADVICE)
        else:
            yield from _read_text(name, data, sha256, html=False)
