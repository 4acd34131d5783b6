"""The bodies that a decision may find at fault, by the short names that it gives them.

"Tarnbeck NHS Foundation Trust (the Trust)" defines a name that the findings then use. Where
several bodies are complained about, the one at fault is the only one that the finding, or
else its heading, names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.extraction.first_letters import compiled
from graph.extraction.folding import fold
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence

_SECTIONS = ("summary", "complaint", "report.key", "what-investigated")
_DEFINED = compiled(
    r"(?P<name>[A-Z][\w&'.-]*(?: (?:[A-Z][\w&'.-]*|of|and|for|upon|the|in|\([A-Z][\w ]+\)))*),? "
    r"\(['\"]?(?:the |called the |which (?:I|we) (?:will )?call the )?"
    r"(?P<alias>[A-Z][\w&' ]{1,40}?)['\"]?\)"
)
_BODY = compiled(
    r"\b(?:Council|Borough|County|Trust|Board|Group|Home|House|Care|Limited|Ltd|LLP|Surgery|"
    r"Practice|Service|School|Academy|College|Authority|Hospital|Agency|Association|Homecare|"
    r"CCG|ICB)\b"
)
_NO_BODIES = frozenset({"ehc", "ehcp", "plan", "send", "code", "act"})
_LEAD = compiled(
    r"^(?:(?:The|At|By|From|In|On|With|Both|And|But|When|Then|He|She|They|January|February|March|"
    r"April|May|June|July|August|September|October|November|December|Mr [A-Z]|Mrs [A-Z]|Ms [A-Z]|"
    r"Miss [A-Z]|and|of|in) )+"
)


def read_parties(reading: Reading) -> dict[str, str]:
    """Folded short name -> the name it stands for: ``{"trust": "Tarnbeck NHS Trust"}``."""
    found: dict[str, str] = {}
    for sentence in reading.in_sections(*_SECTIONS):
        if "(" not in sentence.lower:
            continue
        text = reading.folded[sentence.start : sentence.end]
        for match in _DEFINED.finditer(text):
            name = _LEAD.sub("", match["name"].rpartition(". ")[2])
            if fold(match["alias"]) in _NO_BODIES or " " not in name:
                continue
            if _BODY.search(name) or _BODY.search(match["alias"]):
                found.setdefault(fold(match["alias"]), name)
    for authority in reading.authorities:
        if authority.name and fold(authority.name) not in map(fold, found.values()):
            kind = "council" if authority.kind == "council" else None
            found.setdefault(kind or fold(authority.name), authority.name)
    return found


def at_fault(
    reading: Reading, sentence: Sentence, clause: str, parties: Mapping[str, str]
) -> str | None:
    """The body that a finding is about; None where the text does not tell which.

    It is the only one that the clause names, else the sentence, one before it in the
    paragraph, or the heading.
    """
    before = (earlier.lower for earlier in reading.earlier(sentence))
    for text in (clause, sentence.lower, *before, sentence.heading):
        named = {name for alias, name in parties.items() if _names(text, alias)}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def in_full(payer: str | None, parties: Mapping[str, str]) -> str | None:
    """A payer by the name it has in full, where a short name stands for one body."""
    if payer is None or payer in parties.values():
        return payer
    return parties.get(payer, payer)


def _names(text: str, alias: str) -> bool:
    # "county council" must not be read as "council"
    return alias in text and bool(
        re.search(rf"(?<!county )(?<!borough )\b{re.escape(alias)}\b", text)
    )
