"""The section headings of decisions and what each section holds.

The Ombudsman's template fixes the main headings (:data:`SECTIONS`); those inside
"What I found" are free text and are classified by their words (:func:`subsection`).
Everything here compares folded text (:func:`graph.layouts.cleaning.fold`), so apostrophes,
dashes and capitals do not matter.
"""

from __future__ import annotations

import re

from graph.layouts.cleaning import fold

_FORMS: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "report summary", "summary of complaint"),
    "complaint": (
        "the complaint",
        "complaint",
        "the complaints",
        "complaints",
        "the complaint and its background",
    ),
    "what-investigated": (
        "what i have investigated",
        "what i have and have not investigated",
        "what i have not investigated",
        "what we have investigated",
        "what we have and have not investigated",
        "what we have not investigated",
        "what i investigated",
        "what i did and did not investigate",
        "matters i have investigated",
        "scope of the investigation",
        "scope of my investigation",
    ),
    "role-powers": (
        "the ombudsman's role and powers",
        "the ombudsmen's role and powers",
        "the ombudsmans' role and powers",
        "the ombudsmans role and powers",
        "the ombudsmens role and powers",
        "ombudsman's role and powers",
        "ombudsmen's role and powers",
        "our role and powers",
        "role and powers",
        "legal and administrative background",
        "legal and administrative context",
    ),
    "how-considered": (
        "how i considered this complaint",
        "how i considered the complaint",
        "how i considered these complaints",
        "how we considered this complaint",
        "how we considered the complaint",
        "how we considered these complaints",
        "how i investigated this complaint",
        "what i considered",
        "what we considered",
    ),
    "assessment": (
        "my assessment",
        "assessment",
        "our assessment",
        "the ombudsman's assessment",
        "the ombudsmen's assessment",
        "the assessment",
    ),
    "found": (
        "what i found",
        "what we found",
        "what i have found",
        "what we have found",
    ),
    "found.findings": (
        "findings",
        "my findings",
        "our findings",
        "analysis",
        "my analysis",
        "our analysis",
        "conclusions",
        "my conclusions",
        "our conclusions",
        "findings and conclusions",
        "analysis and findings",
    ),
    "found.facts": (
        "what happened",
        "key events",
        "key facts",
        "chronology",
        "chronology of events",
        "summary of key events",
    ),
    "action": (
        "action",
        "actions",
        "agreed action",
        "agreed actions",
        "agreed remedy",
        "agreed remedies",
        "recommended action",
        "recommended actions",
        "recommendation",
        "recommendations",
        "recommended remedy",
        "remedy",
        "remedies",
        "the council's action",
        "the council's actions",
        "decision and action",
        "proposed action",
        "proposed remedy",
        "agreed recommendations",
    ),
    "decision": (
        "final decision",
        "decision",
        "my decision",
        "our decision",
        "my final decision",
        "provisional decision",
        "draft decision",
        "conclusion",
        "provisional view",
    ),
    "not-investigated": (
        "parts of the complaint that i did not investigate",
        "parts of the complaint i did not investigate",
        "parts of the complaint i have not investigated",
        "parts of the complaint that i have not investigated",
        "parts of the complaint that we did not investigate",
        "parts of the complaint we did not investigate",
        "parts of the complaint we have not investigated",
        "parts of the complaint that we have not investigated",
        "what i did not investigate",
        "what we did not investigate",
    ),
    "report.finding": ("finding",),
    "report.key": ("key to names used", "key to names", "names used in this report"),
}
SECTIONS: dict[str, str] = {form: section for section, forms in _FORMS.items() for form in forms}
"""Folded heading to the id of its section; the ids are those of the record."""
LONGEST = max(map(len, SECTIONS))

_NOT_LOOKED = re.compile(
    r"(?:(?:the )?(?:parts?|matters|issues|points|elements|aspects)\b.{0,40}|"
    r"(?:the )?complaints? (?:(?:that )?(?:i|we) (?:have |did )?)?|(?:why|what) (?:i|"
    r"we) (?:have |did )?)"
    r"\b(?:not|n't|outside|excluded|left out)\b.{0,60}"
)
_SCOPE = re.compile(
    r"(?:what|which|matters|how much|the period) .{0,20}\b(?:i|we) .{0,20}"
    r"(?:investigat\w*|look\w*(?: (?:at|into))?|consider\w*|examin\w*|cover\w*)(?: and .{0,30})?|"
    r"(?:the )?(?:scope|limits|extent) of (?:this|my|our|the) \w+|scope|"
    r"what (?:this|my|our) (?:investigation|statement|decision) (?:covers|is about)"
)
_LOOKED = re.compile(r"investigat|look|consider|examin|cover|outside|excluded|left out|scope")
_REPORT = {"action": "report.recommendations", "decision": "report.finding"}
_FURTHER_REPORT = "further report"
# A main heading may carry its question: "My findings - was there fault by the Council?"
_EXTENDED = re.compile(
    r"(?:(?:my |our )?(?P<head>findings?|analysis|conclusions|final decision|agreed action|"
    r"what happened)|(?P<found>what (?:i|we) (?:have )?found))"
    r"(?:\s?[-:]\s?\S|(?(found) (?:about|in|on|for|as to|regarding|concerning) \S|(?!)))"
)
_PUNCTUATED = re.compile("[-:–—]")
_EXTENDED_SECTIONS = {
    "what happened": "found.facts",
    "final decision": "decision",
    "agreed action": "action",
}

