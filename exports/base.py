"""What every exporter is: a name, an extension, what it loses, and one ``write``.

The base knows what is exported (:class:`Selection`); :func:`exports.export` owns the
file. An exporter that cannot carry something raises :class:`ExportError` with the name of
the node: nothing is left out silently except what ``loses`` says.
"""

from __future__ import annotations

import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, ClassVar

import pyoxigraph as ox

from exports.scope import Scope
from graph.errors import FaultlinesError
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from ontology.prefixes import PREFIXES

REFERENCE_GRAPHS = (
    mint.DATASET_GRAPH,
    mint.INVESTIGATIONS_GRAPH,
    mint.ONTOLOGY_GRAPH,
    mint.REGISTERS_GRAPH,
    mint.STATISTICS_GRAPH,
)
"""The named graphs that belong to no single decision, in the order they are written."""

_OF_ALL_DECISIONS = (mint.DATASET_GRAPH, mint.STATISTICS_GRAPH)
"""Graphs that speak of all decisions together, and so are false of some of them."""

_FOLLOWED = frozenset(
    PREFIXES[prefix] + name
    for prefix, name in (
        ("fl", "successor"),
        ("fl", "investigatedIn"),
        ("eli", "is_part_of"),
        ("skos", "broader"),
        ("skos", "inScheme"),
    )
)
"""Links of a reference graph that lead to further nodes worth describing."""

_MODE = 0o644
"""Temporary files are private; what is exported is for others to read."""

_LISTING = frozenset(PREFIXES["skos"] + name for name in ("hasTopConcept", "narrower"))


class ExportError(FaultlinesError):
    """Something that the format cannot carry, named, or a file that cannot be written."""


@dataclass(frozen=True)
class Selection:
    """What is exported: a graph narrowed to a scope.

    With ``full`` the registers and the ontology go out whole; otherwise only what they
    say about the councils, Acts, guidance, bodies and types that the decisions use.
    ``view`` is for the graph formats (:data:`exports.projection.VIEWS`).
    """

    kg: KnowledgeGraph
    scope: Scope = field(default_factory=Scope)
    full: bool = False
    view: str = "full"

    @cached_property
    def decisions(self) -> list[str]:
        """IRIs of the decisions, sorted."""
        return self.scope.decisions(self.kg)

    def graphs(self) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Named graph after named graph; decisions first, then the rest.

        Graphs are sorted by name, statements within one are not. Memory holds one named
        graph at a time.
        """
        used: set[str] = set()
        for decision in self.decisions:
            name = mint.decision_graph(decision)
            quads = self._statements(name)
            for quad in quads:
                for term in (quad.subject, quad.object):
                    if isinstance(term, ox.NamedNode) and not term.value.startswith(decision):
                        used.add(term.value)
            yield name, quads
        for name in REFERENCE_GRAPHS:
            quads = self._statements(name)
            whole = self.scope.everything if name in _OF_ALL_DECISIONS else self.full
            kept = quads if whole else _about(quads, used)
            if kept:
                yield name, kept

    def _statements(self, name: str) -> list[ox.Quad]:
        found = list(self.kg.store.raw.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        if any(isinstance(quad.subject, ox.BlankNode) for quad in found):
            found = _canonical(found, name)
        return found


def _about(quads: list[ox.Quad], used: set[str]) -> list[ox.Quad]:
    """The statements about used nodes and, along the followed links, what those need."""
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            by_subject.setdefault(quad.subject.value, []).append(quad)
    waiting, reached = [node for node in by_subject if node in used], set()
    while waiting:
        node = waiting.pop()
        if node in reached or node not in by_subject:
            continue
        reached.add(node)
        waiting += [
            quad.object.value
            for quad in by_subject[node]
            if quad.predicate.value in _FOLLOWED and isinstance(quad.object, ox.NamedNode)
        ]
    return [
        quad
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value in reached
        and quad.predicate.value not in _LISTING
        and not isinstance(quad.object, ox.BlankNode)
    ]


def _canonical(quads: list[ox.Quad], name: str) -> list[ox.Quad]:
    """The same statements with blank nodes named by RDFC-1.0 and by their graph.

    A store gives blank nodes random names (RDF Dataset Canonicalization,
    https://www.w3.org/TR/rdf-canon/, gives the same ones to the same statements).
    """
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    label = mint.slug(name.rsplit("/", 1)[-1])

    def renamed(term: ox.BlankNode) -> ox.BlankNode:
        return ox.BlankNode(f"{label}{term.value}")

    return [
        ox.Quad(
            renamed(quad.subject) if isinstance(quad.subject, ox.BlankNode) else quad.subject,
            quad.predicate,
            renamed(quad.object) if isinstance(quad.object, ox.BlankNode) else quad.object,
            quad.graph_name,
        )
        for quad in dataset
    ]


class Exporter(ABC):
    """One output format. Subclasses set the four facts and write."""

    name: ClassVar[str]
    """What ``--format`` calls it."""
    extension: ClassVar[str]
    """File name ending, without the dot."""
    media_type: ClassVar[str]
    """IANA media type."""
    loses: ClassVar[str]
    """What the format cannot carry, in a sentence; empty when it carries everything."""

    @abstractmethod
    def write(self, graph: Selection, out: BinaryIO) -> None:
        """Write the selection, the same bytes every time.

        Raises :class:`ExportError` naming the node when something cannot be carried.
        """


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Make the file at ``path`` from what ``write`` writes, or leave things as they were.

    Writes to a temporary name in the same folder, then renames. Raises
    :class:`ExportError` when the folder does not exist or cannot be written, and when there
    is a folder of that name.
    """
    if path.is_dir():
        raise ExportError(str(path), "there is a folder of this name", "name a file in it")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise ExportError(
            str(path),
            f"no file can be made there ({error.strerror})",
            "name one in a folder that is there and that you may write to",
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_MODE)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
