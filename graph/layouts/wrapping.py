"""Lines that the copy broke or ran together: hard-wrapped text and glued headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.layouts.cleaning import Line, fold
from graph.layouts.header import BARE, FINAL, TITLE
from graph.layouts.headings import SECTIONS, section
from graph.layouts.items import is_stopped
from graph.layouts.marks import read_mark

_WRAP_LIMIT = 130
"""No line of hard-wrapped text is longer; whole paragraphs are."""
_LEAST_LINES = 8
_GLUED_NEXT = (
    r"(?:The|I|We|Mr|Mrs|Ms|Miss|Dr|A|An|In|On|It|My|This|There|Our|At|After|When|Under)\b"
)
_GLUED = re.compile(
    r"(?P<heading>What happened|What I found|Analysis|My findings|Findings|Background information|"
    r"Background|Final decision|Agreed action|Agreed actions|My assessment|Law and guidance|"
    r"The complaint|The Ombudsman['’]s role and powers|How I considered this complaint|"
    r"Relevant law and guidance) (?=" + _GLUED_NEXT + ")"
)


def unwrap(lines: list[Line], *, printed: bool = False) -> list[Line]:
    """``lines`` with the lines of hard-wrapped paragraphs joined again.

    Nothing is joined unless the text looks wrapped: no long lines, and many that
    go on in lower case without a marker. Of a ``printed`` text it is known that it is.
    """
    if len(lines) < _LEAST_LINES or max(len(line.text) for line in lines) > _WRAP_LIMIT:
        return lines
    if not printed and not _looks_wrapped(lines):
        return lines
    width = max(len(line.text) for line in lines)
    joined: list[Line] = []
    pieces: list[str] = []
    for line in lines:
        if pieces and not line.gap and _runs_on(pieces, line.text, width):
            pieces.append(line.text)
            continue
        _flush(joined, pieces)
        joined.append(line)
        pieces = [line.text]
    _flush(joined, pieces)
    return joined


def _looks_wrapped(lines: list[Line]) -> bool:
    """Whether many lines go on in lower case, and many end without a stop."""
    broken = sum(1 for line in lines if line.text[0].islower() and not read_mark(line.text))
    unstopped = sum(1 for line in lines if len(line.text) > 45 and not is_stopped(line.text))
    return broken >= len(lines) / 6 and unstopped >= len(lines) / 4


def _flush(joined: list[Line], pieces: list[str]) -> None:
    if len(pieces) > 1:
        joined[-1] = joined[-1]._replace(text=" ".join(pieces))


def _runs_on(pieces: list[str], text: str, width: int) -> bool:
    """True if ``text`` goes on with the paragraph whose lines so far are ``pieces``."""
    above = pieces[-1]
    if read_mark(text) or _stands_alone(text) or (len(pieces) == 1 and _stands_alone(above)):
        return False
    if text[0].islower():
        return True
    if is_stopped(above) and len(above) < width * 0.75:
        return False
    return len(above) >= width * 0.7


_FIELD = re.compile(r"(?:category|decision|decision date|date|reference)\s?:", re.IGNORECASE)


def _stands_alone(text: str) -> bool:
    if len(text) > 110:
        return False
    return (
        section(text) is not None
        or FINAL.fullmatch(fold(text)) is not None
        or TITLE.match(text) is not None
        or BARE.match(text) is not None
        or _FIELD.match(text) is not None
    )


def split_glued(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with each known heading that a mirror glued to its paragraph set apart.

    A heading is split off once only, and not where it stands on a line of its own:
    "The complaint Mr X made ..." may as well begin a sentence.
    """
    seen = {fold(line.text).rstrip(" :.") for line in lines if len(line.text) < 80}
    split: list[Line] = []
    for line in lines:
        glued = _GLUED.match(line.text)
        if glued and (name := fold(glued["heading"])) not in seen and _is_new(name, seen):
            seen.add(name)
            split.append(Line(glued["heading"], line.indent, True))
            split.append(Line(line.text[glued.end() :], line.indent, False))
        else:
            split.append(line)
    return split


def _is_new(name: str, seen: set[str]) -> bool:
    """True if no heading of the same main section stands elsewhere."""
    found = SECTIONS.get(name)
    if found in ("complaint", "decision", "action"):
        return all(SECTIONS.get(other) != found for other in seen)
    return True
