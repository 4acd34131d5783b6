"""The register of external bodies: regulators, tribunals, courts, ombudsmen and others.

Some entries stand for a kind of body ("Police force", "Housing association") because a
decision does not name it. Names keep their case: SEND, IRP and EA are initials, "send" is
a verb. A contextual name ("the Tribunal", "the Panel") is used of whichever body the
decision speaks of, and means one only by the decision's own definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from ontology.register import day, read, truth, values

_COLUMNS = ("id", "label", "kind", "home_page", "roles")
_ALIAS_COLUMNS = ("alias", "body", "case_sensitive", "contextual", "from", "until")


@dataclass(frozen=True, slots=True)
class Body:
    """A body other than the one complained about, or a kind of body."""

    id: str
    label: str
    aliases: tuple[str, ...]
    """Every name of it, the label included, in order."""
    kind: str
    """regulator, tribunal, court, ombudsman ...; a kind in ``-generic`` stands for many."""
    home_page: str | None
    roles: tuple[str, ...]
    """Roles that it usually has in a decision: ids of the body-role scheme."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of one body."""

    text: str
    body: str
    """Id of the body."""
    case_sensitive: bool
    """Whether another case makes it another word, as with initials."""
    contextual: bool
    """Whether only the decision can say that this body is meant."""
    start: date | None
    """First day on which the body had the name, when that is known."""
    end: date | None
    """Last such day; decisions about older events go on using the name."""


@cache
def names() -> tuple[Alias, ...]:
    """Every name of every body, by name and then by body."""
    return tuple(
        Alias(text, body, truth(case), truth(contextual), day(start), day(end))
        for text, body, case, contextual, start, end in read("body-aliases.tsv", _ALIAS_COLUMNS)
    )


@cache
def bodies() -> Mapping[str, Body]:
    """Every body by id, in order of id."""
    known: dict[str, list[str]] = {}
    for name in names():
        known.setdefault(name.body, []).append(name.text)
    return MappingProxyType(
        {
            body: Body(body, label, tuple(known[body]), kind, home_page or None, values(roles))
            for body, label, kind, home_page, roles in read("bodies.tsv", _COLUMNS)
        }
    )


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Names in their exact case, labels included, each with the ids of the bodies it may mean."""
    index: dict[str, dict[str, None]] = {}
    for name in names():
        index.setdefault(name.text, {})[name.body] = None
    return MappingProxyType({text: tuple(ids) for text, ids in index.items()})


def resolve(text: str) -> Body | None:
    """The one body that ``text`` names by itself; None when none or several fit.

    A contextual name gives None. Case counts for initials only.
    """
    folded = _fold(text)
    found = {
        name.body
        for name in _folded().get(folded, ())
        if not name.contextual and (name.text == text or not name.case_sensitive)
    }
    return bodies()[found.pop()] if len(found) == 1 else None


@cache
def _folded() -> Mapping[str, tuple[Alias, ...]]:
    index: dict[str, list[Alias]] = {}
    for name in names():
        index.setdefault(_fold(name.text), []).append(name)
    return MappingProxyType({text: tuple(found) for text, found in index.items()})


def _fold(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(text.replace("\u2019", "'").lower().split())
