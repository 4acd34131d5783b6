"""The ontology held against the OOPS! catalogue of pitfalls.

The catalogue (https://oops.linkeddata.es/catalogue.jsp; Poveda-Villalón and others,
"OOPS! (OntOlogy Pitfall Scanner!)", 2014) is the field's list of what goes wrong in
ontologies. What a query can decide stands as one SPARQL query a pitfall in ``pitfalls/``;
``pitfalls/catalogue.toml`` names all of them and gives the reason for each case that stays.
Nothing is fetched: the catalogue's own web service is not asked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from ontology.prefixes import PREFIXES, prefixed

_HERE = Path(__file__).parent
_FOLDER = _HERE / "pitfalls"
_PREFIXES = {**PREFIXES, "vann": "http://purl.org/vocab/vann/"}
_LONGEST_FIRST = sorted(_PREFIXES.items(), key=lambda item: -len(item[1]))

DOCUMENTS = ("faultlines.ttl", "alignment.ttl")
"""What is looked at, beside this file."""

ANY = "any"
"""Instead of a list of elements: the reason is that of every case of the pitfall."""


@dataclass(frozen=True, slots=True)
class Case:
    """One place where a pitfall was found."""

    element: str
    """Prefixed names: one term, or two with a space between (``fl:cites cito:cites``)."""
    reason: str | None
    """Why it stays; None when nobody has said."""


@dataclass(frozen=True, slots=True)
class Pitfall:
    """One entry of the catalogue, and what was found of it."""

    id: str
    """The catalogue's own: P01 to P41."""
    title: str
    """The catalogue's own."""
    by: str
    """``query``, ``reading`` (by a person) or ``not`` (not looked at)."""
    looks_for: str
    """What the query looks for; for the others, what was found or why nobody looked."""
    cases: tuple[Case, ...] = ()
    """Sorted by element; empty where nothing was found."""
    stale: tuple[str, ...] = ()
    """Elements that have a reason to stay and are no case of it any more."""


def check_pitfalls(
    turtle: Iterable[bytes] | None = None, *, only: Collection[str] | None = None
) -> list[Pitfall]:
    """Every pitfall of the catalogue, in its order, with its cases in an ontology.

    ``turtle`` are the ontology's documents, those of the project when not given; ``only``
    narrows the list to these ids.
    """
    graph = ox.Store()  # answers these queries some fifteen times faster than rdflib does
    for document in _documents() if turtle is None else turtle:
        graph.load(document, format=ox.RdfFormat.TURTLE)
    with (_FOLDER / "catalogue.toml").open("rb") as file:
        catalogue = tomllib.load(file)
    return [
        _checked(graph, entry, catalogue.get("stays", []))
        for entry in catalogue["pitfall"]
        if only is None or entry["id"] in only
    ]


def _documents() -> list[bytes]:
    return [(_HERE / name).read_bytes() for name in DOCUMENTS]


def _checked(graph: ox.Store, entry: Mapping[str, str], stays: list[dict[str, Any]]) -> Pitfall:
    if entry["by"] != "query":
        return Pitfall(entry["id"], entry["title"], entry["by"], entry["found"])
    query = (_FOLDER / f"{entry['id']}.rq").read_text(encoding="utf-8")
    reasons: dict[str, str] = {}
    for one in stays:
        if one["pitfall"] == entry["id"]:
            elements = [ANY] if one["elements"] == ANY else one["elements"]
            reasons |= dict.fromkeys(elements, one["reason"])
    found = _elements(graph, query)
    cases = tuple(Case(element, reasons.get(element, reasons.get(ANY))) for element in found)
    used = {*found, *([ANY] if found else [])}
    return Pitfall(
        id=entry["id"],
        title=entry["title"],
        by=entry["by"],
        looks_for=query.partition("\n")[0].removeprefix("# "),
        cases=cases,
        stale=tuple(sorted(set(reasons) - used)),
    )


def _elements(graph: ox.Store, query: str) -> list[str]:
    rows = graph.query(query, prefixes=_PREFIXES)
    if not isinstance(rows, ox.QuerySolutions):
        raise TypeError("a pitfall's query has to be a SELECT")
    named = (
        [str(getattr(term, "value", term)) for term in row if term is not None] for row in rows
    )
    return sorted({" ".join(prefixed(iri, _LONGEST_FIRST) for iri in iris) for iris in named})
