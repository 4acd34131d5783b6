"""One decision from raw text to record: the steps in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from graph.errors import NotADecision
from graph.extraction.extractors.bodies.bodies import read_bodies
from graph.extraction.extractors.citations.citations import read_statutes
from graph.extraction.extractors.citations.guidance import read_cases, read_guidance
from graph.extraction.extractors.citations.related import read_related
from graph.extraction.extractors.complaint.authorities import read_authorities
from graph.extraction.extractors.complaint.disposition import read_disposition
from graph.extraction.extractors.complaint.parties import in_full, read_parties
from graph.extraction.extractors.complaint.parts import read_parts
from graph.extraction.extractors.complaint.people import read_complainants
from graph.extraction.extractors.findings.findings import read_findings
from graph.extraction.extractors.findings.judgements import judgements
from graph.extraction.extractors.injustices.injustices import read_injustices
from graph.extraction.extractors.reasons.declined import declined
from graph.extraction.extractors.reasons.left_out import left_blocks
from graph.extraction.extractors.reasons.reasons import read_reasons
from graph.extraction.extractors.remedies.remedies import read_remedies
from graph.extraction.linking import Linker
from graph.extraction.reading import Reading
from graph.layouts.document import Document
from graph.layouts.sections import settle
from graph.layouts.segmenter import parse
from graph.sources.raw import RawDocument, Unreadable
from graph.sources.records import opened
from graph.sources.source import read
from ontology import categories
from ontology.model import Category, Citation, Decision, Finding, Remedy, Source, Unread


def extract(raw: RawDocument) -> Decision:
    """The record of one raw document.

    Raises :class:`~graph.errors.NotADecision` when it is not one.
    """
    return read_decision(parse(opened(raw)))


def extract_all(
    paths: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Decision | Unreadable]:
    """The record of every decision in ``paths``, in order, and what is none or cannot be read.

    A path is as for :func:`graph.sources.source.read`.
    """
    for raw in read(paths, stdin=stdin):
        try:
            yield raw if isinstance(raw, Unreadable) else extract(raw)
        except NotADecision as error:
            yield Unreadable(error.name, error.reason, error.advice)


def read_decision(document: Document) -> Decision:
    """The record of a segmented document."""
    document = settle(document)
    reading = Reading.of(document)
    reading.authorities = read_authorities(reading)
    reading.complainants = read_complainants(reading)
    reading.parties = read_parties(reading)
    disposition = read_disposition(reading)
    parts = read_parts(reading)
    statutes = read_statutes(reading)
    citations = (*statutes, *read_guidance(reading), *read_cases(reading))
    left = left_blocks(reading)
    found = [one for one in judgements(reading) if one.sentence.block not in left]
    passages = tuple(declined(reading, disposition, left))
    findings = read_findings(reading, found, parts, passages, disposition)
    at_fault = any(finding.types for finding in findings)
    injustices = read_injustices(reading, at_fault)
    settled = at_fault or document.header.outcome == "upheld"
    remedies, unread = read_remedies(reading, settled)
    remedies = tuple(_in_full(remedy, reading) for remedy in remedies)
    paragraphs = tuple(block.paragraph for block in document.blocks)
    linker = Linker(reading, paragraphs, parts)
    findings = linker.findings(findings, injustices, citations)
    upheld_early = document.header.outcome == "upheld" and disposition != "investigated"
    header = document.header
    return Decision(
        source=Source(document.name, document.sha256, document.layout),
        reference=header.reference,
        url=header.url,
        authorities=reading.authorities,
        category=_category(document),
        outcome=header.outcome,
        date=header.date,
        document_type=document.document_type,
        disposition=disposition,
        summary=document.summary.paragraph.text if document.summary else None,
        complainants=reading.complainants,
        paragraphs=paragraphs,
        parts=parts,
        findings=findings,
        injustices=injustices,
        remedies=linker.remedies(remedies, injustices, findings),
        reasons=read_reasons(reading, passages, disposition, upheld_early),
        citations=citations,
        bodies=read_bodies(reading),
        related=read_related(reading),
        satisfied=document.satisfied,
        unread=(*_oddities(reading), *_silent(reading, findings), *unread, *_unresolved(citations)),
    )


def _in_full(remedy: Remedy, reading: Reading) -> Remedy:
    payer = in_full(remedy.payer, reading.parties)
    return remedy if payer == remedy.payer else replace(remedy, payer=payer)


def _category(document: Document) -> Category:
    """As printed; from the page's address, through the register, when the text has none."""
    header = document.header
    if header.category is None and header.category_slug is not None:
        found = categories.from_slugs(header.category_slug, header.subcategory_slug)
        if found is not None:
            return Category(*found)
    return Category(header.category, header.subcategory)


def _oddities(reading: Reading) -> Iterator[Unread]:
    """What is odd about the document as a whole: cut off, two in one file, a field unknown."""
    for problem in reading.document.problems:
        start, end = problem.start, problem.end
        sentence = reading.sentence_at(end - 1)
        number = sentence.number if sentence else None
        text = reading.document.text[start:end]
        yield Unread("document", text, number, start, end, problem.why)


def _silent(reading: Reading, findings: tuple[Finding, ...]) -> Iterator[Unread]:
    """An upheld complaint of which no fault was read: its summary or its last words."""
    if reading.document.header.outcome != "upheld" or any(one.types for one in findings):
        return
    for sentence in [*reading.in_sections("summary", "decision")][-1:]:
        why = "the complaint was upheld, and no fault was read"
        yield Unread("finding", sentence.text, sentence.number, sentence.start, sentence.end, why)


def _unresolved(citations: tuple[Citation, ...]) -> list[Unread]:
    return [
        Unread(
            "citation",
            citation.text,
            evidence.paragraph,
            evidence.start,
            evidence.end,
            "names legislation that the register does not have, or not which",
        )
        for citation in citations
        if citation.id is None
        for evidence in citation.evidence[:1]
    ]
