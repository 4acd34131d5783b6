"""How fast decisions become a graph, beside what loading the same statements alone takes.

Decisions are written to a folder as text and built by ``faultlines build`` as people run it.
Beside it stands Oxigraph's bulk loader, given the very statements that the build made as one
file of N-Quads: less than that no build into this store can take. The bar is 1.5 times its time.
Then the same folder is built again unchanged, with a hundred decisions more, and with a hundred
of them changed and a hundred gone; the last graph is held against one built afresh. Memory is
what all processes of a build have together, shared pages counted once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from graph.knowledge_graph import KnowledgeGraph
from graph.workers import available, done
from tests.benchmarks.texts.__main__ import write

DECISIONS = 50_000
FEW = 100
"""Decisions that come, change or go."""
BAR = 1.5
"""Times of the loader's time that a build may take."""
_PORTION = 1000
"""Decisions written by one process at a time."""
_PAUSE = 0.25
"""Seconds between two looks at the memory."""

_BUILD = """
import json, resource, sys, time
from graph.build import build
start = time.perf_counter()
report = build([sys.argv[1]], sys.argv[2])
seconds = time.perf_counter() - start
own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
busy = sum(each.ru_utime + each.ru_stime for each in own)
print(json.dumps([seconds, busy, [report.read, report.unchanged, len(report.removed)]]))
"""
_LOAD = """
import json, resource, sys, time
import pyoxigraph as ox
start = time.perf_counter()
store = ox.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
store.flush()
seconds = time.perf_counter() - start
own = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([seconds, own.ru_utime + own.ru_stime, []]))
"""


class _Run(NamedTuple):
    seconds: float
    """By the clock."""
    busy: float
    """Of the processors, all processes together."""
    done: list[int]
    """Decisions read, unchanged and removed."""
    memory: int
    """At most at one time, in bytes; 0 where the machine does not tell."""


def lines(count: int = DECISIONS) -> Iterator[str]:
    """The measurement of ``count`` decisions as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        yield from _measured(folder, folder / "decisions", count)


def _measured(folder: Path, sources: Path, count: int) -> Iterator[str]:
    _write(sources, count)
    size = sum(path.stat().st_size for path in sources.rglob("*.*"))
    yield f"{count:,} decisions of {size / count / 1000:.1f} KB, {available()} processors"
    whole = _run(_BUILD, sources, folder / "kg")
    yield _line("build", whole, count)
    statements = _dump(folder / "kg", folder / "all.nq")
    alone = _run(_LOAD, folder / "all.nq", folder / "store")
    (folder / "all.nq").unlink()
    yield _line("Oxigraph's loader alone", alone, count)
    times = whole.seconds / alone.seconds
    yield (
        f"{statements:,} statements; the build takes {times:.2f} times as long as the loader "
        f"({times / BAR:.2f} of the bar), {whole.busy / alone.busy:.2f} times by the processors"
    )
    yield _part("unchanged", _run(_BUILD, sources, folder / "kg"), whole)
    write(FEW, sources, start=count)
    yield _part(f"{FEW} more", _run(_BUILD, sources, folder / "kg"), whole)
    files = sorted(path for path in sources.rglob("*.*") if path.is_file())
    for path in files[:FEW]:
        path.write_bytes(path.read_bytes() + b"\n")
    for path in files[-FEW:]:
        path.unlink()
    yield _part(f"{FEW} changed, {FEW} gone", _run(_BUILD, sources, folder / "kg"), whole)
    _dump(folder / "kg", folder / "steps.nq")
    _run(_BUILD, sources, folder / "fresh")
    _dump(folder / "fresh", folder / "fresh.nq")
    same = _sorted(folder / "steps.nq") == _sorted(folder / "fresh.nq")
    yield f"in steps and afresh: {'the same statements' if same else 'DIFFERENT STATEMENTS'}"


def _write(folder: Path, count: int) -> None:
    """The decisions as files, written by as many processes as there are processors."""
    starts = range(0, count, _PORTION)
    tasks = [partial(write, min(_PORTION, count - one), folder, start=one) for one in starts]
    for _ in done(tasks, available()):
        pass


def _dump(folder: Path, path: Path) -> int:
    """Write all statements of a graph; how many they are."""
    with KnowledgeGraph.open(folder) as kg, path.open("wb") as out:
        kg.store.dump(out)
        return kg.manifest.counts["statements"]


def _sorted(path: Path) -> bytes:
    """A hash of the lines of a file in order, without blank nodes, whose names are random."""
    command = f"grep -v '_:' {path} | LC_ALL=C sort -S 25% | sha256sum"
    return subprocess.run(["sh", "-c", command], capture_output=True, check=True).stdout


def _run(program: str, *arguments: Path) -> _Run:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    most = [0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_PAUSE):
            most[0] = max(most[0], sum(map(_memory, _family(started.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        out, errors = started.communicate()
    finally:
        over.set()
        watcher.join()
    if started.returncode:
        raise RuntimeError(f"{arguments}: {errors}")
    seconds, busy, figures = json.loads(out)
    return _Run(seconds, busy, figures, most[0])


def _family(pid: int) -> Iterator[int]:
    """A process and all those that it started."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _memory(pid: int) -> int:
    """Bytes of a process, each shared page divided by how many share it."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _line(name: str, run: _Run, count: int) -> str:
    return (
        f"{name:24} {run.seconds:7.1f} s, {count / run.seconds:7,.0f} decisions/s; "
        f"processors {run.busy:7.1f} s; {run.memory / 2**20:6,.0f} MiB of memory"
    )


def _part(name: str, run: _Run, whole: _Run) -> str:
    read, unchanged, removed = run.done
    return (
        f"{name:24} {run.seconds:7.1f} s, 1/{whole.seconds / run.seconds:.0f} of the build "
        f"({read:,} read, {unchanged:,} unchanged, {removed:,} removed)"
    )
