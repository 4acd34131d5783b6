"""Runs a benchmark by name and prints what it measured.

With ``--write`` what it measured also goes into README.md beside this file, with the facts of
the machine.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from graph.workers import available
from tests.benchmarks import building, drawing, exploring, exporting, extraction, questions, scaling
from tests.generated import replaced

RESULTS = Path(__file__).with_name("README.md")

BENCHMARKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "building": building.lines,
    "explorer": exploring.lines,
    "drawing": drawing.lines,
    "exports": exporting.lines,
    "extraction": extraction.lines,
    "questions": questions.lines,
    "scaling": scaling.lines,
}
_OF_ANY_SIZE: Mapping[str, Callable[[int], Iterator[str]]] = {
    "building": building.lines,
    "scaling": scaling.lines,
}

USAGE = f"""usage: python -m tests.benchmarks [{"|".join(BENCHMARKS)}] [--write]
       python -m tests.benchmarks building|scaling COUNT [--write]
"""


def main(arguments: list[str]) -> int:
    """Print one benchmark, or all of them; 2 for wrong usage."""
    writes = arguments[-1:] == ["--write"]
    run: dict[str, Iterator[str]]
    match arguments[:-1] if writes else arguments:
        case []:
            run = {name: lines() for name, lines in BENCHMARKS.items()}
        case [name] if name in BENCHMARKS:
            run = {name: BENCHMARKS[name]()}
        case ["building" | "scaling" as name, count] if count.isdecimal():
            run = {name: _OF_ANY_SIZE[name](int(count))}
        case _:
            sys.stderr.write(USAGE)
            return 2
    for name, lines in run.items():
        said = []
        for line in lines:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            said.append(line)
        if writes:
            block = "\n".join(["```text", machine(), *said, "```", ""])
            text = replaced(RESULTS.read_text(encoding="utf-8"), name, block)
            RESULTS.write_text(text, encoding="utf-8", newline="\n")
    return 0


def machine() -> str:
    """What the figures were measured on."""
    name = platform.machine()
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    memory = ""
    with suppress(ValueError, OSError, AttributeError):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        memory = f", {size / 2**30:.0f} GiB of memory"
    return (
        f"{available()} processors {name}{memory}; {platform.system()}, "
        f"Python {platform.python_version()}, pyoxigraph {version('pyoxigraph')}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
