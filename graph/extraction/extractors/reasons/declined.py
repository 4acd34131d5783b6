"""Passages in which the Ombudsman says what it does not look at.

The list of powers names reasons that are not used and omits ones that are, so a reason
counts only where something of this complaint is declined. Most decisions decline a part
and give the reason in the sentence before or after; a decision not to investigate gives
its reasons in the summary, the assessment and at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from graph.extraction.extractors.reasons.declining import ACCEPTED, CUE, DECLINES, DONE
from graph.extraction.extractors.reasons.left_out import matters
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import Watched, watch


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


_VOICE = watch(
    r"\b(?:i|we|us|our|my|ombudsm[ae]n)\b|\breasonabl|better placed|\bis late\b|worthwhile|"
    r"injustice"
)
_AGAINST = watch(
    r"\b(?:i|we|me|us|ombudsm[ae]n)\b[^.]{0,40}\b(?:not|cannot|no|nothing|never|hardly|leave|"
    r"neither)\b"
    r"|\b(?:no|not|nothing|nor|neither)\b[^.]{0,40}\b(?:i|we|me|us|ombudsm[ae]n|investigation)\b"
)
_NO_POWER_OVER = watch(
    r"\bno (?:power|jurisdiction|authority|remit) over (?:the |an? )?"
    r"(police|[\w-]+ council|[\w-]+ compan(?:y|ies)|academ(?:y|ies)|returning officer|coroner)\b"
)
_COVERS = watch(
    r"\b(?:my|our|this|the) (?:investigation|decision|report|statement|enquiries|consideration) "
    r"(?:therefore |also )?(?:covers?|is (?:about|concerned with|into)|concerns|looks|deals|"
    r"takes in|"
    r"includes?|runs|starts|begins|extends|goes back|relates)\b"
    r"|\bombudsm[ae]n (?:has |have |also )*(?:investigated|considered|looked|examined)\b"
    r"|\b(?:i|we|ombudsm[ae]n) (?:can|could|may|am able to|are able to|shall|"
    r"intend to) (?:therefore |"
    r"also )?(?:investigate|consider|look|examine|include)\b"
    r"|\b(?:complaint|matter|part|this|it) (?:is|was|came) (?:therefore )?(?:in time|"
    r"within (?:my|our|the|"
    r"twelve|12)|made in time)\b"
)
"""What was looked at, in other words than "I looked at"."""
_THIS_PART = watch(
    r"\b(?:left|leave|set|put|pursu\w+|investigat\w+|look\w* at|consider\w*|take|go (?:into|"
    r"further))"
    r" (?:with )?(?:this|that|it)(?: (?:part|point|complaint|matter|question))?\b"
    r"|\b(?:not able|unable|no power|not free|not for (?:me|us)) to (?:go into|look|consider|"
    r"investigat)"
    r"|\bno (?:say|voice) in (?:it|that|this)\b|\bleft it\b|\bbelongs there\b"
)
LOOKED_AT = watch(
    r"\b(?:i|we) (?:have |had |did |do |will |also |only |therefore |then )*(?:investigated?|"
    r"looked?|"
    r"considered?|examined?|gone|go|dealt|deal|treat|take|include|exercised)\b(?! no\b| only\b)"
    r"(?![^.]{0,60}\b(?:earlier|previous|last|separate) (?:case|complaint|decision|investigation))"
    r"|\b(?:is|are|was|were) (?:all )?(?:dealt with|considered|investigated|examined) (?:below|"
    r"here)"
)
_ANOTHER = compiled(
    r"(?:as (?:to|for|regards)|with regard|in|on|about|but|part|point|complaint|the (?:rest|"
    r"others))\b"
)
"""First words about another matter, after one that was looked at."""
_REST = compiled(
    r"\b(?:rest|others?|remaind\w+|following|these|remaining|below|are|because)\b[^.]{0,40}:?$"
)
_LAW = compiled(
    r"(?:relevant |the |legal )?(?:law|guidance|background|policy|legislation|rules)\b|"
    r"councils must\b"
)
_FINDING = ("found", "found.findings", "assessment", "decision", "report.finding")
_WHOLE = ("summary", "assessment", "found", "found.findings", "decision", "not-investigated")
_ASIDE = ("role-powers", "how-considered", "complaint", "found.facts")


def declined(
    reading: Reading, disposition: str, announced: Mapping[int, bool]
) -> Iterator[Passage]:
    """The passages of a decision, in order; ``announced`` are its ``left_blocks``."""
    law = -1
    for block, sentences in reading.blocks.items():
        section = sentences[0].section
        if disposition != "investigated" and section in _WHOLE:
            voiced = section in ("summary", "decision") or _any(_VOICE, sentences)
            sure = section == "assessment" and voiced and _any(_AGAINST, sentences)
            yield Passage(tuple(sentences), True, voiced, sure)
        elif section == "what-investigated" and (law == block - 1 or _title(sentences)):
            law = block  # the page has no heading for the law, and the section runs on
        elif block in announced:
            yield from _announced(sentences, announced[block])
        else:
            yield from _parts(section, sentences)
            if section == "role-powers":
                yield from _barred(reading, sentences)


def _title(sentences: list[Sentence]) -> bool:
    """Whether a paragraph is a title of the law, which the page does not mark as one."""
    lower = sentences[0].lower
    return len(lower) < 50 and lower[-1:].isalpha() and _LAW.match(lower) is not None


def _parts(section: str, sentences: list[Sentence]) -> Iterator[Passage]:
    if section == "not-investigated":
        yield Passage(tuple(sentences), False, True, True)
        return
    if section in _ASIDE:
        before, pattern, after = 3, DONE, 1
    elif section == "what-investigated":
        yield from _scope(sentences)
        return
    elif section == "summary":
        before, pattern, after = 0, DECLINES, 1
    elif section in _FINDING:
        before, pattern, after = 3, DECLINES, 2
    else:
        return
    near: set[int] = set()
    for at, sentence in enumerate(sentences):
        if _says(pattern, sentence):
            near.update(range(max(0, at - before), min(len(sentences), at + after + 1)))
    kept = tuple(sentences[i] for i in sorted(near) if not ACCEPTED.matches(sentences[i]))
    if kept:
        said = next((s for s in kept if section in _FINDING and _THIS_PART.matches(s)), None)
        yield Passage(kept, False, True, declining=said)


def _barred(reading: Reading, sentences: list[Sentence]) -> Iterator[Passage]:
    """A body that the powers leave out by name, where the complaint is about it too."""
    for sentence in sentences:
        match = _NO_POWER_OVER.search(sentence)
        if match and any(
            match[1] in s.lower for s in reading.sentences if s.section != "role-powers"
        ):
            yield Passage((sentence,), False, True)


def _scope(sentences: list[Sentence]) -> Iterator[Passage]:
    """A paragraph on what was looked at: what it does not take in, it leaves out."""
    if _LAW.match(sentences[0].lower):
        return
    kept = tuple(s for s in sentences if not ACCEPTED.matches(s))
    leads = [s for s in sentences if s.item is None]
    declines = any(_says(DECLINES, sentence) for sentence in sentences)
    looked = [s.index for s in leads or sentences if LOOKED_AT.matches(s)]
    if not declines and any(_COVERS.matches(s) for s in leads or sentences):
        return
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
        kept = tuple(s for s in matter if not ACCEPTED.matches(s))
        if kept and not _LAW.match(kept[0].lower):
            yield Passage(kept, False, True, True)


def _says(pattern: Watched, sentence: Sentence) -> bool:
    return pattern.possible(sentence) and CUE.matches(sentence) and pattern.matches(sentence)


def _any(pattern: Watched, sentences: list[Sentence]) -> bool:
    return any(pattern.matches(sentence) for sentence in sentences)
