"""What one decision counts for: the flat facts that statistics are made of.

A fact says that a decision has something of a kind: a fault of a type by an authority, a
remedy, a payment, a reason. Facts repeat what the decision's triples say, without the
joins: whole-corpus counts come from them at build time (:mod:`graph.statistics`), because a
join over all findings takes a triple store seconds on fifty thousand decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.triples.authority import (
    AUTHORITY_CLASSES,
    authority_iri,
    authority_meant,
    is_name,
)
from graph.triples.category import category_iris
from graph.triples.payment import payment
from ontology import iri as mint
from ontology.model import Decision
from ontology.prefixes import NS
from ontology.vocabulary import vocabulary

FAULTS = (
    *("fault", "fault-no-injustice", "fault-with-injustice", "fault-already-remedied"),
    "service-failure",
)
"""Statuses of a finding that say fault."""
PROMISED = ("agreed", "recommended")
"""Statuses of the remedies that count as promised: not refused, done before or offered earlier."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to count. Everything named is an absolute IRI."""

    kind: str
    """What is counted: ``outcome``, ``fault``, ``injustice``, ``remedy``, ``payment`` ..."""
    first: str
    """What it is counted by, such as the type of fault."""
    second: str | None = None
    """What else it is counted by, such as the type of remedy that answers the fault; a name where
    the decision gives the authority one."""
    authority: str | None = None
    """Whose it is; None where the decision does not tell."""
    entry: str = ""
    """Id of the finding, injustice, remedy or reason within its decision."""
    pence: int | None = None
    """A sum of money."""


def facts(decision: Decision) -> Iterator[Fact]:
    """Every fact of a decision, some of them repeated under several kinds."""
    yield from _outcomes(decision)
    yield from _findings(decision)
    yield from _remedies(decision)
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


def _outcomes(decision: Decision) -> Iterator[Fact]:
    against = [authority_iri(decision, index) for index in range(len(decision.authorities))]
    # a page without an outcome counts too, under none
    outcome = mint.concept("outcome", decision.outcome) if decision.outcome else ""
    for authority, named in zip(against, decision.authorities, strict=True):
        yield Fact("outcome", outcome, authority=authority)
        class_ = NS + AUTHORITY_CLASSES[named.kind]
        yield Fact("decided", class_, named.name, authority)
    if not against:
        yield Fact("outcome", outcome)
    done = mint.concept("disposition", decision.disposition)
    found = any(finding.types for finding in decision.findings)
    yield Fact("words", outcome, done, entry=str(found).lower())
    category, subcategory = category_iris(decision)
    if category:
        yield Fact("category", category)
    if subcategory:
        yield Fact("subcategory", subcategory)


def _findings(decision: Decision) -> Iterator[Fact]:
    harms = {injustice.id: injustice.type for injustice in decision.injustices}
    for injustice in decision.injustices:
        yield Fact("injustice", mint.concept("injustice", injustice.type), entry=injustice.id)
    for finding in decision.findings:
        by = authority_meant(decision, finding.authority)
        for type_ in finding.types:
            fault = mint.concept("fault", type_)
            name = finding.authority if by and is_name(finding.authority or "") else None
            yield Fact("fault", fault, name, by, finding.id)
            for id in finding.injustices:
                if id in harms:
                    harm = mint.concept("injustice", harms[id])
                    yield Fact("fault-injustice", fault, harm, by, f"{finding.id} {id}")
            for remedy in decision.remedies:
                if remedy.status in PROMISED and set(remedy.remedies) & {
                    finding.id,
                    *finding.injustices,
                }:
                    answer = mint.concept("remedy", remedy.type)
                    yield Fact("fault-remedy", fault, answer, by, remedy.id)
            for path in finding.provisions:
                yield Fact("engaged", mint.legislation(path), fault, by, finding.id)


def _remedies(decision: Decision) -> Iterator[Fact]:
    improvements = {
        concept.id
        for concept in vocabulary("remedy").values()
        if "service-improvement" in (concept.id, concept.broader)
    }
    against = [authority_iri(decision, index) for index in range(len(decision.authorities))]
    for remedy in decision.remedies:
        if remedy.status not in PROMISED:
            continue
        type_ = mint.concept("remedy", remedy.type)
        by = authority_meant(decision, remedy.payer)
        yield Fact("remedy", type_, authority=by, entry=remedy.id)
        if remedy.due and remedy.due.date:
            kept = str(decision.satisfied is not None).lower()
            for owner in [by] if by else against:
                if owner in against:
                    yield Fact("due", str(remedy.due.date.year), kept, owner, remedy.id)
        if remedy.type in improvements and remedy.status == "agreed":
            yield Fact("improvement", type_, authority=by, entry=remedy.id)
        paid = payment(remedy)
        if paid is None:
            continue
        yield Fact("paid", type_, authority=by, entry=remedy.id, pence=round(paid * 100))
        for purpose in remedy.purposes:
            harm = mint.concept("injustice", purpose)
            yield Fact("payment", harm, authority=by, entry=remedy.id, pence=round(paid * 100))
