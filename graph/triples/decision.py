"""The one mapping from a decision record to RDF.

:func:`decision_triples` says in the project's ontology (``ontology/faultlines.ttl``)
what a :class:`~ontology.model.Decision` holds, as ready-written N-Triples terms.
Nothing is decided here: every triple repeats a field of the record, and everything that
was read leads to the passage it was read from (``fl:evidencedBy``) and to the software
that read it (``prov:wasGeneratedBy``, https://www.w3.org/TR/prov-o/). Passages follow the
Web Annotation selectors (https://www.w3.org/TR/annotation-model/#selectors).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from graph.triples.authority import (
    AUTHORITY_CLASSES,
    authority_iri,
    authority_meant,
    decision_iri,
    is_name,
    owing,
)
from graph.triples.category import category_iris
from graph.triples.ntriples import (
    TYPE,
    Triple,
    any_uri,
    day,
    decimal,
    english,
    integer,
    iri,
    literal,
)
from graph.triples.payment import payment
from graph.triples.provision import ancestors, label
from graph.triples.wording import wording_digest
from ontology import iri as mint
from ontology.model import Body, Citation, Decision, Evidence, Finding, Remedy

FL = "https://w3id.org/faultlines/ns#"
_RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_GENERATED_BY = "<http://www.w3.org/ns/prov#wasGeneratedBy>"
_DERIVED_FROM = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
_EXACT = "<http://www.w3.org/ns/oa#exact>"
_START = "<http://www.w3.org/ns/oa#start>"
_END = "<http://www.w3.org/ns/oa#end>"
_QUOTE_SELECTOR = "<http://www.w3.org/ns/oa#TextQuoteSelector>"
_POSITION_SELECTOR = "<http://www.w3.org/ns/oa#TextPositionSelector>"
_IS_PART_OF = "<http://data.europa.eu/eli/ontology#is_part_of>"
_MONETARY_AMOUNT = "<https://schema.org/MonetaryAmount>"
_VALUE = "<https://schema.org/value>"
_CURRENCY = "<https://schema.org/currency>"

ROLE_PROPERTIES = {
    "decision-shared-with": "sharedWith",
    "signposted-to": "signpostsTo",
    "better-placed-body": "betterPlaced",
    "right-of-appeal-to": "appealRightTo",
}
"""Roles that also stand as a direct edge; every other role is ``fl:involves``."""


@cache
def fl(term: str) -> str:
    """A term of the project's ontology."""
    return f"<{FL}{term}>"


def decision_triples(decision: Decision, version: str, digest: str | None = None) -> list[Triple]:
    """Every statement of one decision, unsorted, possibly repeated.

    ``version`` is the extractor's version, ``digest`` the decision's
    :func:`~graph.triples.wording.wording_digest` where it is known. The statements belong in
    the named graph :func:`ontology.iri.decision_graph` of the decision's IRI.
    """
    return _DecisionMapper(decision, version, digest or wording_digest(decision)).triples()


