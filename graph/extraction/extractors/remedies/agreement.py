"""Whether an action is agreed, recommended, refused or done already, and who owes it."""

from __future__ import annotations

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch
from graph.layouts.document import Block

_ALREADY = compiled(
    r"\bhas (?:already|since|now) (?!agreed)(?:\w+ed|written|made|put|paid|given|done|begun"
    r"|taken|sent|held)|\balready (?:been )?(?:\w+ed|paid|made|put|done)\b"
)
_REFUSED = watch(
    r"\b(?:council|trust|provider|authority|board|home|school|icb|ccg|it|they|\w+) (?:has|have"
    r"|had|does|do"
    r"|did|is|was|will|would)(?: (?:also|so far|now|since|\w+ly))* (?:refused|declined|rejected"
    r"|unwilling"
    r"|not (?:\w+ ){0,2}?(?:agree[ds]?|accept(?:ed|s)?|prepared|willing|consent(?:ed)?|comply))\b"
    r"(?! (?:the|her|his|their|an?|many|some|all) (?:\w+ )?(?:applications?|claims?|requests?"
    r"|appeals?))"
    r"|\b(?:council|trust|provider|authority|board|home|it) (?:refuses|declines|rejects|disagrees"
    r"|refused"
    r"|declined) (?:to (?:do|pay|make|agree|accept|apologise|give|offer)|this|that|our|my|both"
    r"|either)\b"
    r"|\bnot (?:been )?(?:agreed|accepted)\b|\bwould not agree\b"
)
_AGREED = compiled(
    r"\b(?:agree[sd]?|agreed|accept(?:s|ed)|will|undertaken|committed|has offered|have offered"
    r"|proposed)\b"
)
_RECOMMENDED = compiled(r"\b(?:recommend\w*|should|we ask|i ask|must)\b")
_PAYER = compiled(
    # "its practice" is what it does, not a doctors' practice
    r"\b(?P<payer>(?:the |both |each of the |each |its )?(?:two |borough |county |district "
    r"|city |first |second |care )*(?:councils?|trusts?|authority|provider|icb|ccg|home|school"
    r"|academy|tfl|(?<!its )service|ombudsmen|organisations?|bodies|company|board"
    r"|(?<!its )practice|(?<!its )agency)(?: "
    r"and the (?:\w+ )?(?:council|trust|provider|icb|ccg|home|school|practice"
    r"|authority))?)(?: \w+){0,3}? (?:has|have|had|will|should|must|agree[sd]?|to|is|are"
    r"|accepted)\b"
)


_AGREES = compiled(r"\bagree[sd]\b")
_HAS_AGREED = compiled(r"\bagreed\b")
_WILL = compiled(r"\bwill\b")
_STOP = compiled(r"[.;]\s")


def status_of(
    reading: Reading, block: Block, lead: str, payer: str | None, following: list[str]
) -> str:
    """The status that a paragraph's lead-in, heading and sequel give its actions.

    ``lead`` and the sentences ``following`` it in the next paragraph are folded.
    """
    heading = (block.paragraph.heading or "").lower()
    refused = bool(_REFUSED.pattern.search(lead))
    if _AGREES.search(lead) and not refused:
        return "agreed"
    if _UNWANTED.search(heading):
        return "refused"
    tail = reading.lower[block.lead_end : block.paragraph.end]
    asks = block.items and not _WILL.search(lead)
    answered = _answer([*_STOP.split(tail)[-3:], *_of_them(following)]) if asks else None
    if answered:
        return answered
    if block.items and refused:
        return "refused"
    agreed = _agreed_somewhere(reading, payer)
    if "recommended" in heading or "recommendation" in heading or _RECOMMENDED.search(lead):
        return "agreed" if agreed else "recommended"
    promised = block.items and _WILL.search(tail)
    return (
        "agreed"
        if "agreed" in heading or _AGREED.search(lead) or agreed or promised
        else ("recommended")
    )


def _of_them(following: list[str]) -> list[str]:
    """The sentences that still speak of the list before them, not of another recommendation."""
    for index, lower in enumerate(following[:2]):
        if "recommend" in lower and not _YES.search(lower):
            return following[:index]
    return following[:2]


