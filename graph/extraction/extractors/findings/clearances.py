"""Clearances: conclusions that there was no fault, one for each part or each paragraph."""

from __future__ import annotations

from graph.extraction.extractors.complaint.part_names import parts_named
from graph.extraction.extractors.findings.judgements import Judgement
from graph.extraction.extractors.findings.part_scope import parts_of
from graph.extraction.extractors.findings.verdict import CLOSING, Verdict
from graph.extraction.reading import Reading

_Key = tuple[str | None, int]
"""Part, and block of the analysis where no part is meant."""
_ANY_BLOCK, _CLOSING_BLOCK = -1, -2


def read_clearances(
    reading: Reading,
    found: list[Judgement],
    letters: list[str],
    opening: dict[int, list[str]],
    faults: list[Verdict],
    disposition: str,
) -> list[Verdict]:
    """Every clearance, given the ``faults`` found and the part that each block speaks of."""
    wanted = {"no-fault", "insufficient"} if disposition == "investigated" else {"no-fault"}
    if disposition == "not-investigated":
        wanted = set()
    said = [judgement for judgement in found if judgement.label in wanted]
    clear: dict[_Key, Verdict] = {}
    for judgement in said:
        if judgement.sentence.section in CLOSING:
            continue
        for part in parts_of(judgement.sentence, judgement.clause, letters, opening):
            key = (part, _ANY_BLOCK if part else judgement.sentence.block)
            clear.setdefault(key, Verdict.of(reading, "", part, judgement)).add(
                reading, judgement, judgement.rule
            )
    _add_proper(reading, found, letters, faults, clear, opening)
    if wanted:
        for made in give_parts(reading, [*clear.values()], cleared(found, letters)):
            clear[made.part, _ANY_BLOCK] = made
    return list(clear.values()) or _from_closing(reading, said, faults)


def _from_closing(reading: Reading, said: list[Judgement], faults: list[Verdict]) -> list[Verdict]:
    """The one clearance of a decision that tells of it only where it sums up."""
    at_fault = {(e.start, e.end) for fault in faults for e in fault.evidence}
    entry = Verdict.of(reading, "", None)
    for judgement in said:
        place = (judgement.sentence.start, judgement.sentence.end)
        if place not in at_fault or "no fault" in judgement.clause:
            entry.add(reading, judgement, judgement.rule)
    return [entry] if entry.evidence else []


def cleared(found: list[Judgement], letters: list[str]) -> dict[str, Judgement]:
    """Parts that the closing words say were without fault, and in no clause with fault."""
    clear: dict[str, Judgement] = {}
    upheld: set[str] = set()
    for judgement in found:
        if judgement.sentence.section in ("decision", "summary"):
            for part in parts_named(judgement.clause, letters):
                if judgement.label in ("no-fault", "proper"):
                    clear.setdefault(part, judgement)
                elif judgement.label in ("fault", "shortfall"):
                    upheld.add(part)
    return {part: judgement for part, judgement in clear.items() if part not in upheld}


def without_exception(found: list[Judgement], waiting: list[str]) -> dict[str, Judgement]:
    """Parts of a complaint that was looked into and wholly not upheld."""
    closing = [j for j in found if j.sentence.section == "decision" and j.label == "no-fault"]
    return dict.fromkeys(waiting, closing[0]) if closing else {}


def give_parts(
    reading: Reading, clear: list[Verdict], cleared: dict[str, Judgement]
) -> list[Verdict]:
    """Each part said to be without fault has one entry: one that no part has, or a new one.

    Returns the new ones.
    """
    free = [entry for entry in clear if entry.part is None]
    told = {entry.part for entry in clear}
    made = []
    for part, judgement in cleared.items():
        if part in told:
            continue
        if free:
            free.pop(0).part = part
        else:
            entry = Verdict.of(reading, "", part)
            made.append(entry.add(reading, judgement, judgement.rule))
    return made


def _add_proper(
    reading: Reading,
    found: list[Judgement],
    letters: list[str],
    faults: list[Verdict],
    clear: dict[_Key, Verdict],
    opening: dict[int, list[str]],
) -> None:
    """Parts of which it is only said that the body acted properly have no fault."""
    decided = {fault.part for fault in faults} | {part for part, _ in clear}
    for judgement in found:
        if judgement.label != "proper":
            continue
        for part in parts_of(judgement.sentence, judgement.clause, letters, opening):
            if part is not None and part not in decided:
                clear.setdefault((part, _ANY_BLOCK), Verdict.of(reading, "", part)).add(
                    reading, judgement, judgement.rule
                )
