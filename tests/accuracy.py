"""The accuracy table of README.md, measured now.

    python -m tests.accuracy            print the table
    python -m tests.accuracy --write    put it into README.md, between its markers

Only totals are shown, so that the held-out decisions stay unread by whoever writes rules
(see ``tests/gold/README.md``). A test fails while README.md says something else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import faultlines
from graph.scorer import Score, micro
from graph.table import figures

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- accuracy -->\n", "<!-- end of accuracy -->\n"
SETS = (
    ("sample", ROOT / "graph" / "sample" / "decisions", ROOT / "graph" / "sample" / "gold"),
    (
        "held out",
        ROOT / "tests" / "gold" / "held-out" / "decisions",
        ROOT / "tests" / "gold" / "held-out" / "gold",
    ),
)
"""Name, decisions, annotation."""


def table() -> str:
    """Precision, recall, F1 and n by kind for both sets, as Markdown."""
    scores = [faultlines.score(decisions, gold) for _, decisions, gold in SETS]
    head = ["kind", *(f"{name}: {one}" for name, *_ in SETS for one in ("P", "R", "F1", "n"))]
    lines = [_line(head), _line(["---", *["---:"] * (len(head) - 1)])]
    lines += [_line([kind, *_cells([score[kind] for score in scores])]) for kind in scores[0]]
    lines.append(_line(["**all facts**", *_cells([micro(score) for score in scores])]))
    return "".join(lines)


def _cells(scores: list[Score]) -> list[str]:
    return [cell for score in scores for cell in figures(score)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def written(readme: str) -> str:
    """The table that stands in a README between the markers; ValueError without them."""
    start = readme.index(BEGIN) + len(BEGIN)
    return readme[start : readme.index(END, start)]


def replaced(readme: str, made: str) -> str:
    """A README with ``made`` between the markers."""
    start = readme.index(BEGIN) + len(BEGIN)
    return readme[:start] + made + readme[readme.index(END, start) :]


def main() -> None:
    """Print the table, or write it into README.md."""
    made = table()
    if sys.argv[1:] == ["--write"]:
        readme = README.read_text(encoding="utf-8")
        README.write_text(replaced(readme, made), encoding="utf-8")
    else:
        sys.stdout.write(made)


if __name__ == "__main__":
    main()
