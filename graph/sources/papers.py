"""Decisions inside longer texts: files that were joined, and the papers of a council's meetings.

Councils print the Ombudsman's decisions and reports in the papers of the committees that
consider them, behind a report of their own, between other items, with minutes before and after.
What the council wrote is left out: the Ombudsman did not say it. Pages of a text are parted by
form feeds, as pdftotext does it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from graph.layouts.cleaning import SIGN_OFF, fold, is_footer
from graph.layouts.committee import is_committee_paper, signs
from graph.layouts.header import FINAL, TITLE
from graph.layouts.header_values import WORDED_DATE
from graph.layouts.headings import section
from graph.layouts.layout import COMMITTEE_PAPER
from graph.layouts.marks import read_mark
from graph.sources.pages import PAGE, drop_running_lines, one_text
from graph.sources.raw import RawDocument, Unreadable, fingerprint

_END_OF_FILE = re.compile(
    r"(?:(?<!St)[.!?]|Privacy settings|Ombudsm[ae]n|this page|to top)(?=[A-Z])"
)
"""The last words of a page, with the name of the next one's authority stuck to them."""
_PAPERS = (PAGE, "omplaint reference", "(reference number", "Agenda", "AGENDA")
"""What a text has in which a decision stands between other things; few decisions have any."""
_LABEL = re.compile(
    r"(?:(?:complaint |case |our )?ref(?:erence)?(?: number| no)?\.?|complaint against)\s*:",
    re.IGNORECASE,
)
_REPORT = re.compile(r"investigations? into (?:a )?complaints? (?:against|about)\b", re.IGNORECASE)
_REPORT_NUMBER = re.compile(r"\(?reference numbers?\s*:?\s*\d{2}[ -]\d{3}[ -]\d{3}", re.IGNORECASE)
_OMBUDSMANS = frozenset({"role-powers", "how-considered", "assessment"})
_LONGEST = 60
"""Characters of a heading."""
_SOON = 400
"""Lines from the head of a decision to the headings that only the Ombudsman has."""
_LABELS_ABOVE = 14
"""Lines from "Complaint reference:" to "The Ombudsman's final decision", blank ones counted."""
_HEAD = 2000
"""Characters that hold the head of a statement."""
_FOOTER = re.compile(r"^\s*final (?:decision|report)\s+\d{1,3}\s*$", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(r"(?:appendix|annex) \w{1,3}", re.IGNORECASE)
_LEAST_WORDS = 10
"""Words of a page; fewer are its number and the item of the agenda that it belongs to."""


class _Line(NamedTuple):
    """One line of a text."""

    text: str
    """Without the spaces around it."""
    start: int
    """Offset of its first word in the text."""
    page: int
    """Number of its page, from 0."""


class _Headings(NamedTuple):
    """Where the headings stand that tell the Ombudsman's words from a council's about them."""

    own: list[int]
    """Lines with headings that only the Ombudsman has, in order."""
    finals: list[int]
    """Lines "The Ombudsman's final decision", which a council has too."""

    @classmethod
    def of(cls, lines: Sequence[_Line]) -> _Headings:
        """Those of ``lines``."""
        short = [(i, line.text) for i, line in enumerate(lines) if 0 < len(line.text) <= _LONGEST]
        return cls(
            [i for i, text in short if section(text) in _OMBUDSMANS],
            [i for i, text in short if _is_final(text)],
        )

    def follow(self, i: int) -> bool:
        """Whether the Ombudsman's come soon after line ``i``, and before another decision."""
        own = bisect_right(self.own, i)
        if own == len(self.own) or self.own[own] - i > _SOON:
            return False
        final = bisect_right(self.finals, i)
        return final == len(self.finals) or self.own[own] < self.finals[final]


def documents_in(
    name: str,
    text: str,
    sha256: str,
    metadata: Mapping[str, str],
    *,
    mark: str = "#",
    paper: bool = False,
) -> Iterator[RawDocument | Unreadable]:
    """The only decision in ``text`` under its name, or several with ``mark`` and their numbers.

    ``sha256`` and ``metadata`` are those of the source; ``paper`` is as for :func:`decisions_in`.
    """
    parts = decisions_in(text, paper=paper)
    if not parts:
        yield Unreadable(name, *without_decision(text))
    elif len(parts) == 1:
        yield RawDocument(name, parts[0], sha256, metadata)
    else:
        for number, part in enumerate(parts, 1):
            own = fingerprint(part.encode("utf-8", "replace"))
            yield RawDocument(f"{name}{mark}{number}", part, own)


def decisions_in(text: str, *, paper: bool = False) -> list[str]:
    """The decisions in ``text``, each from its own header on; the whole text where none is found.

    There are none in a council's committee papers where the head of none is found.
    ``paper`` is True for a document that a council may as well have put together, such as a
    PDF; a text with pages is one. What stands around the decisions is left out there, and in
    other texts where it shows that it is of a council's meeting.
    """
    if not paper and not may_hold_several(text) and not any(sign in text for sign in _PAPERS):
        return [text]
    pages = text.split(PAGE)
    paper = paper or len(pages) > 1
    footed = frozenset(i for i, page in enumerate(pages) if _FOOTER.search(page))
    text = PAGE.join(drop_running_lines(pages)) if len(pages) > 1 else text
    lines = _lines(text)
    heads = _heads(lines, paper=paper)
    if not heads:
        return [] if is_committee_paper(text) else [one_text(text)]
    shown = signs(text)
    starts = [_Cut(head, _offset(lines, head) + glued) for head, glued in heads]
    if not paper and not signs(text[: starts[0].offset]):
        starts[0] = _Cut(0, 0)
    found = []
    for start, bound in pairwise((*starts, _Cut(len(lines), len(text)))):
        end = _end(lines, start.line, bound.line, footed if shown else None)
        rest = text[_offset(lines, end) : bound.offset] if end < bound.line else ""
        around = rest.strip() and (paper or signs(rest))
        kept = bound.offset - len(rest) if around else bound.offset
        found.append(_with_title_last(one_text(text[start.offset : kept])))
    return found


def without_decision(text: str) -> tuple[str, str]:
    """Reason and advice for committee papers with ``text`` in which no decision was found."""
    reason, advice = COMMITTEE_PAPER
    pages = text.split(PAGE)
    printed = drop_running_lines(pages)
    bare = sum(
        len(words.split()) < _LEAST_WORDS and "blank" not in page
        for page, words in zip(pages, printed, strict=True)
    )
    if not bare:
        return reason, advice
    reason += f"; {bare} of its {len(pages)} pages have hardly any text"
    return reason, "if the decision is on these as a picture, run text recognition on them first"


def may_hold_several(text: str) -> bool:
    """True if ``text`` has more than once what stands once in the page of a decision."""
    return text.count("Category") > 1 or text.count("final decision:") > 1


class _Cut(NamedTuple):
    """Where a text is cut."""

    line: int
    offset: int


def _lines(text: str) -> list[_Line]:
    lines, start, page = [], 0, 0
    for line in text.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip())
        lines.append(_Line(line.strip(), start + indent, page))
        start += len(line)
        page += line.count(PAGE)
    return lines


