"""Whether a line opens a paragraph or is an item, and of which level."""

from __future__ import annotations

from graph.layouts.cleaning import Line
from graph.layouts.items import OpenList, is_stopped, starts_lower
from graph.layouts.marks import Mark


class Levels:
    """The lists that are open in the present paragraph, and the numbering around it.

    Where paragraphs are numbered the marks and indents of the lines tell items from
    paragraphs; where every paragraph is a bullet, or none has a mark, the words do.
    """

    def __init__(self, *, numbered: bool, bulleted: bool) -> None:
        self.numbered = numbered
        self.bulleted = bulleted
        self.lists: list[OpenList] = []
        """Outermost first."""
        self.base = -1
        """Indent of the paragraphs' own marks; -1 until one is read."""
        self.last_number = 0

    def restart(self) -> None:
        """A heading ends every list and sets a new indent."""
        self.lists.clear()
        self.base = -1

    def open_paragraph(self, words: str) -> None:
        """A paragraph ends every list; one that ends with a colon opens its own."""
        self.lists.clear()
        if words.endswith(":"):
            self.lists.append(OpenList(1))

    def add_item(self, level: int, words: str) -> None:
        """Take an item of ``level``; one that ends with a colon opens a list below it."""
        del self.lists[level:]
        if not self.lists:
            self.lists.append(OpenList(level))
        self.lists[-1].add(words)
        if words.endswith(":"):
            self.lists.append(OpenList(level + 1))

    def level(self, line: Line, mark: Mark | None, words: str, above: str | None) -> int:
        """The level of ``line`` as an item of the present paragraph; 0 for a new paragraph.

        ``above`` is the last line of the present paragraph, None if there is none.
        """
        if self.numbered or (mark and not self.bulleted):
            return self._level_by_marks(line, mark, above)
        if self.bulleted and mark and (mark.kind != "bullet" or self._is_deeper(line)):
            return 0 if above is None else self._level_by_marks(line, mark, above)
        return self._level_by_words(line, words, above)

    def _is_deeper(self, line: Line) -> bool:
        if self.base < 0:
            self.base = line.indent
        self.base = min(self.base, line.indent)
        return line.indent > self.base

    def _level_by_marks(self, line: Line, mark: Mark | None, above: str | None) -> int:
        """Where paragraphs are numbered the marks alone tell: any other mark is an item's."""
        if mark is None or above is None:
            return self._number(line, mark)
        if mark.kind == "number" and self._is_top(line, int(mark.value), above):
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

    def _is_top(self, line: Line, number: int, above: str) -> bool:
        """True if a number opens a paragraph: at the base indent and not a list's own count."""
        if self.base >= 0 and line.indent > self.base:
            return False
        following = number == self.last_number + 1
        if above.endswith(":"):
            return following and number > 1
        if self.lists and self.lists[-1].mark == "number" and self.lists[-1].indent == line.indent:
            last = self.lists[-1]
            if number != last.count + 1:
                return True
            return following and last.count > 1 and is_stopped(last.last)
        return True

    def _level_by_words(self, line: Line, words: str, above: str | None) -> int:
        """Where every paragraph has the same mark, the form of the words tells."""
        if above is None:
            self.base = line.indent
            return 0
        if line.gap and self.base >= 0 and line.indent <= self.base and self.lists:
            deep = self.lists[-1].indent > self.base
            if deep and not starts_lower(words):
                return 0
        for open_list in reversed(self.lists):
            if open_list.admits(words):
                return open_list.level
        if starts_lower(words) and not is_stopped(above):
            self.lists.append(OpenList(len(self.lists) + 1))
            return self.lists[-1].level
        return 0
