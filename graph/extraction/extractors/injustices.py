"""Injustices: the harm that the Ombudsman says a fault caused.

Read from the sentences in which the Ombudsman reasons, sums up or sets a remedy, and
from the purposes of agreed payments; never from what the complainant says or wants, from
the law, or from what might have been. The kinds are those of the Ombudsman's Guidance on
Remedies as the scheme ``injustice`` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors.judgements import _CONCURS, _OWN, _REPORTED
from graph.extraction.reading import ACTION_SECTIONS, Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence
from ontology.model import Evidence, Injustice

SECTIONS = (
    "summary",
    "found",
    "found.findings",
    "found.facts",
    "assessment",
    "decision",
    "report.finding",
    "action",
    "report.recommendations",
)
UNSPECIFIED = "unspecified"
OTHERS = "injustice-to-others"
ABSENT = ("no-injustice", "injustice-already-remedied")
"""Types that say there is nothing left to remedy."""
_NAMED = ".named"
"""End of the ids of rules that only name a harm; the others tell it."""

_OWN_WORDS = re.compile(
    r"\b(?:i|we) (?:also )?(?:find|found|consider|accept|think)\b|\binjustice\b"
)
_NOT_SAID = re.compile(
    # guidance, law and policy
    r"^(?:if(?!\b[^.;]*\bwould\b)|unless|where|should|councils?|local authorities|"
    r"planning authorities|statutory|"
    r"claims for|carers are|"
    r"an? (?:applicant|person|payment|remedy)\b[^.;]{0,60}\b(?:is owed|may|will often)|"
    r"the (?:law|regulations|contract|policy|question)|injustice may|"
    r"the tribunal can|time and trouble payments|our role|part of our|when we recommend)\b|"
    r"(?<!in line with )(?<!\w)(?:our (?:remedies )?guidance|the guidance|"
    r"guidance (?:on remedies )?(?:says|suggests|recommends|speaks)|its policy|"
    r"(?:we|i) (?:usually|normally|often|generally|would generally|do not award|may look|"
    r"ask(?:ed)? the council)|usually|typically|moderate sum|in cases where|where we find|"
    r"can (?:cause|include|refuse)|(?:may|could) (?:cause|recommend)|moderate sum|"
    r"material (?:planning )?considerations|"
    # what is being asked, supposed, wished or refused
    r"whether\b[^,;]{0,60}\b(?:caus\w*|injustice|put to)|would depend on|injustice (?:she|he|"
    r"they|claimed|alleged)|what effect|the alleged|"
    r"wants?|wanted|would like|asks for|(?:mr|mrs|miss|ms|mx) \w (?:has |had |"
    r"also )?asked (?:me |us |the council )?(?:for|to)|seeks|hopes?|wishes|claim for|"
    r"better placed|"
    r"(?:i|we) (?:do|did|have|can) ?not (?:recommend|suggest|investigate|ask(?:ed)?)|"
    r"will not investigate|did not look into|not (?:be )?(?:evidence of|proportionate)|my role|"
    # another time
    r"(?:earlier|previous|first) (?:decision|complaint|investigation|statement)|in (?:19|"
    r"20)\d\d we (?:found|decided)|since year \d)\b"
)
_UNREAL = re.compile(
    r"^\W*(?:had|if|were|unless) (?!to\b|no\b|not to\b)[^.;]{3,120}?\bwould\b(?! (?:never )?know)"
    r"|\bwould have (?:been )?(?:lost|left|suffered|missed|had to)\b"
)
_NEGATED = re.compile(
    r"\b(?:no|not|n't|never|nor|cannot|neither)\b(?: (?!and\b|which\b|so\b|because\b|"
    r"when\b|as\b|until\b|that this\b|surpris|doubt|only\b)[\w'-]+){0,6}? "
    r"(?:caus\w+|suffer\w*|injustice|distress\w*|affected|disadvantag\w*|consequence|effect|"
    r"impact)\b|\bno evidence"
)
_CAUSED = re.compile(
    r"\bcaus\w+|injustice|result\w*|consequence|led to|meant|means|\bleft\b|leav\w+|impact|"
    r"effect\b|affect\w*|suffer\w*|"
    r"\bputs? (?:\w+ ){1,4}to|denied|depriv\w+|experienc\w+|feel\w*|felt\b|add(?:ed|s|ing) to|"
    r"source of|how (?:upsetting|distressing|frustrating|worrying)|"
    r"found (?:[\w'-]+ ){1,6}(?:upsetting|distressing|stressful|frustrating|"
    r"frightening|hurtful|shocking)|(?:added|avoidable|additional|unnecessary|needless|further|"
    r"undue|considerable|significant|understandabl[ey])\b|gave\b|brought|"
    r"made (?:[\w'-]+ ){1,9}(?:worse|harder|ill)|"
    r"(?:recognis|acknowledg|reflect|remedy|symbolis|for) (?:the|her|his|their|this|any|that|"
    r"how|avoidable|unnecessary)|because|through\b|without\b|"
    r"will have|must have|\bhad the\b|\bput to\b|weighed|(?:frustrat|distress|upset|worri|alarm|"
    r"inconvenienc|hurt|sadden|griev|disrupt)\w* (?:her|him|them|both|"
    r"the (?:[\w'-]+ )?(?:family|parents|couple|household|residents?)|mr|mrs|miss|ms)\b|"
    r"was then\b|(?:is|was|are|were|been|be|has been|have been|had been|became|become|remains?|"
    r"it) (?:[\w'-]+ ){0,4}?(?:upset\w*|distress\w*|frustrat\w*|worr\w*|stressful|anxious|"
    r"alarm\w*|shock\w*|frighten\w*|scared|annoy\w*|exasperat\w*|inconvenien\w*|disrupt\w*|"
    r"traumatic|hurtful|harrowing|embarrass\w*|undignified|pain\w*|unsettl\w*|degrading|"
    r"humiliat\w*|wearing|thrown|an?)\b|"
    r"compromis\w+|lack\w*|\blos(?:t|s)|contributed|worsen\w*|deteriorat\w*|declin\w*|developed|"
    r"harm\w*|had to\b|spent\b|which he|fears?\b|longer than|outrag"
)
_THEN_WELL = re.compile(
    r"\b(?:not|never|n't) (?:miss|lose|lost|be disadvantaged)\b|\bno evidence\b|"
    r"\bnothing (?:to (?:show|suggest|say|indicate)|shows|suggests|in)\b|"
    r"\b(?:i|we) (?:do|did)(?: not|n't) (?:agree|accept|believe|say|conclude|show)\b"
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b(?:(?: and| or|,) (?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b)*"
)
_CLAUSE = re.compile(
    r";|\bbut\b(?! for| avoidable| real| understandable| needless)|\bhowever\b|\balthough\b|"
    r"\bthough\b|, so\b|\.\s"
)
_SPEAKER = re.compile(
    r"\baccording to (?!the (?:evidence|records|file))|"
    r"(?:^|[.,;] |\band )(?:it|the council) (?:then |also |has |had |since )*"
    r"(?:refunded|paid|offered)\b|"
    r"\b(?:concern|view|belief|complaint|fear|argument|case|point) is that\b|"
    r"\b(?:she|he|they|mr \w|mrs \w|miss \w|ms \w) (?:added|wrote) that\b|"
    r"\b(?:family|officer|doctor|gp|consultant|therapist|nurse|inspector|enquiry|assessment|panel|"
    r"court|plan|letter|form|notes?|headteacher|complainant|police|surveyor|"
    r"stage \w+ investigator|housing ombudsman) "
    r"(?:found|said|says|considers?|considered|records|recorded|concluded|decided|wrote|noted|"
    r"advised|stated|states|reported|recommended|described)\b"
)
_EXPERIENCE = re.compile(
    r"experienc\w+$|\b(?:asked?|denied)$|^(?:mr|mrs|miss|ms|dr|she|he|they)\b.*\b(?:felt|feels?|"
    r"found)$"
)
"""Verbs that tell what somebody went through rather than what somebody says."""
_PAID_BACK = re.compile(
    r"\b(?:refund|reimburse|repay|pay back|paid back|return)\b[^.;]{0,60}?"
    r"\b(?:paid|spent|gave|incurred|top-up|charged|(?:living|legal|extra|her|his|"
    r"their) (?:costs?|expenses))\b"
)
_OTHERS_PAID = re.compile(
    r"\b(?:anyone|everyone|any other|other|others|all|identify|trace|review|them)\b"
)
_PURPOSE = re.compile(r"£|\b(?:pay|paid|refund|reimburs|apolog|injustice|caus|recognis|acknowledg)")
_PUPIL = re.compile(r"\behcp?\b|special educational|\bsection f\b|\bschool|\btuition\b")
_AT_HOME = re.compile(r"\b(?:respite|short breaks?|transport|home care|personal care|carers?)\b")


def read_injustices(reading: Reading, at_fault: bool) -> tuple[Injustice, ...]:
    """Injustices by type, each once, in order of first evidence; none without a fault."""
    if not at_fault:
        return ()
    found: dict[str, tuple[str | None, list[Evidence]]] = {}
    for sentence in reading.in_sections(*SECTIONS):
        for type_, rule in stated(reading, sentence):
            _, evidence = found.setdefault(type_, (_person(reading, sentence), []))
            quote = reading.quote(sentence, rule)
            if quote not in evidence:
                evidence.append(quote)
    if len(found) > 1:  # "this caused injustice" adds nothing where its kind is told
        found.pop(UNSPECIFIED, None)
    return tuple(
        Injustice(f"i{index}", type_, person, tuple(evidence))
        for index, (type_, (person, evidence)) in enumerate(found.items(), 1)
    )


def stated(reading: Reading, sentence: Sentence) -> list[tuple[str, str]]:
    """(type, rule) of each injustice that a sentence states in the Ombudsman's own voice."""
    action = sentence.section in ACTION_SECTIONS
    rules = reading.candidates("injustice-types", sentence)
    if not (rules or action) or _NOT_SAID.search(sentence.lower):
        return []
    if sentence.section == "found.facts" and not _OWN_WORDS.search(sentence.lower):
        return []
    if action and not _PURPOSE.search(f"{sentence.lead} {sentence.lower}"):
        return []
    found: dict[str, str] = {}
    for start, end in _clauses(sentence.lower) if rules else ():
        told = list(_of_clause(rules, sentence, sentence.lower[start:end]))
        # who speaks is the dearer question: asked only where something is told
        if told and (action or not _said_by_others(sentence.lower, end)):
            for type_, rule in told:
                found.setdefault(type_, rule)
    if action and _PAID_BACK.search(sentence.lower) and not _OTHERS_PAID.search(sentence.lower):
        found.setdefault("financial-loss", "injustice.paid-back")
    if len(found) > 1:
        found.pop(UNSPECIFIED, None)
    return _settled(reading, sentence, found)


