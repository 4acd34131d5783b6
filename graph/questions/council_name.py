"""What a reader means by a council: a name, a GSS code or an IRI gives one node.

The register is asked first, then names that only a graph knows (care providers, schools).
A name that fits several councils, or none, is an error that names the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.errors import QueryError
from ontology import iri as mint
from ontology.councils import Council, councils, full_names, resolve
from ontology.nearest import did_you_mean, nearest
from ontology.register import fold

if TYPE_CHECKING:
    from graph.knowledge_graph import KnowledgeGraph

_GSS = re.compile(r"[A-Z]\d{8}")
_PART = re.compile(r"[\w.~%-]+", re.ASCII)
_NAMES = "SELECT DISTINCT ?node ?name WHERE { ?node fl:authorityName ?name } ORDER BY ?node ?name"


def authority_names(kg: KnowledgeGraph) -> dict[str, str]:
    """IRI to name of every authority that a decision of the graph names; the first of several."""
    found: dict[str, str] = {}
    for node, name in kg.select(_NAMES):
        found.setdefault(node, name)
    return found


def find_council(text: str, known: Mapping[str, str]) -> str:
    """The IRI of the council or other authority that ``text`` means.

    ``known`` maps IRIs to names beyond the register. Raises
    :class:`~graph.errors.QueryError` with the nearest names when nothing fits, and with
    all of them when several do.
    """
    value = text.strip()
    if not value:
        raise QueryError("council", "the name is empty", "give a council's name or GSS code")
    for base in (f"{mint.ID}council/", f"{mint.ID}authority/"):
        if value.startswith(base) and _PART.fullmatch(value, len(base)):
            return value
    if _GSS.fullmatch(value.upper()):
        return _by_code(value.upper())
    found = resolve(value, None)
    if found is not None:
        return mint.council(found.gss)
    wanted = fold(value)
    others = sorted(node for node, name in known.items() if fold(name) == wanted)
    if len(others) == 1:
        return others[0]
    if others:
        shown = "; ".join(f"{known[node]} ({node})" for node in others[:6])
        raise QueryError("council", f"{value!r} is the name of several: {shown}", "give one IRI")
    raise _unclear(value, wanted, known)


def _by_code(gss: str) -> str:
    if gss not in councils():
        near = nearest(gss, {code: code for code in councils()})
        hint = did_you_mean(near, "give the council's name")
        raise QueryError("council", f"the register has no code {gss!r}", hint)
    return mint.council(gss)


def _unclear(value: str, wanted: str, known: Mapping[str, str]) -> QueryError:
    fitting = [
        council
        for council in councils().values()
        if wanted and re.search(rf"\b{re.escape(wanted)}\b", fold(council.name))
    ]
    if fitting:
        fitting.sort(key=lambda council: (len(council.name), council.gss))
        shown = "; ".join(_shown(council) for council in fitting[:6])
        return QueryError(
            "council", f"{value!r} may mean several councils: {shown}", "give one code or full name"
        )
    registered = (councils()[codes[0]].name for codes in full_names().values())
    near = nearest_names(value, [*registered, *known.values()])
    hint = did_you_mean(near, "give its full name or GSS code")
    return QueryError("council", f"no council is known as {value!r}", hint)


_SHARED = re.compile(r"\b(council|borough|district|county|city|metropolitan|london|of)\b")
"""Words that most names share, which people leave out."""


def nearest_names(wanted: str, names: Iterable[str]) -> list[str]:
    """Up to three of ``names`` that are spelt most like ``wanted``, with or without such words."""
    keys: dict[str, str] = {}
    for name in names:
        keys.setdefault(fold(name), name)
    for key, name in list(keys.items()):
        keys.setdefault(_SHARED.sub("", key).strip(), name)
    return nearest(fold(wanted), keys)


def _shown(council: Council) -> str:
    years = f", until {council.end.isoformat()}" if council.end else ""
    return f"{council.name} ({council.gss}{years})"
