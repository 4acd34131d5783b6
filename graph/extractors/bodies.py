"""External bodies and the roles they have in a decision.

The register names the bodies; the role comes from the sentence that names one, and from
where it stands: a body in the list of the Ombudsman's powers takes no part, unless the
decision will be shared with it or people are sent to it. A mention without a role that
the rules know is not reported: decisions are full of schools and doctors that do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors import body_names
from graph.reading import Reading
from graph.rules import rules
from graph.sentence import Sentence
from ontology.bodies import bodies
from ontology.model import Body, Evidence

_POWERS = ("role-powers", "how-considered", "what-investigated")
_IN_POWERS = ("decision-shared-with", "signposted-to", "regulator-of")
_NARRATIVE = ("found.facts", "found", "found.findings", "assessment")
_COURTS = frozenset({"court"})
_APPEAL_KINDS = frozenset({"tribunal", "executive-agency", "panel", "court"})
_GENERIC_SILENT = frozenset(
    "school gp nhs-trust camhs housing-association insurer lgsco independent-officer review-panel "
    "admission-appeal-panel lado icb ccg sendiass mp water-company approved-inspector "
    "fire-service combined-authority other-council home-office dwp dfe mhclg hmrc".split()
)
"""Bodies whose everyday part in the facts is not a role worth a statement."""
_NEGATED = re.compile(r"\b(?:not|never|no)\b[^.;]{0,30}$")


def read_bodies(reading: Reading) -> tuple[Body, ...]:
    """Bodies with at least one role, in order of first mention."""
    own = (reading.document.header.body or "").lower()
    found: dict[str, dict[str, list[Evidence]]] = {}
    for sentence, start, end, body in _mentions(reading):
        if own and bodies()[body].label.lower() in own:
            continue
        for role, rule in _roles(reading, sentence, start, end, body):
            evidence = found.setdefault(body, {}).setdefault(role, [])
            quote = reading.quote(sentence, rule)
            if quote not in evidence:
                evidence.append(quote)
    if reading.document.joint:
        _joint(reading, found)
    return tuple(
        Body(
            id=body,
            name=bodies()[body].label,
            roles=tuple(roles),
            evidence=tuple(dict.fromkeys(e for role in roles.values() for e in role)),
        )
        for body, roles in found.items()
    )


def _mentions(reading: Reading) -> Iterator[tuple[Sentence, int, int, str]]:
    """Mentions in sentences, each tied to one body; ambiguous ones by definition only."""
    mentions = body_names.mentions(reading)
    defined = body_names.defined(reading, mentions)
    seen: set[str] = set()
    for start, end, fitting in mentions:
        sentence = reading.sentence_at(start)
        if sentence is None:
            continue
        plain = {id_ for name in fitting if not name.contextual for id_ in name.ids}
        possible = {id_ for name in fitting for id_ in name.ids}
        if len(plain) == 1 and len(possible) == 1:
            body: str | None = next(iter(plain))
        else:
            body = _in_context(reading, reading.folded[start:end], possible, defined, seen)
        if body is not None:
            seen.add(body)
            yield sentence, start, end, body


_TOPICS = {
    "education": ("send-tribunal",),
    "children-s-care-services": ("send-tribunal",),
    "benefits-and-tax": ("ftt-social-entitlement",),
    "housing": ("ftt-property",),
}


def _in_context(
    reading: Reading,
    printed: str,
    possible: set[str],
    defined: dict[str, str],
    seen: set[str],
) -> str | None:
    """A name of several bodies: the one defined, the one met before, or the subject's own."""
    by_definition = defined.get(printed.lower().removeprefix("the "))
    if by_definition in possible:
        return by_definition
    met = possible & seen
    if len(met) == 1:
        return next(iter(met))
    usual = possible & set(_TOPICS.get(reading.category_slug or "", ()))
    if len(usual) == 1 and ("tribunal" in printed.lower() or printed == "SEND"):
        return next(iter(usual))
    if possible == {"contractor"}:
        return "contractor"
    if len(possible) == 1 and printed in ("Inspector",):
        return next(iter(possible))
    return None


def _roles(
    reading: Reading, sentence: Sentence, start: int, end: int, body: str
) -> Iterator[tuple[str, str]]:
    kind = bodies()[body].kind
    before = sentence.lower[: start - sentence.start]
    after = sentence.lower[end - sentence.start :]
    marked = f"{before}@{after}"
    if sentence.lead and sentence.section not in ("role-powers",):
        marked = f"{sentence.lead} {marked}"
    for rule in rules("body-roles"):
        role = rule.label
        if not _possible(role, sentence, kind, body):
            continue
        for match in rule.pattern.finditer(marked):
            if "@" in match.group():
                yield role, rule.id
                break
        else:
            continue
        if role in ("decision-shared-with", "appealed-to", "right-of-appeal-to", "took-part-in-events"):
            return  # these exclude the weaker readings that follow
        if role == "signposted-to" and sentence.section not in ("found.facts",):
            return


def _possible(role: str, sentence: Sentence, kind: str, body: str) -> bool:
    section = sentence.section
    if section in _POWERS and role not in _IN_POWERS:
        return False
    if section == "complaint" or section == "found.law":
        return role in ("acting-on-behalf-of", "regulator-of") and section == "complaint"
    if role in ("appealed-to", "right-of-appeal-to"):
        return kind in _APPEAL_KINDS and body not in ("review-panel", "admission-appeal-panel")
    if role == "court-proceedings-in":
        return kind in _COURTS
    if role == "acting-on-behalf-of":
        return kind in ("provider-generic", "private-generic")
    if role == "regulator-of":
        return "regulator" in kind
    if role == "took-part-in-events":
        return section in _NARRATIVE and body not in _GENERIC_SILENT and kind not in (
            "court",
            "tribunal",
            "provider-generic",
        )
    if role == "source-of-evidence":
        return False
    if role in ("signposted-to", "better-placed-body"):
        facts = section in ("found.facts", "action", "report.recommendations", "summary")
        generic = body in _GENERIC_SILENT or kind in ("provider-generic", "court", "panel")
        return not generic and (not facts or role == "better-placed-body" and section == "summary")
    return True


def _joint(reading: Reading, found: dict[str, dict[str, list[Evidence]]]) -> None:
    """A joint investigation: the Health Service Ombudsman, and the NHS bodies looked at."""
    for sentence in reading.sentences:
        if "ombudsmen" in sentence.lower:
            quote = reading.quote(sentence, "role.joint-investigator")
            found.setdefault("phso", {}).setdefault("joint-investigator", []).append(quote)
            break
    for sentence in reading.in_sections("summary", "complaint"):
        for body, pattern in _NHS.items():
            if pattern.search(sentence.lower):
                quote = reading.quote(sentence, "role.jointly-investigated")
                roles = found.setdefault(body, {})
                if "jointly-investigated-body" not in roles:
                    roles["jointly-investigated-body"] = [quote]


_NHS = {
    "nhs-trust": re.compile(r"\bnhs (?:foundation )?trust\b|\bthe trust\b|hospitals? trust"),
    "icb": re.compile(r"\bintegrated care board\b|\bthe icb\b"),
    "ccg": re.compile(r"\bclinical commissioning group\b|\bthe ccg\b"),
    "gp": re.compile(r"\bgp (?:practice|surgery)\b|\bthe (?:practice|surgery)\b"),
}