_UNWANTED = compiled(r"\b(?:not (?:been |yet )?(?:agreed|accepted)|rejected|refused|declined)\b")
_NO = compiled(
    r"\b(?:do|does|did|has|have|will|would|is|are|was) not (?:\w+ ){0,2}?(?:agree[ds]?"
    r"|accept(?:ed|s)?"
    r"|prepared|willing|consent(?:ed)?|comply)\b|\b(?:has|have) (?:declined|refused|rejected)\b"
    r"|\b(?:declines|refuses|rejects|declined|refused|rejected|disagrees|unwilling)\b"
    r"|\b(?:will|would) not (?:do (?:so|this|that|it|either|both)|pay|make|give|go (?:so|that) "
    r"far|have it)\b"
    r"|\b(?:it|they|council|trust|board|home|provider|authority|which) (?:will|would) "
    r"not\b(?=\W*$|[:;,])"
    r"|\b(?:cannot|can not|could not|unable to|not able to) (?:agree|accept|persuade|see its way)\b"
    r"|\bwould (?:rather|prefer)\b|\bprefers to\b|\boffers? [^.;]{0,30} instead\b|\bgo(?:es)? no "
    r"further\b|\bnot (?:prepared|willing) to\b|\b(?:says|said) no\b|\b(?:has|have) no (?:money"
    r"|budget|funds?) for\b|\bstands? by its (?:refusal|offer)\b"
    r"|\b(?:sees|saw) no (?:reason|need|case) (?:to|for)\b|\bdoes not (?:see|think|consider) "
    r"(?:why|that|it|there)"
    r"|\b(?:thinks|considers|believes|regards|says)\b[^.;]{0,80}\b(?:enough|sufficient|ample"
    r"|adequate|excessive|too (?:much|high))\b"
    r"|\bdid not (?:feel|see|think|consider)\b|\bdrew the line\b|\bbalk(?:s|ed)\b|\bwill have "
    r"none of\b"
)
_NOT_YET = compiled(
    r"\byet to (?:tell|say|let|respond|reply|answer|agree|confirm|decide)|\bnot yet (?:told|said"
    r"|replied|responded|agreed|answered|confirmed|decided|let)"
    r"|\bwhether (?:or not )?it (?:agrees|will"
    r"|accepts|can)\b|\bin principle but|\bif it (?:agrees|will)\b|\bwaiting (?:for|to)"
    r"|\bstill (?:considering|thinking)|\bis considering (?:this|it|whether|our|my)"
)
_YES = compiled(
    r"\b(?:has|have) (?:now |since |also )*(?:agreed|accepted)(?: to)? (?:do |carry |make |all"
    r"|both|our"
    r"|my|the|this|these|that|it\b|them|every)|\b(?:agrees|accepts) (?:to |with )?(?:all|both|our"
    r"|my"
    r"|the|this|these|that|it\b|them)|\b(?:has|have) (?:agreed|accepted)\b(?: in full)?\W*$"
)
_MINE = compiled(r"^(?:i|we|in my view|in our view)\b")


def _answer(following: list[str]) -> str | None:
    """What the body answered to a recommendation, in the folded sentences after it."""
    others = False
    for lower in following:
        others = others or bool(_ASKS_MORE.search(lower) and not _YES.search(lower))
        if _MINE.match(lower) or (others and not _OF_ALL.search(lower)):
            continue
        if _NOT_YET.search(lower):
            return "recommended"
        if _NO.search(lower):
            return "refused"
        if _YES.search(lower) and not _PARTLY.search(lower):
            return "agreed"
    return None


_ASKS_MORE = compiled(
    r"\b(?:i|we|the ombudsm[ae]n) (?:\w+ )?(?:recommend|suggest|propos|ask|invit|urg|press)\w*"
)
_OF_ALL = compiled(r"\b(?:both|either|neither|all|none|any of|each)\b")
_PARTLY = compiled(r"\b(?:but|except|other than|apart from|save)\b")
_ACCEPTS = watch(
    r"\b(?:agree[sd]?|accept(?:s|ed))\b[^.]{0,60}(?:recommend|remed|action|put|this|to\b|these|do)"
    r"|(?:council|authority|trust|provider) has agreed"
)
_KIND = compiled(r"\b(county|district|borough|city|town|parish|first|second) council\b(?! tax)")


