"""How a council's name is built: a place, and words that say what kind of council it is.

"Wigan Metropolitan Borough Council", "Wigan MBC" and "Borough of Wigan" name one place.
The words set aside still count: they claim a type, and a claim that the council does not
meet speaks against it. Names come folded, as :func:`ontology.register.fold` leaves them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_PREFIXES: tuple[tuple[str, frozenset[str]], ...] = (
    ("london borough of ", frozenset({"london", "borough"})),
    ("royal borough of ", frozenset({"borough"})),
    ("borough council of ", frozenset({"borough"})),
    ("council of the ", frozenset()),
    ("borough of ", frozenset({"borough"})),
    ("county of ", frozenset({"county"})),
    ("city of ", frozenset({"city"})),
    ("lb of ", frozenset({"london", "borough"})),
    ("lb ", frozenset({"london", "borough"})),
)
"""What may stand before the place in a council's name, and what that claims."""

_SUFFIXES: tuple[tuple[str, frozenset[str]], ...] = (
    (" metropolitan borough", frozenset({"metropolitan", "borough"})),
    (" metropolitan district", frozenset({"metropolitan", "district"})),
    (" royal borough", frozenset({"borough"})),
    (" london borough", frozenset({"london", "borough"})),
    (" city and district", frozenset({"city", "district"})),
    (" metropolitan", frozenset({"metropolitan"})),
    (" district", frozenset({"district"})),
    (" borough", frozenset({"borough"})),
    (" county", frozenset({"county"})),
    (" city", frozenset({"city"})),
    (" mbc", frozenset({"metropolitan", "borough"})),
    (" mdc", frozenset({"metropolitan", "district"})),
    (" lbc", frozenset({"london", "borough"})),
    (" bc", frozenset({"borough"})),
    (" dc", frozenset({"district"})),
    (" cc", frozenset()),
)
"""What may stand between the place and "Council", longer before shorter, and its claims."""

_CLAIMS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "london": frozenset({"LBO"}),
        "metropolitan": frozenset({"MD"}),
        "district": frozenset({"MD", "NMD"}),
        "borough": frozenset({"MD", "NMD", "LBO", "UA"}),
        "city": frozenset({"MD", "NMD", "LBO", "UA", "CC"}),
        "county": frozenset({"CTY", "UA"}),
    }
)
"""Council types that each claimed word fits: no county council is a borough."""


def strip(folded: str) -> tuple[str, frozenset[str]]:
    """The place in a folded name, and what the words set aside claim the council to be.

    "kirklees metropolitan borough council" gives "kirklees" with the claims metropolitan
    and borough; a bare place gives itself with no claims.
    """
    # "London" is a region; only the City's full names mean the City of London Corporation.
    if folded.startswith("city of london"):
        return folded, frozenset()
    claims: frozenset[str] = frozenset()
    for prefix, claim in _PREFIXES:
        if folded.startswith(prefix):
            folded, claims = folded.removeprefix(prefix), claim
            break
    folded = folded.removesuffix(" council")
    for suffix, claim in _SUFFIXES:
        if folded.endswith(suffix):
            return folded.removesuffix(suffix), claims | claim
    return folded, claims


def allows(kind: str, own: frozenset[str], claims: frozenset[str]) -> bool:
    """Whether a council of type ``kind`` whose name claims ``own`` may be called by ``claims``.

    A county council is no borough, and Derby City Council is no "Derby County Council".
    """
    if any(kind not in _CLAIMS[claim] for claim in claims):
        return False
    asked, borne = "county" in claims, "county" in own
    return not (asked and own - {"county"}) and not (borne and claims - {"county"})
