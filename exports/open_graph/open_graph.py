"""A knowledge graph opened in Python: what :func:`faultlines.open` gives.

Everything that other modules can do with a graph stands here under one name each, and is
loaded when it is asked for: opening a graph takes the same time whatever it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
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
    from pyvis.network import Network as Drawing
    from rdflib import Dataset

    from exports.open_graph.framed_page import FramedPage
    from exports.open_graph.result_table import ResultTable
    from graph.questions.explained import Explained

MOST = 1_000_000
"""Rows that an answer may have; a longer one is cut and says so."""
SHOWN_AT_ONCE = 5_000
"""Decisions of a graph that a notebook draws totals of unasked; more take seconds to count."""


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A decision of a graph: its IRI there, and the record that was read from it."""

    iri: str
    record: Decision
    graph: KnowledgeGraph | None = field(default=None, repr=False, compare=False)
    """The graph it was read from; a notebook draws the decision while this is open."""

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - IPython's
        from exports.open_graph.framed_page import counts_text

        said = self.record
        listed = {
            "findings": said.findings,
            "injustices": said.injustices,
            "remedies": said.remedies,
            "reasons": said.reasons,
            "citations": said.citations,
        }
        counts = [(name, len(found)) for name, found in listed.items()]
        printer.text("\n".join([self.iri, *counts_text(counts)]))

    def _repr_html_(self) -> str:
        from exports.open_graph.framed_page import framed
        from exports.open_graph.notebook import decision_html

        drawn, graph = "", self.graph
        if graph is not None:
            from exports.page import page
            from exports.scope import Scope

            title = self.record.reference or self.iri
            drawn = framed(lambda: page(graph, Scope(references=(self.iri,))), f"Graph of {title}")
        return drawn + decision_html(self.record)


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
        from exports.open_graph.result_table import ResultTable
        from graph.questions.asking import ask

        known = {name: value for name, value in parameters.items() if value is not None}
        given = {name: str(_day(value)) for name, value in known.items()}
        return ResultTable(ask(self, question, given, limit=MOST), self)

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
        Columns are typed as :mod:`exports.open_graph.frame` says. An answer that had to be cut
        raises :class:`~graph.errors.QueryError`, since a frame cannot say that rows are missing.
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
        return ReadDecision(entries[0].iri, entries[0].decision(), self)

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
        dates or ISO text. See :func:`exports.open_graph.typed_network.typed`. Raises
        :class:`~exports.scope.ScopeError` for a scope that names what is not there.
        """
        from exports.open_graph.typed_network import typed
        from exports.projection import project

        return typed(project(self, _scope(scope), view))

    def to_pyvis(self, view: str = "chain", **scope: Any) -> Drawing:
        """The same decisions as a pyvis Network, to go on with.

        :meth:`page` is what shows a graph well: pyvis's own pages fetch from other hosts. See
        :mod:`exports.open_graph.raw_pyvis`.
        """
        from exports.open_graph.raw_pyvis import pyvis
        from exports.projection import project

        return pyvis(project(self, _scope(scope), view))

    def page(
        self, *, title: str | None = None, limit: int | None = None, **scope: Any
    ) -> FramedPage:
        """The interactive page of the decisions in a scope, which a notebook shows.

        Above ``limit`` items (300 unless told, at most 1,500) it shows totals. The other
        keywords are as in :meth:`networkx`. ``save(path)`` of what it gives writes it as a file.
        """
        from exports.open_graph.framed_page import FramedPage
        from exports.page import LIMIT, page

        wanted = _scope(scope)
        html = page(self, wanted, title=title, limit=LIMIT if limit is None else limit)
        return FramedPage(html, f"<page of {wanted.words(self)}>")

    def rdflib(self) -> Dataset:
        """An rdflib Dataset over the same store: nothing is copied, nothing can be changed.

        Its default graph is the union of all named graphs. Queries are answered by the
        store. See :func:`exports.open_graph.rdflib_dataset.dataset`.
        """
        from exports.open_graph.rdflib_dataset import dataset

        return dataset(self.store)

    def __repr__(self) -> str:
        count = self.manifest.counts.get("decisions", 0)
        return f"<OpenGraph {str(self.folder)!r} of {count:,} decisions>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - IPython's
        from exports.open_graph.framed_page import counts_text

        printer.text("\n".join([repr(self), *counts_text(list(self.manifest.counts.items()))]))

    def _repr_html_(self) -> str:
        from exports.open_graph.framed_page import framed
        from exports.open_graph.notebook import graph_html
        from exports.page import page

        drawn = ""
        if self.manifest.counts.get("decisions", 0) <= SHOWN_AT_ONCE:
            drawn = framed(lambda: page(self), f"Graph in {self.folder}")
        return drawn + graph_html(str(self.folder), self.manifest)


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
