"""The answer to a query, ready to be read in Python, shown in a notebook or made a frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, overload

from exports.open_graph.frame import Value, frame, value
from graph.questions.results import Answer, Result, as_rows, write

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from graph.knowledge_graph import KnowledgeGraph


class ResultTable:
    """An answer as rows and columns: ``for council, faults in graph.ask(...)``.

    Statements of a CONSTRUCT or DESCRIBE have the columns subject, predicate and object;
    an ASK has one cell, and is what the table is as a truth value.
    """

    def __init__(self, result: Result, graph: KnowledgeGraph | None = None) -> None:
        self.result = result
        self._graph = graph
        self._rows = as_rows(result)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self._rows.variables

    @property
    def truncated(self) -> bool:
        """Whether there are more rows than these."""
        return self._rows.truncated

    @property
    def rows(self) -> list[tuple[Value | None, ...]]:
        """The rows as values of Python, IRIs in full, None where nothing is bound."""
        return list(self)

    def dicts(self) -> Iterator[dict[str, Value | None]]:
        """Each row by the names of its columns."""
        for row in self:
            yield dict(zip(self.columns, row, strict=True))

    @overload
    def dataframe(self, *, engine: Literal["pandas"], short: bool = ...) -> pd.DataFrame: ...
    @overload
    def dataframe(self, *, engine: Literal["polars"], short: bool = ...) -> pl.DataFrame: ...
    @overload
    def dataframe(self, *, engine: str | None = ..., short: bool = ...) -> Any: ...
    def dataframe(self, *, engine: str | None = None, short: bool = False) -> Any:
        """The answer as a data frame; raises when it was cut.

        See :func:`exports.open_graph.frame.frame`.
        """
        return frame(self._rows, engine, short=short)

    def write(self, format: str = "table") -> str:
        """The answer as text in a format of :data:`graph.questions.results.FORMATS`."""
        return write(self.result, format)

    def __iter__(self) -> Iterator[tuple[Value | None, ...]]:
        for row in self._rows.rows:
            yield tuple(value(term) for term in row)

    def __len__(self) -> int:
        return len(self._rows.rows)

    def __bool__(self) -> bool:
        return self.result.value if isinstance(self.result, Answer) else len(self) > 0

    def __repr__(self) -> str:
        cut = ", cut" if self.truncated else ""
        return f"<ResultTable of {len(self):,} rows{cut}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from exports.open_graph.notebook import rows_html
        from exports.open_graph.published import Published

        return rows_html(self._rows, Published(self._graph).url)
