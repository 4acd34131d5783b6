"""The statements of one named graph, to be asked for values, classes and back again.

Two forms answer the same questions: :class:`Statements` holds a small graph (a decision) as
text, :class:`StoredStatements` asks the store each time, for graphs that grow with the
corpus. Terms are strings, see :mod:`graph.checking.term`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from graph.checking.term import datatype, rdflib_term, text
from graph.triples.ntriples import TYPE

if TYPE_CHECKING:
    from rdflib import Graph

SUBCLASS_OF = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


class AnyStatements(Protocol):
    """What a checker asks of a graph."""

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Values of a predicate, each once."""

    def subjects(self, predicate: str, value: str) -> Iterable[str]:
        """What has that value, each once."""

    def subjects_of(self, predicate: str) -> Iterable[str]:
        """Every subject of the predicate, possibly repeated."""

    def objects_of(self, predicate: str) -> Iterable[str]:
        """Every value of the predicate, possibly repeated."""


class Statements:
    """A graph in memory."""

    def __init__(self, triples: Iterable[Sequence[str]]) -> None:
        self._by_subject: dict[str, dict[str, list[str]]] = {}
        self._by_object: dict[str, dict[str, list[str]]] = {}
        by_subject = self._by_subject
        for subject, predicate, object_ in triples:
            about = by_subject.get(subject)
            if about is None:
                about = by_subject[subject] = {}
            values = about.get(predicate)
            if values is None:
                about[predicate] = [object_]
            elif object_ not in values:
                values.append(object_)

    @classmethod
    def parse(cls, ntriples: bytes) -> Statements:
        """A graph from N-Triples as Oxigraph writes them: one space between terms."""
        # every line ends in " ." and a line feed, which no literal holds unescaped
        lines = ntriples.decode("utf-8").split(" .\n")
        return cls(line.split(" ", 2) for line in lines if line)

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Values of a predicate, each once."""
        about = self._by_subject.get(subject)
        return about.get(predicate, ()) if about else ()

    def subjects(self, predicate: str, value: str) -> Sequence[str]:
        """What has that value, each once."""
        holders = self._by_object.get(predicate)
        if holders is None:
            holders = self._by_object[predicate] = {}
            for subject, about in self._by_subject.items():
                for one in about.get(predicate, ()):
                    holders.setdefault(one, []).append(subject)
        return holders.get(value, ())

    def subjects_of(self, predicate: str) -> Iterator[str]:
        """Every subject of the predicate."""
        return (subject for subject, about in self._by_subject.items() if predicate in about)

    def objects_of(self, predicate: str) -> Iterator[str]:
        """Every value of the predicate, possibly repeated."""
        for about in self._by_subject.values():
            yield from about.get(predicate, ())

    def predicates(self, subject: str) -> Sequence[str]:
        """What is said about a subject."""
        return tuple(self._by_subject.get(subject, ()))

    def holders(self, value: str) -> Sequence[str]:
        """Every subject with that value, whatever the predicate, sorted."""
        return sorted(
            subject
            for subject, about in self._by_subject.items()
            if any(value in values for values in about.values())
        )

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        for subject, about in self._by_subject.items():
            for predicate, values in about.items():
                for value in values:
                    yield subject, predicate, value

    def __bool__(self) -> bool:
        return bool(self._by_subject)

    def rdflib_graph(self) -> Graph:
        """The same graph for rdflib, lexical forms untouched."""
        from rdflib import Graph

        graph = Graph()
        for triple in self:
            graph.add(tuple(map(rdflib_term, triple)))  # type: ignore[arg-type]
        return graph


class StoredStatements:
    """A named graph in the store, asked pattern by pattern."""

    def __init__(self, store: ox.Store, graph: str) -> None:
        self._store = store
        self._graph = ox.NamedNode(graph)

    def objects(self, subject: str, predicate: str) -> Sequence[str]:
        """Values of a predicate, each once."""
        return [str(quad.object) for quad in self._quads(subject, predicate, None)]

    def subjects(self, predicate: str, value: str) -> Iterator[str]:
        """What has that value, each once, as it is read: there may be one for each decision."""
        return (str(quad.subject) for quad in self._quads(None, predicate, value))

    def subjects_of(self, predicate: str) -> Iterator[str]:
        """Every subject of the predicate, repeated for each of its values."""
        return (str(quad.subject) for quad in self._quads(None, predicate, None))

    def objects_of(self, predicate: str) -> Iterator[str]:
        """Every value of the predicate, possibly repeated."""
        return (str(quad.object) for quad in self._quads(None, predicate, None))

    def _quads(self, subject: str | None, predicate: str, object_: str | None) -> Iterable[ox.Quad]:
        if subject is not None and subject[0] == '"':
            return ()
        return self._store.quads_for_pattern(
            None if subject is None else _oxigraph_term(subject),  # type: ignore[arg-type]
            ox.NamedNode(predicate[1:-1]),
            None if object_ is None else _oxigraph_term(object_),
            self._graph,
        )


def _oxigraph_term(term: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if term[0] == "<":
        return ox.NamedNode(term[1:-1])
    if term[0] == "_":
        return ox.BlankNode(term[2:])
    kind = datatype(term)
    if kind is None:
        return ox.Literal(text(term), language=term.rpartition("@")[2])
    return ox.Literal(text(term), datatype=ox.NamedNode(kind[1:-1]))


def instances(graph: AnyStatements, class_: str) -> Iterator[str]:
    """Nodes of a class or of a class below it (SHACL, section 1.1), each once."""
    below = _closure(class_, lambda one: graph.subjects(SUBCLASS_OF, one))
    if not below:
        yield from graph.subjects(TYPE, class_)
        return
    found = (node for one in (class_, *below) for node in graph.subjects(TYPE, one))
    yield from dict.fromkeys(found)


def is_instance(graph: AnyStatements, node: str, class_: str) -> bool:
    """Whether a node is of a class or of a class below it; never a literal."""
    if node[0] == '"':
        return False
    types = graph.objects(node, TYPE)
    return class_ in types or any(
        class_ in _closure(type_, lambda one: graph.objects(one, SUBCLASS_OF)) for type_ in types
    )


def _closure(start: str, step: _Step) -> list[str]:
    """Everything that leads on from ``start``, without it."""
    found: list[str] = []
    left = [start]
    while left:
        for one in step(left.pop()):
            if one not in found and one != start:
                found.append(one)
                left.append(one)
    return found


class _Step(Protocol):
    def __call__(self, one: str, /) -> Iterable[str]: ...
