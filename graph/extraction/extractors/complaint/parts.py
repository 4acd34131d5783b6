"""The parts of a complaint: the listed or lettered points of what is complained about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from graph.extraction.extractors.complaint.part_names import ROMAN, parts_named
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.layouts.document import Block, Item
from ontology.model import Part

_LETTERED_HEADING = compiled(
    r"^(?:(?:complaint|part|point|issue) )?\(?(?P<letter>[a-z]"
    r"|[ivx]{2,4})\)(?: ?[:.-])? ?(?P<text>.*)$"
    r"|^(?:complaint|part|point|issue) (?P<bare>[a-z]|[ivx]{2,4})(?:(?: ?[:.-] ?| )(?P<rest>.*))?$"
)
_INLINE = compiled(r"(?:(?<=[\s:;,(])|^)(?P<mark>\(?(?:[a-h]|[ivx]{1,4}|[1-9])\))\s?(?=\w)")
_NUMERAL = compiled(r"\(?(?P<numeral>[ivx]{1,4})\)\s+(?=\w)")
_COMPLAINS = compiled(
    r"complain|says|said|alleg|concern|unhappy|the council:?$|about|dispute|disagree"
)
_EFFECT = compiled(r"as a result|impact|effect|caus\w+|wants?|would like|outcome|seeks")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
UNLETTERED = "part.listed"
"""Rule of a point that the text does not letter; its letter is its place in the list."""


def read_parts(reading: Reading) -> tuple[Part, ...]:
    """Parts of the complaint, by letter; empty when the complaint is one."""
    parts = _listed(reading) or _inline(reading)
    letters = {part.id for part in parts}
    for part in _headed(reading, letters):
        if part.id not in letters:
            letters.add(part.id)
            parts.append(part)
    return tuple(sorted(parts, key=lambda part: part.id))


@lru_cache(maxsize=200)  # a heading stands over many paragraphs
def heading_letter(heading: str) -> str | None:
    """The letter of a folded heading such as ``complaint (b): not all was investigated``."""
    match = _LETTERED_HEADING.match(heading)
    return (match["letter"] or match["bare"]) if match else None


def headed_parts(heading: str, letters: Sequence[str]) -> list[str]:
    """The parts, of those with ``letters``, that a folded heading names."""
    letter = heading_letter(heading)
    return [letter] if letter in letters and letter else parts_named(heading, letters)


def _listed(reading: Reading) -> list[Part]:
    parts: list[Part] = []
    text = reading.document.text
    for block in reading.document.blocks:
        paragraph = block.paragraph
        if paragraph.section != "complaint" or not block.items:
            continue
        lead = reading.lower[paragraph.start : block.lead_end]
        if not _COMPLAINS.search(lead) or (_EFFECT.search(lead) and "complain" not in lead):
            continue
        roman = _numerals(reading, block)
        for item in block.items:
            if item.level > 1 or len(parts) >= len(_LETTERS):
                continue
            marker = item.marker.strip("().").lower()
            if roman:
                parts.append(_by_numeral(reading, paragraph.number, item, len(parts)))
                continue
            letter = marker if marker in _LETTERS and marker else _LETTERS[len(parts)]
            if letter in {part.id for part in parts}:
                letter = _LETTERS[len(parts)]
            said = text[item.start : item.end].strip()
            # pages print the letters of a list as numbers
            rule = "part.lettered" if marker.isalnum() else UNLETTERED
            evidence = reading.evidence(item.start, item.end, paragraph.number, rule)
            parts.append(Part(letter, said.rstrip(";,. ").removesuffix("; and"), (evidence,)))
    return parts


def _numerals(reading: Reading, block: Block) -> bool:
    """Whether the points of a list are numbered (i), (ii) and so on."""
    top = [item for item in block.items if item.level <= 1]
    if not 1 < len(top) <= len(ROMAN):
        return False
    marks = [item.marker.strip("().").lower() for item in top]
    if marks != list(ROMAN[: len(top)]):
        found = [_NUMERAL.match(reading.lower, item.start) for item in top]
        marks = [match["numeral"] if match else "" for match in found]
    return marks == list(ROMAN[: len(top)])


def _by_numeral(reading: Reading, number: int | None, item: Item, place: int) -> Part:
    mark = _NUMERAL.match(reading.lower, item.start)
    start = mark.end() if mark else item.start
    said = reading.document.text[start : item.end].strip()
    evidence = reading.evidence(item.start, item.end, number, "part.lettered")
    return Part(ROMAN[place], said.rstrip(";,. ").removesuffix("; and"), (evidence,))


def _inline(reading: Reading) -> list[Part]:
    parts: list[Part] = []
    for sentence in reading.in_sections("complaint"):
        marks = list(_INLINE.finditer(sentence.lower))
        letters = [mark["mark"].strip("()") for mark in marks]
        orders: tuple[Sequence[str], ...] = (_LETTERS, ROMAN, "123456789")
        if len(marks) < 2 or not any(letters == list(order[: len(marks)]) for order in orders):
            continue
        if letters[0] == "1":
            letters = list(_LETTERS[: len(marks)])  # numbers stand for letters
        ends = [mark.start() for mark in marks[1:]] + [len(sentence.text)]
        for mark, letter, end in zip(marks, letters, ends, strict=True):
            start = sentence.start + mark.end()
            said = reading.document.text[start : sentence.start + end].strip()
            said = said.rstrip(";,. ").removesuffix(" and").rstrip(";,. ")
            evidence = reading.evidence(start, start + len(said), sentence.number, "part.inline")
            parts.append(Part(letter, said, (evidence,)))
    return parts


def _headed(reading: Reading, letters: set[str]) -> list[Part]:
    parts: dict[str, Part] = {}
    last = ""
    for sentence, *_ in reading.blocks.values():
        if not sentence.section.startswith("found") or sentence.heading in ("", last):
            continue
        last = sentence.heading
        match = _LETTERED_HEADING.match(sentence.heading)
        letter = heading_letter(sentence.heading)
        if match is None or letter is None or letter in parts:
            continue
        if len(letter) > 1 and letters and "ii" not in letters:
            continue  # a numeral below a letter is a step of the reasoning
        evidence = reading.quote(sentence, "part.heading")
        said = (match["text"] or match["rest"] or "").strip()
        parts[letter] = Part(letter, said, (evidence,))
    return list(parts.values())
