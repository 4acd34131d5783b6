"""Sources in, a knowledge graph out: the steps of ``faultlines build``.

Read what is new, in several processes at once, and put it into the next generation of the
graph beside the current one; then switch to it. What was read is kept in the staging file
until then: a build that stops half-way leaves the current graph whole and goes on where it
stopped; building the same sources twice gives the same statements. Where several sources hold
one decision, the one that says most of outcome, date, category and address is kept, and of
several such the first by name, whatever the order and the build in which they came. A decision
whose source is no longer in a folder that is given again goes too, so that a graph built in
steps says what one built at once says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph import knowledge_graph as kg
from graph.batch import SIZE, Batch, made_batch, read_batch, restored_batch
from graph.entry import Entry
from graph.errors import StoreError
from graph.generation import Generation
from graph.inventory import Inventory, Source
from graph.ledger import Ledger
from graph.sources.source import RawDocument, Unreadable, found, root, shown
from graph.staging import Staging
from graph.store import Store
from graph.version import VERSION
from graph.workers import available, done
from ontology.model import Decision

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    read: int
    """Decisions read anew."""
    unchanged: int
    """Decisions known already, from the same bytes and by the same version."""
    duplicates: tuple[tuple[str, str], ...]
    """(source left out, source kept) where two sources hold the same decision."""
    rejected: tuple[Unreadable, ...]
    """Sources that are no decision or could not be read."""
    removed: tuple[str, ...] = ()
    """Sources that are gone from a path given; their decisions went too."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What the graph now holds, by kind."""
    gaps: Mapping[str, int] = field(default_factory=dict)
    """What was found and not understood, by kind."""


def build(
    sources: Iterable[str | Path],
    folder: str | Path,
    *,
    stdin: BinaryIO | None = None,
    built: str | None = None,
    jobs: int | None = None,
    dask: str | None = None,
    location: str | None = None,
    advance: Callable[[str], None] | None = None,
) -> Report:
    """Make the graph in ``folder`` hold the decisions in ``sources``; it is made when new.

    What it holds from other paths stays; what is gone from a path given again goes. ``built``
    is the time of the build as the caller wants it recorded; ``jobs`` is the number of processes
    that read, as many as there are processors when None; ``advance`` is called with each
    source's name. With ``dask``, the address of a scheduler, the workers of its cluster read:
    ``sources`` are then locations of fsspec (``s3://...``), and so is ``location``, where the
    workers write what they read; it is the graph's folder when None. Raises
    :class:`~graph.errors.StoreError` when the folder or the cluster cannot be used.
    """
    path = Path(folder)
    paths = list(sources)
    _refuse_own_source(path, paths)
    with _staging(path) as staging:
        # read under the lock: a build that has just ended may have made the next generation
        manifest = kg.read_manifest(path)
        roots = {root(path): shown(path) for path in paths if str(path) != "-"}
        inventory = Inventory(staging, roots, VERSION, advance)
        run = _Build(path, manifest, staging, inventory, jobs or available(), built)
        if dask is None:
            return run.run(found(paths, stdin=stdin, known=inventory.known))
        from graph.cluster import connected

        with connected(dask) as client:
            return run.run_cluster(client, map(str, paths), location)


def build_records(
    decisions: Iterable[Decision],
    folder: str | Path,
    *,
    built: str | None = None,
    jobs: int = 1,
) -> Report:
    """Make a new graph in ``folder`` of decisions that were read before.

    Each keeps the source that its record names. Raises
    :class:`~graph.errors.StoreError` when the folder holds a graph or cannot be used.
    """
    path = Path(folder)
    with _staging(path) as staging:
        if kg.read_manifest(path) is not None:
            raise StoreError(str(folder), "it holds a graph already", "give a new folder")
        inventory = Inventory(staging, {}, VERSION, None)
        return _Build(path, None, staging, inventory, jobs, built).run_records(decisions)


