"""One action: the text of one verb, with what its context gives it.

A sentence may hold several ("apologise to the man and pay him £300"); it is cut where a
coordination brings in another verb, not where "and" only joins two nouns or begins an
explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.extraction.extractors.verb_forms import (
    is_passive_act,
    of_existence,
    of_passive,
    of_perfect,
)
from graph.extraction.rules import rules
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
_BARE_VERBS = (
    "adopt|admit|advise|alter|bring|compile|deal|display|employ|end|enter|extend|honour|include"
    "|install|keep|lift|nominate|notify|present|procure|purchase|re-?inspect|reconcile|recruit"
    "|redesign"
    "|redraft|refer|retrain|reverse|rewrite|sample|scrap|search|serve|sign|survey|telephone|test"
    "|tighten|trace|upgrade|verify|take|knock|strike|reopen|re-open|plant|fell"
)
"""Verbs that are taken for one in the bare form only: other forms are mostly nouns."""
VERB = rf"(?:(?:{_VERBS})(?:e|es|s|ing|ying|y|ies|ting|ning|ping)?|{_BARE_VERBS})"
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
_JOIN = re.compile(
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
_ELABORATION = re.compile(
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
_BACK_TO_IT = re.compile(
    r"[a-z-]+ (?:(?:up|out|back|off|down|in|to|with|from|for|on) )?(?:it|them|these|those|this)\b"
)
_FOLLOWS_UP = re.compile(
    r"(?:re-?open|offer|remedy|put (?:right|matters|things)|make good|compensate|contact|write to"
    r"|invite|correct|repay"
    r"|deal with|act on|assess|reconsider|review|do the same|apply)\b"
)
"""What is done for those whom a search finds."""
_GIVES_THEM = re.compile(
    r"(?:offer|give|send|find|grant|allow|provide|let) (?:them|it|both) (?:(?:a|an|the|its)"
    r" (?!cop(?:y|ies)|results?|outcome|findings|remed|chance|opportunity|same|choice|answer)|with"
    r" (?:a|an|the) (?!cop(?:y|ies)|results?|outcome))"
)
"""An act that gives people something new: "and offer them the next flat"."""
_CONTINUES = re.compile(
    rf"^[a-z-]+ (?:(?:up|out|back|off|down|in|right|again|to|with|from|for|on) )?{_BACK}"
    r"|^(?:send|give|tell"
    r"|show) (?:[\w'-]+ ){1,4}the (?:results?|outcome|findings)\b"
)
"""An act whose object is that of the act before it: "draw up a list and publish it"."""
_OWN_ACT = re.compile(
    r"^(?:apolog|pay\b|award|train|remind|waiv|backdat|write off|reimburs|hold\b|meet\b"
    r"|(?:give|hand|pay) (?:[\w'-]+ ){0,4}?back\b|give [^;£]{0,30}£"
    r"|(?:tell|inform|instruct|brief|show|teach) (?:its|all|every|the) (?:[\w'-]+ ){0,4}?(?:staff"
    r"|officers?"
    r"|workers?|teams?|managers?|advisers?|clerks?|inspectors)\b)"
)
"""Beginning of an act that stands by itself whatever its object."""
_GIVES_BACK = re.compile(
    r"^(?:refund|repay|reimburse|make good|compensate|put (?:it|them|this|that|matters|things) "
    r"right|pay (?:them |him |her |it )?(?:the|any|what)\b)"
)
_INSERTED = (", in writing", ", in future", ", as a term of its contract", ", under its contract")
_COMMANDS = re.compile(r"(?:require|ask|instruct|direct|tell|invite)\b")
_OWN_TIME = re.compile(r"\b(?:within|by \d)")
_WRITES = re.compile(r"(?:review|revise|rewrite|write|amend|draft|update|agree|adopt)\b")
_THE_DIFFERENCE = re.compile(
    r"^(?:refund|repay|reimburse|pay)(?: [\w']+){0,4}? (?:the difference|any difference|what"
    r"|the arrears|any)\b"
)
_WORKS_OUT = re.compile(r"\b(?:work|works|working) out\b|\b(?:re)?calculate\b|\bestablish\b")
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


_MODAL = re.compile(r"\b(?:will|should|must|shall|is to|are to)\b")
_SAID_WITHIN = re.compile(r"\b(?:that|so|which|how|when|if|where|until|unless|whether|before)\b")
_ING = re.compile(r"[a-z-]+ing\b")
_NO_VERB = re.compile(r"\b(?:this|the|our|final|a|an|its|her|his|their) $")


def _is_told(before: str, modal: str) -> bool:
    """Whether "and will" carries on what is told: "say what it has done and will do"."""
    if re.search(r"\b(?:has|have) \w+$", before.rstrip(" ,")):
        return True
    return bool(re.search(rf"\b(?:that|which|who|how|what|so) [^;]{{0,80}}\b{modal}\b", before))


_JOINING = re.compile(r"(?:;|,)?\s*(?:\band\b|\balso\b|\bto\b|\bwill\b|\bit\b|\bshould\b)*\s*$")
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
        begin = join.end()
        ahead = lower[begin : begin + _AHEAD]
        modal = _MODAL.search(join.group())
        strong = bool(modal or join["passive"] or join.group().startswith(";"))
        plain = not strong or bool(_ING.match(ahead))
        if _SUM_UP.match(ahead) or _NO_VERB.search(lower[:begin]):
            continue
        if (
            plain
            and _ELABORATION.match(ahead)
            and not is_search(ahead)
            and not (_OWN_ACT.match(ahead) and not _ING.match(ahead))
        ):
            continue
        if (
            modal
            and "that " not in join.group()
            and _is_told(lower[cuts[-1] : join.start()], modal.group())
        ):
            continue
        if join["passive"] and _SAID_WITHIN.search(lower[cuts[-1] : join.start()]):
            continue
        if begin <= cuts[0]:
            continue
        before = lower[cuts[-1] : join.start()]
        if len(cuts) == 1 and (
            _names_no_act(before)
            or (len(before.split()) < 3 and not re.match(r"apolog|refund", lower))
        ):
            continue
        if re.match(
            r"(?:offer|work|report|plan|review|audit|record|place|use|check|set|return|note|contact"
            r"|award|change|repair|visit|fit|show)s?\b",
            lower[begin:],
        ) and lower[: join.start()].endswith(("its", "the", "a")):
            continue
        if _NOUN_AHEAD.match(ahead) or (
            _belongs(before, lower[begin:], strong)
            and (ahead.startswith("apolog") or not _OWN_TIME.search(join.group()))
        ):
            continue
        cuts.append(begin)
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
    own = re.split(r"[;.] |, and |\band (?=pay|apolog)", ahead, maxsplit=1)[0]
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
    if re.match(r"publish\b", ahead) and _WRITES.match(act):
        return True
    if _GIVES_THEM.match(ahead) and not searching:
        return False
    if strong:
        return bool(_BACK_TO_IT.match(ahead)) or (searching and bool(_FOLLOWS_UP.match(ahead)))
    return searching or bool(_CONTINUES.match(ahead) and not is_search(ahead[:_AHEAD]))


_NOT_CONTINUED = re.compile(r"(?:apolog|pay\b|refund|reimburs|waiv|train|remind|reduce the)")
_DIRECTED = re.compile(
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
_RECOMMENDED = re.compile(
    r"\brecommend\w*\b[^.]{0,80}? (?:council|authority|trust|provider|board|it|they|home|school) "
    rf"(?P<act>{VERB}\b)"
)
_OPENING = re.compile(
    r"(?:(?:(?:also|then|and|in addition|within|by|before|in|over|on|to put (?:this|matters|things)"
    r" right|for the future|for its part|as to [\w ]{3,30}|finally)\b[^,;:]{0,80}[,:]|and|also"
    r"|to) )"
)


def main_act(text: str) -> str:
    """The folded text of one act from its verb on: "Within a month it will also pay ..."."""
    body = of_existence(_PREFACE.sub("", text))
    act = of_perfect(_from_verb(body))
    if not re.match(rf"{VERB}\b", act) and "be " in act:
        return of_passive(without_opening(body)) or act
    return act


def without_opening(text: str) -> str:
    """A folded act without "Within a month, " and the like before it."""
    begin = 0
    while (opening := _OPENING.match(text, begin)) and not _DIRECTED.search(opening.group()):
        begin = opening.end()
    return text[begin:]


_PREFACE = re.compile(
    r"(?:in addition to|apart from|aside from|besides|as well as|beyond|over and above|on top of"
    r"|quite apart from|beside) (?!this,|that,|these,)[^.;:]{3,250}?, (?=(?:the ombudsm[ae]n|the"
    r" (?:\w+ ){1,3}(?:has|have|will|should|is|are|must)|it|i|we|they)\b)"
)
"""What is not itself asked for: "In addition to considering this report, the Council will"."""


def without_preface(lower: str) -> str:
    """A folded sentence without what it mentions before it comes to the act."""
    return _PREFACE.sub("", lower)


def _from_verb(text: str) -> str:
    begin = 0
    while (opening := _OPENING.match(text, begin)) and not _DIRECTED.search(opening.group()):
        begin = opening.end()
    if re.match(rf"{VERB}\b", text[begin:]):
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
_SUBJECT = re.compile(
    r"(?:the|it|they|both|each|its|all|two|three|these|this|that|a|an|we|i|our|my|if|when|within|by"
    r"|in|on|as|at|before|also|and|to|after|over|where|should|once)\b"
)


def _names_no_act(text: str) -> bool:
    """Whether a stretch only says who is to act, or by when: "Within a month, the Home"."""
    if not _SUBJECT.match(text):
        return False
    act = main_act(text)
    return not (re.match(rf"{VERB}\b", act) or _DIRECTED.search(text) or is_passive_act(text))


def is_search(act: str) -> bool:
    """Whether an act looks for others who were affected."""
    return bool(_search().match(act))


@cache
def _search() -> re.Pattern[str]:
    """The rule that knows such acts by their beginning."""
    return next(rule.pattern for rule in rules("remedy-types") if rule.id == "remedy.audit")


_CONDITION = re.compile(r"^(?:should|if|where|once|when|in view of|given)\b[^,]{0,160}, ")


def _after_condition(sentence: Sentence) -> int:
    """Where the action begins: after "Should the panel find that she was entitled, "."""
    begin = len(sentence.lower) - len(without_letter(sentence.lower))
    if preface := _PREFACE.match(sentence.lower):
        return preface.end()
    match = _CONDITION.match(sentence.lower)
    if match is None or _AGREEING.search(match.group()):
        return begin
    return match.end()


_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).] +")


def without_letter(lower: str) -> str:
    """A folded sentence without the letter or number that its paragraph was given by hand."""
    match = _LETTER.match(lower)
    return lower[match.end() :] if match else lower


_AGREEING = re.compile(r"\b(?:agreed|will|is to|are to)\b")
