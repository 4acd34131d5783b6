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

from graph.extraction.extractors.left_out import left_blocks, matters
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
    sure: bool = False
    """Whether the whole passage is about something left out, so that its topic is the reason."""
    declining: Sentence | None = None
    """The sentence that says "this part" is left out, in a paragraph of reasoning."""


_ADVERBS = (
    r"(?:(?:have|has|had|did|do|does|am|are|is|will|shall|would|could|can|should|may|also|"
    r"therefore|thus|so|now|then|however|accordingly|still|simply|decided|chosen|only|normally|"
    r"usually),? )*"
)
_LOOK = (
    r"(?:(?:re-?)?investigat\w*|look(?:ed|ing)? (?:at|into|in)|(?:re-?)?examin\w*|pursu\w*|"
    r"go(?:ne|ing)? (?:into|back|over|behind)|deal(?:t|ing)? with|take (?:up|on|this|it)|"
    r"look(?:ed|ing)? (?:behind|again)|re-?visit\w*|repeat\w*|re-?open\w*|"
    r"includ\w*|cover\w*|comment\w* on|exercis\w* (?:\w+ )?discretion|"
    r"consider(?:ed|ing)?(?! (?:that|there|it (?:was|is|to|would|fair|appropriate|necessary|right)|"
    r"any|this (?:was|is|to|caus)|whether)\b))"
)
_US = r"(?:i|we|(?:the )?ombudsm[ae]n)"
_DECLINES = watch(
    re.compile(
        # "I have not investigated", "we cannot look at"; "we do not consider" is an opinion
        rf"\b(?:i|we|ombudsm[ae]n) (?!do not consider|does not consider){_ADVERBS}"
        rf"(?:not|cannot|unable|never)\b,? (?:[\w,]+ ){{0,3}}?{_LOOK}"
        rf"|\bn(?:or|either) (?:have|has|did|do|does|can|could|will|shall|may|would|am|are) {_US}\b"
        rf"(?! (?:consider|think|find|found|see|saw|agree|accept|believe|say)\b)"
        rf"|\bneither [^.]{{0,40}} nor {_US} can\b"
        rf"|\bwe (?:will not|shall not|cannot|can not) or (?:will|can) ?not\b"
        r"|\b(?:i|we|ombudsman) do(?:es)? not consider (?:[\w'-]+ ){0,3}"
        r"(?:handling|late complaints?)\b(?! (?:was|is))"
        r"|\b(?:was|were|is|are|been|be) not (?:been )?(?:investigated|looked (?:at|into))\b"
        r"|\bcannot be (?:investigated|considered)\b"
        r"|\b(?:outside|beyond|not (?:with)?in|out of|no part of|not part of) "
        r"(?:our|my|the ombudsm[ae]n'?s?'?|the scope of|this investigation|the (?:time limit"
        r"|law))\b"
        r"|\bno (?:powers?|jurisdiction|authority|remit) (?:to (?:look|investigat|consider|deal|go"
        r"|examin)|over)|\bover (?:which|whom) (?:i|we) have no\b"
        r"|\b(?:not|neither|nor) (?:an? )?(?:body|organisation)s? (?:with)?in (?:our|my|the)\b"
        r"|\b(?:has|have|had|is|are|was) (?:been |best )?left to (?:the|it|them|another)\b"
        r"|\b(?:should|must|needs? to|ought to) (?:first|have (?:a|the|its) "
        r"(?:chance|opportunity))\b"
        r"|\bnothing (?:more|further|else) (?:that )?(?:i|we) (?:can|could)\b"
        r"|\b(?:see|seen|is|are|find|be) no (?:good )?(?:grounds?|reasons?) "
        r"(?:to|for|why) (?:\w+ ){0,3}?(?:look|exercis|consider|investigat|accept|discretion)"
        r"|\b(?:i|we) (?:have )?decided against (?:\w+ )?(?:investigat|look|exercis)\w*"
        r"|\b(?:limited|restricted|confined) (?:my|our|the|this) investigation"
        r"|\binvestigation (?:is|was|has been) (?:limited|restricted|confined)"
        r"|\binvestigation (?:does|did|has|will) not (?:cover|includ|extend|go|look)"
        r"|\b(?:left|leav(?:e|ing)) (?:[\w()]+ ){0,4}(?:out|aside|alone|to one side)\b"
        r"|\bno (?:say|voice) (?:in|over|about)\b|\b(?:our|my) authority stops\b"
        r"|\b(?:was|is|were) lost to (?:me|us)\b|\bi express no view\b|\bwe express no view\b"
        r"|\b(?:set (?:\w+ ){0,2}aside|put (?:\w+ ){0,2}to one side)\b"
        r"|\b(?:beyond|outside|out of) (?:my|our) (?:reach|hands|power)|\bnot (?:mine|ours)\b"
        r"|\bnot (?:an? )?(?:something|one|thing|matters?|questions?|things|bod(?:y|ies)|"
        rf"organisations?) (?:that |which )?{_US}\b"
        r"|\bnot for (?:me|us|the ombudsm[ae]n) to (?:look|investigat|consider|examin|go|deal"
        r"|decid|disciplin|re)"
        r"|\bnot (?:be )?for (?:me|us|an? ombudsm[ae]n|the ombudsm[ae]n)\b(?! to\b)"
        r"|\bnot (?:our|my|the ombudsm[ae]n's) (?:role|job|task|function|place) to disciplin"
        r"|\b(?:i|we) have only (?:looked|considered|investigated|gone)\b"
        r"|\b(?:i|we) have (?:looked|considered|investigated|gone) only\b"
        r"|\b(?:looked at|considered|investigated|gone into) (?:[\w()]+ ){1,4}only (?:as far as"
        r"|up to|to|until|from|since)\b"
        r"|\b(?:anything|what (?:happened|came)|the rest|events?|matters?) (?:is|are|earlier"
        r"|before|"
        r"after)"
        r"[^.]{0,40}\b(?:late|too (?:old|long)|out of time)\b"
        r"|\b(?:i|we) have (?:looked at|investigated|considered|gone into) nothing\b"
        r"|\b(?:i|we) (?:say nothing|make no comment|express no view|take no view) (?:on|about)"
        r"|\b(?:i|we) have nothing (?:\w+ )?to add\b"
        r"|\bnothing (?:\w+ )?(?:that )?(?:i|we) (?:can|could) (?:\w+ )?add\b"
        r"|\b(?:gone|go|looked|look|goes) (?:back )?no (?:further|earlier)\b|\bclosed to (?:me"
        r"|us)\b"
        r"|\b(?:prevents?|bars?|stops?|rules? out|forbids?|keeps?) (?:me|us|our|my)\b"
        r"|\b(?:puts?|places?|takes?) (?:this|that|it|these|those|them) (?:out of|beyond|outside)\b"
        r"|\b(?:does|do|did) not (?:allow|let|permit|give) (?:me|us)\b"
        r"|\b(?:i|we) (?:have )?(?:leave|left|must leave) (?:that|this|it|them|those) (?:to|for)\b"
        r"|\bdiscontinued (?:(?:my|our|the) investigation (?:of|into) )?(?:that|this|part)\b"
    )
)
_CUE = re.compile(
    r"\bnot\b|cannot|\bno\b|outside|beyond|against|limited|restricted|confined|unable|left|"
    r"discontin"
    r"|never|out of|aside|to one side|nothing|prevent|\bbar|stops?\b|rule|forbid|closed|leav|"
    r"only|late\b|\btoo\b|\bnor\b|neither|keeps|puts?\b|alone"
)
_DONE = watch(
    re.compile(
        r"\b(?:i|we) (?:have|did) (?:\w+,? )?not (?:\w+ )?"
        r"(?:investigat|look|exercis|gone|consider(?:ed)? (?!that|there))\w*"
        r"|\b(?:i|we) have (?:\w+ )?decided not to (?:investigat|look|consider|exercis)"
        r"|\bnor (?:have|did) (?:i|we) (?:investigat|look|consider|gone|go )\w*"
        r"|\b(?:since|so|therefore|because)\b[^.]{0,80}\b(?:i|we) (?:have no power|cannot|may not) "
        r"(?:to )?(?:consider|investigat|look)"
        r"|\b(?:for|by) (?:a|the) (?:court|tribunal|judge|inspector)\b[^.]{0,30}\bnot for "
        r"(?:me|us|an? ombudsm[ae]n)"
    )
)
"""A refusal of this case among paragraphs about law or events."""
_ACCEPTED = re.compile(
    r"\b(?:did|does|do) not (?:stop|prevent|bar|keep) (?:me|us|my|our)\b|"
    r"(?<!not )\b(?:exercised|used) (?:(?:my|our|his|her|the) )?discretion to (?!not)"
    r"|(?<!not )\b(?:nevertheless|nonetheless|all the same|even so),? (?:decided to )?"
    r"(?:investigat|consider|look|gone|includ)\w*"
    r"|\bdecided to (?:investigat|look|consider|accept|includ|exercis|go back)\w*"
    r"|\b(?:i|we) have (?:gone|looked) back\b(?! no)"
    r"|(?<!no )\bgood reasons? to (?:look|investigat|consider|accept|go back|exercise)"
)
"""What could have been refused and was looked at all the same."""
_VOICE = re.compile(
    r"\b(?:i|we|us|our|my|ombudsm[ae]n)\b|\breasonabl|better placed|\bis late\b|worthwhile|"
    r"injustice"
)
_AGAINST = re.compile(
    r"\b(?:i|we|me|us|ombudsm[ae]n)\b[^.]{0,40}\b(?:not|cannot|no|nothing|never|hardly|leave|"
    r"neither)\b"
    r"|\b(?:no|not|nothing|nor|neither)\b[^.]{0,40}\b(?:i|we|me|us|ombudsm[ae]n|investigation)\b"
)
_NO_POWER_OVER = re.compile(
    r"\bno (?:power|jurisdiction|authority|remit) over (?:the |an? )?"
    r"(police|[\w-]+ council|[\w-]+ compan(?:y|ies)|academ(?:y|ies)|returning officer|coroner)\b"
)
_THIS_PART = re.compile(
    r"\b(?:left|leave|set|put|pursu\w+|investigat\w+|look\w* at|consider\w*|take|go (?:into|"
    r"further))"
    r" (?:with )?(?:this|that|it)(?: (?:part|point|complaint|matter|question))?\b"
    r"|\b(?:not able|unable|no power|not free|not for (?:me|us)) to (?:go into|look|consider|"
    r"investigat)"
    r"|\bno (?:say|voice) in (?:it|that|this)\b|\bleft it\b|\bbelongs there\b"
)
LOOKED_AT = re.compile(
    r"\b(?:i|we) (?:have |had |did |do |will |also |only |therefore |then )*(?:investigated?|"
    r"looked?|"
    r"considered?|examined?|gone|go|dealt|deal|treat|take|include|exercised)\b(?! no\b| only\b)"
    r"|\b(?:is|are|was|were) (?:all )?(?:dealt with|considered|investigated|examined) (?:below|"
    r"here)"
)
_ANOTHER = re.compile(
    r"(?:as (?:to|for|regards)|with regard|in|on|about|but|part|point|complaint|the (?:rest|"
    r"others))\b"
)
"""First words about another matter, after one that was looked at."""
_REST = re.compile(
    r"\b(?:rest|others?|remaind\w+|following|these|remaining|below|are|because)\b[^.]{0,40}:?$"
)
_LAW = re.compile(
    r"(?:relevant |the |legal )?(?:law|guidance|background|policy|legislation|rules)\b|"
    r"councils must\b"
)
_FINDING = ("found", "found.findings", "assessment", "decision", "report.finding")
_WHOLE = ("summary", "assessment", "found", "found.findings", "decision", "not-investigated")
_ASIDE = ("role-powers", "how-considered", "complaint", "found.facts")


