"""What is left to an outside body, in the passages that say what was not looked into.

There a body is named for one reason: it can do what the Ombudsman will not. The words for
this are endless ("that is what judges are for", "the Commission has opened a file"), so its
kind, the tense and whether anybody has gone there already say which role it has; the rules
are asked first, and what they read of the same sentence stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from graph.extraction.extractors.bodies.body_scope import PERSON
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from ontology import councils
from ontology.bodies import bodies

Add = Callable[[str, str, Sentence, str], None]
Mention = tuple[Sentence, int, int, str]
RULE = "role.left-to"

_LEFT = ("what-investigated", "not-investigated", "assessment")
_WATCHES = frozenset(
    "regulator professional-regulator ombudsman redress-scheme complaints-body audit".split()
)
_HOLDS = compiled(
    r"\bin hand\b|@(?:,[^,.;]{3,40},)? (?:can|could|may|might|will|is able to) "
    r"|\b(?:answerable|accountable) to\b|\bhas (?:opened|begun|started) (?:an?|its|his|her)\b"
    r"|\b(?:superintends?|supervises?|regulates?|registers?|licenses?|oversees?)\b|"
    r"\b(?:powers?|remit|task|job|role|business|function)\b|\b(?:is|are|was|were|exists?) (?:\w+ )?"
    r"for\b|\bonly\b|\bbelongs?\b|\b(?:can|could|may|might|would|will) (?:\w+ )?(?:decide|say"
    r"|settle|"
    r"consider|look|rule|order|judge|establish|investigate|tell|deal)\b|\banswers? to\b"
    r"|\b(?:offers|exists|set up|there) to\b|\b(?:leave|left|better|best|proper|right) "
    r"|\b(?:question|matter|subject|one)s? (?:for|of)\b"
)
_FOUND = ("found", "found.findings", "decision", "report.finding", "found.facts")
"""Where a single sentence may hand a matter over."""
_HANDED = compiled(
    r"\b(?:stuff|business|province|task|job|work|matter|question|subject) (?:of|for) (?:the "
    r"|an? )?@"
    r"|\b(?:is|are) (?:really |properly |rightly |now |then )?(?:one |ones "
    r"|something )?for (?:the |"
    r"an? )?@|\bwhat (?:[^.;]{0,50} )?(?:the |an? )?@s?(?: judges?)? (?:is|are|exists?|decides?"
    r"|does)\b"
    r"|@(?: judges?)? (?:is|was|would (?:be|have been)) the (?:right |proper |natural )?(?:place"
    r"|body)\b"
    r"|\bonly (?:the |an? )?@|\b(?:leave|left) [^.;]{0,40}\b(?:to|with|for) (?:the |an? )?@"
    r"|@(?: judges?)?,? [^.;]{0,40}\b(?:has|have) (?:the |all the )?(?:powers?|jurisdiction"
    r"|remit)\b"
    r"|@[^.;]{0,30}\bexists? (?:to|for)\b"
    r"|\bto the @ that (?:she|he|they|m\w+ [a-z])\b|\b(?:belongs?|lies?|goes) (?:with|to|before"
    r"|in) "
    r"(?:the |an? )?@(?! (?:council|tax))"
)
_NOT_OURS = compiled(
    r"\b(?:no view|left? (?:it|that|this|them) alone|not for (?:me|us)|nothing (?:to say )?about"
    r"|not "
    r"(?:ours|mine|our \w+|my \w+) to|cannot (?:look|decide|investigate|say|settle)|outside|which "
    r"(?:we|i) (?:have|can)(?: ?not)|beyond (?:us|me|our))\b"
)
_DEATH = compiled(
    r"\b(?:why|how|cause of|what caused)\b[^.;]{0,60}\b(?:died|deaths?)\b[^.;]{0,80}@"
)
_CAREFUL = _WATCHES | {"nhs-generic", "court"}
_NOT_FOR_US = compiled(r"\b(?:not|never|nor) (?:\w+ )?(?:for|to) (?:us|me)\b|\bnot (?:ours|mine)\b")
_OFFICES = frozenset({"department", "public-body", "executive-agency", "audit", "nhs"})
_STORY = compiled(
    r"@,? (?:to )?whom? [^.;]{0,60}\b(?:decided|took|reported|found|told|came|visited|closed)\b|"
    r"\b(?:was|were|been) (?:\w+ly )?(?:(?!employ|train|run\b)\w+ed|thrown out|struck out|upheld"
    r"|heard|given|made"
    r"|found) by "
    r"(?:the |an? )?@|\bappeal (?:is |was |now |still |already )*(?:before|with|pending)\b"
    r"|@ has (?:an?|his|her|their|the) (?:\w+ )?appeal\b"
    r"|'s appeal (?:is |was )?(?:before|to|at) (?:the )?@ (?:is|was|failed|succeeded)"
    r"@'?s? (?:\w+ )?(?:officers? |judge |staff )?(?:has |had |then |later |also "
    r"|\w+ly )*(?:decided|"
    r"found|upheld|dismissed|ordered|made|granted|gave|told|closed|inspected|interviewed|visited|"
    r"took|said|refused|issued|ruled|fined|concluded|investigated|recorded|rejected|ended|"
    r"discharged|allowed|quashed|sent|agreed|heard|approved|fixed|threw|awarded|entered)\b"
    r"|@[^.;]{0,60}\band (?:it|she|he|they) (?:declined|refused|did|dismissed|allowed|upheld|said|"
    r"found|held|would not|agreed|ruled)\b"
    r"|(?<!\bare )(?<!\bis )(?<!\bbe )\b(?:ordered|decided|granted|dismissed|made|heard|settled"
    r"|fined|approved|discharged|awarded|"
    r"examined|convicted) [^.;]{0,40}\b(?:by|at|in|before) (?:the |a |an )?@"
    r"|\b(?:issued|brought|started|made|lodged|began|filed|won|lost|settled|took|taken)\b"
    r"[^.;]{0,60}\b(?:in|at|before|to) (?:the |a |an )?@"
)
_THERE = compiled(
    r"\balready\b|\b(?:has|have|had) (?:\w+ )?(?:written|complained|reported|gone|been|asked|told|"
    r"opened|accepted|registered|started|begun|agreed|an? (?:case|file|reference|number)|"
    r"acknowledged|taken|put|sent|referred|made|lodged|raised)\b|\b(?:wrote|complained|reported "
    r"(?:it|this|that|him|her|them|itself|the \w+)|went) to\b|\b(?:is|are) (?:now )?(?:looking|"
    r"investigating|considering|dealing|examining)\b|\bfile open\b"
)
_DENIED = compiled(
    r"\b(?:not|nor|never|neither|no) (?:\w+ ){0,3}(?:for |to |by |from |of )?(?:the |an? )?@"
)
_SETTLED = frozenset(
    "better-placed-body signposted-to previous-decision-maker decision-shared-with "
    "joint-investigator".split()
)
"""Roles of a watchdog beside which a mention says nothing new."""
_HELPS = compiled(
    r"@(?:'s)? (?:\w+ )?(?:can|could|may|might|will|would|offers?|is (?:there|able|willing))\b"
    r"|\b(?:help|advice|support|assistance)\b[^.;]{0,40}@"
)
_MAY_ASK = compiled(
    r"\b(?:can|may|might|could|should|free|open|has only|have only|need only)\b[^.;]{0,40}"
    r"\b(?:ask|apply|go|turn|write|return|put|take|bring|claim|seek|sue|begin"
    r"|start)\w*\b[^.;]{0,60}@"
    r"|\b(?:a |any |that |such an? )(?:claim|action|application)\b[^.;]{0,60}\b(?:in|to|before|at) "
    r"(?:the |an? )?@"
)


def told_of(sentence: Sentence, start: int, end: int, body: str) -> bool:
    """Whether the sentence tells what the body did, and not just that people turned to it."""
    if sentence.section not in _LEFT or bodies()[body].kind not in _CAREFUL:
        return True
    before, after = sentence.lower[: start - sentence.start], sentence.lower[end - sentence.start :]
    marked = f"{before}@{after}"
    if body == "coroner":
        return _DEATH.search(marked) is None
    return _STORY.search(marked) is not None


def read_left(
    reading: Reading,
    mentions: Collection[Mention],
    found: Mapping[str, Mapping[str, object]],
    add: Add,
) -> None:
    """Add what is left to each body of ``mentions`` that the rules gave no part in it."""
    for sentence, start, end, body in mentions:
        if sentence.section not in _LEFT and sentence.section not in _FOUND:
            continue
        kind = bodies()[body].kind
        have = set(found.get(body, {}))
        many = sentence.lower[end - sentence.start :].startswith("s ")
        if many and kind in ("court", "tribunal") and " " not in _bare(reading, start, end):
            continue  # "the courts" are no court
        marked = (
            f"{sentence.lower[: start - sentence.start]}@{sentence.lower[end - sentence.start :]}"
        )
        if sentence.section in _FOUND and not _hands_over(reading, sentence, marked):
            continue
        role = _role(kind, body, have, marked, reading.document.joint)
        if role is not None and role not in have:
            add(body, role, sentence, RULE)
    _sent_on(reading, mentions, found, add)


def _bare(reading: Reading, start: int, end: int) -> str:
    return reading.lower[start:end].removeprefix("the ")


def _hands_over(reading: Reading, sentence: Sentence, marked: str) -> bool:
    """Whether a sentence of the findings gives the matter to the body it names."""
    if not _HANDED.search(marked):
        return False
    if sentence.section != "found.facts":
        return True
    near = reading.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    return any(_NOT_OURS.search(other.lower) for other in near)


def _role(kind: str, body: str, have: Collection[str], marked: str, joint: bool) -> str | None:
    """The role in a passage of this kind, or none."""
    if body == "lgsco" or _DENIED.search(marked):
        return None
    told = _STORY.search(marked) is not None
    if kind in _WATCHES:
        return None if told or not _SETTLED.isdisjoint(have) else "better-placed-body"
    if kind == "police-generic":
        if told:
            return "took-part-in-events"
        barred = "out-of-jurisdiction-to" in have
        if not barred and _NOT_FOR_US.search(marked):
            return "out-of-jurisdiction-to"
        return "better-placed-body" if _HOLDS.search(marked) and not barred else None
    if body == "coroner" and _DEATH.search(marked) and "court-proceedings-in" not in have:
        return "better-placed-body"
    return None if have else _first_role(kind, body, marked, told, joint)


def _first_role(kind: str, body: str, marked: str, told: bool, joint: bool) -> str | None:
    """The role of a body that the decision has given no other."""
    if kind == "tribunal" or body == "planning-inspectorate":
        return "appealed-to" if told else "right-of-appeal-to"
    if body == "coroner":
        return "took-part-in-events" if told else "better-placed-body"
    if kind == "court":
        return "court-proceedings-in" if told else _open_court(body, marked)
    if kind in _OFFICES:
        held = not told and (_HANDED.search(marked) or _HOLDS.search(marked))
        return "better-placed-body" if held else None
    if kind == "advice" and _HELPS.search(marked):
        return "signposted-to"
    return "out-of-jurisdiction-to" if body == "nhs-trust" and not joint else None


def _open_court(body: str, marked: str) -> str | None:
    """What a court is for that nobody has gone to yet."""
    if body in ("county-court", "high-court") and (
        _MAY_ASK.search(marked) or _HOLDS.search(marked) or _HANDED.search(marked)
    ):
        return "better-placed-body"
    return None


_GO = compiled(r"\bcomplain|\b(?:should|could|can|may|might) go\b|\bto go to\b")


def _sent_on(
    reading: Reading,
    mentions: Collection[Mention],
    found: Mapping[str, Mapping[str, object]],
    add: Add,
) -> None:
    """A matter left to a body where nobody has been yet sends the person there."""
    for sentence, _, _, body in mentions:
        if sentence.section not in _LEFT or bodies()[body].kind not in _WATCHES:
            continue
        have = found.get(body, {}).keys()
        if "better-placed-body" not in have or "signposted-to" in have:
            continue
        if "took-part-in-events" in have or "previous-decision-maker" in have:
            continue
        near = reading.sentences[max(0, sentence.index - 1) : sentence.index + 2]
        around = " ".join(s.lower for s in near if s.block == sentence.block)
        if not _THERE.search(around) and (PERSON.search(around) or _GO.search(around)):
            add(body, "signposted-to", sentence, RULE)


_OTHER_HOLDS = compiled(
    r"^,?(?: \([^)]{1,40}\))?(?: and not this council|, not this council"
    r"|, rather than this council)"
    r"|^[^.;]{0,40}\b(?:has|have) (?:the )?(?:powers?|responsibility|duty|jurisdiction)\b"
    r"|^,? (?:which )?(?:is|as) (?:the )?(?:\w+ )?(?:highway|education|planning|licensing|social "
    r"services|waste|flood|library) authority\b|^ (?:is|was|are) (?:the one |the body "
    r"|the council )?"
    r"(?:responsible|answerable)\b"
)


def read_elsewhere(reading: Reading, own: Collection[str | None], add: Add) -> None:
    """Another council that is said to be the one with power over a matter left out."""
    for sentence in reading.in_sections(*_LEFT):
        if "council" not in sentence.lower:
            continue
        for _, end, name in councils.mentions(sentence.text):
            council = councils.resolve(name, reading.date)
            if council is None or council.gss in own:
                continue
            if _OTHER_HOLDS.search(sentence.lower[end:]):
                add("other-council", "better-placed-body", sentence, RULE)
                return
