"""The fast checker: a graph's nodes held against the shapes, without rdflib.

Gives the same violations as :func:`ontology.validate.validate` does through pySHACL; the
tests hold the two together, and ``faultlines check`` compares them on a sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.checking.shape import TargetedShape
from graph.checking.shapes import shapes
from graph.checking.statements import AnyStatements
from ontology.validate import Violation


def violations(
    graph: AnyStatements, wanted: Iterable[TargetedShape] | None = None
) -> list[Violation]:
    """Every way in which a graph breaks the shapes, sorted; empty if it conforms.

    ``wanted`` are the shapes, those of the ontology unless given.
    """
    return sorted(stream(graph, wanted))


def stream(
    graph: AnyStatements, wanted: Iterable[TargetedShape] | None = None
) -> Iterator[Violation]:
    """The same as they are found, for a graph too large to hold."""
    for targeted in shapes() if wanted is None else wanted:
        shape = targeted.shape
        for node in targeted.focus_nodes(graph):
            yield from dict.fromkeys(shape.violations(graph, node))