def _agreed_somewhere(reading: Reading, payer: str | None) -> bool:
    """Whether the decision says that the payer agreed to the recommendations as a whole."""
    for sentence in reading.in_sections("summary", "decision", "action", "report.recommendations"):
        accepts = _ACCEPTS.matches(sentence) and not _REFUSED.matches(sentence)
        if accepts and _is_about(payer, sentence.lower):
            return True
    return any(
        "agreed" in (block.paragraph.heading or "").lower()
        and not _UNWANTED.search((block.paragraph.heading or "").lower())
        for block in reading.document.blocks
    )


def _is_about(payer: str | None, lower: str) -> bool:
    """Whether an agreement is the payer's, where one kind of council is told from another."""
    kinds = set(_KIND.findall(lower))
    if payer is None or not kinds or payer in ("council", "it"):
        return True
    mine = _KIND.match(payer)
    return bool(mine) and (mine[1] if mine else "") in kinds


_FURTHER = compiled(
    r"\b(?:also|further|in addition|additionally|as well|moreover|second|finally)\b"
)
_IN_FULL = watch(
    r"\b(?:agree[sd]?|accept(?:s|ed))\b(?: to)?(?: all)? (?:of )?(?:our|my|the"
    r"|these) (?:\w+ )?recommendations"
)


_ASKED = compiled(
    r"\brecommend|\b(?:asked|invited|urged|pressed) (?:it|them|for|the \w+)(?: \w+)? to\b"
    r"|\b(?:was|were) (?:also |then |further )?(?:asked|invited|urged|pressed) to\b|\b(?:asked"
    r"|pressed) for [^.;]{3,60} to be\b"
    r"|^(?:\w+,? )?(?:i|we|the ombudsm[ae]n) (?:\w+ )?(?:suggest|propos|think|consider|believe"
    r"|urge|ask"
    r"|press|want|would like|had hoped|hoped|would have liked)"
)
_ASKED_AND_AGREED = compiled(
    r"\b(?:recommend|suggest|ask|propos)\w*,? (?:and|to which|which|with which) (?:the \w+|it|they)"
    r"(?: \w+)? (?:has|have|had)? ?(?:now )?(?:accept|agree)(?:s|d|ed)\b"
)


def sentence_status(reading: Reading, sentence: Sentence, status: str, following: list[str]) -> str:
    """The status that a sentence, and those ``following`` it (folded), give its acts.

    ``status`` is that of its paragraph.
    """
    lower = sentence.lower
    if _REFUSED.matches(sentence):
        return "refused"
    if _ALREADY.search(lower):
        return "already-completed"
    if _ASKED_AND_AGREED.search(lower):
        return "agreed"
    asked = bool(_ASKED.search(lower))
    if asked or _RECOMMENDED.search(lower):
        answered = _answer(following)
        if answered and (asked or answered != "agreed"):
            return answered
    if asked and _FURTHER.search(lower) and not _in_full(reading):
        return "recommended"
    if _HAS_AGREED.search(lower):
        return "agreed"
    return status


def _in_full(reading: Reading) -> bool:
    """Whether the decision says that its recommendations were all agreed."""
    inside = reading.in_sections("summary", "decision", "action", "report.recommendations")
    return any(
        _IN_FULL.matches(s) and not _PARTLY.search(s.lower) and not _REFUSED.matches(s)
        for s in inside
    )


def payer_of(lower: str) -> str | None:
    """Who is to act, as the folded text names it: "borough council", "trust"."""
    match = _PAYER.search(lower)
    if match is None:
        return None
    return match["payer"].removeprefix("the ").strip()


def done_already(lower: str) -> bool:
    """Whether a folded sentence speaks of what was done before the decision."""
    return bool(_ALREADY.search(lower))
