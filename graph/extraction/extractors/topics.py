"""What a refusal is about, where its reason is told in words that no rule of reasons knows.

In a paragraph that leaves something out, naming the court, the school or the years that have
gone by is giving the reason. Nothing is read so anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors.declined import Passage
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence

_MOST = 2
"""Topics of one paragraph."""
_SCOPE = ("what-investigated", "not-investigated")
_OPEN = re.compile(
    r"\b(?:can|could|may|might|would|should|right|rights|route|free|open to|reasonabl\w+|"
    r"expect\w*|if need be|ultimately|matter for|question for|one for|for the|liab\w+|negligen\w+|"
    r"insurers?|pursue)\b"
)
"""A way that is still open, or was: not one that was taken."""
_NOT_OPEN = re.compile(
    r"\b(?:i|we|ombudsm[ae]n|nobody|anyone) (?:can|could|may|would|should)\b|\bcannot\b"
)
_TAKEN = {
    "tribunal-right": "tribunal-used",
    "minister-right": "minister-used",
    "court-remedy": "court-used",
}
_WEAKER = {
    "body-not-in-jurisdiction": ("better-placed-body", "social-housing", "schools-internal"),
    "better-placed-body": ("social-housing",),
    "late": ("previously-decided", "premature", "tribunal-right", "minister-right", "court-remedy"),
    "personnel": ("staff-discipline",),
    "previously-decided": ("tribunal-right", "minister-right", "court-remedy"),
}
"""A topic, and those beside which its words mean less."""


def read_topic(reading: Reading, passage: Passage) -> Iterator[tuple[str, str, Sentence]]:
    """(reason, rule, sentence) for a paragraph about what was left out."""
    if not passage.voiced or passage.sentences[0].section not in _SCOPE:
        return
    met: dict[str, tuple[str, Sentence]] = {}
    for sentence in passage.sentences:
        for rule in reading.candidates("reason-topics", sentence):
            if rule.label not in met and rule.pattern.search(sentence.lower):
                met[rule.label] = rule.id, sentence
    told = [label for label in met if not any(o in met for o in _WEAKER.get(label, ()))]
    if len(told) > _MOST:
        return  # a tale of events, not a reason
    for label in told:
        rule_id, sentence = met[label]
        yield _made(label, passage), rule_id, sentence


def _made(label: str, passage: Passage) -> str:
    if label not in _TAKEN:
        return label
    told = " ".join(_NOT_OPEN.sub("", sentence.lower) for sentence in passage.sentences)
    return label if _OPEN.search(told) else _TAKEN[label]
