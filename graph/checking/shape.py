"""A SHACL shape made ready to judge nodes, and the constraint components it can hold.

Follows SHACL (https://www.w3.org/TR/shacl/), sections 2 and 4, for the components listed in
:data:`COMPONENTS`; :mod:`graph.checking.shapes` refuses any other. ``pyrudof`` was measured
as the maintained alternative (0.3.35): it needs 27 ms to take in another decision's graph
and 6 ms to judge it, against some 30 ms of pySHACL for both, and says neither which named
shape was broken nor pySHACL's message alone. What stands here takes about 1 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from graph.checking.statements import AnyStatements, instances, is_instance
from graph.checking.term import at_least, has_datatype, is_iri, is_less, is_literal, text
from ontology.validate import Violation

Check = Callable[[AnyStatements, str, Sequence[str]], Sequence[str | None]]
"""Graph, focus node and value nodes in; out come the values that offend, None for them all."""


@dataclass(frozen=True, slots=True)
class Path:
    """A predicate, or the same read backwards (``sh:inversePath``)."""

    predicate: str
    inverse: bool

    def values(self, graph: AnyStatements, focus: str) -> Sequence[str]:
        """The value nodes of a focus node."""
        if self.inverse:
            return list(graph.subjects(self.predicate, focus))
        return graph.objects(focus, self.predicate)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape (without path) or a property shape."""

    name: str
    """Name of the node shape that it is, or stands in."""
    path: Path | None
    severity: str
    message: str
    least: int
    """``sh:minCount``, apart from the other checks because it alone fails without a value."""
    checks: tuple[Check, ...]
    properties: tuple[Shape, ...]

    def violations(self, graph: AnyStatements, focus: str) -> Iterator[Violation]:
        """Every way in which the focus node breaks the shape, possibly repeated."""
        values = self.path.values(graph, focus) if self.path else (focus,)
        if len(values) < self.least:
            yield self._violation(focus, None)
        if not values:
            return
        for check in self.checks:
            for value in check(graph, focus, values):
                yield self._violation(focus, value)
        for shape in self.properties:
            for value in values:
                yield from shape.violations(graph, value)

    def _violation(self, focus: str, value: str | None) -> Violation:
        shown = "" if value is None else text(value)
        return Violation(self.severity, self.name, text(focus), self.message, shown)

    def conforms(self, graph: AnyStatements, focus: str) -> bool:
        """Whether the focus node breaks nothing, of whatever severity."""
        return next(self.violations(graph, focus), None) is None


@dataclass(frozen=True, slots=True)
class TargetedShape:
    """A node shape and the nodes that it is about."""

    shape: Shape
    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]

    def focus_nodes(self, graph: AnyStatements) -> Iterator[str]:
        """The nodes to judge, each once."""
        found = chain(
            *(instances(graph, class_) for class_ in self.classes),
            *(graph.subjects_of(predicate) for predicate in self.subjects_of),
            *(graph.objects_of(predicate) for predicate in self.objects_of),
        )
        if len(self.classes) == 1 and not self.subjects_of and not self.objects_of:
            yield from found  # no need to remember what may be one for each decision
            return
        seen: set[str] = set()
        for node in found:
            if node not in seen:
                seen.add(node)
                yield node


def _max_count(most: int, _: AnyStatements, __: str, values: Sequence[str]) -> Sequence[None]:
    return () if len(values) <= most else (None,)


def _each(
    holds: Callable[[str], bool], _: AnyStatements, __: str, values: Sequence[str]
) -> Sequence[str]:
    return [value for value in values if not holds(value)]


def _class(class_: str, graph: AnyStatements, _: str, values: Sequence[str]) -> Sequence[str]:
    return [value for value in values if not is_instance(graph, value, class_)]


def _less_than(
    predicate: str, graph: AnyStatements, focus: str, values: Sequence[str]
) -> Sequence[str]:
    others = graph.objects(focus, predicate)
    return [value for value in values if not all(is_less(value, other) for other in others)]


def _or(
    shapes: Sequence[Shape], graph: AnyStatements, _: str, values: Sequence[str]
) -> Sequence[str]:
    return [v for v in values if not any(shape.conforms(graph, v) for shape in shapes)]


def _not(shape: Shape, graph: AnyStatements, _: str, values: Sequence[str]) -> Sequence[str]:
    return [value for value in values if shape.conforms(graph, value)]


def _pattern(pattern: str) -> Check:
    search = re.compile(pattern).search
    return partial(_each, lambda value: value[0] != "_" and search(text(value)) is not None)


def _min_length(least: int) -> Check:
    return partial(_each, lambda value: value[0] != "_" and len(text(value)) >= least)


def _node_kind(kind: str) -> Check:
    allowed: Mapping[str, Callable[[str], bool]] = {
        "IRI": is_iri,
        "Literal": is_literal,
        "BlankNodeOrIRI": lambda value: not is_literal(value),
    }
    return partial(_each, allowed[kind.rpartition("#")[2]])


COMPONENTS: Mapping[str, Callable[[str], Check]] = {
    "maxCount": lambda given: partial(_max_count, int(text(given))),
    "datatype": lambda given: partial(_each, lambda value: has_datatype(value, given)),
    "class": lambda given: partial(_class, given),
    "nodeKind": lambda given: _node_kind(text(given)),
    "pattern": lambda given: _pattern(text(given)),
    "minLength": lambda given: _min_length(int(text(given))),
    "minInclusive": lambda given: partial(_each, lambda value: at_least(value, given)),
    "lessThan": lambda given: partial(_less_than, given),
}
"""Parameter of SHACL -> from its value, the check. Those that take a list or shapes follow;
``sh:minCount`` is :attr:`Shape.least`."""


def any_of(shapes: Sequence[Shape]) -> Check:
    """``sh:or``: a value conforms to one of the shapes at least."""
    return partial(_or, tuple(shapes))


def none_of(shape: Shape) -> Check:
    """``sh:not``: a value does not conform to the shape."""
    return partial(_not, shape)


def one_of(terms: Sequence[str]) -> Check:
    """``sh:in``: a value is one of the terms."""
    return partial(_each, frozenset(terms).__contains__)