FINDINGS = re.compile(
    r"\(?[a-z]\)|(?:complaint|part|allegation|point|issue|head)s? (?:\(?[a-z]\)?|\d+)\b(?!')|"
    r"(?:was|were|is) there\b|did the\b|"
    r".*\b(?:analysis|findings?|faults?|injustice|conclusions?|consideration|my view|"
    r"our view|maladministration|remed(?:y|ies)|impact)\b"
)
_FACTS_PLAIN = re.compile(
    r"what happened|(?:summary of )?(?:key |main |the )?(?:events|facts)\b|chronology|timeline|"
    r"(?:the )?complainant's |what .+ sa(?:ys|id)\b|events? (?:in|of|from|since|leading)\b"
)
_FACTS_HINT = re.compile(
    r".*\b(?:complaint to (?:us|the)|stage (?:\d|one|two|three)|response|hearing|meeting|"
    r"visit|application|history|events|happened|first complaint|second complaint|"
    r"(?:19|20)\d\d)\b"
)
_LAW_PLAIN = re.compile(
    r"what should\b|.*\b(?:law|legal|legislation|legislative|guidance|statutory|regulations?|"
    r"act (?:19|20)\d\d)\b"
)
_LAW_HINT = re.compile(
    r".*\b(?:polic(?:y|ies)|procedures?|role|purpose|code|dut(?:y|ies)|framework|standards?|"
    r"requirements?|scheme|powers?|process|rights?)\b"
)


def section(text: str, *, report: bool = False) -> str | None:
    """The section that a main heading opens; None if ``text`` is not one.

    ``report`` is True in investigation reports without numbered paragraphs, where
    "Recommendations" and "Decision" open the report's own sections.
    """
    if len(text) > LONGEST + 2 and (len(text) > LONGEST + 60 or not _PUNCTUATED.search(text)):
        return None
    folded = fold(text).rstrip(" :.")
    found = SECTIONS.get(folded) or _scope(folded)
    if found is None:
        extended = _EXTENDED.match(folded)
        if extended and len(folded) <= 110 and text[-1] not in ".;,":
            head = extended["found"] and "found"
            found = head or _EXTENDED_SECTIONS.get(extended["head"], "found.findings")
        elif report and folded == _FURTHER_REPORT:
            return "report.recommendations"
    if found and text[-1] == "." and " " not in text:
        return None
    return _REPORT.get(found, found) if report and found else found


def _scope(folded: str) -> str | None:
    """The section of a heading that says what was, or was not, looked at."""
    if not _LOOKED.search(folded) or folded.startswith(("how i", "how we")):
        return None
    if _NOT_LOOKED.fullmatch(folded) and not re.search(" and (?:have|did|what)", folded):
        opens = folded.startswith(("what i ", "what we "))
        return "what-investigated" if opens else "not-investigated"
    return "what-investigated" if _SCOPE.fullmatch(folded) else None


WITHIN_FOUND = frozenset({"role-powers", "complaint"})
"""Sections whose headings are sub-headings once "What I found" has begun.

"Legal and administrative background" stands for the powers in old statements and for the
law of the case in others; "The complaints" may open the findings on each of them.
"""


def subsection(heading: str, current: str, *, facts_follow: bool) -> str:
    """The part of "What I found" that a free-text heading opens.

    ``current`` is the section in force. A heading whose words decide nothing keeps
    it; directly under "What I found" it names the topic of the law that follows
    ("Looked after Child"). "Background" is law where a heading for the events
    comes later (``facts_follow``) and the story itself where none does. Once the
    findings have begun, only a plain heading for law or events leaves them.
    """
    folded = fold(heading).rstrip(" :.")
    if current == "found.findings":
        if FINDINGS.match(folded):
            return current
        if _FACTS_PLAIN.match(folded):
            return "found.facts"
        return (
            "found.law"
            if re.match(r"(?:the )?(?:relevant )?(?:law|legislation)\b", folded)
            else current
        )
    if _FACTS_PLAIN.match(folded):
        return "found.facts"
    if FINDINGS.match(folded):
        return "found.findings"
    if folded.startswith("background"):
        if "law" in folded or "legal" in folded:
            return "found.law"
        return "found.law" if facts_follow and current != "found.facts" else "found.facts"
    if current == "found.facts":
        law = _LAW_PLAIN.match(folded) and not _FACTS_HINT.match(folded)
        return "found.law" if law else current
    if _LAW_PLAIN.match(folded) or _LAW_HINT.match(folded):
        return "found.law"
    if _FACTS_HINT.match(folded):
        return "found.facts"
    return "found.law" if current == "found" else current


_REPORT_FINDING = re.compile(
    r"(?:the )?ombudsm[ae]n (?:upheld|found|did not|has found|partly)\b|(?:no )?fault found\b|"
    r"(?:no )?maladministration\b|we found\b|finding:"
)
_REPORT_REMEDY = re.compile(
    r"to (?:remedy|put)\b|(?:we|the ombudsman) recommends?\b|"
    r"the (?:\w+ )?(?:council|authority)s? "
    r"(?:must consider|has (?:also )?(?:agreed|accepted)|should)\b|"
    r".*\bagreed to:$"
)


def report_part(text: str) -> str | None:
    """The part of a report's page that a set phrase opens, where its heading is missing."""
    folded = fold(text[:200])
    if _REPORT_FINDING.match(folded):
        return "report.finding"
    return "report.recommendations" if _REPORT_REMEDY.match(folded) else None


def is_facts(heading: str) -> bool:
    """True if ``heading`` plainly opens the story: "What happened", "Key events"."""
    return _FACTS_PLAIN.match(fold(heading)) is not None