def declined(reading: Reading, disposition: str) -> Iterator[Passage]:
    """The passages of a decision, in order."""
    announced = left_blocks(reading)
    law = -1
    for (block, section), group in groupby(reading.sentences, key=lambda s: (s.block, s.section)):
        sentences = list(group)
        if disposition != "investigated" and section in _WHOLE:
            voiced = section in ("summary", "decision") or _any(_VOICE, sentences)
            sure = section == "assessment" and voiced and _any(_AGAINST, sentences)
            yield Passage(tuple(sentences), True, voiced, sure)
        elif section == "what-investigated" and (law == block - 1 or _title(sentences)):
            law = block  # the page has no heading for the law, and the section runs on
        elif block in announced:
            yield from _announced(sentences, announced[block])
        else:
            yield from _parts(reading.scan, section, sentences)
            if section == "role-powers":
                yield from _barred(reading, sentences)


def _title(sentences: list[Sentence]) -> bool:
    """Whether a paragraph is a title of the law, which the page does not mark as one."""
    lower = sentences[0].lower
    return len(lower) < 50 and lower[-1:].isalpha() and _LAW.match(lower) is not None


def _parts(scan: Scan, section: str, sentences: list[Sentence]) -> Iterator[Passage]:
    if section == "not-investigated":
        yield Passage(tuple(sentences), False, True, True)
        return
    if section in _ASIDE:
        before, pattern, after = 3, _DONE, 1
    elif section == "what-investigated":
        yield from _scope(scan, sentences)
        return
    elif section == "summary":
        before, pattern, after = 0, _DECLINES, 1
    elif section in _FINDING:
        before, pattern, after = 3, _DECLINES, 2
    else:
        return
    near: set[int] = set()
    for at, sentence in enumerate(sentences):
        if _says(scan, pattern, sentence):
            near.update(range(max(0, at - before), min(len(sentences), at + after + 1)))
    kept = tuple(sentences[i] for i in sorted(near) if not _ACCEPTED.search(sentences[i].lower))
    if kept:
        said = next((s for s in kept if section in _FINDING and _THIS_PART.search(s.lower)), None)
        yield Passage(kept, False, True, declining=said)


