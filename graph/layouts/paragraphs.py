"""Gathers lines into numbered paragraphs with their items, section by section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.layouts.cleaning import Line
from graph.layouts.document import Block, Item
from graph.layouts.headings import report_part, subsection
from graph.layouts.items import is_stopped, is_unfinished, starts_lower
from graph.layouts.levels import Levels
from graph.layouts.marks import Mark
from ontology.model import Paragraph

_CITATION = re.compile(r"[(\[].{6,}[)\]][.;]?$")
_LETTERED_HEADING = re.compile(r"\(?[a-z](?:\)|\. ?)(?:(?:,| and| to) \(?[a-z]\))*:?\s?\S")
_LONGEST_LETTERED = 110
_QUOTED_HEADING = re.compile(r"[“‘\"'].*[”’\"']$")
_LETTERED_ITEM = re.compile(r"\(?(?P<letter>[a-k])[.)]\s?(?=\S)", re.IGNORECASE)
"""After a bullet: "- a. The Council lost the form." is a point of the paragraph above."""
_LONGEST_HEADING = 160
_PLAIN_HEADING_WORDS = 9
"""Words a free-text heading has at most where nothing but its form tells it apart."""


@dataclass(slots=True)
class _Draft:
    """A paragraph being gathered."""

    section: str
    heading: str | None
    start: int
    end: int
    last: str
    """The text of its last line."""
    items: list[Item] = field(default_factory=list)
    lead_end: int = -1


class Assembler:
    """Takes the lines of a decision in order and yields its paragraphs.

    ``text`` is the clean text. Its paragraphs all carry numbers (``numbered``), or all
    a bullet (``bulleted``), or neither. ``report`` is True for an investigation
    report's page, whose paragraphs are not numbered and have no free-text headings.
    """

    def __init__(self, text: str, *, numbered: bool, bulleted: bool, report: bool) -> None:
        self.text = text
        self.report = report
        self.bulleted = bulleted
        self.numbered = numbered
        self.plain = not (bulleted or numbered)
        self.section = "report.open" if report else "complaint"
        self.heading: str | None = None
        self.summary: _Draft | None = None
        self.summarised = False
        """True once the summary is over; a second one is read as text."""
        self.drafts: list[_Draft] = []
        self.current: _Draft | None = None
        self.levels = Levels(numbered=numbered, bulleted=bulleted)

    def open_section(self, section: str, heading: str) -> None:
        """Start a main section under ``heading``."""
        self.section, self.heading = section, heading.rstrip(" :")
        self.summarised = self.summary is not None
        self._close()

    def open_subsection(self, heading: str, *, facts_follow: bool) -> None:
        """Start a part of the present section; inside "What I found" its words classify it."""
        if self.section.startswith("found"):
            self.section = subsection(heading, self.section, facts_follow=facts_follow)
        self.heading = heading.rstrip(" :")
        self._close()

    def _close(self) -> None:
        self.current = None
        self.levels.restart()

    def is_furniture(self, line: Line) -> bool:
        """True for a line without a letter or figure, such as a rule of dashes."""
        return not (line.text[0].isalnum() or any(c.isalnum() for c in line.text))

    def is_subheading(
        self,
        line: Line,
        mark: Mark | None,
        following: Mark | None,
        next_line: Line | None,
    ) -> bool:
        """True if ``line`` is a free-text heading: short, capitalised, without a final stop."""
        text = line.text
        if len(text) > _LONGEST_HEADING or text[-1] in ".;,!":
            return False
        if text[0] in "“‘\"'" and not (
            _QUOTED_HEADING.match(text) and following and self.section.startswith("found")
        ):
            return False
        if self.section == "summary" or (following is None and next_line is None):
            return False
        if mark:
            return (
                mark.kind == "letter"
                and line.indent == 0
                and following is not None
                and following.kind in ("number", "bullet")
                and len(text) <= _LONGEST_LETTERED
                and _LETTERED_HEADING.match(text) is not None
                and self.section.startswith("found")
                and (self.current is None or is_stopped(self.current.last))
            )
        if self.report or starts_lower(text) or _CITATION.match(text):
            return False
        if self.plain:
            return self._is_plain_heading(text, next_line, following)
        if self.current and is_unfinished(self.current.last):
            return False
        return not (text.endswith(":") and len(text) > 80)

    def _is_plain_heading(self, text: str, next_line: Line | None, following: Mark | None) -> bool:
        if (is_stopped(text) and not text.endswith("?")) or text.endswith(":"):
            return False
        if len(text.split()) > _PLAIN_HEADING_WORDS or self.levels.lists:
            return False
        if not self.section.startswith(("found", "action", "complaint")):
            return False
        if following is not None:
            return True
        return next_line is not None and len(next_line.text) > max(60, len(text))

    def add(self, line: Line, start: int, mark: Mark | None, skip: int) -> None:
        """Take ``line``, whose text begins at ``start`` and its words ``skip`` later."""
        words = line.text[skip:]
        if self.report and not mark and not self.levels.lists:
            self._place_report_line(words)
        begin, end = start + skip, start + len(line.text)
        lettered = self._next_letter(mark, words)
        if lettered:
            skip_letter = lettered.end()
            letter = Mark("letter", lettered["letter"].lower(), skip + skip_letter)
            self._add_item(begin + skip_letter, end, 1, letter, words[skip_letter:])
            return
        if self.section == "summary" and not self.summarised:
            self._add_summary(begin, end)
        elif self._continues(line, mark):
            self._extend(end, words)
        elif (level := self.levels.level(line, mark, words, self._above())) > 0:
            self._add_item(begin, end, level, mark, words)
        else:
            self._add_paragraph(begin, end, words)

    def _place_report_line(self, words: str) -> None:
        """Report pages may lack headings: then the set phrases tell finding from remedy."""
        if self.section not in (
            "report.open",
            "complaint",
            "report.key",
            "report.finding",
        ):
            return
        found = report_part(words)
        if found:
            self.section = found
        elif self.section == "report.key" and is_stopped(words):
            self.section = "complaint"
        elif self.section == "report.open":
            self.section = "complaint" if self.summary else "summary"

    def _add_summary(self, begin: int, end: int) -> None:
        if self.summary is None:
            self.summary = _Draft("summary", self.heading, begin, end, "")
        self.summary.end = end
        if self.report and self.heading is None:
            self.section = "complaint"

    def _above(self) -> str | None:
        return self.current.last if self.current else None

    def _continues(self, line: Line, mark: Mark | None) -> bool:
        """True if ``line`` belongs to the paragraph above without being an item of it."""
        if self.current is None or mark:
            return False
        if _CITATION.match(line.text):
            return True
        return not self.plain

    def _next_letter(self, mark: Mark | None, words: str) -> re.Match[str] | None:
        """The letter after a bullet, where it is the next of a lettered list, or its first."""
        if not self.bulleted or mark is None or mark.kind != "bullet" or self.current is None:
            return None
        found = _LETTERED_ITEM.match(words)
        if found is None:
            return None
        items = self.current.items
        expected = chr(ord(items[-1].marker) + 1) if items and len(items[-1].marker) == 1 else "a"
        return found if found["letter"].lower() == expected else None

    def _extend(self, end: int, words: str) -> None:
        draft = self.current
        if draft is None:
            return
        draft.end = end
        if not _CITATION.match(words) or is_unfinished(draft.last):
            draft.last = words
        if self.bulleted:
            self.levels.lists.clear()

    def _add_paragraph(self, begin: int, end: int, words: str) -> None:
        self.current = _Draft(self.section, self.heading, begin, end, words)
        self.drafts.append(self.current)
        self.levels.open_paragraph(words)

    def _add_item(
        self,
        begin: int,
        end: int,
        level: int,
        mark: Mark | None,
        words: str,
    ) -> None:
        draft = self.current
        if draft is None:
            return
        if not draft.items:
            draft.lead_end = draft.end
        draft.items.append(Item(begin, end, level, mark.value if mark else ""))
        draft.end, draft.last = end, words
        self.levels.add_item(level, words)

    def finish(self) -> tuple[Block | None, tuple[Block, ...]]:
        """The summary and the paragraphs, numbered unless this is a report."""
        blocks = tuple(
            self._block(draft, None if self.report else number)
            for number, draft in enumerate(self.drafts, 1)
        )
        return self._block(self.summary, None) if self.summary else None, blocks

    def _block(self, draft: _Draft, number: int | None) -> Block:
        text = self.text[draft.start : draft.end]
        paragraph = Paragraph(number, draft.section, draft.heading, text, draft.start, draft.end)
        lead_end = draft.lead_end if draft.items else draft.end
        return Block(paragraph, tuple(draft.items), lead_end)
