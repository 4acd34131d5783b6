"""Whether the decision says that the complaint was investigated, ended or not taken up.

The page's outcome often disagrees ("Not upheld" on a discontinued case), so the words of
the closing, the summary and the assessment count first. In a decision without findings a
plain refusal counts even where the council has admitted fault.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence

_INVESTIGATION = r"(?:my|our|the|this|his|her|any) (?:\w+ )?(?:investigation|enquiries|inquiries)"
_DISCONTINUED = compiled(
    r"\bdiscontinu\w*"
    rf"|\b(?:ended|ending|end|stopped|stopping|stop|closed|ceased|halted) (?:\w+ ){{0,2}}"
    rf"{_INVESTIGATION}"
    rf"|\b(?:brought|bring|bringing) {_INVESTIGATION}[^.;]{{0,30}} to (?:an |a )?(?:\w+ )?(?:end|"
    rf"close)"
    r"|\b(?:not|no longer|never) (?:to )?(?:continue|continuing|pursu\w+|proceed|carry on|"
    r"go on)\w* "
    r"(?:\w+ ){0,3}?investigat"
    r"|\b(?:decided|will|propose) not (?:to )?(?:continue|pursue|"
    r"investigate (?:this|the|it) (?:\w+ )?(?:any )?further)"
    r"|\b(?:taking|take|taken) (?:this|the|it|my|our|his|her|their) (?:\w+ ){0,2}?no further"
    r"|\b(?:investigation|enquiries|inquiries) (?:stops?|ends?|has stopped|has ended|have ended) "
    r"(?:here|there|early|without)"
    r"|\b(?:ended|ending|ceased|withdrawn from) (?:my|our|his|her|all) involvement\b"
    r"|\b(?:stopped|stopping|ceased|left off) (?:looking (?:in)?to|investigating|work on)\b"
    r"|\b(?:not|no longer) (?:to )?(?:carry|carrying|go|going|press) on with (?:my|our|the|this|"
    r"any)\b"
    r"|\b(?:go|gone|going|proceed|proceeded) no further(?: with (?:this|the|his|her|their|it)\b|"
    r"[.]|$)"
    r"|\bclosed? (?:my|our|the|this) (?:file|case|complaint) without\b"
)
_ENDED = compiled(
    r"(?:discontinued|ended|stopped|ending|discontinuing) (?:my|our|the) investigation"
    r"(?! (?:of|into|in|on)\b)"
)
"""The whole investigation, not one of a part."""
_ALL_BUT = compiled(
    r"\b(?:discontinu\w*|ended|stopped|stopping|closed|ceased|gone no further|"
    r"brought)\b[^.]{0,60}\b(?:all |the |its )?"
    r"(?:other (?:parts|points|complaints|matters|elements)|others|rest|remainder|remaining)\b"
    r"|\b(?:have|has) (?:stopped|ended|left off|gone no further) there\b"
)
"""The end of all but what was found to be without fault: the complaint as a whole ends there."""
_UPHELD = compiled(r"(?<!not )\buphold\b|(?<!not )\bupheld\b|fault (?:causing|which caused)")
_NOT = compiled(
    r"(?:will|shall|can|could|are|am|should|do|does|did|have|has|is) ?(?:not|n't) (?:\w+,? ){0,4}?"
    r"(?:investigat\w*|look\w* (?:in)?to|look\w* at|take (?:this|the|it|up)|open|"
    r"start\w* an investigation|begin an investigation|"
    r"consider (?:this|mr|mrs|miss|ms|the|his|her|their) (?:\w+'?s?'? )?(?:\w+ )?complaint|"
    r"pursue)(?P<object>.{0,70})"
    r"|cannot (?:\w+,? ){0,3}?(?:investigate|look (?:in)?to|look at|take (?:this|the|it|up)|"
    r"consider)"
    r"(?P<barred>.{0,70})"
    r"|not going to (?:investigate|look (?:in)?to|look at|take)"
    r"|decided (?:not to (?:start|investigate|open|take)|against (?:an )?investigat)"
    r"|(?:declin\w*|unable) to (?:investigate|consider|take|look)|no (?:further )?investigation"
    r"|complaint (?:is|falls) (?:therefore )?(?:outside|beyond) (?:our|my|the ombudsman)"
)
_PART = compiled(
    r"^(?: into| at)?(?: the| this| that| any| some| her| his| their| those| these| what| how|"
    r" why)?"
    r"(?: \w+){0,3}? (?:parts?|elements?|aspects?|points?|complaint \(?[a-h]\)?|events?|rest|"
    r"others?|"
    r"remaining|second|third|last|first|earlier)\b"
)
_PARTIAL = compiled(
    r"\b(?:other (?:parts|points|matters|complaints|elements)|the (?:others|remainder|rest)|"
    r"parts? (?:of|[a-h]\b|\d)|elements? of|aspects? of|points? [a-h\d]\b|"
    r"complaints? \(?[a-h]\b|"
    r"events? before|anything (?:before|after)|the rest of|(?:did|have|has) not investigated?)\b"
)
_LED = compiled(
    r"\b(?:was|were|is|are|found|find|finds) (?:\w+ ){0,6}?(?:at )?fault\b(?!.{0,30}\bwarrant)|"
    r"\buphold|\bupheld\b|(?:complet\w+|conclud\w+) (?:my|our|the|this) investigation|"
    r"without fault|fault (?:by|in|causing)"
)
"""Words of a decision that was reached on an investigation."""
_UNLED = compiled(r"\b(?:no|not enough|insufficient|little|unlikely|not)\b[^.]{0,40}fault")
_ADMITTED = compiled(
    r"\b(?:council|provider|trust|it) (?:has |had |already )*(?:accept|admit|acknowledg|agree|"
    r"upheld|"
    r"said)\w*[^.]{0,80}"
)


def read_disposition(reading: Reading) -> str:
    """investigated, discontinued or not-investigated."""
    sections = {sentence.section for sentence in reading.sentences}
    closed = "assessment" in sections and not any(s.startswith("found") for s in sections)
    for sentences in (reading.in_sections("decision"), reading.in_sections("summary")):
        said = _refused(sentences)
        if said == "discontinued" and any("discontinu" in s.lower for s in sentences):
            return said
        if closed and said:
            return said
        if _led(sentences, closed):
            return "investigated"
        if said:
            return said
    if closed:
        said = _refused(reading.in_sections("assessment"))
        if said or reading.document.header.outcome == "closed-after-initial-enquiries":
            return said or "not-investigated"
    if "decision" not in sections:
        for sentence in reading.in_sections("found.findings", "found"):
            if "discontinu" in sentence.lower and "investigation" in sentence.lower:
                return "discontinued"
    return "investigated"


def _led(sentences: Sequence[Sentence], closed: bool) -> bool:
    """Whether they report findings; an admission, or a want of evidence, is none."""
    said = " ".join(sentence.lower for sentence in sentences)
    if closed:
        said = _ADMITTED.sub("", _UNLED.sub("", said))
    return _LED.search(said) is not None


def _refused(sentences: Sequence[Sentence]) -> str | None:
    """How they refuse the whole complaint, if they do."""
    upheld = any(_UPHELD.search(sentence.lower) for sentence in sentences)
    for sentence in sentences:
        match = _DISCONTINUED.search(sentence.lower)
        if match is None:
            continue
        if not _PARTIAL.search(sentence.lower):
            return "discontinued"
        if not upheld and _ALL_BUT.search(sentence.lower):
            return "discontinued"
        # "as part (e) was overtaken by events I have discontinued my investigation"
        if not upheld and _ENDED.match(sentence.lower, match.start()):
            return "discontinued"
    for sentence in sentences:
        match = _NOT.search(sentence.lower)
        if match is None or _PART.search(match["object"] or match["barred"] or ""):
            continue
        if not _PARTIAL.search(sentence.lower[: match.end()]):
            return "not-investigated"
    return None
