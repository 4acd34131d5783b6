"""The next generation of a graph while it is made: a store and a ledger beside the current ones.

Statements go into the store in bulk, on a thread of their own, while the ledger is written and
other processes read what comes next; Oxigraph loads outside Python's lock. Until the build
replaces the manifest, nobody reads what is made here, and what a stopped build leaves of it is
deleted by the next.
"""

from __future__ import annotations

import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from graph.addition import restored
from graph.batch import Batch
from graph.entry import Entry
from graph.knowledge_graph import Manifest
from graph.ledger import Ledger
from graph.statistics import Difference
from graph.store import Store
from graph.triples.dataset import dataset_triples
from graph.triples.ntriples import serialise
from graph.triples.registers import register_triples
from ontology import iri as mint
from ontology.documents import ontology_documents

_WAITING = 3
"""Files of statements that may wait for the store: more would fill the disk to no purpose."""


class Generation:
    """One generation in the making. Nothing of the current one is changed."""

    def __init__(self, folder: Path, current: Manifest | None, version: str) -> None:
        """``folder`` is the graph's; ``current`` what is copied; ``version`` of this software."""
        number = int(current.generation[-4:]) + 1 if current else 1
        self.name = f"generation-{number:04d}"
        self._path = folder / self.name
        self._current = folder / current.generation if current else None
        self._version = version
        self._upgraded = current is not None and current.version != version
        self._past = None if self._upgraded else current
        shutil.rmtree(self._path, ignore_errors=True)
        (self._path / "quads").mkdir(parents=True)
        self._files = 0
        self._ledger: Ledger | None = None
        # what is current is copied while the first decisions are read
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._copied = self._thread.submit(self._copy_ledger)
        self._store = self._thread.submit(self._begun)
        self._tasks: deque[Future[None]] = deque()

    @property
    def ledger(self) -> Ledger:
        """The ledger in the making."""
        if self._ledger is None:
            self._copied.result()
            self._ledger = Ledger(self._path / "ledger.sqlite")
        return self._ledger

    def _copy_ledger(self) -> None:
        if self._current is not None:
            shutil.copyfile(self._current / "ledger.sqlite", self._path / "ledger.sqlite")

    def _begun(self) -> Store:
        if self._current is not None:
            old = Store(self._current / "store")
            old.copy_to(self._path / "store")
            del old  # Oxigraph releases its lock when the last handle goes
        store = Store(self._path / "store")
        if self._upgraded:
            store.remove(mint.REGISTERS_GRAPH)
            store.remove(mint.ONTOLOGY_GRAPH)
        if self._past is None:
            store.load_bytes(serialise(register_triples(), mint.REGISTERS_GRAPH))
            for document in ontology_documents():
                store.load_turtle(document, mint.ONTOLOGY_GRAPH)
        return store

    def next_file(self) -> Path:
        """The name of a new file for the statements of a batch."""
        self._files += 1
        return self._path / "quads" / f"{self._files:06d}.nq"

    def add(self, batch: Batch) -> None:
        """Take a batch in; its file of statements is loaded and deleted in the background.

        Of a decision that an earlier build left here, the old statements go. No decision may be
        added twice: see :meth:`settle`.
        """
        iris = [each.entry.iri for each in batch.additions]
        old = [iri for iri in iris if self.ledger.holds(iri)]

        def load(store: Store) -> None:
            for iri in old:
                store.remove(mint.decision_graph(iri))
            store.load(batch.quads)
            batch.quads.unlink()

        self._do(load)
        self.ledger.put(batch.additions)

    def settle(self, entry: Entry) -> None:
        """Make ``entry`` the one reading of its decision, whatever was added of it."""
        added, quads = restored(entry)

        def replace(store: Store) -> None:
            store.remove(mint.decision_graph(entry.iri))
            store.load_bytes(quads)

        self._do(replace)
        self.ledger.put([added])

    def remove(self, iris: Iterable[str], *, buried: bool) -> None:
        """Take out decisions; those whose sources are gone are ``buried``: they leave a trace."""
        gone = sorted(iris)

        def remove(store: Store) -> None:
            for iri in gone:
                store.remove(mint.decision_graph(iri))

        self._do(remove)
        (self.ledger.bury if buried else self.ledger.drop)(gone)

    def finish(self, built: str | None) -> Manifest:
        """Count everything and make the generation safe on disk; what its manifest says.

        ``built`` is the time that the build was given.
        """
        if self._upgraded:  # which may count or name otherwise
            self.ledger.recount(restored(entry)[0] for entry in self.ledger.entries())
        past = self._past
        counts, gaps = (
            (Counter(past.counts), Counter(past.gaps)) if past else (Counter(), Counter())
        )
        ledger = self._current / "ledger.sqlite" if past and self._current else None
        with self.ledger.continued(ledger) as since:
            more, gaps_more = since.totals()
            counts.update(more)
            gaps.update(gaps_more)
            counts["decisions"] = len(self.ledger)
            shared = {
                mint.INVESTIGATIONS_GRAPH: [since.investigated()],
                mint.STATISTICS_GRAPH: since.counted(),
                mint.DATASET_GRAPH: [self._about(counts, built)],
            }
            counts["statements"] += self._say(shared)
        while self._tasks:
            self._tasks.popleft().result()
        store = self._store.result()
        if past is None:
            counts["statements"] += sum(
                map(store.size, (mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH))
            )
        store.flush()
        del store
        self._end()
        shutil.rmtree(self._path / "quads")
        ordered, ordered_gaps = (dict(sorted(numbers.items())) for numbers in (counts, gaps))
        return Manifest(self.name, self._version, ordered, ordered_gaps, built)

    def _about(self, counts: Mapping[str, int], built: str | None) -> Difference:
        """How the dataset's description of itself changes."""
        past = self._past
        before = dataset_triples(past.counts, past.version, past.built) if past else ()
        return Difference.between(set(before), set(dataset_triples(counts, self._version, built)))

    def _say(self, shared: Mapping[str, Iterable[Difference]]) -> int:
        """Change the graphs that are made of all decisions; by how many statements they grow."""
        path, removed, growth = self.next_file(), bytearray(), 0
        with path.open("wb") as out:
            for graph, differences in shared.items():
                for each in differences:
                    growth += len(each.added) - len(each.removed)
                    removed += serialise(each.removed, graph)
                    out.write(serialise(each.added, graph))

        def change(store: Store) -> None:
            if self._upgraded:
                for graph in shared:
                    store.remove(graph)
            store.discard(bytes(removed))
            store.load(path)
            path.unlink()

        self._do(change)
        return growth

    def discard(self) -> None:
        """Delete what was made."""
        self._end()
        shutil.rmtree(self._path, ignore_errors=True)

    def _do(self, task: Callable[[Store], None]) -> None:
        """Have the store's thread do a task after those before it, which may have failed."""
        while len(self._tasks) > _WAITING:
            self._tasks.popleft().result()
        self._tasks.append(self._thread.submit(lambda: task(self._store.result())))

    def _end(self) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._tasks.clear()
        if self._ledger is not None:
            self._ledger.close()
        del self._store  # Oxigraph releases its lock when the last handle goes
