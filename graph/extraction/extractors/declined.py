"""Passages in which the Ombudsman says what it does not look at.

The list of powers names reasons that are not used and omits ones that are, so a reason
counts only where something of this complaint is declined. Most decisions decline a part
and give the reason in the sentence before or after; a decision not to investigate gives
its reasons in the summary, the assessment and at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from graph.extraction.reading import Reading
from graph.extraction.scan import Scan, watch
from graph.extraction.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one paragraph that belong to one refusal."""

    sentences: tuple[Sentence, ...]
    whole: bool
    """Whether the complaint as a whole is declined; False where a part of it is."""
    voiced: bool
    """Whether the Ombudsman speaks in it, rather than tells what others did."""


_ADVERBS = (
    r"(?:(?:have|has|had|did|do|does|am|are|is|will|shall|would|could|can|should|also|therefore|"
    r"thus|so|now|then|however|accordingly|still|simply|decided|chosen|only|normally|usually),? )*"
)
_LOOK = (
    r"(?:(?:re-?)?investigat\w*|look(?:ed|ing)? (?:at|into|in)|examin\w*|pursu\w*|"
    r"go(?:ne|ing)? (?:into|back)|deal(?:t|ing)? with|take (?:up|on|this|it)|"
    r"includ\w*|cover\w*|comment\w* on|exercis\w* (?:\w+ )?discretion|"
    r"consider(?:ed|ing)?(?! (?:that|there|it (?:was|is|to|would|fair|appropriate|necessary|right)|"
    r"any|this (?:was|is|to|caus)|whether)\b))"
)
_DECLINES = watch(
    re.compile(
        # "I have not investigated", "we cannot look at"; "we do not consider" is an opinion
        rf"\b(?:i|we|ombudsm[ae]n) (?!do not consider|does not consider){_ADVERBS}"
        rf"(?:not|cannot|unable|never)\b,? (?:[\w,]+ ){{0,3}}?{_LOOK}"
        rf"|\bwe (?:will not|shall not|cannot|can not) or (?:will|can) ?not\b"
        r"|\b(?:i|we|ombudsman) do(?:es)? not consider (?:[\w'-]+ ){0,3}"
        r"(?:handling|late complaints?)\b(?! (?:was|is))"
        r"|\b(?:was|were|is|are|been|be) not (?:been )?(?:investigated|looked (?:at|into))\b"
        r"|\bcannot be (?:investigated|considered)\b"
        r"|\b(?:outside|beyond|not (?:with)?in|out of|no part of|not part of) "
        r"(?:our|my|the ombudsm[ae]n'?s?'?|the scope of|this investigation|the (?:time limit"
        r"|law))\b"
        r"|\bno (?:power|jurisdiction|authority) (?:to (?:look|investigat|consider|deal|go|examin)|"
        r"over)"
        r"|\b(?:see|seen|is|are|find|be) no (?:good )?(?:grounds?|reasons?) "
        r"(?:to|for|why) (?:\w+ ){0,3}?(?:look|exercis|consider|investigat|accept|discretion)"
        r"|\b(?:i|we) (?:have )?decided against (?:\w+ )?(?:investigat|look|exercis)\w*"
        r"|\b(?:limited|restricted|confined) (?:my|our|the|this) investigation"
        r"|\binvestigation (?:is|was|has been) (?:limited|restricted|confined)"
        r"|\binvestigation (?:does|did|has|will) not (?:cover|includ|extend|go|look)"
        r"|\b(?:left (?:\w+ ){0,3}(?:out|aside)|set (?:\w+ ){0,2}aside|put (?:\w+ ){0,2}to one "
        r"side)\b"
        r"|\b(?:beyond|outside|out of) (?:my|our) (?:reach|hands|power)|\bnot (?:mine|ours) to\b"
        r"|\bnot (?:something|one|a matter|matters|a question|questions|things) (?:that |"
        r"which )?(?:i|we)\b"
        r"|\bnot for (?:me|us|the ombudsm[ae]n) to (?:look|investigat|consider|examin|go|deal"
        r"|decid|re)"
        r"|\b(?:i|we) have only (?:looked|considered|investigated|gone)\b"
        r"|\b(?:anything|what (?:happened|came)|the rest|events?|matters?) (?:is|are|earlier"
        r"|before|"
        r"after)"
        r"[^.]{0,40}\b(?:late|too (?:old|long)|out of time)\b"
        r"|\b(?:i|we) have (?:looked at|investigated|considered|gone into) nothing\b"
        r"|\b(?:i|we) (?:say nothing|make no comment|express no view|take no view) (?:on|about)"
        r"|\b(?:gone|go|looked|look|goes) (?:back )?no (?:further|earlier)\b|\bclosed to (?:me"
        r"|us)\b"
        r"|\b(?:prevents?|bars?|stops?|rules? out|forbids?) (?:me|us|our|my)\b"
        r"|\b(?:does|do|did) not (?:allow|let|permit|give) (?:me|us)\b"
        r"|\b(?:i|we) (?:have )?(?:leave|left|must leave) (?:that|this|it|them|those) (?:to|for)\b"
        r"|\bdiscontinued (?:my|our|the) investigation (?:of|into) (?:that|this|part)"
    )
)
_CUE = re.compile(
    r"\bnot\b|cannot|\bno\b|outside|beyond|against|limited|restricted|confined|unable|left|"
    r"discontin"
    r"|never|out of|aside|to one side|nothing|prevent|\bbar|stops?\b|rule|forbid|closed|leave|"
    r"only|late\b|\btoo\b"
)
_DONE = watch(
    re.compile(
        r"\b(?:i|we) (?:have|did) (?:\w+,? )?not (?:\w+ )?"
        r"(?:investigat|look|exercis|consider(?:ed)? (?!that|there))\w*"
        r"|\b(?:i|we) have (?:\w+ )?decided not to (?:investigat|look|consider|exercis)"
    )
)
"""A refusal of this case among paragraphs about the law, which speak in the present tense."""
_VOICE = re.compile(
    r"\b(?:i|we|us|our|my|ombudsm[ae]n)\b|\breasonabl|better placed|\bis late\b|worthwhile|"
    r"injustice"
)
_FINDING = ("found", "found.findings", "assessment", "decision", "report.finding")
_WHOLE = ("summary", "assessment", "found", "found.findings", "decision", "not-investigated")
_ASIDE = ("role-powers", "how-considered", "complaint")


