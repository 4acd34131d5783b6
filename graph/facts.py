"""What one decision counts for: the flat facts that statistics are made of.

A fact says that a decision has something of a kind: a fault of a type by an authority, a
remedy, a payment, a reason. Facts repeat what the decision's triples say, without the
joins: whole-corpus counts come from them at build time (:mod:`graph.statistics`), because a
join over all findings takes a triple store seconds on fifty thousand decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.triples.authority import (
    AUTHORITY_CLASSES,
    authority_iri,
    authority_meant,
    is_name,
    owing,
)
from graph.triples.category import category_iris
from graph.triples.payment import payment, rate
from ontology import iri as mint
from ontology.model import Decision, Remedy
from ontology.prefixes import NS
from ontology.vocabulary import vocabulary

FAULTS = (
    *("fault", "fault-no-injustice", "fault-with-injustice", "fault-already-remedied"),
    "service-failure",
)
"""Statuses of a finding that say fault."""
PROMISED = ("agreed", "recommended")
"""Statuses of the remedies that count as promised: not refused, done before or offered earlier."""
COMPENSATION = "financial-"
"""What the ids of payments for harm begin with; refunds and waived charges have other ids."""


class Fact(NamedTuple):
    """One thing to count. Everything named is an absolute IRI."""

    kind: str
    """What is counted: ``outcome``, ``fault``, ``injustice``, ``remedy``, ``payment`` ..."""
    first: str
    """What it is counted by, such as the type of fault."""
    second: str | None = None
    """What else it is counted by, such as the type of remedy that answers the fault; the name of
    an authority where it is named."""
    authority: str | None = None
    """Whose it is; None where the decision does not tell."""
    entry: str = ""
    """Id of the finding, injustice, remedy or reason within its decision."""
    pence: int | None = None
    """A sum of money."""
    own: bool = True
    """Whether the complaint is against the authority; a decision may find fault elsewhere too."""


def facts(decision: Decision) -> Iterator[Fact]:
    """Every fact of a decision, some of them repeated under several kinds."""
    against = [authority_iri(decision, index) for index in range(len(decision.authorities))]
    yield from _outcomes(decision, against)
    yield from _named(decision, against)
    yield from _findings(decision, against)
    for remedy in decision.remedies:
        if remedy.status in PROMISED:
            yield from _promise(decision, remedy)
    for index, reason in enumerate(decision.reasons, 1):
        yield Fact("reason", mint.concept("reason", reason.type), entry=str(index))
    for citation in decision.citations:
        if citation.id is None:
            continue
        if citation.kind == "guidance":
            yield Fact("guidance", mint.guidance(citation.id))
        elif citation.kind == "statute" and citation.role != "jurisdiction":
            yield Fact("provision", mint.legislation(citation.id))
    for body in decision.bodies:
        for role in body.roles:
            yield Fact("body", mint.body(body.id), mint.concept("body-role", role))


def _outcomes(decision: Decision, against: list[str]) -> Iterator[Fact]:
    # a page without an outcome or an authority counts too, under none
    outcome = mint.concept("outcome", decision.outcome) if decision.outcome else ""
    authorities: list[str | None] = [*against] or [None]
    for authority in authorities:
        yield Fact("outcome", outcome, authority=authority)
        yield Fact("decided", "", authority=authority)
    done = mint.concept("disposition", decision.disposition)
    found = any(finding.status in FAULTS for finding in decision.findings)
    yield Fact("words", outcome, done, entry=str(found).lower())
    category, subcategory = category_iris(decision)
    if category:
        yield Fact("category", category)
    if subcategory:
        yield Fact("subcategory", subcategory)


def _named(decision: Decision, against: list[str]) -> Iterator[Fact]:
    """What each authority is called and, where the page tells, of which class it is."""
    for authority, named in zip(against, decision.authorities, strict=True):
        yield Fact("named", NS + AUTHORITY_CLASSES[named.kind], named.name, authority)
    others = {finding.authority for finding in decision.findings}
    others |= {remedy.payer for remedy in decision.remedies}
    for name in sorted(other for other in others if other and is_name(other)):
        meant = authority_meant(decision, name)
        if meant not in against:
            yield Fact("named", "", name, meant)


def _findings(decision: Decision, against: list[str]) -> Iterator[Fact]:
    harms = {injustice.id: injustice.type for injustice in decision.injustices}
    for injustice in decision.injustices:
        yield Fact("injustice", mint.concept("injustice", injustice.type), entry=injustice.id)
    for finding in decision.findings:
        by = authority_meant(decision, finding.authority)
        own = by is None or by in against
        if finding.status in FAULTS:
            status = mint.concept("finding-status", finding.status)
            yield Fact("at-fault", status, None, by, finding.id, own=own)
        answered = {finding.id, *finding.injustices}
        for type_ in finding.types:
            fault = mint.concept("fault", type_)
            yield Fact("fault", fault, None, by, finding.id, own=own)
            for id in finding.injustices:
                if id in harms:
                    harm = mint.concept("injustice", harms[id])
                    yield Fact("fault-injustice", fault, harm, by, id)
            for remedy in decision.remedies:
                if remedy.status in PROMISED and not answered.isdisjoint(remedy.remedies):
                    answer = mint.concept("remedy", remedy.type)
                    yield Fact("fault-remedy", fault, answer, by, remedy.id)
            for path in finding.provisions:
                yield Fact("engaged", mint.legislation(path), fault, by, finding.id)


def _promise(decision: Decision, remedy: Remedy) -> Iterator[Fact]:
    """What a remedy that was agreed or recommended counts for."""
    type_ = mint.concept("remedy", remedy.type)
    by = owing(decision, remedy)
    yield Fact("remedy", type_, authority=by, entry=remedy.id)
    if remedy.due and remedy.due.date:
        kept = str(decision.satisfied is not None).lower()
        yield Fact("due", remedy.due.date.isoformat(), kept, by, remedy.id)
    if remedy.status == "agreed" and remedy.type in improvements():
        yield Fact("improvement", type_, authority=by, entry=remedy.id)
    paid = payment(remedy)
    if paid is not None:
        pence = round(paid * 100)
        yield Fact("paid", type_, authority=by, entry=remedy.id, pence=pence)
        if remedy.type.startswith(COMPENSATION):
            for purpose in dict.fromkeys(remedy.purposes):
                harm = mint.concept("injustice", purpose)
                yield Fact("payment", harm, None, by, remedy.id, pence)
    elif remedy.per and (each := rate(remedy)) is not None:
        period = mint.concept("period", remedy.per)
        yield Fact("rate", type_, period, by, remedy.id, round(each * 100))


@cache
def improvements() -> frozenset[str]:
    """Types of remedy that improve a service."""
    return frozenset(
        concept.id
        for concept in vocabulary("remedy").values()
        if "service-improvement" in (concept.id, concept.broader)
    )
