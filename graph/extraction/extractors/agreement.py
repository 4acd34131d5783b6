"""Whether an action is agreed, recommended, refused or done already, and who owes it."""

from __future__ import annotations

import re

from graph.extraction.reading import Reading
from graph.layouts.document import Block

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


def status_of(reading: Reading, block: Block, lead: str) -> str:
    """The status that a paragraph's folded lead-in and heading give its actions."""
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


def sentence_status(lower: str, status: str) -> str:
    """The status that a folded sentence gives, or else ``status``, its paragraph's."""
    if _REFUSED.search(lower) and re.search(
        r"\b(?:council|trust|provider|authority|it)\b[^.]{0,60}\b(?:refus|declin|not|reject)", lower
    ):
        return "refused"
    if _ALREADY.search(lower):
        return "already-completed"
    if re.search(r"\bagreed\b", lower):
        return "agreed"
    return status


def payer_of(lower: str) -> str | None:
    """Who is to act, as the folded text names it: "borough council", "trust"."""
    match = _PAYER.search(lower)
    if match is None:
        return None
    return match["payer"].removeprefix("the ").strip()


def done_already(lower: str) -> bool:
    """Whether a folded sentence speaks of what was done before the decision."""
    return bool(_ALREADY.search(lower))
