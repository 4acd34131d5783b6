"""The terms of the ontology as rdflib IRIs, and the namespaces they stand beside.

:data:`FL` is closed: a term that ``faultlines.ttl`` does not declare raises
AttributeError instead of making a new IRI out of a slip of the pen. A test holds the
two equal, term for term. Code that does not need rdflib takes
:mod:`ontology.prefixes`, which costs nothing to import.
"""

from __future__ import annotations

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from ontology.prefixes import ID as _ID
from ontology.prefixes import NS as _NS_IRI
from ontology.prefixes import PREFIXES
from ontology.prefixes import VOCAB as _VOCAB

ID = Namespace(_ID)
"""Instances."""
VOCAB = Namespace(_VOCAB)
"""Concept schemes and, below each, its concepts."""
OA = Namespace(PREFIXES["oa"])
"""Web Annotation Vocabulary, https://www.w3.org/TR/annotation-vocab/."""
ELI = Namespace(PREFIXES["eli"])
"""European Legislation Identifier, https://data.europa.eu/eli/ontology."""
CITO = Namespace(PREFIXES["cito"])
"""Citation Typing Ontology, http://purl.org/spar/cito."""


class FL(DefinedNamespace):
    """The Faultlines ontology, term for term as in ``faultlines.ttl``."""

    _fail = True
    _NS = Namespace(_NS_IRI)

    # Classes
    Authority: URIRef
    Council: URIRef
    CareProvider: URIRef
    NhsBody: URIRef
    School: URIRef
    TransportAuthority: URIRef
    FireAuthority: URIRef
    ParkAuthority: URIRef
    OtherAuthority: URIRef
    Investigation: URIRef
    Complaint: URIRef
    ComplaintPart: URIRef
    Decision: URIRef
    Paragraph: URIRef
    Finding: URIRef
    Injustice: URIRef
    Remedy: URIRef
    Reason: URIRef
    Citation: URIRef
    Legislation: URIRef
    Provision: URIRef
    Guidance: URIRef
    CourtCase: URIRef
    ExternalBody: URIRef
    Involvement: URIRef
    Complainant: URIRef
    Passage: URIRef
    UnreadMention: URIRef
    Extraction: URIRef
    Count: URIRef

    # Object properties
    against: URIRef
    decidedBy: URIRef
    hasPart: URIRef
    investigatedIn: URIRef
    followsFrom: URIRef
    category: URIRef
    subcategory: URIRef
    outcome: URIRef
    disposition: URIRef
    documentType: URIRef
    complainant: URIRef
    hasParagraph: URIRef
    hasFinding: URIRef
    hasInjustice: URIRef
    hasRemedy: URIRef
    hasReason: URIRef
    hasCitation: URIRef
    hasInvolvement: URIRef
    hasUnreadMention: URIRef
    status: URIRef
    faultType: URIRef
    decides: URIRef
    faultBy: URIRef
    causedInjustice: URIRef
    engages: URIRef
    injusticeType: URIRef
    suffered: URIRef
    remedyType: URIRef
    owedBy: URIRef
    remedies: URIRef
    purpose: URIRef
    amount: URIRef
    total: URIRef
    period: URIRef
    dueBasis: URIRef
    reasonType: URIRef
    restsOn: URIRef
    cites: URIRef
    citationRole: URIRef
    citesAsJurisdiction: URIRef
    citesAsSubstantive: URIRef
    citesGuidance: URIRef
    body: URIRef
    role: URIRef
    involves: URIRef
    sharedWith: URIRef
    signpostsTo: URIRef
    betterPlaced: URIRef
    appealRightTo: URIRef
    evidencedBy: URIRef
    inParagraph: URIRef
    quotedFrom: URIRef
    earlierDecision: URIRef
    jointWith: URIRef
    successor: URIRef
    ofAuthority: URIRef
    ofCategory: URIRef
    ofFault: URIRef
    ofInjustice: URIRef
    ofRemedy: URIRef
    ofReason: URIRef
    ofOutcome: URIRef
    ofDisposition: URIRef
    ofProvision: URIRef
    ofGuidance: URIRef
    ofBody: URIRef
    ofRole: URIRef
    ofPeriod: URIRef

    # Datatype properties
    reference: URIRef
    date: URIRef
    summary: URIRef
    url: URIRef
    sourceHash: URIRef
    sourceName: URIRef
    wordingHash: URIRef
    layout: URIRef
    satisfiedOn: URIRef
    letter: URIRef
    partText: URIRef
    number: URIRef
    section: URIRef
    heading: URIRef
    text: URIRef
    start: URIRef
    end: URIRef
    person: URIRef
    recipient: URIRef
    payer: URIRef
    periodCount: URIRef
    payment: URIRef
    dueDate: URIRef
    dueText: URIRef
    scope: URIRef
    rawText: URIRef
    rule: URIRef
    extractorVersion: URIRef
    kind: URIRef
    why: URIRef
    authorityName: URIRef
    gss: URIRef
    region: URIRef
    councilType: URIRef
    inForceFrom: URIRef
    inForceTo: URIRef
    fictional: URIRef
    legislationId: URIRef
    guidanceId: URIRef
    ofYear: URIRef
    withFault: URIRef
    satisfied: URIRef
    investigationCount: URIRef
    decisionCount: URIRef
    entryCount: URIRef
    complaintCount: URIRef
    decidedCount: URIRef
    upheldCount: URIRef
    notUpheldCount: URIRef
    atFaultCount: URIRef
    sum: URIRef
    lowest: URIRef
    lowerQuartile: URIRef
    median: URIRef
    upperQuartile: URIRef
    highest: URIRef
    promisedOn: URIRef
    latestOn: URIRef


def bind(graph: Graph) -> Graph:
    """Bind every prefix of :data:`ontology.prefixes.PREFIXES` in the graph and return it."""
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, override=True, replace=True)
    return graph
