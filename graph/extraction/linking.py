"""Ties what was read to each other: fault to injustice and provision, remedy to both.

Only nearness that the text shows makes a link: the same paragraph, the paragraphs of one
part of the complaint, the paragraph that follows a finding, the purpose that a payment
names, or there being a single fault to which everything belongs. A wrong link hurts more
than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.extraction.extractors.complaint.parts import headed_parts
from graph.extraction.extractors.findings.fault_types import fault_rule
from graph.extraction.folding import fold
from graph.extraction.reading import Reading
from ontology.model import Citation, Evidence, Finding, Injustice, Paragraph, Part, Remedy

_NO_HARM = ("no-injustice", "injustice-already-remedied")
_SERVICE_ONLY = ("evidence-to-ombudsman", "report-back", "consider-report")
_FAULTS = ("fault-no-injustice", "fault-already-remedied")


class Linker:
    """Links within one decision."""

    def __init__(
        self, reading: Reading, paragraphs: Iterable[Paragraph], parts: Sequence[Part]
    ) -> None:
        self._reading = reading
        self._kinds: dict[int, str | None] = {}
        letters = [part.id for part in parts]
        self._part: dict[int, str] = {}
        """Number of a paragraph -> the part that its heading names."""
        self._section: dict[int, tuple[str, str | None]] = {}
        for paragraph in paragraphs:
            if paragraph.number is None:
                continue
            self._section[paragraph.number] = (paragraph.section, paragraph.heading)
            if paragraph.heading and paragraph.section.startswith(("found", "assess")):
                named = headed_parts(fold(paragraph.heading), letters)
                if len(named) == 1:
                    self._part[paragraph.number] = named[0]

    def findings(
        self,
        findings: Sequence[Finding],
        injustices: Sequence[Injustice],
        citations: Sequence[Citation],
    ) -> tuple[Finding, ...]:
        """Findings with the injustices they caused and the provisions they engage."""
        faults = [finding for finding in findings if finding.types]
        said = {e.paragraph for finding in findings for e in finding.evidence}
        linked = []
        for finding in findings:
            if not finding.types:
                linked.append(finding)
                continue
            caused = [
                injustice.id
                for injustice in injustices
                if injustice.type not in _NO_HARM
                and (len(faults) == 1 or self._harmed(finding, injustice, said))
            ]
            paths = [
                citation.id
                for citation in citations
                if citation.kind == "statute"
                and citation.id is not None
                and citation.role == "substantive"
                and _together(finding.evidence, citation.evidence)
            ]
            linked.append(
                replace(
                    finding,
                    status=self._status(finding, injustices, bool(caused), len(faults)),
                    injustices=tuple(caused),
                    provisions=tuple(dict.fromkeys(paths)),
                )
            )
        return tuple(linked)

    def _harmed(self, finding: Finding, injustice: Injustice, said: set[int | None]) -> bool:
        if _together(finding.evidence, injustice.evidence):
            return True
        places = {e.paragraph for e in injustice.evidence if e.paragraph is not None}
        if finding.part and any(self._part.get(place) == finding.part for place in places):
            return True
        # "This caused her distress" often stands in the paragraph after the finding
        return any(
            e.paragraph is not None
            and e.paragraph + 1 in places - said
            and self._section.get(e.paragraph) == self._section.get(e.paragraph + 1)
            for e in finding.evidence
        )

    def _status(
        self, finding: Finding, injustices: Sequence[Injustice], caused: bool, faults: int
    ) -> str:
        if caused:
            return "fault-with-injustice"
        for type_, status in zip(_NO_HARM, _FAULTS, strict=True):
            for injustice in injustices:
                if injustice.type == type_ and (
                    faults == 1 or _together(finding.evidence, injustice.evidence)
                ):
                    return status
        return finding.status

    def remedies(
        self,
        remedies: Sequence[Remedy],
        injustices: Sequence[Injustice],
        findings: Sequence[Finding],
    ) -> tuple[Remedy, ...]:
        """Remedies with the injustices, or else the findings, that they put right."""
        faults = [finding for finding in findings if finding.types]
        linked = []
        for remedy in remedies:
            targets: list[str] = []
            if remedy.type not in _SERVICE_ONLY:
                targets = [i.id for i in injustices if i.type in remedy.purposes]
                if not targets and len(faults) == 1:
                    targets = [faults[0].id]
                if not targets:
                    targets = self._spoken_of(remedy, faults)
            linked.append(replace(remedy, remedies=tuple(targets)) if targets else remedy)
        return tuple(linked)

    def _spoken_of(self, remedy: Remedy, faults: Sequence[Finding]) -> list[str]:
        """Faults whose kind the remedy's own sentence names: "apologise for the delay"."""
        types: set[str | None] = set()
        for evidence in remedy.evidence if faults else ():
            types.add(self._kind_at(evidence.start))
        return [fault.id for fault in faults if types & set(fault.types)]

    def _kind_at(self, start: int) -> str | None:
        """The kind of fault that a sentence names, kept: one sentence may hold many remedies."""
        sentence = self._reading.sentence_at(start)
        if sentence is None:
            return None
        if sentence.index not in self._kinds:
            able = self._reading.candidates("fault-types", sentence)
            rule = fault_rule(sentence.lower, able)
            self._kinds[sentence.index] = rule.label if rule else None
        return self._kinds[sentence.index]


def _together(one: Sequence[Evidence], other: Sequence[Evidence]) -> bool:
    """Whether two entries share a numbered paragraph, or a sentence outside of them."""
    places = {e.paragraph if e.paragraph is not None else (e.start, e.end) for e in one}
    return any(
        (e.paragraph if e.paragraph is not None else (e.start, e.end)) in places for e in other
    )
