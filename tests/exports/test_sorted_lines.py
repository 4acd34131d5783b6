"""Lines in order and each once, in memory that does not grow."""

from __future__ import annotations

import random
import tracemalloc

from exports.sorted_lines import SortedLines


def test_lines_of_many_runs_come_back_sorted_and_once() -> None:
    lines = [b"%05d\n" % (number % 700) for number in range(3_000)]
    random.Random(7).shuffle(lines)
    with SortedLines(in_memory=100) as held:
        assert not held
        held.add(lines)
        assert held
        assert list(held) == sorted(set(lines))
        assert list(held) == sorted(set(lines))  # as often as asked


def test_long_lines_are_no_reason_to_hold_more() -> None:
    with SortedLines() as held:
        tracemalloc.start()
        try:
            held.add(b"%04d" % number + b"x" * 2**20 + b"\n" for number in range(200))
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert most < 100 * 2**20
        assert sum(1 for _ in held) == 200
