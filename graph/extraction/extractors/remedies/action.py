"""One action: the text of one verb, with what its context gives it.

A sentence may hold several ("apologise to the man and pay him £300"); it is cut where a
coordination brings in another verb, not where "and" only joins two nouns or begins an
explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.extraction.extractors.remedies.main_act import (
    VERB,
    is_search,
    main_act,
    names_no_act,
    preface_end,
    without_letter,
)
from graph.extraction.first_letters import compiled
from graph.extraction.sentence import Sentence
from ontology.model import Due

_LEADING = (
    r"(?:(?:and|also|then|to|by|must|shall|will|should|that it should|it will|it should"
    r"|they will|they should|that the \w+(?: \w+)? should|has agreed to|have agreed to|has also"
    r" agreed to|agreed to|the \w+(?: \w+)? (?:will|should|has agreed to)|it has agreed to"
    r"|(?:is|are) (?:each |both |also |then |now |jointly )?to|(?:have )?(?:begun|started|begin"
    r"|start) to"
    r"|until [^,;:]{3,40} will|within [^,;]{3,60},|within (?:\w+ ){1,3}(?:days|weeks|months)"
    r"(?! (?:of|from|after)\b)|(?:within|by|before|in) [^,;:]{3,60}?,? (?:it|they|the \w+)"
    r" (?:will|should|must)|by \d[^,]{5,25},?|in addition,?|jointly|\(?(?:[a-h]|[ivx]{1,4}"
    r"|\d)\)) )*"
)
_JOIN = compiled(
    rf"(?:;|,|:|\band\b|\.)\s+{_LEADING}(?=(?P<verb>{VERB})\b(?! of\b))"
    r"|(?:;|,|\band\b)\s+(?:and )?(?:(?:it|they|the \w+) )?(?P<modal>will|should|must|shall"
    r"|is to|are to|are (?:each|both|jointly|also|then) to)"
    r" (?:also |then |further |in addition |each |have )*(?:(?:within|by|before) [^,;]{3,60}, )?"
    r"(?=(?!be\b|not\b|need\b|do (?:so|this|it)\b|have\b|also\b)[a-z])"
    r"|;\s+(?:and )?(?:to )?(?=(?:go|take|bear|deal|do|bring|call|cover|compare|let|mend|open"
    r"|reopen|step|supply|support|teach|buy|build|see)\b)"
    r"|(?:;|,|\band\b)\s+(?=(?:(?:all|its|the|every|each|any|a|an) )?(?:[\w'-]+ "
    r"){1,4}(?P<passive>will|should|must"
    r"|(?:is|are) to) (?:also )?be (?!able|aware|satisfied|entitled)\w+(?:ed|en|wn|id|de|ght|eld"
    r"|et|ut|pt)\b)"
)
"""Where another act may begin: at a verb, at "and will", or after a semicolon."""
_ELABORATION = compiled(
    r"^(?:ensur|explain|mak(?:e|ing) (?:sure|clear)|includ|set(?:ting)? out|acknowledg"
    r"|consider|not(?:e|ing)\b|us(?:e|ing)\b|giv(?:e|ing) (?:reasons|regard|her|him|them) "
    r"(?:reasons)?|record|look|check|decid|"
    r"take (?:into|account|care|steps|advice|it|this|them|that|no|up|part|on board|all)\b|agree"
    r"|show|let|get|find|work|tell|treat|begin|start|continu|seek|show|respond|record|add"
    r"|chang|requir|hand|show|speak)"
)
_BACK = (
    r"(?:it|them|these|those|this|that|another|one|others|any|anyone|anybody|anything|each|every"
    r"|whoever|whatever|whichever|such|both|what|matters|things|who|whether|how|why"
    r"|(?:a |any |its )?(?:copy|copies|remedy|remedies|refunds?)"
    r"|the (?:new|amended|revised|updated|corrected|same|results?|outcome|findings?|conclusions?"
    r"|lessons|difference|rest|answers?|people|families|parents|owners|owner|person|others))\b"
)
_BACK_TO_IT = compiled(
    r"[a-z-]+ (?:(?:up|out|back|off|down|in|to|with|from|for|on) )?(?:it|them|these|those|this)\b"
)
_FOLLOWS_UP = compiled(
    r"(?:re-?open|offer|remedy|put (?:right|matters|things)|make good|compensate|contact|write to"
    r"|invite|correct|repay"
    r"|deal with|act on|assess|reconsider|review|do the same|apply)\b"
)
"""What is done for those whom a search finds."""
_GIVES_THEM = compiled(
    r"(?:offer|give|send|find|grant|allow|provide|let) (?:them|it|both) (?:(?:a|an|the|its)"
    r" (?!cop(?:y|ies)|results?|outcome|findings|remed|chance|opportunity|same|choice|answer)|with"
    r" (?:a|an|the) (?!cop(?:y|ies)|results?|outcome))"
)
"""An act that gives people something new: "and offer them the next flat"."""
_CONTINUES = compiled(
    rf"^[a-z-]+ (?:(?:up|out|back|off|down|in|right|again|to|with|from|for|on) )?{_BACK}"
    r"|^(?:send|give|tell"
    r"|show) (?:[\w'-]+ ){1,4}the (?:results?|outcome|findings)\b"
)
"""An act whose object is that of the act before it: "draw up a list and publish it"."""
_OWN_ACT = compiled(
    r"^(?:apolog|pay\b|award|train|remind|waiv|backdat|write off|reimburs|hold\b|meet\b"
    r"|(?:give|hand|pay) (?:[\w'-]+ ){0,4}?back\b|give [^;£]{0,30}£"
    r"|(?:tell|inform|instruct|brief|show|teach) (?:its|all|every|the) (?:[\w'-]+ ){0,4}?(?:staff"
    r"|officers?"
    r"|workers?|teams?|managers?|advisers?|clerks?|inspectors)\b)"
)
"""Beginning of an act that stands by itself whatever its object."""
_GIVES_BACK = compiled(
    r"^(?:refund|repay|reimburse|make good|compensate|put (?:it|them|this|that|matters|things) "
    r"right|pay (?:them |him |her |it )?(?:the|any|what)\b)"
)
_INSERTED = (", in writing", ", in future", ", as a term of its contract", ", under its contract")
_COMMANDS = compiled(r"(?:require|ask|instruct|direct|tell|invite)\b")
_OWN_TIME = compiled(r"\b(?:within|by \d)")
_WRITES = compiled(r"(?:review|revise|rewrite|write|amend|draft|update|agree|adopt)\b")
_THE_DIFFERENCE = compiled(
    r"^(?:refund|repay|reimburse|pay)(?: [\w']+){0,4}? (?:the difference|any difference|what"
    r"|the arrears|any)\b"
)
_WORKS_OUT = compiled(r"\b(?:work|works|working) out\b|\b(?:re)?calculate\b|\bestablish\b")
_NOUN_AHEAD = compiled(
    r"(?:offer|review|report|work|support|record|check|plan|assess\w+|complain\w*|repair"
    r"|appeal|train\w*|visit|contact|place|return|award)s?[ -](?:letters?|rights?|panels?"
    r"|officers?|templates?|forms?|plans?|workers?|lists?|keeping|procedures?|process\w*"
    r"|polic\w+|staff|teams?|needs|records)\b"
)
"""Words that begin like a verb and are the first half of a noun: "offer letters"."""
_SUM_UP = compiled(
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


_MODAL = compiled(r"\b(?:will|should|must|shall|is to|are to)\b")
_SAID_WITHIN = compiled(r"\b(?:that|so|which|how|when|if|where|until|unless|whether|before)\b")
_ING = compiled(r"[a-z-]+ing\b")
_NO_VERB = compiled(r"\b(?:this|the|our|final|a|an|its|her|his|their) $")


_HAS_DONE = compiled(r"\b(?:has|have) \w+$")


def _is_told(before: str, modal: str) -> bool:
    """Whether "and will" carries on what is told: "say what it has done and will do"."""
    if _HAS_DONE.search(before.rstrip(" ,")):
        return True
    return bool(re.search(rf"\b(?:that|which|who|how|what|so) [^;]{{0,80}}\b{modal}\b", before))


_JOINING = compiled(r"(?:;|,)?\s*(?:\band\b|\balso\b|\bto\b|\bwill\b|\bit\b|\bshould\b)*\s*$")
_AHEAD = 120
"""Characters that show what kind of act begins."""
_TAIL = 30
"""Characters of an action's end that hold any joining word; a longer search is slow."""


