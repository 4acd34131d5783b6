"""What a paragraph of reasoning closes with, where nothing in it was judged in plain words.

"Noting is not doing" and "the choice was the panel's to make" are conclusions only where a
paragraph ends: the same words earlier in it tell facts. A failing may also stand one
sentence before the end, with what became of the complainant told after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from graph.extraction.reading import Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence

NEAR_THE_END = 2
"""How many sentences, counted from the end, may tell a failing in the words of facts."""
_SECTIONS = ("found.findings", "assessment")
_ANY = ("none", "proper", "shortfall")
_EVALUATING = (
    "closing.no-blame",
    "closing.not-the-thing",
    "closing.no-more-owed",
    "closing.did-as-it-should",
)
"""Rules whose words weigh what was done: they never only tell what came of it."""
_OF_ANYBODY = ("closing.entitled", "closing.owed-not-done", "closing.nobody-did")
"""Rules whose words may also tell what somebody may do, or what became of them."""
_REMEDY = re.compile(
    r"\b(?:recommend\w*|apolog\w+|has agreed to|puts? (?:this|that|it) right"
    r"|(?:has|have) (?:since |now |already )*(?:changed|put in place|reviewed|offered|trained"
    r"|revised|improved))\b"
)
_NO_VIEW = re.compile(
    r"\b(?:no|any|a) (?:[\w'-]+ )?(?:finding|view)\b|\bcannot (?:say|tell|know)\b"
)
_ABOUT_OTHERS = re.compile(
    r"(?:(?:and|but|so|because|since|as|for|in|on|by|of|it (?:put|meant|left|led)|this (?:put|meant"
    r"|left))\b[\w' -]{0,30}?,? )?(?:he|she|they|(?:mr|mrs|ms|miss|dr) \w+|(?:his|her|their|the) "
    r"(?:son|daughter|family|couple|mother|father|brother|sister|child|children|parents|wife"
    r"|husband))\b(?!'s| (?:is|was) right)"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """A sentence that concludes, the rule that says so, and where its words end."""

    sentence: Sentence
    rule: Rule
    end: int


def about_others(sentence: Sentence) -> bool:
    """Whether a sentence begins as one that tells what somebody did or what became of them."""
    return _ABOUT_OTHERS.match(sentence.lower) is not None


def paragraphs(reading: Reading) -> Iterator[list[Sentence]]:
    """The sentences of each paragraph of reasoning, without the harm told at its end."""
    sentences = [s for s in reading.in_sections(*_SECTIONS) if s.item is None]
    for _, group in groupby(sentences, key=lambda sentence: sentence.block):
        paragraph = list(group)
        while len(paragraph) > 1 and _tells_effect(reading, paragraph[-1]):
            paragraph.pop()
        yield paragraph


def closing(reading: Reading, paragraph: list[Sentence], judged: set[int]) -> Closing | None:
    """What the last sentence concludes, else a failing that one before it tells of.

    ``judged`` holds the indexes of sentences judged in plainer words, which end the search.
    """
    for back, sentence in enumerate(reversed(paragraph)):
        if sentence.index in judged:
            return None
        found = _match(reading, sentence, ("none", "shortfall") if back else _ANY)
        if found is None or (found.rule.id in _OF_ANYBODY and about_others(sentence)):
            continue
        if back >= NEAR_THE_END and found.rule.id not in _EVALUATING:
            continue
        if found.rule.label == "proper" and _goes_on(reading, sentence):
            return None  # nobody is cleared where harm is told next
        if found.rule.label != "none":
            return found
        if _NO_VIEW.search(sentence.lower):
            return None
    return None


def _goes_on(reading: Reading, sentence: Sentence) -> bool:
    after = sentence.index + 1
    return after < len(reading.sentences) and reading.sentences[after].block == sentence.block


def _match(reading: Reading, sentence: Sentence, labels: tuple[str, ...]) -> Closing | None:
    for rule in reading.candidates("closings", sentence):
        match = rule.pattern.search(sentence.lower) if rule.label in labels else None
        if match is not None:
            return Closing(sentence, rule, match.end())
    return None


def _tells_effect(reading: Reading, sentence: Sentence) -> bool:
    lower = sentence.lower
    if _REMEDY.search(lower):
        return True
    rules = reading.candidates("injustice-types", sentence)
    if not any(rule.pattern.search(lower) for rule in rules):
        return False
    found = _match(reading, sentence, _ANY)
    return found is None or found.rule.id not in _EVALUATING
