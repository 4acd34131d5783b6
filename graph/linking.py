"""Ties what was read to each other: fault to injustice and provision, remedy to both.

Only nearness that the text shows makes a link: the same paragraph, the same part, the
purpose that a payment names, or there being a single fault to which everything belongs.
A wrong link hurts more than a missing one.
"""

from __future__ import annotations

from dataclasses import replace

from graph.extractors.findings import fault_rule
from ontology.model import Citation, Evidence, Finding, Injustice, Remedy

_NO_HARM = ("no-injustice", "injustice-already-remedied")
_SERVICE_ONLY = ("evidence-to-ombudsman", "report-back", "consider-report")


def link_findings(
    findings: tuple[Finding, ...],
    injustices: tuple[Injustice, ...],
    citations: tuple[Citation, ...],
) -> tuple[Finding, ...]:
    """Findings with the injustices they caused and the provisions they engage."""
    faults = [finding for finding in findings if finding.types]
    harms = [injustice for injustice in injustices if injustice.type not in _NO_HARM]
    linked = []
    for finding in findings:
        if not finding.types:
            linked.append(finding)
            continue
        caused = [i.id for i in harms if len(faults) == 1 or _near(finding.evidence, i.evidence)]
        paths = [
            c.id
            for c in citations
            if c.kind == "statute"
            and c.id is not None
            and c.role == "substantive"
            and _near(finding.evidence, c.evidence)
        ]
        linked.append(
            replace(
                finding,
                status=_status(finding, injustices, bool(caused), len(faults)),
                injustices=tuple(caused),
                provisions=tuple(dict.fromkeys(paths)),
            )
        )
    return tuple(linked)


def _status(
    finding: Finding, injustices: tuple[Injustice, ...], caused: bool, faults: int
) -> str:
    if caused:
        return "fault-with-injustice"
    for type_, status in (
        ("no-injustice", "fault-no-injustice"),
        ("injustice-already-remedied", "fault-already-remedied"),
    ):
        for injustice in injustices:
            if injustice.type == type_ and (
                faults == 1 or _near(finding.evidence, injustice.evidence)
            ):
                return status
    return finding.status


def link_remedies(
    remedies: tuple[Remedy, ...],
    injustices: tuple[Injustice, ...],
    findings: tuple[Finding, ...],
) -> tuple[Remedy, ...]:
    """Remedies with the injustices, or else the findings, that they put right."""
    faults = [finding for finding in findings if finding.types]
    linked = []
    for remedy in remedies:
        if remedy.type in _SERVICE_ONLY:
            linked.append(remedy)
            continue
        targets = [i.id for i in injustices if i.type in remedy.purposes]
        if not targets and len(faults) == 1:
            targets = [faults[0].id]
        if not targets:
            spoken = fault_rule(" ".join(e.quote.lower() for e in remedy.evidence))
            targets = [f.id for f in faults if spoken and spoken.label in f.types]
        linked.append(replace(remedy, remedies=tuple(targets)))
    return tuple(linked)


def _near(one: tuple[Evidence, ...], other: tuple[Evidence, ...]) -> bool:
    """Whether two entries share a numbered paragraph, or a sentence outside of them."""
    places = {e.paragraph if e.paragraph is not None else (e.start, e.end) for e in one}
    return any(
        (e.paragraph if e.paragraph is not None else (e.start, e.end)) in places for e in other
    )
