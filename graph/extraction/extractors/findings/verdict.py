"""What was decided on the complaint or on one part of it, while the evidence is gathered."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.extraction.extractors.complaint.parties import at_fault
from graph.extraction.extractors.findings.judgements import Judgement
from graph.extraction.reading import Reading
from ontology.model import Evidence

CLOSING = ("summary", "decision", "report.finding", "action", "report.recommendations")
"""Sections that sum up, or act on, what the analysis found."""


@dataclass(slots=True)
class Verdict:
    """One fault of one type, or its absence, with everything that says so."""

    type: str
    """Empty where there is no fault."""
    part: str | None
    authority: str | None
    evidence: list[Evidence] = field(default_factory=list)
    status: str = "no-fault"
    """Of a verdict without a type."""

    @classmethod
    def of(
        cls, reading: Reading, type_: str, part: str | None, judgement: Judgement | None = None
    ) -> Verdict:
        """A verdict without evidence yet.

        It is on the body that the judgement names where several are told apart, else on the
        only authority that the header names.
        """
        named = reading.authorities
        authority = named[0].name if len(named) == 1 else None
        if judgement is not None and len(set(reading.parties.values())) > 1:
            told = at_fault(reading, judgement.sentence, judgement.clause, reading.parties)
            authority = told or authority
        return cls(type_, part, authority)

    def add(self, reading: Reading, judgement: Judgement, rule: str) -> Verdict:
        """The verdict, with the sentence of a judgement among its evidence."""
        quote = reading.quote(judgement.sentence, rule)
        if quote not in self.evidence:
            self.evidence.append(quote)
        return self
