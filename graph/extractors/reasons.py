"""Reasons for not investigating, for ending an investigation or for limiting it.

The list of powers names reasons that are not used and omits ones that are, so it is never
read. A reason counts where the Ombudsman declines something: in the summary, the
assessment and the closing of a case not investigated, and elsewhere only in a sentence
that says what will not be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.reading import Reading
from graph.rules import rules
from graph.sentence import Sentence
from ontology.model import Evidence, Reason

_ENDED = ("summary", "assessment", "found", "found.findings", "decision", "not-investigated")
_LIMITED = ("what-investigated", "not-investigated", "found.findings", "found", "decision", "assessment")
_DECLINES = re.compile(
    r"(?:will|shall|do|did|have|has|are|am|can|could|should|is|would|does) ?(?:not|n't)\b(?: \w+){0,4}? (?:investigat\w*|look\w*|consider\w*|pursu\w*|examin\w*|take|taken|go|gone|exercise|reach back|question|add|achiev\w*|include|cover|intervene|criticise|make|deal\w*)|"
    r"\bcannot\b|\bdiscontinu\w*|outside|\bstop(?:ped)?\b|\bended\b|\bnot within\b|\bno power\b|unable to|better placed|decided not|not going to|limited (?:my|our|this)|excluded|restrict\w*|declin\w*"
)
_BECAUSE = re.compile(
    r"\b(?:because|as|since|reason\w*|due to|so|therefore|this is|late|in view of|given|the law|mainly|also)\b"
)
_FACT_OF_OTHERS = re.compile(
    r"\b(?:the council|council|it|the panel|the trust|the school) (?:also |then |later )?(?:said|says|told|explained|decided|refused|wrote|replied|accepted|did not accept|closed|declined)\b"
)
_GENERAL = re.compile(
    r"^(?:the law (?:says|prevents|does not|allows|requires|gives)|we (?:may|can|must|normally|usually|generally|often|should) (?!not)|when |where (?:a|an|someone|there)|if (?:a|an|someone|there|we)|parliament)\b"
)
_PART = re.compile(r"\b(?:complaints?|parts?|points?) \(?([a-z])\)?(?![\w'])|\bpart of (?:the|her|his|their) complaint")


def read_reasons(reading: Reading, disposition: str, upheld_early: bool) -> tuple[Reason, ...]:
    """Reasons, each type once, in order."""
    found: dict[str, tuple[str | None, list[Evidence]]] = {}
    for sentence, whole in _candidates(reading, disposition):
        for type_, rule in _types(sentence, whole):
            if type_ == "council-offered-remedy" and not (whole or upheld_early):
                continue
            scope, evidence = found.setdefault(type_, (_scope(sentence), []))
            evidence.append(reading.quote(sentence, rule))
    _exclude(found)
    provisions = dict(_PROVISIONS)
    return tuple(
        Reason(type_, scope, provisions.get(type_), tuple(evidence))
        for type_, (scope, evidence) in found.items()
    )


def _candidates(reading: Reading, disposition: str) -> Iterator[tuple[Sentence, bool]]:
    """Sentences in which something is declined; True where the whole complaint is."""
    if disposition == "investigated":
        for sentence in reading.in_sections(*_LIMITED):
            if _DECLINES.search(sentence.lower) and not _GENERAL.match(sentence.lower):
                yield sentence, False
        return
    for sentence in reading.in_sections(*_ENDED):
        if not _GENERAL.match(sentence.lower) or _DECLINES.search(sentence.lower):
            yield sentence, True
    for sentence in reading.in_sections("what-investigated"):
        if _DECLINES.search(sentence.lower):
            yield sentence, False


_LIMIT_TYPES = frozenset(
    "late tribunal-right tribunal-used minister-right minister-used court-remedy court-used court-conduct "
    "personnel staff-discipline schools-internal social-housing all-or-most-inhabitants contract-commercial "
    "crime-investigation body-not-in-jurisdiction complainant-not-eligible premature statutory-complaint-first "
    "better-placed-body previously-decided cannot-decide-law insufficient-injustice cannot-add".split()
)
"""Reasons that limit an investigation; the others end one, or are findings in it."""
_EXPLICIT_DECLINE = re.compile(
    r"(?:\b(?:i|we|the ombudsm[ae]n)\b|investigat\w*)[^.]{0,60}\b(?:not|cannot|n't|no longer|never|excluded|unable|limited|outside)\b|\bnot\b[^.]{0,20}\binvestigat|\bcannot be (?:investigated|considered)|outside (?:our|my|the ombudsm)"
)


def _types(sentence: Sentence, whole: bool) -> Iterator[tuple[str, str]]:
    lower = sentence.lower
    if not whole:
        if not _EXPLICIT_DECLINE.search(lower):
            return
        for rule in rules("reasons"):
            if rule.label in _LIMIT_TYPES and rule.pattern.search(lower):
                yield rule.label, rule.id
                return
        return
    if _FACT_OF_OTHERS.search(lower) and not re.search(r"\b(?:i|we|ombudsm[ae]n)\b", lower):
        return
    if re.search(r"\b(?:mr|mrs|miss|ms|dr) \w+ (?:says|said|complain\w*|believes|feels|wants)\b", lower) and not re.search(r"\b(?:we|i)\b", lower):
        return
    for rule in rules("reasons"):
        if rule.pattern.search(lower):
            yield rule.label, rule.id


_STRONGER = {
    "tribunal-right": ("tribunal-used",),
    "minister-right": ("minister-used",),
    "court-remedy": ("court-used", "cannot-decide-law"),
    "insufficient-fault-evidence": (),
    "premature": ("statutory-complaint-first",),
}


def _exclude(found: dict[str, tuple[str | None, list[Evidence]]]) -> None:
    """A reading that a stronger one of the same sentences explains is dropped."""
    for weak, strong in _STRONGER.items():
        if weak not in found:
            continue
        places = {(e.start, e.end) for e in found[weak][1]}
        for other in strong:
            if other in found and places <= {(e.start, e.end) for e in found[other][1]}:
                del found[weak]
                break


def _scope(sentence: Sentence) -> str | None:
    match = _PART.search(sentence.lower)
    if match is None:
        return None
    return match[1] or match.group()


_LGA = "ukpga/1974/7/section/"
_PROVISIONS = {
    "late": _LGA + "26B",
    "tribunal-right": _LGA + "26/6/a",
    "tribunal-used": _LGA + "26/6/a",
    "minister-right": _LGA + "26/6/b",
    "minister-used": _LGA + "26/6/b",
    "court-remedy": _LGA + "26/6/c",
    "court-used": _LGA + "26/6/c",
    "court-conduct": "ukpga/1974/7/schedule/5/paragraph/1",
    "crime-investigation": "ukpga/1974/7/schedule/5/paragraph/2",
    "contract-commercial": "ukpga/1974/7/schedule/5/paragraph/3",
    "personnel": "ukpga/1974/7/schedule/5/paragraph/4",
    "schools-internal": "ukpga/1974/7/schedule/5/paragraph/5",
    "social-housing": "ukpga/1974/7/schedule/5/paragraph/5A",
    "all-or-most-inhabitants": _LGA + "26/7",
    "body-not-in-jurisdiction": _LGA + "25",
    "complainant-not-eligible": _LGA + "26A",
    "premature": _LGA + "26/5",
    "decision-merits": _LGA + "34/3",
    "council-offered-remedy": _LGA + "24A/7",
    **dict.fromkeys(
        (
            "statutory-complaint-first", "insufficient-fault-evidence", "insufficient-injustice",
            "cannot-add", "no-different-outcome", "outcome-unachievable", "better-placed-body",
            "assessment-code-not-met", "complaint-handling-alone", "previously-decided",
            "withdrawn", "situation-changed", "staff-discipline", "cannot-decide-law",
        ),
        _LGA + "24A/6",
    ),
}  # fmt: skip
"""The provision of the Local Government Act 1974 that each reason rests on (VOCABULARY (d))."""
