"""Decisions read per second in one process, beside what any reader has to do.

Published decisions have about 9 KB of text, so the sample decisions nearest to that size
are read, each in several copies under different references. Beside it stand reading and
decoding the same files, and trying every rule's pattern on every whole text with ``re``,
which finds words but links and decides nothing.
The ratios say more than the numbers, which depend on the machine.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from graph.extraction import rules
from graph.extraction.folding import fold
from graph.extraction.pipeline import extract
from graph.sources.raw import RawDocument
from graph.sources.source import read

SAMPLE = Path(__file__).parents[2] / "graph" / "sample" / "decisions"
SIZE = 9_000
"""Bytes of a usual decision."""
NEAREST = 6
"""How many sample decisions stand for all."""
COPIES = 20
RUNS = 3
"""The fastest of these counts; the others were disturbed."""


def lines() -> Iterator[str]:
    """The measurement as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _corpus(Path(folder))
        size = sum(path.stat().st_size for path in paths)
        yield f"{len(paths)} texts of {size / len(paths) / 1000:.1f} KB each, one process"
        extraction = _fastest(lambda: [extract(raw) for raw in _documents(paths)])
        baselines = (
            ("reading and decoding alone", lambda: _decode(paths)),
            ("every rule by re on whole texts", lambda: _search(paths)),
        )
        yield _line("faultlines extract", extraction, len(paths), size)
        for name, work in baselines:
            seconds = _fastest(work)
            yield (
                f"{_line(name, seconds, len(paths), size)}, "
                f"extraction takes {extraction / seconds:.2f} times as long"
            )


def nearest() -> list[Path]:
    """The sample decisions nearest to the usual size, by name."""
    texts = sorted(SAMPLE.glob("*.txt"), key=lambda path: abs(path.stat().st_size - SIZE))
    return sorted(texts[:NEAREST])


def _corpus(folder: Path) -> list[Path]:
    made = []
    for source in nearest():
        text = source.read_text(encoding="utf-8")
        reference = " ".join(source.stem.split("-"))
        for number in range(COPIES):
            path = folder / f"{source.stem}-{number}.txt"
            path.write_text(text.replace(reference, f"{reference[:2]} 9{number:02} 000"), "utf-8")
            made.append(path)
    return made


def _documents(paths: list[Path]) -> Iterator[RawDocument]:
    for raw in read(paths):
        if isinstance(raw, RawDocument):
            yield raw


def _decode(paths: list[Path]) -> None:
    for path in paths:
        path.read_bytes().decode("utf-8")


def _search(paths: list[Path]) -> None:
    patterns = [rule.pattern for name in rules.names() for rule in rules.rules(name)]
    for path in paths:
        text = fold(path.read_bytes().decode("utf-8"))
        for pattern in patterns:
            for _ in pattern.finditer(text):
                pass


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest run; the first, which loads and compiles, is not counted."""
    work()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def _line(name: str, seconds: float, count: int, size: int) -> str:
    return f"{name}: {count / seconds:,.0f} decisions/s, {size / seconds / 1e6:.1f} MB/s"
