"""Asking a graph: what a caller means by a query, and its answer.

A query may be given as the name of a question, as a file or as SPARQL itself; all three
end as SPARQL that may neither change the graph nor reach outside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import authority_names
from graph.questions.question import questions
from graph.questions.results import Result
from graph.questions.runner import answer
from ontology.nearest import did_you_mean, nearest


def ask(
    kg: KnowledgeGraph,
    question: str,
    parameters: Mapping[str, str] | None = None,
    *,
    limit: int = 1_000_000,
    timeout: float | None = None,
) -> Result:
    """The answer to a named question, a file of SPARQL or SPARQL, cut after ``limit`` rows.

    With a ``timeout`` in seconds the query runs in a process of its own, which is ended when
    it takes longer. Raises :class:`~graph.errors.QueryError` for a query that cannot be found
    or read, with the place of the mistake, for one that took too long, and for parameters
    that do not fit.
    """
    sparql = to_sparql(kg, question, parameters or {})
    if timeout is not None:
        from graph.questions.runner import QueryRunner

        with QueryRunner(kg.store_path, timeout, limit, workers=1) as runner:
            return runner.query(sparql)
    return answer(kg.store, sparql, limit)


def catalogue() -> Iterator[str]:
    """The named questions as lines of text: name, title, parameters, columns."""
    for question in questions().values():
        yield question.name
        yield f"    {question.title}"
        for parameter in question.parameters:
            need = "" if parameter.required else " (optional)"
            yield f"    --param {parameter.name}=...{need}  {parameter.about}"
        yield f"    answers {', '.join(column.name for column in question.columns)}"


def to_sparql(kg: KnowledgeGraph, question: str, parameters: Mapping[str, str]) -> str:
    """The SPARQL that a question, a file of SPARQL or SPARQL itself comes to."""
    if question in questions():
        asked = questions()[question]
        try:
            return asked.sparql(**parameters)
        except QueryError:
            if not any(
                one.kind == "council" and one.name in parameters for one in asked.parameters
            ):
                raise
            # perhaps a care provider or a school, whose names only the graph knows
            return asked.sparql(authority_names(kg), **parameters)
    if parameters:
        raise QueryError("parameters", "only a named question has them", _list_advice(question))
    return question if any(c in question for c in "{\n") else _from_file(question)


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(name, "the file is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        if " " in name:  # DESCRIBE and a name needs no braces
            return name
        reason = "it is no named question, no readable file and no SPARQL"
        raise QueryError(name, reason, _list_advice(name)) from error


def _list_advice(name: str) -> str:
    near = nearest(name, {known: known for known in questions()}, cutoff=0.5)
    return did_you_mean(near, "faultlines query KG --list shows all")
