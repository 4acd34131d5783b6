"""Scores as text: for a terminal, and as the table of a README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.scoring.scorer import Score, micro

_HEADER = ("kind", "precision", "recall", "F1", "n")
ALL = "all facts (micro)"
"""Name of the row that counts the scored kinds of fact together."""


def score_table(scores: Mapping[str, Score]) -> str:
    """One line a kind: precision, recall, F1, and n, the facts that gold names.

    A kind of which neither gold nor records have anything shows dashes.
    """
    return aligned([_HEADER, *_rows(scores)], texts=1)


def aligned(rows: Sequence[Sequence[str]], *, texts: int) -> str:
    """Rows as lines of columns: the first ``texts`` of them to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if index < texts else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def items_of(scores: Mapping[str, Score]) -> str:
    """What is missing and what is extra, by kind, one item a line; empty if nothing is."""
    lines: list[str] = []
    for kind, score in scores.items():
        extra = [item.text for item in score.extra]
        for heading, items in (("missing", score.missing), ("extra", extra)):
            if items:
                lines += ["", f"{heading}: {kind}", *(f"  {item}" for item in items)]
    return "".join(f"{line}\n" for line in lines)


def _rows(scores: Mapping[str, Score]) -> Iterator[tuple[str, ...]]:
    for kind, score in (*scores.items(), (ALL, micro(scores))):
        yield (kind, *figures(score))


def figures(score: Score) -> tuple[str, str, str, str]:
    """Precision, recall and F1 with three decimals, and n, as text."""
    if not score.wanted and not score.said:
        return ("-", "-", "-", "0")
    shown = (score.precision, score.recall, score.f1)
    precision, recall, f1 = (f"{value:.3f}" for value in shown)
    return precision, recall, f1, str(score.wanted)