def _offset(lines: Sequence[_Line], index: int) -> int:
    return lines[index].start if index < len(lines) else lines[-1].start + len(lines[-1].text)


def _heads(lines: Sequence[_Line], *, paper: bool) -> list[tuple[int, int]]:
    """The first line of each decision, and how much of that line belongs to the one before it."""
    heads: list[tuple[int, int]] = []
    free = 0
    """The first line that can belong to another head than the last one."""
    titled = False
    """Whether "The Ombudsman's final decision" of the last head is still to come."""
    headings = _Headings.of(lines)
    for i, line in enumerate(lines):
        if i < free or not line.text:
            continue
        glued = _joined_at(line.text) if heads else 0
        if _is_page_head(line.text[glued:], lines[i + 1 : i + 8]) and (
            not paper or headings.follow(_final(lines, i))
        ):
            heads.append((i, glued))
            free, titled = i + 1, True
        elif _is_final(line.text) or _is_summary(line.text):
            opening = _statement_head(lines, i, free, titled=titled)
            if opening is not None and headings.follow(i):
                heads.append((opening, 0))
                free = i + 1
            if _is_final(line.text):
                free, titled = i + 1, False
        elif _is_report_head(lines, i) and headings.follow(i):
            heads.append((i, 0))
            free, titled = i + 8, False
    return heads


def _is_final(text: str) -> bool:
    return len(text) <= _LONGEST and FINAL.fullmatch(fold(text)) is not None


def _final(lines: Sequence[_Line], i: int) -> int:
    """The line "The Ombudsman's final decision" below the title in line ``i``; else ``i``."""
    below = range(i + 1, min(i + _LABELS_ABOVE, len(lines)))
    return next((j for j in below if _is_final(lines[j].text)), i)


def _joined_at(line: str) -> int:
    """Where a header begins in ``line`` if a file without a last newline was joined to it."""
    return max((match.end() for match in _END_OF_FILE.finditer(line)), default=0)


def _is_page_head(text: str, following: Sequence[_Line]) -> bool:
    """A line ``Body (reference)``, soon followed by a line of fields or by "... decision:"."""
    if len(text) > 200 or _LABEL.match(text) or not TITLE.match(text):
        return False
    after = [fold(line.text) for line in following if line.text][:3]
    return any(
        text.startswith(("category :", "category:")) or FINAL.fullmatch(text) for text in after
    )


