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
    text = document.text
    for start, stop, item, lead in _spans(lower, block):
        first = True
        for begin, end in split(text, start, stop):
            yield Sentence(
                index=count,
                start=begin,
                end=end,
                text=text[begin:end],
                lower=lower[begin:end],
                section=paragraph.section,
                heading=heading,
                number=paragraph.number,
                block=index,
                item=item,
                lead=lead,
                first=first,
            )
            first = False
            count += 1


def _spans(lower: str, block: Block) -> Iterator[tuple[int, int, Item | None, str]]:
    """Start, end, item and lead-in of the lead, of each item and of what follows the items."""
    paragraph = block.paragraph
    if not block.items:
        yield paragraph.start, paragraph.end, None, ""
        return
    yield paragraph.start, block.lead_end, None, ""
    parents = [lower[paragraph.start : block.lead_end].strip()]
    for item in block.items:
        del parents[item.level :]
        yield item.start, item.end, item, " ".join(parents)
        parents.append(lower[item.start : item.end].strip())
    tail = block.items[-1].end
    if tail < paragraph.end:
        yield tail, paragraph.end, None, ""


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as spans of ``text``, without the white space round.

    One that is longer than any that a person wrote comes in pieces.
    """
    begin = start
    after_stop = start > 0 and text[start - 1] in _STOPS
    for boundary in _BOUNDARY.finditer(text, start - after_stop, end):
        at, after = boundary.span()
        stop = at + (text[at] in _STOPS)
        if text[stop - 1] == "." and _ABBREVIATION.search(text, max(start, stop - 8), stop):
            continue
        if _only_brackets(text, after, end):
            continue  # a citation in brackets belongs to the sentence before it
        yield from _bearable(text, *_trimmed(text, begin, after))
        begin = after
    yield from _bearable(text, *_trimmed(text, begin, end))


def _bearable(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a trimmed sentence, cut at spaces, that no pattern takes too long for.

    Some patterns take time that grows with the square of its length.
    """
    begin = start
    while end - begin > LONGEST:
        space = text.rfind(" ", begin, begin + LONGEST)
        cut = space if space > begin else begin + LONGEST
        if (piece := _trimmed(text, begin, cut))[0] < piece[1]:
            yield piece
        begin = cut
    if begin > start:
        begin, end = _trimmed(text, begin, end)
    if begin < end:
        yield begin, end


def _only_brackets(text: str, start: int, end: int) -> bool:
    return text[start : start + 1] in "([" and text[end - 2 : end].strip(".")[-1:] in (")", "]")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end].lstrip()
    begin = end - len(words)
    return begin, begin + len(words.rstrip())