def split(sentence: Sentence, status: str, due: Due | None, payer: str | None) -> Iterator[Action]:
    """One action for each verb that a coordination brings in."""
    lower = sentence.lower
    cuts = [_after_condition(sentence)]
    stops: list[int] = []
    for join in _JOIN.finditer(lower):
        if _brings_in(join, lower, cuts):
            cuts.append(join.end())
            stops.append(join.start())
    for start, end in zip(cuts, [*stops, len(lower)], strict=True):
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


_LIKE_A_NOUN = compiled(
    r"(?:offer|work|report|plan|review|audit|record|place|use|check|set|return|note|contact"
    r"|award|change|repair|visit|fit|show)s?\b"
)


def _brings_in(join: re.Match[str], lower: str, cuts: Sequence[int]) -> bool:
    """Whether a new act begins behind a joining word; ``cuts`` are where those so far begin."""
    begin = join.end()
    ahead = lower[begin : begin + _AHEAD]
    modal = _MODAL.search(join.group())
    strong = bool(modal or join["passive"] or join.group().startswith(";"))
    plain = not strong or bool(_ING.match(ahead))
    if _SUM_UP.match(ahead) or _NO_VERB.search(lower[:begin]):
        return False
    if (
        plain
        and _ELABORATION.match(ahead)
        and not is_search(ahead)
        and not (_OWN_ACT.match(ahead) and not _ING.match(ahead))
    ):
        return False
    if (
        modal
        and "that " not in join.group()
        and _is_told(lower[cuts[-1] : join.start()], modal.group())
    ):
        return False
    if join["passive"] and _SAID_WITHIN.search(lower[cuts[-1] : join.start()]):
        return False
    if begin <= cuts[0]:
        return False
    before = lower[cuts[-1] : join.start()]
    if len(cuts) == 1 and (
        names_no_act(before)
        or (len(before.split()) < 3 and not lower.startswith(("apolog", "refund")))
    ):
        return False
    if _LIKE_A_NOUN.match(lower, begin) and lower[: join.start()].endswith(("its", "the", "a")):
        return False
    own = _OWN_TIME.search(join.group()) and not ahead.startswith("apolog")
    return not (_NOUN_AHEAD.match(ahead) or (not own and _belongs(before, lower[begin:], strong)))


