"""A graph checked against the shapes: what is wrong with it, as typed violations.

The shapes are ``shapes.ttl`` (SHACL, https://www.w3.org/TR/shacl/) and pySHACL does the
work, without inference: a graph has to say what it means. Nothing is mended here, and a
graph that breaks a shape is an answer, not an error.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.prefixes import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SHAPES = Path(__file__).with_name("shapes.ttl")
"""The shapes, in Turtle."""


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


class NotValidated(ValueError):
    """pySHACL could not come to an answer about a graph; says why."""


def validate(data: Graph) -> list[Violation]:
    """Return every way in which the graph breaks the shapes, sorted; empty if it conforms.

    Warnings are listed too: they name honest gaps, such as a decision without a date.
    The graph has to hold the nodes that its edges lead to: validate a decision's named
    graph together with nothing else, or the registers with the registers.
    Raises :class:`NotValidated` when pySHACL cannot answer, as for a blank node or "not a
    number" where sums are to be compared.
    """
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    shapes = _shapes()
    with literals_as_written():
        try:
            _, report, said = pyshacl.validate(data, shacl_graph=shapes, inference="none")
        except (ReportableRuntimeError, ArithmeticError, TypeError) as error:
            raise NotValidated(str(getattr(error, "message", "") or repr(error))) from error
        if not isinstance(report, Graph):
            raise NotValidated(str(said))
        results = report.subjects(RDF.type, SH.ValidationResult)
        return sorted({_violation(report, result, shapes) for result in results})


def conforms(violations: list[Violation]) -> bool:
    """Say whether nothing among them is graver than a warning."""
    return all(violation.severity != "Violation" for violation in violations)


@contextmanager
def literals_as_written() -> Iterator[None]:
    """Keep rdflib from rewriting literals, and silent about each that is ill-typed.

    RDF tells "01" from "1", and a violation has to quote what the graph says.
    """
    import rdflib

    logger = logging.getLogger("rdflib.term")
    before = rdflib.NORMALIZE_LITERALS, logger.disabled
    rdflib.NORMALIZE_LITERALS, logger.disabled = False, True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS, logger.disabled = before


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(SHAPES, format="turtle")


def _violation(report: Graph, result: Node, shapes: Graph) -> Violation:
    from rdflib.namespace import SH
    from rdflib.term import BNode

    source = report.value(result, SH.sourceShape)
    # Property shapes are blank nodes: climb to the named shape that holds them.
    while isinstance(source, BNode):
        source = next(shapes.subjects(None, source), None)
    value = report.value(result, SH.value)
    messages = sorted(str(message) for message in report.objects(result, SH.resultMessage))
    return Violation(
        severity=str(report.value(result, SH.resultSeverity)).removeprefix(PREFIXES["sh"]),
        shape=str(source).removeprefix(PREFIXES["flsh"]),
        focus=str(report.value(result, SH.focusNode)),
        message=" ".join(messages),
        value="" if value is None else str(value),
    )
