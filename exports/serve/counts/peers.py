"""Whom a council is measured against: the councils that have the same duties.

A county council answers for schools and care, a district for housing and refuse, so
councils are only set against those of their own type in the register
(:mod:`ontology.councils`), all of them or those of the same region.
"""

from __future__ import annotations

from dataclasses import dataclass

from exports.serve.counts.casebook import Casebook
from ontology.councils import Council, councils

TYPES = {
    "UA": "unitary authorities",
    "MD": "metropolitan boroughs",
    "LBO": "London boroughs",
    "CC": "City of London",
    "CTY": "county councils",
    "NMD": "district councils",
    "COMB": "combined authorities",
    "SRA": "Greater London Authority",
}
"""Types of council in the register, in words for several."""
WITHIN = ("type", "region")
"""How wide a peer group is: all of a type, or those of the type in the same region."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Councils of one kind, the one that is measured among them."""

    words: str
    """Who is in it, such as ``metropolitan boroughs in North West``."""
    members: tuple[str, ...]
    """Keys of those with a decision in the graph, by name."""
    silent: int
    """How many others of the kind are in the register, without a decision in the graph."""


def peers_of(book: Casebook, key: str, within: str = "type") -> Peers | None:
    """The peer group of a council; None for an authority that no register has."""
    own = councils().get(key)
    if own is None:
        return None
    alike = [council for council in councils().values() if _alike(own, council, within)]
    alike.sort(key=lambda council: (council.name, council.gss))
    present = set(book.keys("council"))
    members = tuple(council.gss for council in alike if council.gss in present)
    words = TYPES.get(own.type, own.type)
    if within == "region":
        words += f" in {own.region}"
    return Peers(words, members, len(alike) - len(members))


def _alike(own: Council, other: Council, within: str) -> bool:
    same = own.type == other.type and own.fictional == other.fictional
    return same and (within == "type" or own.region == other.region)
