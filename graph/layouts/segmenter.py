"""Cuts one decision into header, summary, sections, numbered paragraphs and their items.

:func:`parse` answers for any text or raises :class:`NotADecision`. Paragraphs are
numbered 1..n over the whole decision, as the Ombudsman's own document is, whatever
numbers the copy shows. It decides nothing about what the paragraphs say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from graph.layouts.cleaning import Line, clean_lines, fold, is_footer
from graph.layouts.document import Block, Document, Problem
from graph.layouts.header import FINAL, TITLE, HeaderReader
from graph.layouts.header_values import read_date
from graph.layouts.headings import WITHIN_FOUND, is_facts, section
from graph.layouts.layout import recognise, refuse
from graph.layouts.marks import Mark, read_mark
from graph.layouts.paragraphs import Assembler
from graph.layouts.wrapping import split_glued, unwrap
from graph.sources.raw import RawDocument

_SUMMARY = re.compile(r"(?:report )?summary\s*:\s*(?=\S)", re.IGNORECASE)
_SATISFIED = re.compile(
    r"(?:the )?ombudsm[ae]n (?:is |was |were )?satisfied (?:with|by) (?:the )?.{0,60}?"
    r"res?pon?se\s*[:\-–]?\s*(?P<date>.+)$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:category|decision|decision date|outcome)\s?:", re.IGNORECASE)
_FURNITURE = re.compile(r"(?:home|you are here)\b.*>.*|investigation reports?|the investigation")
_REGION = 80
"""Lines within which the header ends; a longer one has never been met."""
_REPORTS = frozenset({"E", "E2", "E3"})


def parse(raw: RawDocument) -> Document:
    """The segmented :class:`Document` of ``raw``.

    Raises :class:`NotADecision` if the text is empty, a list of decisions, in
    another language or another body's decision.
    """
    lines = unwrap(clean_lines(raw.text))
    refuse(raw.name, lines)
    marks = [read_mark(line.text) for line in lines]
    layout = recognise(lines, marks, cookies_first=_cookies_first(raw.text))
    if layout in ("F", "F2"):
        lines = split_glued(lines)
        marks = [read_mark(line.text) for line in lines]
    text = "\n".join(line.text for line in lines)
    starts = _offsets(lines)
    begin = _end_of_header(lines, marks)
    reader = HeaderReader()
    reader.read_lines(lines[:begin], starts)
    reader.read_metadata(raw.metadata, raw.name)
    header = reader.header()
    problems = [Problem(why, 0, len(lines[0].text)) for why in reader.problems]
    end, second = _second_decision(lines, begin)
    if second:
        why = "two decisions in one file: only the first is read, this one is not"
        problems.append(Problem(why, starts[end], starts[end] + len(second)))
    assembler = Assembler(
        text,
        numbered=layout in ("B", "D") or (layout in ("F", "F2", "plain") and _is_numbered(marks)),
        bulleted=layout in ("A", "C", "H"),
        report=layout in _REPORTS,
    )
    satisfied: tuple[date, tuple[int, int]] | None = None
    last_facts = _last_facts(lines, begin, end)
    for i in range(begin, end):
        line, mark = lines[i], marks[i]
        if not mark and line.text[0] in "OoTt" and (found := _SATISFIED.match(line.text)):
            day = read_date(found["date"])
            if day is None:
                why = "date of the Ombudsman's satisfaction not understood"
                problems.append(Problem(why, starts[i], starts[i] + len(line.text)))
            else:
                satisfied = (day, (starts[i], starts[i] + len(line.text)))
            continue
        _take(assembler, lines, marks, starts, i, last_facts)
    summary, blocks = assembler.finish()
    tail = (starts[end - 1], starts[end - 1] + len(lines[end - 1].text))
    doubts = _doubts(blocks, summary, layout, satisfied is not None)
    problems.extend(Problem(why, *tail) for why in doubts)
    return Document(
        name=raw.name,
        sha256=raw.sha256,
        layout=layout,
        joint="The Ombudsmen" in text and ("Health Service" in text or "33ZA" in text),
        text=text,
        header=header,
        summary=summary,
        blocks=blocks,
        document_type="report" if layout in _REPORTS else _document_type(reader.type, text),
        satisfied=satisfied[0] if satisfied else None,
        satisfied_span=satisfied[1] if satisfied else None,
        header_spans=dict(sorted(reader.spans.items())),
        problems=tuple(problems),
    )


def _take(
    assembler: Assembler,
    lines: Sequence[Line],
    marks: Sequence[Mark | None],
    starts: Sequence[int],
    i: int,
    last_facts: int,
) -> None:
    """Hand line ``i`` to the assembler as a heading or as text."""
    line, mark = lines[i], marks[i]
    following = marks[i + 1] if i + 1 < len(marks) else None
    if not mark:
        inline = _SUMMARY.match(line.text) if line.text[0] in "SsRr" else None
        if inline:
            assembler.open_section("summary", line.text[: inline.end()].strip(" :"))
            assembler.add(line, starts[i], None, inline.end())
            return
        main = section(line.text, report=assembler.report)
        if main and not (main in WITHIN_FOUND and assembler.section.startswith("found")):
            assembler.open_section(main, line.text)
            return
        if assembler.is_furniture(line) or _is_furniture(line.text):
            return
    if assembler.is_subheading(
        line,
        mark,
        following,
        lines[i + 1] if following is None and i + 1 < len(lines) else None,
    ):
        assembler.open_subsection(line.text, facts_follow=last_facts > i)
        return
    assembler.add(line, starts[i], mark, mark.length if mark else 0)


def _is_furniture(text: str) -> bool:
    return text[0] in "HhYyIiTt" and _FURNITURE.fullmatch(fold(text)[:80]) is not None


def _is_numbered(marks: Sequence[Mark | None]) -> bool:
    return sum(1 for mark in marks if mark and mark.kind == "number") > 2


def _offsets(lines: Sequence[Line]) -> list[int]:
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line.text) + 1
    return starts


def _cookies_first(text: str) -> bool:
    head = text[:3000].strip()
    first = head.split("\n", 1)[0].strip()
    return bool(first) and first != ";" and is_footer(first)


def _end_of_header(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int:
    """Index of the first line after the header."""
    first = -1
    for i, line in enumerate(lines[:_REGION]):
        if marks[i] or (len(line.text) > 130 and not _SUMMARY.match(line.text)):
            continue
        if FINAL.fullmatch(fold(line.text)):
            return i + 1
        if first < 0 and (_SUMMARY.match(line.text) or _opens_text(line.text)):
            first = i
    if first >= 0:
        return first
    last = 0
    for i, line in enumerate(lines[:12]):
        if (
            TITLE.match(line.text)
            or _LABELLED.match(line.text)
            or (read_date(line.text) and len(line.text) < 40)
        ):
            last = i + 1
    return last


def _opens_text(text: str) -> bool:
    """True for a main heading; "Decision :" of the header is none."""
    return not _LABELLED.match(text) and section(text) is not None


def _second_decision(lines: Sequence[Line], begin: int) -> tuple[int, str | None]:
    """The end of the first decision and the first line of a second one, if there is one."""
    for i in range(begin + 1, len(lines) - 1):
        text = lines[i].text
        if len(text) > 150 or text[-1] not in ")]" or not TITLE.match(text):
            continue
        if any(
            _LABELLED.match(line.text) or FINAL.fullmatch(fold(line.text))
            for line in lines[i + 1 : i + 4]
        ):
            return i, text
    return len(lines), None


def _last_facts(lines: Sequence[Line], begin: int, end: int) -> int:
    """Index of the last heading that plainly opens the story; -1 if there is none."""
    for i in range(end - 1, begin - 1, -1):
        if len(lines[i].text) < 80 and is_facts(lines[i].text):
            return i
    return -1


def _document_type(listed: str | None, text: str) -> str:
    """Numbered reports call themselves so where statements say "In this statement"."""
    return listed or ("report" if "In this report, we" in text else "statement")


def _doubts(
    blocks: Sequence[Block], summary: Block | None, layout: str, satisfied: bool
) -> list[str]:
    """What is odd about the text as a whole."""
    doubts = []
    if not blocks and summary is None:
        return ["no paragraphs found"]
    if not blocks:
        return ["only a summary found"]
    last = blocks[-1].paragraph.text
    if last[-1] not in ".!?)]’'”\":" and not satisfied and len(last) > 40:
        doubts.append("text ends in the middle of a sentence")
    if layout not in _REPORTS and not any(b.paragraph.section == "decision" for b in blocks):
        doubts.append("no section for the decision found")
    return doubts
