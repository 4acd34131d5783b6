"""One decision cut into its paragraphs: an immutable text and spans into it.

Every offset counts code points into :attr:`Document.text`, half open, so that
``document.text[start:end]`` is the passage meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ontology.model import Paragraph


@dataclass(frozen=True, slots=True)
class Item:
    """A sub-item of a paragraph; the span leaves its marker out."""

    start: int
    end: int
    level: int
    """1 for an item of the lead-in, 2 for an item of an item, and so on."""
    marker: str
    """As printed: "•", "-", "a", "1"; empty where the text shows none."""


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level paragraph together with its sub-items.

    ``paragraph.text == document.text[paragraph.start:paragraph.end]``; it excludes
    the paragraph's own number or bullet and includes the markers of its items.
    """

    paragraph: Paragraph
    items: tuple[Item, ...]
    """In the order of the text; spans do not overlap: an item ends before its own sub-items."""
    lead_end: int
    """End of the lead-in, before the marker of the first item; the paragraph's end if none."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the first heading, or what the source says about the page."""

    body: str | None = None
    """The authority complained about, as printed."""
    reference: str | None = None
    """Spaced form with its suffix: ``21 012 067``, ``19 018 519c``."""
    category: str | None = None
    """As printed, such as ``Children's care services``."""
    subcategory: str | None = None
    outcome: str | None = None
    """upheld, not-upheld or closed-after-initial-enquiries; None where none is printed."""
    date: date | None = None
    """Date of the decision."""
    url: str | None = None
    category_slug: str | None = None
    """The category as it stands in the page's address, such as ``adult-care-services``."""
    subcategory_slug: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd about the input, and the line of the clean text that shows it."""

    why: str
    """In plain English."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One decision: its clean text, its header and its paragraphs in order."""

    name: str
    """Of the input, as the user gave it; relative to the folder or archive read."""
    sha256: str
    """Of the original bytes of this one record."""
    layout: str
    """A, B, C, D, E, E2, E3, F, F2, H or plain (see :mod:`graph.layouts.layout`)."""
    joint: bool
    """True for a joint investigation with the Health Service Ombudsman."""
    text: str
    """The clean text that every offset points into."""
    header: Header
    summary: Block | None
    """Section ``summary``, number None."""
    blocks: tuple[Block, ...]
    """Every paragraph after the summary, in order."""
    document_type: str
    """statement or report."""
    satisfied: date | None
    """The date on which the Ombudsman was satisfied with the council's response."""
    satisfied_span: tuple[int, int] | None
    header_spans: Mapping[str, tuple[int, int]]
    """Field of :class:`Header` to its span, for the fields that stand in the text."""
    problems: tuple[Problem, ...]
    """What is odd about the input; empty when all is well."""
