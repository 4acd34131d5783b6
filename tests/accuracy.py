"""The accuracy of reading, measured now and held against what is committed.

    python -m tests.accuracy            print the tables of README.md
    python -m tests.accuracy --write    put them, and the counts they come from, in their place

The counts stand in ``graph/scoring/scores.json``. A test fails while they or README.md say
something else than what is measured, and ``--write`` refuses to replace them by anything
worse unless told ``--accept-fall``: no figure falls unnoticed. Only totals are shown, so
that the held-out decisions stay unread by whoever writes rules (see
``tests/gold/README.md``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import bootstrap

from graph.scoring.gold import pair, predicted, read_gold
from graph.scoring.scorer import KINDS, Score, micro, score_decision
from ontology.model import Decision
from tests.generated import replaced

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
GOLD = ROOT / "tests" / "gold"
SCORES = ROOT / "graph" / "scoring" / "scores.json"
ALL = "all facts"
SETS = (
    (
        "sample",
        "the bundled sample, which the rules were made with",
        ROOT / "graph" / "sample",
    ),
    (
        "worked",
        "decisions that rules were made and models were trained with",
        GOLD / "worked",
    ),
    (
        "held out",
        "decisions that whoever writes rules does not read, only their totals between rounds",
        GOLD / "held-out",
    ),
)
"""Name, what it is, and the folder with ``decisions`` and ``gold``."""
_RESAMPLES = 1000
_WORSE = 0.0005
"""A fall smaller than what the table shows is none."""

Counts = tuple[int, int, int]
"""Items that are right, said and wanted."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The counts of one decision."""

    layout: str
    counts: Mapping[str, Counts]
    """By kind, and for all facts together."""


@cache
def measured() -> dict[str, list[Measured]]:
    """Every decision of every set, read and scored now, by reference."""
    found = {}
    for name, _, place in SETS:
        records = (r for r in predicted(place / "decisions") if isinstance(r, Decision))
        pairing = pair(records, read_gold(place / "gold"))
        lacking = pairing.without_record
        if lacking:
            raise LookupError(f"{place}: annotated, but no record: {', '.join(lacking)}")
        found[name] = [_measure(decision, gold) for decision, gold in pairing.pairs]
    return found


def _measure(decision: Decision, gold: Mapping[str, object]) -> Measured:
    scores = score_decision(decision, gold)
    counts = {kind: _counts(scores[kind]) for kind in KINDS}
    return Measured(decision.source.layout, {**counts, ALL: _counts(micro(scores))})


def _counts(score: Score) -> Counts:
    return len(score.right), score.said, score.wanted


def table() -> str:
    """The tables of README.md as Markdown: by kind, and all facts by layout."""
    sets = measured()
    lines = [f"- *{name}*: {about}; {len(sets[name])} of them.\n" for name, about, _ in SETS]
    lines += ["\n", _line(["kind", *sets]), _line(["---"] * (len(sets) + 1))]
    for kind in (*KINDS, ALL):
        cells = [_cell([one.counts[kind] for one in found]) for found in sets.values()]
        lines.append(_line([f"**{kind}**" if kind == ALL else kind, *cells]))
    layouts = sorted({one.layout for found in sets.values() for one in found})
    lines += ["\n", _line([f"{ALL}, by layout", *sets]), _line(["---"] * (len(sets) + 1))]
    for layout in layouts:
        same = [[one for one in found if one.layout == layout] for found in sets.values()]
        cells = [_cell([one.counts[ALL] for one in found]) for found in same]
        lines.append(_line([layout, *cells]))
    return "".join(lines)


def _cell(counts: Sequence[Counts]) -> str:
    """Precision / recall / F1, its interval, and how many facts annotation names."""
    right, said, wanted = np.array(counts or [(0, 0, 0)]).sum(axis=0)
    if not said and not wanted:
        return "-"
    figures = (right / said if said else 1.0, right / wanted if wanted else 1.0)
    shown = " / ".join(f"{figure:.3f}" for figure in (*figures, _f1(right, said, wanted)))
    if len(counts) > 1:  # one decision says nothing about another
        low, high = _interval(counts)
        shown += f" [{low:.2f}, {high:.2f}]"
    return f"{shown} ({wanted})"


def _f1(right: float, said: float, wanted: float) -> float:
    return 2 * right / (said + wanted) if said + wanted else 1.0


def _interval(counts: Sequence[Counts]) -> tuple[float, float]:
    """The 95 % interval of F1, resampling whole decisions: their items hang together."""

    def statistic(*columns: np.ndarray, axis: int = -1) -> np.ndarray:
        right, said, wanted = (column.sum(axis=axis) for column in columns)
        shares: np.ndarray = np.where(
            said + wanted > 0, 2 * right / np.maximum(said + wanted, 1), 1.0
        )
        return shares

    found = bootstrap(
        [np.array(column, dtype=float) for column in zip(*counts, strict=True)],
        statistic,
        paired=True,
        vectorized=True,
        n_resamples=_RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(0),
    ).confidence_interval
    return float(found.low), float(found.high)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def totals() -> dict[str, dict[str, list[int]]]:
    """Right, said and wanted by set and kind, as ``scores.json`` holds them."""
    return {
        name: {
            kind: [sum(column) for column in zip(*(one.counts[kind] for one in found), strict=True)]
            for kind in (*KINDS, ALL)
        }
        for name, found in measured().items()
    }


def committed() -> dict[str, dict[str, list[int]]]:
    """What ``scores.json`` says."""
    found: dict[str, dict[str, list[int]]] = json.loads(SCORES.read_text(encoding="utf-8"))
    return found


def falls(
    before: Mapping[str, Mapping[str, Sequence[int]]],
    now: Mapping[str, Mapping[str, Sequence[int]]],
) -> Iterator[str]:
    """Each figure that is lower now than before, in words."""
    for name, kinds in before.items():
        for kind, counts in kinds.items():
            was, is_ = _f1(*counts), _f1(*now.get(name, {}).get(kind, (0, 0, 1)))
            if is_ < was - _WORSE:
                yield f"{name}, {kind}: F1 {was:.3f} before, {is_:.3f} now"


def main() -> int:
    """Print the tables, or put them and the counts in their place; 1 when a figure falls."""
    if "--write" not in sys.argv[1:]:
        sys.stdout.write(table())
        return 0
    fallen = list(falls(committed(), totals())) if SCORES.exists() else []
    if fallen and "--accept-fall" not in sys.argv[1:]:
        sys.stderr.write("".join(f"{one}\n" for one in fallen))
        sys.stderr.write("nothing written; mend it, or say --accept-fall and why in the commit\n")
        return 1
    readme = README.read_text(encoding="utf-8")
    README.write_text(replaced(readme, "accuracy", table()), encoding="utf-8")
    lines = json.dumps(totals(), indent=1).replace("[\n   ", "[").replace(",\n   ", ", ")
    SCORES.write_text(lines.replace("\n  ]", "]") + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
