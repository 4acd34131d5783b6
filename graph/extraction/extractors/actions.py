"""Cuts the remedy section into single actions, each with its status, deadline and payer.

A list item or a sentence may hold several actions ("apologise to the man and pay him
£300"); a lead-in gives all its items their deadline, payer and status; a later lead-in
replaces the former. Only one verb's worth of text is typed at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.extraction.extractors.action import VERB, Action, split
from graph.extraction.extractors.agreement import (
    done_already,
    payer_of,
    sentence_status,
    status_of,
)
from graph.extraction.extractors.due import read_due
from graph.extraction.reading import ACTION_SECTIONS, Reading
from graph.extraction.sentence import Sentence
from graph.layouts.document import Block
from ontology.model import Due

_DIRECTIVE = re.compile(
    r"\b(?:has|have|had) (?:also |now |since |already |therefore |further )*(?:agreed|accepted"
    r"|offered|proposed|undertaken|committed)\b(?! (?:that|with|our findings))|"
    r"\b(?:will|should|shall|must|is to|are to)\b(?! (?:also )?(?:be (?:able|satisfied|content"
    r"|aware that)))|\bto remedy\b|\brecommend\w*|\bagree[sd]? (?:to|that)\b|\bwould:"
)
_DESCRIPTIVE = re.compile(
    r"^(?:our (?:guidance|published)|the ombudsman's (?:guidance|published)|in (?:recommending"
    r"|arriving|reaching|deciding|setting|suggesting)|"
    r"i (?:have considered|am satisfied|consider|think|believe|welcome|note|have taken|have "
    r"not|do not|am pleased|took|considered|recognise|would)|"
    r"we (?:have considered|are satisfied|consider|think|believe|welcome|note|have taken|have "
    r"not|do not|are pleased|publish|took|considered|would|usually|normally|will (?:not "
    r")?(?:take|consider|check|monitor))|"
    r"this (?:figure|sum|amount|payment|is (?:in line|a symbolic|the|because|on top|less|to)"
    r"|was|reflects|takes|recognises|makes|would|means)|"
    r"these (?:figures|sums|payments|amounts)|that (?:figure|sum|is)|the (?:figure|sum|amount"
    r"|payment|total|payments|sums) (?:is|are|of|reflects|takes|was|were|recognises|comes"
    r"|should reflect|does|do|includes)|"
    r"it (?:is|was|has (?:already|since)|told|said|says|explained|confirmed|will be for)|(?:mr"
    r"|mrs|miss|ms|dr) \w+|she|he|they (?:do|did|have|had|are|were)|if (?:mr|mrs|miss|ms|she"
    r"|he|they)|"
    r"the council (?:says|said|told|has told|has (?:already|since)|had (?:already|since)"
    r"|explained|accepts|accepted|disagreed|questioned|offered|did not|considered|asked)|the "
    r"(?:dates?|deadline|periods?|time) |no remedy|nothing )"
)
_LIST_OF_REASONS = re.compile(
    r"\b(?:for|about|that|because|including|namely|where|which|when|whether|how|of|as follows"
    r"|covering|on|explain(?:ing)?(?: how| why| what)?|include|cover|to show|address|consider"
    r"|set out|items|identified|below)\s*:?$"
)


def actions(reading: Reading, settled: bool) -> list[Action]:
    """Actions of the remedy section, in order; of the reasoning when there is none."""
    found = list(_of_sections(reading, ACTION_SECTIONS))
    if any(True for action in found if not action.text.startswith(("provid", "send"))):
        return found
    return found + list(_elsewhere(reading, settled))


def _of_sections(reading: Reading, sections: tuple[str, ...]) -> Iterator[Action]:
    carried: Due | None = None
    latest: Due | None = None
    payer: str | None = None
    for index, block in enumerate(reading.document.blocks):
        if block.paragraph.section not in sections:
            carried, payer = None, None
            continue
        own = [s for s in reading.sentences if s.block == index]
        lead = reading.lower[block.paragraph.start : block.lead_end]
        due = read_due(lead, reading.date) if block.items else None
        if due is None and _SAME.search(lead):
            due = latest
        payer = payer_of(lead) or payer
        status = status_of(reading, block, lead)
        if block.items and not _is_detail_list(lead):
            yield from _lead_actions(reading, own, status, due or carried, payer)
            yield from _items(reading, block, own, status, due or carried, payer)
        else:
            yield from _sentences(reading, own, status, carried, payer, latest)
        stated = read_due(lead, reading.date)
        latest = stated or latest
        stripped = lead.rstrip()
        if stripped.endswith(":") and not block.items:
            carried = stated or carried
        elif not block.items:
            carried = carried if _is_continuation(lead) else None


def _is_continuation(lead: str) -> bool:
    return bool(re.match(rf"(?:{VERB})\b", lead))


def _is_detail_list(lead: str) -> bool:
    """Whether the lead-in is the action and its items only say for what."""
    stripped = lead.rstrip()
    if not _LIST_OF_REASONS.search(stripped.rstrip(":")):
        return False
    verb = re.search(rf"\b(?:to|will|should|by|and|agreed to|must)\s+(?:also )?{VERB}\b", stripped)
    return bool(verb) and not re.search(
        r"(?:agreed|will|should|to do|actions?|following|must) ?:?$", stripped
    )


def _lead_actions(
    reading: Reading,
    own: list[Sentence],
    status: str,
    due: Due | None,
    payer: str | None,
) -> Iterator[Action]:
    """Whole sentences before the lead-in proper: "The Council will apologise. It will also:"."""
    leads = [s for s in own if s.item is None and not s.lead]
    for sentence in leads[:-1]:
        if _is_action_sentence(sentence):
            yield from split(sentence, status, read_due(sentence.lower, reading.date) or due, payer)


def _items(
    reading: Reading,
    block: Block,
    own: list[Sentence],
    status: str,
    due: Due | None,
    payer: str | None,
) -> Iterator[Action]:
    detail_level = 0
    group_due, group_payer = due, payer
    for item in block.items:
        if detail_level and item.level > detail_level:
            continue
        detail_level = 0
        inside = [s for s in own if s.item is item]
        if not inside:
            continue
        text = reading.lower[item.start : item.end].strip()
        if text.endswith(":"):
            inner = read_due(text, reading.date)
            bare = _bare_lead(text)
            if bare:
                group_due, group_payer = inner or due, payer_of(text) or payer
                continue
            detail_level = item.level
        if item.level == 1 and not text.endswith(":") and group_due is not due:
            group_due = due
        for position, sentence in enumerate(inside):
            if position and not _is_further_action(sentence.lower):
                continue
            if not position and _DESCRIPTIVE.match(sentence.lower):
                continue
            own_due = read_due(sentence.lower, reading.date) or read_due(text, reading.date)
            yield from split(
                sentence,
                status,
                own_due or group_due,
                payer_of(sentence.lower) or group_payer,
            )
    for sentence in own:
        if sentence.item is None and sentence.start >= block.items[-1].end:
            yield from _closing(reading, sentence, status, due, payer)


def _closing(
    reading: Reading, sentence: Sentence, status: str, due: Due | None, payer: str | None
) -> Iterator[Action]:
    """A sentence that follows the list within its paragraph."""
    if _is_action_sentence(sentence):
        own_due = read_due(sentence.lower, reading.date)
        yield from split(sentence, status, own_due or due, payer)


def _bare_lead(text: str) -> bool:
    """Whether a lead-in such as "within three months:" names nothing to do by itself."""
    words = re.sub(
        r"\b(?:within|by|the|council|trust|will|should|has|have|agreed|to|also|of|from|our|final"
        r"|decision|date|weeks?|months?|days?|one|two|three|four|six|eight|twelve|and|for|it"
        r"|\d+)\b|\W",
        " ",
        text,
    )
    return len(words.split()) <= 3 and not re.match(rf"{VERB}\b", text)


def _is_further_action(lower: str) -> bool:
    return bool(
        re.match(
            rf"(?:it|they|the \w+(?: \w+)?) (?:will|should|has agreed to|have agreed to) also\b"
            rf"|(?:it|they|the \w+(?: \w+)?) (?:will|should) (?:then )?"
            rf"(?:pay|refund|reimburse|apologise|write to|remind)\b"
            rf"|(?:also|then),? {VERB}\b"
            rf"|[^.]{{0,80}}\b(?:will|should) (?:also )?be (?:waived|refunded"
            rf"|repaid|paid|cancelled|written off|reimbursed)\b",
            lower,
        )
    )


def _is_action_sentence(sentence: Sentence) -> bool:
    lower = sentence.lower
    if _DESCRIPTIVE.match(lower) or not _DIRECTIVE.search(lower):
        return bool(re.match(rf"(?:to )?{VERB}\b", lower)) and not _DESCRIPTIVE.match(lower)
    return bool(re.search(rf"\b{VERB}\b", lower))


def _sentences(
    reading: Reading,
    own: list[Sentence],
    status: str,
    due: Due | None,
    payer: str | None,
    before: Due | None,
) -> Iterator[Action]:
    last = due
    for sentence in own:
        if not _is_action_sentence(sentence):
            continue
        own_due = read_due(sentence.lower, reading.date)
        if own_due is None and _SAME.search(sentence.lower):
            own_due = before
        last = own_due or last
        mine = sentence_status(sentence.lower, status)
        yield from split(sentence, mine, last, payer_of(sentence.lower) or payer)


_SAME = re.compile(
    r"\b(?:by|within|in|over) (?:the|that) same (?:time|period|date|deadline|timescale)"
)
_OFFERS = re.compile(
    r"\b(?:council|trust|provider|authority|school|tfl|it|icb|home) (?:has |have )?(?:now "
    r"|also |therefore |since |kindly )*(?:agreed|offered|accepted|will|undertaken)\b(?! "
    r"(?:our|my|the) (?:draft|findings|view|provisional)| that\b| with\b| it (?:was|had))"
    r"|\basked the \w+ to\b|\bto remedy\b"
)


_AGREED_TO = re.compile(
    rf"\b(?:council|trust|provider|authority|school|it) (?:has |have )?(?:now |also )?agreed "
    rf"to (?:also )?{VERB}\b"
)


def _elsewhere(reading: Reading, settled: bool) -> Iterator[Action]:
    """Agreed actions of a case settled early, which has no remedy section."""
    for section in ("assessment", "found.findings", "found", "decision", "summary"):
        found = []
        for sentence in reading.in_sections(section):
            lower = sentence.lower
            if not settled and not _AGREED_TO.search(lower):
                continue
            offered = _OFFERS.search(lower)
            if not (offered and re.search(r"\bagree|\baccept|will\b|to remedy|asked", lower)):
                continue
            if re.search(r"\b(?:mr|mrs|miss|ms) \w+ (?:says|said|complain\w+|wants?)\b", lower):
                continue
            status = "already-completed" if done_already(lower) else "agreed"
            due = read_due(lower, reading.date)
            found += [
                action
                for action in split(sentence, status, due, None)
                if action.end > sentence.start + offered.end()
            ]
        if found:
            yield from found
            return
