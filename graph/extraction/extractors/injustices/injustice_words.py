"""What a clause about harm says outright: whose words it is, what it denies, what it supposes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors.findings.judgements import _CONCURS, _OWN, _REPORTED
from graph.extraction.first_letters import compiled
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

_OWN_WORDS = watch(r"\b(?:i|we) (?:also )?(?:find|found|consider|accept|think)\b|\binjustice\b")
_GENERAL = compiled(
    # guidance, law and policy
    r"(?:if(?!\b[^.;]*\bwould\b)|unless|where|should|councils?|local authorities|"
    r"planning authorities|statutory|"
    r"claims for|carers are|"
    r"an? (?:applicant|person|payment|remedy)\b[^.;]{0,60}\b(?:is owed|may|will often)|"
    r"the (?:law|regulations|contract|policy|question)|injustice may|"
    r"the tribunal can|time and trouble payments|our role|part of our|when we recommend)\b"
)
"""First words of a sentence that speaks in general."""
_NOT_SAID = watch(
    r"(?<!in line with )(?<!\w)(?:our (?:remedies )?guidance|the guidance|"
    r"guidance (?:on remedies )?(?:says|suggests|recommends|speaks)|its policy|"
    r"(?:we|i) (?:usually|normally|often|generally|would generally|do not award|may look|"
    r"ask(?:ed)? the council)|usually|typically|moderate sum|in cases where|where we find|"
    r"can (?:cause|include|refuse)|(?:may|could) (?:cause|recommend)|moderate sum|"
    r"material (?:planning )?considerations|"
    # what is being asked, supposed, wished or refused
    r"whether\b[^,;]{0,60}\b(?:caus\w*|injustice|put to)|would depend on|injustice (?:she|he|"
    r"they|claimed|alleged)|what effect|the alleged|"
    r"wants?(?! of)|wanted|would like|asks for|(?:mr|mrs|miss|ms|mx) \w (?:has |had |"
    r"also )?asked (?:me |us |the council )?(?:for|to)|seeks|hopes?(?= (?:that|to|for)\b)|"
    r"wishes|claim for|better placed|"
    r"(?:i|we) (?:do|did|have|can) ?not (?:recommend|suggest|investigate|ask(?:ed)?)|"
    r"will not investigate|did not look into|not (?:be )?(?:evidence of|proportionate)|my role|"
    # another time
    r"(?:earlier|previous|first) (?:decision|complaint|investigation|statement)|in (?:19|"
    r"20)\d\d we (?:found|decided)|since year \d)\b"
)
_JUDGES = watch(
    r"\bfault\b|\bmaladministration\b|\binjustice\b|\bservice failure\b|\bshould (?:not )?have\b|"
    r"\bought (?:not )?to (?:have|be)\b|\bfailed\b|\bf[ae]ll(?:s|en)? short\b|\bwrong(?:ly)?\b|"
    r"\bunreasonabl[ey]\b|\bcriticis\w+|\bnot good enough\b"
)
_CLEARS = watch(
    r"\bno (?:\w+ )?fault\b|\bnot (?:\w+ ){0,3}fault\b|\bwithout fault\b|\bno evidence of fault\b|"
    r"\b(?:not|cannot) (?:criticise|uphold)\b"
)
_FOLLOWS = compiled(
    r"\bcaus\w+|\bresult\b|\bconsequence|\bmeant\b|\bleft (?:her|him|them|mr|mrs|miss|ms|the)\b|"
    r"\bso\b|\binstead\b|\bneedless|\bneed not\b|\bavoidabl|\bunnecessar|\blonger\b|\bshould\b|"
    r"\bought\b|\bwould (?:\w+ )?(?:have|be)\b|\bas it was\b|\bput (?:her|him|them|mr|mrs)\b|"
    r"\bthis\b|\bthat\b.* (?:is|was) an? |\bhas had to\b|\bdenied\b|\bdepriv"
)
_UNREAL = watch(
    r"^\W*(?:had|if|were|unless) (?!to\b|no\b|not to\b)[^.;]{3,120}?\bwould\b(?! (?:never )?know)"
    r"|\bwould have (?:been )?(?:lost|left|suffered|missed|had to|cost)\b"
)
_THEN_WELL = watch(
    r"\b(?:not|never|n't) (?:miss|lose|lost|be disadvantaged)\b|\bno evidence\b|"
    r"\bnot without\b|\bno (?:reason|grounds?) to (?:think|believe|suppose|say|doubt)\b|"
    r"\bnothing (?:to (?:show|suggest|say|indicate)|shows|suggests|in)\b|"
    r"\b(?:i|we) (?:do|did)(?: not|n't) (?:agree|accept|believe|say|conclude|show)\b"
)
_CHOSEN = watch(
    r"\bby choice\b|\b(?:chose|prefer(?:s|red)) to\b|\bas (?:she|he|they) (?:had )?"
    r"(?:agreed|wished|wanted|chose|asked)\b|\bbecause (?:she|he|they) (?:had )?"
    r"(?:declined|refused|turned|chose|did not want)\b"
)
_NEGATED = watch(
    r"\b(?:no|not|n't|never|nor|cannot|neither)\b(?: (?!and\b|which\b|so\b|because\b|"
    r"when\b|as\b|until\b|that this\b|surpris|doubt|only\b)[\w'-]+){0,6}? "
    r"(?:caus\w+|suffer\w*|injustice|distress\w*|affected|disadvantag\w*|consequence|effect|"
    r"impact)\b|\bno evidence"
)
_OPEN = watch(
    r"\b(?:cannot|not|never) (?:now )?(?:tell|know|say|be (?:sure|certain)) (?:if|whether)\b"
)
_CAUSED = compiled(
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
    r"traumatic|galling|maddening|infuriat\w*|rattled|mortified|appalled|dismay\w*|cruel|"
    r"bewilder\w*|fed up|at the end|hurtful|harrowing|embarrass\w*|undignified|pain\w*|"
    r"unsettl\w*|degrading|humiliat\w*|wearing|thrown|an?)\b|"
    r"compromis\w+|lack\w*|\blos(?:t|s)|contributed|worsen\w*|deteriorat\w*|declin\w*|developed|"
    r"harm\w*|had to\b|spent\b|which he|fears?\b|carried|carry|bore\b|longer than|outrag"
)
_NOT_SO = compiled(
    # what denies the words that follow it, or only supposes them
    r"\b(?:not|never|n't|nor|neither|hardly|without|no|nothing|nobody|avoid(?:ed|s|ing)?|prevent\w*|"
    r"would|might|could|may|can|should|must|"
    r"whether|if|unless|to see|risk of|rather than|instead of|in case|for fear of|entitled to)"
    r"(?: (?!and\b|but\b|so\b|because\b|doubt\b)[\w'-]+){0,3} $"
)
_DOUBTED = watch(r"\b(?:i|we) (?:do|did)(?: not|n't) (?:think|consider|find|see|suppose)\b")
_DOING = compiled(
    r"(?:had|has|have|spent|paid|pay|borrow|lost|miss|up|was|were|could|did|went|woken)"
)
_BY_A_BODY = compiled(
    r"(?:\b(?:it|council|authority|trust|provider|home|school|agency|contractor|company|team|"
    r"officers?|staff|inspector|surveyor|crew|committee|nurse|doctor|police|worker)"
    r"(?: (?:had|has|have|was|were|then|also|itself|already))*|^the [\w'-]+ officers?) $"
)
"""What a body did or spent is nobody's injustice."""
_CLAUSE = compiled(
    r";|\bbut\b(?! for| avoidable| real| understandable| needless)|\bhowever\b|\balthough\b|"
    r"\bthough\b(?!,)|, so\b|\.\s"
)
_SPEAKER = watch(
    r"\baccording to (?!the (?:evidence|records|file))|"
    r"(?:^|[.,;] |\band )(?:it|the council) (?:then |also |has |had |since )*"
    r"(?:refunded|paid|offered)\b|"
    r"\b(?:concern|view|belief|complaint|fear|argument|case|point) is that\b|"
    r"\b(?:she|he|they|mr \w|mrs \w|miss \w|ms \w) (?:(?:added|wrote|is sure|was sure) that|"
    r"makes? the point|made the point|points? out|pointed out|puts? it|put it to us)\b|"
    r"\b(?:family|officer|doctor|gp|consultant|therapist|nurse|inspector|enquiry|assessment|panel|"
    r"court|plan|letter|form|notes?|headteacher|complainant|police|surveyor|"
    r"stage \w+ investigator|housing ombudsman) "
    r"(?:found|said|says|considers?|considered|records|recorded|concluded|decided|wrote|noted|"
    r"advised|stated|states|reported|recommended|described)\b"
)
_EXPERIENCE = compiled(
    r"experienc\w+$|\b(?:asked?|denied)$|^(?:mr|mrs|miss|ms|dr|she|he|they)\b.*\b(?:felt|feels?|"
    r"found)$"
)
"""Verbs that tell what somebody went through rather than what somebody says."""


