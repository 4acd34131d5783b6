"""How fast fifty thousand made-up decisions are exported, beside Oxigraph's own dump.

Each format is written by a process of its own, whole, and so is Oxigraph's dump of the same
store as N-Quads, before and after all others. The bar is half the dump's speed: a format may
take twice its time. What reading costs alone is shown too, and the most memory that a
process had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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
import exports
from graph.knowledge_graph import KnowledgeGraph
folder, name, output = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
with KnowledgeGraph.open(folder) as kg:
    start = time.perf_counter()
    if name == "dump":
        with output.open("wb") as out:
            kg.store.dump(out)
    elif name == "reading":
        for _ in exports.Selection(kg).portions():
            pass
    else:
        exports.export(kg, name, output)
    seconds = time.perf_counter() - start
files = [output] if output.is_file() else output.rglob("*")
size = sum(path.stat().st_size for path in files if path.is_file())
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, size, memory]))
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
    yield _line("Oxigraph's dump", first, first[0])
    worst, which = 0.0, ""
    for name in ("reading", *(names or (one.name for one in EXPORTERS))):
        found = _run(folder, name)
        yield _line("reading alone" if name == "reading" else name, found, first[0])
        if name != "reading" and found[0] > worst:
            worst, which = found[0], name
    last = _run(folder, "dump")
    yield _line("Oxigraph's dump", last, first[0])
    times = worst / ((first[0] + last[0]) / 2)
    yield f"slowest {which}: {times:.2f} times the dump's mean time ({times / BAR:.2f} of the bar)"


def _run(folder: Path, name: str) -> tuple[float, int, int]:
    """Seconds, bytes written and peak memory in KiB."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        command = [sys.executable, "-c", _PROGRAM, str(folder), name, f"{temporary}/written"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{name} failed: {ran.stderr}")
    seconds, size, memory = json.loads(ran.stdout)
    return seconds, size, memory


def _line(name: str, found: tuple[float, int, int], dump: float) -> str:
    seconds, size, memory = found
    return (
        f"{name:16} {seconds:8.1f} s  {seconds / dump:5.2f} of the dump's time  "
        f"{size / 1e6:10,.1f} MB  {memory / 1024:6,.0f} MiB of memory"
    )
