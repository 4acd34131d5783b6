"""Which kind of body may have which role, and in which part of a decision.

A body counts when it did or decided something in the story, or when the Ombudsman gives it
a part: will send it the decision, sends people to it, leaves a matter to it or has no power
over it. A body mentioned in passing has none: the doctor somebody went to, the school a
child attends. The paragraphs on law and powers speak in general, the stages of the council's
own procedure are the council, and the authority complained about is no outside body.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.extraction.first_letters import compiled
from graph.extraction.sentence import Sentence

GENERAL = ("role-powers", "how-considered", "found.law")
"""Sections on law, powers and method."""
WATCHDOGS = frozenset(
    "regulator professional-regulator ombudsman public-body department executive-agency audit "
    "redress-scheme trade-body".split()
)
"""Kinds of body that decisions are sent to."""
NEVER = frozenset({"independent-officer", "review-panel", "lgsco"})
"""Stages of the council's own procedure, and the Ombudsman itself."""
PERSON = compiled(r"\b(?:mr|mrs|miss|ms|dr) [a-z]\b|\b(?:she|he|they)\b")

_NARRATIVE = (
    *("found.facts", "found", "found.findings", "assessment", "report.finding"),
    *("what-investigated", "not-investigated"),
)
_TOLD = ("found.facts", "complaint", "action", "report.recommendations", "report.key")
_ASIDE = (*GENERAL, "action", "report.recommendations")
_APPEAL_KINDS = frozenset({"tribunal", "executive-agency", "panel", "court"})
_LENT = frozenset({"nhs-trust", "camhs"})
"""NHS bodies that a council may buy a service from."""
_REVIEWERS = frozenset({"irm"})
"""Bodies of other kinds that decide appeals."""
_PROVIDERS = frozenset({"provider-generic", "private-generic"})
_ADVISED = frozenset(
    "regulator professional-regulator ombudsman advice complaints-body public-body consumer-body "
    "executive-agency redress-scheme council-service police-generic nhs department audit".split()
)
_POLICE = "police-generic"
_LAST_RESORTS = frozenset({"coroner", "county-court"})
"""Courts that the Ombudsman leaves a question to, where nobody has gone to them yet."""
_WITNESSES = frozenset(
    "nhs-generic police-generic advice local-body-generic school-generic council-service "
    "public-body".split()
)
_AUTHORS = frozenset({"department", "professional-regulator", "ombudsman", "nhs", "regulator"})
_SILENT = frozenset(
    "school gp lgsco independent-officer review-panel admission-appeal-panel "
    "exclusion-irp chc-irp other-council combined-authority".split()
)
"""Bodies whose everyday part in the facts is not a role worth a statement."""
_OWN_MASTERS = frozenset(
    "housing-association insurer water-company approved-inspector fostering-agency "
    "adoption-agency".split()
)
"""Private bodies that act for themselves, not for the council."""


def may(role: str, sentence: Sentence, kind: str, body: str) -> bool:
    """Whether ``body``, of ``kind``, may have ``role`` where ``sentence`` stands."""
    if role != "issued-guidance" and (sentence.section == "found.law" or body in NEVER):
        return False
    if role in _PLAIN:
        kinds, sections = _PLAIN[role]
        return kind in kinds and sentence.section in sections
    return _MAY.get(role, _takes_part)(sentence, kind, body)


def _guides(sentence: Sentence, kind: str, body: str) -> bool:
    return kind in _AUTHORS and body != "lgsco" and sentence.section in (*_NARRATIVE, *GENERAL)


def _hears_appeals(sentence: Sentence, kind: str, body: str) -> bool:
    if (kind not in _APPEAL_KINDS and body not in _REVIEWERS) or body in _SILENT:
        return False
    return sentence.section not in GENERAL or bool(PERSON.search(sentence.lower))


def _advises(sentence: Sentence, kind: str, body: str) -> bool:
    if body == "insurer":
        return sentence.section != "complaint"
    if body == "planning-inspectorate":
        return False  # people appeal to an inspector
    if body == "magistrates-court":
        return sentence.section in _LEFT and "could have" not in sentence.lower
    if body == "tec":
        return sentence.section in _NARRATIVE and sentence.section != "found.facts"
    if sentence.section == "found.facts" and _STILL_OPEN.search(sentence.lower):
        return kind in _ADVISED - {"department"}
    return (kind in _ADVISED or kind == "nhs-generic") and sentence.section not in _TOLD


_TOLD_POLICE = compiled(r"\bpolice,? (?:to whom|who|which)\b")
_LEFT = ("what-investigated", "not-investigated", "assessment", "found.findings")
_STILL_OPEN = compiled(
    r"\b(?:they|she|he|(?:mr|mrs|miss|ms|dr) \w+) (?:may|can)\b(?! have)|\bonly (?:the )?"
    r"|\b(?:is|are) (?:for|there)\b"
)
"""In an account of events, what is said of now and not of then."""


def _is_left_to(sentence: Sentence, kind: str, body: str) -> bool:
    if body in _LAST_RESORTS:
        return sentence.section in _NARRATIVE
    if body == "planning-inspectorate":
        return False  # what is for an inspector is under appeal
    if sentence.section == "found.facts" and _STILL_OPEN.search(sentence.lower):
        return kind in _ADVISED - {_POLICE}
    if kind == _POLICE:
        return sentence.section in _LEFT and not _TOLD_POLICE.search(sentence.lower)
    return kind in _ADVISED and sentence.section not in (*_TOLD, *GENERAL)


def _acts_for(sentence: Sentence, kind: str, body: str) -> bool:
    if body in _SILENT or body in _OWN_MASTERS:
        return False
    return (kind in _PROVIDERS or body in _LENT) and sentence.section not in _ASIDE


def _hears_cases(sentence: Sentence, kind: str, body: str) -> bool:
    return kind == "court" and body != "coroner" and sentence.section not in GENERAL


def _is_barred(sentence: Sentence, kind: str, body: str) -> bool:
    barred = kind.startswith(("local-body", "police", "nhs", "school", "executive-agency"))
    private = body in ("housing-association", "water-company") or kind == "department"
    if not (barred or private or body == "cafcass"):
        return False
    if sentence.section in _TOLD:
        return sentence.section == "found.facts" and (barred or bool(_NOW.search(sentence.lower)))
    return kind == _POLICE or sentence.section not in GENERAL


_NOW = compiled(r"\b(?:we|i|she|he|ombudsman) (?:have no|has no|cannot|can not|may not|can do)\b")


def _takes_part(sentence: Sentence, kind: str, body: str) -> bool:
    if sentence.section not in _NARRATIVE or body in _SILENT:
        return False
    if kind in _PROVIDERS:
        return body in _OWN_MASTERS
    return body == "coroner" or kind not in ("court", "tribunal")


_MAY: dict[str, Callable[[Sentence, str, str], bool]] = {
    "issued-guidance": _guides,
    "appealed-to": _hears_appeals,
    "right-of-appeal-to": _hears_appeals,
    "signposted-to": _advises,
    "better-placed-body": _is_left_to,
    "acting-on-behalf-of": _acts_for,
    "court-proceedings-in": _hears_cases,
    "out-of-jurisdiction-to": _is_barred,
}
_PLAIN: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "previous-decision-maker": (
        frozenset({"ombudsman", "complaints-body"}),
        (*_NARRATIVE, "summary", "complaint"),
    ),
    "source-of-evidence": (_WITNESSES, (*_NARRATIVE, "how-considered")),
    "regulator-of": (frozenset({"regulator"}), (*_NARRATIVE, "action")),
}
"""Roles that need no more than a kind and a section."""
