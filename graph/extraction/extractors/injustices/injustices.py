"""Injustices: the harm that the Ombudsman says a fault caused.

Read from the sentences in which the Ombudsman reasons, sums up or sets a remedy, and
from the purposes of agreed payments; never from what the complainant says or wants, from
the law, or from what might have been. The kinds are those of the Ombudsman's Guidance on
Remedies as the scheme ``injustice`` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.extraction.classifier import model
from graph.extraction.extractors.injustices.injustice_words import caused as is_caused
from graph.extraction.extractors.injustices.injustice_words import (
    clauses,
    clears,
    follows,
    judges,
    left_open,
    not_said,
    outright,
    own_words,
    said_by_others,
    supposed,
)
from graph.extraction.extractors.injustices.injustice_words import negated as is_negated
from graph.extraction.features import injustice_features
from graph.extraction.first_letters import compiled
from graph.extraction.reading import ACTION_SECTIONS, Reading
from graph.extraction.rules import Rule
from graph.extraction.sentence import Sentence
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
UNSPECIFIED = "unspecified"
OTHERS = "injustice-to-others"
ABSENT = ("no-injustice", "injustice-already-remedied")
"""Types that say there is nothing left to remedy."""
_REACH = 2
"""Paragraphs in which a fault and the harm it did may stand."""
_NAMED = ".named"
"""End of the ids of rules that only name a harm; the others tell it."""

_PAID = ".paid"
"""End of the ids of rules for what a payment is for."""
_TOLD = ".told"
"""End of the ids of rules that tell what somebody went through, in free words."""
_PERSON = compiled(
    r"\b(?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b(?:(?: and| or|,) (?:Mr|Mrs|Miss|Ms|Mx|Dr) [A-Z]\b)*"
)
_PAID_BACK = compiled(
    r"\b(?:refund|reimburse|repay|pay back|paid back|return)\b"
    # a charge given back in part makes up for what was poor, and not for a loss
    r"(?![^.;]{0,40}\b(?:half|part|third|quarter|proportion|share|per cent) )[^.;]{0,60}?"
    r"\b(?:paid|spent|gave|incurred|top-up|charged|(?:living|legal|extra|her|his|"
    r"their) (?:costs?|expenses))\b"
)
_OTHERS_PAID = compiled(
    r"\b(?:anyone|everyone|any other|other|others|all|identify|trace|review|them)\b"
)
_PURPOSE = compiled(r"£|\b(?:pay|paid|refund|reimburs|apolog|injustice|caus|recognis|acknowledg)")
_PUPIL = compiled(r"\behcp?\b|special educational|\bsection f\b|\bschool|\btuition\b")
_NEIGHBOURS = compiled(r"planning|environment")
"""Categories in which a home is spoilt from outside rather than unsuitable."""
_UNAIDED = compiled(
    r"\b(?:look\w* after|car(?:ed|ing|e) for|manag\w+|cop(?:ed|ing)|"
    r"(?:went|carried|going|carry\w*) on)\b[^.;]{1,50}"
    r"\b(?:without|no) (?:any |a |the )?(?:help|break|support|respite)\b"
)
"""Care given without help: the want of help is the strain itself."""
_SAME_LOSS = (
    ("loss-of-appeal-right", "lost-opportunity"),
    ("loss-of-income-or-benefit", "financial-loss"),
)
"""Two kinds that free words in one sentence may seem to tell, of which the first is meant."""
_AT_HOME = compiled(r"\b(?:respite|short breaks?|transport|home care|personal care|carers?)\b")


def read_injustices(reading: Reading, at_fault: bool) -> tuple[Injustice, ...]:
    """Injustices by type, each once, in order of first evidence; none without a fault."""
    if not at_fault:
        return ()
    found: dict[str, tuple[str | None, list[Evidence]]] = {}
    for sentence in reading.in_sections(*SECTIONS):
        for type_, rule in (*stated(reading, sentence), *_by_model(reading, sentence)):
            if rule.endswith(_TOLD) and not _tied(reading, sentence):
                continue
            _, evidence = found.setdefault(type_, (_person(reading, sentence), []))
            quote = reading.quote(sentence, rule)
            if quote not in evidence:
                evidence.append(quote)
    if len(found) > 1:  # "this caused injustice" adds nothing where its kind is told
        found.pop(UNSPECIFIED, None)
    return tuple(
        Injustice(f"i{index}", type_, person, tuple(evidence))
        for index, (type_, (person, evidence)) in enumerate(found.items(), 1)
    )


def _by_model(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """(type, model) of harm told in free words, where the Ombudsman judges what was done."""
    if sentence.section not in _REASONED or sentence.item is not None:
        return
    lower = sentence.lower
    if not any(judges(one) for one in _near(reading, sentence)):
        return
    if not_said(sentence) or supposed(sentence, lower) or is_negated(sentence, lower):
        return
    for share, type_ in model("injustice").likely(injustice_features(reading, sentence))[:2]:
        if share > _LIKELY and type_ not in (_NO_HARM, *ABSENT):
            yield type_, f"{MODEL}.{type_}"


MODEL = "model.injustice"
_REASONED = ("found", "found.findings", "report.finding")
_NO_HARM = "none"
_LIKELY = 0.4
"""Probability from which the model is believed."""


def _tied(reading: Reading, sentence: Sentence) -> bool:
    """Whether what a sentence tells is tied to a fault, and no bare event of the story.

    The paragraph, or the one before, must judge what was done, and must not clear it; and
    the sentence, or the one before, must say that it tells a consequence.
    """
    if sentence.section in ACTION_SECTIONS or "injustice" in sentence.heading:
        return True
    near = _near(reading, sentence)
    if any(clears(other) for other in near if other.block == sentence.block):
        return False
    if not any(judges(other) for other in near):
        return False
    return judges(sentence) or follows(" ".join(other.lower for other in near[:2]))


def _near(reading: Reading, sentence: Sentence) -> list[Sentence]:
    """Sentences up to this one, of its paragraph and the paragraph before."""
    near = [sentence]
    blocks = {sentence.block}
    for index in range(sentence.index - 1, -1, -1):
        other = reading.sentences[index]
        blocks.add(other.block)
        if len(blocks) > _REACH or other.section != sentence.section:
            break
        near.append(other)
    return near


def stated(reading: Reading, sentence: Sentence) -> list[tuple[str, str]]:
    """(type, rule) of each injustice that a sentence states in the Ombudsman's own voice."""
    action = sentence.section in ACTION_SECTIONS
    if sentence.section == "found.facts" and not own_words(sentence):
        return []
    rules = reading.candidates("injustice-types", sentence)
    if not (rules or action) or not_said(sentence):
        return []
    if action and not _PURPOSE.search(f"{sentence.lead} {sentence.lower}"):
        return []
    found: dict[str, str] = {}
    for start, end in clauses(sentence.lower) if rules else ():
        told = list(_of_clause(rules, sentence, sentence.lower[start:end]))
        # who speaks is the dearer question: asked only where something is told
        if told and (action or not said_by_others(sentence, end)):
            for type_, rule in told:
                found.setdefault(type_, rule)
    if action and _PAID_BACK.search(sentence.lower) and not _OTHERS_PAID.search(sentence.lower):
        found.setdefault("financial-loss", "injustice.paid-back")
    if len(found) > 1:
        found.pop(UNSPECIFIED, None)
    return _settled(reading, sentence, found)


