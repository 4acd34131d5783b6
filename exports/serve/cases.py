"""Every decision of a graph as one small value, for counting without asking the store again.

The pages count decisions by council, fault, year and more, each count narrowed by the
others. That is a matter of milliseconds over values in memory and of seconds as SPARQL
joins, so the store is read once, one pattern at a time.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import QuerySolutions

from graph.knowledge_graph import KnowledgeGraph
from graph.provision import ancestors
from ontology import iri as mint
from ontology.prefixes import VOCAB

Tag = tuple[str, str | None]
"""A key of a dimension, and the key of the authority it is about; None for all of them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One decision as the pages count it."""

    path: str
    """Its IRI after ``.../id/decision/``, which is also its address here."""
    reference: str | None
    title: str
    date: str | None
    summary: str
    investigation: str
    """Shared by decisions of one joint investigation, which count once."""
    authorities: tuple[str, ...]
    """Keys of the councils and other authorities complained about."""
    tags: Mapping[str, tuple[Tag, ...]]
    """Dimension to what the decision holds of it; see :mod:`exports.serve.dimensions`."""

    def first(self, dimension: str) -> str | None:
        """The first key of a dimension that a decision has at most one of."""
        found = self.tags.get(dimension)
        return found[0][0] if found else None

    def keys(self, dimension: str, authority: str | None = None) -> Iterator[str]:
        """The distinct keys of a dimension, of one authority when it is given."""
        seen = set()
        for key, about in self.tags.get(dimension, ()):
            if key not in seen and (authority is None or about is None or about == authority):
                seen.add(key)
                yield key


def authority_key(node: str) -> str | None:
    """The key of an authority's IRI; None for one that its decision does not name."""
    for base in (f"{mint.ID}council/", f"{mint.ID}authority/"):
        if node.startswith(base):
            return sys.intern(node.removeprefix(base))
    return None


def text_rows(kg: KnowledgeGraph, sparql: str) -> Iterator[tuple[str, ...]]:
    """Rows of a SELECT of our own: IRIs and the characters of literals, "" where unbound."""
    found = kg.query(sparql)
    if isinstance(found, QuerySolutions):
        for solution in found:
            yield tuple(str(getattr(term, "value", "")) for term in solution)


def concept_key(node: str) -> str:
    """``delay`` for the concept's IRI; a subcategory keeps its category."""
    return sys.intern(node.removeprefix(VOCAB).partition("/")[2])


def cases(kg: KnowledgeGraph) -> tuple[Case, ...]:
    """Every decision, the newest first; those without a date last."""
    return _Reader(kg).read()


_SINGLE = {"outcome": "outcome", "disposition": "disposition"}
_TYPED = {
    "fault": "hasFinding ?t . ?t fl:faultType ?v OPTIONAL { ?t fl:faultBy ?a }",
    "injustice": "hasInjustice ?t . ?t fl:injusticeType ?v "
    "OPTIONAL { ?f fl:causedInjustice ?t ; fl:faultBy ?a }",
    "remedy": "hasRemedy ?t . ?t fl:remedyType ?v ; fl:status ?s OPTIONAL { ?t fl:owedBy ?a } "
    "FILTER (?s IN (remedystatus:agreed, remedystatus:recommended))",
    "reason": "hasReason ?t . ?t fl:reasonType ?v",
}
"""Dimension to the pattern after ``?d fl:`` that gives its concepts and their authority."""


def _order(tag: Tag) -> tuple[str, str]:
    return tag[0], tag[1] or ""


