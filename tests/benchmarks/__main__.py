"""Runs a benchmark by name and prints what it measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks import drawing, exploring, exporting, extraction, questions

BENCHMARKS: Mapping[str, Callable[[], Iterator[str]]] = {
    "explorer": exploring.lines,
    "drawing": drawing.lines,
    "exports": exporting.lines,
    "extraction": extraction.lines,
    "questions": questions.lines,
}


def main(arguments: list[str]) -> int:
    """Print one benchmark; 2 for wrong usage."""
    if len(arguments) != 1 or arguments[0] not in BENCHMARKS:
        sys.stderr.write(f"usage: python -m tests.benchmarks {'|'.join(BENCHMARKS)}\n")
        return 2
    for line in BENCHMARKS[arguments[0]]():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
