"""What is exported, whatever it comes from: statements for RDF, nodes and edges for the rest.

Three things can be exported: the decisions of a scope (:mod:`exports.selection`), the
statements of a SPARQL CONSTRUCT (:mod:`exports.queried.constructed`) and the rows of a
named question or a SELECT (:mod:`exports.queried.answered`). Each is content, so every format
can carry every one of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from exports.network import Edge, Node, Scalar


@dataclass(frozen=True, slots=True)
class Schema:
    """Which attributes there may be, known before the first node is read."""

    types: Mapping[str, type]
    """Attribute to its one type in all formats: str, int, float, bool or
    :class:`datetime.date` (whose values are ISO 8601 text)."""
    nodes: Mapping[str, tuple[str, ...]]
    """Kind of node to the attributes it may have, sorted."""
    edges: Mapping[str, tuple[str, ...]]
    """Kind of edge to the attributes it may have, sorted."""


@dataclass(slots=True)
class Portion:
    """Some nodes and edges that belong together: one decision's, or those that many share."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    """An edge may lead to nodes of another portion."""
    owner: str = ""
    """IRI of the decision; no other portion speaks of the nodes whose IRI begins with it and
    a ``/``. Empty for what is shared."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: type
    """str, int, float, bool or :class:`datetime.date` (whose cells are ISO 8601 text)."""
    about: str = ""
    """What it holds, in words."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns; a cell is a scalar, or None where there is no value."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Scalar | None, ...]]


NamedGraph = tuple[str, Iterable[bytes]]
"""IRI of a named graph (empty for the default graph) and its statements: N-Triples, a line
each with its line feed, sorted as bytes, none twice."""


class Content(ABC):
    """What is exported. Everything can be read more than once, and comes in the same order."""

    title: str
    """What it is, as a phrase: ``decisions about Tarnbeck``."""
    weighs: str = ""
    """What the ``weight`` of an edge counts, in words for one; empty where nobody says."""

    @property
    @abstractmethod
    def schema(self) -> Schema:
        """The attributes of :meth:`portions`."""

    @abstractmethod
    def graphs(self) -> Iterator[NamedGraph]:
        """The statements, named graph after named graph; memory holds one of them at most."""

    @abstractmethod
    def portions(self) -> Iterator[Portion]:
        """The nodes and edges, portion by portion; an edge's ends may come before or after it."""

    def table(self) -> Table | None:
        """The content as one table, where that is its nature; None for nodes and edges."""
        return None
