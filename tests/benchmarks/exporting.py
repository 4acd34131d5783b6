"""How fast fifty thousand made-up decisions are exported, beside Oxigraph's own dump.

Each format is written by a process of its own, whole, and so is Oxigraph's dump of the same
store as N-Quads, before and after all others. The bar is half the dump's speed: a format may
take twice its time, by the clock and, because other work on the machine slows that, in seconds
of the processor. What reading costs alone is shown too, and the most memory that a process had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from exports import EXPORTERS
from graph.build import build_records
from graph.knowledge_graph import KnowledgeGraph
from tests.benchmarks.corpus import decisions

DECISIONS = 50_000
BAR = 2.0
"""Times of the dump's time that an export may take."""

_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from typing import NamedTuple
import exports
from graph.knowledge_graph import KnowledgeGraph
folder, name, output = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
with KnowledgeGraph.open(folder) as kg:
    start, busy = time.perf_counter(), time.process_time()
    if name == "dump":
        with output.open("wb") as out:
            kg.store.dump(out)
    elif name == "reading":
        for _ in exports.Selection(kg).portions():
            pass
    else:
        exports.export(kg, name, output)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
files = [output] if output.is_file() else output.rglob("*")
size = sum(path.stat().st_size for path in files if path.is_file())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, busy, size, memory]))
"""


def lines() -> Iterator[str]:
    """The measurement as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "kg"
        build_records(decisions(DECISIONS), folder)
        yield from measured(folder)


def measured(folder: Path, names: tuple[str, ...] = ()) -> Iterator[str]:
    """The same of a graph that is there, for some formats or for all."""
    with KnowledgeGraph.open(folder) as kg:
        counts = kg.manifest.counts
    yield f"{counts['decisions']:,} decisions, {counts['statements']:,} statements"
    first = _run(folder, "dump")
    yield _line("Oxigraph's dump", first, first)
    slowest = (0.0, "")
    for name in ("reading", *(names or (one.name for one in EXPORTERS))):
        found = _run(folder, name)
        yield _line("reading alone" if name == "reading" else name, found, first)
        if name != "reading":
            slowest = max(slowest, (found.busy, name))
    last = _run(folder, "dump")
    yield _line("Oxigraph's dump", last, first)
    times = slowest[0] / ((first.busy + last.busy) / 2)
    yield (
        f"slowest {slowest[1]}: {times:.2f} times the dump's processor time "
        f"({times / BAR:.2f} of the bar)"
    )


class _Run(NamedTuple):
    seconds: float
    """By the clock."""
    busy: float
    """Of the processor."""
    size: int
    """Bytes written."""
    memory: int
    """At most, in KiB."""


def _run(folder: Path, name: str) -> _Run:
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        command = [sys.executable, "-c", _PROGRAM, str(folder), name, f"{temporary}/written"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{name} failed: {ran.stderr}")
    return _Run(*json.loads(ran.stdout))


def _line(name: str, found: _Run, dump: _Run) -> str:
    return (
        f"{name:16} {found.seconds:7.1f} s, {found.seconds / dump.seconds:4.2f} of the dump's; "
        f"processor {found.busy:7.1f} s, {found.busy / dump.busy:4.2f}; "
        f"{found.size / 1e6:9,.1f} MB; {found.memory / 1024:5,.0f} MiB of memory"
    )
