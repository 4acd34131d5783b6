"""Sentences of a decision: the units that rules read.

Every sentence knows where it stands (block, section, heading, sub-item) because the
same words mean different things in different places. Splitting follows English
punctuation, with the abbreviations that these texts use; sub-items are split apart from
their lead-in and keep it as context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.extraction.first_letters import compiled
from graph.extraction.folding import fold
from graph.layouts.document import Block, Document, Item

_BOUNDARY = compiled(r"""[.!?]["')\]’”]*[ \t]+(?=["'(\[“‘£A-Z0-9])|\n+""")
"""The stop itself comes first, not a look behind for one: the search then skips to stops."""
_ABBREVIATION = compiled(
    # a single capital is no initial here: "Miss Y." ends a sentence
    r"\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|para|paras|ss?|reg|regs|Sch|Pt|e\.g|i\.e|etc|v|vs|cl|art|approx|Ltd)\.$"
)
_STOPS = ".!?"
LONGEST = 4000
"""Characters of a sentence; the longest published ones have some hundred."""


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence, as a span of the document's clean text; each is equal to itself alone."""

    index: int
    start: int
    end: int
    text: str
    lower: str
    """Folded and lower-case, of the same length as ``text``."""
    section: str
    heading: str
    """The nearest heading, folded; empty when none."""
    number: int | None
    """The paragraph's number."""
    block: int
    """Index of the block; -1 for the summary."""
    item: Item | None
    lead: str
    """Folded lead-in that this sub-item completes; empty outside lists."""
    first: bool
    """Whether it opens its paragraph or item."""
    seen: int = 0
    """What the scan knows of the watched patterns here; 0 leaves all in doubt."""


def sentences(document: Document, lower: str) -> list[Sentence]:
    """All sentences of the summary and the paragraphs, in order.

    ``lower`` is the document's text, folded and lower-case.
    """
    found: list[Sentence] = []
    headings: dict[str, str] = {"": ""}
    blocks = list(enumerate(document.blocks))
    if document.summary is not None:
        blocks.append((-1, document.summary))
        blocks.sort(key=lambda entry: entry[1].paragraph.start)
    for index, block in blocks:
        heading = block.paragraph.heading or ""
        if heading not in headings:
            headings[heading] = fold(heading)
        found.extend(_of_block(document, lower, block, index, headings[heading], len(found)))
    return found


def _of_block(
    document: Document, lower: str, block: Block, index: int, heading: str, count: int
) -> Iterator[Sentence]:
    paragraph = block.paragraph
    spans: list[tuple[int, int, Item | None, str]] = []
    lead = lower[paragraph.start : block.lead_end].strip()
    end = block.lead_end if block.items else paragraph.end
    spans.append((paragraph.start, end, None, ""))
    parents: list[str] = [lead]
    for item in block.items:
        del parents[item.level :]
        spans.append((item.start, item.end, item, " ".join(parents)))
        parents.append(lower[item.start : item.end].strip())
    tail = block.items[-1].end if block.items else paragraph.end
    if tail < paragraph.end:
        spans.append((tail, paragraph.end, None, ""))
    for start, stop, span_item, lead_in in spans:
        first = True
        spanned = split(document.text, start, stop)
        for begin, finish in (piece for one in spanned for piece in bearable(document.text, *one)):
            yield Sentence(
                index=count,
                start=begin,
                end=finish,
                text=document.text[begin:finish],
                lower=lower[begin:finish],
                section=paragraph.section,
                heading=heading,
                number=paragraph.number,
                block=index,
                item=span_item,
                lead=lead_in,
                first=first,
            )
            first = False
            count += 1


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as spans of ``text``, without the white space round."""
    begin = start
    after_stop = start > 0 and text[start - 1] in _STOPS
    for boundary in _BOUNDARY.finditer(text, start - after_stop, end):
        cut = boundary.start() + len(boundary.group().rstrip())
        stop = boundary.start() + (text[boundary.start()] in _STOPS)
        if text[stop - 1] == "." and _ABBREVIATION.search(text, max(start, stop - 8), stop):
            continue
        if _only_brackets(text, boundary.end(), end):
            continue  # a citation in brackets belongs to the sentence before it
        yield from _trimmed(text, begin, cut)
        begin = boundary.end()
    yield from _trimmed(text, begin, end)


def bearable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, in pieces at spaces where it is longer than any that a person wrote.

    Some patterns take time that grows with the square of its length.
    """
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        cut = space if space > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _only_brackets(text: str, start: int, end: int) -> bool:
    return text[start : start + 1] in "([" and text[end - 2 : end].strip(".")[-1:] in (")", "]")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