class _Reader:
    """Reads the store pattern by pattern into dictionaries keyed by decision IRI."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._tags: dict[str, dict[str, dict[Tag, None]]] = defaultdict(lambda: defaultdict(dict))

    def read(self) -> tuple[Case, ...]:
        references = dict(self._pairs("fl:reference"))
        dates = dict(self._pairs("fl:date"))
        titles = dict(self._pairs("rdfs:label"))
        summaries = dict(self._pairs("fl:summary"))
        joint = self._investigations()
        authorities = self._authorities()
        self._concepts()
        self._links()
        found = []
        for (node,) in self._rows("SELECT DISTINCT ?d { ?d a fl:Decision }"):
            year = dates.get(node, "")[:4]
            if year:
                self._tag(node, "year", sys.intern(year))
            keys = tuple(sorted(authorities.get(node, ())))
            for key in keys:
                self._tag(node, "council", key, key)
            found.append(
                Case(
                    path=node.removeprefix(f"{mint.ID}decision/"),
                    reference=references.get(node),
                    title=titles.get(node, ""),
                    date=dates.get(node),
                    summary=summaries.get(node, ""),
                    investigation=joint.get(node, node),
                    authorities=keys,
                    tags={n: tuple(sorted(t, key=_order)) for n, t in self._tags[node].items()},
                )
            )
        found.sort(key=lambda case: case.path)
        found.sort(key=lambda case: case.date or "", reverse=True)
        return tuple(found)

    def _rows(self, sparql: str) -> Iterator[tuple[str, ...]]:
        return text_rows(self._kg, sparql)

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        # within the decision's graph: other graphs may speak of it, and this is as fast
        query = f"SELECT ?d ?v {{ ?d a fl:Decision . ?d {predicate} ?v }}"
        return ((node, value) for node, value in self._rows(query))

    def _tag(self, node: str, dimension: str, key: str, about: str | None = None) -> None:
        self._tags[node][dimension][(key, about)] = None

    def _investigations(self) -> dict[str, str]:
        query = "SELECT ?d ?i { ?c fl:decidedBy ?d . ?c fl:investigatedIn ?i }"
        return {node: sys.intern(shared) for node, shared in self._rows(query)}

    def _authorities(self) -> dict[str, set[str]]:
        # decisions of one reference share a complaint; their graphs tell the bodies apart
        query = "SELECT ?d ?a { GRAPH ?g { ?c fl:decidedBy ?d . ?c fl:against ?a } }"
        found: dict[str, set[str]] = defaultdict(set)
        for node, authority in self._rows(query):
            key = authority_key(authority)
            if key:
                found[node].add(key)
        return found

    def _concepts(self) -> None:
        for dimension, term in _SINGLE.items():
            for node, value in self._pairs(f"fl:{term}"):
                self._tag(node, dimension, concept_key(value))
        for dimension, pattern in _TYPED.items():
            authority = " ?a" if "?a" in pattern else ""
            for node, value, *rest in self._rows(f"SELECT ?d ?v{authority} {{ ?d fl:{pattern} }}"):
                # an unnamed authority is somebody: what it did is nobody else's
                about = (authority_key(rest[0]) or "") if rest and rest[0] else None
                self._tag(node, dimension, concept_key(value), about)
        for term in ("category", "subcategory"):
            query = f"SELECT ?d ?v {{ GRAPH ?g {{ ?c fl:decidedBy ?d . ?c fl:{term} ?v }} }}"
            for node, value in self._rows(query):
                self._tag(node, "category", concept_key(value))

    def _links(self) -> None:
        for node, value in self._rows("SELECT ?d ?v { ?d fl:citesAsSubstantive ?v }"):
            path = value.removeprefix(mint.LEGISLATION)
            # a decision that cites section 19(3) is one about section 19 and about the Act
            for step in (path, *ancestors(path)):
                self._tag(node, "provision", sys.intern(step))
        for node, value in self._rows("SELECT ?d ?v { ?d fl:citesGuidance ?v }"):
            self._tag(node, "guidance", sys.intern(value.removeprefix(f"{mint.ID}guidance/")))
        query = "SELECT ?d ?v { ?d fl:hasInvolvement ?t . ?t fl:body ?v }"
        for node, value in self._rows(query):
            self._tag(node, "body", sys.intern(value.removeprefix(f"{mint.ID}body/")))
