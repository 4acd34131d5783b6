"""Reasons for not investigating, for ending an investigation or for limiting it.

The passages come from :mod:`~graph.extraction.extractors.reasons.declined`; the rules say
which reason a sentence of them gives. Names of reasons and the provisions they rest on are those of
the reason scheme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extraction.extractors.reasons.declined import Passage
from graph.extraction.extractors.reasons.forums import forum, referred
from graph.extraction.extractors.reasons.topics import read_topic
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch
from ontology.model import Evidence, Reason

_PART = compiled(
    r"\b(?:complaints?|parts?|points?) \(?([a-z])\)?(?![\w'])|\bpart of (?:the|her|his|"
    r"their) complaint"
)
_LIMITS = frozenset(
    "late tribunal-right tribunal-used minister-right minister-used court-remedy court-used "
    "court-conduct personnel staff-discipline schools-internal social-housing "
    "all-or-most-inhabitants contract-commercial crime-investigation body-not-in-jurisdiction "
    "complainant-not-eligible premature statutory-complaint-first better-placed-body "
    "previously-decided cannot-decide-law insufficient-injustice cannot-add "
    "complaint-handling-alone".split()
)
"""Reasons that limit an investigation; the others end one, or are findings in it."""
_OF_OTHERS = watch(
    r"\b(?:council|it|panel|trust|school|provider|inspector|officer) "
    r"(?:also |then |later |has |had )*(?:said|says|told|explained|decided|refused|wrote|replied|"
    r"accepted|closed|declined|confirmed|considered|advised)\b"
    r"|\b(?:mr|mrs|miss|ms|dr) \w+ (?:also )?(?:says?|said|complain\w*|believes?|feels?|felt|"
    r"wants?|"
    r"wanted|asked|disagrees?|told)\b"
)
"""What the council or the complainant says is no reason of the Ombudsman's."""
_OWN = compiled(r"\b(?:i|we|me|us|our|my|ombudsm[ae]n|(?:further|an|any) investigation)\b")
_GENERAL = compiled(
    r"^(?:the law (?:says|prevents|does not|allows|requires|gives)|when |where (?:a|an|someone|"
    r"there)"
    r"|if (?:a|an|someone|there|we)|parliament|(?:we|i) (?:may|must|normally|usually|generally|"
    r"often) "
    r"(?!not|cannot)|every|councils? (?:must|should|can|may))\b"
)
_NAMED = compiled(r"\b(?:mr|mrs|miss|ms|dr) \w+")
"""The law applied to somebody, and not in general."""
_MODAL = watch(
    r"\b(?:can|could|cannot|would|should|may|unlikely|insufficient|not enough|only|late|outside|"
    r"falls?|affects|moved on|concerns|not (?:yet )?(?:had|been)|proceedings|best dealt|"
    r"question of|matter for|nothing|for (?:the |a )?(?:courts?|tribunal|police|inspector)|"
    r"no (?:real|significant|lasting)|only a|entitled|every|until|free to|open to|need only)\b"
)
"""Words of judging and of the law's limits, in a sentence that names no speaker."""
_CLOSING = ("summary", "decision")
_SENTENCE, _PARAGRAPH, _TEXT, _ANYWHERE = range(4)
_WEAKER: tuple[tuple[str, frozenset[str], int], ...] = (
    ("tribunal-right", frozenset({"tribunal-used"}), _PARAGRAPH),
    ("tribunal-right", frozenset({"minister-used", "minister-right"}), _SENTENCE),
    ("minister-right", frozenset({"minister-used"}), _PARAGRAPH),
    ("court-remedy", frozenset({"court-used", "cannot-decide-law", "court-conduct"}), _SENTENCE),
    ("premature", frozenset({"statutory-complaint-first"}), _SENTENCE),
    ("premature", frozenset({"complainant-not-eligible"}), _SENTENCE),
    ("staff-discipline", frozenset({"better-placed-body"}), _PARAGRAPH),
    ("staff-discipline", frozenset({"personnel"}), _PARAGRAPH),
    ("decision-merits", frozenset({"insufficient-fault-evidence"}), _TEXT),
    ("court-conduct", frozenset({"court-used"}), _ANYWHERE),
)
"""A reason, those that explain its words better, and how near these must stand.

What was said in court is part of the case that went there: one reason, told in two ways.
"""
_BARE = {
    "reason.appeal.used": {
        "tribunal": "tribunal-used", "minister": "minister-used", "court": "court-used", "": "",
    },
    "reason.tribunal-right.appeal": {
        "tribunal": "tribunal-right", "minister": "minister-right", "court": "court-remedy",
        "": "tribunal-right",
    },
}  # fmt: skip
"""Rules for an appeal that does not say to whom, and the reason that it comes to."""
_VIEWS = frozenset({"insufficient-fault-evidence", "decision-merits"})
_AHEAD = compiled(r"\b(?:un)?likely\b|\bwould\b|\bnot enough\b|\binsufficient\b|\bto warrant\b")
"""No fault expected is a reason; no fault found, in what was investigated, is a finding."""


