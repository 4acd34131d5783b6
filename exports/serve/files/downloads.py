"""Pages as files: rows as CSV and JSON, decisions and counts as Turtle and GraphML.

A file holds everything that its page is about, never a part of it. The graph of a long
list is not made while a browser waits: the answer is then no file but the command that
writes it (:class:`TooLong`).
"""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

import exports
from exports.content import Content
from exports.exporter import FileExporter
from exports.listed import Listed
from exports.queried import Answered, Constructed
from exports.selection import Selection
from exports.serve.counts.casebook import Case, Chosen, Filters
from exports.serve.counts.view_query import statements_query
from exports.serve.files.formats import FORMATS
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import Result, Rows, Term, Triples, as_rows, defused, write
from graph.triples.ntriples import XSD

if TYPE_CHECKING:
    from exports.serve.site import Site

MOST = 300
"""Decisions whose graph is made while a browser waits: some seconds of work."""
_NUMBERS: Mapping[str, Callable[[str], int | float]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
}
_OPTIONS = ("council", "category", "outcome")
"""Dimensions that options of ``faultlines export`` narrow by in the same way."""
_AT_ONCE = 200
"""Rows that are sent in one piece."""


def download(text: str | bytes, media_type: str, name: str) -> Response:
    """A file for the reader to keep."""
    return Response(text, media_type=_typed(media_type), headers=_kept(name))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """Rows as CSV in which no cell is run as a formula by a spreadsheet; sent as they are made."""

    def text() -> Iterator[str]:
        yield _csv([columns])
        waiting = iter(rows)
        while some := list(islice(waiting, _AT_ONCE)):
            yield _csv([defused("" if cell is None else str(cell)) for cell in row] for row in some)

    return StreamingResponse(text(), media_type=_typed("text/csv"), headers=_kept(f"{name}.csv"))


