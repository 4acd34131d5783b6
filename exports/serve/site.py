"""What every page shares: the graph, the templates, addresses and downloads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.serve.casebook import Case, Filters
from exports.serve.dimensions import DIMENSIONS, address, page_of
from exports.serve.figures import FEW, Figures
from exports.serve.wording import day_words, number_words
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import defused, shorten, write
from graph.questions.runner import QueryRunner, answer
from ontology.prefixes import ID

FOLDER = Path(__file__).parent
PAGE = 50
"""Decisions, or councils, on one page of a list."""
MOST_TURTLE = 500
"""Decisions described in one Turtle download of a list; more belong in an export."""


class Site:
    """One graph being served."""

    def __init__(self, kg: KnowledgeGraph, runner: QueryRunner) -> None:
        self.kg = kg
        self.runner = runner
        self.figures = Figures(kg)
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(day=day_words, number=number_words)
        self._templates.globals.update(
            address=address,
            dimensions=DIMENSIONS,
            few=FEW,
            page_of=page_of,
            shorten=shorten,
            label=self._label,
            site=self,
        )

    def _label(self, dimension: str, key: str) -> str:
        # names are read when a page first needs them, not when the site is made
        return self.figures.names.label(dimension, key)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """A template as an HTML page."""
        values.update(
            here=Here(request.url.path, dict(request.query_params)),
            path=request.url.path,
        )
        text = self._templates.get_template(template).render(values)
        return HTMLResponse(text, status_code=status)

    def turtle(self, sparql: str, name: str) -> Response:
        """The statements that a CONSTRUCT of our own makes."""
        text = write(answer(self.kg.store, sparql, 1_000_000), "turtle")
        return download(text, "text/turtle", f"{name}.ttl")


class Here:
    """The address of this page, and of the same page with other parameters."""

    def __init__(self, path: str, parameters: Mapping[str, str]) -> None:
        self.path = path
        self.parameters = dict(parameters)

    def to(self, **changes: str | int | None) -> str:
        """This page with parameters changed; None takes one away. Paging starts again."""
        kept = {key: value for key, value in self.parameters.items() if key != "page"}
        for key, value in changes.items():
            kept.pop(key, None)
            if value is not None:
                kept[key] = str(value)
        return self.path + ("?" + urlencode(sorted(kept.items())) if kept else "")


def filters_of(request: Request, **fixed: str) -> Filters:
    """The filters in an address, with those that the page itself sets."""
    given = {
        name: value for name, value in request.query_params.items() if name in DIMENSIONS and value
    }
    return tuple(sorted({**given, **fixed}.items()))


def page_number(request: Request) -> int:
    """The page asked for, from 1; anything else is page 1."""
    value = request.query_params.get("page", "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def format_of(request: Request, *allowed: str) -> str | None:
    """The download asked for with ``?format=``, None for the page itself.

    Raises an HTTP error 400 for a format that the page does not have.
    """
    format = request.query_params.get("format")
    if format in (None, "", "html"):
        return None
    if format not in allowed:
        offered = ", ".join(allowed)
        raise HTTPException(400, f"This page has no format {format!r}. It has: {offered}.")
    return format


def download(text: str, media_type: str, name: str) -> Response:
    """A file for the reader to keep."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    return Response(
        text,
        media_type=f"{media_type}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{safe}"'},
    )


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """Rows as CSV in which no cell is run as a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused("" if cell is None else str(cell)) for cell in row])
    return download(out.getvalue(), "text/csv", f"{name}.csv")


def as_json(value: object) -> Response:
    """A value as JSON, indented for people who look at it."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return Response(text.encode("utf-8", "replace"), media_type="application/json")


def case_rows(site: Site, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Decisions as flat rows for downloads."""
    label: Callable[[str, str], str] = site.figures.names.label
    return [
        {
            "reference": case.reference,
            "date": case.date,
            "authorities": "; ".join(label("council", key) for key in case.authorities),
            "category": "; ".join(case.keys("category")),
            "outcome": case.first("outcome"),
            "disposition": case.first("disposition"),
            "faults": "; ".join(case.keys("fault")),
            "injustices": "; ".join(case.keys("injustice")),
            "remedies": "; ".join(case.keys("remedy")),
            "decision": f"{ID}decision/{quote(case.path, safe='/-._~%')}",
        }
        for case in cases
    ]


_COLUMNS = (
    *("reference", "date", "authorities", "category", "outcome", "disposition"),
    *("faults", "injustices", "remedies", "decision"),
)


def cases_as(site: Site, format: str, cases: Sequence[Case], name: str) -> Response:
    """A list of decisions as csv, json or ttl."""
    rows = case_rows(site, cases if format != "ttl" else cases[:MOST_TURTLE])
    if format == "json":
        return as_json(rows)
    if format == "csv":
        return as_csv(_COLUMNS, (list(row.values()) for row in rows), name)
    nodes = " ".join(f"<{row['decision']}>" for row in rows)
    return site.turtle(
        f"CONSTRUCT {{ ?d ?p ?o . ?c ?q ?d }} WHERE {{ VALUES ?d {{ {nodes} }} "
        "?d ?p ?o OPTIONAL { ?c ?q ?d } }",
        name,
    )


__all__ = [
    "PAGE",
    "Here",
    "Site",
    "as_csv",
    "as_json",
    "cases_as",
    "download",
    "filters_of",
    "format_of",
    "page_number",
]
