"""What a decision's record leaves open: each kind of gap, what it means and where it is.

A gap is no error. The text may not say it, or it was not understood and is counted as
such. ``build`` and ``check`` count the gaps of this one list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.checking.place import of_evidence
from graph.extraction.reading import ACTION_SECTIONS
from graph.facts import FAULTS
from ontology.model import Decision, Evidence, Finding, Paragraph

_NO_HARM = ("no-injustice", "injustice-already-remedied")
_NOT_FOR_INJUSTICE = (
    *("evidence-to-ombudsman", "report-back", "consider-report"),
    *("none-further", "none-possible"),
)
"""Types of remedy that put nothing right themselves."""
_REASONING = (
    *("summary", "found", "found.findings", "assessment", "decision", "report.finding"),
    *ACTION_SECTIONS,
)
"""Sections that say what was decided and what is to be done."""
_READ = (*_REASONING, "complaint", "found.facts", "what-investigated", "not-investigated")
"""Sections that parts, findings, injustices, remedies or reasons are read from."""

Trace = tuple[str, tuple[str | None, int | None]]
"""One gap: what it is about, and the words and paragraph that show it."""


class _Evidenced(Protocol):
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of gap."""

    name: str
    of: str
    """What it is a share of."""
    meaning: str
    among: Callable[[Decision], int]
    """How many things of a decision could have the gap."""
    find: Callable[[Decision], Iterator[Trace]]
    """The gaps of a decision."""


def _is_fault(finding: Finding) -> bool:
    return finding.status in FAULTS


def _unnamed(decision: Decision) -> Iterator[Trace]:
    for authority in decision.authorities:
        if authority.name is None:
            yield f"kind {authority.kind}", (None, None)
    if not decision.authorities:
        yield "no authority", (None, None)


def _unregistered(decision: Decision) -> Iterator[Trace]:
    for authority in decision.authorities:
        if authority.name and authority.id is None and authority.kind in ("council", "unknown"):
            yield authority.name, (None, None)


def _unresolved(decision: Decision) -> Iterator[Trace]:
    for citation in decision.citations:
        if citation.id is None:
            yield citation.text, of_evidence(citation.evidence)


def _untyped(decision: Decision) -> Iterator[Trace]:
    for finding in decision.findings:
        if _is_fault(finding) and finding.types in ((), ("other-fault",)):
            yield finding.status, of_evidence(finding.evidence)


def _unremedied(decision: Decision) -> Iterator[Trace]:
    targets = {target for remedy in decision.remedies for target in remedy.remedies}
    put_right = targets | {
        injustice
        for finding in decision.findings
        if finding.id in targets
        for injustice in finding.injustices
    }
    for injustice in decision.injustices:
        if injustice.type not in _NO_HARM and injustice.id not in put_right:
            yield injustice.type, of_evidence(injustice.evidence)


def _groundless(decision: Decision) -> Iterator[Trace]:
    grounds = {finding.id for finding in decision.findings}
    grounds.update(one for finding in decision.findings for one in finding.injustices)
    for remedy in decision.remedies:
        if remedy.type not in _NOT_FOR_INJUSTICE and grounds.isdisjoint(remedy.remedies):
            yield remedy.type, of_evidence(remedy.evidence)


def _unread(decision: Decision) -> Iterator[Trace]:
    for mention in decision.unread:
        yield f"{mention.kind}: {mention.why}", (mention.text, mention.paragraph)


def _silent(decision: Decision) -> Iterator[Trace]:
    for mention in decision.unread:
        if mention.kind == "finding":
            yield mention.why, (mention.text, mention.paragraph)


def _odd(decision: Decision) -> Iterator[Trace]:
    whys = list(dict.fromkeys(one.why for one in decision.unread if one.kind == "document"))
    if whys:
        yield "; ".join(whys), (None, None)


def _barren(decision: Decision, within: Callable[[str], bool]) -> Iterator[Trace]:
    """Paragraphs of such sections in which no passage and no unread mention begins."""
    kinds: tuple[Sequence[_Evidenced], ...] = (
        *(decision.parts, decision.findings, decision.injustices, decision.remedies),
        *(decision.reasons, decision.citations, decision.bodies, decision.related),
    )
    starts = [passage.start for kind in kinds for entry in kind for passage in entry.evidence]
    starts += [mention.start for mention in decision.unread]
    starts.sort()
    for paragraph in decision.paragraphs:
        if within(paragraph.section):
            place = bisect_left(starts, paragraph.start)
            if place == len(starts) or starts[place] >= paragraph.end:
                yield _shown(paragraph)