def declined(reading: Reading, disposition: str) -> Iterator[Passage]:
    """The passages of a decision, in order."""
    for (_, section), group in groupby(reading.sentences, key=lambda s: (s.block, s.section)):
        sentences = list(group)
        if disposition != "investigated" and section in _WHOLE:
            voiced = section in ("summary", "decision") or _any(_VOICE, sentences)
            yield Passage(tuple(sentences), True, voiced)
        else:
            yield from _parts(reading.scan, section, sentences)


def _parts(scan: Scan, section: str, sentences: list[Sentence]) -> Iterator[Passage]:
    if section == "not-investigated":
        yield Passage(tuple(sentences), False, True)
        return
    if section in _ASIDE:
        before, pattern, after = 3, _DONE, 1
    elif section == "what-investigated":
        before, pattern, after = len(sentences), _DECLINES, len(sentences)
    elif section == "summary":
        before, pattern, after = 0, _DECLINES, 1
    elif section in _FINDING:
        before, pattern, after = 3, _DECLINES, 2
    else:
        return
    near: set[int] = set()
    for at, sentence in enumerate(sentences):
        if (
            scan.may_match(pattern, sentence.index)
            and pattern.search(sentence.lower)
            and _CUE.search(sentence.lower)
        ):
            near.update(range(max(0, at - before), min(len(sentences), at + after + 1)))
    if near:
        yield Passage(tuple(sentences[i] for i in sorted(near)), False, True)


def _any(pattern: re.Pattern[str], sentences: list[Sentence]) -> bool:
    return any(pattern.search(sentence.lower) for sentence in sentences)
