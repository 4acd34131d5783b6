"""Raw text to clean lines: the wording stays, what the page or the copy added goes.

Each step is a small named function. Curly quotes, dashes and the writer's own slips
are kept, because a quoted passage must stand in the clean text as it was published;
code that compares words folds them itself (:func:`fold`). The clean text of a
decision is its clean lines joined by line feeds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from graph.extraction.folding import exchanged


class Line(NamedTuple):
    """One line that is not blank."""

    text: str
    """Without the spaces around it; runs of spaces inside are single."""
    indent: int
    """Count of spaces before the text."""
    gap: bool
    """True if a blank or dropped line, or the start of the text, stands above."""


_ODD = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_SPACES = "\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = re.compile("\r\n?|[" + _BREAKS + "]")
_SPACE = re.compile("[" + _SPACES + "]")
# Word's Symbol and Wingdings bullets reach text and PDF as private-use characters; codes of
# WinAnsiEncoding that are not used stand for bullets in a PDF (ISO 32000-1, annex D.2).
_PRIVATE_BULLET = re.compile("[\x7f\uf0b7\uf0a7\uf02d\uf0d8\uf076]")

_FOOTERS = frozenset(
    {
        "analytical cookies",
        "back to top",
        "cookies",
        "lgo logogram",
        "lgsco logo",
        "print this page",
        "privacy settings",
        "required cookies",
        "review your privacy settings",
        "share this page",
        "skip to main content",
        "view analytical cookies",
        "view required cookies",
        "we recommend you set these 'on'.",
        "we recommend you set these 'on'",
        ";",
    }
)
"""Whole lines of the page, not of the decision (domain notes on layouts, section 6)."""
_FOOTER_STARTS = (
    "these cookies enable the website to function",
    "google analytics cookies help us improve",
    "in using google analytics, we do not collect",
)
_FOOTER_INITIALS = frozenset("aAbBcCdDfFlLpPrRsSvVwWtTgGiI;")
_MIRROR_END = "View original on LGO"
"""Opens the mirrors' own links, which stand below the decision."""
_PAGE_NUMBER = re.compile(
    r"(?:final|draft|provisional) decision\s+\d{1,3}|page \d+(?: of \d+)?|\d+ of \d+"
)
_LONGEST_IMPRINT = 12
"""Lines that a mirror or an editor adds below a decision at most."""
_ABOUT = re.compile(r"\bcomplain|\binvestigat|\bombudsm[ae]n's\b")
SIGN_OFF = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=[.!?]))"
    r"(?:Assistant |Senior )?(?:Investigator|Ombudsman|Assessor)['’]s (?:final |draft )?decision "
    r"on behalf of the Ombudsm[ae]n\.?$",
    re.IGNORECASE,
)
"""The signature below a statement."""


def repair_characters(text: str) -> str:
    """``text`` with plain spaces and line feeds, and without characters that do not print."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    # isprintable is many times faster than the search, and most texts need no repair.
    if text.replace("\n", "").isprintable():
        return text
    text = _BREAK.sub("\n", text)
    text = _SPACE.sub(" ", text).replace("\t", "    ")
    text = _PRIVATE_BULLET.sub("•", text)
    return _ODD.sub("", text)


def is_footer(text: str) -> bool:
    """True for a line of the web page around the decision: cookies, printing, privacy."""
    if text[0] not in _FOOTER_INITIALS or (len(text) > 60 and text[0] not in "TtGgIi"):
        return False
    folded = fold(text)
    return (
        folded in _FOOTERS
        or folded.startswith(_FOOTER_STARTS)
        or _PAGE_NUMBER.fullmatch(folded) is not None
    )


def drop_sign_off(text: str) -> str:
    """``text`` without a closing "Investigator's decision on behalf of the Ombudsman"."""
    if "on behalf of the Ombuds" not in text[-45:]:
        return text
    return SIGN_OFF.sub("", text).rstrip()


def fold(text: str) -> str:
    """``text`` for comparing: lower case, straight quotes, plain hyphens, single spaces.

    >>> fold("The Ombudsman’s  role – and powers")
    "the ombudsman's role - and powers"
    """
    return _folded(text) if len(text) <= _LINE else _folded.__wrapped__(text)


_LINE = 300
"""Characters of what is remembered: headings, fields and other short lines, asked about often."""


@lru_cache(maxsize=500)
def _folded(text: str) -> str:
    return " ".join(exchanged(text, _FOLDS).lower().split())


_FOLDS = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"}


def clean_lines(text: str) -> list[Line]:
    """The lines of ``text`` that belong to the decision, cleaned, in order."""
    lines: list[Line] = []
    gap = True
    signed = -1
    for raw in repair_characters(text).split("\n"):
        line = raw.strip()
        if "  " in line:
            line = " ".join(line.split())
        if line.startswith(_MIRROR_END):
            break
        if not line or is_footer(line):
            gap = True
            continue
        if line[-1] in "nN." and len(line) >= 40:
            line, whole = drop_sign_off(line), line
            if line != whole:
                signed = len(lines) + bool(line)
            if not line:
                gap = True
                continue
        lines.append(Line(line, len(raw) - len(raw.lstrip()), gap))
        gap = False
    return _signed(lines, signed)


def _signed(lines: list[Line], end: int) -> list[Line]:
    """``lines`` without what a copy added below the signature, at line ``end``; -1 for none.

    A further section or a second decision below it is kept: both speak of a complaint.
    """
    rest = lines[end:] if end > 0 else []
    if not rest or len(rest) > _LONGEST_IMPRINT:
        return lines
    if any(_ABOUT.search(fold(line.text)) for line in rest):
        return lines
    return lines[:end]
