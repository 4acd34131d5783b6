"""Review panels outside the council: exclusions from school, and NHS continuing healthcare.

They are "the panel" in the text, as are the stages of a council's own procedure, which take
no part here: which panel is meant, the subject of the decision tells.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.extraction.first_letters import compiled
from graph.extraction.reading import Reading
from graph.extraction.sentence import Sentence

_NAME = r"\b(?:independent )?(?:review )?panel\b"
_SAT = compiled(
    rf"{_NAME}(?:'s)? (?:\w+ly |also |then |later |had |has |which |that )*"
    r"(?:met|sat|heard|decided|upheld|dismissed|quashed|agreed|recommended|directed|found|"
    r"adjourned|considered|concluded|declined)\b"
    r"|\b(?:decision|hearing|report) (?:of|by|before) the (?:independent )?(?:review )?panel\b"
    rf"|{_NAME}'s (?:decision|hearing|report)"
)
_OUTSIDE = compiled(
    rf"\b(?:cannot|no power|not a body|outside|neither)\b[^.;]{{0,110}}{_NAME}"
    rf"|{_NAME}[^.;]{{0,40}}\b(?:outside|not a body|beyond)\b"
)
_MAY = compiled(
    r"\b(?:next step|can|could|may|might|right|until|entitled|reasonable|free)\b[^.;]{0,90}"
    rf"{_NAME}"
)
_LEFT = ("what-investigated", "not-investigated", "assessment", "found.findings", "decision")
_TOLD = ("found.facts", "found.findings", "found", "assessment", "complaint", "what-investigated")


def read_panels(reading: Reading, add: Callable[[str, str, Sentence, str], None]) -> None:
    """Add the independent review panel that a decision speaks of, if there is one."""
    lower = reading.lower
    if "review panel" not in lower:
        return
    if "permanent" in lower and "exclusion" in lower:
        _exclusion(reading, add)
    elif "continuing healthcare" in lower and "independent review panel" in lower:
        for sentence in reading.in_sections(*_LEFT):
            if "independent review panel" in sentence.lower and _MAY.search(sentence.lower):
                for role in ("right-of-appeal-to", "better-placed-body", "signposted-to"):
                    add("chc-irp", role, sentence, "role.panel")
                return


def _exclusion(reading: Reading, add: Callable[[str, str, Sentence, str], None]) -> None:
    told = reading.in_sections(*_TOLD)
    sat = next((s for s in told if _SAT.search(s.lower)), None)
    if sat is not None:
        add("exclusion-irp", "appealed-to", sat, "role.panel")
        add("exclusion-irp", "took-part-in-events", sat, "role.panel")
    for sentence in reading.in_sections("summary", *_TOLD, "decision"):
        if "panel" in sentence.lower and _OUTSIDE.search(sentence.lower):
            add("exclusion-irp", "out-of-jurisdiction-to", sentence, "role.panel")
            return
