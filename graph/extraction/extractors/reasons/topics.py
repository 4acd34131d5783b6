"""What a refusal is about, where its reason is told in words that no rule of reasons knows.

In a paragraph that leaves something out, naming the court, the school or the years that have
gone by is giving the reason. Nothing is read so anywhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from graph.extraction.extractors.reasons.declined import LOOKED_AT, Passage
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence

_OPEN = compiled(
    r"\b(?:can|could|may|might|would|should|right|rights|route|free|open to|reasonabl\w+|"
    r"expect\w*|if need be|ultimately|matter for|question for|one for|for the|liab\w+|negligen\w+|"
    r"insurers?|pursue|did not (?:make|use|take|go|appeal|bother|try)|never (?:did|made|used|went)|"
    r"let (?:it|the|that)|preferred|has an?|has until|there (?:is|was)|own remedy|"
    r"chose not|instead)\b"
)
"""A way that is still open, or was: not one that was taken."""
_PAST = compiled(
    r"\b(?:has|had|have|was|were|been|before|will (?:hear|listen|report|decide)|heard|hears|"
    r"ordered|decided|dismissed|allowed|made|lodged|settled|gave|appealed|applied|ruled|found|covered|sat|"
    r"listed|dealt|used|rejected|upheld|taken|took|went|asked|subject|pending|threw|agreed|"
    r"reported|told|granted|misled|put|made|said|refused)\b"
)
_NOT_OPEN = compiled(
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
"""A topic, and those beside which its words mean less, where both are told as often."""
_ENDS_ONLY = frozenset("withdrawn situation-changed outcome-unachievable".split())
"""Topics whose words also tell events: read only where nothing else is told."""
_PLAIN = 2
"""Words of a topic that make it plain in an assessment."""
_TALE = 6
"""Sentences beyond which a paragraph tells events."""


def read_topic(reading: Reading, passage: Passage) -> Iterator[tuple[str, str, Sentence]]:
    """(reason, rule, sentence) of the topic that a paragraph about what was left out tells most."""
    if not passage.sure or len(passage.sentences) > _TALE:
        return
    told: Counter[str] = Counter()
    first: dict[str, tuple[str, Sentence]] = {}
    for sentence in passage.sentences:
        if LOOKED_AT.matches(sentence):
            continue
        for rule in reading.candidates("reason-topics", sentence):
            words = {match.group() for match in rule.pattern.finditer(sentence.lower)}
            if words:
                told[rule.label] += len(words)
                first.setdefault(rule.label, (rule.id, sentence))
    if len(told) > 1 and any(label not in _ENDS_ONLY for label in told):
        for label in _ENDS_ONLY & told.keys():
            told[label] -= 1
    if passage.whole:
        del told["situation-changed"]  # events of the complaint, in an assessment
    best = max(told.values(), default=0)
    if passage.whole and best < _PLAIN:
        return  # one word of an assessment says little
    most = [label for label in told if told[label] == best]
    most = [label for label in most if not any(o in most for o in _WEAKER.get(label, ()))]
    for label in most[:1]:
        rule_id, sentence = first[label]
        yield _made(label, passage), rule_id, sentence


def _made(label: str, passage: Passage) -> str:
    if label not in _TAKEN:
        return label
    words = " ".join(_NOT_OPEN.sub("", sentence.lower) for sentence in passage.sentences)
    open_ = _OPEN.search(words) is not None or _PAST.search(words) is None
    return label if open_ else _TAKEN[label]
