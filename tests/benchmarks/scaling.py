"""Whether ten times as many decisions take ten times as long to build, and no more memory.

Two graphs are built of made-up decisions, as :mod:`tests.benchmarks.building` builds one. The
cost of a decision in the large one may be 1.1 times that in the small one, by the time of the
processors, which a machine that others use disturbs least; all processes of a build may have
1.5 GiB of memory at one time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.build_run import BUILD, line, run, write_decisions

DECISIONS = 200_000
_TIMES = 10
BAR = 1.1
"""Times of a decision's cost in the small graph that it may have in the large one."""
_MEMORY = 1.5 * 2**30
"""Bytes."""


def lines(count: int = DECISIONS) -> Iterator[str]:
    """The measurement of ``count`` decisions and a tenth of them, a line as soon as it is known."""
    costs, memory = [], 0
    for many in (count // _TIMES, count):
        with tempfile.TemporaryDirectory() as temporary:
            sources, graph = Path(temporary, "decisions"), Path(temporary, "kg")
            write_decisions(sources, many)
            built = run(BUILD, sources, graph)
            yield line(f"{many:,}", built, many)
            again = run(BUILD, sources, graph)
            yield line(f"{many:,} unchanged", again, many)
        costs.append(built.busy / many)
        memory = max(memory, built.memory, again.memory)
    small, large = costs
    yield (
        f"a decision costs {1000 * small:.1f} ms of the processors, then {1000 * large:.1f}: "
        f"{large / small:.2f} times ({large / small / BAR:.2f} of the bar); "
        f"memory {memory / _MEMORY:.2f} of the bar"
    )
