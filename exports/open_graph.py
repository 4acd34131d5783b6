"""A knowledge graph opened in Python: what :func:`faultlines.open` gives.

Everything that other modules can do with a graph stands here under one name each, and is
loaded when it is asked for: opening a graph takes the same time whatever it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, cast, overload

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from ontology.model import Decision

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl
    from rdflib import Dataset

    from exports.result_table import ResultTable
    from graph.questions.explained import Explained

MOST = 1_000_000
"""Rows that an answer may have; a longer one is cut and says so."""


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A decision of a graph: its IRI there, and the record that was read from it."""

    iri: str
    record: Decision

    def _repr_html_(self) -> str:
        from exports.notebook import decision_html

        return decision_html(self.record)


class OpenGraph(KnowledgeGraph):
    """A built graph, open for reading; a context manager. Opened with :meth:`open`."""

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open the graph in ``folder``.

        Raises :class:`~graph.errors.StoreError` when there is none.
        """
        return cast("Self", super().open(folder))

    def ask(self, question: str, /, **parameters: object) -> ResultTable:
        """The answer to a named question, a file of SPARQL or SPARQL itself.

        ``parameters`` are those of the named question: ``council="Tarnbeck"``,
        ``since=date(2021, 1, 1)``. Raises :class:`~graph.errors.QueryError`.
        """
        from exports.result_table import ResultTable
        from graph.questions.asking import ask

        known = {name: value for name, value in parameters.items() if value is not None}
        given = {name: str(_day(value)) for name, value in known.items()}
        return ResultTable(ask(self, question, given, limit=MOST))

    def questions(self) -> Mapping[str, str]:
        """The named questions: name to what each answers."""
        from graph.questions.question import questions

        return {name: question.answers for name, question in questions().items()}

    @overload
    def dataframe(
        self,
        question: str,
        /,
        *,
        engine: Literal["pandas"],
        short: bool = ...,
        **parameters: object,
    ) -> pd.DataFrame: ...
    @overload
    def dataframe(
        self,
        question: str,
        /,
        *,
        engine: Literal["polars"],
        short: bool = ...,
        **parameters: object,
    ) -> pl.DataFrame: ...
    @overload
    def dataframe(
        self,
        question: str,
        /,
        *,
        engine: str | None = ...,
        short: bool = ...,
        **parameters: object,
    ) -> Any: ...
    def dataframe(
        self,
        question: str,
        /,
        *,
        engine: str | None = None,
        short: bool = False,
        **parameters: object,
    ) -> Any:
        """The same answer as a data frame of pandas, or of polars when only that is installed.

        ``engine`` chooses between the two; ``short`` writes IRIs with the usual prefixes.
        Columns are typed as :mod:`exports.frame` says. An answer that had to be cut raises
        :class:`~graph.errors.QueryError`, since a frame cannot say that rows are missing.
        """
        return self.ask(question, **parameters).dataframe(engine=engine, short=short)

    def decision(self, reference: str) -> ReadDecision:
        """The decision of a reference (``"22 900 014"``) or of an IRI.

        Raises :class:`~graph.errors.QueryError` when there is none, and when the reference
        has a document for each of several bodies: then the IRI says which.
        """
        entry = self.ledger.entry(reference)
        entries = [entry] if entry else self.decisions(reference)
        if len(entries) > 1:
            iris = " or ".join(entry.iri for entry in entries)
            raise QueryError(reference, f"{len(entries)} decisions have it", f"give {iris}")
        if not entries:
            from graph.questions.thing_name import unknown_reference

            raise unknown_reference(self, reference)
        return ReadDecision(entries[0].iri, entries[0].decision())

    def explain(self, thing: str, *, limit: int | None = None) -> Explained:
        """The statements about a thing and what each rests on, as ``faultlines explain`` has it.

        ``limit`` cuts what decisions say about a thing that they share. Raises
        :class:`~graph.errors.QueryError` when the graph does not know the thing.
        """
        from graph.questions.explanation import explain

        return explain(self, thing, limit=limit)

    def networkx(self, view: str = "full", **scope: Any) -> nx.MultiDiGraph[str]:
        """The graph, or the decisions in a scope, as a typed networkx MultiDiGraph.

        ``view`` is one of :data:`exports.projection.VIEWS`; the other keywords are the
        fields of :class:`exports.scope.Scope`, such as ``council="Tarnbeck"``, days as
        dates or ISO text. See :func:`exports.typed_network.typed`. Raises
        :class:`~exports.scope.ScopeError` for a scope that names what is not there.
        """
        from exports.projection import project
        from exports.typed_network import typed

        return typed(project(self, _scope(scope), view))

    def rdflib(self) -> Dataset:
        """An rdflib Dataset over the same store: nothing is copied, nothing can be changed.

        Its default graph is the union of all named graphs. Queries are answered by the
        store. See :func:`exports.rdflib_dataset.dataset`.
        """
        from exports.rdflib_dataset import dataset

        return dataset(self.store)

    def __repr__(self) -> str:
        count = self.manifest.counts.get("decisions", 0)
        return f"<OpenGraph {str(self.folder)!r} of {count:,} decisions>"

    def _repr_html_(self) -> str:
        from exports.notebook import graph_html

        return graph_html(str(self.folder), self.manifest)


def _day(value: object) -> object:
    """The day of a time, as pandas gives days; anything else as it is."""
    return value.date() if isinstance(value, datetime) else value


def _scope(given: Mapping[str, Any]) -> Any:
    """The scope that keywords mean; days and references may be given as text."""
    from exports.scope import Scope, ScopeError

    known = [field.name for field in fields(Scope)]
    made = dict(given)
    for name, value in given.items():
        if name not in known:
            raise ScopeError(f"{name}=", "a scope has no such field", f"use {', '.join(known)}")
        made[name] = _day(value)
        if name in ("since", "until") and isinstance(value, str):
            try:
                made[name] = date.fromisoformat(value)
            except ValueError as error:
                reason = f"{value!r} is no day"
                raise ScopeError(f"{name}=", reason, "write it as 2024-01-31") from error
    references = made.get("references", ())
    made["references"] = (references,) if isinstance(references, str) else tuple(references)
    return Scope(**made)
