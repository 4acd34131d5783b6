"""IRIs and classes of the authorities that decisions name, or leave unnamed."""

from __future__ import annotations

import re

from ontology import iri as mint
from ontology.model import Decision

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


def authority_iri(decision: Decision, index: int) -> str:
    """The IRI of the decision's authority number ``index``, named or not."""
    authority = decision.authorities[index]
    if authority.id:
        return mint.council(authority.id)
    if authority.name:
        return mint.authority(authority.name)
    return mint.unnamed_authority(decision_iri(decision), index + 1)
