"""The roles of an outside body in the sentence that names it.

The rules say what the words mean; here stands what takes their meaning away: a negation,
a wish, or that it was the council who said so. What a council told somebody to do is an
event, not advice of the Ombudsman's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors.bodies import body_names, body_scope
from graph.extraction.first_letters import compiled
from graph.extraction.rules import Rule, rules
from graph.extraction.scan import candidates_of
from graph.extraction.sentence import Sentence
from ontology.bodies import bodies

_WE = compiled(r"\b(?:we|i|our|us|ombudsm[ae]n)\b")
_OURS = compiled(
    r"\b(?:we|i|our|us|ombudsm[ae]n|this (?:decision|statement|report|one)|"
    r"cop(?:y|ies) of (?:this|the|it))\b"
)
_SENDS = compiled(
    r"\b(?:will|shall|must|may|can|intends?|agreed|(?:we|i|ombudsman) (?:have|has)|"
    r"(?:is|are|going|need|due|us|me) to)\b[^.]{0,60}"
    r"\b(?:see\b|shar|sen[dt]|pass|forward|tell|told|inform|giv|provid|copy|copied|lodg|receiv|go\b"
    r"|notif)\w*"
    r"|\b(?:we|ombudsman) (?:\w+ )?(?:shares?|sends?|pass|copy)\b|\bgoes to\b|\bsharing\b"
    r"|\b(?:we|i|ombudsman) (?:are|am|is) (?:\w+ )?(?:passing|sending|copying|forwarding)\b"
    r"|\b(?:we|ombudsman|i) (?:\w+ )?(?:tells?|informs?|notif\w+) [^.;]{0,60}\babout "
    r"(?:the|our|its|my) |\b(?:is|are|being) (?:also )?(?:shared|sent|copied|passed)\b"
)
_SENT = compiled(
    r"\b(?:decisions?|statements?|findings|conclusions|what (?:we|i) (?:have )?(?:decided?|find"
    r"|found|conclude)|this one|cop(?:y|ies)|"
    r"report)\b"
)
_NOT_SENT = compiled(
    r"\bdraft|\bcomment|\breceived\b|\basked\b"
    r"|\b(?:council|trust|provider|home|authority|association) (?:has|have|will|shall|must|should|"
    r"agreed)\b"
)
_MAY = r"(?<!\d )(?<!in )(?<!by )(?<!last )(?<!of )(?<!that )may(?! \d{4})"
"""The verb, not the month."""
_HELD_BACK = compiled(
    r"\b(?:not|nor|neither|never|nobody|no (?:one|evidence|record|sign)|without|fail\w*|should"
    r"|ought|"
    rf"could|must|would|{_MAY}|might|can|if|whether)\b[^.;,]{{0,60}}$"
)
_NOT_YET = compiled(
    rf"\b(?:can|could|{_MAY}|might|should|would|rights?|reasonabl[ey]|expect\w*|able|free|open|"
    r"entitled|while any|any|(?:days?|weeks?|months?|time|chance) (?:in which )?to|not|never|if"
    r"|how|"
    r"whether|option|wish\w*|unless|(?:lay|lies) an?|had (?:she|he|they)|only a|there (?:is"
    r"|was)(?: an?)?)\b[^.;,]{0,60}$"
)
_OTHERS_ADVICE = compiled(
    r"\b(?:council|it|officer|letter|reply|notice|provider|home|school)\b[^.;]{0,30}"
    r"\b(?:said|told|advised|explained|suggested|signposted|informed)\b"
)


def roles(
    sentence: Sentence, following: str, start: int, end: int, body: str, authority: str
) -> Iterator[Rule]:
    """Rules that give ``body``, named from ``start`` to ``end`` of the clean text, a role.

    ``authority`` is the folded name of the one complained about; ``following`` the folded next
    sentences of the paragraph, or empty: "it" is the body there.
    """
    kind = bodies()[body].kind
    marked = _marked(sentence, following, start, end, body, authority)
    settled: set[str] = set()
    for rule in candidates_of("body-roles", marked) if marked else ():
        if not settled.isdisjoint(_EXCLUDED_BY.get(rule.label, ())) or not _suits(rule, kind, body):
            continue
        if not body_scope.may(rule.label, sentence, kind, body):
            continue
        for match in rule.pattern.finditer(marked):
            if rule.label in _APPEALS and not _is_appeal(match[0], kind, body):
                continue
            if "@" in match.group() and _holds(rule.label, sentence, marked, match):
                settled.add(rule.label)
                yield rule
                break
    if "appealed-to" in settled and _ONE_OF_TWO.search(marked):
        yield next(rule for rule in rules("body-roles") if rule.label == "right-of-appeal-to")


def _suits(rule: Rule, kind: str, body: str) -> bool:
    """Whether a rule is for bodies of this kind."""
    if rule.id == "role.agents":
        return body == "enforcement-agent"
    return rule.id != "role.medical" or kind == "nhs-generic"


def _marked(
    sentence: Sentence, following: str, start: int, end: int, body: str, authority: str
) -> str:
    """The sentence with "@" for the body; empty if the mention is no body ("the courts")."""
    kind = bodies()[body].kind
    before = sentence.lower[: start - sentence.start]
    after = sentence.lower[end - sentence.start :]
    plural = _PLURAL.match(after)
    if plural and kind in ("court", "tribunal"):
        named = " " in sentence.lower[len(before) : end - sentence.start].removeprefix("the ")
        if kind == "tribunal" or not named:
            return ""
    after = after[plural.end() :] if plural else after
    after = _SHORT_NAME.sub("", after)
    marked = f"{before}@{after}"
    if sentence.lead and sentence.section not in body_scope.GENERAL:
        marked = f"{sentence.lead} {marked}"
    marked = body_names.council_named(marked, authority)
    if _BOTH_BARRED.search(following):
        marked = f"{marked[:-1]}, and {following}"
    if _IT.search(following):
        marked = f"{marked[:-1]}, and {_IT.sub('to @', following)}"
    return marked


_BOTH_BARRED = compiled(
    r"^(?:neither|none of them|they|it|that|these) (?:is|are) (?:not )?(?:a |an |a kind of )?"
    r"(?:bod(?:y|ies)|organisations?|ones?|authorit(?:y|ies))\b[^.;]{0,40}"
    r"\b(?:can|may|could|power|investigat|look)"
)
_PLURAL = compiled(r"s\b(?!')")
_SHORT_NAME = compiled(r"^ \([^()]{1,40}\)")
"""The bracket that shortens a name does not part it from what follows."""
_IT = compiled(r"(?<=\b)(?:to|contact|approach|ask) (?:it|that (?:office|body))\b(?! (?:was|is))")
_ONE_OF_TWO = compiled(
    r"@[^.;]{0,60}\b(?:and|but) (?:\w+ )?(?:could|might|should) have (?:taken|appealed|done|gone"
    r"|put|"
    r"challenged|sent) (?:against |to )?(?:the|that|both|so|it|his|her|their)\b"
)
"""Somebody who appealed about one thing and might have about another."""
_EXCLUDED_BY = {
    "right-of-appeal-to": frozenset({"appealed-to"}),
    "took-part-in-events": frozenset(
        "appealed-to right-of-appeal-to signposted-to issued-guidance "
        "previous-decision-maker better-placed-body".split()
    ),
    "signposted-to": frozenset({"appealed-to", "right-of-appeal-to"}),
}
"""Readings that leave no room for a weaker one in the same sentence."""


_APPEAL = compiled(
    r"\bappeal|witness statement|\bchalleng|\basked? (?:the )?@ to\b|\bplace to\b|\bquash"
    r"|\b(?:days?|weeks?|months?) (?:in which |within which )?to (?:take|bring|put|question"
    r"|contest)\b"
)
_A_CLAIM = compiled(r"\b(?:a|any|such a|no|that kind of) (?:\w+ )?$")
_PURSUED = compiled(
    r"\b(?:issued?|brought|made|lodged|began|begun|started|filed|has|had|lost|won|faces?|settled)\b"
)


def _is_appeal(words: str, kind: str, body: str) -> bool:
    """An application to a court is no appeal; what a tribunal or inspector decides is one."""
    if body == "magistrates-court" and "could have asked" in words:
        return True
    if kind == "court" or (kind == "executive-agency" and body != "planning-inspectorate"):
        return _APPEAL.search(words) is not None
    return True


_CAN = compiled(r"\bombudsman\b|\b(?:body|bodies|one|ones) (?:that |which )?(?:she|he) can\b")
_OWN_DOCTOR = compiled(r"\b(?:her|his|their) @'s\b")
_FOR_US = compiled(r"\b(?:to|for) (?:us|me)\b")
_APPEALS = frozenset({"appealed-to", "right-of-appeal-to"})


def shares(sentence: Sentence, following: str, body: str) -> bool:
    """Whether the Ombudsman says that ``body``, named here, will get the decision.

    ``following`` is the folded next sentence of the paragraph, or empty.
    """
    if (
        bodies()[body].kind not in body_scope.WATCHDOGS
        or body in body_scope.NEVER
        or sentence.section in ("found.facts", "complaint")
    ):
        return False
    lower = sentence.lower
    if "agreement" in lower or "memorandum" in lower or not _SENT.search(lower):
        lower = f"{lower} {following}"
    return bool(
        _SENDS.search(lower)
        and _SENT.search(lower)
        and _OURS.search(lower)
        and not _NOT_SENT.search(lower)
    )


def _holds(role: str, sentence: Sentence, marked: str, match: re.Match[str]) -> bool:
    """Whether what stands before the words leaves them their meaning."""
    before = marked[: match.start()]
    if role in ("appealed-to", "court-proceedings-in"):
        used = match.group().startswith(("used", "exercised"))
        within = "" if used else match.group()[:-1]
        if role == "court-proceedings-in" and _A_CLAIM.search(before[-30:]):
            claims = match.group().startswith(("claim", "case", "hearing", "proceedings", "appli"))
            if claims and not _PURSUED.search(marked):
                return False  # "a claim in the court is not dear"
        return not _NOT_YET.search(before[-90:]) and not _NOT_YET.search(within)
    if role == "took-part-in-events":
        return match.group().startswith("what ") or not _HELD_BACK.search(before[-70:])
    if role == "source-of-evidence":
        own = sentence.section == "how-considered" and _OWN_DOCTOR.search(marked)
        if own and not _FOR_US.search(marked):
            return False  # a paper that the complainant sent
        return not _HELD_BACK.search(before[-70:])
    if role == "acting-on-behalf-of":
        return not before.startswith("had ")
    if role == "out-of-jurisdiction-to":
        return (
            _WE.search(marked) is not None or "has no " in marked or _CAN.search(marked) is not None
        )
    if role in ("signposted-to", "better-placed-body") and sentence.section in body_scope.GENERAL:
        return "be referred" in marked or bool(body_scope.PERSON.search(marked))
    if role == "signposted-to":
        return not _OTHERS_ADVICE.search(before[-80:])
    return True
