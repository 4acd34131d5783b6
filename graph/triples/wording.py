"""What tells apart, or holds together, decisions published under several references."""

from __future__ import annotations

import hashlib
import re

from ontology.model import Decision

_SUFFIX = re.compile(r"(?<=\d)\s?[a-z]$")
_NOT_WORD = re.compile(r"[\W_]+")
_COMMON = "‘’“”–—…£•\xa0"
"""What most texts have that is neither in ASCII nor a letter or digit."""
_ASCII = "".join(c.lower() if (c := chr(code)).isalnum() else " " for code in range(128))
"""What each character of ASCII is among words: its lower case, or a space."""
_TABLE = _ASCII.encode().ljust(256)
_SPACES = re.compile(rb"  +")
_SHORT = 200
"""Characters of wording below which two equal texts prove nothing: a bare closing formula."""


def base_reference(reference: str) -> str:
    """``19 018 519c`` without its suffix."""
    return _SUFFIX.sub("", reference.lower())


def wording_digest(decision: Decision) -> str:
    """A hash of the decision's words, without header, punctuation, case and closing date.

    A text too short to tell investigations apart gets the hash of its source instead.
    """
    said = [
        paragraph.text
        for paragraph in decision.paragraphs
        if paragraph.section != "report.satisfied"
    ]
    words = _words(" ".join(said))
    if len(words) < _SHORT:
        return decision.source.sha256
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _words(text: str) -> str:
    """A text without case, with one space for all that stands between two words."""
    for mark in _COMMON:
        text = text.replace(mark, " ")
    if text.isascii():  # a sixth of the time
        return _SPACES.sub(b" ", text.encode().translate(_TABLE)).decode()
    return _NOT_WORD.sub(" ", text.casefold())
