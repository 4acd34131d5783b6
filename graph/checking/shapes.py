"""The shapes of ``ontology/shapes.ttl``, read for the fast checker.

The file is the one source: what it says is checked and nothing else, and what this reader
does not know in it is an error (:class:`UnknownShape`), never passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from graph.checking.shape import (
    COMPONENTS,
    Check,
    Path,
    Shape,
    TargetedShape,
    any_of,
    none_of,
    one_of,
)
from graph.checking.statements import Statements
from graph.checking.term import is_iri, text
from graph.triples.ntriples import TYPE
from ontology.prefixes import PREFIXES
from ontology.validate import SHAPES

_SH = PREFIXES["sh"]
_FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
_REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
_NIL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_ABOUT = ("path", "severity", "message", "property", "minCount", *_TARGETS)
_HEADER = ("declare", "prefix", "namespace")
"""What the file says of itself, for SPARQL constraints, of which it has none."""


class UnknownShape(ValueError):
    """The shapes say something that the fast checker cannot check: what, and where."""


@cache
def shapes() -> tuple[TargetedShape, ...]:
    """Every node shape of the file, by name.

    Raises :class:`UnknownShape` for anything in it that is not known here.
    """
    return read_shapes(SHAPES.read_bytes())


def read_shapes(turtle: bytes) -> tuple[TargetedShape, ...]:
    """Every node shape of a Turtle document, by name; raises :class:`UnknownShape`."""
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    reader = _Reader(
        Statements((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    )
    return tuple(reader.shapes())


def _not_understood(shape: str, term: str, given: str) -> UnknownShape:
    return UnknownShape(
        f"The shape {shape} gives sh:{term} the value {given}, which is not understood."
    )


def _sh(name: str) -> str:
    return f"<{_SH}{name}>"


class _Reader:
    """Walks from each node shape to everything that belongs to it."""

    def __init__(self, source: Statements) -> None:
        self._source = source
        self._seen: set[str] = set()

    def shapes(self) -> Iterator[TargetedShape]:
        for node in sorted(self._source.subjects(TYPE, _sh("NodeShape"))):
            classes, subjects, objects = (
                tuple(sorted(self._source.objects(node, _sh(name)))) for name in _TARGETS
            )
            name = text(node).removeprefix(PREFIXES["flsh"])
            yield TargetedShape(self._shape(node, name, "Violation"), classes, subjects, objects)
        self._refuse_the_rest()

    def _shape(self, node: str, name: str, severity: str, *, inner: bool = False) -> Shape:
        self._seen.add(node)
        path = self._path(node, name)
        checks = tuple(self._checks(node, name))
        message = self._one(node, "message", name)
        least = self._least(node, name)
        if (checks or least) and message is None and not inner:
            raise UnknownShape(f"A constraint of the shape {name} has no sh:message; give it one.")
        given = self._one(node, "severity", name)
        return Shape(
            name=name,
            path=path,
            severity=text(given).removeprefix(_SH) if given else severity,
            message=text(message) if message else "",
            least=least,
            checks=checks,
            properties=tuple(
                self._shape(one, name, severity, inner=inner)
                for one in self._source.objects(node, _sh("property"))
            ),
        )

    def _path(self, node: str, name: str) -> Path | None:
        given = self._one(node, "path", name)
        if given is None or is_iri(given):
            return Path(given, inverse=False) if given else None
        self._seen.add(given)
        back = self._one(given, "inversePath", name)
        if back is None or not is_iri(back) or len(self._source.predicates(given)) > 1:
            raise UnknownShape(
                f"A path of the shape {name} is neither a property nor its inverse; "
                "write it so, or teach graph/checking/shape.py that kind of path."
            )
        return Path(back, inverse=True)

    def _least(self, node: str, name: str) -> int:
        given = self._one(node, "minCount", name)
        try:
            return int(text(given)) if given else 0
        except ValueError as error:
            raise _not_understood(name, "minCount", str(given)) from error

    def _checks(self, node: str, name: str) -> Iterator[Check]:
        for predicate in self._source.predicates(node):
            term = text(predicate).removeprefix(_SH)
            if predicate == TYPE or term in _ABOUT:
                continue
            for given in self._source.objects(node, predicate):
                if term == "in":
                    yield one_of(self._list(given))
                elif term == "or":
                    yield any_of([self._inner(one, name) for one in self._list(given)])
                elif term == "not":
                    yield none_of(self._inner(given, name))
                elif term in COMPONENTS:
                    yield self._component(term, given, name)
                else:
                    raise UnknownShape(
                        f"The shape {name} uses {text(predicate)}, which the fast checker does "
                        "not know; add the component to graph/checking/shape.py."
                    )

    def _component(self, term: str, given: str, name: str) -> Check:
        try:
            return COMPONENTS[term](given)
        except (ValueError, KeyError) as error:
            raise _not_understood(name, term, given) from error

    def _inner(self, node: str, name: str) -> Shape:
        """A shape that only decides whether something conforms; its results are not told."""
        return self._shape(node, name, "Violation", inner=True)

    def _one(self, node: str, term: str, name: str) -> str | None:
        found = self._source.objects(node, _sh(term))
        if len(found) > 1:
            raise UnknownShape(f"The shape {name} has several sh:{term}; keep one.")
        return found[0] if found else None

    def _list(self, head: str) -> list[str]:
        found = []
        while head != _NIL:
            found.append(self._source.objects(head, _FIRST)[0])
            head = self._source.objects(head, _REST)[0]
        return found

    def _refuse_the_rest(self) -> None:
        for subject, predicate, _ in self._source:
            term = text(predicate)
            if not term.startswith(_SH) or term.removeprefix(_SH) in _HEADER:
                continue
            if subject not in self._seen:
                raise UnknownShape(
                    f"{text(subject)} has {term} and belongs to no sh:NodeShape; type it so."
                )
