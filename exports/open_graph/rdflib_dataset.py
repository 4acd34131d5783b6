"""The graph as an rdflib Dataset over the same store: nothing is copied, nothing can change.

The package oxrdflib turns rdflib's terms into Oxigraph's and back, and hands queries to
Oxigraph whole. Two things are added here. Whatever would change the store raises
:class:`~graph.errors.StoreError`, since a knowledge graph is changed by builds alone. And
a query may not reach outside, as everywhere else in this project: without that, Oxigraph
would follow ``SERVICE`` to any address.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from itertools import groupby
from typing import Any, NoReturn, TypeAlias

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, URIRef

from graph.errors import QueryError, StoreError
from graph.query_check import check
from graph.store import Store
from ontology.prefixes import PREFIXES

_Triple: TypeAlias = tuple[Any, Any, Any]
"""A triple of rdflib terms, or a pattern of one with None for anything."""


def dataset(store: Store) -> Dataset:
    """An rdflib Dataset over ``store``, with the usual prefixes bound.

    Its default graph is the union of all named graphs, as it is for
    :meth:`graph.store.Store.query`. It stays usable as long as it is referred to, also
    after the knowledge graph was closed.
    """
    made = Dataset(store=_ReadOnlyStore(store), default_union=True)
    made.namespace_manager = NamespaceManager(made, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)
    return made


def _refuse(*_: object, **__: object) -> NoReturn:
    """What rdflib calls to change a store, or to put another in its place."""
    raise StoreError(
        "rdflib",
        "a knowledge graph can be read, not changed, through rdflib",
        "copy what you need into an rdflib Graph of your own; faultlines build adds decisions",
    )


class _Readable:
    """An Oxigraph store without its loaders, which oxrdflib's own parsers call directly."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    load = bulk_load = _refuse

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class _ReadOnlyStore(OxigraphStore):
    """The store that rdflib sees: it answers, and refuses to be changed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store=_Readable(store.raw))  # type: ignore[arg-type]
        self._names = store.names

    def triples(
        self, triple_pattern: _Triple, context: Graph | None = None
    ) -> Iterator[tuple[_Triple, Iterator[Graph | None]]]:
        """Each triple once, with all graphs it stands in: a union is a set (RDF 1.1, 3.1).

        Where something is fixed, Oxigraph's index puts the copies of a triple side by side;
        where nothing is, the predicates are taken one by one.
        """
        if context is None and triple_pattern == (None, None, None):
            found: Any = self._inner.query(
                "SELECT DISTINCT ?p WHERE { ?s ?p ?o }", use_default_graph_as_union=True
            )
            for predicate in sorted(solution[0].value for solution in found):
                yield from self.triples((None, URIRef(predicate), None))
            return
        each = super().triples(triple_pattern, context)
        for triple, copies in groupby(each, key=lambda one: one[0]):
            yield triple, iter([graph for _, graphs in copies for graph in graphs])

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803 - the names are rdflib's
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Answer by Oxigraph; a query that rdflib has prepared is asked in its own words.

        Raises :class:`~graph.errors.QueryError` for one that cannot be read or goes outside.
        """
        if isinstance(query, Query):
            query, prepared_names = _words(query)
            initNs = {**initNs, **prepared_names}  # noqa: N806
        if check(query, self._names).dataset:
            queryGraph = ""  # noqa: N806 - the union would be asked in place of what FROM names
        try:
            return super().query(query, initNs, initBindings, queryGraph, **kwargs)
        except (SyntaxError, ValueError) as error:
            advice = "mend it at the place named; the usual prefixes need no declaration"
            reason = f"it cannot be read as SPARQL 1.1 ({error})"
            raise QueryError("query", reason, advice) from error
        except (OSError, RuntimeError) as error:
            advice = "narrow it; a variable in initBindings must be one that the query selects"
            reason = f"it could not be answered ({error})"
            raise QueryError("query", reason, advice) from error

    def contexts(self, triple: _Triple | None = None) -> Generator[Graph, None, None]:
        """The named graphs, or those that hold a triple."""
        yield from super().contexts(triple)

    def add_graph(self, graph: Graph) -> None:
        """Nothing for a graph that is there: rdflib calls this to look at one."""
        name = str(graph.identifier)
        if graph.identifier != DATASET_DEFAULT_GRAPH_ID and name not in self._names:
            reason = "there is no such named graph, and none can be added here"
            raise StoreError(name, reason, "take one of Dataset.graphs()")

    add = addN = remove = remove_graph = update = open = destroy = _refuse  # noqa: N815


def _words(query: Query) -> tuple[str, Mapping[str, str]]:
    """The words that a query was prepared from, and the prefixes given with them."""
    words, names, base = getattr(query, "_original_args", ("", {}, None))
    if not words or base:
        reason = "it is an algebra without words, or has a base beside them"
        raise QueryError("query", reason, "give the query as text")
    return words, names or {}
