"""A program run by itself and measured: its time, its processors' time and its memory.

What is measured is what all its processes take together; of memory, shared pages count once.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from graph.workers import available, done
from tests.benchmarks.texts.__main__ import write

_PORTION = 1000
"""Decisions written by one process at a time."""
_PAUSE = 0.25
"""Seconds between two looks at the memory."""

BUILD = """
import json, resource, sys, time
from graph.build import build
start = time.perf_counter()
report = build([sys.argv[1]], sys.argv[2])
seconds = time.perf_counter() - start
own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
busy = sum(each.ru_utime + each.ru_stime for each in own)
print(json.dumps([seconds, busy, [report.read, report.unchanged, len(report.removed)]]))
"""
LOAD = """
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


class Run(NamedTuple):
    """What a program took."""

    seconds: float
    """By the clock."""
    busy: float
    """Of the processors, all processes together."""
    done: list[int]
    """Decisions read, unchanged and removed."""
    memory: int
    """At most at one time, in bytes; 0 where the machine does not tell."""


def write_decisions(folder: Path, count: int) -> None:
    """The decisions as files, written by as many processes as there are processors."""
    starts = range(0, count, _PORTION)
    tasks = [partial(write, min(_PORTION, count - one), folder, start=one) for one in starts]
    for _ in done(tasks, available()):
        pass


def run(program: str, *arguments: Path) -> Run:
    """Run :data:`BUILD` or :data:`LOAD` from one path into another.

    Raises RuntimeError with what it said when it failed.
    """
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
    return Run(seconds, busy, figures, most[0])


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


def line(name: str, one: Run, count: int) -> str:
    """A run over ``count`` decisions in a line of text."""
    return (
        f"{name:24} {one.seconds:7.1f} s, {count / one.seconds:7,.0f} decisions/s; "
        f"processors {one.busy:7.1f} s; {one.memory / 2**20:6,.0f} MiB of memory"
    )
