"""SPARQL for people: the page at the endpoint's address, and the named questions as forms.

What programs are answered there is in :mod:`exports.serve.protocol`. Every query runs in a
process of its own that is ended when it takes too long (:mod:`graph.questions.runner`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.page import page_of as sealed_page
from exports.serve.answer_graph import answer_graph, drawable
from exports.serve.chart import Chart, chart, label_terms
from exports.serve.counted import text
from exports.serve.dimensions import DIMENSIONS, node_of, page_of
from exports.serve.downloads import result_as
from exports.serve.drawing import OWN_POLICY
from exports.serve.formats import format_of
from exports.serve.lexicon import lexicon
from exports.serve.refusal import refusal
from exports.serve.site import Site
from exports.serve.wording import day_words
from graph.errors import FaultlinesError, QueryError
from graph.questions.question import Question, questions
from graph.questions.results import Result, Row, Rows, Term, Triples, as_rows, shorten
from graph.questions.runner import Dataset
from graph.triples.ntriples import XSD
from ontology import iri as mint
from ontology.prefixes import ID, PREFIXES

ON_PAGE = 500
"""Rows that a page shows; downloads have them all."""
TYPED_IN = ("council", "provision")
"""Kinds of parameter with too many values to choose from a list: they are typed, with a hint."""
WAYS = ("table", "chart", "graph")
"""How an answer can be shown."""
EXAMPLE = """SELECT ?decision ?date ?summary
WHERE {
  ?decision fl:date ?date ;
            fl:hasFinding/fl:faultType fault:delay .
  OPTIONAL { ?decision fl:summary ?summary }
}
ORDER BY DESC(?date)
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it."""

    text: str
    link: str | None
    full: str
    """The whole term, for a reader who wants to copy it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a page shows it."""

    columns: tuple[str, ...]
    rows: list[list[Cell | None]]
    total: int
    truncated: bool
    statements: bool


def page(
    site: Site,
    request: Request,
    query: str | None,
    dataset: Dataset | None,
    *,
    base: str,
    full: bool,
    how: str = "table",
) -> Response:
    """The page at ``/sparql``: a query to edit and, once there is one, its result.

    ``dataset`` is what the request names, ``base`` what relative IRIs are resolved against;
    ``full`` leaves out all but the result; ``how`` is one of :data:`WAYS`.
    """
    shown: Shown | None = None
    drawn: Chart | None = None
    result: Result | None = None
    failure: FaultlinesError | None = None
    status = 200
    if query and query.strip():
        try:
            result = site.runner.query(query, dataset=dataset, base=base)
            if how == "graph" and drawable(result):
                html = sealed_page(answer_graph(site.kg, result), title="The answer as a graph")
                return HTMLResponse(html, headers={"content-security-policy": OWN_POLICY})
            shown, drawn = show(site, result), _chart(site, result)
        except FaultlinesError as error:
            failure, status = error, refusal(error, site.runner.timeout).status
    graphs = _graphs(dataset)

    def again(**changes: str) -> str:
        return "/sparql?" + urlencode([("query", query or ""), *graphs, *changes.items()])

    return site.page(
        request,
        "sparql.html",
        status=status,
        query=query if query is not None else EXAMPLE,
        again=again,
        graphs=graphs,
        shown=shown,
        chart=drawn,
        how=how if how in WAYS else "table",
        drawable=result is not None and drawable(result),
        failure=failure,
        examples=() if full else examples(site),
        lexicon=None if full else lexicon(site.kg),
        prefixes=sorted(PREFIXES.items()),
        full=full,
        seconds=site.runner.timeout,
        most=site.runner.max_rows,
    )


def _chart(site: Site, result: Result) -> Chart | None:
    if not isinstance(result, Rows):
        return None
    labels = [
        " · ".join(dict.fromkeys(_cell(site, term).text for term in terms)) or "(none)"
        for terms in label_terms(result)
    ]
    return chart(result, labels) if labels else None


def examples(site: Site) -> list[tuple[str, str]]:
    """(question in words, its query) of the named questions, each ready to run.

    A parameter that a question needs is given the most frequent value that the graph has.
    """
    found = []
    for question in questions().values():
        given, words = {}, question.title
        taken = Counter[str]()
        for parameter in question.parameters:
            kind = parameter.kind
            if parameter.required and kind in DIMENSIONS:
                counts = site.figures.count(site.figures.book.all, kind)[taken[kind] :]
                taken[kind] += 1
                if counts:
                    given[parameter.name] = node_of(kind, counts[0].key)
                    words += f" ({counts[0].label})"
            elif parameter.required and parameter.kind == "reference":
                newest = next((case.reference for case in site.figures.book.all[:20]), None)
                if newest:
                    given[parameter.name] = newest
                    words += f" ({newest})"
        try:
            found.append((words, question.sparql(site.figures.names.authorities, **given)))
        except QueryError:
            continue  # it needs a value that this graph does not have
    return found


def _graphs(dataset: Dataset | None) -> list[tuple[str, str]]:
    """The parameters that name a dataset (SPARQL 1.1 Protocol, section 2.1.4)."""
    if dataset is None:
        return []
    return [
        *(("default-graph-uri", graph) for graph in dataset.default),
        *(("named-graph-uri", graph) for graph in dataset.named),
    ]


def catalogue(site: Site, request: Request) -> Response:
    """Every named question: ``/questions``."""
    if format := format_of(request):
        rows = tuple(
            (Term("iri", mint.question(q.name)), *map(text, (q.name, q.title, q.answers)))
            for q in questions().values()
        )
        names = ("question", "name", "title", "answers")
        return result_as(site.kg, format, Rows(names, rows), "questions")
    return site.page(request, "questions.html", questions=questions())


def ask(site: Site, request: Request) -> Response:
    """One named question with its parameters as a form: ``/question/faults-by-council``."""
    question = questions().get(request.path_params["name"])
    if question is None:
        return site.page(
            request, "error.html", 404, status_code=404, message="There is no such question."
        )
    names = {parameter.name for parameter in question.parameters}
    given = {k: v.strip() for k, v in request.query_params.items() if k in names and v.strip()}
    required = {p.name for p in question.parameters if p.required}
    shown, failure, query = None, None, None
    if required <= set(given):
        try:
            query = question.sparql(site.figures.names.authorities, **given)
            result = site.runner.query(query)
            if format := format_of(request):
                return result_as(site.kg, format, result, question.name)
            shown = show(site, result)
        except FaultlinesError as error:
            failure = error
    return site.page(
        request,
        "question.html",
        status=400 if failure else 200,
        question=question,
        given=given,
        choices=_choices(site, question),
        typed_in=TYPED_IN,
        shown=shown,
        failure=failure,
        query=query,
    )


def _choices(site: Site, question: Question) -> dict[str, list[tuple[str, str]]]:
    """For each parameter with a closed list, its (value, words) pairs that the graph has."""
    found = {}
    for parameter in question.parameters:
        if parameter.kind in DIMENSIONS:
            counts = site.figures.count(site.figures.book.all, parameter.kind)
            pairs = [(count.key, count.label) for count in counts]
            if parameter.kind in TYPED_IN:
                pairs = [(label, label) for _, label in pairs]
            found[parameter.name] = sorted(pairs, key=lambda pair: pair[1])
    return found


def show(site: Site, result: Result) -> Shown:
    """A result for a page: terms in words, with links to the pages of what they name."""
    rows = as_rows(result)
    return Shown(
        columns=rows.variables,
        rows=[_cells(site, row) for row in rows.rows[:ON_PAGE]],
        total=len(rows.rows),
        truncated=rows.truncated,
        statements=isinstance(result, Triples),
    )


def _cells(site: Site, row: Row) -> list[Cell | None]:
    return [None if term is None else _cell(site, term) for term in row]


def _cell(site: Site, term: Term) -> Cell:
    if term.kind == "iri":
        link = page_of(term.value)
        decision = f"{ID}decision/"
        if term.value.startswith(decision):
            reference, *rest = term.value.removeprefix(decision).split("/")
            inside = rest[1:] if len(rest) > 1 else []
            text = " ".join([reference.replace("-", " "), *inside])
        else:
            text = site.figures.names.of_iri(term.value) or shorten(term.value)
        return Cell(text, link, term.value)
    text = term.value
    if term.datatype == XSD + "date":
        text = day_words(term.value)
    return Cell(text, None, term.ntriples())
