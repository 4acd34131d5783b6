"""The answer to a named question as a table for people: headings and sums in plain words.

The same answer on ``/sparql`` keeps the names that the query gives its columns, which a reader
of the query needs; here they are words, each leading to its definition below the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exports.months import month_words
from exports.serve.counts.figures import FEW
from exports.serve.sparql.answer_table import Cell, Shown
from exports.serve.wording import column_words, decimal_words
from graph.questions.question import Column, Question

_OUT_OF = ("decided", "payments", "rates")
"""Columns that say out of how many a share or a middle value is."""
_SAYS_LITTLE = ("rate", "median")
"""Columns that say little when they are out of few."""
_SHARES = ("rate", "firstRate", "secondRate")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the table."""

    name: str
    """As in the query, downloads and the address of its definition."""
    words: str
    about: str
    number: bool


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """An answer as a page shows it: the cells of :class:`Shown` under headings in words."""

    headings: list[Heading]
    shown: Shown


def question_table(question: Question, shown: Shown) -> QuestionTable:
    """An answer with headings in words, sums in pounds, and no name told twice.

    A share or a middle value out of fewer than :data:`FEW` is marked as such.
    """
    columns = {column.name: column for column in question.columns}
    kept = [
        place for place, name in enumerate(shown.columns) if not _repeats(shown, columns, place)
    ]
    told = [columns[shown.columns[place]] for place in kept]
    rows = [
        _marked(told, [_said(column, row[place]) for column, place in zip(told, kept, strict=True)])
        for row in shown.rows
    ]
    return QuestionTable(
        [Heading(c.name, column_words(c.name), c.about, _counts(c)) for c in told],
        replace(shown, columns=tuple(c.name for c in told), rows=rows),
    )


def _counts(column: Column) -> bool:
    return column.type in ("integer", "decimal") and column.name != "year"


def _repeats(shown: Shown, columns: dict[str, Column], place: int) -> bool:
    """Whether a column of names says what the column before it already shows as a link."""
    if not place or shown.columns[place] != "name" or not shown.rows:
        return False
    if columns[shown.columns[place - 1]].type != "iri":
        return False
    pairs = ((row[place - 1], row[place]) for row in shown.rows)
    return all(name is None or (named and named.text == name.text) for named, name in pairs)


def _said(column: Column, cell: Cell | None) -> Cell | None:
    if cell is not None and column.name == "words":
        return replace(cell, text=month_words(cell.text))
    if cell is None or not _counts(column):
        return cell
    if column.name in _SHARES:
        return replace(cell, text=f"{float(cell.text):.1f}")
    return replace(cell, text=decimal_words(cell.text, pounds=column.type == "decimal"))


def _marked(columns: Sequence[Column], row: list[Cell | None]) -> list[Cell | None]:
    names = [column.name for column in columns]
    out_of = next((row[names.index(name)] for name in _OUT_OF if name in names), None)
    if out_of is None or int(out_of.text.replace(",", "")) >= FEW:
        return row
    return [
        replace(cell, few=True) if cell is not None and name in _SAYS_LITTLE else cell
        for name, cell in zip(names, row, strict=True)
    ]
