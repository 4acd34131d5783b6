"""The roles of an outside body in the sentence that names it.

The rules say what the words mean; here stands where they may mean it. The paragraphs on
law and powers name bodies that take no part, and what a council told somebody to do is
an event, not advice of the Ombudsman's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.rules import Rule, rules
from graph.extraction.sentence import Sentence
from ontology.bodies import bodies

_GENERAL = ("role-powers", "how-considered", "found.law")
_NARRATIVE = ("found.facts", "found", "found.findings", "assessment", "report.finding")
_TOLD = ("found.facts", "complaint", "action", "report.recommendations", "report.key")
_APPEAL_KINDS = frozenset({"tribunal", "executive-agency", "panel", "court"})
_PROVIDERS = frozenset({"provider-generic", "private-generic"})
_WATCHDOGS = frozenset(
    "regulator professional-regulator ombudsman public-body department executive-agency".split()
)
_ADVISED = frozenset(
    "regulator professional-regulator ombudsman advice complaints-body public-body consumer-body "
    "executive-agency redress-scheme council-service police-generic nhs department".split()
)
_SILENT = frozenset(
    "school gp nhs-trust camhs housing-association insurer lgsco independent-officer review-panel "
    "admission-appeal-panel lado icb ccg sendiass mp water-company approved-inspector "
    "other-council fire-service combined-authority home-office dwp dfe mhclg hmrc dft "
    "dhsc moj".split()
)
"""Bodies whose everyday part in the facts is not a role worth a statement."""
_NEVER = frozenset({"independent-officer", "review-panel", "lgsco"})
"""Stages of the council's own procedure, and the Ombudsman itself."""
_WE = re.compile(r"\b(?:we|i|our|us|ombudsm[ae]n)\b")
_SENDS = re.compile(
    r"\b(?:will|shall|must|may|can)\b[^.]{0,60}\b(?:shar|sen[dt]|pass|forward|giv|provid|copy|"
    r"copied|"
    r"receiv)\w*|\b(?:we|ombudsman) (?:\w+ )?(?:shares?|sends?|pass|copy)\b|\bgoes to\b|\bsharing\b"
    r"|\b(?:is|are|being) (?:also )?(?:shared|sent|copied|passed)\b"
)
_SENT = re.compile(
    r"\b(?:decisions?|statements?|findings|conclusions|what (?:we|i) decide|this one|cop(?:y|ies)|"
    r"report)\b"
)
_NOT_SENT = re.compile(r"\bdraft|\bcomment|\breceived\b|\basked\b")
_HELD_BACK = re.compile(
    r"\b(?:not|never|nobody|no one|without|fail\w*|should|could|must|would|may|might|can|if|"
    r"whether)\b"
    r"[^.;]{0,60}$"
)
_NOT_YET = re.compile(
    r"\b(?:can|could|may|might|should|would|rights?|reasonabl[ey]|expect\w*|able|free|open|"
    r"entitled|"
    r"not|never|if|how|whether|option|wish\w*|unless)\b[^.;]{0,60}$"
)
_PERSON = re.compile(r"\b(?:mr|mrs|miss|ms|dr) [a-z]\b|\b(?:she|he|they)\b")
_OTHERS_ADVICE = re.compile(
    r"\b(?:council|it|officer|letter|reply|notice|provider|home|school)\b[^.;]{0,30}"
    r"\b(?:said|told|advised|explained|suggested|signposted|informed)\b"
)


def roles(sentence: Sentence, following: str, start: int, end: int, body: str) -> Iterator[Rule]:
    """Rules that give ``body``, named from ``start`` to ``end`` of the clean text, a role.

    ``following`` is the folded next sentence of the paragraph, or empty: "it" is the body there.
    """
    kind = bodies()[body].kind
    before = sentence.lower[: start - sentence.start]
    after = sentence.lower[end - sentence.start :]
    marked = f"{before}@{after}"
    if sentence.lead and sentence.section not in _GENERAL:
        marked = f"{sentence.lead} {marked}"
    if _IT.search(following):
        marked = f"{marked[:-1]}, and {_IT.sub('to @', following)}"
    settled: set[str] = set()
    for rule in rules("body-roles"):
        if settled & _EXCLUDED_BY.get(rule.label, frozenset()):
            continue
        if not _may(rule.label, sentence, kind, body):
            continue
        for match in rule.pattern.finditer(marked):
            if rule.label in _APPEALS and kind == "court" and not _APPEAL.search(match[0]):
                continue  # an application to a court is not an appeal
            if "@" in match.group() and _holds(rule.label, sentence, marked, match):
                settled.add(rule.label)
                yield rule
                break


