"""What the model of faults sees of a conclusion: its words, its place and what rules say.

Features are whole numbers by name, so that adding their weights gives the same sum on
every machine and in every order. Words share one budget however long the text is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, islice

from graph.extraction.classifier import UNIT, word_features
from graph.extraction.concepts import concepts
from graph.extraction.extractors.complaint.parts import headed_parts
from graph.extraction.folding import fold
from graph.extraction.reading import Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence
from ontology.model import Part

Features = dict[str, int]
_NEAR = (0.55, 0.4, 0.25, 0.15)
"""Weight of the sentences before, nearest first."""
_SHORT = 9
"""Words below which a conclusion only points back: "That was not good enough."."""


def fault_features(
    reading: Reading,
    sentence: Sentence,
    clause: str,
    said: Sequence[str],
    parts: Mapping[str, str],
) -> Features:
    """What tells of which kind a fault is.

    ``clause`` is what concludes on it, ``said`` the types that rules give it, and
    ``parts`` the folded allegation of each part of the complaint.
    """
    found: Features = {}
    before = list(islice(reading.earlier(sentence), len(_NEAR)))
    _words(found, "", clause, 1.0)
    _matches(found, "", reading.candidates("fault-types", sentence), clause, 1.0)
    for other, share in zip(before, _NEAR, strict=False):
        _words(found, "", other.lower, share)
        able = reading.candidates("fault-types", other)
        _matches(found, "", able, other.lower, share)
    if before and len(clause.split()) < _SHORT:
        _words(found, "back:", before[0].lower, 0.7)
    _concepts(found, clause, before[0].lower if before else "")
    if sentence.heading:
        _words(found, "", sentence.heading, 0.4)
        for concept in concepts(sentence.heading):
            found[f"headed:{concept}"] = _share(0.15)
    alleged = _alleged(sentence, parts)
    if alleged:
        _words(found, "", alleged, 0.4)
    found[f"category:{reading.category_slug}"] = _share(0.25)
    for type_ in said[:3]:
        found[f"said:{type_}"] = _share(0.8)
    return found


def injustice_features(reading: Reading, sentence: Sentence) -> Features:
    """What tells which harm a sentence speaks of."""
    found: Features = {}
    lower = sentence.lower
    _words(found, "", lower, 1.0)
    named = concepts(lower)
    for concept in named:
        found[f"of:{concept}"] = _share(0.2)
    for one, other in combinations(named, 2):
        found[f"of:{one}+{other}"] = _share(0.1)
    found[f"opens:{lower.split(maxsplit=1)[0]}"] = _share(0.3)
    if sentence.first:
        found["first"] = _share(0.3)
    following = reading.sentences[sentence.index + 1 : sentence.index + 2]
    if not following or following[0].block != sentence.block:
        found["last"] = _share(0.3)
    return found


def folded_parts(parts: Iterable[Part]) -> dict[str, str]:
    """The folded allegation of each part of a complaint, by letter."""
    return {part.id: fold(part.text) for part in parts}


def _alleged(sentence: Sentence, parts: Mapping[str, str]) -> str:
    """What the part that the heading names alleges; empty when it names none."""
    if not parts or not sentence.heading:
        return ""
    return " ".join(parts[part] for part in headed_parts(sentence.heading, list(parts)))


def _words(found: Features, mark: str, text: str, share: float) -> None:
    names: Collection[str] = word_features(text)
    if not names:
        return
    each = round(UNIT * share / math.sqrt(len(names)))
    if mark:
        names = [mark + name for name in names]
    if not found:
        found.update(dict.fromkeys(names, each))
        return
    for name in names:
        found[name] = found.get(name, 0) + each


def _concepts(found: Features, clause: str, before: str) -> None:
    """The ideas of a conclusion and of the sentence before it, alone and two by two."""
    back = len(clause.split()) < _SHORT
    for text, alone, paired in ((clause, 0.25, 0.15), (before, 0.22 if back else 0.11, 0.13)):
        named = concepts(text)
        for concept in named:
            _raise(found, f"of:{concept}", _share(alone))
        if text is clause or back:
            for one, other in combinations(named, 2):
                _raise(found, f"of:{one}+{other}", _share(paired))


def _matches(found: Features, mark: str, able: Iterable[Rule], text: str, share: float) -> None:
    matched = [rule for rule in able if rule.pattern.search(text)]
    for position, rule in enumerate(matched):
        _raise(found, f"{mark}rule:{rule.id}", _share(0.5 * share))
        _raise(found, f"{mark}type:{rule.label}", _share(0.5 * share))
        if not position:
            _raise(found, f"{mark}first:{rule.label}", _share(0.6 * share))


def _raise(found: Features, name: str, value: int) -> None:
    found[name] = max(found.get(name, 0), value)


def _share(share: float) -> int:
    return round(UNIT * share)
