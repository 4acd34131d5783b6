"""Finds the acts of a decision: in its remedy section, or where a case was settled early.

A lead-in gives the paragraphs after it their payer, and a deadline until another replaces
it; what one paragraph holds is read by ``remedy_block``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from graph.extraction.extractors.remedies.action import Action
from graph.extraction.extractors.remedies.agreement import done_already, payer_of, status_of
from graph.extraction.extractors.remedies.due import read_due
from graph.extraction.extractors.remedies.main_act import ACT, VERB, without_letter
from graph.extraction.extractors.remedies.remedy_block import (
    Given,
    acts_in,
    acts_of,
    done_then,
    items_of,
    stated_due,
)
from graph.extraction.first_letters import compiled
from graph.extraction.reading import ACTION_SECTIONS, Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch
from ontology.model import Due


def actions(reading: Reading, settled: bool) -> list[Action]:
    """Actions of the remedy section, in order; of the reasoning when there is none."""
    blocks = remedy_blocks(reading)
    found = _with_general_due(reading, blocks, list(_of_blocks(reading, blocks)))
    if any(True for action in found if not action.text.startswith(("provid", "send"))):
        return found
    return found + list(_elsewhere(reading, settled))


_TITLE = compiled(
    r"\b(?:put(?:ting)?|set(?:ting)?|mak(?:e|ing)) (?:it|this|that|things|matters)? ?(?:right"
    r"|good|amends)"
    r"|\b(?:remed(?:y|ies)|recommendations?|redress|agreed actions?)\b|\bwhat (?:should|must|will"
    r"|is to|needs to|the"
    r" \w+ (?:will|should|must)) (?:now |happen|be done|do|follow)"
)
_TITLE_LENGTH = 70


def remedy_blocks(reading: Reading) -> set[int]:
    """Indexes of the blocks that say what is to be done: a section, or what a title opens.

    A late report may have titles that no layout knows; a line such as "Putting it right"
    in its second half opens its remedies.
    """
    blocks = reading.document.blocks
    found = {i for i, block in enumerate(blocks) if block.paragraph.section in ACTION_SECTIONS}
    if found:
        return found
    inside = False
    for index in range(len(blocks) // 2, len(blocks)):
        block = blocks[index]
        text = reading.lower[block.paragraph.start : block.paragraph.end].strip()
        if len(text) < _TITLE_LENGTH and text[-1:].isalnum():
            inside = bool(_TITLE.search(text))
        elif inside:
            found.add(index)
    return found


_SETS_TIME = compiled(
    r"(?:(?:all|each|every part|everything|the whole)(?: of)?(?: (?:this|these|that|it|those|the "
    r"above|the"
    r" following|what follows|(?:the )?(?:actions?|steps|payments?|things|measures|remedies)))*"
    r"|what"
    r" follows|the following(?: \w+)?|these (?:actions?|steps|payments?|things|measures|remedies"
    r"|matters)"
    r"|the (?:actions?|steps|measures|payments?(?: and \w+)*)(?: (?:above|below))?)\b[\w "
    r",]{0,40}? (?:is|are|should"
    r"|must|will|has|have|to) (?:all )?(?:to )?(?:be )?(?:done|completed?|carried out|in place"
    r"|finished|made|taken)"
)
"""A sentence that gives one deadline to everything before it, or to what follows."""
_FOLLOWS = compiled(r"\b(?:follow(?:s|ing)|below)\b")


def _with_general_due(reading: Reading, blocks: set[int], found: list[Action]) -> list[Action]:
    """Acts that state no deadline get that of a sentence that sets one for them all."""
    for sentence in reading.sentences:
        if sentence.block not in blocks or not _SETS_TIME.match(sentence.lower):
            continue
        due = read_due(sentence.lower, reading.date)
        if due is None:
            continue
        ahead = bool(_FOLLOWS.search(sentence.lower))
        found = [
            replace(act, due=due)
            if act.due is None
            and act.status in ("agreed", "recommended")
            and (act.start > sentence.start) == ahead
            else act
            for act in found
        ]
    return found


def _of_blocks(reading: Reading, inside: set[int]) -> Iterator[Action]:
    carried: Due | None = None
    latest: Due | None = None
    listed: Due | None = None
    payer: str | None = None
    blocks = reading.document.blocks
    for index, block in enumerate(blocks):
        if index not in inside:
            carried, payer = None, None
            continue
        own = reading.blocks.get(index, [])
        lead = reading.lower[block.paragraph.start : block.lead_end]
        due = stated_due(reading, lead, latest) if block.items else None
        payer = payer_of(lead) or payer
        after = reading.blocks.get(index + 1, []) if index + 1 in inside else []
        status = status_of(reading, block, lead, payer, [s.lower for s in after])
        goes_on = not block.items and _is_continuation(lead)
        given = Given(status, due or carried or (listed if goes_on else None), payer, latest)
        yield from acts_of(reading, block, own, given)
        stated = read_due(lead, reading.date)
        latest = stated or latest
        stripped = lead.rstrip()
        if not goes_on:
            listed = due if block.items else None
        if stripped.endswith(":") and not block.items:
            carried = stated or carried
        elif not block.items:
            carried = carried if _is_continuation(lead) else None


def _is_continuation(lead: str) -> bool:
    return bool(ACT.match(without_letter(lead)))


_EARLY = ("assessment", "found.findings", "found", "decision", "summary")
"""Sections that may hold what was agreed when a case is settled early, best first."""
_BODY = r"(?:council|trust|provider|authority|school|tfl|it|icb|home|board|association)"
_OFFERS = watch(
    rf"\b{_BODY} (?:has |have )?(?:now |also |therefore |since |kindly |readily |promptly "
    rf")*(?:agreed|offered"
    r"|accepted|proposes|offers|agrees|undertakes|promised|will|undertaken|is going(?= "
    r"to\b))\b(?:, (?:since|on|when|after|now"
    r"|having|as)\b[^,]{3,60},)?(?! (?:our|my|the) (?:draft|findings|view|provisional)| with\b"
    r"| it (?:was|had)| that\b(?!,? (?:within|by|in|it will)\b))|\basked the \w+ to\b|\bto remedy\b"
)
_AGREED_TO = watch(
    rf"\b{_BODY} (?P<perfect>(?:has|have|is) )?(?:now |also |since |readily |promptly )*(?:agreed"
    rf"|offered|undertaken"
    r"|promised|going(?= to))(?P<aside>,? (?:since|on|when|after|having)\b[^,]{3,60},)?"
    rf" (?:now )?(?:to (?:also )?{VERB}\b|that,? (?:within|by|in|it will)\b)"
)
_ASKED_IT = compiled(
    r"\b(?:when|after|once|because|as) (?:i|we)\b|\b(?:our|my) (?:enquir\w+|letter|request"
    r"|suggestion"
    r"|proposal)|\b(?:i|we) (?:asked|invited|suggested|proposed|contacted|approached|wrote)\b"
    r"|\bnow agreed"
)
_YEAR = compiled(r"\b(?:19|20)\d\d\b")
_NOW = compiled(r"\b(?:has|have|will)\b")
_SAYS = compiled(r"\b(?:mr|mrs|miss|ms) \w+ (?:says|said|complain\w+|wants?)\b")
_GOES_ON = compiled(
    r"(?:(?:within|by|in) [^,]{3,40}?,? )?(?:it|the \w+|they) (?:will|(?:has"
    r"|have) also agreed to)\b"
)


def _elsewhere(reading: Reading, settled: bool) -> Iterator[Action]:
    """Agreed actions of a case settled early, which has no remedy section."""
    for section in _EARLY:
        inside = reading.in_sections(section)
        found: list[Action] = []
        for _, group in groupby(inside, key=lambda sentence: sentence.block):
            found += _settled_in(reading, list(group), settled)
        if found:
            yield from found
            return


def _settled_in(reading: Reading, own: list[Sentence], settled: bool) -> Iterator[Action]:
    """What a paragraph says was agreed; ``own`` are its sentences."""
    index = own[0].block
    block = reading.document.blocks[index] if index >= 0 else reading.document.summary
    agreed = False
    latest: Due | None = None
    for position, sentence in enumerate(own):
        lower = sentence.lower
        if sentence.item is not None and agreed and block is not None:
            given = Given("agreed", latest, None, latest)
            yield from items_of(reading, block, own, given)
            return
        agrees = _agrees(sentence, settled)
        if not agrees and not (agreed and _GOES_ON.match(lower)):
            agreed = False
            continue
        agreed = True
        later = own[position + 1].lower if position + 1 < len(own) else ""
        latest = stated_due(reading, lower, latest) or done_then(reading, later)
        if lower.endswith(":"):
            continue
        offered = _OFFERS.search(sentence)
        begin = sentence.start + (offered.end() if offered and agrees else 0)
        status = "already-completed" if done_already(lower) else "agreed"
        for action in acts_in(reading, sentence, Given(status, latest, None, latest)):
            if action.end > begin:
                yield action


def _agrees(sentence: Sentence, settled: bool) -> bool:
    """Whether a sentence says that a body agreed to act because of the complaint to us."""
    lower = sentence.lower
    if settled:
        offered = _OFFERS.search(sentence)
        if offered is None or _SAYS.search(lower):
            return False
        long_ago = _YEAR.search(lower[: offered.end()]) and not _NOW.search(offered.group())
        return not long_ago or bool(_ASKED_IT.search(lower))
    match = _AGREED_TO.search(sentence)
    if match is None or _SAYS.search(lower):
        return False
    if " agreed" not in match.group():
        # an offer may be the one that was complained about: it counts when it was made to us
        return bool(_SINCE_US.search(lower))
    return bool(match["perfect"] or _ASKED_IT.search(lower))


_SINCE_US = compiled(
    r"\b(?:since|on|after|having|when|once|because|as) [^,.;]{0,30}?\b(?:hear(?:d|ing)|heard"
    r"|ask(?:ed|ing)|enquir\w+"
    r"|contact(?:ed|ing)?|approach(?:ed)?|wrote|letter|spoke|speaking|put|prompt(?:ed|ing)?|our"
    r"|my|us|me|i|we)\b|\bis going to\b"
)
