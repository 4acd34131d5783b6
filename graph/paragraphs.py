"""Gathers lines into numbered paragraphs with their items, section by section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.cleaning import Line
from graph.document import Block, Item
from graph.headings import report_part, subsection
from graph.items import OpenList, is_stopped, is_unfinished, starts_lower
from graph.marks import Mark
from ontology.model import Paragraph

_CITATION = re.compile(r"[(\[].{6,}[)\]][.;]?$")
_LETTERED_HEADING = re.compile(r"\([a-z]\)\s?[A-Z]")
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
        self.lists: list[OpenList] = []
        self.base = -1
        self.last_number = 0

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
        self.lists.clear()
        self.base = -1

    def is_furniture(self, line: Line) -> bool:
        """True for a line that only points to the real title, such as a repeated "1"."""
        return not any(c.isalnum() for c in line.text)

    def is_subheading(
        self,
        line: Line,
        mark: Mark | None,
        following: Mark | None,
        next_line: Line | None,
    ) -> bool:
        """True if ``line`` is a free-text heading: short, capitalised, without a final stop."""
        text = line.text
        if len(text) > _LONGEST_HEADING or text[-1] in ".;,!" or text[0] in "“‘\"'":
            return False
        if self.section == "summary" or (following is None and next_line is None):
            return False
        if mark:
            return (
                mark.kind == "letter"
                and line.indent == 0
                and following is not None
                and following.kind in ("number", "bullet")
                and _LETTERED_HEADING.match(text) is not None
                and self.section.startswith("found")
                and not (self.current and self.current.last.endswith(":"))
            )
        if self.report or starts_lower(text) or _CITATION.match(text):
            return False
        if self.plain:
            return self._is_plain_heading(text, next_line, following)
        if self.current and is_unfinished(self.current.last):
            return False
        return not (text.endswith(":") and len(text) > 80)

    def _is_plain_heading(self, text: str, next_line: Line | None, following: Mark | None) -> bool:
        if is_stopped(text) and not text.endswith("?") or text.endswith(":"):
            return False
        if len(text.split()) > _PLAIN_HEADING_WORDS or self.lists:
            return False
        if not self.section.startswith(("found", "action", "complaint")):
            return False
        if following is not None:
            return True
        return next_line is not None and len(next_line.text) > max(60, len(text))

    def add(self, line: Line, start: int, mark: Mark | None, skip: int) -> None:
        """Take ``line``, whose text begins at ``start`` and its words ``skip`` later."""
        words = line.text[skip:]
        if self.report and not mark and not self.lists:
            self._place_report_line(words)
        begin, end = start + skip, start + len(line.text)
        if self.section == "summary" and not self.summarised:
            self._add_summary(begin, end)
        elif self._continues(line, mark):
            self._extend(end, words)
        elif (level := self._item_level(line, mark, words)) > 0:
            self._add_item(begin, start, end, level, mark, words)
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

    def _continues(self, line: Line, mark: Mark | None) -> bool:
        """True if ``line`` belongs to the paragraph above without being an item of it."""
        if self.current is None or mark:
            return False
        if _CITATION.match(line.text):
            return True
        return not self.plain

    def _extend(self, end: int, words: str) -> None:
        draft = self.current
        if draft is None:
            return
        draft.end = end
        if not _CITATION.match(words) or is_unfinished(draft.last):
            draft.last = words
        if self.lists and self.bulleted:
            self.lists.clear()

    def _add_paragraph(self, begin: int, end: int, words: str) -> None:
        self.current = _Draft(self.section, self.heading, begin, end, words)
        self.drafts.append(self.current)
        self.lists.clear()
        if words.endswith(":"):
            self.lists.append(OpenList(1))

    def _add_item(
        self,
        begin: int,
        start: int,
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
        del self.lists[level:]
        self.lists[-1].add(words)
        if words.endswith(":"):
            self.lists.append(OpenList(level + 1))

    def _item_level(self, line: Line, mark: Mark | None, words: str) -> int:
        """The level of ``line`` as an item of the present paragraph; 0 for a new paragraph."""
        if self.numbered or (self.plain and mark):
            return self._level_by_marks(line, mark)
        if self.bulleted and mark and (mark.kind != "bullet" or self._is_deeper(line)):
            return self._level_by_marks(line, mark) if self.current else 0
        return self._level_by_words(line, words)

    def _is_deeper(self, line: Line) -> bool:
        if self.base < 0:
            self.base = line.indent
        self.base = min(self.base, line.indent)
        return line.indent > self.base

    def _level_by_marks(self, line: Line, mark: Mark | None) -> int:
        """Where paragraphs are numbered the marks alone tell: any other mark is an item's."""
        if mark is None or self.current is None:
            return self._number(line, mark)
        if mark.kind == "number" and self._is_top(line, int(mark.value)):
            return self._number(line, mark)
        while self.lists and self.lists[-1].indent >= 0:
            last = self.lists[-1]
            if last.mark == mark.kind and last.indent == line.indent:
                return last.level
            if last.indent < line.indent or last.last.endswith(":"):
                break
            if len(self.lists) == 1:
                break
            self.lists.pop()
        if not self.lists or self.lists[-1].indent >= 0:
            same = bool(self.lists) and self.lists[-1].indent >= line.indent
            if not same:
                self.lists.append(OpenList(len(self.lists) + 1))
        self.lists[-1].indent, self.lists[-1].mark = line.indent, mark.kind
        return self.lists[-1].level

    def _number(self, line: Line, mark: Mark | None) -> int:
        if mark and mark.kind == "number":
            self.last_number = int(mark.value)
            self.base = line.indent if self.base < 0 else min(self.base, line.indent)
        return 0

    def _is_top(self, line: Line, number: int) -> bool:
        """True if a number opens a paragraph: at the base indent and not a list's own count."""
        if self.base >= 0 and line.indent > self.base:
            return False
        following = number == self.last_number + 1
        current = self.current
        if current and current.last.endswith(":"):
            return following and number > 1
        if self.lists and self.lists[-1].mark == "number" and self.lists[-1].indent == line.indent:
            last = self.lists[-1]
            if number != last.count + 1:
                return True
            return following and last.count > 1 and is_stopped(last.last)
        return True

    def _level_by_words(self, line: Line, words: str) -> int:
        """Where every paragraph has the same mark, the form of the words tells."""
        if self.current is None:
            self.base = line.indent
            return 0
        if line.gap and self.base >= 0 and line.indent <= self.base and self.lists:
            deep = self.lists[-1].indent > self.base
            if deep and not starts_lower(words):
                return 0
        for open_list in reversed(self.lists):
            if open_list.admits(words):
                return open_list.level
        if starts_lower(words) and not is_stopped(self.current.last):
            self.lists.append(OpenList(len(self.lists) + 1))
            return self.lists[-1].level
        return 0

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
