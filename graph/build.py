"""Sources in, a knowledge graph out: the steps of ``faultlines build``.

Read what is new, keep it in the staging file, then make the next generation of the graph
beside the current one and switch to it. A build that stops half-way leaves the current
graph whole and goes on where it stopped; building the same sources twice gives the same
statements. Where several sources hold one decision, the first of them by name is kept,
whatever the order and the build in which they came.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from graph import knowledge_graph as kg
from graph.errors import NotADecision, StoreError
from graph.extraction.pipeline import extract
from graph.ledger import Entry, Ledger
from graph.sources.source import RawDocument, Unreadable, read
from graph.staging import Staging
from graph.store import Store
from graph.summary import Tally
from graph.triples.authority import decision_iri
from graph.triples.dataset import dataset_triples
from graph.triples.decision import decision_triples
from graph.triples.investigation import investigation_triples, investigations
from graph.triples.ntriples import serialise
from graph.triples.registers import register_triples
from graph.triples.wording import base_reference, wording_digest
from graph.version import VERSION
from ontology import iri as mint
from ontology import record
from ontology.documents import ontology_documents
from ontology.model import Decision


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
    advance: Callable[[str], None] | None = None,
) -> Report:
    """Add the decisions in ``sources`` to the graph in ``folder``, made when new.

    ``built`` is the time of the build as the caller wants it recorded; ``advance`` is
    called with each source's name. Raises :class:`~graph.errors.StoreError` when the
    folder cannot be used.
    """
    path = Path(folder)
    paths = list(sources)
    _refuse_own_source(path, paths)
    with _staging(path) as staging:
        # read under the lock: a build that has just ended may have made the next generation
        manifest = kg.read_manifest(path)
        return _Build(path, manifest, staging, built).run(read(paths, stdin=stdin), advance)


def build_records(
    decisions: Iterable[Decision], folder: str | Path, *, built: str | None = None
) -> Report:
    """Make a new graph in ``folder`` of decisions that were read before.

    Each keeps the source that its record names. Raises
    :class:`~graph.errors.StoreError` when the folder holds a graph or cannot be used.
    """
    path = Path(folder)
    with _staging(path) as staging:
        if kg.read_manifest(path) is not None:
            raise StoreError(str(folder), "it holds a graph already", "give a new folder")
        return _Build(path, None, staging, built).run_records(decisions)


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
    built: str | None
    rejected: list[Unreadable] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    wanted: set[tuple[str, str]] = field(default_factory=set)
    unchanged: set[tuple[str, str]] = field(default_factory=set)
    loaded: int = 0
    """Readings that were put into the store."""

    def run(
        self,
        documents: Iterable[RawDocument | Unreadable],
        advance: Callable[[str], None] | None,
    ) -> Report:
        known = self._known()
        for raw in documents:
            if advance:
                advance(raw.name)
            if isinstance(raw, Unreadable):
                self.rejected.append(raw)
            elif (raw.name, raw.sha256, VERSION) in known:
                self.unchanged.add((raw.name, raw.sha256))
            else:
                self._stage(raw)
        return self._finish(known)

    def run_records(self, decisions: Iterable[Decision]) -> Report:
        for decision in decisions:
            self._keep(decision)
        return self._finish({})

    def _finish(self, known: Mapping[tuple[str, str, str], str]) -> Report:
        """Choose among what was read, and make the next generation where it changes anything."""
        self.staging.keep_only(self.wanted, VERSION)
        chosen = self._choose(known)
        self.staging.keep_only(chosen, VERSION)
        self.staging.commit()
        if self.manifest:  # raises when it is damaged: nothing can be added to it
            Store(self.folder / self.manifest.generation / "store", read_only=True)
        if self.manifest and not chosen and self.manifest.version == VERSION:
            return self._report(0, self.manifest)
        return self._next_generation()

    def _known(self) -> dict[tuple[str, str, str], str]:
        if self.manifest is None:
            return {}
        ledger = Ledger(self.folder / self.manifest.generation / "ledger.sqlite", read_only=True)
        try:
            return ledger.known()
        finally:
            ledger.close()

    def _choose(self, known: Mapping[tuple[str, str, str], str]) -> set[tuple[str, str]]:
        """The readings that go into the graph; the others double a decision and are noted.

        A decision that the graph holds from a source of this build is one of the contenders;
        one from a source that was not given this time makes way.
        """
        holders = {
            iri: (name, sha256)
            for (name, sha256, version), iri in known.items()
            if version == VERSION and (name, sha256) in self.unchanged
        }
        chosen: set[tuple[str, str]] = set()
        kept: dict[str, tuple[str, str]] = {}
        for iri, *source in self.staging.sources():
            key = (source[0], source[1])
            if iri not in kept:
                kept[iri] = min(key, holders.get(iri, key))
            if kept[iri] == key:
                chosen.add(key)
                if iri in holders:
                    self.unchanged.discard(holders[iri])
                    self.duplicates.append((holders[iri][0], key[0]))
            else:
                self.duplicates.append((key[0], kept[iri][0]))
        return chosen

    def _stage(self, raw: RawDocument) -> None:
        if self.staging.has(raw.name, raw.sha256, VERSION):
            self.wanted.add((raw.name, raw.sha256))
            return
        try:
            decision = extract(raw)
        except NotADecision as error:
            self.rejected.append(Unreadable(error.name, error.reason, error.advice))
            return
        self._keep(decision)

    def _keep(self, decision: Decision) -> None:
        """Put a decision into the staging file: its record and its statements."""
        node = decision_iri(decision)
        entry = Entry(
            iri=node,
            reference=decision.reference.lower() if decision.reference else None,
            base=base_reference(decision.reference) if decision.reference else None,
            digest=wording_digest(decision),
            source_name=decision.source.name,
            source_sha256=decision.source.sha256,
            version=VERSION,
            date=decision.date.isoformat() if decision.date else None,
            record=record.dumps(decision),
        )
        quads = serialise(decision_triples(decision, VERSION), mint.decision_graph(node))
        self.staging.put(entry, quads)
        self.wanted.add((entry.source_name, entry.source_sha256))

    def _next_generation(self) -> Report:
        number = int(self.manifest.generation[-4:]) + 1 if self.manifest else 1
        name = f"generation-{number:04d}"
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        store = self._copy_or_new(target)
        ledger = Ledger(target / "ledger.sqlite")
        read_now = self._load(store, ledger, target / "staged.nq")
        tally = Tally()
        for decision in ledger.counted(again=self._is_from_another_version()):
            tally.add(decision)
        counts = {"decisions": len(ledger), **tally.counts}
        gaps = dict(sorted(tally.gaps.items()))
        store.remove(mint.INVESTIGATIONS_GRAPH)
        found = investigations(ledger.wordings())
        joint = investigation_triples(found.values())
        store.load_bytes(serialise(joint, mint.INVESTIGATIONS_GRAPH))
        store.remove(mint.STATISTICS_GRAPH)
        counted = ledger.statistics({node: pair[1] for node, pair in found.items()})
        store.load_bytes(serialise(counted, mint.STATISTICS_GRAPH))
        store.remove(mint.DATASET_GRAPH)
        dataset = dataset_triples(counts, VERSION, self.built)
        store.load_bytes(serialise(dataset, mint.DATASET_GRAPH))
        counts["statements"] = len(store)
        ledger.close()
        store.flush()
        del store  # Oxigraph releases its lock when the last handle goes
        manifest = kg.Manifest(name, VERSION, dict(sorted(counts.items())), gaps, self.built)
        kg.write_manifest(self.folder, manifest)
        kg.remove_other_generations(self.folder, name)
        return self._report(read_now, manifest)

    def _copy_or_new(self, target: Path) -> Store:
        if self.manifest is None:
            store = Store(target / "store")
            self._load_reference_graphs(store)
            return store
        current = self.folder / self.manifest.generation
        old = Store(current / "store")
        old.copy_to(target / "store")
        del old
        shutil.copyfile(current / "ledger.sqlite", target / "ledger.sqlite")
        store = Store(target / "store")
        if self._is_from_another_version():
            store.remove(mint.REGISTERS_GRAPH)
            store.remove(mint.ONTOLOGY_GRAPH)
            self._load_reference_graphs(store)
        return store

    def _is_from_another_version(self) -> bool:
        """Whether the graph at hand was made by software that may count or name otherwise."""
        return self.manifest is not None and self.manifest.version != VERSION

    def _load_reference_graphs(self, store: Store) -> None:
        store.load_bytes(serialise(register_triples(), mint.REGISTERS_GRAPH))
        for document in ontology_documents():
            store.load_turtle(document, mint.ONTOLOGY_GRAPH)

    def _load(self, store: Store, ledger: Ledger, staged: Path) -> int:
        """Put what was read into store and ledger, in place of what they had of it."""
        stale: set[str] = set()
        with staged.open("wb") as out:
            ledger.put(self._staged(store, ledger, out, stale))
        stale -= {iri for iri, _, _ in self.staging.sources()}
        for iri in sorted(stale):
            store.remove(mint.decision_graph(iri))
        ledger.drop(sorted(stale))
        store.load(staged)
        staged.unlink()
        return self.loaded

    def _staged(
        self, store: Store, ledger: Ledger, out: BinaryIO, stale: set[str]
    ) -> Iterator[Entry]:
        """Each reading's entry, after its statements were written and the old ones removed.

        ``stale`` is given the decisions that an earlier build made of the same sources.
        """
        for entry, quads in self.staging.readings():
            stale.update(ledger.superseded(entry))
            store.remove(mint.decision_graph(entry.iri))
            out.write(quads)
            self.loaded += 1
            yield entry

    def _report(self, read_now: int, manifest: kg.Manifest) -> Report:
        return Report(
            read=read_now,
            unchanged=len(self.unchanged),
            duplicates=tuple(self.duplicates),
            rejected=tuple(self.rejected),
            counts=manifest.counts,
            gaps=manifest.gaps,
        )
