"""How long the named questions take on fifty thousand made-up decisions, asked a second time.

Each question is asked with what it needs alone and with each of its other parameters. The
bars are a median of 100 ms and 2 s for the slowest. Where a question about everything reads
the counts made at build time, the same question is asked of the decisions too, with the same
answer: how many times longer that takes is what the counts are for. Last, a whole run of the
command ``faultlines query``, beside a Python that starts and ends.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from graph.build import build_records
from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.asking import ask
from graph.questions.question import Question, questions
from graph.questions.runner import QueryRunner
from tests.answers import asked
from tests.benchmarks.corpus import decisions

DECISIONS = 50_000
ROWS = 10_000
"""Rows of an answer that are read, as the explorer's limit has it."""
PATIENCE = 30.0
"""Seconds after which asking the decisions is given up."""
STARTS = 5

MEDIAN_BAR, SLOWEST_BAR, START_BAR = 0.1, 2.0, 0.6

VALUES = {
    "council": "Birmingham City Council",
    "other": "Leeds City Council",
    "reference": "16 000 014",
    "least": "100",
    "most": "500",
}
"""Values that the corpus has, in place of the sample's."""


def lines() -> Iterator[str]:
    """The measurement as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "kg"
        built = _seconds(lambda: build_records(decisions(DECISIONS), folder))
        with KnowledgeGraph.open(folder) as kg:
            statements = kg.manifest.counts["statements"]
            yield f"{DECISIONS:,} decisions, {statements:,} statements, built in {built:,.0f} s"
            yield from _questions(kg)
            yield from _counts(kg)
        yield from _starts(folder)


def _questions(kg: KnowledgeGraph) -> Iterator[str]:
    found: list[tuple[float, str]] = []
    for name, question in questions().items():
        for given in asked(question):
            values = {key: VALUES.get(key, value) for key, value in given.items()}
            answer = _asking(kg, name, values)
            answer()
            seconds = _seconds(answer)
            shown = " ".join(f"{key}={value}" for key, value in values.items())
            found.append((seconds, f"{name} {shown}".strip()))
            yield f"{seconds * 1000:7.0f} ms  {found[-1][1]}"
    middle, (slowest, which) = median(seconds for seconds, _ in found), max(found)
    yield (
        f"{len(found)} ways of asking: median {middle * 1000:.0f} ms "
        f"({middle / MEDIAN_BAR:.2f} of the bar), "
        f"slowest {slowest * 1000:,.0f} ms ({slowest / SLOWEST_BAR:.2f} of the bar): {which}"
    )


def _asking(kg: KnowledgeGraph, name: str, values: dict[str, str]) -> Callable[[], object]:
    return lambda: ask(kg, name, values, limit=ROWS)


def _counts(kg: KnowledgeGraph) -> Iterator[str]:
    """What the counts save: the same questions asked of every decision instead."""
    with QueryRunner(kg.store_path, PATIENCE, ROWS, workers=1) as runner:
        runner.query("ASK {}")
        for question in questions().values():
            first = _first_branch(question)
            if first is None or any(parameter.required for parameter in question.parameters):
                continue
            counted = question.sparql()
            direct = question.written(first, {})
            runner.query(counted)
            quick = _seconds(partial(runner.query, counted))
            try:
                slow = _seconds(partial(runner.query, direct))
                times = f"{slow / quick:,.0f}"
            except QueryError:
                times = f"more than {PATIENCE / quick:,.0f}"
            yield f"{question.name}: asking the decisions takes {times} times as long"


def _first_branch(question: Question) -> set[str] | None:
    """The parameters of a first branch that asks the decisions, where the last asks the counts."""
    before, _, after = question.text.partition("#el")
    if not after or "statistics:" in before or "statistics:" not in after:
        return None
    return set(before.partition("#if ")[2].partition("\n")[0].split()[:1])


def _starts(folder: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "faultlines", "query", str(folder), "faults-by-type"]
    whole = median(_seconds(lambda: _run(command)) for _ in range(STARTS))
    alone = median(_seconds(lambda: _run([sys.executable, "-c", "pass"])) for _ in range(STARTS))
    yield (
        f"faultlines query as a whole: {whole:.2f} s ({whole / START_BAR:.2f} of the bar), "
        f"{whole / alone:.1f} times Python that starts and ends"
    )


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
