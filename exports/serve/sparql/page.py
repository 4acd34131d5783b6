"""SPARQL for people: the page at the endpoint's address.

What programs are answered there is in :mod:`exports.serve.sparql.protocol`. Every query runs in a
process of its own that is ended when it takes too long (:mod:`graph.questions.runner`).
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.page import page_of as sealed_page
from exports.serve.charts.bars import BETWEEN, Chart, chart, label_terms
from exports.serve.counts.dimensions import DIMENSIONS, node_of
from exports.serve.security import OWN_POLICY
from exports.serve.site import Site
from exports.serve.sparql.answer_graph import answer_graph, drawable
from exports.serve.sparql.answer_table import Shown, cell, show
from exports.serve.sparql.lexicon import lexicon
from exports.serve.sparql.refusal import refusal
from graph.errors import FaultlinesError, QueryError
from graph.questions.question import questions
from graph.questions.results import Result, Rows
from graph.questions.runner import Dataset
from ontology.prefixes import PREFIXES

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
    status, headers = 200, {}
    if query and query.strip():
        try:
            result = site.runner.query(query, dataset=dataset, base=base)
            if how == "graph" and drawable(result):
                html = sealed_page(answer_graph(site.kg, result), title="The answer as a graph")
                return HTMLResponse(html, headers={"content-security-policy": OWN_POLICY})
            shown, drawn = show(site, result), _chart(site, result)
        except FaultlinesError as error:
            failure, refused = error, refusal(error, site.runner.timeout)
            status, headers = refused.status, refused.headers
    # who is turned away for now gets little, soon: others are waiting
    short = status == 503
    graphs = _graphs(dataset)

    def again(**changes: str) -> str:
        return "/sparql?" + urlencode([("query", query or ""), *graphs, *changes.items()])

    response = site.page(
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
        examples=() if full or short else examples(site),
        lexicon=None if full or short else lexicon(site.kg),
        prefixes=sorted(PREFIXES.items()),
        full=full,
        short=short,
        seconds=site.runner.timeout,
        most=site.runner.max_rows,
    )
    response.headers.update(headers)
    return response


def _chart(site: Site, result: Result) -> Chart | None:
    if not isinstance(result, Rows):
        return None
    labels = (
        BETWEEN.join(dict.fromkeys(cell(site, term).text for term in terms)) or "(none)"
        for terms in label_terms(result)
    )
    return chart(result, labels)


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
