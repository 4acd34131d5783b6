"""IRIs and classes of the authorities that decisions name, or leave unnamed."""

from __future__ import annotations

import re

from ontology import councils
from ontology import iri as mint
from ontology.model import Decision, Remedy

AUTHORITY_CLASSES = {
    "council": "Council",
    "care-provider": "CareProvider",
    "nhs-body": "NhsBody",
    "school": "School",
    "transport": "TransportAuthority",
    "fire": "FireAuthority",
    "park": "ParkAuthority",
    "other": "OtherAuthority",
    "unknown": "Authority",
}
"""Class of the ontology for each ``kind`` of authority in the record."""

ANY_AUTHORITY = ("council", "authority", "it")
"""Words for the body complained about that name none."""
_NO_NAME = re.compile(
    r"(?:the )?(?:(?:first|second|county|borough|district|city|parish|other) )*"
    r"(?:council|authority|trust|home|provider|care provider|practice|board|school|service)s?",
    re.IGNORECASE,
)


def is_name(name: str) -> bool:
    """Whether words name one body wherever they stand: "Alder Grange", not "County Council"."""
    return name[:1].isupper() and not _NO_NAME.fullmatch(name)


def decision_iri(decision: Decision) -> str:
    """The decision's IRI: reference and authority, or the source hash without a reference."""
    if decision.reference is None:
        return mint.unreferenced_decision(decision.source.sha256)
    first = decision.authorities[0] if decision.authorities else None
    key = mint.authority_key(first.id, first.name) if first else None
    return mint.decision(decision.reference, key)


def authority_meant(decision: Decision, name: str | None) -> str | None:
    """The IRI of the body that an entry names; None where the name does not tell which.

    A short name such as "council" means the only authority complained about. Another
    body that the text names in full ("Tarnbeck NHS Trust") has a node of its own.
    """
    if name is None:
        return None
    # of two authorities with one name the later is meant, as in the graph
    for index in reversed(range(len(decision.authorities))):
        if decision.authorities[index].name == name:
            return authority_iri(decision, index)
    if is_name(name):
        council = councils.resolve(name, decision.date)
        return mint.council(council.gss) if council else mint.authority(name)
    if name in ANY_AUTHORITY and len(decision.authorities) == 1:
        return authority_iri(decision, 0)
    return None


def owing(decision: Decision, remedy: Remedy) -> str | None:
    """The IRI of the body that owes a remedy; None where the decision does not tell which.

    The one that is named; where none is, the one complained about, if there is only one.
    """
    if remedy.payer is None and len(decision.authorities) == 1:
        return authority_iri(decision, 0)
    return authority_meant(decision, remedy.payer)


def authority_iri(decision: Decision, index: int) -> str:
    """The IRI of the decision's authority number ``index``, named or not."""
    authority = decision.authorities[index]
    if authority.id:
        return mint.council(authority.id)
    if authority.name:
        return mint.authority(authority.name)
    return mint.unnamed_authority(decision_iri(decision), index + 1)
