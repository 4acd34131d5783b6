"""Pages saved with a browser: web archives, the folder beside a page, the address noted in it.

A browser saves a page whole as one file, an MHTML archive (Chrome, Edge;
https://www.rfc-editor.org/rfc/rfc2557) or a property list (Safari's ``.webarchive``), or as the
page with a folder of its pictures, scripts and frames beside it. Of either, the page itself is
all that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from graph.errors import UnreadableSource


class SavedPage(NamedTuple):
    """The page in a web archive."""

    data: bytes
    """Its HTML."""
    charset: str
    """The encoding that the archive names; empty where it names none."""
    address: str
    """Where the page was saved from; empty where that is not known."""


_ADVICE = "open it in a browser and save the page again, as HTML"
_MHTML_HEAD = re.compile(rb"(?:[A-Za-z-]+: ?[^\n]*\n|[ \t][^\n]*\n){1,30}", re.ASCII)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_NOTED = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*"
    r"(?P<address>https?://[^\s<>\"]{1,2000})\s",
    re.IGNORECASE,
)
_HEAD = 4000
"""Characters at the start of a page in which a browser notes where the page was saved from."""
_COMPANION = "_files"
"""Chrome, Edge and Firefox name the folder beside ``X.html`` so: ``X_files``."""
_PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_PARTS_OF_PAGES = frozenset({".css", ".js", ".download"})
"""Endings of style sheets and scripts; Chrome saves a script as ``x.js.download``."""


def looks_like_mhtml(data: bytes) -> bool:
    """True if ``data`` begins as an MHTML archive does."""
    head = _MHTML_HEAD.match(data[:4000].replace(b"\r\n", b"\n"))
    return head is not None and b"multipart/related" in head[0] and b"MIME-Version" in head[0]


def looks_like_webarchive(data: bytes) -> bool:
    """True if ``data`` begins as a binary property list does."""
    return data.startswith(b"bplist00")


def read_mhtml(name: str, data: bytes) -> SavedPage:
    """The page in the MHTML archive ``data``; ``name`` is used in errors alone.

    Raises :class:`UnreadableSource` if it holds no page.
    """
    from email import message_from_bytes

    try:
        message = message_from_bytes(data)
        wanted = str(message.get("Snapshot-Content-Location") or "").strip()
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    except RecursionError as error:
        raise UnreadableSource(name, "the web archive is damaged", _ADVICE) from error
    if not pages:
        raise UnreadableSource(name, "the web archive holds no page", _ADVICE)
    locations = [str(part.get("Content-Location") or "").strip() for part in pages]
    # frames are pages too: the archive names the page itself, or has it first
    chosen = locations.index(wanted) if wanted in locations else 0
    html = pages[chosen].get_payload(decode=True)
    if not isinstance(html, bytes) or not html.strip():
        raise UnreadableSource(name, "the page in the web archive is empty", _ADVICE)
    charset = pages[chosen].get_content_charset() or ""
    return SavedPage(html, charset, _web_address(locations[chosen] or wanted))


def read_webarchive(name: str, data: bytes) -> SavedPage:
    """The page in Safari's web archive ``data``; ``name`` is used in errors alone.

    Raises :class:`UnreadableSource` if it is damaged or holds no page.
    """
    import plistlib

    try:
        page = plistlib.loads(data)["WebMainResource"]
        html, kind = page["WebResourceData"], page.get("WebResourceMIMEType", "text/html")
        charset = page.get("WebResourceTextEncodingName", "")
        address = page.get("WebResourceURL", "")
    except Exception as error:  # plistlib lets many kinds of error out on damaged files
        reason = f"the web archive is damaged ({type(error).__name__})"
        raise UnreadableSource(name, reason, _ADVICE) from error
    if not isinstance(html, bytes) or not html.strip() or kind not in _PAGES:
        raise UnreadableSource(name, "the web archive holds no page", _ADVICE)
    return SavedPage(html, str(charset), _web_address(str(address)))


def saved_from(page: str) -> str:
    """The address that a browser noted in ``page`` when it saved it; empty where none did."""
    noted = _NOTED.search(page[:_HEAD] + " ")
    return noted["address"] if noted else ""


def _web_address(text: str) -> str:
    return text if re.fullmatch(r"https?://[^\s<>\"]{1,2000}", text, re.IGNORECASE) else ""


def parts_of_pages(names: Iterable[str]) -> frozenset[str]:
    """Those of ``names``, paths of files, that a browser saved beside a page as parts of it.

    They stand in a folder ``X_files`` that has ``X.html`` beside it, or scripts or styles in it.
    """
    inside: dict[str, list[str]] = {}
    pages: set[str] = set()
    for name in names:
        path = PurePosixPath(name)
        if path.suffix.lower() in _PAGE_ENDINGS:
            pages.add(str(path.with_suffix("")))
        if f"{_COMPANION}/" in name:
            for folder in path.parents:
                if folder.name.endswith(_COMPANION) and folder.name != _COMPANION:
                    inside.setdefault(str(folder), []).append(name)
    return frozenset(
        name
        for folder, files in inside.items()
        if folder.removesuffix(_COMPANION) in pages
        or any(PurePosixPath(name).suffix.lower() in _PARTS_OF_PAGES for name in files)
        for name in files
    )
