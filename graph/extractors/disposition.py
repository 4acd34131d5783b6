"""Whether the decision says that the complaint was investigated, ended or not taken up.

The page's outcome often disagrees ("Not upheld" on a discontinued case), so only the
words of summary, assessment and decision count.
"""

from __future__ import annotations

import re

from graph.reading import Reading

_DISCONTINUED = re.compile(
    r"\bdiscontinu\w*|(?:ended|ending|end|stopped|stopping|stop|closed|ceased) (?:\w+ ){0,2}(?:my|our|the|this) (?:\w+ )?investigation"
    r"|(?:not|no longer|never) (?:to )?(?:continue|pursu\w+|proceed)\w* (?:with )?(?:\w+ ){0,2}investigat"
    r"|(?:decided|will|propose) not (?:to )?(?:continue|pursue|investigate (?:this|the|it) (?:\w+ )?(?:any )?further)"
)
_NOT = re.compile(
    r"(?:will|shall|do|did|have|has|are|am|can|could|should|cannot|is) ?(?:not|n't) (?:\w+ ){0,4}?(?:investigat\w*|look\w* (?:in)?to|take (?:this|the|it)|start\w* an investigation|consider (?:this|mr|mrs|miss|ms|the) (?:\w+ )?complaint|pursue)"
    r"|cannot (?:\w+ ){0,2}investigate|not going to investigate|decided (?:not to (?:start|investigate|open)|against (?:an )?investigat)"
    r"|(?:declin\w*|unable) to (?:investigate|consider|take)|no (?:further )?investigation"
)
_WHOLE = re.compile(
    r"(?:this|(?:mr|mrs|miss|ms|dr) \w+'?s?'?|his|her|their|the) (?:and \w+ \w+'?s?'? )?complaints?\b(?! (?:about|that|of) [^.]{0,80}\b(?:separate|late part))|"
    r"\b(?:investigation|matter|it|case)\b"
)
_PARTIAL = re.compile(
    r"\b(?:part|parts|element|aspect|point|issue|complaint [a-h]\b|events? before|earlier|anything (?:before|after)|the rest|other)\b"
)
_LED = re.compile(
    r"\b(?:was|were|is|are|found|find|finds) (?:\w+ ){0,6}?(?:at )?fault\b(?!.{0,30}\bwarrant)|\buphold|\bupheld\b|"
    r"(?:complet\w+|conclud\w+) (?:my|our|the|this) investigation|without fault|fault (?:by|in|causing)"
)
"""Words of a decision that was reached on an investigation."""
_UNLED = re.compile(r"(?:no|not enough|insufficient|little|unlikely)[^.]{0,40}fault")


def read_disposition(reading: Reading) -> str:
    """investigated, discontinued or not-investigated."""
    sections = {sentence.section for sentence in reading.sentences}
    closing = reading.in_sections("decision") or []
    summary = reading.in_sections("summary")
    assessed = "assessment" in sections and not any(s.startswith("found") for s in sections)
    for sentences in (closing, summary):
        said = " ".join(sentence.lower for sentence in sentences)
        led = _LED.search(_UNLED.sub("", said) if assessed else said)
        if led and not (_DISCONTINUED.search(said) and "discontinu" in said):
            return "investigated"
        for pattern, disposition in ((_DISCONTINUED, "discontinued"), (_NOT, "not-investigated")):
            for sentence in sentences:
                if pattern.search(sentence.lower) and not _PARTIAL.search(sentence.lower):
                    return disposition
    if assessed:
        for sentence in reading.in_sections("assessment"):
            lower = sentence.lower
            if _DISCONTINUED.search(lower) and not _PARTIAL.search(lower):
                return "discontinued"
            if _NOT.search(lower) and not _PARTIAL.search(lower):
                return "not-investigated"
        if reading.document.header.outcome == "closed-after-initial-enquiries":
            return "not-investigated"
    if not closing:
        for sentence in reading.in_sections("found.findings", "found"):
            if re.search(r"investigation (?:will|is|has been) (?:now |therefore )*discontinued", sentence.lower):
                return "discontinued"
    return "investigated"
