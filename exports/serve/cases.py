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

from graph.facts import PROMISED
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.provision import ancestors
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


def concept_key(node: str) -> str:
    """``delay`` for the concept's IRI; a subcategory keeps its category."""
    return sys.intern(node.removeprefix(VOCAB).partition("/")[2])


def cases(kg: KnowledgeGraph) -> tuple[Case, ...]:
    """Every decision, the newest first; those without a date last."""
    return _Reader(kg).read()


_SINGLE = {"outcome": "outcome", "disposition": "disposition"}
_TYPED = {
    "fault": ("hasFinding", "faultType", "faultBy"),
    "injustice": ("hasInjustice", "injusticeType", None),
    "remedy": ("hasRemedy", "remedyType", "owedBy"),
    "reason": ("hasReason", "reasonType", None),
}
"""Dimension to the properties that link its entries, type them and name their authority."""


def _order(tag: Tag) -> tuple[str, str]:
    return tag[0], tag[1] or ""


class _Reader:
    """Reads the store one property at a time and joins here.

    A scan of one property is some twenty times faster than a join of two in the store.
    """

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._tags: dict[str, dict[str, dict[Tag, None]]] = defaultdict(lambda: defaultdict(dict))

    def read(self) -> tuple[Case, ...]:
        references = dict(self._pairs("fl:reference"))
        dates = dict(self._pairs("fl:date"))
        summaries = dict(self._pairs("fl:summary"))
        joint = self._investigations()
        authorities: dict[str, set[str]] = defaultdict(set)
        for node, authority in self._by_graph("against"):
            if key := authority_key(authority):
                authorities[node].add(key)
        self._concepts()
        self._links()
        found = []
        for node, _ in self._pairs("fl:sourceHash"):
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

    def _pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subject and object of every statement with a property, in any graph."""
        query = f"SELECT ?s ?o {{ GRAPH ?g {{ ?s {predicate} ?o }} }}"
        return ((node, value) for node, value in self._kg.select(query))

    def _by_graph(self, term: str) -> Iterator[tuple[str, str]]:
        """Decision and object of a property of its complaint.

        Decisions of one reference share a complaint; their graphs tell them apart.
        """
        query = f"SELECT ?g ?o {{ GRAPH ?g {{ ?s fl:{term} ?o }} }}"
        for graph, value in self._kg.select(query):
            yield mint.described_by(graph), value

    def _tag(self, node: str, dimension: str, key: str, about: str | None = None) -> None:
        self._tags[node][dimension][(key, about)] = None

    def _investigations(self) -> dict[str, str]:
        shared = dict(self._pairs("fl:investigatedIn"))
        return {
            decision: sys.intern(shared[complaint])
            for complaint, decision in self._pairs("fl:decidedBy")
            if complaint in shared
        }

    def _concepts(self) -> None:
        for dimension, term in _SINGLE.items():
            for node, value in self._pairs(f"fl:{term}"):
                self._tag(node, dimension, concept_key(value))
        for term in ("category", "subcategory"):
            for node, value in self._by_graph(term):
                self._tag(node, "category", concept_key(value))
        blamed = self._named("faultBy")
        for dimension, (link, type_, by) in _TYPED.items():
            named = self._named(by) if by else {}
            if dimension == "injustice":
                # an injustice is of the body whose fault caused it
                causes = self._pairs("fl:causedInjustice")
                named = {harm: blamed[finding] for finding, harm in causes if finding in blamed}
            statuses = dict(self._pairs("fl:status")) if dimension == "remedy" else None
            owners = {entry: node for node, entry in self._pairs(f"fl:{link}")}
            for entry, value in self._pairs(f"fl:{type_}"):
                if statuses is None or concept_key(statuses.get(entry, "")) in PROMISED:
                    self._tag(owners[entry], dimension, concept_key(value), named.get(entry))

    def _named(self, term: str) -> dict[str, str]:
        """Entry to the key of its authority; "" for one that its decision does not name.

        An unnamed authority is somebody: what it did is nobody else's.
        """
        return {entry: authority_key(node) or "" for entry, node in self._pairs(f"fl:{term}")}

    def _links(self) -> None:
        for node, value in self._pairs("fl:citesAsSubstantive"):
            path = value.removeprefix(mint.LEGISLATION)
            # a decision that cites section 19(3) is one about section 19 and about the Act
            for step in (path, *ancestors(path)):
                self._tag(node, "provision", sys.intern(step))
        for node, value in self._pairs("fl:citesGuidance"):
            self._tag(node, "guidance", sys.intern(value.removeprefix(f"{mint.ID}guidance/")))
        owners = {entry: node for node, entry in self._pairs("fl:hasInvolvement")}
        for entry, value in self._pairs("fl:body"):
            self._tag(owners[entry], "body", sys.intern(value.removeprefix(f"{mint.ID}body/")))
