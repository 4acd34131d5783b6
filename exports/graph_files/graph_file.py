"""What graph files have in common: all nodes stand before all edges, one after the other.

Content comes decision by decision, nodes and edges mixed. Edges wait in a temporary file
until the nodes are written, so that memory stays the same whatever the size.
"""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, BinaryIO, ClassVar

from exports.content import Content
from exports.exporter import ExportError, FileExporter
from exports.network import Edge, Node

LOSES = "Named graphs, paragraphs, and passages after the first of each item."
"""What a file of nodes and edges with plain attributes cannot carry."""


class NotCarried(ValueError):
    """A value that the format has no way to write, with the reason; the writer names its item."""


class GraphWriter(ABC):
    """Writes one file: what stands around nodes and edges, and each of them."""

    between: ClassVar[bytes] = b""
    """Stands between two nodes and between two edges, but not before the first."""

    def __init__(self, content: Content) -> None:
        self.content = content

    @abstractmethod
    def start(self) -> bytes:
        """What stands before the first node."""

    @abstractmethod
    def node(self, node: Node) -> bytes:
        """One node."""

    @abstractmethod
    def middle(self) -> bytes:
        """What stands between the last node and the first edge."""

    @abstractmethod
    def edge(self, edge: Edge) -> bytes:
        """One edge; its ends may not have been written yet."""

    @abstractmethod
    def end(self) -> bytes:
        """What stands behind the last edge; nodes and edges are known by then."""


class GraphFile(FileExporter):
    """A format of nodes and edges in one file, written by its ``writer``."""

    writer: ClassVar[type[GraphWriter]]

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write node by node and edge by edge."""
        writer = self.writer(content)
        out.write(writer.start())
        with tempfile.TemporaryFile() as edges:
            nodes_before, edges_before = b"", b""
            for portion in content.portions():
                for node in portion.nodes:
                    out.write(nodes_before + self._written(writer.node, node))
                    nodes_before = writer.between
                for edge in portion.edges:
                    edges.write(edges_before + self._written(writer.edge, edge))
                    edges_before = writer.between
            out.write(writer.middle())
            edges.seek(0)
            shutil.copyfileobj(edges, out)
        out.write(writer.end())

    def _written(self, write: Callable[[Any], bytes], item: Node | Edge) -> bytes:
        try:
            return write(item)
        except NotCarried as error:
            advice = "export as node-link, CSV or N-Quads, which carry it"
            raise ExportError(f"{self.name}, {item.id}", str(error), advice) from error
