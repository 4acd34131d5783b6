"""Labels, types and properties: names that every database takes, made of any kind and attribute.

A label is written ``ComplaintPart``, a type ``HAS_FINDING``, a property ``due_date``: ASCII
letters, digits and underscores, a letter first, and none twice, whatever the case. The
prefix of a foreign name is left out (``eli:is_part_of`` becomes ``IS_PART_OF``) unless two
names would then be the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from exports.content import Schema

FOLDED: Mapping[str, type] = {"paragraph": int, "quote": str, "rule": str}
"""What a relationship tells of its first passage (:func:`exports.network.cells`)."""

_LONGEST = 60
"""Characters of a name; files are named after three of them."""
_PREFIX = re.compile(r"[A-Za-z][\w.-]*:(?!//)")
_WORD = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+")


@dataclass(frozen=True, slots=True)
class Column:
    """One property of a label or a type."""

    name: str
    type: type
    """str, int, float, bool or :class:`datetime.date` (whose values are ISO 8601 text)."""
    attribute: str = ""
    """The attribute that it holds; empty for what every row has."""


@dataclass(frozen=True, slots=True)
class Table:
    """A label or a type of relationship, with its properties."""

    name: str
    kind: str
    """What it is called in the graph."""
    own: tuple[Column, ...]
    """What every row has, in the order in which it is given."""
    columns: tuple[Column, ...] = ()
    """What it may have, sorted by attribute."""

    @property
    def properties(self) -> tuple[Column, ...]:
        """All of them, in the order of a row."""
        return self.own + self.columns


_ITEM = (Column("id", str), Column("label", str))
_PASSAGE = (
    *(Column("id", str), Column("quote", str), Column("paragraph", int), Column("rule", str)),
    *(Column("start", int), Column("decision", str)),
)
_EVIDENCE = (Column("id", str), Column("relationship", str))


@dataclass(frozen=True, slots=True)
class Names:
    """The tables of a content."""

    nodes: Mapping[str, Table]
    """Kind of node to its label."""
    edges: Mapping[str, Table]
    """Kind of edge to its type."""
    passage: Table
    evidenced_by: Table

    @classmethod
    def of(cls, schema: Schema, *, apart: bool = True) -> Names:
        """The names for a schema, the same every time.

        ``apart`` is whether labels and types may share a name, as ``Council`` and
        ``COUNCIL`` do for a database that does not tell cases apart.
        """
        used = {
            name for names in (*schema.nodes.values(), *schema.edges.values()) for name in names
        }
        properties = _named(used | FOLDED.keys(), _property, {"id", "label"})
        labels = _named(schema.nodes, _label, set())
        taken = set() if apart else {label.lower() for label in labels.values()}
        types = _named(schema.edges, _type, taken, _has)

        def columns(names: Iterable[str]) -> tuple[Column, ...]:
            typed = {**FOLDED, **schema.types}
            return tuple(
                Column(properties[name], typed.get(name, str), name) for name in sorted({*names})
            )

        passage = _free((_label("passage"),), {label.lower() for label in labels.values()})
        taken |= {name.lower() for name in (*types.values(), passage)}
        return cls(
            {
                kind: Table(labels[kind], kind, _ITEM, columns(schema.nodes[kind]))
                for kind in labels
            },
            {
                kind: Table(types[kind], kind, _ITEM, columns({*schema.edges[kind], *FOLDED}))
                for kind in types
            },
            Table(passage, "passage", _PASSAGE),
            Table(_free((_type("evidencedBy"),), taken), "evidencedBy", _EVIDENCE),
        )


def _named(
    names: Iterable[str],
    made: Callable[[str], str],
    taken: set[str],
    otherwise: Callable[[str], str] | None = None,
) -> dict[str, str]:
    """A name for each, the project's own first; adds them, in small letters, to ``taken``."""
    found = {}
    for name in sorted(names, key=lambda name: (_local(name) != name, name)):
        found[name] = _free((made(_local(name)), (otherwise or made)(name)), taken)
        taken.add(found[name].lower())
    return found


def _free(candidates: Iterable[str], taken: set[str]) -> str:
    """The first that is not taken, or else the last one with the lowest number behind it."""
    last = ""
    for candidate in candidates:
        if candidate.lower() not in taken:
            return candidate
        last = candidate
    number = 2
    while f"{last}_{number}".lower() in taken:
        number += 1
    return f"{last}_{number}"


def _local(name: str) -> str:
    """A name without its prefix, an IRI's last part."""
    if "://" in name:
        return re.split(r"[#/]", name.rstrip("#/"))[-1]
    return _PREFIX.sub("", name, count=1)


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _words(name: str) -> list[str]:
    return _WORD.findall(_ascii(name))


def _label(kind: str) -> str:
    return _named_so("".join(word[0].upper() + word[1:] for word in _words(kind)), "Kind")


def _type(kind: str) -> str:
    return _named_so("_".join(word.upper() for word in _words(kind)), "RELATED_TO")


def _has(kind: str) -> str:
    return f"HAS_{_type(kind)}"


def _property(attribute: str) -> str:
    return _named_so("_".join(re.findall("[A-Za-z0-9]+", _ascii(attribute))), "property")


def _named_so(name: str, otherwise: str) -> str:
    if not name:
        return otherwise
    return (name if name[0].isalpha() else f"{otherwise}_{name}")[:_LONGEST]
