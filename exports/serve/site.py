"""What every page shares: the graph, the templates, addresses and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.months import month_words
from exports.serve.counts import view_query
from exports.serve.counts.casebook import Filters
from exports.serve.counts.comparison import Comparisons
from exports.serve.counts.dimensions import DIMENSIONS, address, page_of, place_of
from exports.serve.counts.figures import FEW, Figures
from exports.serve.files.downloads import download
from exports.serve.files.formats import FORMATS
from exports.serve.wording import counted_words, day_words, noun_words, number_words
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import shorten, write
from graph.questions.runner import QueryRunner, answer

FOLDER = Path(__file__).parent
FACETS = ("category", "year", "outcome")
"""What the overview can be narrowed by; lists of decisions add what they are about."""


class Site:
    """One graph being served."""

    def __init__(self, kg: KnowledgeGraph, runner: QueryRunner) -> None:
        self.kg = kg
        self.runner = runner
        self.figures = Figures(kg)
        self.comparisons = Comparisons(self.figures)
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            day=day_words,
            number=number_words,
            counted=counted_words,
            noun=noun_words,
            months=month_words,
        )
        self._templates.globals.update(
            address=address,
            dimensions=DIMENSIONS,
            few=FEW,
            formats=FORMATS,
            queries=view_query,
            page_of=page_of,
            place_of=place_of,
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
        # the same address answers programs with data (exports.serve.files.formats)
        return HTMLResponse(text, status_code=status, headers={"vary": "Accept"})

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
