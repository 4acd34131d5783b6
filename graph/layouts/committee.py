"""Telling a council's committee papers from what the Ombudsman wrote.

Reports to members, agendas and minutes speak of complaints, faults and remedies, and have
headings that decisions have too ("Summary", "Recommendations"). What they alone have is the
furniture of meetings, which is what is looked for here.
"""

from __future__ import annotations

import re

_LEAST_SIGNS = 2
"""Different signs that a paper has; of a decision's lines not one looks like any of them."""
_NUMBER = r"^[ \t]*(?:\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+)?"
_SIGNS = {
    "agenda": r"agenda(?: and reports?| reports? pack)?[ \t]*$|agenda item\b.{0,30}$|"
    r"(?:public )?(?:reports?|documents?|agenda) pack\b",
    "report": r"reports? (?:to|of|from)\b(?!.*ombuds).{0,80}$|report (?:author|title|no\b).{0,80}$|"
    r"purpose of (?:the |this )?report\b",
    "wards": r"wards?(?:\(s\))? affected\b|electoral divisions? affected\b",
    "implications": r"(?:[a-z]+,? (?:and )?){0,5}implications?(?: of .{0,40})?[ \t]*:?[ \t]*$",
    "papers": r"(?:list of )?background (?:papers|documents)\b",
    "reasons": r"reasons? for (?:the )?(?:recommendations?|decisions?|urgency)\b|"
    r"(?:alternative )?options considered\b",
    "meeting": r"(?:minutes of|apologies(?: for absence)?|declarations? of interests?)\b.{0,80}$|"
    r"exclusion of (?:the )?(?:press|public)\b",
    "resolved": r"(?:it was )?resolved\b[ \t]*(?::|-|–|\bthat\b|\bto\b)",
    "officers": r"(?:cabinet member|portfolio holder|lead member|lead officer|contact officer|"
    r"responsible officer|corporate director|monitoring officer)[ \t]*:",
    "key": r"(?:is (?:this|it) a )?key decision\b.{0,20}$|exempt information\b|forward plan\b",
    "members": r"(?:that )?(?:members|the (?:committee|cabinet|board|executive|panel))"
    r"(?: (?:is|are) (?:asked|recommended|invited|requested))? (?:to )?"
    r"(?:notes?|considers?|agrees?|approves?)\b",
}
_ANY = re.compile(
    _NUMBER + "(?:" + "|".join(f"(?P<{name}>{sign})" for name, sign in _SIGNS.items()) + ")",
    re.IGNORECASE | re.MULTILINE,
)


def is_committee_paper(text: str) -> bool:
    """True if ``text`` has the furniture of a council's meeting: agenda, implications, minutes."""
    return len(signs(text)) >= _LEAST_SIGNS


def signs(text: str) -> frozenset[str]:
    """The kinds of such furniture in ``text``."""
    return frozenset(found.lastgroup for found in _ANY.finditer(text) if found.lastgroup)