def _of_clause(rules: Sequence[Rule], sentence: Sentence, clause: str) -> Iterator[tuple[str, str]]:
    """Kinds of injustice that a clause states, as (type, rule)."""
    matched = [rule for rule in rules if rule.pattern.search(clause)]
    if not matched:
        return  # what follows only weighs what was matched
    others = [rule for rule in matched if rule.label == OTHERS]
    absent = [rule for rule in matched if rule.label in ABSENT and not left_open(sentence, clause)]
    closing = sentence.section == "summary" or sentence.section in ACTION_SECTIONS
    if absent and not closing:
        yield absent[0].label, absent[0].id
        if absent[0].label == "no-injustice":
            return
    if others and not closing:
        yield OTHERS, others[0].id
    if others or supposed(sentence, clause):
        return
    action = sentence.section in ACTION_SECTIONS
    caused = action or "injustice" in sentence.heading or is_caused(clause)
    negated = is_negated(sentence, clause)
    asked = clause.startswith("whether ")
    for rule in matched:
        if asked and rule.label != "uncertainty":
            continue
        if rule.label in ABSENT or (
            rule.id.endswith(_TOLD) and not outright(rule.pattern, sentence, clause)
        ):
            continue
        if rule.id.endswith(_PAID) and not action:
            continue
        if rule.label == UNSPECIFIED and (negated or absent or action):
            continue
        if rule.id.endswith(_NAMED) and (negated or not caused):
            continue
        yield rule.label, rule.id


def _settled(reading: Reading, sentence: Sentence, found: dict[str, str]) -> list[tuple[str, str]]:
    """What was found, with one type for one loss: help that a pupil lost is education."""
    if "loss-of-service" in found:
        pupil = (reading.category_slug or "").startswith("education")
        other = _AT_HOME.search(sentence.lower)
        pupil = pupil or bool(_PUPIL.search(sentence.lower))
        if not other and ("loss-of-education" in found or pupil):
            rule = found.pop("loss-of-service")
            found.setdefault("loss-of-education", rule)
    if "loss-of-suitable-accommodation" in found and _NEIGHBOURS.match(reading.category_slug or ""):
        rule = found.pop("loss-of-suitable-accommodation")
        found.setdefault("loss-of-amenity", rule)
    if "carer-strain" in found and _UNAIDED.search(sentence.lower):
        found.pop("loss-of-service", None)
    if any(not rule.endswith(_TOLD) for rule in found.values()):
        # the harm has its name already: free words beside it describe the same
        found = {type_: rule for type_, rule in found.items() if not rule.endswith(_TOLD)}
    for kind, wider in _SAME_LOSS:
        if kind in found and found.get(wider, "").endswith(_TOLD):
            del found[wider]
    return list(found.items())


def _person(reading: Reading, sentence: Sentence) -> str | None:
    """Who suffered: the people the sentence names, or the one who complains."""
    text = reading.folded[sentence.start : sentence.end]
    named = _PERSON.findall(text)
    if named:
        return str(named[-1])
    return reading.complainants[0] if len(reading.complainants) == 1 else None