def _barred(reading: Reading, sentences: list[Sentence]) -> Iterator[Passage]:
    """A body that the powers leave out by name, where the complaint is about it too."""
    for sentence in sentences:
        match = _NO_POWER_OVER.search(sentence.lower)
        if match and any(
            match[1] in s.lower for s in reading.sentences if s.section != "role-powers"
        ):
            yield Passage((sentence,), False, True)


def _scope(scan: Scan, sentences: list[Sentence]) -> Iterator[Passage]:
    """A paragraph on what was looked at: what it does not take in, it leaves out."""
    if _LAW.match(sentences[0].lower):
        return
    kept = tuple(s for s in sentences if not _ACCEPTED.search(s.lower))
    leads = [s for s in sentences if s.item is None]
    declines = any(_says(scan, _DECLINES, sentence) for sentence in sentences)
    looked = [s.index for s in leads or sentences if LOOKED_AT.search(s.lower)]
    if looked and not declines:
        rest = tuple(s for s in kept if s.index > looked[-1])
        if rest and len(kept) == len(sentences) and _ANOTHER.match(rest[0].lower):
            yield Passage(rest, False, True, True)
        return
    if not kept or (not declines and len(kept) < len(sentences)):
        return
    listed = len(leads) < len(sentences)
    if listed and (not looked or (leads and _REST.search(leads[-1].lower))):
        yield from _points(kept)
    else:
        yield Passage(kept, False, True, True)


def _points(sentences: tuple[Sentence, ...]) -> Iterator[Passage]:
    """Each point of a list of things left out, and what stands around the list."""
    for _, group in groupby(sentences, key=lambda s: s.item.start if s.item else -1):
        yield Passage(tuple(group), False, True, True)


def _announced(sentences: list[Sentence], prose: bool) -> Iterator[Passage]:
    """Paragraphs, points or runs of sentences that leave out a matter each."""
    if prose and all(s.item is None for s in sentences):
        told = matters(sentences)
    else:
        told = iter(
            tuple(group)
            for _, group in groupby(sentences, key=lambda s: s.item.start if s.item else -1)
        )
    for matter in told:
        kept = tuple(s for s in matter if not _ACCEPTED.search(s.lower))
        if kept and not _LAW.match(kept[0].lower):
            yield Passage(kept, False, True, True)


def _says(scan: Scan, pattern: re.Pattern[str], sentence: Sentence) -> bool:
    return (
        scan.may_match(pattern, sentence.index)
        and _CUE.search(sentence.lower) is not None
        and pattern.search(sentence.lower) is not None
    )


def _any(pattern: re.Pattern[str], sentences: list[Sentence]) -> bool:
    return any(pattern.search(sentence.lower) for sentence in sentences)
