"""The tables of facts in ``registers/``: how one is read and how names are compared.

A register is a UTF-8 file of tab-separated values. Its first line names the columns;
``|`` separates several values in one cell; an empty cell means unknown or none; dates
are ISO 8601. ``registers/README.md`` explains every column and credits every source.
This module reads and folds. What a row means is for :mod:`ontology.councils`,
:mod:`ontology.statutes`, :mod:`ontology.guidance`, :mod:`ontology.bodies` and
:mod:`ontology.categories`.
"""

from __future__ import annotations

from datetime import date

_FOLDS = str.maketrans(
    {
        **dict.fromkeys("'\u2018\u2019\u201b\u02bc`\u00b4\"\u201c\u201d", None),
        **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014,.;:?!()[]/\u00a0\u200b", " "),
        "&": " and ",
    }
)


class RegisterError(ValueError):
    """A register that cannot be read; the message says where and what to do."""


def read(name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Rows of the register ``name``, such as ``councils.tsv``, in the file's order.

    Every row has one cell per name in ``columns``. Raises :class:`RegisterError` when the
    file is missing, its columns differ or a row has more or fewer cells.
    """
    # Costs some 10 ms, which a command that needs no register should not pay.
    from importlib.resources import files

    try:
        text = files("ontology").joinpath("registers", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(
            f"ontology/registers/{name} cannot be read ({error}); install the package again"
        ) from error
    return parse(text, name, columns)


def parse(text: str, name: str, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Rows of ``text``, the content of the register ``name``; raises as :func:`read`."""
    header, *lines = text.removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != columns:
        raise RegisterError(
            f"ontology/registers/{name}, line 1: the columns are {header!r}; "
            f"they must be {' '.join(columns)}, separated by tabs"
        )
    rows = tuple(tuple(line.split("\t")) for line in lines)
    for number, row in enumerate(rows, start=2):
        if len(row) != len(columns):
            raise RegisterError(
                f"ontology/registers/{name}, line {number}: {len(row)} cells, "
                f"there must be {len(columns)}; check the tabs"
            )
    return rows


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that may hold several: ``"a|b"`` is ``("a", "b")``."""
    return tuple(cell.split("|")) if cell else ()


def day(cell: str) -> date | None:
    """The date in a cell; None when the cell is empty. Raises :class:`RegisterError`."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise RegisterError(f"{cell!r} in a register is no date; write it as 2021-03-31") from error


def truth(cell: str) -> bool:
    """Whether a cell says ``yes``; it must say ``yes`` or ``no``, else :class:`RegisterError`."""
    if cell not in {"yes", "no"}:
        raise RegisterError(f"{cell!r} in a register must be yes or no")
    return cell == "yes"


def fold(name: str) -> str:
    """``name`` as it is compared: lower case, plain spaces, no marks, no leading "the".

    Quotation marks and apostrophes go, ``&`` is read as ``and``, other marks become
    spaces: "St. Helens" folds to ``st helens`` and "King's Lynn" to ``kings lynn``.
    """
    folded = " ".join(name.translate(_FOLDS).lower().split())
    return folded.removeprefix("the ")