@dataclass(slots=True)
class _DecisionMapper:
    """Collects the statements of one decision; one method for each kind of entry."""

    decision: Decision
    version: str
    digest: str
    out: list[Triple] = field(default_factory=list)
    iri: str = ""
    self_: str = ""
    run: str = ""
    complaint: str = ""
    names: set[str] = field(default_factory=set)
    """Names of authorities that were described."""

    def triples(self) -> list[Triple]:
        self.iri = decision_iri(self.decision)
        self.self_ = iri(self.iri)
        self.run = iri(mint.extraction(self.version))
        reference = self.decision.reference
        self.complaint = iri(mint.complaint(reference) if reference else f"{self.iri}/complaint")
        self._document()
        self._authorities()
        self._complaint()
        self._paragraphs()
        self._people()
        self._injustices()
        for finding in self.decision.findings:
            self._finding(finding)
        for remedy in self.decision.remedies:
            self._remedy(remedy)
        self._reasons()
        for index, citation in enumerate(self.decision.citations, 1):
            self._citation(index, citation)
        for body in self.decision.bodies:
            self._body(body)
        self._related()
        self._unread()
        return self.out

    def _say(self, subject: str, predicate: str, value: str | None) -> None:
        if value is not None:
            self.out.append((subject, predicate, value))

    def _text(self, subject: str, term: str, value: str | None) -> None:
        if value is not None:
            self.out.append((subject, fl(term), literal(value)))

    def _concept(self, subject: str, term: str, scheme: str, value: str | None) -> None:
        if value is not None:
            self.out.append((subject, fl(term), iri(mint.concept(scheme, value))))

    def _member(self, kind: str, local_id: str) -> str:
        return iri(mint.member(self.iri, kind, local_id))

    def _entry(self, subject: str, class_: str, evidence: Iterable[Evidence]) -> None:
        """A thing that was read: its class, its evidence and the run that made it."""
        self.out.append((subject, TYPE, fl(class_)))
        self.out.append((subject, _GENERATED_BY, self.run))
        for passage in evidence:
            self.out.append((subject, fl("evidencedBy"), self._passage(passage)))

    def _passage(self, evidence: Evidence) -> str:
        node = iri(mint.passage(self.iri, evidence.start, evidence.end, evidence.rule))
        self.out += [
            (node, TYPE, fl("Passage")),
            (node, TYPE, _QUOTE_SELECTOR),
            (node, TYPE, _POSITION_SELECTOR),
            (node, fl("quotedFrom"), self.self_),
            (node, _EXACT, literal(evidence.quote)),
            (node, _START, integer(evidence.start)),
            (node, _END, integer(evidence.end)),
            (node, fl("rule"), literal(evidence.rule)),
        ]
        if evidence.paragraph is not None:
            paragraph = self._member("paragraph", str(evidence.paragraph))
            self.out.append((node, fl("inParagraph"), paragraph))
        return node

    def _document(self) -> None:
        decision = self.decision
        self.out += [
            (self.self_, TYPE, fl("Decision")),
            (self.self_, _GENERATED_BY, self.run),
            (self.self_, fl("sourceHash"), literal(decision.source.sha256)),
            (self.self_, fl("wordingHash"), literal(self.digest)),
            (self.self_, fl("sourceName"), literal(decision.source.name)),
            (self.self_, fl("layout"), literal(decision.source.layout)),
        ]
        names = [authority.name for authority in decision.authorities if authority.name]
        title = " and ".join(names) or "Unnamed authority"
        shown = f"{title} ({decision.reference})" if decision.reference else title
        self._say(self.self_, _RDFS_LABEL, english(shown))
        self._text(self.self_, "reference", decision.reference)
        self._text(self.self_, "summary", decision.summary)
        if decision.url:
            self._say(self.self_, fl("url"), any_uri(decision.url))
        if decision.date:
            self._say(self.self_, fl("date"), day(decision.date))
        if decision.satisfied:
            self._say(self.self_, fl("satisfiedOn"), day(decision.satisfied))
        self._concept(self.self_, "outcome", "outcome", decision.outcome)
        self._concept(self.self_, "disposition", "disposition", decision.disposition)
        self._concept(self.self_, "documentType", "document-type", decision.document_type)

    def _authorities(self) -> None:
        for index, authority in enumerate(self.decision.authorities):
            node = iri(authority_iri(self.decision, index))
            self._say(self.complaint, fl("against"), node)
            self._say(node, TYPE, fl("Authority"))
            self._say(node, TYPE, fl(AUTHORITY_CLASSES[authority.kind]))
            if authority.name:
                self.names.add(authority.name)
                self._text(node, "authorityName", authority.name)
                if not authority.id:  # the register names its councils itself
                    self._say(node, _RDFS_LABEL, english(authority.name))
            else:
                self._say(node, _RDFS_LABEL, english("Authority not named in the decision"))

    def _authority(self, name: str | None) -> str | None:
        """The node of the body that an entry names, described when it is not complained about."""
        meant = authority_meant(self.decision, name)
        if meant is None or name is None:
            return None
        node = iri(meant)
        if name not in self.names and is_name(name):
            self.names.add(name)
            self._say(node, TYPE, fl("Authority"))
            self._text(node, "authorityName", name)
            if not meant.startswith(mint.council("")):
                self._say(node, _RDFS_LABEL, english(name))
        return node

    def _complaint(self) -> None:
        decision = self.decision
        self._say(self.complaint, TYPE, fl("Complaint"))
        self._say(self.complaint, fl("decidedBy"), self.self_)
        self._text(self.complaint, "reference", decision.reference)
        if decision.reference:
            shown = english(f"Complaint {decision.reference}")
            self._say(self.complaint, _RDFS_LABEL, shown)
        category, subcategory = category_iris(decision)
        self._say(self.complaint, fl("category"), iri(category) if category else None)
        self._say(self.complaint, fl("subcategory"), iri(subcategory) if subcategory else None)
        for part in decision.parts:
            node = self._part(part.id)
            self._entry(node, "ComplaintPart", part.evidence)
            self._say(self.complaint, fl("hasPart"), node)
            self._text(node, "letter", part.id)
            self._text(node, "partText", part.text)
            self._say(node, _RDFS_LABEL, english(f"Part {part.id}"))

    def _part(self, letter: str) -> str:
        reference = self.decision.reference
        return iri(mint.part(reference, letter)) if reference else self._member("part", letter)

    def _paragraphs(self) -> None:
        for paragraph in self.decision.paragraphs:
            if paragraph.number is None:
                continue
            node = self._member("paragraph", str(paragraph.number))
            self._say(node, TYPE, fl("Paragraph"))
            self._say(self.self_, fl("hasParagraph"), node)
            self._say(node, fl("number"), integer(paragraph.number))
            self._text(node, "section", paragraph.section)
            self._text(node, "heading", paragraph.heading)
            self._say(node, fl("start"), integer(paragraph.start))
            self._say(node, fl("end"), integer(paragraph.end))

    def _people(self) -> None:
        for name in self.decision.complainants:
            node = self._person(name)
            self._say(self.self_, fl("complainant"), node)
            self._say(node, TYPE, fl("Complainant"))
            self._say(node, _RDFS_LABEL, english(name))

    def _person(self, name: str) -> str:
        return self._member("person", mint.slug(name))

    def _injustices(self) -> None:
        for injustice in self.decision.injustices:
            node = self._member("injustice", injustice.id)
            self._entry(node, "Injustice", injustice.evidence)
            self._say(self.self_, fl("hasInjustice"), node)
            self._concept(node, "injusticeType", "injustice", injustice.type)
            self._text(node, "person", injustice.person)
            if injustice.person in self.decision.complainants:
                self._say(self._person(injustice.person), fl("suffered"), node)

    def _finding(self, finding: Finding) -> None:
        node = self._member("finding", finding.id)
        self._entry(node, "Finding", finding.evidence)
        self._say(self.self_, fl("hasFinding"), node)
        self._concept(node, "status", "finding-status", finding.status)
        for type_ in finding.types:
            self._concept(node, "faultType", "fault", type_)
        letters = {part.id for part in self.decision.parts}
        decided = self._part(finding.part) if finding.part in letters else self.complaint
        self._say(node, fl("decides"), decided)
        self._say(node, fl("faultBy"), self._authority(finding.authority))
        for injustice in finding.injustices:
            self._say(node, fl("causedInjustice"), self._member("injustice", injustice))
        for path in finding.provisions:
            self._say(node, fl("engages"), self._legislation(path))

    def _remedy(self, remedy: Remedy) -> None:
        node = self._member("remedy", remedy.id)
        self._entry(node, "Remedy", remedy.evidence)
        self._say(self.self_, fl("hasRemedy"), node)
        self._concept(node, "remedyType", "remedy", remedy.type)
        self._concept(node, "status", "remedy-status", remedy.status)
        for kind, value in (("amount", remedy.amount), ("total", remedy.total)):
            if value is not None:
                sum_ = iri(f"{mint.member(self.iri, 'remedy', remedy.id)}/{kind}")
                self._say(node, fl(kind), sum_)
                self._say(sum_, TYPE, _MONETARY_AMOUNT)
                self._say(sum_, _VALUE, decimal(value))
                self._say(sum_, _CURRENCY, literal(remedy.currency or "GBP"))
        paid = payment(remedy)
        self._say(node, fl("payment"), decimal(paid) if paid is not None else None)
        self._concept(node, "period", "period", remedy.per)
        if remedy.count is not None:
            self._say(node, fl("periodCount"), decimal(remedy.count))
        self._text(node, "payer", remedy.payer)
        self._text(node, "recipient", remedy.recipient)
        self._authority(remedy.payer)  # describes a body that only the remedy names
        owes = owing(self.decision, remedy)
        self._say(node, fl("owedBy"), iri(owes) if owes else None)
        for purpose in remedy.purposes:
            self._concept(node, "purpose", "injustice", purpose)
        if remedy.due is not None:
            self._text(node, "dueText", remedy.due.text)
            self._concept(node, "dueBasis", "due-basis", remedy.due.basis)
            if remedy.due.date is not None:
                self._say(node, fl("dueDate"), day(remedy.due.date))
        injustices = {injustice.id for injustice in self.decision.injustices}
        for target in remedy.remedies:
            kind = "injustice" if target in injustices else "finding"
            self._say(node, fl("remedies"), self._member(kind, target))

    def _reasons(self) -> None:
        for index, reason in enumerate(self.decision.reasons, 1):
            node = self._member("reason", str(index))
            self._entry(node, "Reason", reason.evidence)
            self._say(self.self_, fl("hasReason"), node)
            self._concept(node, "reasonType", "reason", reason.type)
            self._text(node, "scope", reason.scope)
            if reason.provision:
                self._say(node, fl("restsOn"), self._legislation(reason.provision))

    def _citation(self, index: int, citation: Citation) -> None:
        node = self._member("citation", str(index))
        self._entry(node, "Citation", citation.evidence)
        self._say(self.self_, fl("hasCitation"), node)
        self._text(node, "rawText", citation.text)
        self._concept(node, "citationRole", "citation-role", citation.role)
        if citation.id is None:
            return
        if citation.kind == "statute":
            target = self._legislation(citation.id)
            jurisdiction = citation.role == "jurisdiction"
            edge = "citesAsJurisdiction" if jurisdiction else "citesAsSubstantive"
            self._say(self.self_, fl(edge), target)
        elif citation.kind == "guidance":
            target = iri(mint.guidance(citation.id))
            self._say(self.self_, fl("citesGuidance"), target)
        else:
            target = iri(mint.court_case(citation.id))
            self._say(target, TYPE, fl("CourtCase"))
            self._say(target, _RDFS_LABEL, english(citation.id))
        self._say(node, fl("cites"), target)

    def _legislation(self, path: str) -> str:
        """The node of a provision, with its label and the chain up to its Act."""
        node = iri(mint.legislation(path))
        chain = [path, *ancestors(path)]
        for below, above in pairwise(chain):
            child = iri(mint.legislation(below))
            self._say(child, TYPE, fl("Legislation"))
            self._say(child, TYPE, fl("Provision"))
            self._say(child, _RDFS_LABEL, english(label(below)))
            self._say(child, _IS_PART_OF, iri(mint.legislation(above)))
        return node

    def _body(self, body: Body) -> None:
        target = iri(mint.body(body.id))
        for role in body.roles:
            node = self._member("involvement", f"{body.id}-{role}")
            self._entry(node, "Involvement", body.evidence)
            self._say(self.self_, fl("hasInvolvement"), node)
            self._say(node, fl("body"), target)
            self._concept(node, "role", "body-role", role)
            self._say(self.self_, fl(ROLE_PROPERTIES.get(role, "involves")), target)

    def _related(self) -> None:
        for related in self.decision.related:
            if related.reference is None:
                continue
            other = iri(mint.complaint(related.reference))
            if related.relation == "earlier":
                self._say(self.complaint, fl("followsFrom"), other)
            for evidence in related.evidence:
                self._say(self.complaint, _DERIVED_FROM, self._passage(evidence))

    def _unread(self) -> None:
        for index, mention in enumerate(self.decision.unread, 1):
            node = self._member("unread", str(index))
            self._say(node, TYPE, fl("UnreadMention"))
            self._say(self.self_, fl("hasUnreadMention"), node)
            self._text(node, "kind", mention.kind)
            self._text(node, "rawText", mention.text)
            self._text(node, "why", mention.why)
            self._say(node, fl("start"), integer(mention.start))
            self._say(node, fl("end"), integer(mention.end))
