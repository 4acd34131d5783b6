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
from graph.scoring.scorer import Score, micro
from graph.scoring.table import figures

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- accuracy -->\n", "<!-- end of accuracy -->\n"
GOLD = ROOT / "tests" / "gold"
SETS = (
    (
        "sample",
        "the bundled sample, which the rules were made with",
        ROOT / "graph" / "sample",
    ),
    (
        "worked",
        "decisions that were held out at first and then worked on",
        GOLD / "worked",
    ),
    (
        "held out",
        "decisions that whoever writes rules does not read",
        GOLD / "held-out",
    ),
)
"""Name, what it is, and the folder with ``decisions`` and ``gold``; absent ones are left out."""


def table() -> str:
    """What the sets are, then precision, recall, F1 and n by kind for each, as Markdown."""
    present = [(name, about, place) for name, about, place in SETS if place.is_dir()]
    scores = [faultlines.score(place / "decisions", place / "gold") for *_, place in present]
    lines = [f"- *{name}*: {about}.\n" for name, about, _ in present]
    lines += ["\n", _line(["kind", *(name for name, *_ in present)])]
    lines.append(_line(["---"] * (len(present) + 1)))
    lines += [_line([kind, *(_cell(score[kind]) for score in scores)]) for kind in scores[0]]
    lines.append(_line(["**all facts**", *(_cell(micro(score)) for score in scores)]))
    return "".join(lines)


def _cell(score: Score) -> str:
    precision, recall, f1, n = figures(score)
    return f"{precision} / {recall} / {f1} ({n})"


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
