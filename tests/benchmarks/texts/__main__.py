"""Writes made-up decisions to a folder, or holds extraction to them.

::

    python -m tests.benchmarks.texts 50000 FOLDER [--start K] [--truth FOLDER]
    python -m tests.benchmarks.texts --check 500 [--start K] [--items]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.texts.check import report
from tests.benchmarks.texts.made import decision

_PER_FOLDER = 1000
"""Files in one folder below the one that is named: folders of many files are slow to list."""


def write(count: int, folder: Path, *, start: int = 0, truth: Path | None = None) -> None:
    """Write decisions, and their annotation if a folder for it is given.

    The files of a thousand numbers lie in one folder; those of one number have the same
    name and bytes whatever else is written. The annotation lies in one folder without
    others below it, as ``faultlines score`` wants it.
    """
    if truth:
        truth.mkdir(parents=True, exist_ok=True)
    for number in range(start, start + count):
        place = folder / f"{number // _PER_FOLDER:04}"
        if number == start or number % _PER_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        made = decision(number)
        (place / made.name).write_text(made.text, encoding="utf-8", newline="\n")
        if truth:
            annotation = json.dumps(made.truth, ensure_ascii=False, indent=1)
            name = made.name.rpartition(".")[0]
            (truth / f"{name}.json").write_text(f"{annotation}\n", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Run the command; wrong usage ends with 2."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.texts",
        description="Made-up decisions with what they say known.",
    )
    parser.add_argument("count", nargs="?", type=int, help="how many decisions to write")
    parser.add_argument("folder", nargs="?", type=Path, help="where to write them")
    parser.add_argument("--start", type=int, default=0, help="number of the first decision")
    parser.add_argument("--truth", type=Path, help="folder for their annotation")
    parser.add_argument("--check", type=int, metavar="N", help="score extraction on N decisions")
    parser.add_argument("--items", action="store_true", help="name what is missing or too much")
    given = parser.parse_args(arguments)
    if given.check:
        sys.stdout.write(report(given.check, given.start, items=given.items))
    elif given.count is None or given.folder is None:
        parser.error("give a number of decisions and a folder, or --check N")
    else:
        write(given.count, given.folder, start=given.start, truth=given.truth)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
