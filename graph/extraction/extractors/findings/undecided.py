"""Parts of a complaint on which nothing was decided: not investigated, or no view reached.

A statement says which parts it leaves out in words ("I have not investigated (f)"), by
naming those it did look at, or under the heading of what was not investigated. "I make no
finding on part (c)" is a conclusion of its own, neither fault nor its absence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.extractors.complaint.part_names import parts_named
from graph.extraction.extractors.reasons.declined import LOOKED_AT, Passage
from graph.extraction.extractors.reasons.left_out import others_left
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

_CLAUSE = compiled(r"[.;] |,? but |,? (?:and|while|though|although) (?=(?:i|we) (?:have|did))")
_LOOKED = compiled(
    r"\b(?:i|we|he|she|the ombudsm[ae]n) (?:have |has |did )?(?:only |therefore )?"
    r"(?:investigat|look|consider|examin|dealt|deal)\w*"
)
_LEFT_OUT = compiled(
    r"\bnot\b|\bnor\b|n't\b|cannot|\bno\b|outside|beyond|left|leav|out of|except|aside|exclud"
)
_NO_VIEW = watch(
    r"\b(?:i|we) (?:therefore |also )?(?:make|made|can make|reach|reached|can reach|come to|"
    r"express|draw) no (?:finding|view|conclusion|decision)"
    r"|\b(?:i|we) (?:cannot|can not|could not|am unable to|are unable to|am not able to|"
    r"are not able to) (?:\w+ ){0,2}?(?:make|reach|come to|draw|form) (?:a|any) (?:\w+ )?"
    r"(?:finding|view|conclusion|decision)"
    r"|\b(?:there is|with) (?:not enough|insufficient|too little|no) evidence (?:for me |"
    r"for us )?to (?:reach|make|come to|form) (?:a|any) (?:\w+ )?(?:finding|view|conclusion)"
    r"|\bno finding (?:on|in|about|either way)\b"
)
NOT_INVESTIGATED = "not-investigated"
NO_FINDING = "no-finding"
_SCOPE = ("what-investigated", "not-investigated")
_REASONING = ("found", "found.findings", "assessment", "decision")


@dataclass(frozen=True, slots=True)
class Undecided:
    """One part, its status and the sentence that says so."""

    part: str
    status: str
    sentence: Sentence
    rule: str


def read_undecided(
    reading: Reading,
    letters: Sequence[str],
    opening: dict[int, list[str]],
    passages: Sequence[Passage],
    disposition: str,
) -> list[Undecided]:
    """Every part that the text leaves undecided, each once, by letter.

    ``passages`` are those that decline something; ``opening`` gives the part that a block
    speaks of, where its first words name it.
    """
    if not letters:
        return []
    found: dict[str, Undecided] = {}
    for one in (
        *_without_view(reading, letters, opening),
        *_left_out(letters, opening, passages, disposition),
        *_others(reading, letters),
        *_remaining(reading, letters),
    ):
        found.setdefault(one.part, one)
    return [found[part] for part in sorted(found)]


def _without_view(
    reading: Reading, letters: Sequence[str], opening: dict[int, list[str]]
) -> Iterator[Undecided]:
    for sentence in reading.in_sections(*_REASONING):
        cue = "no " in sentence.lower or "any " in sentence.lower or " a " in sentence.lower
        match = _NO_VIEW.search(sentence) if cue else None
        if match is None:
            continue
        named = (
            parts_named(sentence.lower[match.start() :], letters)
            or parts_named(sentence.lower, letters)
            or opening.get(sentence.block)
            or parts_named(sentence.heading, letters)
        )
        for part in named:
            yield Undecided(part, NO_FINDING, sentence, "finding.no-view")


def _left_out(
    letters: Sequence[str],
    opening: dict[int, list[str]],
    passages: Sequence[Passage],
    disposition: str,
) -> Iterator[Undecided]:
    for passage in passages:
        if passage.whole and disposition == NOT_INVESTIGATED:
            for part in letters:
                yield Undecided(part, NOT_INVESTIGATED, passage.sentences[0], "finding.declined")
            return
        if not passage.whole:
            yield from _of_passage(passage, letters, opening)


def _others(reading: Reading, letters: Sequence[str]) -> Iterator[Undecided]:
    """All that the text does not name beside "I did not investigate the others"."""
    for part, sentence in others_left(reading, letters).items():
        yield Undecided(part, NOT_INVESTIGATED, sentence, "finding.others-left-out")


def _of_passage(
    passage: Passage, letters: Sequence[str], opening: dict[int, list[str]]
) -> Iterator[Undecided]:
    if passage.sure and not passage.whole:
        yield from _told_of(passage, letters, opening)
        return
    opens = opening.get(passage.sentences[0].block, ())
    for part in opens if passage.sentences[0].section in _REASONING else ():
        said = passage.declining
        if said is not None:
            yield Undecided(part, NOT_INVESTIGATED, said, "finding.left-out")
    for sentence in passage.sentences:
        whole = sentence.section == NOT_INVESTIGATED
        if sentence.section not in _SCOPE and not _LEFT_OUT.search(sentence.lower):
            continue
        for clause in _clauses(sentence.lower):
            if not (whole or _LEFT_OUT.search(clause)):
                continue
            for part in parts_named(clause, letters):
                yield Undecided(part, NOT_INVESTIGATED, sentence, "finding.left-out")
        if whole and sentence.first and not parts_named(sentence.lower, letters):
            for part in opening.get(sentence.block, ()):
                yield Undecided(part, NOT_INVESTIGATED, sentence, "finding.left-out")


def _told_of(
    passage: Passage, letters: Sequence[str], opening: dict[int, list[str]]
) -> Iterator[Undecided]:
    """The parts that a passage leaves out: those it names first, or that its paragraph opens with.

    "What the doctor did, part (e), is for another body" names its part within the sentence.
    """
    told = False
    for sentence in passage.sentences:
        clauses = [c for c in _clauses(sentence.lower) if not _looked(c)]
        named = [part for clause in clauses for part in parts_named(clause, letters)]
        if not named and sentence is passage.sentences[0] and sentence.item is None:
            named = opening.get(sentence.block, [])
        if told and not _OPENER.match(sentence.lower):
            continue
        for part in named:
            yield Undecided(part, NOT_INVESTIGATED, sentence, "finding.left-out")
        told = told or bool(named)


_OPENER = compiled(
    r"(?:as (?:to|for|regards)|with regard to|in|on|over|about|under|the same (?:goes|is true)|"
    r"nor|but)? ?(?:part |complaint |point |head |matter )?\(?[a-k]\)|(?:part|complaint|"
    r"point) [a-k\d]\b"
)


def _looked(clause: str) -> bool:
    return LOOKED_AT.pattern.search(clause) is not None and _LEFT_OUT.search(clause) is None


def _clauses(lower: str) -> Iterator[str]:
    start = 0
    for cut in _CLAUSE.finditer(lower):
        yield lower[start : cut.start()]
        start = cut.end()
    yield lower[start:]


def _remaining(reading: Reading, letters: Sequence[str]) -> Iterator[Undecided]:
    """Where the text names the parts that it looked at, the others were left out."""
    looked: dict[str, Sentence] = {}
    for sentence in reading.in_sections("what-investigated"):
        for clause in _clauses(sentence.lower):
            if _LOOKED.search(clause) and not _LEFT_OUT.search(clause):
                for part in parts_named(clause, letters):
                    looked.setdefault(part, sentence)
    if not looked:
        return
    sentence = next(iter(looked.values()))
    for part in letters:
        if part not in looked:
            yield Undecided(part, NOT_INVESTIGATED, sentence, "finding.not-among-those-looked-at")
