"""Bodies that a decision does not name as the council's, though its law or its events say so.

Where the powers say that what a provider does is treated as done by the council, the provider
of the story acted for it. A summons is to the magistrates; a judge who hears appeals about a
benefit is the tribunal for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence
from graph.extraction.watching import watch

Add = Callable[[str, str, Sentence, str], None]
Mention = tuple[Sentence, int, int, str]

_TREATED = watch(
    r"\b(?:treat(?:ed)?|regard(?:ed)?|count(?:s|ed)?|answers?|answerable|responsible)\b[^.]{0,90}"
    r"\bcouncil\b|\b(?:actions?|acts|work) of (?:a |the |such )?(?:provider|contractor|company"
    r"|firm)"
)
_BOUGHT = watch(
    r"\bsections? (?:24a, )?25\(7\)|\b(?:buys?|commissions?|arranges?|contracts?|pays?)\b[^.]{0,80}"
    r"\b(?:somebody|someone|another|others?|provider|contractor|company|firm|body|organisation)"
)
_AGENTS = ("care-provider", "enforcement-agent", "contractor")
_OF_THE_STORY = ("summary", "complaint", "found.facts", "found.findings", "found", "assessment")
_SUMMONS = compiled(
    r"\bsummons(?:es)? (?:against|was|were|has|had|is|came|followed|issued|for (?:the|un|council)"
    r"|in "
    r"\w+ 20)|\bwas summonsed\b|\b(?:issued|served|sent|received|got|had) (?:her |him |them |mr \w "
    r"|mrs \w |ms \w )?(?:with )?(?:an?|the) (?:\w+ )?summons\b"
)
_JUDGE = watch(
    r"\b(?:judges?|tribunals?)\b[^.;]{0,60}\bappeals?\b|\bappeals?\b[^.;]{0,60}\bjudges?\b"
)
_BENEFIT = watch(
    r"department for work and pensions|\bdwp\b|\b(?:housing|disability|incapacity) benefit\b"
    r"|\b\w+ allowance\b|\buniversal credit\b|personal independence payment"
)
_LEFT = ("what-investigated", "not-investigated", "assessment")


def read_agents(
    reading: Reading,
    mentions: Collection[Mention],
    found: Mapping[str, Mapping[str, object]],
    add: Add,
) -> None:
    """Add the provider, court or tribunal that the decision implies."""
    _treated(reading, mentions, found, add)
    if "summons" in reading.lower and "magistrates-court" not in found:
        for sentence in reading.in_sections("found.facts", "assessment", "what-investigated"):
            if _SUMMONS.search(sentence.lower) and "witness summons" not in sentence.lower:
                add("magistrates-court", "court-proceedings-in", sentence, "role.summons")
                break
    if "appeal" in reading.lower and "ftt-social-entitlement" not in found:
        for sentence in reading.in_sections(*_LEFT):
            if _JUDGE.matches(sentence) and _BENEFIT.matches(sentence):
                add("ftt-social-entitlement", "right-of-appeal-to", sentence, "role.benefit-judge")
                break


def _treated(
    reading: Reading,
    mentions: Collection[Mention],
    found: Mapping[str, Mapping[str, object]],
    add: Add,
) -> None:
    """The provider of the story, where the law says that it stands for the council."""
    if any(found.get(body) for body in _AGENTS) or reading.document.joint:
        return
    if any(authority.kind != "council" for authority in reading.authorities):
        return
    powers = reading.in_sections("role-powers")
    if not any(_BOUGHT.matches(s) and _TREATED.matches(s) for s in powers):
        return
    for body in _AGENTS:
        for sentence, _, _, named in mentions:
            if named == body and sentence.section in _OF_THE_STORY:
                add(body, "acting-on-behalf-of", sentence, "role.treated-as")
                return