@contextmanager
def _staging(folder: Path) -> Iterator[Staging]:
    """The staging file of a folder, which keeps other builds out until this one ends.

    Raises :class:`~graph.errors.StoreError` when another runs, or the folder cannot be used.
    """
    kg.read_manifest(folder)  # what is no graph's folder gets no file of ours
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"no folder can be made there ({error.strerror})"
        raise StoreError(str(folder), reason, "name a folder you may write to") from error
    staging = Staging(folder / "staging.sqlite")
    finished = False
    try:
        yield staging
        finished = True
    finally:
        staging.close(finished=finished)


def _refuse_own_source(folder: Path, sources: Iterable[str | Path]) -> None:
    """Raise when the graph would lie among its sources, where it would be read itself."""
    inside = {folder.resolve(), *folder.resolve().parents}
    for source in sources:
        if str(source) != "-" and Path(source).resolve() in inside:
            raise StoreError(
                str(folder),
                f"it lies inside the source {source}, so its own files would be read",
                "build into a folder outside the sources",
            )


@dataclass(slots=True)
class _Build:
    folder: Path
    manifest: kg.Manifest | None
    staging: Staging
    inventory: Inventory
    jobs: int
    built: str | None
    generation: Generation | None = None
    """Made when the first decision has to be read."""
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    added: dict[str, Source] = field(default_factory=dict)
    """The reading of each decision that was last put into the generation."""
    contested: set[str] = field(default_factory=set)
    """Decisions of which several readings were put into it."""
    superseded: set[str] = field(default_factory=set)
    """Decisions that an earlier build made of the same sources."""

    def run(self, documents: Iterable[RawDocument | Unreadable]) -> Report:
        with self._all_or_nothing():
            self._put(partial(read_batch, version=VERSION), self.inventory.unread(documents))
            return self._finish()

    def run_records(self, decisions: Iterable[Decision]) -> Report:
        with self._all_or_nothing():
            self._put(partial(made_batch, version=VERSION), decisions)
            return self._finish()

    def run_cluster(self, client: Client, sources: Iterable[str], location: str | None) -> Report:
        """As :meth:`run`, by the workers of a cluster, which write to ``location``.

        They write into the graph's folder where that is None: they have to reach it.
        """
        from graph.cluster import read_by
        from graph.partition import SourceFile, fetched, source_files

        with self._all_or_nothing():
            listed = [one for source in sources for one in source_files(source)]
            files = [one for one in listed if isinstance(one, SourceFile)]
            absent = [one for one in listed if isinstance(one, Unreadable)]
            if files and location is None:
                location = self._making().next_file().parent.resolve().as_uri()
            for partition in read_by(client, files, self.inventory.need_not(), location or ""):
                # those that were not read before, the worker has read
                deque(self.inventory.unread(partition.documents), maxlen=0)
                self.inventory.reject(partition.rejected)
                if partition.address:
                    self._take(fetched(partition.address, self._making().next_file()))
            deque(self.inventory.unread(absent), maxlen=0)
            return self._finish()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Begins with what the graph holds; deletes what was made when it is not finished."""
        if self.manifest is not None:
            with self._ledger(self.manifest) as ledger:
                self.inventory.begin(ledger)
        try:
            yield
        except BaseException:
            if self.generation:
                self.generation.discard()
            raise

    def _ledger(self, manifest: kg.Manifest) -> closing[Ledger]:
        """The ledger of the current generation."""
        return closing(Ledger(self.folder / manifest.generation / "ledger.sqlite", read_only=True))

    def _put(self, read: Callable[..., Batch], items: Iterable[object]) -> None:
        """Have batches of items read, and put what they hold into the generation."""
        remaining = iter(items)
        tasks = (
            partial(read, batch, quads=self._making().next_file())
            for batch in iter(lambda: list(islice(remaining, SIZE)), [])
        )
        for batch in done(tasks, self.jobs):
            self._take(batch)

    def _making(self) -> Generation:
        if self.generation is None:
            self._check_store()
            self.generation = Generation(self.folder, self.manifest, VERSION)
        return self.generation

    def _check_store(self) -> None:
        """Raise when the store of the current generation is damaged: nothing can be added."""
        if self.manifest:
            Store(self.folder / self.manifest.generation / "store", read_only=True)

    def _take(self, batch: Batch) -> None:
        generation = self._making()
        self.inventory.reject(batch.rejected)
        entries = [each.entry for each in batch.additions]
        self.staging.put(entries)
        for entry in entries:
            self.superseded.update(generation.ledger.superseded(entry))
            source = entry.source_name, entry.source_sha256
            self.inventory.wanted.add(source)
            if entry.iri in self.added:
                self.contested.add(entry.iri)
            self.added[entry.iri] = source
        generation.add(batch)

    def _finish(self) -> Report:
        """Choose among what was read, and switch to a generation where that changes anything."""
        self.staging.keep_only(self.inventory.wanted, VERSION)
        kept, chosen = self._choose()
        held, moved = self.inventory.held, self.inventory.moved()
        gone = set(self.inventory.gone()) - kept.keys() - self.superseded
        changed = chosen or gone or moved
        if self.manifest and self.manifest.version == VERSION and not changed:
            if self.generation:
                self.generation.discard()
            else:
                self._check_store()
            return self._report(0, (), self.manifest)
        generation = self._making()
        resumed = sorted(chosen.difference(self.added.values()))
        self._put(restored_batch, self.staging.entries(resumed))
        for iri, source in sorted(self.added.items()):
            if iri in self.contested or kept[iri] != source:
                generation.settle(self._entry(iri, kept[iri]))
        generation.remove(self.superseded - kept.keys(), buried=False)
        generation.remove(gone, buried=True)
        generation.ledger.move(moved)
        manifest = generation.finish(self.built)
        self.generation = None  # what it holds is closed
        kg.write_manifest(self.folder, manifest)
        kg.remove_other_generations(self.folder, manifest.generation)
        return self._report(len(chosen), [held[iri][1] for iri in gone], manifest)

    def _choose(self) -> tuple[dict[str, Source], set[Source]]:
        """The reading kept of each decision that was read, and those that go into the graph.

        The others double a decision and are noted. A decision that the graph holds from a source
        of this build is one of the contenders; one from a source that was not given this time
        makes way.
        """
        unchanged = self.inventory.unchanged
        holders = {iri: one for one, iri in self.inventory.known.items() if one in unchanged}
        contenders: dict[str, list[Source]] = {}
        for iri, name, sha256, _ in self.staging.sources(VERSION):
            contenders.setdefault(iri, []).append((name, sha256))
        chosen: set[Source] = set()
        kept: dict[str, Source] = {}
        for iri, read in contenders.items():
            holder = holders.get(iri)
            best = kept[iri] = self._best(iri, read if holder is None else [*read, holder])
            if best != holder:
                chosen.add(best)
                if holder is not None:
                    unchanged.discard(holder)
                    self.duplicates.append((holder[0], best[0]))
            self.duplicates += ((one[0], best[0]) for one in read if one != best)
        return kept, chosen

    def _best(self, iri: str, sources: Sequence[Source]) -> Source:
        """The source that leaves least unsaid of a decision, and of several the first by name."""
        if len(sources) == 1:
            return sources[0]
        return min(sources, key=lambda one: (self._entry(iri, one).unsaid(), one))

    def _entry(self, iri: str, source: Source) -> Entry:
        """The entry of a decision as one source has it: of this build, or of the graph."""
        for entry in self.staging.entries([source]):
            if entry.iri == iri:
                return entry
        if self.manifest is not None:
            with self._ledger(self.manifest) as ledger:
                if (held := ledger.entry(iri)) is not None:
                    return held
        raise LookupError(iri)  # it was a contender, so one of them has it

    def _report(self, read_now: int, removed: Iterable[str], manifest: kg.Manifest) -> Report:
        rejected = sorted(self.inventory.rejected, key=lambda each: each[0])
        return Report(
            read=read_now,
            unchanged=len(self.inventory.unchanged),
            duplicates=tuple(self.duplicates),
            rejected=tuple(one for _, one in rejected),
            removed=tuple(sorted(removed)),
            counts=manifest.counts,
            gaps=manifest.gaps,
        )
