"""Injustices: the harm that the Ombudsman says a fault caused.

Read from the sentences in which the Ombudsman reasons, sums up or sets a remedy, and
from the purposes of agreed payments; never from what the complainant says or wants, and
never from the list of powers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extractors.judgements import _CONCURS, _OWN, _REPORTED
from graph.reading import Reading
from graph.rules import Rule
from graph.sentence import Sentence
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
_CUE = re.compile(
    r"injustice|caus\w+|distress|frustrat|upset|uncertain|trouble|inconvenien|anxi|worr|stress|outrage|"
    r"confidence|los[st]|miss\w+|without|opportunit|risk|harm|dignity|strain|impact|effect|affect|meant|"
    r"result\w*|left\b|led to|denied|depriv|suffer|damage|privacy|amenity|shock|never know|paid|cost|disadvantag|trust|pain|put to|went\b|had to"
)
_CAUSED = re.compile(
    r"\bcaus\w+|injustice|result(?:ed|ing)? in|as a (?:direct )?result|led to|meant|means|which left|left (?:\w+ ){1,4}|leaving|"
    r"impact|adverse(?:ly)?|affect\w+|effect\b|suffer\w*|put (?:\w+ ){1,4}to|\bdenied|depriv\w+|experienc\w+|"
    r"(?:recognis|acknowledg|reflect|remedy|symbolis|for) (?:the|her|his|their|this|any|that|avoidable|unnecessary)|"
    r"\bfor (?:\w+ )?(?:distress|frustration|uncertainty|inconvenience|time|worry)|"
    r"\b(?:lost|missed|loss of|lost out|went without|missed out|was without|were without|had to|could not|did not get|did not receive)\b|"
    r"would have been|will have been|must have been|was (?:\w+ )?(?:upset|distress|frustrat|worr|stress)\w*|will never know|"
    r"(?:is|was|are|were|lives? with|living with|faces?|left with) (?:\w+ ){0,4}(?:uncertain\w*|doubt)|\bthrough\b|out of pocket|longer than (?:she|he|they|it) (?:should|need)"
)
_WISH = re.compile(r"\b(?:wants?|wanted|would like|asks? for|seeks?|hopes?|wishes)\b")
_HYPOTHETICAL = re.compile(
    r"\b(?:our guidance|the guidance|guidance (?:on remedies )?(?:says|suggests|recommends)|we (?:usually|normally|often|generally)|usually|typically|"
    r"\bcan (?:cause|include|recommend)|may (?:cause|recommend)|could (?:cause|recommend)|if (?:there|the|it|a)\b.{0,40}\bcaus|whether\b[^,;]{0,60}\b(?:caus|injustice)|any injustice|our role|"
    r"our guidance on remedies|moderate sum|in cases where|where we find)\b"
)
_NEGATED = re.compile(
    r"\b(?:no|not|n't|never|without|nor|cannot|neither)\b(?: \w+){0,6}? (?:caus\w+|suffer\w*|injustice|distress(?:ed)?|affected|lose|lost|missed|miss|disadvantag\w*)\b|no evidence"
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b(?:(?: and| or|,) (?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b)*"
)
_PAST = re.compile(
    r"\b(?:earlier|previous|first) (?:decision|complaint|investigation|statement)\b|in (?:19|20)\d\d we (?:found|decided)"
)
_SPECIFIC_LOSS = frozenset(
    "loss-of-education loss-of-service loss-of-suitable-accommodation financial-loss "
    "loss-of-income-or-benefit damage-to-property loss-of-amenity harm-to-health risk-of-harm "
    "loss-of-dignity loss-of-liberty-or-family-contact carer-strain lost-opportunity "
    "loss-of-appeal-right reputational".split()
)
"""Types that name a loss: too common in plain narrative to count without a cause."""
_ABSENT = ("no-injustice", "injustice-already-remedied")


def read_injustices(reading: Reading, at_fault: bool) -> tuple[Injustice, ...]:
    """Injustices by type, each once, in order of first evidence; none without a fault."""
    if not at_fault:
        return ()
    found: dict[str, tuple[str | None, list[Evidence]]] = {}
    for sentence in reading.in_sections(*SECTIONS):
        for type_, rule in _types(reading, sentence):
            person, evidence = found.setdefault(type_, (_person(reading, sentence), []))
            quote = reading.quote(sentence, rule)
            if quote not in evidence:
                evidence.append(quote)
    real = [type_ for type_ in found if type_ not in _ABSENT]
    if not real and not any(type_ in found for type_ in _ABSENT):
        unspecified = _unspecified(reading)
        if unspecified is not None:
            found["unspecified"] = (None, [unspecified])
    return tuple(
        Injustice(f"i{index}", type_, person, tuple(evidence))
        for index, (type_, (person, evidence)) in enumerate(found.items(), 1)
    )


def _named(rules: list[Rule], text: str) -> list[tuple[str, str]]:
    """(type, rule) of every kind of injustice that a clause names."""
    return [(rule.label, rule.id) for rule in rules if rule.pattern.search(text)]


def _types(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str]]:
    lower = sentence.lower
    if not _CUE.search(lower) or _HYPOTHETICAL.search(lower) or _WISH.search(lower):
        return
    if sentence.section == "found.facts" and not re.search(
        r"\b(?:i|we) (?:find|found|consider|accept|think)\b|injustice", lower
    ):
        return
    if _PAST.search(lower):
        return
    action = sentence.section in ("action", "report.recommendations")
    context = f"{sentence.lead} {lower}" if action else lower
    if action and not re.search(r"\b(?:pay|payment|apolog|injustice|caus|£)", context):
        return
    rules = list(reading.candidates("injustice-types", sentence))
    if not rules:
        return
    for start, end in _clauses(lower):
        clause = lower[start:end]
        if not action and _said_by_others(lower, end):
            continue
        absent = [pair for pair in _named(rules, clause) if pair[0] in _ABSENT]
        if absent and sentence.section not in ("summary", "action"):
            yield from absent[:1]
            continue
        if _NEGATED.search(clause):
            continue
        if not (_CAUSED.search(clause) or action or "injustice" in sentence.heading):
            continue
        for type_, rule in _named(rules, clause):
            if type_ in _ABSENT:
                continue
            if type_ in _SPECIFIC_LOSS and not re.search(
                r"out of pocket|therefore|longer than|caus\w+|injustice|result\w*|led to|meant|means|left|leaving|lost|loss|missed|denied|depriv|suffer|"
                r"recognis|acknowledg|reflect|for the|without|had to|could not|impact|affect|put (?:\w+ )+at",
                clause,
            ):
                continue
            yield type_, rule


def _clauses(lower: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in re.finditer(r";|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\.\s", lower):
        yield start, cut.start()
        start = cut.start()
    yield start, len(lower)


def _said_by_others(lower: str, end: int) -> bool:
    reported = [m for m in _REPORTED.finditer(lower[:end])]
    reported = [
        m
        for m in reported
        if not re.search(r"experienc|recognis\w+$|acknowledg\w+$|asked?$", m.group())
    ]
    if not reported:
        return False
    last = reported[-1]
    if re.search(r"caus\w+|injustice", lower[: last.start()]):
        return False
    own = [m.start() for m in _OWN.finditer(lower[:end])]
    if own and own[-1] > last.start():
        return False
    return not _CONCURS.search(lower[: last.start()])


def _person(reading: Reading, sentence: Sentence) -> str | None:
    """Who suffered: the people the sentence names, or the complainants when it says "they"."""
    text = reading.folded[sentence.start : sentence.end]
    named = _PERSON.findall(text)
    if named:
        return str(named[-1])
    return reading.complainants[0] if len(reading.complainants) == 1 else None


def _unspecified(reading: Reading) -> Evidence | None:
    """An injustice that is stated without saying what it was."""
    for section in ("decision", "found.findings", "found", "summary", "report.finding"):
        for sentence in reading.in_sections(section):
            if re.search(r"\binjustice\b", sentence.lower) and _CAUSED.search(sentence.lower):
                if not _NEGATED.search(sentence.lower) and not _HYPOTHETICAL.search(sentence.lower):
                    return reading.quote(sentence, "injustice.unspecified")
    return None
