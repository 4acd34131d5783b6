"""How fast decisions become a graph, beside what loading the same statements alone takes.

Decisions are written to a folder as text and built by ``faultlines build`` as people run it.
Beside it stands Oxigraph's bulk loader, given the very statements that the build made as one
file of N-Quads: less than that no build into this store can take. The bar is 1.5 times its time.
Then the same folder is built again unchanged, with a hundred decisions more, and with a hundred
of them changed and a hundred gone; the last graph of a small run is held against one built
afresh. Memory is what all processes of a build have together, shared pages counted once.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from graph.knowledge_graph import KnowledgeGraph
from graph.workers import available
from tests.benchmarks.build_run import BUILD, LOAD, Run, line, run, write_decisions
from tests.benchmarks.texts.__main__ import write

DECISIONS = 50_000
FEW = 100
"""Decisions that come, change or go."""
_COMPARED = 5_000
"""Decisions up to which what was built in steps is held against a graph built at once: all their
statements are sorted twice."""
BAR = 1.5
"""Times of the loader's time that a build may take."""


def lines(count: int = DECISIONS) -> Iterator[str]:
    """The measurement of ``count`` decisions as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield from _measured(folder, folder / "decisions", count)


def _measured(folder: Path, sources: Path, count: int) -> Iterator[str]:
    write_decisions(sources, count)
    size = sum(path.stat().st_size for path in sources.rglob("*.*"))
    yield f"{count:,} decisions of {size / count / 1000:.1f} KB, {available()} processors"
    whole = run(BUILD, sources, folder / "kg")
    yield line("build", whole, count)
    statements = _dump(folder / "kg", folder / "all.nq")
    alone = run(LOAD, folder / "all.nq", folder / "store")
    (folder / "all.nq").unlink()
    yield line("Oxigraph's loader alone", alone, count)
    times = whole.seconds / alone.seconds
    yield (
        f"{statements:,} statements; the build takes {times:.2f} times as long as the loader "
        f"({times / BAR:.2f} of the bar), {whole.busy / alone.busy:.2f} times by the processors"
    )
    yield _part("unchanged", run(BUILD, sources, folder / "kg"), whole)
    write(FEW, sources, start=count)
    yield _part(f"{FEW} more", run(BUILD, sources, folder / "kg"), whole)
    files = sorted(path for path in sources.rglob("*.*") if path.is_file())
    for path in files[:FEW]:
        path.write_bytes(path.read_bytes() + b"\n")
    for path in files[-FEW:]:
        path.unlink()
    yield _part(f"{FEW} changed, {FEW} gone", run(BUILD, sources, folder / "kg"), whole)
    if count > _COMPARED:
        return
    _dump(folder / "kg", folder / "steps.nq")
    run(BUILD, sources, folder / "fresh")
    _dump(folder / "fresh", folder / "fresh.nq")
    same = _sorted(folder / "steps.nq") == _sorted(folder / "fresh.nq")
    yield f"in steps and afresh: {'the same statements' if same else 'DIFFERENT STATEMENTS'}"


def _dump(folder: Path, path: Path) -> int:
    """Write all statements of a graph; how many they are."""
    with KnowledgeGraph.open(folder) as kg, path.open("wb") as out:
        kg.store.dump(out)
        return kg.manifest.counts["statements"]


def _sorted(path: Path) -> bytes:
    """A hash of the lines of a file in order, without blank nodes, whose names are random."""
    command = f"grep -v '_:' {path} | LC_ALL=C sort -S 25% | sha256sum"
    return subprocess.run(["sh", "-c", command], capture_output=True, check=True).stdout


def _part(name: str, one: Run, whole: Run) -> str:
    read, unchanged, removed = one.done
    return (
        f"{name:24} {one.seconds:7.1f} s, 1/{whole.seconds / one.seconds:.0f} of the build "
        f"({read:,} read, {unchanged:,} unchanged, {removed:,} removed)"
    )
