"""Sections that only their words can tell: reasoning under a heading that names a topic.

A heading such as "The second visit" or "Was the decision properly made?" may open a
narrative or the Ombudsman's reasoning, and late reports have no headings at all. Where
the Ombudsman judges in the first person under such a heading, what stands there is
reasoning.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from graph.extraction.folding import fold
from graph.layouts.document import Block, Document
from ontology.model import Paragraph

_JUDGES = re.compile(
    r"\b(?:i|we|the ombudsm[ae]n) "
    r"(?:also |therefore |do |have |am |are |can|would |must |cannot )*"
    r"(?:not |n't )?(?:also |seen |been )?"
    r"(?:find|found|consider|uphold|critici[sz]e|satisfied|persuaded|expect(?:ed)?|accept|agree"
    r"|conclude|regard|see no|think|say)\b"
    r"|\b(?:was|were|is|are) (?:\w+ ){0,2}(?:at )?fault\b|\bfault\b(?=[.,;])"
    r"|\bno (?:evidence of )?fault\b|in my view|in our view"
)
_NARRATIVE = re.compile(
    r"happened|background|chronolog|key (?:events|facts|dates)|events|timeline|history|"
    r"\blaw\b|guidance|legislat|polic(?:y|ies)|"
    r"\b(?:19|20)\d\d\b|\brules\b|what the (?:law|council|rules)|investigation$|response$"
)
_FINDS = re.compile(
    r"\b(?:was|were|is|are|amount\w* to|constitut\w*) (?:\w+ ){0,2}(?:fault|maladministration)\b|"
    r"\b(?:we|the ombudsm[ae]n) (?:also |therefore |do not |cannot )?"
    r"(?:find|found|criticise|uphold|conclude|regard)\b|"
    r"\b(?:we|the ombudsman) (?:now )?(?:turn|come) to\b|\bour (?:findings|conclusions?|view)\b"
)
_PUTS_RIGHT = re.compile(
    r"\bput (?:this|that|matters|things|it) right\b|"
    r"\b(?:has|have) (?:now |also |since |therefore )*(?:agreed|accepted|undertaken) "
    r"(?:to\b|that it (?:will|should)|our recommend)|"
    r"\b(?:we|the ombudsm[ae]n) (?:have |has |had |therefore |also |now )*(?:recommend|asked? the)|"
    r"\bto remedy (?:this|the|that)\b|\bthe (?:\w+ )?(?:council|authority) should now\b"
)
_LINE = 70
"""Characters of a line that can be a heading."""
_LINES = (
    (
        "found.findings",
        re.compile(r"\bfound\b|finding|analysis|conclusion|our view|\bfault\b|injustice"),
    ),
    ("found.law", re.compile(r"\blaw\b|guidance|legislat|polic(?:y|ies)|\brules\b")),
    ("found.facts", re.compile(r"happened|background|events|facts|investigation")),
)


def settle(document: Document) -> Document:
    """The document with the sections of such blocks decided by their words."""
    blocks: list[Block] = []
    for (section, heading), group in groupby(
        document.blocks, key=lambda block: (block.paragraph.section, block.paragraph.heading)
    ):
        members = list(group)
        if section in ("found.facts", "found.law") and not _NARRATIVE.search(fold(heading or "")):
            if any(_judges(block) for block in members):
                members = [_in_section(block, "found.findings") for block in members]
        elif section == "complaint" and document.document_type == "report":
            members = [members[0], *_report_blocks(members[1:])]
        blocks.extend(members)
    return replace(document, blocks=tuple(blocks))


def _judges(block: Block) -> bool:
    return bool(_JUDGES.search(fold(block.paragraph.text)))


def _report_blocks(blocks: list[Block]) -> list[Block]:
    """Blocks of a report without headings of its own; a line such as "What we found" is one."""
    settled = []
    under: str | None = None
    for block in blocks:
        words = fold(block.paragraph.text)
        if len(words) < _LINE and not words.rstrip().endswith((".", ";", ":", "?")):
            under = next((name for name, cue in _LINES if cue.search(words)), None)
        section = under or ("found.findings" if _judges(block) else "found.facts")
        settled.append(_in_section(block, section))
    begin = _remedies_begin(blocks)
    reasoned = _reasoning_begins(blocks[:begin])
    settled[reasoned:begin] = [
        _in_section(block, "found.findings") for block in settled[reasoned:begin]
    ]
    return settled[:begin] + [
        _in_section(block, "report.recommendations") for block in settled[begin:]
    ]


def _reasoning_begins(blocks: list[Block]) -> int:
    """Index from which a report without headings reasons, once it has told its story."""
    for index in range(len(blocks) * 2 // 5, len(blocks)):
        if _FINDS.search(fold(blocks[index].paragraph.text)):
            return index
    return len(blocks)


def _remedies_begin(blocks: list[Block]) -> int:
    """Index of the first block, in the second half, that says what is to be done."""
    for index in range(len(blocks) // 2, len(blocks)):
        if _PUTS_RIGHT.search(fold(blocks[index].paragraph.text)):
            return index
    return len(blocks)


def _in_section(block: Block, section: str) -> Block:
    one = block.paragraph
    # spelt out, because replace() takes several times as long and most blocks pass here
    paragraph = Paragraph(one.number, section, one.heading, one.text, one.start, one.end)
    return Block(paragraph, block.items, block.lead_end)
