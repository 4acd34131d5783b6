"""Decisions read per second in one process, beside what any reader has to do and what others do.

The texts are made up (:mod:`tests.benchmarks.texts`), each read once, as in a corpus: what is
remembered of one decision serves another only as far as decisions repeat each other. Time is
that of the processor, which other work on the machine disturbs least, and the fastest of some
hundreds of decisions counts. The ratios say more than the numbers, which depend on the machine.

Beside extraction stand reading and decoding alone, and three that find words and decide
nothing: every rule's pattern by ``re``, spaCy's EntityRuler with the strings that the rules look
for, and eyecite, which looks for citations (of another country's law). spaCy and eyecite are in
the extra ``bench``.
"""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.extraction import rules
from graph.extraction.folding import fold
from graph.extraction.pipeline import extract
from graph.extraction.prefilter import required_literals
from graph.sources.raw import RawDocument
from graph.sources.source import read
from tests.benchmarks.texts import decision

COUNT = 300
"""Decisions of one measurement."""
RUNS = 3
"""Measurements of as many other decisions; the fastest counts."""
FEW = 40
"""Decisions for those that take long over each."""
FIRST = 100_000
"""Number of the first decision."""

Work = Callable[[Sequence[Path]], object]


@dataclass(frozen=True, slots=True)
class _Peer:
    """Another way to read the same texts."""

    name: str
    make: Callable[[], Work]
    count: int
    """Decisions measured."""
    faster: float | None = None
    """How many times as fast extraction should be."""
    module: str = "re"
    """What has to be installed."""


def lines() -> Iterator[str]:
    """The measurement as lines of text, one as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder:
        lots = _corpus(Path(folder))
        size = sum(map(_size, lots[1:])) / sum(map(len, lots[1:])) / 1000
        yield (
            f"{RUNS} times {COUNT} made-up texts of {size:.1f} KB each, "
            "none read before, one process, processor time"
        )
        own = _rate(_extract, lots, COUNT)
        yield _line("faultlines extract", own)
        for peer in _peers():
            if importlib.util.find_spec(peer.module) is None:
                yield f"{peer.name}: {peer.module} is not installed; pip install '.[bench]'"
                continue
            rate = _rate(peer.make(), lots, min(peer.count, COUNT))
            yield f"{_line(peer.name, rate)}; {_beside(own / rate, peer.faster)}"


def _peers() -> tuple[_Peer, ...]:
    return (
        _Peer("reading and decoding alone", lambda: _decode, COUNT),
        _Peer("every rule by re on whole texts", _search, FEW),
        _Peer("spaCy's EntityRuler with what the rules look for", _entities, FEW, 10, "spacy"),
        _Peer("eyecite's get_citations", _citations, FEW, 5, "eyecite"),
    )


def _corpus(folder: Path) -> list[list[Path]]:
    """Texts to warm up with, then those of each run."""
    lots = []
    for run in range(1 + RUNS):
        lot = []
        for number in range(FIRST + run * COUNT, FIRST + (run + 1) * COUNT):
            made = decision(number)
            path = folder / f"{number}-{made.name}"
            path.write_text(made.text, encoding="utf-8", newline="\n")
            lot.append(path)
        lots.append(lot)
    return lots


def _size(paths: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in paths)


def _rate(work: Work, lots: Sequence[Sequence[Path]], count: int) -> float:
    """Bytes a second, of the fastest run; the first, which loads and compiles, is not counted."""
    rates = []
    for lot in lots:
        paths = lot[:count]
        start = time.process_time()
        work(paths)
        rates.append(_size(paths) / max(time.process_time() - start, 1e-9))
    return max(rates[1:])


def _line(name: str, rate: float) -> str:
    return f"{name}: {rate / _USUAL:,.0f} decisions/s, {rate / 1e6:.1f} MB/s"


_USUAL = 9_000
"""Bytes of a usual published decision: what a decision is in the rates."""


def _beside(times: float, bar: float | None) -> str:
    """How fast extraction is beside another reader; ``bar`` is how many times it should be."""
    if bar is not None:
        return f"extraction is {times:.2f} times as fast, of {bar:g} asked for"
    if times < 1:
        return f"extraction takes {1 / times:,.0f} times as long"
    return f"extraction is {times:.1f} times as fast"


def _extract(paths: Sequence[Path]) -> None:
    for raw in read(paths):
        if isinstance(raw, RawDocument):
            extract(raw)


def _decode(paths: Sequence[Path]) -> None:
    for _ in _texts(paths):
        pass


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        yield path.read_bytes().decode("utf-8")


def _search() -> Work:
    patterns = [rule.pattern for name in rules.names() for rule in rules.rules(name)]

    def work(paths: Sequence[Path]) -> None:
        for text in map(fold, _texts(paths)):
            for pattern in patterns:
                for _ in pattern.finditer(text):
                    pass

    return work


def cues() -> list[str]:
    """The strings that the rules look for before they match, sorted."""
    found: set[str] = set()
    for name in rules.names():
        for rule in rules.rules(name):
            found |= {one.strip() for one in required_literals(rule.pattern.pattern) or ()}
    return sorted(found - {""})


def _entities() -> Work:
    pipeline = importlib.import_module("spacy").blank("en")
    ruler = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "CUE", "pattern": cue} for cue in cues()])

    def work(paths: Sequence[Path]) -> None:
        for document in pipeline.pipe(_texts(paths)):
            tuple(document.ents)

    return work


def _citations() -> Work:
    get_citations = importlib.import_module("eyecite").get_citations

    def work(paths: Sequence[Path]) -> None:
        for text in _texts(paths):
            get_citations(text)

    return work