def _of_clause(rules: list[Rule], sentence: Sentence, clause: str) -> Iterator[tuple[str, str]]:
    """Kinds of injustice that a clause states, as (type, rule)."""
    matched = [rule for rule in rules if rule.pattern.search(clause)]
    others = [rule for rule in matched if rule.label == OTHERS]
    absent = [rule for rule in matched if rule.label in ABSENT]
    closing = sentence.section == "summary" or sentence.section in ACTION_SECTIONS
    if absent and not closing:
        yield absent[0].label, absent[0].id
        if absent[0].label == "no-injustice":
            return
    if others and not closing:
        yield OTHERS, others[0].id
    if others or _UNREAL.search(clause) or _THEN_WELL.search(clause):
        return
    action = sentence.section in ACTION_SECTIONS
    caused = action or "injustice" in sentence.heading or bool(_CAUSED.search(clause))
    negated = bool(_NEGATED.search(clause))
    for rule in matched:
        if rule.label in ABSENT:
            continue
        if rule.label == UNSPECIFIED and (negated or absent or action):
            continue
        if rule.id.endswith(_NAMED) and (negated or not caused):
            continue
        yield rule.label, rule.id


def _settled(reading: Reading, sentence: Sentence, found: dict[str, str]) -> list[tuple[str, str]]:
    """What was found, with one type for one loss: help that a pupil lost is education."""
    if "loss-of-service" in found:
        pupil = (reading.category_slug or "").startswith("education")
        other = _AT_HOME.search(sentence.lower)
        pupil = pupil or bool(_PUPIL.search(sentence.lower))
        if not other and ("loss-of-education" in found or pupil):
            rule = found.pop("loss-of-service")
            found.setdefault("loss-of-education", rule)
    return list(found.items())


def _clauses(lower: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSE.finditer(lower):
        yield start, cut.start()
        start = cut.start()
    yield start, len(lower)


def _said_by_others(lower: str, end: int) -> bool:
    """Whether the last speaker before ``end`` is somebody other than the Ombudsman."""
    reported = [m for m in _REPORTED.finditer(lower[:end]) if not _EXPERIENCE.search(m.group())]
    reported += _SPEAKER.finditer(lower[:end])
    if not reported:
        return False
    last = max(reported, key=lambda match: match.start())
    if re.search(r"caus\w+|injustice", lower[: last.start()]):
        return False
    own = [m.start() for m in _OWN.finditer(lower[:end])]
    if own and own[-1] > last.start():
        return False
    return not _CONCURS.search(lower[: last.start()])


def _person(reading: Reading, sentence: Sentence) -> str | None:
    """Who suffered: the people the sentence names, or the one who complains."""
    text = reading.folded[sentence.start : sentence.end]
    named = _PERSON.findall(text)
    if named:
        return str(named[-1])
    return reading.complainants[0] if len(reading.complainants) == 1 else None
