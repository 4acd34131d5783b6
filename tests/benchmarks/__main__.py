"""Runs a benchmark by name and prints what it measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks import building, drawing, exploring, exporting, extraction, questions

BENCHMARKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "building": building.lines,
    "explorer": exploring.lines,
    "drawing": drawing.lines,
    "exports": exporting.lines,
    "extraction": extraction.lines,
    "questions": questions.lines,
}


def _all() -> Iterator[str]:
    for name, lines in BENCHMARKS.items():
        yield f"## {name}"
        yield from lines()


USAGE = f"""usage: python -m tests.benchmarks [{"|".join(BENCHMARKS)}]
       python -m tests.benchmarks building COUNT
"""


def main(arguments: list[str]) -> int:
    """Print one benchmark, or all of them; 2 for wrong usage."""
    match arguments:
        case []:
            run = _all()
        case [name] if name in BENCHMARKS:
            run = BENCHMARKS[name]()
        case ["building", count] if count.isdecimal():
            run = building.lines(int(count))
        case _:
            sys.stderr.write(USAGE)
            return 2
    for line in run:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
