"""The triple store: Oxigraph on disk, through pyoxigraph.

It is opened, filled and queried here alone; what reads it pattern by pattern takes
:attr:`Store.raw`. Queries see the union of all named graphs by default, because a reader of
the graph asks across decisions; naming a graph (``GRAPH``, ``FROM``) narrows that (SPARQL 1.1
Query, section 13). The store never fetches anything: ``SERVICE`` is refused before a query
runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from graph.errors import QueryError, QueryFailed, StoreError
from graph.query_check import check, unknown_graph, unreadable
from ontology.prefixes import PREFIXES

QueryResult = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_POSITION = re.compile(r"error at (\d+):(\d+)")


class Store:
    """A store of named graphs, on disk or (for tests and small things) in memory."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open the store at ``path``, making it when new; in memory without a path.

        Raises :class:`StoreError` when the folder is not a store or is in use.
        """
        try:
            if path is None:
                self._store = ox.Store()
            elif read_only:
                self._store = ox.Store.read_only(str(path))
            else:
                self._store = ox.Store(str(path))
        except (OSError, RuntimeError) as error:  # pyoxigraph's for a file that is damaged
            raise StoreError(
                str(path),
                f"the graph store cannot be opened ({error})",
                "check that no build is running on it, or build it again into an empty folder",
            ) from error

    @property
    def raw(self) -> ox.Store:
        """The pyoxigraph store, for who reads it pattern by pattern or serialises from it."""
        return self._store

    def query(
        self,
        query: str,
        *,
        default_graphs: Collection[str] | None = None,
        named_graphs: Collection[str] | None = None,
        base: str | None = None,
    ) -> QueryResult:
        """Run a SPARQL 1.1 query; the usual prefixes need no declaration.

        ``default_graphs`` and ``named_graphs`` are IRIs of named graphs. When either is
        given, the two are the dataset, whatever ``FROM`` says (SPARQL 1.1 Protocol, section
        2.1.4); else ``FROM`` is, and without it the union of all named graphs. Relative IRIs
        are resolved against ``base``, and are mistakes without one.

        Raises :class:`QueryError` with line and column for a query that cannot be read, and
        for one that would go outside (:mod:`graph.query_check`).
        """
        given = default_graphs is not None or named_graphs is not None
        for graph in (*(default_graphs or ()), *(named_graphs or ())):
            if graph not in self.names:
                raise QueryError("dataset", *unknown_graph(graph))
        outline = check(query, None if given else self.names, base or "")
        dataset: dict[str, Any] = {"use_default_graph_as_union": True}
        if given:
            dataset = {
                "default_graph": [ox.NamedNode(graph) for graph in default_graphs or ()],
                "named_graphs": [ox.NamedNode(graph) for graph in named_graphs or ()],
            }
        elif outline.dataset:
            dataset = {}  # the union would be asked in place of what FROM names
        try:
            return self._store.query(query, base_iri=base, prefixes=PREFIXES, **dataset)
        except (SyntaxError, ValueError) as error:
            position = _position(str(error))
            reason = f"it cannot be read as SPARQL 1.1 ({error})"
            raise QueryError(
                "query",
                unreadable(query, *position) if position else reason,
                "mend it at the place named; the usual prefixes need no declaration",
                position,
            ) from error
        except (OSError, RuntimeError) as error:
            raise QueryFailed(
                "query", f"it could not be answered ({error})", "try a narrower query"
            ) from error

    def select(self, query: str) -> Iterator[tuple[str, ...]]:
        """The rows of a SELECT as strings: IRIs and the characters of literals, "" where unbound.

        For queries of this project's own. Raises TypeError for another form of query.
        """
        found = self.query(query)
        if not isinstance(found, ox.QuerySolutions):
            raise TypeError("select() needs a SELECT query")
        return (tuple(str(getattr(term, "value", "")) for term in row) for row in found)

    def load(self, quads: Path) -> None:
        """Add an N-Quads file that :func:`graph.triples.ntriples.serialise` wrote, in bulk.

        IRIs and language tags are not checked, which takes a sixth of the loader's time:
        :mod:`ontology.iri` makes none that are not valid.
        """
        self._store.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS, lenient=True)

    def load_bytes(self, quads: bytes) -> None:
        """Add N-Quads, in bulk; as for :meth:`load`, they are not checked."""
        self._store.bulk_load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)

    def load_turtle(self, turtle: bytes, graph: str) -> None:
        """Add a Turtle document to the named graph ``graph``."""
        self._store.load(turtle, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))

    def remove(self, graph: str) -> None:
        """Remove a named graph; nothing happens when it is not there."""
        self._store.remove_graph(ox.NamedNode(graph))

    def discard(self, quads: bytes) -> None:
        """Take out statements, given as N-Quads."""
        for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
            self._store.remove(quad)

    def size(self, graph: str) -> int:
        """Statements of a named graph, counted one by one."""
        found = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return sum(1 for _ in found)

    @property
    def names(self) -> Collection[str]:
        """IRIs of the named graphs in the store's order; asking for one does not list them."""
        return _Graphs(self._store)

    def dump(self, out: BinaryIO) -> None:
        """Write everything as N-Quads, in the store's own order."""
        self._store.dump(out, format=ox.RdfFormat.N_QUADS)

    def copy_to(self, path: Path) -> None:
        """Copy an on-disk store; unchanged files are shared by hard links."""
        self._store.flush()
        self._store.backup(str(path))

    def flush(self) -> None:
        """Make sure that everything is on disk."""
        self._store.flush()

    def __len__(self) -> int:
        return len(self._store)


class _Graphs(Collection[str]):
    """The named graphs of a store, asked one at a time: a large store has thousands."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __contains__(self, graph: object) -> bool:
        try:
            return self._store.contains_named_graph(ox.NamedNode(str(graph)))
        except ValueError:  # no absolute IRI, so no graph's name
            return False

    def __iter__(self) -> Iterator[str]:
        return (str(getattr(graph, "value", graph)) for graph in self._store.named_graphs())

    def __len__(self) -> int:
        return sum(1 for _ in self._store.named_graphs())


def _position(message: str) -> tuple[int, int] | None:
    found = _POSITION.search(message)
    return (int(found[1]), int(found[2])) if found else None
