"""The acts of one paragraph of remedies: its list items, or its sentences.

A lead-in gives all its items their deadline, payer and status; an item or sentence may
have its own. A sentence that only says when the one before it is to be done gives that
one its deadline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.extraction.extractors.remedies.action import Action, split
from graph.extraction.extractors.remedies.agreement import payer_of, sentence_status
from graph.extraction.extractors.remedies.asking import (
    is_act_sentence,
    is_descriptive,
    is_further_act,
)
from graph.extraction.extractors.remedies.due import read_due
from graph.extraction.extractors.remedies.main_act import ACT, VERB, without_preface
from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.layouts.document import Block, Item
from ontology.model import Due

_LIST_OF_REASONS = compiled(
    r"\b(?:for|about|that|because|including|namely|where|which|when|whether|how|of|as follows"
    r"|covering|on|explain(?:ing)?(?: how| why| what)?|include|cover|to show|address|consider"
    r"|set out|items|identified|below)\s*:?$"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the context of an act gives it."""

    status: str
    due: Due | None
    payer: str | None
    latest: Due | None
    """The deadline stated last before the paragraph: what "the same period" means."""


def acts_of(reading: Reading, block: Block, own: list[Sentence], given: Given) -> Iterator[Action]:
    """The acts of a paragraph; ``own`` are its sentences."""
    lead = reading.lower[block.paragraph.start : block.lead_end]
    if block.items and not _is_detail_list(lead):
        yield from _lead_acts(reading, own, given)
        yield from items_of(reading, block, own, given)
    else:
        yield from _sentences(reading, own, given)


def acts_in(reading: Reading, sentence: Sentence, given: Given) -> Iterator[Action]:
    """The acts of one sentence; one that states its own deadline has that."""
    begin = sentence.start + len(sentence.lower) - len(without_preface(sentence.lower))
    # the pattern is dear where it fails, and most sentences have no colon
    if _COLON.search(reading.lower, begin, sentence.end) and (
        inline := _INLINE_LEAD.search(reading.lower, begin, sentence.end)
    ):
        # "the Council should, within a month: apologise; pay her £50; and ..."
        due = stated_due(reading, inline.group(), given.latest)
        given = replace(given, due=due or given.due)
    for action in split(sentence, given.status, given.due, payer_of(sentence.lower) or given.payer):
        own = read_due(reading.lower[begin : action.end], reading.date)
        begin = action.end
        yield action if own is None else replace(action, due=own)


def stated_due(reading: Reading, lower: str, latest: Due | None) -> Due | None:
    """The deadline that a folded text states, be it by pointing back to the latest one."""
    found = read_due(lower, reading.date)
    if found is None and _SAME.search(lower):
        return latest
    return found


_COLON = compiled(r":\s")
_INLINE_LEAD = compiled(
    rf".{{0,400}}?\b(?:will|should|must|to|that)\b[^:;]{{0,120}}:\s(?=(?:\(?\w\) )?{VERB}\b)"
)


_SAME = compiled(
    r"\b(?:by|within|in|over|before) (?:the end of )?(?:the|that|this|these|those) same"
    r" (?:\w+ )?(?:time|times|period|date|deadline|timescale|weeks?|months?|days)\b"
    r"|\b(?:by|within|before) (?:the end of )?(?:(?:that|those|this|these) (?:\w+ )?(?:time"
    r"|period|date"
    r"|deadline|weeks?|months?|days)|the (?:month|period|deadline))\b"
    r"|^(?:also )?in (?:that|this|those|these) (?:\w+ )?(?:time|period|weeks?|months?|days)\b"
    r"|\bby then\b(?! (?:it|they|she|he|the \w+) (?:had|was|were|has))|\bat the same time\b"
    r"|\b(?:by|to) (?:the|that) (?:same|latter|last|later) (?:day|date|deadline)\b"
    r"|\b(?:in|within) the (?:same|said|whole) (?:\w+ )?(?:span|space|window)\b"
)


_TO_ACT = compiled(rf"\b(?:to|will|should|by|and|agreed to|must)\s+(?:also )?{VERB}\b")
_ONLY_LEADS = compiled(r"(?:agreed|will|should|to do|actions?|following|must) ?:?$")


def _is_detail_list(lead: str) -> bool:
    """Whether the lead-in is the action and its items only say for what."""
    stripped = lead.rstrip()
    if not _LIST_OF_REASONS.search(stripped.rstrip(":")):
        return False
    return _TO_ACT.search(stripped) is not None and _ONLY_LEADS.search(stripped) is None


