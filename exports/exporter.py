"""What every exporter is: a name, an extension, what it loses, and one ``write``.

An exporter is given content (:mod:`exports.content`) and knows nothing of where it comes
from; :func:`exports.export` owns the place it is written to. One that cannot carry
something raises :class:`ExportError` with the name of the thing: nothing is left out
silently except what ``loses`` says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from graph.errors import FaultlinesError

if TYPE_CHECKING:
    from exports.content import Content


class ExportError(FaultlinesError):
    """Something that the format cannot carry, named, or a file that cannot be written."""


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
    view: ClassVar[str] = "full"
    """The view of decisions that it is written from unless another is asked for."""
    statements: ClassVar[bool] = False
    """Whether it carries statements, as RDF does, rather than nodes and edges."""


class FileExporter(Exporter):
    """A format that is one file."""

    @abstractmethod
    def write(self, content: Content, out: BinaryIO) -> None:
        """Write the content, the same bytes every time.

        Raises :class:`ExportError` naming what cannot be carried.
        """


class FolderExporter(Exporter):
    """A format of several files, such as one for each kind of node."""

    marker: ClassVar[str]
    """Name of a file that every folder of the format has, and hardly another folder."""

    @abstractmethod
    def write(self, content: Content, folder: Path) -> None:
        """Write the content into ``folder``, which is there and empty; the same bytes every time.

        Raises :class:`ExportError` naming what cannot be carried.
        """
