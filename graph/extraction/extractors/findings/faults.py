"""Faults: which the Ombudsman found, of what kind, and in which part of the complaint.

Each paragraph of the analysis that finds fault finds a fault of its own; what sums up only
confirms it, or tells of one that the analysis left unsaid.
"""

from __future__ import annotations

from graph.extraction.extractors.findings.fault_types import OTHER, typed, types_of
from graph.extraction.extractors.findings.judgements import Judgement
from graph.extraction.extractors.findings.part_scope import parts_of
from graph.extraction.extractors.findings.verdict import CLOSING, Verdict
from graph.extraction.features import folded_parts
from graph.extraction.first_letters import compiled
from graph.extraction.folding import fold
from graph.extraction.reading import Reading
from ontology.model import Part

_Key = tuple[str, str | None, int]
"""Type, part, and block of the analysis; -1 for what sums up."""
_CLOSING_BLOCK = -1
_WORDS_OF_FACTS = ("judgement.absence",)


def read_faults(
    reading: Reading,
    found: list[Judgement],
    parts: tuple[Part, ...],
    opening: dict[int, list[str]],
    disposition: str,
) -> list[Verdict]:
    """Every fault found, those of the analysis first.

    ``opening`` gives the part that a block speaks of, where its first words name it.
    """
    faults: dict[_Key, Verdict] = {}
    upheld: dict[str, Judgement] = {}
    letters = [part.id for part in parts]
    alleged = folded_parts(parts)
    for judgement in _told(reading, found, disposition):
        types = types_of(reading, judgement, alleged)
        for part in parts_of(judgement.sentence, judgement.clause, letters, opening):
            if part is not None and types and types[0][0] == OTHER:
                upheld.setdefault(part, judgement)
                continue
            for type_, rule in types:
                _verdict(reading, faults, type_, part, judgement).add(reading, judgement, rule)
    verdicts = list(faults.values())
    verdicts += _give_parts(reading, verdicts, upheld, parts)
    if reading.document.document_type == "report" and {f.type for f in verdicts} == {OTHER}:
        return _from_recommendations(reading) or verdicts
    return _settled(verdicts)


def _told(reading: Reading, found: list[Judgement], disposition: str) -> list[Judgement]:
    """The judgements that tell of a fault, those that sum up last."""
    allowed = {"fault", "shortfall", "likely-fault"}
    if disposition != "investigated":
        allowed = {"likely-fault", "fault"} if _upheld(reading) else set()
    if not any(j.label in ("fault", "likely-fault") for j in found) and not _upheld(reading):
        allowed = set()
    told = [j for j in found if j.label in allowed]
    named = {j.sentence.block for j in told if j.label == "fault"}
    # where a paragraph names its fault, what falls short in it is that fault
    told = [j for j in told if j.label != "shortfall" or j.sentence.block not in named]
    if any(j.label == "fault" and j.sentence.section not in CLOSING for j in told):
        # a decision that names its faults tells facts in words that elsewhere would judge
        told = [j for j in told if j.rule not in _WORDS_OF_FACTS]
    return sorted(told, key=lambda judgement: judgement.sentence.section in CLOSING)


def _verdict(
    reading: Reading,
    faults: dict[_Key, Verdict],
    type_: str,
    part: str | None,
    judgement: Judgement,
) -> Verdict:
    """The fault that a judgement is about, made when it is the first to tell of it."""
    block = judgement.sentence.block
    if judgement.sentence.section in CLOSING:
        known = [one for one in faults.values() if (one.type, one.part) == (type_, part)]
        if known:
            return known[0]
        block = _CLOSING_BLOCK
    return faults.setdefault((type_, part, block), Verdict.of(reading, type_, part, judgement))


def _give_parts(
    reading: Reading,
    faults: list[Verdict],
    upheld: dict[str, Judgement],
    parts: tuple[Part, ...],
) -> list[Verdict]:
    """Each part said to be upheld gets its fault; returns those that had to be made.

    A fault of the kind that the part alleges belongs to it, then the faults that no part
    has, in order; where none is left, the part's own words say of what kind it is.
    """
    told = {fault.part for fault in faults}
    waiting = [part for part in upheld if part not in told]
    alleged = {part: _from_part(parts, part) for part in waiting}
    free = [fault for fault in faults if fault.part is None and fault.type != OTHER]
    for part in list(waiting):
        kinds = {type_ for type_, _ in alleged[part]}
        same = next((fault for fault in free if fault.type in kinds), None)
        if same is not None:
            free.remove(same)
            waiting.remove(part)
            same.part = part
    made = []
    for part in waiting:
        if free:
            free.pop(0).part = part
            continue
        for type_, rule in alleged[part] or [(OTHER, upheld[part].rule)]:
            made.append(
                Verdict.of(reading, type_, part, upheld[part]).add(reading, upheld[part], rule)
            )
    return made


def _from_part(parts: tuple[Part, ...], letter: str) -> list[tuple[str, str]]:
    """The fault that an upheld part alleges, where the finding only names the part."""
    for part in parts:
        if part.id == letter:
            return typed(fold(part.text))[:1]
    return []


_REMEDIED = compiled(
    r"\bapolog\w+\b[^.;]{0,60}?\bfor (?P<for>(?:not |fail\w* |remov\w* |its |the )[^.;]{8,})"
    r"|\bcaused (?:to [\w' ]{1,25} )?by (?P<by>[^.;]{8,})"
)
_WHOSE = compiled(r"\b(?P<name>(?:county|borough|district|city) council)\b")


def _from_recommendations(reading: Reading) -> list[Verdict]:
    """Faults of a report that only its recommendations tell: "apologise for not ..."."""
    faults: dict[tuple[str, str | None], Verdict] = {}
    for sentence in reading.in_sections("report.recommendations"):
        whose = _WHOSE.search(f"{sentence.lead} {sentence.lower}")
        name = whose["name"].title() if whose else Verdict.of(reading, "", None).authority
        for match in _REMEDIED.finditer(sentence.lower):
            for type_, rule in typed(match["for"] or match["by"]):
                fault = faults.setdefault((type_, name), Verdict(type_, None, name))
                fault.evidence.append(reading.quote(sentence, rule))
    return list(faults.values())


def _upheld(reading: Reading) -> bool:
    outcome = reading.document.header.outcome
    return outcome in (None, "upheld")


def _settled(faults: list[Verdict]) -> list[Verdict]:
    """Faults without those that only repeat a more telling one.

    "There was fault" with nothing more said is no finding of its own beside a typed one;
    a type said for the whole complaint is dropped where a part already has it.
    """
    known = [f for f in faults if f.type != OTHER]
    parts = {f.part for f in known}
    faults = (
        [f for f in faults if f.type != OTHER or (f.part and f.part not in parts)]
        if known
        else faults
    )
    in_parts = {f.type for f in faults if f.part}
    kept = [f for f in faults if f.part or f.type not in in_parts]
    for fault in faults:
        if fault.part is None and fault.type in in_parts:
            for other in kept:
                if other.type == fault.type:
                    other.evidence += [e for e in fault.evidence if e not in other.evidence]
                    break
    return kept