def not_said(sentence: Sentence) -> bool:
    """Whether a sentence gives law, guidance, wishes, questions or another decision."""
    return _GENERAL.match(sentence.lower) is not None or _NOT_SAID.matches(sentence)


def own_words(sentence: Sentence) -> bool:
    """Whether the Ombudsman plainly speaks, as it must amid what happened."""
    return _OWN_WORDS.matches(sentence)


def judges(sentence: Sentence) -> bool:
    """Whether a sentence judges what was done."""
    return _JUDGES.matches(sentence)


def clears(sentence: Sentence) -> bool:
    """Whether a sentence says that there was no fault."""
    return _CLEARS.matches(sentence)


def follows(lower: str) -> bool:
    """Whether a sentence says that what it tells came of something that was done or not done."""
    return bool(_FOLLOWS.search(lower))


def supposed(sentence: Sentence, clause: str) -> bool:
    """Whether a clause of a sentence tells what did not come, or what somebody chose."""
    return any(pattern.search(sentence, clause) for pattern in (_UNREAL, _THEN_WELL, _CHOSEN))


def negated(sentence: Sentence, clause: str) -> bool:
    """Whether a clause of a sentence denies that harm was caused."""
    return _NEGATED.search(sentence, clause) is not None


def caused(clause: str) -> bool:
    """Whether a clause says of harm that it was caused, felt or made good."""
    return _CAUSED.search(clause) is not None


