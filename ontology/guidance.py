"""The register of guidance, codes and standards that decisions cite.

Codes of practice, statutory guidance, the Ombudsman's own guidance and professional
standards. Short names such as "the Code" mean different documents in different decisions:
they are kept apart as contextual and resolve only with the topic they are used in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.register import fold, read, values

_COLUMNS = (
    *("id", "title", "aliases", "contextual", "issuer"),
    *("years", "under", "topic", "url"),
)


@dataclass(frozen=True, slots=True)
class Guidance:
    """A guidance document in all its editions."""

    id: str
    title: str
    aliases: tuple[str, ...]
    """Other names, former titles included."""
    issuer: tuple[str, ...]
    years: tuple[int, ...]
    """Years of the editions known; empty when it is revised continuously."""
    under: tuple[str, ...]
    """Legislation it is issued under or explains: ``ukpga/1996/52/section/182``."""
    topic: str
    url: str | None
    contextual: tuple[str, ...]
    """Short names that mean this document only where its topic is at hand: "the Code"."""


@cache
def guidance() -> Mapping[str, Guidance]:
    """Every document by id, in order of id."""
    return MappingProxyType({row[0]: _guidance(row) for row in read("guidance.tsv", _COLUMNS)})


@cache
def titles() -> Mapping[str, tuple[str, ...]]:
    """Folded titles, aliases and contextual names, each with the ids it may mean.

    Folding loses capitals: whoever looks for "Working Together" in a text must check them.
    """
    index: dict[str, dict[str, None]] = {}
    for document in guidance().values():
        for name in (document.title, *document.aliases, *document.contextual):
            index.setdefault(fold(name), {})[document.id] = None
    return MappingProxyType({title: tuple(ids) for title, ids in index.items()})


@cache
def ambiguous() -> frozenset[str]:
    """Folded names that need a topic: the contextual ones, and any that several bear."""
    contextual = {fold(name) for document in guidance().values() for name in document.contextual}
    return frozenset(contextual | {title for title, ids in titles().items() if len(ids) > 1})


def resolve(title: str, topic: str | None = None) -> Guidance | None:
    """The one document that ``title`` means; None when none or several fit.

    ``topic`` is a topic of this register, such as ``homelessness``. An ambiguous name
    without a topic gives None; a plain one needs none.
    """
    folded = fold(title)
    fitting = [guidance()[document] for document in titles().get(folded, ())]
    if folded in ambiguous():
        fitting = [document for document in fitting if document.topic == topic]
    return fitting[0] if len(fitting) == 1 else None


def _guidance(row: tuple[str, ...]) -> Guidance:
    document, title, aliases, contextual, issuer, years, under, topic, url = row
    return Guidance(
        id=document,
        title=title,
        aliases=values(aliases),
        issuer=values(issuer),
        years=tuple(int(year) for year in values(years)),
        under=values(under),
        topic=topic,
        url=url or None,
        contextual=values(contextual),
    )
