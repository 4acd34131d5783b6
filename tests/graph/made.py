"""Small fictional decisions for tests of single extractors, in our own words."""

from __future__ import annotations

from graph.extraction.pipeline import read_decision
from graph.extraction.reading import Reading
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from ontology.model import Decision

HEADER = """Tarnbeck Metropolitan Borough Council (22 900 099)
Category : Education > Special educational needs
Decision : {outcome}
Decision date : 06 Apr 2022
The Ombudsman's final decision:
Summary: {summary}
"""


def text(
    *,
    outcome: str = "Upheld",
    summary: str = "A matter was decided.",
    complaint: str = "- Mrs K complained about the Council.",
    happened: str = "- Things happened.",
    analysis: str = "",
    action: str = "",
    decision: str = "- I have completed my investigation.",
) -> str:
    """The text of a decision in layout A; each part is one or more lines of bullets."""
    parts = [HEADER.format(outcome=outcome, summary=summary), f"The complaint\n{complaint}\n"]
    parts.append(f"What I found\nWhat happened\n{happened}\n")
    if analysis:
        parts.append(f"Analysis\n{analysis}\n")
    if action:
        parts.append(f"Agreed action\n{action}\n")
    parts.append(f"Final decision\n{decision}\n")
    return "".join(parts)


def reading(made: str) -> Reading:
    """The reading of a made text."""
    return Reading.of(parse(RawDocument("made.txt", made, "0" * 64, {})))


def decision(made: str) -> Decision:
    """The record of a made text."""
    return read_decision(parse(RawDocument("made.txt", made, "0" * 64, {})))
