"""Addresses of pages that ``faultlines fetch`` brought: the folder's site and the file's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from graph.sources.raw import RawDocument, Unreadable

HIDDEN = ".faultlines"
"""The hidden folder of a harvest."""
SITE = "site"
"""The file in it that has the address of the site."""
_BASE = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")


def harvested_from(folder: Path) -> str | None:
    """The address of the site whose decisions a folder holds; None for any other folder."""
    try:
        return site((folder / HIDDEN / SITE).read_bytes())
    except OSError:
        return None


def site(data: bytes) -> str | None:
    """The address in the file :data:`SITE`; None where it is none."""
    base = data.decode("ascii", errors="replace").strip()
    return base if _BASE.fullmatch(base) else None


def fetched_from(
    base: str | None, name: str, one: RawDocument | Unreadable
) -> RawDocument | Unreadable:
    """A document with its address, when it is a page in a folder of decisions of a site.

    ``base`` is the site's address, ``name`` that of the file in the folder.
    """
    if base is None or not (isinstance(one, RawDocument) and one.is_page):
        return one
    return replace(one, address=f"{base}/decisions/{quote(name.removesuffix('.html'))}")