def read_reasons(
    reading: Reading, passages: Sequence[Passage], disposition: str, upheld_early: bool
) -> tuple[Reason, ...]:
    """Reasons, each type once, in order, from the ``passages`` that decline something.

    ``upheld_early`` is True for a complaint upheld without an investigation, because the
    council put things right.
    """
    found: dict[str, tuple[str | None, list[Evidence]]] = {}
    for passage in passages:
        given = [
            (type_, rule, sentence)
            for sentence in passage.sentences
            for type_, rule in _given(reading, sentence, passage, upheld_early)
        ]
        given = given or _pointed(reading, passage) or list(read_topic(reading, passage))
        for type_, rule, sentence in given:
            _, evidence = found.setdefault(type_, (_scope(sentence), []))
            quote = reading.quote(sentence, rule)
            if quote not in evidence:
                evidence.append(quote)
    if not found and disposition != "investigated":
        for type_, rule, sentence in _last_resort(reading, passages):
            found.setdefault(type_, (_scope(sentence), [reading.quote(sentence, rule)]))
    _drop_weaker(reading, found)
    return tuple(
        Reason(type_, scope, _PROVISIONS.get(type_), tuple(evidence))
        for type_, (scope, evidence) in found.items()
    )


def _last_resort(
    reading: Reading, passages: Sequence[Passage]
) -> Iterator[tuple[str, str, Sentence]]:
    """Topics of the assessment of a complaint that was closed for no reason that a rule knows."""
    for passage in passages:
        told = tuple(
            s for s in passage.sentences if _OWN.search(s.lower) or not _OF_OTHERS.matches(s)
        )
        if told and told[0].section == "assessment":
            yield from read_topic(reading, Passage(told, False, True, sure=True))


def _given(
    reading: Reading, sentence: Sentence, passage: Passage, upheld_early: bool
) -> Iterator[tuple[str, str]]:
    """(reason, rule) of a sentence, with appeals that name nobody put to their forum."""
    able = reading.candidates("reasons", sentence)
    if not able:
        return
    for type_, rule in _types(sentence, able, passage, upheld_early):
        if rule in _BARE:
            meant = _BARE[rule][forum(reading, sentence) or ""]
            if meant:
                yield meant, rule
        elif not _viewed(type_, sentence, passage):
            yield type_, rule


def _pointed(reading: Reading, passage: Passage) -> list[tuple[str, str, Sentence]]:
    """The reason that a passage leaves to a paragraph about the law ("see paragraph 6")."""
    return [
        (rule.label, rule.id, law)
        for sentence in passage.sentences
        for law in referred(reading, sentence)
        for rule in reading.candidates("reasons", law)
        if rule.label in _LIMITS and rule.id not in _BARE and rule.pattern.search(law.lower)
    ]


def _viewed(type_: str, sentence: Sentence, passage: Passage) -> bool:
    found = sentence.section in ("found", "found.findings")
    return type_ in _VIEWS and found and passage.whole and not _AHEAD.search(sentence.lower)


def _types(
    sentence: Sentence, able: Sequence[Rule], passage: Passage, upheld_early: bool
) -> Iterator[tuple[str, str]]:
    """(reason, rule) of a sentence; ``able`` are the rules that can match it."""
    lower = sentence.lower
    closing = sentence.section in _CLOSING
    if not closing and _GENERAL.match(lower) and not _NAMED.search(lower):
        return
    if not passage.voiced and not _MODAL.matches(sentence):
        return  # plain narrative
    told = _OF_OTHERS.matches(sentence) and not lower.startswith("if ")
    if told and not _OWN.search(lower):
        return
    for rule in able:
        if not passage.whole and rule.label not in _LIMITS:
            continue
        early = upheld_early and rule.label == "council-offered-remedy"
        if rule.label in _JUDGED and not (closing or early or _OWN.search(lower)):
            continue
        if rule.pattern.search(lower):
            yield rule.label, rule.id


_JUDGED = frozenset({"council-offered-remedy", "no-different-outcome", "withdrawn"})
"""Reasons whose words also tell events; they count in the Ombudsman's own voice."""


def _drop_weaker(reading: Reading, found: dict[str, tuple[str | None, list[Evidence]]]) -> None:
    for weak, strong, near in _WEAKER:
        others = [found[type_][1] for type_ in strong if type_ in found]
        if weak not in found or not others:
            continue
        mine = found[weak][1]
        if near == _ANYWHERE:
            weaker = True
        elif near == _TEXT:
            weaker = not any(_closes(reading, e) for e in mine)
        else:
            whole = near == _PARAGRAPH
            weaker = {_place(reading, e, whole) for e in mine} <= {
                _place(reading, e, whole) for other in others for e in other
            }
        if weaker:
            del found[weak]
    if len(found) > 1:
        found.pop("assessment-code-not-met", None)  # "the tests are not met", and then why


def _place(reading: Reading, evidence: Evidence, paragraph: bool) -> int:
    """The sentence of a passage, or the paragraph; a summary or close is read by sentences."""
    sentence = reading.sentence_at(evidence.start)
    if sentence is None or not paragraph or sentence.section in _CLOSING:
        return evidence.start
    return -2 - sentence.block


def _closes(reading: Reading, evidence: Evidence) -> bool:
    sentence = reading.sentence_at(evidence.start)
    return sentence is not None and sentence.section in _CLOSING


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