_NEXT = compiled(r"[;.] |, and |\band (?=pay|apolog)")
_PUBLISHES = compiled(r"publish\b")


def _belongs(before: str, ahead: str, strong: bool) -> bool:
    """Whether the act that begins ``ahead`` only carries on the act ``before`` it.

    A look for others who were affected takes in what is then done for them; "work it out
    and refund the difference" is one act; "write it and publish it" too. A payment of a
    stated sum, an apology and training stand by themselves, and so, mostly, does what
    comes after a semicolon or a repeated "will" (``strong``).
    """
    act = main_act(before)
    if before.endswith(_INSERTED) and _COMMANDS.match(act):
        return True  # "require the firm, in writing, to keep its notes"
    searching = is_search(act)
    own = _NEXT.split(ahead, maxsplit=1)[0]
    if _THE_DIFFERENCE.match(ahead) and _WORKS_OUT.match(act):
        return True
    if "£" in own or " pounds" in own:
        return False
    if _GIVES_BACK.match(ahead):
        return searching or bool(_WORKS_OUT.match(act))
    if act.startswith(("write", "send")) and ahead.startswith("apolog"):
        return True  # "write to them, and to her separately, to apologise"
    if _OWN_ACT.match(ahead) or _NOT_CONTINUED.match(act):
        return False
    if _PUBLISHES.match(ahead) and _WRITES.match(act):
        return True
    if _GIVES_THEM.match(ahead) and not searching:
        return False
    if strong:
        return bool(_BACK_TO_IT.match(ahead)) or (searching and bool(_FOLLOWS_UP.match(ahead)))
    return searching or bool(_CONTINUES.match(ahead) and not is_search(ahead[:_AHEAD]))


_NOT_CONTINUED = compiled(r"(?:apolog|pay\b|refund|reimburs|waiv|train|remind|reduce the)")
_CONDITION = compiled(r"^(?:should|if|where|once|when|in view of|given)\b[^,]{0,160}, ")


def _after_condition(sentence: Sentence) -> int:
    """Where the action begins: after "Should the panel find that she was entitled, "."""
    begin = len(sentence.lower) - len(without_letter(sentence.lower))
    if end := preface_end(sentence.lower):
        return end
    match = _CONDITION.match(sentence.lower)
    if match is None or _AGREEING.search(match.group()):
        return begin
    return match.end()


_AGREEING = compiled(r"\b(?:agreed|will|is to|are to)\b")
