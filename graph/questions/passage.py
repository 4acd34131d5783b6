"""A quoted passage with the whole sentence that it stands in.

The graph holds the quotation and its place; the words around it are in the record that the
ledger keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graph.extraction.sentence import split
from ontology.model import Decision

_WORD = re.compile(r"\w\w")


@dataclass(frozen=True, slots=True)
class Passage:
    """One quotation: ``before + quote + after`` is the whole sentence, or sentences."""

    quote: str
    before: str
    after: str
    place: str
    """``paragraph 6``, ``the summary`` or ``the text``."""
    start: int
    """Code points into the decision's clean text, half open."""
    end: int
    rule: str
    """Id of the rule that read it; empty where none did."""
    source: str
    """Name of the source it was read from."""

    def shown(self) -> tuple[str, str]:
        """The sentence, the quotation marked where it is not all of it, and where it stands."""
        marked = f"**{self.quote}**" if self.before or self.after else self.quote
        return f"“{self.before}{marked}{self.after}”", f"{self.place} of {self.source}"

    def json(self) -> dict[str, Any]:
        """The passage as JSON values, its fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def passage(record: Decision | None, start: int, end: int, quote: str, rule: str) -> Passage:
    """The passage at a place of a decision's text; without its sentence where none is kept.

    ``quote`` is what stands there; empty, it is taken from the record.
    """
    source = record.source.name if record else ""
    for paragraph in record.paragraphs if record else ():
        first, last = start - paragraph.start, end - paragraph.start
        if first >= 0 and last <= len(paragraph.text):
            quote = quote or paragraph.text[first:last]
            before, after = _around(paragraph.text, first, last)
            place = f"paragraph {paragraph.number}" if paragraph.number else "the text"
            return Passage(quote, before, after, place, start, end, rule, source)
    if record and quote and (record.summary or "").count(quote) == 1:
        summary = record.summary or ""
        first = summary.index(quote)
        before, after = _around(summary, first, first + len(quote))
        return Passage(quote, before, after, "the summary", start, end, rule, source)
    return Passage(quote, "", "", "the text", start, end, rule, source)


def first_mention(record: Decision | None, name: str) -> Passage | None:
    """The first place where a decision's paragraphs have a name."""
    wanted = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for paragraph in record.paragraphs if record and name.strip() else ():
        if found := wanted.search(paragraph.text):
            start = paragraph.start + found.start()
            return passage(record, start, start + len(name), name, "")
    return None


def _around(text: str, first: int, last: int) -> tuple[str, str]:
    """What the sentences of ``text[first:last]`` have before and after it."""
    spans = [(a, b) for a, b in split(text, 0, len(text)) if a < last and b > first]
    begins = min((a for a, _ in spans), default=first)
    ends = max((b for _, b in spans), default=last)
    before, after = text[min(begins, first) : first], text[last : max(ends, last)]
    # the letter or the dash before an item, and the stop after it, are no words of a sentence
    return before if _WORD.search(before) else "", after if _WORD.search(after) else ""
