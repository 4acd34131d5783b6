"""Graph out: RDF, graph files and the self-contained page.

``EXPORTERS`` is the one list of formats: command line choices, documentation and tests
derive from it. :func:`export` writes one file, whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from exports.base import Exporter, ExportError, Selection, write_whole
from exports.gexf import Gexf
from exports.graphml import GraphMl
from exports.rdf import JsonLd, NQuads, Turtle
from exports.scope import Scope, ScopeError
from graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "EXPORTERS",
    "ExportError",
    "Exporter",
    "Scope",
    "ScopeError",
    "Selection",
    "export",
    "exporter",
]

EXPORTERS: tuple[Exporter, ...] = (Turtle(), NQuads(), JsonLd(), GraphMl(), Gexf())
"""Every format, in the order in which they are listed to people."""


def exporter(name: str) -> Exporter:
    """The exporter of that name.

    Raises :class:`ExportError` naming the formats there are.
    """
    for known in EXPORTERS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in EXPORTERS)
    raise ExportError(f"format {name!r}", "there is no such format", f"choose one of: {names}")


def export(
    kg: KnowledgeGraph,
    name: str,
    path: str | Path,
    *,
    scope: Scope = Scope(),  # noqa: B008 - frozen, so sharing it is safe
    full: bool = False,
    view: str = "full",
) -> None:
    """Write the graph to ``path`` in the format called ``name``.

    The file appears whole or not at all: it is written beside its place under a temporary
    name, which is removed when writing fails. ``full`` adds the whole registers and the
    ontology to the RDF formats, ``view`` (``full``, ``chain``, ``decisions`` or ``summary``)
    chooses what the graph formats draw. Raises :class:`ExportError` (unknown format,
    something the format cannot carry, no such folder) and
    :class:`~exports.scope.ScopeError`.
    """
    chosen = exporter(name)
    selection = Selection(kg, scope, full, view)
    write_whole(Path(path), lambda out: chosen.write(selection, out))
