"""Answers to queries as content: what CONSTRUCT makes, and the rows of a question."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from exports.exporter import ExportError
from exports.queried.answered import Answered
from exports.queried.constructed import Constructed
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import to_sparql
from graph.questions.question import questions

__all__ = ["Answered", "Constructed", "queried"]


def queried(
    kg: KnowledgeGraph, question: str, parameters: Mapping[str, str] | None = None
) -> Answered | Constructed:
    """The answer to a named question, a file of SPARQL or SPARQL; a context manager.

    Raises :class:`~graph.errors.QueryError` for a query that cannot be found or read, and
    :class:`~exports.exporter.ExportError` for an ASK, whose answer is no content, and for a
    SELECT without variables.
    """
    found = kg.store.query(to_sparql(kg, question, parameters or {}))
    if isinstance(found, ox.QuerySolutions):
        if not found.variables:
            raise ExportError("query", "its answer has no columns", "name variables to select")
        return Answered(kg, found, questions().get(question))
    if isinstance(found, ox.QueryTriples):
        return Constructed(kg, found)
    advice = "ask it with faultlines query, or export a SELECT or CONSTRUCT"
    raise ExportError("query", "an ASK has nothing to export, its answer is yes or no", advice)
