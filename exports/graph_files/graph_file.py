"""What graph files have in common: all nodes stand before all edges, one after the other.

Content comes decision by decision, nodes and edges mixed. Edges wait in a temporary file
until the nodes are written, so that memory stays the same whatever the size.
"""

from __future__ import annotations

import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, BinaryIO, ClassVar

from exports.content import Content, Portion
from exports.exporter import ExportError, FileExporter
from exports.network import Edge, Node

LOSES = "Named graphs, paragraphs, and passages after the first of each item."
"""What a file of nodes and edges with plain attributes cannot carry."""


EXACT = 2**53 - 1
"""The largest integer that every reader keeps as it is: many make a double of it."""


class NotCarried(ValueError):
    """A value that the format has no way to write, with the reason; the writer names its item."""


class GraphWriter(ABC):
    """Writes one file: what stands around nodes and edges, and each of them."""

    between: ClassVar[bytes] = b""
    """Stands between two nodes and between two edges, but not before the first."""
    counts_first: ClassVar[bool] = False
    """Whether :meth:`start` needs to know how many nodes and edges there are."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.nodes = 0
        """How many nodes have been written."""
        self.edges = 0
        """How many edges have been written."""

    @abstractmethod
    def start(self) -> bytes:
        """What stands before the first node."""

    def begin(self, portion: Portion) -> None:  # noqa: B027 - most formats need not know
        """Told before the nodes and edges of each portion."""

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
    advice: ClassVar[str] = "export as node-link, CSV or N-Quads, which carry it"
    """What to do where the format cannot carry something."""

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write node by node and edge by edge."""
        writer = self.writer(content)
        with ExitStack() as held:
            edges = held.enter_context(tempfile.TemporaryFile())
            nodes: Any = out
            if writer.counts_first:
                nodes = held.enter_context(tempfile.TemporaryFile())
            else:
                out.write(writer.start())
            for portion in content.portions():
                writer.begin(portion)
                for node in portion.nodes:
                    nodes.write((writer.nodes and writer.between) or b"")
                    nodes.write(self._written(writer.node, node))
                    writer.nodes += 1
                for edge in portion.edges:
                    edges.write((writer.edges and writer.between) or b"")
                    edges.write(self._written(writer.edge, edge))
                    writer.edges += 1
            if writer.counts_first:
                out.write(writer.start())
                _append(nodes, out)
            out.write(writer.middle())
            _append(edges, out)
        out.write(writer.end())

    def _written(self, write: Callable[[Any], bytes], item: Node | Edge) -> bytes:
        try:
            return write(item)
        except NotCarried as error:
            raise ExportError(f"{self.name}, {item.id}", str(error), self.advice) from error


def _append(held: BinaryIO, out: BinaryIO) -> None:
    """Everything that waited in a temporary file."""
    held.seek(0)
    shutil.copyfileobj(held, out, 1 << 20)