def left_open(sentence: Sentence, clause: str) -> bool:
    """Whether a clause of a sentence leaves open what would have been, and so denies no loss."""
    return _OPEN.search(sentence, clause) is not None


def outright(pattern: re.Pattern[str], sentence: Sentence, clause: str) -> bool:
    """Whether a clause of a sentence says outright, at one place at least, what a pattern finds."""
    if _DOUBTED.search(sentence, clause):
        return False
    return any(
        not _NOT_SO.search(clause[: m.start()])
        and not (_DOING.match(m.group()) and _BY_A_BODY.search(clause[: m.start()]))
        for m in pattern.finditer(clause)
    )


def clauses(lower: str) -> Iterator[tuple[int, int]]:
    """Spans of the clauses of a sentence."""
    start = 0
    for cut in _CLAUSE.finditer(lower):
        yield start, cut.start()
        start = cut.start()
    yield start, len(lower)


def said_by_others(sentence: Sentence, end: int) -> bool:
    """Whether the last speaker of a sentence before ``end`` is somebody else."""
    lower = sentence.lower
    reported = [
        m
        for m in _REPORTED.finditer(sentence, lower[:end])
        if not _EXPERIENCE.search(m.group())
        and not lower[: m.start()].endswith((" as ", "had "))  # "as she says", "had it told her"
        and not lower.startswith(" on ", m.end())  # "it told on him"
    ]
    reported += _SPEAKER.finditer(sentence, lower[:end])
    if not reported:
        return False
    last = max(reported, key=lambda match: match.start())
    if re.search(r"caus\w+|injustice", lower[: last.start()]):
        return False
    own = [m.start() for m in _OWN.finditer(lower[:end])]
    if own and own[-1] > last.start():
        return False
    return not _CONCURS.search(sentence, lower[: last.start()])
