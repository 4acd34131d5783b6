"""What tells apart, or holds together, decisions published under several references."""

from __future__ import annotations

import hashlib
import re

from ontology.model import Decision

_SUFFIX = re.compile(r"(?<=\d)\s?[a-z]$")
_NOT_WORD = re.compile(r"[\W_]+")
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
    words = _NOT_WORD.sub(" ", " ".join(said).casefold())
    if len(words) < _SHORT:
        return decision.source.sha256
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
