"""One action: the text of one verb, with what its context gives it.

A sentence may hold several ("apologise to the man and pay him £300"); it is cut where a
coordination brings in another verb, not where "and" only joins two nouns or begins an
explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.extraction.sentence import Sentence
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


_JOINING = re.compile(r"(?:;|,)?\s*(?:\band\b|\balso\b|\bto\b|\bwill\b|\bit\b|\bshould\b)*\s*$")
_TAIL = 30
"""Characters of an action's end that hold any joining word; a longer search is slow."""


def split(sentence: Sentence, status: str, due: Due | None, payer: str | None) -> Iterator[Action]:
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