_IT = re.compile(r"(?<=\b)(?:to|contact|approach|ask) (?:it|that (?:office|body))\b(?! (?:was|is))")
_EXCLUDED_BY = {
    "right-of-appeal-to": frozenset({"appealed-to"}),
    "took-part-in-events": frozenset({"appealed-to", "right-of-appeal-to", "signposted-to"}),
    "signposted-to": frozenset({"appealed-to", "right-of-appeal-to"}),
}
"""Readings that leave no room for a weaker one in the same sentence."""


_APPEAL = re.compile(r"\bappeal|witness statement")
_APPEALS = frozenset({"appealed-to", "right-of-appeal-to"})


def shares(sentence: Sentence, following: str, body: str) -> bool:
    """Whether the Ombudsman says that ``body``, named here, will get the decision.

    ``following`` is the folded next sentence of the paragraph, or empty.
    """
    if bodies()[body].kind not in _WATCHDOGS or sentence.section in ("found.facts", "complaint"):
        return False
    lower = sentence.lower
    if "agreement" in lower or "memorandum" in lower or not _SENT.search(lower):
        lower = f"{lower} {following}"
    return bool(
        _SENDS.search(lower)
        and _SENT.search(lower)
        and _WE.search(lower)
        and not _NOT_SENT.search(lower)
    )


def _may(role: str, sentence: Sentence, kind: str, body: str) -> bool:
    section = sentence.section
    if section == "found.law" or body in _NEVER:
        return False
    if role in ("appealed-to", "right-of-appeal-to"):
        if kind not in _APPEAL_KINDS or body in ("review-panel", "admission-appeal-panel"):
            return False
        return section not in _GENERAL or bool(_PERSON.search(sentence.lower))
    if role == "signposted-to":
        return kind in _ADVISED and section not in _TOLD
    if role == "better-placed-body":
        return kind in _ADVISED and section not in (*_TOLD, *_GENERAL)
    if role == "acting-on-behalf-of":
        aside = (*_GENERAL, "action", "report.recommendations")
        return kind in _PROVIDERS and section not in aside and body not in _SILENT
    if role == "court-proceedings-in":
        return kind == "court" and body != "coroner" and section not in _GENERAL
    if role == "out-of-jurisdiction-to":
        barred = kind.startswith(("local-body", "police", "nhs")) or kind == "executive-agency"
        return barred and section not in (*_TOLD, *_GENERAL)
    if role == "regulator-of":
        return kind == "regulator" and section in _NARRATIVE
    if body == "coroner":
        return section in _NARRATIVE
    return section in _NARRATIVE and not (
        body in _SILENT or kind in ("court", "tribunal") or kind in _PROVIDERS
    )


def _holds(role: str, sentence: Sentence, marked: str, match: re.Match[str]) -> bool:
    """Whether what stands before the words leaves them their meaning."""
    before = marked[: match.start()]
    if role in ("appealed-to", "court-proceedings-in"):
        return not _NOT_YET.search(before[-90:]) and not _NOT_YET.search(match.group()[:-1])
    if role == "took-part-in-events":
        return not _HELD_BACK.search(before[-70:])
    if role == "out-of-jurisdiction-to":
        return _WE.search(marked) is not None
    if role in ("signposted-to", "better-placed-body") and sentence.section in _GENERAL:
        return "be referred" in marked or bool(_PERSON.search(marked))
    if role == "signposted-to":
        return not _OTHERS_ADVICE.search(before[-80:])
    return True
