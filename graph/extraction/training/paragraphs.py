"""Labelled paragraphs of reasoning, and what they teach.

``findings.txt`` holds paragraphs as a decision's findings have them, written for the
project: a line ``# HEADING | CATEGORY | PART`` (PART is the allegation answered), then one
sentence a line, its label before a tab, then an empty line. Labels, with commas between:
``F:type`` the Ombudsman concludes on a fault (acceptable types, best first, with slashes;
`` + `` between two faults), ``T:type`` tells the fault that another sentence concludes on,
``N`` no fault, ``V`` no view, ``I:type`` the harm caused, ``-`` none of these.

Each paragraph is read as the findings of a small decision, so that a model is trained on
just what it will see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.extraction.extractors.complaint.parts import read_parts
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.layouts.sections import settle
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument
from ontology.model import Part

_LETTERED = re.compile(r"^(?:complaint|part|point|issue)? ?\(?[a-z]\)?[):.] ?", re.IGNORECASE)
_DECISION = """\
Tarnbeck Metropolitan Borough Council (22 900 099)
Category : {category}
Decision : Upheld
Decision date : 06 Apr 2022
The Ombudsman's final decision:
Summary: A complaint was decided.
The complaint
- Mrs X complains that the Council:
- a) {part}; and
- b) was at fault in another way.
How I considered this complaint
- I read the papers.
Findings
{heading}
- {paragraph}
Final decision
- I have completed my investigation.
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of a paragraph in its place, and its labels."""

    reading: Reading
    sentence: Sentence
    parts: tuple[Part, ...]
    labels: tuple[str, ...]

    @property
    def faults(self) -> list[list[str]]:
        """Acceptable types of each fault that the sentence concludes on."""
        return self._types("F:")

    @property
    def injustices(self) -> list[list[str]]:
        """Acceptable types of each harm that the sentence tells."""
        return self._types("I:")

    @property
    def verdict(self) -> str:
        """fault, no-fault or none."""
        if any(label.startswith("F:") for label in self.labels):
            return "fault"
        return "no-fault" if "N" in self.labels else "none"

    def _types(self, kind: str) -> list[list[str]]:
        listed = [label.removeprefix(kind) for label in self.labels if label.startswith(kind)]
        return [one.strip().split("/") for label in listed for one in label.split("+")]


def read_paragraphs(path: Path) -> Iterator[Labelled]:
    """Every labelled sentence of a file, in order; ValueError for a line out of form."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip()]
        if lines:
            yield from of_paragraph(lines)


def read_sentences(path: Path, label: Callable[[str], str]) -> Iterator[Labelled]:
    """Every line ``label<TAB>sentence`` of a file as a paragraph of one sentence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        said, _, sentence = line.partition("\t")
        yield from of_paragraph(["# - | other-categories | -", f"{label(said)}\t{sentence}"])


def of_paragraph(lines: list[str]) -> Iterator[Labelled]:
    """The labelled sentences of one paragraph: its heading line, then a line for each."""
    fields = [field.strip() for field in lines[0].removeprefix("# ").split("|")]
    pairs = [tuple(line.split("\t", 1)) for line in lines[1:]]
    if len(fields) != 3 or not pairs or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"no labelled paragraph: {lines[0]!r}")
    heading, category, part = fields
    named = "" if heading == "-" else _LETTERED.sub("", heading)
    if part != "-":
        named = f"Complaint (a): {named}" if named else "Complaint (a)"
    text = _DECISION.format(
        category=category.replace("-s-", "'s ").replace("-", " "),
        part="did nothing" if part == "-" else part,
        heading=named or "Analysis",
        paragraph=" ".join(sentence.strip() for _, sentence in pairs),
    )
    reading = Reading.of(settle(parse(RawDocument("paragraph", text, "0" * 64, {}))))
    parts = read_parts(reading) if part != "-" else ()
    at = 0
    labelled: dict[int, tuple[Sentence, tuple[str, ...]]] = {}
    for label, words in pairs:
        at = reading.document.text.find(words.strip(), at)
        found = reading.sentence_at(at) if at >= 0 else None
        if found is None:
            continue
        labels = tuple(one.strip() for one in label.split(","))
        before = labelled.get(found.index, (found, ()))[1]
        labelled[found.index] = (found, (*before, *labels))
    for sentence, found_labels in labelled.values():
        yield Labelled(reading, sentence, parts, found_labels)
