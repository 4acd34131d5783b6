"""The next generation of a graph while it is made: a store and a ledger beside the current ones.

Statements go into the store in bulk, on a thread of their own, while the ledger is written and
other processes read what comes next; Oxigraph loads outside Python's lock. Until the build
replaces the manifest, nobody reads what is made here, and what a stopped build leaves of it is
deleted by the next.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from graph.addition import restored
from graph.batch import Batch
from graph.entry import Entry
from graph.knowledge_graph import Manifest
from graph.ledger import Ledger
from graph.store import Store
from graph.triples.dataset import dataset_triples
from graph.triples.investigation import investigation_triples, investigations
from graph.triples.ntriples import Triple, serialise
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
        shutil.rmtree(self._path, ignore_errors=True)
        (self._path / "quads").mkdir(parents=True)
        self._store, self.ledger = self._begun()
        self._held = {entry for entry, _, _ in self.ledger.rooted()} if current else set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._tasks: deque[Future[None]] = deque()
        self._files = 0

    def _begun(self) -> tuple[Store, Ledger]:
        ledger = self._path / "ledger.sqlite"
        if self._current is None:
            store = Store(self._path / "store")
            self._load_reference_graphs(store)
            return store, Ledger(ledger)
        old = Store(self._current / "store")
        old.copy_to(self._path / "store")
        del old  # Oxigraph releases its lock when the last handle goes
        shutil.copyfile(self._current / "ledger.sqlite", ledger)
        store = Store(self._path / "store")
        if self._upgraded:
            store.remove(mint.REGISTERS_GRAPH)
            store.remove(mint.ONTOLOGY_GRAPH)
            self._load_reference_graphs(store)
        return store, Ledger(ledger)

    def _load_reference_graphs(self, store: Store) -> None:
        store.load_bytes(serialise(register_triples(), mint.REGISTERS_GRAPH))
        for document in ontology_documents():
            store.load_turtle(document, mint.ONTOLOGY_GRAPH)

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
        old = sorted(self._held.intersection(iris))
        self._held.difference_update(old)

        def load() -> None:
            for iri in old:
                self._store.remove(mint.decision_graph(iri))
            self._store.load(batch.quads)
            batch.quads.unlink()

        self._do(load)
        self.ledger.put(batch.additions)

    def settle(self, entry: Entry) -> None:
        """Make ``entry`` the one reading of its decision, whatever was added of it."""
        added, quads = restored(entry)

        def replace() -> None:
            self._store.remove(mint.decision_graph(entry.iri))
            self._store.load_bytes(quads)

        self._do(replace)
        self.ledger.put([added])

    def remove(self, iris: Iterable[str], *, buried: bool) -> None:
        """Take out decisions; those whose sources are gone are ``buried``: they leave a trace."""
        gone = sorted(iris)

        def remove() -> None:
            for iri in gone:
                self._store.remove(mint.decision_graph(iri))

        self._do(remove)
        (self.ledger.bury if buried else self.ledger.drop)(gone)

    def finish(self, built: str | None) -> Manifest:
        """Count everything and make the generation safe on disk; what its manifest says.

        ``built`` is the time that the build was given.
        """
        if self._upgraded:  # which may count or name otherwise
            self.ledger.recount(restored(entry)[0] for entry in self.ledger.entries())
        counts, gaps = self.ledger.totals()
        counts = {"decisions": len(self.ledger), **counts}
        found = investigations(self.ledger.wordings())
        shared = self._replace(mint.INVESTIGATIONS_GRAPH, investigation_triples(found.values()))
        counted = self.ledger.statistics({node: pair[1] for node, pair in found.items()})
        shared += self._replace(mint.STATISTICS_GRAPH, counted)
        about = dataset_triples(counts, self._version, built)
        shared += self._replace(mint.DATASET_GRAPH, about)
        self.ledger.close()
        while self._tasks:
            self._tasks.popleft().result()
        shared += sum(map(self._store.size, (mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH)))
        counts["statements"] = counts.get("statements", 0) + shared
        self._store.flush()
        self._end()
        shutil.rmtree(self._path / "quads")
        counts, gaps = dict(sorted(counts.items())), dict(sorted(gaps.items()))
        return Manifest(self.name, self._version, counts, gaps, built)

    def discard(self) -> None:
        """Delete what was made."""
        self.ledger.close()
        self._end()
        shutil.rmtree(self._path, ignore_errors=True)

    def _replace(self, graph: str, triples: Iterable[Triple]) -> int:
        """Make a named graph hold these statements; how many they are.

        They are kept as a file too, for the next generation to see what it changes: few of
        hundreds of thousands, which the store would take seconds to give back.
        """
        name = f"{graph.removeprefix(mint.GRAPH)}.nt"
        lines = serialise(triples)
        (self._path / name).write_bytes(lines)
        held = self._current / name if self._current else None

        def replace() -> None:
            old = b""
            if held and held.exists():
                old = held.read_bytes()
            else:
                self._store.remove(graph)
            self._store.replace(graph, old, lines)

        self._do(replace)
        return lines.count(b"\n")

    def _do(self, task: Callable[[], None]) -> None:
        """Have the store's thread do a task after those before it, which may have failed."""
        while len(self._tasks) > _WAITING:
            self._tasks.popleft().result()
        self._tasks.append(self._thread.submit(task))

    def _end(self) -> None:
        self._thread.shutdown(cancel_futures=True)
        self._tasks.clear()
        del self._store  # Oxigraph releases its lock when the last handle goes
