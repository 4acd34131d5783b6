"""Which part of the complaint a passage of reasoning is about: by its words, or by its place."""

from __future__ import annotations

from graph.extraction.extractors.complaint.part_names import parts_named
from graph.extraction.extractors.complaint.parts import headed_parts
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence


def parts_of(
    sentence: Sentence, clause: str, letters: list[str], opening: dict[int, list[str]]
) -> list[str | None]:
    """Parts that a clause, its paragraph or its heading speaks of; [None] for all of it."""
    named = parts_named(clause, letters)
    if not named and sentence.section.startswith(("found", "assessment")):
        named = opening.get(sentence.block) or headed_parts(sentence.heading, letters)
    return list(named) or [None]


_OPENS = compiled(r"\(?[a-k](?:\)|[.:] )")
"""The mark that a paragraph on one part begins with, and that the paragraphs after it keep."""


def openings(reading: Reading, letters: list[str]) -> dict[int, list[str]]:
    """Block -> the part that its first sentence names: "As to part b, the officer ..."."""
    found: dict[int, list[str]] = {}
    carried: list[str] = []
    under = ("", "")
    for sentence in reading.sentences if letters else ():
        if not sentence.first or sentence.item is not None:
            continue
        if (sentence.section, sentence.heading) != under:
            carried, under = [], (sentence.section, sentence.heading)
        named = parts_named(sentence.lower, letters)
        if len(named) == 1:
            carried = named if _OPENS.match(sentence.lower) else []
            found[sentence.block] = named
        elif named:
            carried = []
        elif carried:
            found[sentence.block] = carried
    return found