def _lead_acts(reading: Reading, own: list[Sentence], given: Given) -> Iterator[Action]:
    """Whole sentences before the lead-in proper: "The Council will apologise. It will also:"."""
    leads = [s for s in own if s.item is None and not s.lead]
    for sentence in leads[:-1]:
        if is_act_sentence(sentence.lower):
            due = stated_due(reading, sentence.lower, given.latest)
            yield from acts_in(reading, sentence, replace(given, due=due or given.due))


def items_of(reading: Reading, block: Block, own: list[Sentence], given: Given) -> Iterator[Action]:
    """The acts of a list, and of what follows it within its paragraph."""
    group = given
    for item in _acting_items(reading, block):
        inside = [s for s in own if s.item is item]
        if not inside:
            continue
        text = reading.lower[item.start : item.end].strip()
        if text.endswith(":") and _bare_lead(text):
            due = stated_due(reading, text, given.latest) or given.due
            group = replace(given, due=due, payer=payer_of(text) or given.payer)
            continue
        if item.level == 1 and not text.endswith(":"):
            group = given
        for position, sentence in enumerate(inside):
            if position and not is_further_act(sentence.lower):
                continue
            if not position and is_descriptive(sentence.lower):
                continue
            due = stated_due(reading, sentence.lower, given.latest)
            due = due or read_due(text, reading.date) or group.due
            yield from acts_in(reading, sentence, replace(group, due=due))
    last = block.items[-1].end
    after = [s for s in own if s.item is None and s.start >= last]
    yield from _sentences(reading, after, given)


def _acting_items(reading: Reading, block: Block) -> Iterator[Item]:
    """Items that are acts, without those that only say what an act is for."""
    detail_level = 0
    details_end = False
    for item in block.items:
        text = reading.lower[item.start : item.end].strip()
        inside = detail_level and item.level > detail_level
        if inside and not (details_end and _BARE_ACT.match(text)):
            details_end = details_end or text.endswith(" and")
            continue
        detail_level, details_end = 0, False
        if text.endswith(":") and not _bare_lead(text):
            detail_level = item.level
        yield item


_BARE_ACT = compiled(rf"(?!\w+ing\b)(?:{VERB})\b(?! of\b)")
"""Beginning of an item that is an act, where items that only give reasons came before it."""


_SAYS_NOTHING = compiled(
    r"\b(?:within|by|the|council|trust|will|should|has|have|agreed|to|also|of|from|our|final"
    r"|decision|date|weeks?|months?|days?|one|two|three|four|six|eight|twelve|and|for|it"
    r"|\d+)\b|\W"
)
"""Words of a lead-in that name nothing to do."""


def _bare_lead(text: str) -> bool:
    """Whether a lead-in such as "within three months:" names nothing to do by itself."""
    words = _SAYS_NOTHING.sub(" ", text)
    return len(words.split()) <= 3 and not ACT.match(text)


def _sentences(reading: Reading, own: list[Sentence], given: Given) -> Iterator[Action]:
    last, latest = given.due, given.latest
    for position, sentence in enumerate(own):
        lower = sentence.lower
        stated = stated_due(reading, without_preface(lower), latest)
        latest = stated or latest
        if not is_act_sentence(lower) or _DONE_THEN.match(lower):
            continue
        following = own[position + 1 : position + 3]
        rest = [s.lower for s in own[position + 1 :]]
        if any(_NOT_MEANT.search(s.lower) for s in following):
            continue
        then = done_then(reading, following[0].lower) if following else None
        last = stated or then or last
        status = sentence_status(reading, sentence, given.status, rest)
        # what was asked for beside the rest and refused has no deadline of the rest
        due = stated if status == "refused" and "recommend" in lower else last
        yield from acts_in(reading, sentence, replace(given, status=status, due=due))


def done_then(reading: Reading, following: str) -> Due | None:
    """The deadline of an act that only the sentence after it states."""
    return read_due(following, reading.date) if _DONE_THEN.match(following) else None


_DONE_THEN = compiled(
    r"(?:it|they|the \w+(?: \w+)?) (?:will|should|must|(?:has|have) (?:also )?agreed to) (?:also )?"
    r"(?:do (?:so|this|that|it|both|all|these)|complete (?:this|these)|carry (?:this|these) out)\b"
    r"|(?:this|that|these|both|all)\b[\w ]{0,30} (?:should|will|must|is to|are to) (?:all )?be"
    r" (?:done|completed|carried out)"
)
"""A sentence that says when the act before it is to be done."""
_NOT_MEANT = compiled(
    r"\b(?:this|that|it) is not (?:a |part of )(?:the |our |my )?(?:recommendation|remedy)"
)
