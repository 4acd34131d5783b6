"""What one decision says, as frozen values: the record that extraction prints.

A :class:`Decision` is everything read from one published decision of the Local
Government and Social Care Ombudsman. Field names and their order are those of
``record.schema.json``; types that come from a closed list hold the ids of the
SKOS schemes in ``vocabularies/``. Real types stand inside (``date``, ``Decimal``,
tuples); :mod:`ontology.record` turns them into JSON and back.

Offsets are code points into the decision's clean text, half open, so that
``text[start:end] == quote`` always holds. This module reads nothing and decides
nothing: it only names what may be said.
"""

from __future__ import annotations

import datetime  # noqa: ICN001 - whole, because fields are called date
from dataclasses import dataclass
from decimal import Decimal

SCHEMA = "faultlines/decision/1"
"""Identifier of the record format, printed in every record."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that says something: one quote, where it stands, which rule read it."""

    paragraph: int | None
    """Continuous number of the top-level paragraph; None for header, summary and report lines."""
    start: int
    end: int
    quote: str
    rule: str
    """Id of the rule that read the passage, such as ``remedy.apology``."""


@dataclass(frozen=True, slots=True)
class Source:
    """The input that a decision was read from."""

    name: str
    sha256: str
    layout: str
    """Code of the layout recognised: A, B, C, D, E, E2, E3, F, F2, H or plain."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A body complained about. An unnamed one has ``name`` None."""

    name: str | None
    id: str | None
    """GSS code for a council that the register knows, else None."""
    kind: str
    """council, care-provider, nhs-body, school, transport, fire, park, other or unknown."""


@dataclass(frozen=True, slots=True)
class Category:
    """The page's own subject heading, as printed."""

    name: str | None
    subcategory: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A top-level paragraph with its sub-items; ``text`` is the clean text from start to end."""

    number: int | None
    """Continuous over the decision, from 1; None in reports, which do not number."""
    section: str
    """Canonical section id, such as ``complaint`` or ``found.findings``."""
    heading: str | None
    """The nearest heading above, as printed."""
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """One lettered or listed part of the complaint."""

    id: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the Ombudsman decided on the complaint or on one part of it."""

    id: str
    status: str
    types: tuple[str, ...]
    """Fault types; empty unless the status is a fault."""
    part: str | None
    authority: str | None
    """The authority at fault, as printed in the header or as the text names it."""
    injustices: tuple[str, ...]
    """Ids of the :class:`Injustice` entries that this finding caused."""
    provisions: tuple[str, ...]
    """Ids of the legislation that the finding engages."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Injustice:
    """Harm that a fault caused, by type of the injustice scheme."""

    id: str
    type: str
    person: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """By when a remedy is due: raw words, the date they come to, and how it was reached."""

    text: str
    date: datetime.date | None
    basis: str
    """absolute (a date is printed), relative (counted from a named event) or assumed."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing agreed, recommended, refused, already done or offered to put things right."""

    id: str
    type: str
    status: str
    """agreed, recommended, refused, already-completed or remedy-offered-earlier."""
    amount: Decimal | None
    """A stated sum in ``currency``; per ``per`` when that is set."""
    currency: str | None
    per: str | None
    """week, month, term or each."""
    count: Decimal | None
    """How many periods or recipients ``amount`` is multiplied by, when stated."""
    total: Decimal | None
    """The sum in all, when stated or when ``amount`` and ``count`` give it."""
    payer: str | None
    recipient: str | None
    purposes: tuple[str, ...]
    """Injustice types that a payment is for."""
    due: Due | None
    remedies: tuple[str, ...]
    """Ids of the injustices or findings that this puts right."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was not investigated, was ended or was limited."""

    type: str
    scope: str | None
    """The part or matter that the reason is about; None for the whole complaint."""
    provision: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A statute, guidance document or case that the decision cites."""

    kind: str
    """statute, guidance or case."""
    id: str | None
    """legislation.gov.uk path, guidance id or neutral citation; None when unresolved."""
    text: str
    role: str
    """jurisdiction (the Ombudsman's own powers and rules) or substantive."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """An external body and the roles it has in this decision."""

    id: str
    name: str
    roles: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier or joint decision that the text speaks of."""

    relation: str
    """earlier, joint or later."""
    reference: str | None
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A mention that was found but not understood; reported, never guessed."""

    kind: str
    text: str
    paragraph: int | None
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything read from one published decision."""

    source: Source
    reference: str | None
    """As printed: ``21 012 067``; a joint investigation keeps its suffix: ``19 018 519c``."""
    url: str | None
    authorities: tuple[Authority, ...]
    category: Category
    outcome: str | None
    """The page's own field, never inferred: upheld, not-upheld, closed-after-initial-enquiries."""
    date: datetime.date | None
    document_type: str
    """statement or report."""
    disposition: str
    """What the words say: investigated, discontinued or not-investigated."""
    summary: str | None
    complainants: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    injustices: tuple[Injustice, ...]
    remedies: tuple[Remedy, ...]
    reasons: tuple[Reason, ...]
    citations: tuple[Citation, ...]
    bodies: tuple[Body, ...]
    related: tuple[Related, ...]
    satisfied: datetime.date | None
    unread: tuple[Unread, ...]
