"""Whom a council is measured against: the councils that have the same duties.

A county council answers for schools and care, a district for housing and refuse, so
councils are only set against those of their own type in the register
(:mod:`ontology.councils`), all of them or those of the same region.
"""

from __future__ import annotations

from dataclasses import dataclass

from exports.serve.counts.casebook import Casebook
from exports.serve.wording import counted_words
from ontology.councils import Council, councils

TYPES = {
    "UA": ("unitary authority", "unitary authorities"),
    "MD": ("metropolitan borough", "metropolitan boroughs"),
    "LBO": ("London borough", "London boroughs"),
    "CC": ("City of London", "City of London"),
    "CTY": ("county council", "county councils"),
    "NMD": ("district council", "district councils"),
    "COMB": ("combined authority", "combined authorities"),
    "SRA": ("Greater London Authority", "Greater London Authority"),
}
"""Types of council in the register, in words for one and for several."""
WITHIN = ("type", "region")
"""How wide a peer group is: all of a type, or those of the type in the same region."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Councils of one kind, the one that is measured among them."""

    words: str
    """Who is in it, such as ``metropolitan boroughs in North West``."""
    one: str
    """The same for one of them: ``metropolitan borough in North West``."""
    members: tuple[str, ...]
    """Keys of those with a decision in the graph, by name."""
    silent: int
    """How many others of the kind are in the register, without a decision in the graph."""

    @property
    def counted(self) -> str:
        """How many there are: ``7 metropolitan boroughs in North West``."""
        return counted_words(len(self.members), self.one, self.words)


def peers_of(book: Casebook, key: str, within: str = "type") -> Peers | None:
    """The peer group of a council; None for an authority that no register has."""
    own = councils().get(key)
    if own is None:
        return None
    alike = [council for council in councils().values() if _alike(own, council, within)]
    alike.sort(key=lambda council: (council.name, council.gss))
    present = set(book.keys("council"))
    members = tuple(council.gss for council in alike if council.gss in present)
    where = f" in {own.region}" if within == "region" else ""
    one, words = (name + where for name in TYPES.get(own.type, (own.type, own.type)))
    return Peers(words, one, members, len(alike) - len(members))


def _alike(own: Council, other: Council, within: str) -> bool:
    same = own.type == other.type and own.fictional == other.fictional
    return same and (within == "type" or own.region == other.region)
