"""A graph checked against the shapes: what is wrong with it, as typed violations.

The shapes are ``shapes.ttl`` (SHACL, https://www.w3.org/TR/shacl/) and pySHACL does the
work, without inference: a graph has to say what it means. Nothing is mended here, and a
graph that breaks a shape is an answer, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node

from ontology.prefixes import PREFIXES

_SHAPES = Path(__file__).with_name("shapes.ttl")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One value, or one lack of a value, that breaks a shape."""

    severity: str
    """``Violation``, ``Warning`` or ``Info``, as in SHACL."""
    shape: str
    """Name of the node shape in ``shapes.ttl``, such as ``Remedy``."""
    focus: str
    """IRI of the node that breaks it."""
    message: str
    """What is wrong and what to look at, in plain English."""
    value: str
    """The offending value; empty when the trouble is that there is none."""


def validate(data: Graph) -> list[Violation]:
    """Return every way in which the graph breaks the shapes, sorted; empty if it conforms.

    Warnings are listed too: they name honest gaps, such as a decision without a date.
    The graph has to hold the nodes that its edges lead to: validate a decision's named
    graph together with nothing else, or the registers with the registers.
    """
    shapes = _shapes()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report graph for these data but {report!r}.")
    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted({_violation(report, result, shapes) for result in results})


def conforms(violations: list[Violation]) -> bool:
    """Say whether nothing among them is graver than a warning."""
    return all(violation.severity != "Violation" for violation in violations)


@cache
def _shapes() -> Graph:
    return Graph().parse(_SHAPES, format="turtle")


def _violation(report: Graph, result: Node, shapes: Graph) -> Violation:
    source = report.value(result, SH.sourceShape)
    # Property shapes are blank nodes: climb to the named shape that holds them.
    while isinstance(source, BNode):
        source = next(shapes.subjects(None, source), None)
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    return Violation(
        severity=str(report.value(result, SH.resultSeverity)).removeprefix(PREFIXES["sh"]),
        shape=str(source).removeprefix(PREFIXES["flsh"]),
        focus=str(report.value(result, SH.focusNode)),
        message=" ".join(messages),
        value=str(report.value(result, SH.value) or ""),
    )
