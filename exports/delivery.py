"""Where an export goes: one file whose name says its format, or a folder of several.

-o graph.ttl.gz                      one file, format and packing by its endings
-f turtle,csv -o out                 out/faultlines.ttl, out/faultlines-csv/ and the
metadata that describes them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import exports
from exports.content import Content
from exports.crate import Written, write_crate
from exports.exporter import Exporter, ExportError, FileExporter
from exports.packing import ENDINGS, ending
from graph.knowledge_graph import KnowledgeGraph

_NAME = "faultlines"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What to write where."""

    exporters: tuple[Exporter, ...]
    output: Path
    packing: str = ""
    """Ending of the files in a folder: one of :data:`exports.packing.ENDINGS`, or nothing."""
    single: bool = False
    """Whether ``output`` is the one file itself."""

    @classmethod
    def of(cls, names: Sequence[str], output: Path, packing: str | None = None) -> Delivery:
        """What the names of formats, an output path and a packing (``gz``, ``zst``) mean.

        Without names the output's ending says the format. Raises :class:`ExportError` when a
        name or an ending is of no format, and when the two do not agree.
        """
        chosen = tuple(exports.exporter(name) for name in dict.fromkeys(names))
        if packing is not None and f".{packing}" not in ENDINGS:
            known = ", ".join(end.removeprefix(".") for end in ENDINGS)
            raise ExportError(f"packing {packing!r}", "there is none", f"use one of {known}")
        by_name = _of_file(output)
        if not chosen and by_name is None:
            advice = f"give a format with -f, or a file that ends in {', '.join(_endings())}"
            raise ExportError(str(output), "its ending is of no format", advice)
        if by_name and chosen and chosen != (by_name,):
            asked = ", ".join(one.name for one in chosen)
            reason = f"its ending is that of {by_name.name}, and {asked} was asked for"
            advice = "name a folder, or a file with the ending of the one format"
            raise ExportError(str(output), reason, advice)
        if by_name is None:
            return cls(chosen, output, f".{packing}" if packing else "")
        if packing and ending(output) != f".{packing}":
            output = output.with_name(f"{output.name}.{packing}")
        return cls((by_name,), output, single=True)

    @property
    def view(self) -> str:
        """The view of decisions that all formats are written from unless another is asked for."""
        views = {exporter.view for exporter in self.exporters if not exporter.statements}
        return views.pop() if len(views) == 1 else Exporter.view

    def write(self, kg: KnowledgeGraph, content: Content) -> Iterator[Path]:
        """Write everything, each file whole, and give the path of each when it is there."""
        if self.single:
            exports.write(content, self.exporters[0].name, self.output)
            yield self.output
            return
        self.output.mkdir(parents=True, exist_ok=True)
        written = []
        for exporter in self.exporters:
            path = self.output / self._file_name(exporter)
            exports.write(content, exporter.name, path)
            written.append(Written(path, exporter, content.title))
            yield path
        yield write_crate(kg, self.output, written)

    def _file_name(self, exporter: Exporter) -> str:
        if isinstance(exporter, FileExporter):
            return f"{_NAME}.{exporter.extension}{self.packing}"
        return f"{_NAME}-{exporter.name}"


def _of_file(path: Path) -> FileExporter | None:
    """The format that the ending of a file's name says; the longest ending that fits."""
    name = path.name.removesuffix(ending(path))
    fitting = [one for one in _files() if name.endswith(f".{one.extension}")]
    return max(fitting, key=lambda one: len(one.extension), default=None)


def _files() -> list[FileExporter]:
    return [one for one in exports.EXPORTERS if isinstance(one, FileExporter)]


def _endings() -> list[str]:
    return [f".{one.extension}" for one in _files()]
