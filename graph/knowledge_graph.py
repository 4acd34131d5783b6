"""A knowledge graph on disk: a folder with a store, a ledger and a manifest.

    KG/manifest.json            which generation is current, and what it holds
    KG/generation-0001/store    the Oxigraph store
    KG/generation-0001/ledger.sqlite
    KG/staging.sqlite           what an unfinished build has read so far

A build makes the next generation beside the current one and then replaces the manifest
in one rename, so a reader always sees a whole graph.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import weakref
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.entry import Entry
from graph.errors import StoreError
from graph.ledger import Ledger
from graph.store import QueryResult, Store

FORMAT = "faultlines/kg/6"
"""Version of the folder's form, kept in its manifest."""
_GENERATION = re.compile(r"generation-[0-9]{4,9}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the current generation is and holds."""

    generation: str
    """Name of the generation's folder."""
    version: str
    """Version of the software that built it."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Statements, decisions and entries by kind."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """What was found and not understood, by kind."""
    built: str | None = None
    """The time given to the build, ISO 8601; never taken from the clock."""


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder, or None when nothing has been built there.

    Raises :class:`StoreError` when the folder holds something else.
    """
    path = folder / "manifest.json"
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found.pop("format") != FORMAT:
            raise KeyError("format")
        return _sound(Manifest(**found))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(
            str(folder),
            "its manifest.json is not that of a knowledge graph this version can read",
            "build the graph again into an empty folder",
        ) from error


def _sound(manifest: Manifest) -> Manifest:
    """The manifest, or a ValueError: its generation is a path, and its words are shown."""
    if not _GENERATION.fullmatch(manifest.generation):
        raise ValueError("generation")
    for words in (manifest.version, manifest.built or "built"):
        if not (words and words.isprintable()):
            raise ValueError("version, built")
    for counted in (manifest.counts, manifest.gaps):
        if not all(isinstance(number, int) for number in counted.values()):
            raise ValueError("counts, gaps")
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the current one, in one rename."""
    shown = {
        "format": FORMAT,
        "generation": manifest.generation,
        "version": manifest.version,
        "built": manifest.built,
        "counts": dict(manifest.counts),
        "gaps": dict(manifest.gaps),
    }
    written = folder / "manifest.json.new"
    with written.open("w", encoding="utf-8") as out:
        out.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    written.replace(folder / "manifest.json")


def remove_other_generations(folder: Path, keep: str) -> None:
    """Delete generations that no manifest names and nobody reads; a later build deletes the rest.

    A reader may open files of its generation at any time: a server starts its workers when they
    are needed.
    """
    for old in folder.glob("generation-*"):
        if old.name != keep and not _is_read(old):
            shutil.rmtree(old, ignore_errors=True)


def _hold(generation: Path) -> int | None:
    """A handle that keeps builds from deleting a generation; None where there are no locks."""
    if sys.platform == "win32":  # which deletes no open file
        return None
    import fcntl

    handle = os.open(generation, os.O_RDONLY)
    with suppress(OSError):  # some network file systems have no locks
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return handle


def _is_read(generation: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        handle = os.open(generation, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False


def _no_graph(path: Path) -> StoreError:
    if path.exists() and not path.is_dir():
        return StoreError(str(path), "it is no folder", "name the folder that was built with -o")
    if (path.parent / "manifest.json").exists() and path.name.startswith("generation-"):
        reason = "it is one part of a knowledge graph"
        return StoreError(str(path), reason, f"name the folder that it lies in: {path.parent}")
    where = "there is no knowledge graph in this folder" if path.exists() else "no such folder"
    return StoreError(str(path), where, f"make one with: faultlines build SOURCE -o {path}")


class KnowledgeGraph:
    """A built graph, open for reading."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        generation = folder / manifest.generation
        self.store_path = generation / "store"
        self._held = ExitStack()
        self._release = weakref.finalize(self, self._held.close)
        try:
            handle = _hold(generation)
        except OSError as error:
            reason = f"its graph cannot be read ({error.strerror})"
            raise StoreError(
                str(generation), reason, "build it again into an empty folder"
            ) from error
        if handle is not None:
            self._held.callback(os.close, handle)
        self.store = Store(self.store_path, read_only=True)
        self.ledger = Ledger(generation / "ledger.sqlite", read_only=True)

    @classmethod
    def open(cls, folder: str | Path) -> KnowledgeGraph:
        """Open the graph in ``folder``.

        Raises :class:`StoreError` when there is none.
        """
        path = Path(folder)
        manifest = read_manifest(path)
        if manifest is None:
            raise _no_graph(path)
        try:
            return cls(path, manifest)
        except StoreError:
            latest = read_manifest(path)
            if latest is None or latest.generation == manifest.generation:
                raise
            return cls(path, latest)  # a build ended meanwhile

    def query(self, sparql: str) -> QueryResult:
        """Answer a SPARQL 1.1 query over the union of all named graphs."""
        return self.store.query(sparql)

    def select(self, sparql: str) -> Iterator[tuple[str, ...]]:
        """The rows of a SELECT as strings; see :meth:`graph.store.Store.select`."""
        return self.store.select(sparql)

    def decisions(self, reference: str) -> list[Entry]:
        """The decisions of a reference, one for each body it names; empty when unknown."""
        return self.ledger.by_reference(reference)

    def close(self) -> None:
        """Close the ledger; the store closes with its last user."""
        self.ledger.close()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
