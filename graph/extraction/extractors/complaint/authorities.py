"""The bodies complained about: from the header, or from the summary of a report.

A council's name is resolved against the register at the date of the decision; a name that
the register does not know stays as printed, without an id.
"""

from __future__ import annotations

import re

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from ontology import councils
from ontology.model import Authority

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, compiled(pattern))
    for kind, pattern in (
        ("fire", r"\bfire\b"),
        ("park", r"national park|broads authority"),
        ("transport", r"transport for|passenger transport|merseytravel|londontravel|\bnexus\b"),
        (
            "nhs-body",
            r"\bnhs\b|\bccg\b|clinical commissioning|integrated care board|\bicb\b|hospitals? |"
            r"ambulance|\bsurgery\b|medical (?:centre|practice)|health ?care? trust|\bgp\b",
        ),
        (
            "school",
            r"\b(?:school|academy|college|primary|grammar|infants?|juniors?)\b(?! .*council)",
        ),
        (
            "council",
            r"\b(?:council|borough of|county of|corporation|city of london|combined authority|"
            r"greater london authority)\b",
        ),
        (
            "care-provider",
            r"\b(?:care|home|homes|homecare|housing|living|support|nursing|healthcare|lodge|"
            r"house|court)\b|\b(?:limited|ltd|llp|plc)\b",
        ),
        ("other", r"\b(?:agency|authority|commission|board|trust|service|services|association)\b"),
    )
)


def read_authorities(reading: Reading) -> tuple[Authority, ...]:
    """The authorities of a decision; one without a name when none is named."""
    header = reading.document.header
    if header.body:
        return (resolve(header.body, reading),)
    summary = reading.document.summary
    if summary is not None and reading.document.document_type == "report":
        named = {name for _, _, name in councils.mentions(summary.paragraph.text)}
        if named:
            return tuple(resolve(name, reading) for name in sorted(named))
    name = _named_in_text(reading)
    return (resolve(name, reading) if name else Authority(None, None, "unknown"),)


_SHORTENED = re.compile(r"""\s*\(\s*['"‘“]?the council\b""", re.IGNORECASE)


def _named_in_text(reading: Reading) -> str | None:
    """The council that the text calls "the Council", or the only one that its opening names."""
    named: dict[str, None] = {}
    for sentence in reading.in_sections("summary", "complaint"):
        for _, end, name in councils.mentions(sentence.text):
            if _SHORTENED.match(sentence.text[end:]):
                return name
            named.setdefault(name)
    return next(iter(named)) if len(named) == 1 else None


def resolve(name: str, reading: Reading) -> Authority:
    """One authority by its printed name."""
    council = councils.resolve(name, reading.date)
    if council is not None:
        return Authority(name, council.gss, "council")
    folded = name.lower()
    for kind, pattern in _KINDS:
        if pattern.search(folded):
            return Authority(name, None, kind)
    return Authority(name, None, "unknown")
