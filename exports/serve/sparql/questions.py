"""The named questions: ``/questions``, and each as a form, ``/question/faults-by-council``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.files.counted import text
from exports.serve.files.downloads import result_as
from exports.serve.files.formats import format_of, wants_file
from exports.serve.parameters import of_question
from exports.serve.site import Site
from exports.serve.sparql.answer_table import show
from exports.serve.sparql.question_table import question_table
from exports.serve.sparql.refusal import refusal
from exports.serve.wording import parameter_hint, parameter_words
from graph.errors import FaultlinesError, QueryError
from graph.questions.absence import absences
from graph.questions.question import Question, questions
from graph.questions.results import Rows, Term
from ontology import iri as mint

TYPED_IN = ("council", "provision")
"""Kinds of parameter with too many values to choose from a list: they are typed, with a hint."""
SUBJECTS = MappingProxyType(
    {
        "One council": (
            *("decisions-of-a-council", "faults-injustices-remedies", "faults-of-a-council"),
            *("remedies-due", "remedies-overdue", "improvements-promised", "councils-compared"),
            "faults-after-reorganisation",
        ),
        "All councils": (
            *("faults-by-council", "faults-by-council-and-year", "upheld-by-council"),
            *("repeated-faults", "promises-by-council", "payments-by-council"),
            *("refused-remedies", "faults-without-remedy", "public-reports"),
            *("councils-by-region", "authorities-by-kind"),
        ),
        "What is paid and put right": (
            *("payments-by-injustice", "payments-by-injustice-and-subject", "payments-like-this"),
            *("rates-paid", "highest-payments", "what-was-paid", "remedies-by-type"),
            "fault-remedy-matrix",
        ),
        "Finding decisions": (
            *("similar-decisions", "decisions-that-found", "decisions-citing"),
            *("parts-decided-apart", "joint-investigations", "earlier-complaints"),
        ),
        "What goes wrong, and how complaints end": (
            *("faults-by-type", "injustices-by-type", "fault-injustice-matrix"),
            *("complaints-by-subject", "decisions-by-outcome-and-year"),
            *("reasons-not-investigated", "outcome-against-words"),
        ),
        "Law, guidance and other bodies": (
            *("provisions-cited", "provisions-engaged", "guidance-cited"),
            *("bodies-by-role", "other-routes"),
        ),
    }
)
"""The named questions by what they are about, in the order in which people look for them."""


def catalogue(site: Site, request: Request) -> Response:
    """Every named question: ``/questions``."""
    if format := format_of(request):
        rows = tuple(
            (Term("iri", mint.question(q.name)), *map(text, (q.name, q.title, q.answers)))
            for q in questions().values()
        )
        names = ("question", "name", "title", "answers")
        return result_as(site.kg, format, Rows(names, rows), "questions")
    subjects = {words: [questions()[name] for name in names] for words, names in SUBJECTS.items()}
    return site.page(request, "questions.html", subjects=subjects)


def ask(site: Site, request: Request) -> Response:
    """One named question with its parameters as a form: ``/question/faults-by-council``."""
    question = questions().get(request.path_params["name"])
    if question is None:
        raise HTTPException(404, "There is no such question.")
    names = {parameter.name for parameter in question.parameters}
    given = {k: v.strip() for k, v in request.query_params.items() if k in names and v.strip()}
    required = {p.name for p in question.parameters if p.required}
    table, query, absent = None, None, ""
    status, problem = 200, _unknown(site, request)
    if (missing := sorted(required - set(given))) and wants_file(request):
        raise HTTPException(400, f"This question needs: {', '.join(missing)}.")
    if problem:
        status = 400
    elif not missing:
        try:
            query = question.sparql(site.figures.names.authorities, **given)
            result = site.runner.query(query)
            if format := format_of(request):
                return result_as(site.kg, format, result, question.name)
            table = question_table(question, show(site, result))
            if not table.shown.total:
                absent = next(absences(site.kg, question.name, given), "")
        except FaultlinesError as error:
            status = _status(site, error)
            problem = f"{error.reason[:1].upper()}{error.reason[1:]}; {error.advice}"
    return site.page(
        request,
        "question.html",
        status=status,
        question=question,
        given={**given, **_named(site, question, given)},
        suggested={} if given else _suggested(site, question),
        absent=absent[:1].upper() + absent[1:],
        choices=_choices(site, question),
        typed_in=TYPED_IN,
        table=table,
        parameter_words=parameter_words,
        parameter_hint=parameter_hint,
        problem=problem,
        query=query,
    )


def _unknown(site: Site, request: Request) -> str:
    """What the address asks that the question does not know; raised where a file is wanted."""
    try:
        of_question(request).check(site, request)
    except HTTPException as error:
        if wants_file(request):
            raise
        return error.detail
    return ""


def _status(site: Site, failure: FaultlinesError) -> int:
    """The status of a failure: 503 for what may be answered another time."""
    if isinstance(failure, QueryError):
        return refusal(failure, site.runner.timeout).status
    return 400


def _suggested(site: Site, question: Question) -> dict[str, str]:
    """For a day that a question needs, that of the newest decision: the graph knows no later."""
    newest = next((case.date for case in site.figures.book.all[:1]), None)
    asked = [p.name for p in question.parameters if p.required and p.kind == "date"]
    return dict.fromkeys(asked, newest) if newest else {}


def _named(site: Site, question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Councils that an address gives by their key, under the names that people type."""
    names = site.figures.names
    return {
        parameter.name: names.label("council", given[parameter.name])
        for parameter in question.parameters
        if parameter.kind == "council" and parameter.name in given
    }


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
