"""Findings: what the Ombudsman decided on the complaint, or on each part of it.

Judgements say where fault was found or not. From them come the faults with their kinds
(:mod:`~.faults`), the clearances (:mod:`~.clearances`) and the parts that were left
undecided (:mod:`~.undecided`); here they are put together, each stated once however often
the decision repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.extraction.extractors.complaint.parts import UNLETTERED
from graph.extraction.extractors.findings.clearances import (
    cleared,
    give_parts,
    read_clearances,
    without_exception,
)
from graph.extraction.extractors.findings.faults import read_faults
from graph.extraction.extractors.findings.judgements import Judgement
from graph.extraction.extractors.findings.part_scope import openings
from graph.extraction.extractors.findings.undecided import read_undecided
from graph.extraction.extractors.findings.verdict import Verdict
from graph.extraction.extractors.reasons.declined import Passage
from graph.extraction.reading import Reading
from ontology.model import Finding, Part


def read_findings(
    reading: Reading,
    found: list[Judgement],
    parts: tuple[Part, ...],
    passages: Sequence[Passage],
    disposition: str,
) -> tuple[Finding, ...]:
    """Findings in order of what says them first; ``passages`` decline to look at something."""
    letters = [part.id for part in parts]
    opening = openings(reading, letters)
    closed = cleared(found, letters)
    faults = read_faults(reading, found, parts, opening, disposition)
    faults = [fault for fault in faults if fault.part not in closed]
    clear = read_clearances(reading, found, letters, opening, faults, disposition)
    decided = {entry.part for entry in (*faults, *clear)}
    for one in read_undecided(reading, letters, opening, passages, disposition):
        if one.part not in decided:
            left = Verdict.of(reading, "", one.part)
            left.status = one.status
            left.evidence.append(reading.quote(one.sentence, one.rule))
            clear.append(left)
            decided.add(one.part)
    if not faults and disposition == "investigated":
        lettered = [part.id for part in parts if part.evidence[0].rule != UNLETTERED]
        waiting = [part for part in lettered if part not in decided]
        clear += give_parts(reading, clear, without_exception(found, waiting))
    ordered = sorted([*faults, *clear], key=_first)
    return tuple(_finding(index, entry) for index, entry in enumerate(ordered, 1))


def _finding(index: int, entry: Verdict) -> Finding:
    return Finding(
        id=f"f{index}",
        status="fault" if entry.type else entry.status,
        types=(entry.type,) if entry.type else (),
        part=entry.part,
        authority=entry.authority,
        injustices=(),
        provisions=(),
        evidence=tuple(entry.evidence),
    )


def _first(entry: Verdict) -> int:
    """Where the entry is said first, in a paragraph with a number if there is one."""
    starts = [evidence.start for evidence in entry.evidence if evidence.paragraph]
    return min(starts, default=entry.evidence[0].start)
