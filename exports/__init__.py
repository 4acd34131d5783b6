"""Graph out: files for other programs, pages, the web application, and a graph in Python.

Which folder holds what stands in ``README.md`` beside this.

``EXPORTERS`` is the one list of formats: command line choices, documentation and tests
derive from it. :func:`export` writes one file, whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from exports.content import Content
from exports.exporter import Exporter, ExportError, FileExporter, FolderExporter
from exports.graph_files.cx2 import Cx2
from exports.graph_files.cytoscape import Cytoscape
from exports.graph_files.dot import Dot
from exports.graph_files.gexf import Gexf
from exports.graph_files.gml import Gml
from exports.graph_files.graphml import GraphMl
from exports.graph_files.graphology import Graphology
from exports.graph_files.node_link import NodeLink
from exports.html_file import Html
from exports.packing import packed
from exports.property_graphs.cypher import Cypher
from exports.property_graphs.ladybug import Ladybug
from exports.property_graphs.neo4j import Neo4j
from exports.rdf_files.jsonld import JsonLd
from exports.rdf_files.quads import NQuads, TriG
from exports.rdf_files.triples import NTriples, RdfXml, Turtle
from exports.scope import Scope, ScopeError
from exports.selection import Selection
from exports.tables.csv_folder import Csv
from exports.tables.jsonl_folder import JsonLines
from exports.tables.parquet_folder import Parquet
from exports.tables.sqlite_file import Sqlite
from exports.tables.workbook import Workbook
from exports.whole import write_whole, write_whole_folder
from graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "EXPORTERS",
    "Content",
    "ExportError",
    "Exporter",
    "FileExporter",
    "FolderExporter",
    "Scope",
    "ScopeError",
    "Selection",
    "export",
    "exporter",
    "write",
]

EXPORTERS: tuple[Exporter, ...] = (
    Turtle(),
    TriG(),
    NTriples(),
    NQuads(),
    RdfXml(),
    JsonLd(),
    GraphMl(),
    Gexf(),
    Gml(),
    Dot(),
    NodeLink(),
    Graphology(),
    Cytoscape(),
    Cx2(),
    Html(),
    Csv(),
    JsonLines(),
    Parquet(),
    Sqlite(),
    Workbook(),
    Neo4j(),
    Cypher(),
    Ladybug(),
)
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
    write(Selection(kg, scope, full, view), name, path)


def write(content: Content, name: str, path: str | Path) -> None:
    """Write any content to ``path`` in the format called ``name``, as :func:`export` does.

    For a format of several files ``path`` is a folder; a single file is packed when its name
    ends in ``.gz`` or ``.zst`` (:mod:`exports.packing`). Raises :class:`ExportError`.
    """
    chosen, path = exporter(name), Path(path)
    if isinstance(chosen, FileExporter):
        write_whole(path, packed(lambda out: chosen.write(content, out), path))
    elif isinstance(chosen, FolderExporter):
        write_whole_folder(path, lambda folder: chosen.write(content, folder), marker=chosen.marker)