def _shown(paragraph: Paragraph) -> Trace:
    return paragraph.heading or paragraph.section, (paragraph.text, paragraph.number)


def _none_taken(decision: Decision) -> Iterator[Trace]:
    return _barren(decision, _REASONING.__contains__)


def _not_looked_at(decision: Decision) -> Iterator[Trace]:
    return _barren(decision, lambda section: section not in _READ)


def _without(name: str) -> Callable[[Decision], Iterator[Trace]]:
    def find(decision: Decision) -> Iterator[Trace]:
        if getattr(decision, name) is None:
            yield f"no {name}", (None, None)

    return find


def _one(_: Decision) -> int:
    return 1


def _is_upheld(decision: Decision) -> int:
    return decision.outcome == "upheld"


def _authorities(decision: Decision) -> int:
    return len(decision.authorities) or 1


GAPS: tuple[Gap, ...] = (
    Gap(
        "authorities not named",
        "authorities",
        "The decision does not say which body the complaint is about, or in no words known here.",
        _authorities,
        _unnamed,
    ),
    Gap(
        "authorities not in the register",
        "authorities",
        "The decision names a council, or a body of unknown kind, that the register of councils "
        "does not have.",
        _authorities,
        _unregistered,
    ),
    Gap(
        "citations not resolved",
        "citations",
        "Words cite legislation or guidance, and the registers do not tell which.",
        lambda decision: len(decision.citations),
        _unresolved,
    ),
    Gap(
        "faults of no known type",
        "faults",
        "A finding of fault fits no type of the vocabulary, or its words were not recognised.",
        lambda decision: sum(map(_is_fault, decision.findings)),
        _untyped,
    ),
    Gap(
        "upheld decisions without a fault",
        "upheld decisions",
        "The page says Upheld, and no sentence that finds fault was recognised.",
        _is_upheld,
        _silent,
    ),
    Gap(
        "injustices without a remedy",
        "injustices",
        "No remedy is tied to the injustice or to the fault that caused it: none was asked for, "
        "or the text does not show which belongs to it.",
        lambda decision: sum(one.type not in _NO_HARM for one in decision.injustices),
        _unremedied,
    ),
    Gap(
        "remedies without a finding",
        "remedies",
        "A remedy is tied to no finding, not even through an injustice. Reports back to the "
        "Ombudsman and the statement that nothing more is needed are left out.",
        lambda decision: sum(one.type not in _NOT_FOR_INJUSTICE for one in decision.remedies),
        _groundless,
    ),
    Gap(
        "mentions not understood",
        "unread mentions",
        "Something was found that looks like a fact, and its meaning could not be told; the "
        "reason is given. Unresolved citations and oddities of the document are among them.",
        lambda decision: len(decision.unread),
        _unread,
    ),
    Gap(
        "paragraphs that no rule looked at",
        "paragraphs",
        "A paragraph stands in a section that only citations and outside bodies are read from "
        "(powers, law, method, key to names), and it gave neither.",
        lambda decision: len(decision.paragraphs),
        _not_looked_at,
    ),
    Gap(
        "paragraphs of the reasoning that gave nothing",
        "paragraphs of the reasoning",
        "A paragraph stands where findings and remedies are read from, and nothing was taken "
        "from it: it may hold none, or words that no rule knows.",
        lambda decision: sum(one.section in _REASONING for one in decision.paragraphs),
        _none_taken,
    ),
    Gap(
        "decisions cut off or otherwise odd",
        "decisions",
        "The document breaks off, holds two decisions or has a field that cannot be right.",
        _one,
        _odd,
    ),
    Gap(
        "decisions without a reference",
        "decisions",
        "Neither the text nor the address of the page gives the Ombudsman's reference.",
        _one,
        _without("reference"),
    ),
    Gap(
        "decisions without a date",
        "decisions",
        "The page prints no date, so the decision is of no year and its deadlines have none.",
        _one,
        _without("date"),
    ),
)
"""Every kind of gap, in the order in which it is told."""