def as_json(value: object) -> Response:
    """A value as JSON, indented for people who look at it."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Response(text.encode("utf-8", "replace"), media_type="application/json")


def as_table(
    format: str, columns: Sequence[str], rows: Iterable[Sequence[object]], name: str
) -> Response:
    """Rows as CSV, or as JSON with an object for each."""
    if format == "csv":
        return as_csv(columns, rows, name)
    return as_json([dict(zip(columns, row, strict=True)) for row in rows])


def exported(content: Content, format: str, name: str) -> Response:
    """Content as a file of one of the formats that have an exporter.

    Raises :class:`~exports.exporter.ExportError` for what the format cannot carry.
    """
    known = FORMATS[format]
    exporter = exports.exporter(known.exporter or "")
    out = io.BytesIO()
    if isinstance(exporter, FileExporter):
        exporter.write(content, out)
    return download(out.getvalue(), known.media_type, f"{name}.{format}")


@dataclass(frozen=True, slots=True)
class TooLong:
    """Why a list has no graph to download, and what has."""

    decisions: int
    command: str | None
    """What writes it to a file; None where no command can say which decisions are meant."""

    @property
    def error(self) -> TooLongRefused:
        """The refusal; a header has the number of decisions for programs."""
        said = (
            f"These are {self.decisions:,} decisions; the graph of at most {MOST} is made while a "
            "browser waits, and nothing is cut. "
        )
        if self.command:
            said += "This command writes them all, with the graph’s folder in place of KG:"
        else:
            said += f"CSV and JSON have them all. Otherwise {self.advice}"
        return TooLongRefused(said, self)

    @property
    def advice(self) -> str:
        """What to do where no command can say which decisions are meant."""
        return f"narrow the list to {MOST} by subject, year or outcome, or with more words."


class TooLongRefused(HTTPException):
    """The answer 403 to who asks for the graph of a long list, with the command that writes it."""

    def __init__(self, said: str, why: TooLong) -> None:
        super().__init__(403, said, {"faultlines-too-long": str(why.decisions)})
        self.command = why.command


def too_long(cases: Chosen, filters: Filters | None) -> TooLong | None:
    """Whether a list is too long for its graph to be downloaded; None when it is not.

    ``filters`` are all that chooses the decisions, None where words do.
    """
    if len(cases) <= MOST:
        return None
    return TooLong(len(cases), None if filters is None else _command(filters))


def _command(filters: Filters) -> str:
    # KG, as in the documentation: where the graph lies is this computer's affair
    words = ["faultlines", "export", "KG", "--format", "turtle,graphml"]
    words += ["--output", "decisions"]
    if all(dimension in (*_OPTIONS, "year") for dimension, _ in filters):
        for dimension, key in filters:
            if dimension == "year":
                words += ["--since", f"{key}-01-01", "--until", f"{key}-12-31"]
            else:
                words += [f"--{dimension}", key]
    else:
        words += ["--query", " ".join(statements_query(filters).split())]
    return shlex.join(words)


_COLUMNS = (
    *("reference", "date", "authorities", "category", "outcome", "disposition"),
    *("faults", "injustices", "remedies", "decision"),
)


def cases_as(
    site: Site, format: str, cases: Chosen, name: str, filters: Filters | None = None
) -> Response:
    """A list of decisions: a row for each, or the graph of all of them.

    ``site`` is the :class:`~exports.serve.site.Site`, ``filters`` as for :func:`too_long`.
    """
    if FORMATS[format].exporter:
        if refused := too_long(cases, filters):
            raise refused.error
        listed = Listed(iris=tuple(cases.iris), phrase=name.replace("-", " "))
        return exported(Selection(site.kg, listed), format, name)
    return as_table(format, _COLUMNS, (_row(site, case) for case in cases), name)


def _row(site: Site, case: Case) -> tuple[str | None, ...]:
    label = site.figures.names.label
    return (
        case.reference,
        case.date,
        "; ".join(label("council", key) for key in case.authorities),
        "; ".join(case.keys("category")),
        case.first("outcome"),
        case.first("disposition"),
        "; ".join(case.keys("fault")),
        "; ".join(case.keys("injustice")),
        "; ".join(case.keys("remedy")),
        case.iri,
    )


def result_as(kg: KnowledgeGraph, format: str, result: Result, name: str) -> Response:
    """What a query answered: rows, or the graph of what they name; a cut one says so."""
    if FORMATS[format].exporter:
        with content_of(kg, result) as content:
            response = exported(content, format, name)
    else:
        rows = as_rows(result)
        values = [[_value(term) for term in row] for row in rows.rows]
        response = as_table(format, rows.variables, values, name)
    if getattr(result, "truncated", False):
        response.headers["faultlines-truncated"] = "true"
    return response


def content_of(kg: KnowledgeGraph, result: Result) -> Answered | Constructed:
    """What a query answered, as content of any format; a context manager."""
    if isinstance(result, Triples):
        lines = "".join(f"{' '.join(t.ntriples() for t in row)} .\n" for row in result.triples)
        found = ox.parse(lines.encode("utf-8", "replace"), format=ox.RdfFormat.N_TRIPLES)
        return Constructed(kg, (quad.triple for quad in found))
    return Answered(kg, solutions(as_rows(result)))


def solutions(rows: Rows) -> ox.QuerySolutions:
    """Rows as the store gives them."""
    text = write(rows, "json").encode("utf-8", "replace")
    found = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("rows were written as something else")
    return found


def _value(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if term.kind == "literal" and term.datatype == XSD + "boolean":
        return term.value in ("true", "1")
    if term.kind == "literal" and term.datatype is not None and term.datatype in _NUMBERS:
        try:
            return _NUMBERS[term.datatype](term.value)
        except ValueError:
            return term.value
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _typed(media_type: str) -> str:
    return media_type if media_type.endswith("json") else f"{media_type}; charset=utf-8"


def _kept(name: str) -> dict[str, str]:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    return {"content-disposition": f'attachment; filename="{safe}"'}