def _statement_head(lines: Sequence[_Line], i: int, free: int, *, titled: bool) -> int | None:
    """The first line of a statement's head, as a document has it, where line ``i`` is the last.

    That is "The Ombudsman's final decision" below "Complaint reference:", or, where neither
    the reference nor the authority is given, above the summary; or the summary below the
    reference, where the title between them is missing.
    """
    labels = [j for j in range(max(free, i - _LABELS_ABOVE), i) if _LABEL.match(lines[j].text)]
    below = [line.text for line in lines[i + 1 : i + _LABELS_ABOVE] if line.text]
    if not labels and any(map(_LABEL.match, below[: _labelled(below)])):
        below = below[_labelled(below) :]
    after = below[0] if below else "-"
    opens = _opens(after)
    if _is_summary(lines[i].text):
        near = lines[max(0, labels[0] - 5) : i] if labels else ()
        opens = bool(near) and not any(_is_final(line.text) for line in near)
    if not opens or (titled and not labels):
        return None
    first = labels[0] if labels else i
    above = [j for j in range(max(free, first - 3), first) if lines[j].text][-1:]
    return above[0] if above and _is_date(lines[above[0]].text) else first


def _is_summary(text: str) -> bool:
    return text[:8].lower() == "summary:"


def _opens(text: str) -> bool:
    """Whether a line opens the text of a decision, below its head."""
    return text[:7].lower() == "summary" or section(text) == "complaint"


def _labelled(lines: Sequence[str]) -> int:
    """How many of ``lines`` come before the summary or the first heading."""
    opens = (i for i, line in enumerate(lines) if _opens(line))
    return next(opens, 0)


def _with_title_last(text: str) -> str:
    """A statement's text with "The Ombudsman's final decision" below the reference.

    Some programs print the frame that has the reference after the title beside it.
    """
    lines = text[:_HEAD].split("\n")
    shown = [line.strip() for line in lines]
    title = next((i for i, line in enumerate(shown[:4]) if _is_final(line)), -1)
    end = title + 1 + _labelled(shown[title + 1 :])
    if title < 0 or not any(map(_LABEL.match, shown[title + 1 : end])):
        return text
    head = [*lines[:title], *lines[title + 1 : end], lines[title], *lines[end:]]
    return "\n".join(head) + text[_HEAD:]


def _is_date(text: str) -> bool:
    return len(text) < 40 and WORDED_DATE.fullmatch(text) is not None


def _is_report_head(lines: Sequence[_Line], i: int) -> bool:
    """Line ``i`` opens a public report: "Investigation into a complaint against", a reference."""
    if len(lines[i].text) > 120 or not _REPORT.match(lines[i].text):
        return False
    near = (line.text for line in lines[i : i + 8])
    return any(_REPORT_NUMBER.search(text) for text in near)


def _end(lines: Sequence[_Line], start: int, bound: int, footed: Collection[int] | None) -> int:
    """The line after the last one of the decision that begins at ``start``.

    It ends with the signature. Where there is none, it ends at the page that does not go on
    with it; ``footed`` are pages that the Ombudsman numbered, None where no page is a council's.
    """
    decided = False
    for i in range(start, bound):
        line = lines[i]
        new_page = i > start and line.page != lines[i - 1].page
        if new_page and footed is not None and _is_left(lines, i, decided, footed):
            return i
        if not line.text:
            continue
        if "on behalf of the ombuds" in line.text.lower() and SIGN_OFF.search(line.text):
            after = next((j for j in range(i + 1, bound) if _is_own(lines[j].text)), bound)
            if after == bound or section(lines[after].text) != "not-investigated":
                return i + 1
        elif len(line.text) < _LONGEST and section(line.text) == "decision":
            decided = True
        elif decided and footed is not None and (signs(line.text) or _NEXT.fullmatch(line.text)):
            return i
    return bound


def _is_own(text: str) -> bool:
    """Whether ``text`` is more than a page's furniture or the signature once again."""
    return bool(text) and not is_footer(text) and not SIGN_OFF.fullmatch(text)


def _is_left(lines: Sequence[_Line], i: int, decided: bool, footed: Collection[int]) -> bool:
    """Whether the page that begins at line ``i`` does not go on with the decision above."""
    page = lines[i].page
    if page in footed:
        return False
    here = list(takewhile(lambda line: line.page == page, islice(lines, i, None)))
    first = next((line.text for line in here if _is_own(line.text)), "")
    if not first or signs("\n".join(line.text for line in here)):
        return True
    if not decided or first[0].islower() or read_mark(first):
        return False
    above = next((line.text for line in reversed(lines[:i]) if line.text), "")
    return above[-1:] in ".!?:" and section(first) is None and not SIGN_OFF.search(first)
