"""Cuts the remedy section into single actions, each with its status, deadline and payer.

A list item or a sentence may hold several actions ("apologise to the man and pay him
£300"); a lead-in gives all its items their deadline, payer and status; a later lead-in
replaces the former. Only one verb's worth of text is typed at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extraction.extractors.due import read_due
from graph.extraction.reading import ACTION_SECTIONS, Reading
from graph.extraction.sentence import Sentence
from graph.layouts.document import Block
from ontology.model import Due

_VERBS = (
    "apologis|apologiz|pay|refund|reimburs|repay|waiv|write off|writ|remind|review|reconsider"
    "|remak|"
    "arrang|provid|issu|finalis|allocat|assess|reassess|re-assess|carr|complet|consider"
    "|contact|correct|"
    "amend|updat|cancel|withdraw|backdat|calculat|recalculat|offer|hold|meet|confirm|share"
    "|circulat|train|"
    "deliver|produc|prepar|publish|report|send|giv|tell|inform|explain|invit|visit|inspect"
    "|repair|reinstat|"
    "replac|clear|plac|put|add|remov|mak|start|begin|appoint|identif|audit|check|monitor"
    "|introduc|creat|"
    "develop|set|ensur|work|agree|implement|draw|restor|return|award|grant|credit|reduc"
    "|increas|commission|ask|"
    "requir|instruct|discuss|brief|use|organis|convene|decid|respond|repl|stop|suspend|look"
    "|undertak|"
    "conduct|get|install|collect|resum|continu|fund|secur|find|re-offer|submit|revis|chang"
    "|improv|strengthen|"
    "acknowledg|record|not(?=e\\b|ing\\b)|conven|re-?hear|re-?run|obtain|resolv|settl|adapt"
    "|fit|fix|clean|reassur|attach|speak|seek|adopt|raise|analys|examin|investigat|contribut"
    "|transfer|treat|hand|let|show|set out"
)
VERB = rf"(?:{_VERBS})(?:e|es|s|ing|ying|y|ies|ting|ning|ping)?"
_JOIN = re.compile(
    rf"(?:;|,|:|\band\b|\.)\s+(?:(?:and|also|then|to|by|will|should|it will|it should|they will"
    rf"|they should|has agreed to|have agreed to|"
    rf"has also agreed to|agreed to|the \w+(?: \w+)? (?:will|should|has agreed to)|it has "
    rf"agreed to|within [^,]{{3,40}},?)\s+)*(?=(?P<verb>{VERB})\b(?! of\b))"
)
_ELABORATION = re.compile(
    r"^(?:ensur|explain|mak(?:e|ing) (?:sure|clear)|includ|set(?:ting)? out|acknowledg"
    r"|consider|not(?:e|ing)\b|us(?:e|ing)\b|giv(?:e|ing) (?:reasons|regard|her|him|them) "
    r"(?:reasons)?|record|look|check|decid|"
    r"agree|show|let|get|find|work|tell|treat|begin|start|continu|seek|show|respond|record|add"
    r"|chang|requir|hand|show|speak)"
)
_NOUN_AHEAD = re.compile(
    r"(?:offer|review|report|work|support|record|check|plan|assess\w+|complain\w*|repair"
    r"|appeal|train\w*|visit|contact|place|return|award)s?[ -](?:letters?|rights?|panels?"
    r"|officers?|templates?|forms?|plans?|workers?|lists?|keeping|procedures?|process\w*"
    r"|polic\w+|staff|teams?|needs|records)\b"
)
"""Words that begin like a verb and are the first half of a noun: "offer letters"."""
_SUM_UP = re.compile(
    r"making (?:£|a total|up|it)|making \w+ pounds|pay(?:able|ment)|(?:also|all) (?:by|within)"
)
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
_ALREADY = re.compile(
    r"\bhas (?:already|since|now) (?!agreed)(?:\w+ed|written|made|put|paid|given|done|begun"
    r"|taken|sent|held)|\balready (?:been )?(?:\w+ed|paid|made|put|done)\b"
)
_REFUSED = re.compile(
    r"\b(?:refus\w+|declin\w+|(?:has|have|did|does) not (?:\w+ )?(?:agreed?|accept(?:ed)?)"
    r"|not (?:been )?agreed|would not agree|rejected|will not)\b"
)
_AGREED = re.compile(
    r"\b(?:agree[sd]?|agreed|accept(?:s|ed)|will|undertaken|committed|has offered|have offered"
    r"|proposed)\b"
)
_RECOMMENDED = re.compile(r"\b(?:recommend\w*|should|we ask|i ask|must)\b")
_PAYER = re.compile(
    r"\b(?P<payer>(?:the |both |each of the |each |its )?(?:two |borough |county |district "
    r"|city |first |second |care )*(?:councils?|trusts?|authority|provider|icb|ccg|home|school"
    r"|academy|tfl|service|ombudsmen|organisations?|bodies|company|board|practice|agency)(?: "
    r"and the (?:\w+ )?(?:council|trust|provider|icb|ccg|home|school|practice"
    r"|authority))?)(?: \w+){0,3}? (?:has|have|had|will|should|must|agree[sd]?|to|is|are"
    r"|accepted)\b"
)
_LIST_OF_REASONS = re.compile(
    r"\b(?:for|about|that|because|including|namely|where|which|when|whether|how|of|as follows"
    r"|covering|on|explain(?:ing)?(?: how| why| what)?|include|cover|to show|address|consider"
    r"|set out|items|identified|below)\s*:?$"
)
_LABEL = re.compile(r"^[a-z0-9 ,']{3,60}:\s")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done: the folded text of one verb, with what its context gives it."""

    sentence: Sentence
    start: int
    end: int
    """Span in the clean text."""
    text: str
    context: str
    """Folded text of the whole item or sentence group that the action stands in."""
    status: str
    due: Due | None
    payer: str | None


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
        payer = _payer(lead) or payer
        status = _status(reading, block, lead)
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
            yield from _split(
                sentence, status, read_due(sentence.lower, reading.date) or due, payer
            )


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
                group_due, group_payer = inner or due, _payer(text) or payer
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
            yield from _split(
                sentence,
                status,
                own_due or group_due,
                _payer(sentence.lower) or group_payer,
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
        yield from _split(sentence, status, own_due or due, payer)


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
        mine = _sentence_status(sentence.lower, status)
        yield from _split(sentence, mine, last, _payer(sentence.lower) or payer)


def _status(reading: Reading, block: Block, lead: str) -> str:
    heading = (block.paragraph.heading or "").lower()
    if re.search(r"\bagree", lead) and not _REFUSED.search(lead):
        return "agreed"
    if _REFUSED.search(lead):
        return "refused"
    if "recommended" in heading or "recommendation" in heading or _RECOMMENDED.search(lead):
        return "agreed" if _agreed_somewhere(reading) else "recommended"
    return (
        "agreed"
        if "agreed" in heading or _AGREED.search(lead) or _agreed_somewhere(reading)
        else "recommended"
    )


def _agreed_somewhere(reading: Reading) -> bool:
    """Whether the decision says that the recommendations as a whole were agreed."""
    for sentence in reading.in_sections("summary", "decision", "action", "report.recommendations"):
        if re.search(
            r"\b(?:agree[sd]?|accept(?:s|ed))\b[^.]{0,60}(?:recommend|remed|action|put|this|to\b|these"
            r"|do)|council has agreed|authority has agreed|trust has agreed|provider has agreed",
            sentence.lower,
        ) and not _REFUSED.search(sentence.lower):
            return True
    return any(
        "agreed" in (block.paragraph.heading or "").lower() for block in reading.document.blocks
    )


def _sentence_status(lower: str, status: str) -> str:
    if _REFUSED.search(lower) and re.search(
        r"\b(?:council|trust|provider|authority|it)\b[^.]{0,60}\b(?:refus|declin|not|reject)", lower
    ):
        return "refused"
    if _ALREADY.search(lower):
        return "already-completed"
    if re.search(r"\bagreed\b", lower):
        return "agreed"
    return status


def _payer(lower: str) -> str | None:
    match = _PAYER.search(lower)
    if match is None:
        return None
    return match["payer"].removeprefix("the ").strip()


_JOINING = re.compile(r"(?:;|,)?\s*(?:\band\b|\balso\b|\bto\b|\bwill\b|\bit\b|\bshould\b)*\s*$")
_TAIL = 30
"""Characters of an action's end that hold any joining word; a longer search is slow."""


def _split(sentence: Sentence, status: str, due: Due | None, payer: str | None) -> Iterator[Action]:
    """One action for each verb that a coordination brings in."""
    lower = sentence.lower
    cuts = [_after_condition(sentence)]
    for join in _JOIN.finditer(lower):
        begin = join.end()
        if _ELABORATION.match(lower[begin:]) or _SUM_UP.match(lower[begin:]):
            continue
        if begin <= cuts[0]:
            continue
        if (
            len(lower[cuts[-1] : join.start()].split()) < 3
            and len(cuts) == 1
            and not re.match(r"apolog|refund", lower)
        ):
            continue
        if re.match(
            r"(?:offer|work|report|plan|review|audit|record|place|use|check|set|return|note|contact"
            r"|award|change|repair|visit|fit|show)s?\b",
            lower[begin:],
        ) and lower[: join.start()].endswith(("its", "the", "a")):
            continue
        if _NOUN_AHEAD.match(lower[begin:]):
            continue
        cuts.append(begin)
    for start, end in zip(cuts, [*cuts[1:], len(lower)], strict=True):
        text = lower[start:end].rstrip(" ;,.")
        text = text[:-_TAIL] + _JOINING.sub("", text[-_TAIL:])
        if len(text.split()) < 1:
            continue
        yield Action(
            sentence,
            sentence.start + start,
            sentence.start + start + len(text),
            text,
            lower,
            status,
            due,
            payer,
        )


_CONDITION = re.compile(r"^(?:should|if|where|once|when|in view of|given)\b[^,]{0,160}, ")


def _after_condition(sentence: Sentence) -> int:
    """Where the action begins: after "Should the panel find that she was entitled, "."""
    match = _CONDITION.match(sentence.lower)
    return match.end() if match else 0


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
            status = "already-completed" if _ALREADY.search(lower) else "agreed"
            due = read_due(lower, reading.date)
            found += [
                action
                for action in _split(sentence, status, due, None)
                if action.end > sentence.start + offered.end()
            ]
        if found:
            yield from found
            return
