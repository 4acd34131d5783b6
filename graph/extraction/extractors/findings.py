"""Findings: what the Ombudsman decided on the complaint, or on each part of it.

Judgements say where fault was found or not; this module says of what kind, for which part
and by which authority, and states each finding once however often the decision repeats
it (in the analysis, the summary and the closing sentence).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.extraction.extractors.fault_types import OTHER, typed, types_of
from graph.extraction.extractors.judgements import Judgement
from graph.extraction.extractors.part_names import parts_named
from graph.extraction.extractors.parts import UNLETTERED, heading_letter
from graph.extraction.extractors.undecided import read_undecided
from graph.extraction.folding import fold
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from ontology.model import Evidence, Finding, Part

_SUMMARY = ("summary", "decision", "report.finding", "action", "report.recommendations")


@dataclass(slots=True)
class _Fault:
    """What was decided on one part: faults of one type, or none, with all that says so."""

    type: str
    part: str | None
    authority: str | None
    evidence: list[Evidence] = field(default_factory=list)
    status: str = "no-fault"
    """Of an entry without a type."""


def read_findings(
    reading: Reading, found: list[Judgement], parts: tuple[Part, ...], disposition: str
) -> tuple[Finding, ...]:
    """Findings in order: faults first by where they are said, then the rest."""
    letters = [part.id for part in parts]
    opening = _openings(reading, letters)
    faults = _faults(reading, found, parts, opening, disposition)
    cleared = _cleared(found, letters)
    faults = [fault for fault in faults if fault.part not in cleared]
    clear = _no_faults(reading, found, letters, opening, faults, disposition)
    decided = {entry.part for entry in (*faults, *clear)}
    for one in read_undecided(reading, letters, opening, disposition):
        if one.part not in decided:
            quote = reading.quote(one.sentence, one.rule)
            clear.append(_Fault("", one.part, _authority(reading), [quote], one.status))
            decided.add(one.part)
    if not faults and disposition == "investigated":
        lettered = [p.id for p in parts if p.evidence[0].rule != UNLETTERED]
        waiting = [part for part in lettered if part not in decided]
        clear += _give_clear_parts(reading, clear, _without_exception(found, waiting))
    ordered = sorted([*faults, *clear], key=lambda entry: _first(entry.evidence))
    findings = []
    for index, entry in enumerate(ordered, 1):
        findings.append(
            Finding(
                id=f"f{index}",
                status="fault" if entry.type else entry.status,
                types=(entry.type,) if entry.type else (),
                part=entry.part,
                authority=entry.authority,
                injustices=(),
                provisions=(),
                evidence=tuple(entry.evidence),
            )
        )
    return tuple(findings)


def _first(evidence: list[Evidence]) -> int:
    return min((e.start for e in evidence if e.paragraph), default=evidence[0].start)


def _faults(
    reading: Reading,
    found: list[Judgement],
    parts: tuple[Part, ...],
    opening: dict[int, list[str]],
    disposition: str,
) -> list[_Fault]:
    faults: dict[tuple[str, str | None], _Fault] = {}
    upheld: dict[str, Judgement] = {}
    letters = [part.id for part in parts]
    if disposition != "investigated":
        allowed = {"likely-fault", "fault"} if _upheld(reading) else set()
    else:
        allowed = {"fault", "shortfall", "likely-fault"}
    if not any(j.label in ("fault", "likely-fault") for j in found) and not _upheld(reading):
        allowed = set()
    told = [j for j in found if j.label in allowed]
    named = {j.sentence.block for j in told if j.label == "fault"}
    # where a paragraph names its fault, what falls short in it is that fault
    told = [j for j in told if j.label != "shortfall" or j.sentence.block not in named]
    # what closes a decision only sums up: it is read after the analysis
    told.sort(key=lambda j: j.sentence.section in _SUMMARY)
    for judgement in told:
        types = types_of(reading, judgement)
        for part in _parts_of(judgement.sentence, judgement.clause, letters, opening):
            if part is not None and types and types[0][0] == OTHER:
                upheld.setdefault(part, judgement)
                continue
            for type_, rule in types:
                _add(reading, faults, type_, part, judgement, rule)
    _give_parts(reading, faults, upheld, parts)
    if reading.document.document_type == "report" and {f.type for f in faults.values()} == {OTHER}:
        return _from_recommendations(reading) or list(faults.values())
    return _settled(list(faults.values()))


_REMEDIED = re.compile(
    r"\bapolog\w+\b[^.;]{0,60}?\bfor (?P<for>(?:not |fail\w* |remov\w* |its |the )[^.;]{8,})"
    r"|\bcaused (?:to [\w' ]{1,25} )?by (?P<by>[^.;]{8,})"
)
_WHOSE = re.compile(r"\b(?P<name>(?:county|borough|district|city) council)\b")


def _from_recommendations(reading: Reading) -> list[_Fault]:
    """Faults of a report that only its recommendations tell: "apologise for not ..."."""
    faults: dict[tuple[str, str | None], _Fault] = {}
    for sentence in reading.in_sections("report.recommendations"):
        whose = _WHOSE.search(f"{sentence.lead} {sentence.lower}")
        name = whose["name"].title() if whose else _authority(reading)
        for match in _REMEDIED.finditer(sentence.lower):
            for type_, rule in typed(match["for"] or match["by"]):
                fault = faults.setdefault((type_, name), _Fault(type_, None, name))
                fault.evidence.append(reading.quote(sentence, rule))
    return list(faults.values())


def _give_parts(
    reading: Reading,
    faults: dict[tuple[str, str | None], _Fault],
    upheld: dict[str, Judgement],
    parts: tuple[Part, ...],
) -> None:
    """Each part said to be upheld gets its fault.

    A fault of the kind that the part alleges belongs to it, then the faults that no part
    has, in order; where none is left, the part's own words say of what kind it is.
    """
    told = {fault.part for fault in faults.values()}
    waiting = [part for part in upheld if part not in told]
    alleged = {part: _from_part(parts, part) for part in waiting}
    free = [fault for fault in faults.values() if fault.part is None and fault.type != OTHER]
    for part in list(waiting):
        kinds = {type_ for type_, _ in alleged[part]}
        same = next((fault for fault in free if fault.type in kinds), None)
        if same is not None:
            free.remove(same)
            waiting.remove(part)
            same.part = part
    for part in waiting:
        judgement = upheld[part]
        if free:
            free.pop(0).part = part
            continue
        for type_, rule in alleged[part] or [(OTHER, judgement.rule)]:
            _add(reading, faults, type_, part, judgement, rule)


def _from_part(parts: tuple[Part, ...], letter: str) -> list[tuple[str, str]]:
    """The fault that an upheld part alleges, where the finding only names the part."""
    for part in parts:
        if part.id == letter:
            return typed(fold(part.text))[:1]
    return []


def _upheld(reading: Reading) -> bool:
    outcome = reading.document.header.outcome
    return outcome in (None, "upheld")


def _add(
    reading: Reading,
    faults: dict[tuple[str, str | None], _Fault],
    type_: str,
    part: str | None,
    judgement: Judgement,
    rule: str,
) -> None:
    sentence = judgement.sentence
    fault = faults.setdefault((type_, part), _Fault(type_, part, _authority(reading)))
    quote = reading.quote(sentence, rule)
    if quote not in fault.evidence:
        fault.evidence.append(quote)


def _authority(reading: Reading) -> str | None:
    return reading.authorities[0].name if len(reading.authorities) == 1 else None


def _settled(faults: list[_Fault]) -> list[_Fault]:
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


def _parts_of(
    sentence: Sentence, clause: str, letters: list[str], opening: dict[int, list[str]]
) -> list[str | None]:
    """Parts that a clause, its paragraph or its heading speaks of; [None] for all of it."""
    named = parts_named(clause, letters)
    if not named and sentence.section.startswith(("found", "assessment")):
        named = opening.get(sentence.block) or _headed(sentence.heading, letters)
    return list(named) or [None]


def _headed(heading: str, letters: list[str]) -> list[str]:
    letter = heading_letter(heading)
    return [letter] if letter in letters and letter else parts_named(heading, letters)


_OPENS = re.compile(r"\(?[a-k](?:\)|[.:] )")
"""The mark that a paragraph on one part begins with, and that the paragraphs after it keep."""


def _openings(reading: Reading, letters: list[str]) -> dict[int, list[str]]:
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


def _cleared(found: list[Judgement], letters: list[str]) -> dict[str, Judgement]:
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


def _without_exception(found: list[Judgement], waiting: list[str]) -> dict[str, Judgement]:
    """Parts of a complaint that was looked into and wholly not upheld."""
    closing = [j for j in found if j.sentence.section == "decision" and j.label == "no-fault"]
    return dict.fromkeys(waiting, closing[0]) if closing else {}


def _give_clear_parts(
    reading: Reading, clear: list[_Fault], cleared: dict[str, Judgement]
) -> list[_Fault]:
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
            quote = reading.quote(judgement.sentence, judgement.rule)
            made.append(_Fault("", part, _authority(reading), [quote]))
    return made


def _add_proper(
    reading: Reading,
    found: list[Judgement],
    letters: list[str],
    faults: list[_Fault],
    clear: dict[tuple[str | None, int], _Fault],
    opening: dict[int, list[str]],
) -> None:
    """Parts of which it is only said that the body acted properly have no fault."""
    decided = {fault.part for fault in faults} | {part for part, _ in clear}
    for judgement in found:
        if judgement.label != "proper":
            continue
        for part in _parts_of(judgement.sentence, judgement.clause, letters, opening):
            if part is not None and part not in decided:
                entry = clear.setdefault((part, -1), _Fault("", part, _authority(reading)))
                entry.evidence.append(reading.quote(judgement.sentence, judgement.rule))


def _no_faults(
    reading: Reading,
    found: list[Judgement],
    letters: list[str],
    opening: dict[int, list[str]],
    faults: list[_Fault],
    disposition: str,
) -> list[_Fault]:
    """No-fault findings: one for each part, or for each paragraph of analysis that says so."""
    wanted = {"no-fault"}
    if disposition == "investigated":
        wanted.add("insufficient")
    elif disposition == "not-investigated":
        wanted = set()
    at_fault = {(e.start, e.end) for fault in faults for e in fault.evidence}
    clear: dict[tuple[str | None, int], _Fault] = {}
    fallback: list[Judgement] = []
    for judgement in found:
        if judgement.label not in wanted:
            continue
        sentence = judgement.sentence
        if sentence.section in _SUMMARY:
            fallback.append(judgement)
            continue
        for part in _parts_of(sentence, judgement.clause, letters, opening):
            key = (part, -1 if part else sentence.block)
            entry = clear.setdefault(key, _Fault("", part, _authority(reading)))
            quote = reading.quote(sentence, judgement.rule)
            if quote not in entry.evidence:
                entry.evidence.append(quote)
    _add_proper(reading, found, letters, faults, clear, opening)
    if wanted:
        for made in _give_clear_parts(reading, [*clear.values()], _cleared(found, letters)):
            clear[made.part, -1] = made
    if not clear:
        for judgement in fallback:
            sentence = judgement.sentence
            if (sentence.start, sentence.end) in at_fault and "no fault" not in judgement.clause:
                continue
            entry = clear.setdefault((None, -2), _Fault("", None, _authority(reading)))
            entry.evidence.append(reading.quote(sentence, judgement.rule))
    return list(clear.values())
