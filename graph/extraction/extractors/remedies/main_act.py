"""The verb that an act hangs on: "Within a month it will also pay her" is "pay her".

Decisions name an act in many forms ("will have paid", "is to be paid", "there is to be a
payment"); what kind of act it is, and where a sentence of several is cut, is told on the
verb in the form of a command.
"""

from __future__ import annotations

import re
from functools import cache

from graph.extraction.extractors.remedies.verb_forms import (
    is_passive_act,
    of_existence,
    of_passive,
    of_perfect,
)
from graph.extraction.first_letters import compiled
from graph.extraction.rules import rules

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
_BARE_VERBS = (
    "adopt|admit|advise|alter|bring|compile|deal|display|employ|end|enter|extend|honour|include"
    "|install|keep|lift|nominate|notify|present|procure|purchase|re-?inspect|reconcile|recruit"
    "|redesign"
    "|redraft|refer|retrain|reverse|rewrite|sample|scrap|search|serve|sign|survey|telephone|test"
    "|tighten|trace|upgrade|verify|take|knock|strike|reopen|re-open|plant|fell"
)
"""Verbs that are taken for one in the bare form only: other forms are mostly nouns."""
VERB = rf"(?:(?:{_VERBS})(?:e|es|s|ing|ying|y|ies|ting|ning|ping)?|{_BARE_VERBS})"
ACT = compiled(rf"{VERB}\b")
"""The verb that an act begins with."""


_DIRECTED = compiled(
    r"\b(?:will|should|would|shall|must|(?:ought|agree[sd]?(?:,[^,]{3,60},| without \w+| at once"
    r"| readily| straight away)?|(?:is|are)(?: each| both| also| then| now| jointly| together)?"
    r"|was|offered"
    r"|undertaken|promised|promises|undertakes|consented|consents|pledged|volunteered|going|bound"
    r"|has until [^,]{3,25}|have until [^,]{3,25}|willing|ready|prepared|content|proposes|proposed"
    r"|given (?:us )?(?:an|its) undertaking|given (?:us )?its word"
    r"|committed|needs|asked it|asked the \w+)(?:, [^,]{3,60},)? to)\b:?(?:,? (?:within|by|in|as"
    r"|if|too|also|however|therefore|where|subject|with|at)\b[^,:]{0,60}[,:])?"
    r"(?: (?:in|within|by|before|over) (?:the |that |this |these |those )?(?:same )?(?:[\w-]+ "
    r"){0,2}(?:time|period|date"
    r"|deadline|days|weeks?|months?|then|addition)(?: (?:of|from|after) (?:(?:the|this|our|my"
    r"|that|final|date|of) )*"
    r"(?:decision|statement|report))?(?: too)?:?)?"
    r"(?: (?:also|each|both|then|jointly|now|further|therefore|all|together|immediately))*"
    r"(?:,? (?:within|by|in)\b[^,:]{3,60}[,:])?(?: to)?(?: \([a-h1-9]\))? (?P<act>(?!also\b"
    r"|each\b|both\b|then\b|now\b"
    r"|further\b|within\b|by\b|in\b|be\b|not\b|have (?:agreed"
    r"|been)\b)[a-z])"
)
_RECOMMENDED = compiled(
    r"\brecommend\w*\b[^.]{0,80}? (?:council|authority|trust|provider|board|it|they|home|school) "
    rf"(?P<act>{VERB}\b)"
)
_OPENING = compiled(
    r"(?:(?:(?:also|then|and|in addition|within|by|before|in|over|on|to put (?:this|matters|things)"
    r" right|for the future|for its part|as to [\w ]{3,30}|finally)\b[^,;:]{0,80}[,:]|and|also"
    r"|to) )"
)


def main_act(text: str) -> str:
    """The folded text of one act from its verb on: "Within a month it will also pay ..."."""
    body = of_existence(_PREFACE.sub("", text))
    act = of_perfect(_from_verb(body))
    if not ACT.match(act) and "be " in act:
        return of_passive(without_opening(body)) or act
    return act


def without_opening(text: str) -> str:
    """A folded act without "Within a month, " and the like before it."""
    begin = 0
    while (opening := _OPENING.match(text, begin)) and not _DIRECTED.search(opening.group()):
        begin = opening.end()
    return text[begin:]


_PREFACE = compiled(
    r"(?:in addition to|apart from|aside from|besides|as well as|beyond|over and above|on top of"
    r"|quite apart from|beside) (?!this,|that,|these,)[^.;:]{3,250}?, (?=(?:the ombudsm[ae]n|the"
    r" (?:\w+ ){1,3}(?:has|have|will|should|is|are|must)|it|i|we|they)\b)"
)
"""What is not itself asked for: "In addition to considering this report, the Council will"."""


def preface_end(lower: str) -> int:
    """Where what a folded sentence mentions before it comes to the act ends; 0 without any."""
    match = _PREFACE.match(lower)
    return match.end() if match else 0


def without_preface(lower: str) -> str:
    """A folded sentence without what it mentions before it comes to the act."""
    return _PREFACE.sub("", lower)


def _from_verb(text: str) -> str:
    begin = 0
    while (opening := _OPENING.match(text, begin)) and not _DIRECTED.search(opening.group()):
        begin = opening.end()
    if ACT.match(text, begin):
        return text[begin:]
    match = _DIRECTED.search(text, begin)
    if match and (match.start() - begin < _NEAR or _SUBJECT.match(text, begin)):
        return text[match.start("act") :]
    match = _RECOMMENDED.search(text, begin)
    if match:  # "recommend that it sets up a team"
        return re.sub(r"^(\w+?)s\b", r"\1", text[match.start("act") :])
    return text[begin:]


_NEAR = 40
"""Characters that a name may have that stands before "will": "North Tarnbeck Council will"."""
_SUBJECT = compiled(
    r"(?:the|it|they|both|each|its|all|two|three|these|this|that|a|an|we|i|our|my|if|when|within|by"
    r"|in|on|as|at|before|also|and|to|after|over|where|should|once)\b"
)


def names_no_act(text: str) -> bool:
    """Whether a stretch only says who is to act, or by when: "Within a month, the Home"."""
    if not _SUBJECT.match(text):
        return False
    act = main_act(text)
    return not (ACT.match(act) or _DIRECTED.search(text) or is_passive_act(text))


def is_search(act: str) -> bool:
    """Whether an act looks for others who were affected."""
    return bool(_search().match(act))


@cache
def _search() -> re.Pattern[str]:
    """The rule that knows such acts by their beginning."""
    return next(rule.pattern for rule in rules("remedy-types") if rule.id == "remedy.audit")


_LETTER = compiled(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +")


def without_letter(lower: str) -> str:
    """A folded sentence without the letter or number that its paragraph was given by hand."""
    match = _LETTER.match(lower)
    return lower[match.end() :] if match else lower
