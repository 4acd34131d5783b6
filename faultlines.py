"""Faultlines: decisions of the Local Government and Social Care Ombudsman as a knowledge graph.

This module is the front door: what ``import faultlines`` offers in Python and the
``faultlines`` command. It reads nothing and decides nothing itself; each command calls one
function of the library and prints what comes back. Results go to standard output,
everything else to standard error. Exit status: 0 all well, 1 some inputs or checks failed
(each is named), 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from graph.errors import (
    FaultlinesError,
    QueryError,
    QueryFailed,
    QueryTimeout,
    UnreadableSource,
    WrongUsage,
)
from graph.sources.raw import Unreadable
from graph.version import VERSION

if TYPE_CHECKING:
    from exports import Scope
    from exports.delivery import Delivery
    from exports.open_graph import OpenGraph
    from exports.push import Tally
    from graph.build import Report
    from graph.checking.report import CheckReport
    from graph.harvest.asked import Asked
    from graph.harvest.site import Site
    from graph.harvest.tally import Tally as Fetched
    from graph.scoring.scorer import Score
    from ontology.model import Decision

__version__ = VERSION
__all__ = [
    "FaultlinesError",
    "__version__",
    "build",
    "check",
    "extract",
    "fetch",
    "open",
    "push",
    "score",
]


def extract(
    paths: str | Path | Iterable[str | Path],
    *,
    rejected: Callable[[Unreadable], None] | None = None,
) -> Iterator[Decision]:
    """The record of every decision in ``paths``: files, folders, archives, ``-``, or one of these.

    ``rejected`` is called with each input that is no decision or cannot be read, and the
    others follow. Without it the first such input raises
    :class:`~graph.errors.UnreadableSource`.
    """
    from graph.extraction.pipeline import extract_all

    for found in extract_all(_listed(paths), stdin=sys.stdin.buffer):
        if not isinstance(found, Unreadable):
            yield found
        elif rejected is None:
            raise UnreadableSource(found.name, found.reason, found.advice)
        else:
            rejected(found)


def fetch(
    folder: str | Path,
    *,
    contact: str | None = None,
    since: date | None = None,
    until: date | None = None,
    category: str | None = None,
    council: str | None = None,
    outcome: str | None = None,
    limit: int | None = None,
    pause: float = 5,
    recheck: float | None = None,
    recheck_most: int = 1000,
    advance: Callable[[str], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> Fetched:
    """Bring decisions published at lgo.org.uk into ``folder``, a file for each.

    ``contact`` is a mail or web address of whoever runs it, which the site is told; ``pause``
    is in seconds between requests, ``recheck`` in days after which a page is asked for again,
    ``recheck_most`` of them at once. What was received stays when it ends early, and the same
    call goes on. The rest is as :func:`graph.harvest.harvest.harvest` has it, which says what is
    raised.
    """
    from graph.harvest.asked import Asked
    from graph.harvest.harvest import harvest

    return harvest(
        folder,
        Asked.of(since, until, category, council, outcome),
        contact=contact,
        limit=limit,
        pause=pause,
        recheck=recheck,
        recheck_most=recheck_most,
        advance=advance,
        say=say,
    )


def build(
    sources: str | Path | Iterable[str | Path],
    folder: str | Path,
    *,
    built: str | None = None,
    jobs: int | None = None,
    dask: str | None = None,
    location: str | None = None,
    advance: Callable[[str], None] | None = None,
) -> Report:
    """Make the knowledge graph in ``folder`` hold the decisions in ``sources``.

    ``sources`` is one file, folder or archive, or several of them. What the graph holds from
    others stays; what is gone from one that is given again goes. ``built`` is the time to
    record, ISO 8601; ``jobs`` processes read at once, as many as there are processors when
    None; ``advance`` is called with each source's name.

    With ``dask``, the address of a Dask scheduler, its workers read in place of processes here.
    Sources may then be any location of fsspec (``s3://...``), and so may ``location``, where the
    workers write what they read; without it they write into ``folder``. Raises
    :class:`~graph.errors.StoreError` when the folder cannot be used.
    """
    from graph.build import build as run

    return run(
        _listed(sources),
        folder,
        stdin=sys.stdin.buffer,
        built=built,
        jobs=jobs,
        dask=dask,
        location=location,
        advance=advance,
    )


def _listed(paths: str | Path | Iterable[str | Path]) -> Iterable[str | Path]:
    """One path as several; the letters of a text would each be taken for a path."""
    return [paths] if isinstance(paths, (str, Path)) else paths


def open(folder: str | Path) -> OpenGraph:
    """The knowledge graph in ``folder``, open for reading; a context manager.

    It answers questions, and gives itself to rdflib, networkx and data frames. Raises
    :class:`~graph.errors.StoreError` when there is none.
    """
    from exports.open_graph import OpenGraph

    return OpenGraph.open(folder)


def check(
    folder: str | Path,
    *,
    sample: int = 30,
    examples: int = 3,
    advance: Callable[[str], None] | None = None,
) -> CheckReport:
    """The graph in ``folder`` held against its shapes, its gaps counted, totals by year.

    ``sample`` decisions are judged by pySHACL too; ``examples`` places are named for each
    kind of problem and of gap. ``advance`` is called with each decision's source name.
    Raises :class:`~graph.errors.StoreError` when there is no graph.
    """
    from graph.checking.check import check as run
    from graph.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph.open(folder) as graph:
        return run(graph, sample=sample, examples=examples, advance=advance)


def push(
    folder: str | Path,
    url: str,
    *,
    scope: Scope | None = None,
    full: bool = False,
    protocol: str = "auto",
    batch_size: int | None = None,
    journal: str | Path | None = None,
    again: bool = False,
    insecure: bool = False,
    timeout: float = 300,
    advance: Callable[[str], None] | None = None,
    say: Callable[[str], None] | None = None,
) -> Tally:
    """Make a triple store on the web hold the graph in ``folder``: only changes are sent.

    ``url`` is a SPARQL 1.1 Graph Store or takes SPARQL 1.1 Update; ``scope`` narrows the
    graph and ``full`` adds all of registers and ontology, as for exports. The rest is as
    :func:`exports.push.pusher.push` has it. Raises :class:`exports.push.PushError`,
    :class:`exports.ScopeError` and :class:`~graph.errors.StoreError`.
    """
    from exports import Scope, Selection
    from exports.push import push as run
    from exports.push.pusher import BATCH
    from graph.knowledge_graph import KnowledgeGraph

    with KnowledgeGraph.open(folder) as graph:
        return run(
            Selection(graph, scope or Scope(), full),
            url,
            protocol=protocol,
            batch_size=BATCH if batch_size is None else batch_size,
            journal=journal,
            again=again,
            insecure=insecure,
            timeout=timeout,
            advance=advance,
            say=say,
        )


def score(records: str | Path, gold: str | Path) -> dict[str, Score]:
    """Precision, recall and F1 by kind: records, or decisions read now, against gold.

    Raises :class:`~graph.errors.UnreadableSource` for gold or records that cannot be read.
    """
    from graph.scoring import scorer
    from graph.scoring.gold import pair, predicted, read_gold

    decisions = (one for one in predicted(records) if not isinstance(one, Unreadable))
    return scorer.score(pair(decisions, read_gold(gold)).pairs)


class _Group(TyperGroup):
    """Says what went wrong in one line, without a traceback, and ends with its status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except FaultlinesError as error:
            _say(f"faultlines: {error}")
            raise typer.Exit(2 if _is_wrong_usage(error) else 1) from error
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            where, advice = error.filename, "check the path"
            if where is None:
                where, advice = "reading or writing", "look where the output goes, and for room"
            _say(f"faultlines: {where}: {error.strerror or error}; {advice}")
            raise typer.Exit(1) from error


def _is_wrong_usage(error: FaultlinesError) -> bool:
    """Whether the caller asked for what does not exist, rather than gave what cannot be read."""
    if isinstance(error, QueryTimeout | QueryFailed):  # a sound query that asks too much
        return False
    return isinstance(error, WrongUsage | QueryError)


app = typer.Typer(
    cls=_Group,
    help=(
        "Read decisions of the Local Government and Social Care Ombudsman into a knowledge "
        "graph: councils, faults, injustices, remedies, and the sentence behind each."
    ),
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,  # plain help, which starts twice as fast
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _day(text: str) -> date:
    """A day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-01-31") from error


def _time(text: str) -> str:
    """A time of the command line, as xsd:dateTime (XML Schema 1.1 Part 2, 3.3.7) writes it."""
    try:
        return datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no time; write it as 2024-01-31T09:30:00Z"
        ) from error


def _show_version(wanted: bool) -> None:
    if wanted:
        version()
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


def _list_formats(wanted: bool) -> None:
    """Print the formats of an export, each with what it cannot carry."""
    if not wanted:
        return
    from exports import EXPORTERS

    for known in EXPORTERS:
        typer.echo(known.name)
        typer.echo(f"    cannot carry: {known.loses}" if known.loses else "    carries everything")
    raise typer.Exit


def _complete_question(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of questions for the shell, with their titles."""
    from graph.questions.completion import names

    yield from names(incomplete)


def _complete_parameter(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """``NAME=`` for the parameters of the question asked, and the values of closed lists."""
    from graph.questions.completion import parameters

    # while a line is completed, what stands before it is not yet bound to its parameters
    asked = ctx.params.get("question") or ctx.params.get("query")
    yield from parameters([*ctx.args, str(asked)], incomplete)


_PRINTED = "One of table, csv, tsv, json, xml, turtle, ntriples, jsonld, rdfxml."
_WRITTEN = "Formats (see --list), with commas between; or the ending of a FILE says it."
_Graph = Annotated[Path, typer.Argument(metavar="KG", help="Folder of a knowledge graph.")]
_Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders, .zip archives; - for stdin."),
]
_Query = Annotated[
    str | None,
    typer.Option(
        metavar="QUERY|FILE|NAME",
        help="In place of decisions: what a CONSTRUCT, SELECT or question answers.",
        autocompletion=_complete_question,
    ),
]
_Parameters = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=VALUE",
        help="Parameter of a question, such as council=Tarnbeck.",
        autocompletion=_complete_parameter,
    ),
]
_Port = Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")]
_Browser = Annotated[bool, typer.Option(help="Open a browser when there is a display.")]
_Contact = Annotated[
    str | None,
    typer.Option(
        metavar="MAIL|URL", help="Where you can be reached; the site is told, it is kept."
    ),
]
_Pause = Annotated[
    float, typer.Option(min=0, metavar="SECONDS", help="At least, between two requests.")
]
_Recheck = Annotated[
    float | None,
    typer.Option(min=0, metavar="DAYS", help="Ask again for pages checked longer ago."),
]
_RecheckMost = Annotated[
    int, typer.Option(min=1, metavar="PAGES", help="So many of these at once, the oldest first.")
]


def _word(about: str) -> Any:
    return Annotated[str | None, typer.Option(help=about)]


def _of_day(about: str) -> Any:
    return Annotated[date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help=about)]


_CONDITIONS = {
    "council": _word("Name, GSS code or IRI of an authority."),
    "category": _word("Category or subcategory, id or label."),
    "since": _of_day("First day of decisions."),
    "until": _of_day("Last day of decisions."),
    "outcome": _word("Outcome, id or label: upheld ..."),
    "fault": _word("Type of fault found, id or label."),
    "injustice": _word("Type of injustice found, id or label."),
    "remedy": _word("Type of remedy promised, id or label."),
    "provision": _word("Law cited: 'Care Act 2014, section 9', or its address."),
    "guidance": _word("Guidance cited, id or title."),
    "body": _word("Outside body named, id or name."),
    "references": Annotated[
        list[str] | None, typer.Option("--reference", help="Only this decision; repeat for more.")
    ],
}
"""An option for each field of :class:`exports.Scope`."""


def _scoped(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of a scope, in place of its parameter ``scope``."""

    @wraps(command)
    def run(**given: Any) -> None:
        from exports import Scope

        conditions = {name: given.pop(name) for name in _CONDITIONS}
        references = tuple(conditions.pop("references") or ())
        command(**given, scope=Scope(**conditions, references=references))

    parameters: list[Parameter] = []
    # Scope is loaded when a command runs, not when the command line is read
    for parameter in signature(command, eval_str=True, locals={"Scope": None}).parameters.values():
        if parameter.name == "scope":
            options = (
                Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=option)
                for name, option in _CONDITIONS.items()
            )
            parameters.extend(options)
        else:
            parameters.append(parameter.replace(kind=Parameter.KEYWORD_ONLY))
    # typer reads both
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option("-o", "--output", help="Keep the graph in this folder.")
    ] = None,
    port: _Port = 0,
    serve: Annotated[bool, typer.Option(help="Start the explorer.")] = True,
    browser: _Browser = True,
) -> None:
    """Build the bundled sample of fictional decisions and open the explorer."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="faultlines-") as temporary:
        place = folder or Path(temporary) / "kg"
        with _progress("Reading the sample") as advance:
            report = build([_sample()], place, advance=advance)
        typer.echo(f"{report.counts['decisions']} fictional decisions read, built into {place}")
        if serve:
            _serve(place, "127.0.0.1", port, (), 10.0, browser=browser)


@app.command("fetch")
def fetch_command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder of decisions.")
    ],
    since: Annotated[
        date | None,
        typer.Option(
            parser=_day,
            metavar="YYYY-MM-DD",
            help="First day of decisions; else goes on from last.",
        ),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Last day of decisions; else today."),
    ] = None,
    category: Annotated[
        str | None, typer.Option(help="Category or subcategory: Education, education/other ...")
    ] = None,
    council: Annotated[
        str | None, typer.Option(help="Name of a council or other body, or GSS code.")
    ] = None,
    outcome: Annotated[str | None, typer.Option(help="upheld, not-upheld or closed.")] = None,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="In place of all that: addresses, one a line."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask for so many decisions at most, this time.")
    ] = None,
    contact: _Contact = None,
    pause: _Pause = 5,
    recheck: _Recheck = None,
    recheck_most: _RecheckMost = 1000,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would take.")
    ] = False,
    site: Annotated[str | None, typer.Option(hidden=True)] = None,
) -> None:
    """Bring decisions published at lgo.org.uk into a folder, politely, and keep them current."""
    from graph.harvest.addresses import read_addresses
    from graph.harvest.asked import Asked
    from graph.harvest.site import HOME, Site
    from graph.harvest.tally import Tally

    if from_ is not None and (dry_run or any((since, until, category, council, outcome))):
        raise WrongUsage("--from", "it goes with no filter and no --dry-run", "give one or other")
    tally = Tally()
    place = Site.of(site or HOME)
    asked = Asked.of(since, until, category, council, outcome)
    if from_ is not None:
        asked = Asked(places=read_addresses(from_, place))
    if dry_run:
        _say_what_it_takes(output, asked, place, contact, pause, limit)
        return
    from graph.harvest.harvest import harvest

    try:
        with _progress("Fetching") as advance:
            harvest(
                output,
                asked,
                site=place,
                contact=contact,
                pause=pause,
                recheck=recheck,
                recheck_most=recheck_most,
                limit=limit,
                tally=tally,
                advance=advance,
                say=_say,
            )
    finally:
        if tally.requests:
            _print_fetched(tally, output)
        if asked.council and tally.result_pages and not tally.listed:
            _say(f"faultlines: the site lists none of {asked.council!r}; check the name")
    if not tally.well:
        raise typer.Exit(1)


@app.command()
def update(
    kg: _Graph,
    decisions: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Folder that fetch filled; remembered."),
    ] = None,
    format: Annotated[str, typer.Option("-f", "--format", help="text, json or atom.")] = "text",
    contact: _Contact = None,
    pause: _Pause = 5,
    recheck: _Recheck = None,
    recheck_most: _RecheckMost = 1000,
) -> None:
    """Fetch what is new, build it into the graph, and say what changed."""
    from graph.harvest.archive import Archive, site_of
    from graph.harvest.asked import Asked
    from graph.harvest.feed import atom
    from graph.harvest.harvest import harvest
    from graph.harvest.refusal import HarvestError, Unusable
    from graph.harvest.tally import Tally
    from graph.harvest.update import built_in, decisions_of

    if format not in ("text", "json", "atom"):
        raise WrongUsage(f"format {format!r}", "there is none", "use one of text, json, atom")
    tally, whole = Tally(), True
    try:
        folder = decisions_of(kg, decisions)
        site = site_of(folder)
        with _progress("Fetching") as advance:
            harvest(
                folder,
                Asked(),
                site=site,
                contact=contact,
                pause=pause,
                recheck=recheck,
                recheck_most=recheck_most,
                tally=tally,
                advance=advance,
                say=_say,
            )
    except Unusable:
        raise
    except HarvestError as error:  # what was had until then is built in all the same
        whole = False
        _say(f"faultlines: {error}")
    _say_what_was_not_had(tally)
    with _progress("Reading") as advance:
        report, news = built_in(kg, folder, advance=advance)
    if format == "text":
        for line in news.lines():
            typer.echo(_printable(line))
    elif format == "json":
        typer.echo(news.json().encode(), nl=False)
    else:
        with Archive(folder, site) as archive:
            times = {f"{place}.html": time for place, time in archive.manifest.times().items()}
            last = archive.manifest.last_visit()
        typer.echo(atom(news, site.base, times, last).encode(), nl=False)
    _end_with(report.rejected, failed=[] if whole and tally.well else ["fetch"])


@app.command("extract")
def extract_command(sources: _Sources) -> None:
    """Print the record of each decision as JSON Lines."""
    from ontology.record import dumps

    rejected: list[Unreadable] = []
    with _progress("Reading", prints=True) as advance:
        for decision in extract(sources, rejected=rejected.append):
            advance(decision.source.name)
            typer.echo(dumps(decision).encode())
    _end_with(rejected)


@app.command("build")
def build_command(
    sources: _Sources,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="KG", help="Its folder.")],
    built: Annotated[
        str | None,
        typer.Option(parser=_time, metavar="TIME", help="Time to record, ISO 8601."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Processes that read; one for each processor."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers read: tcp://host:8786."),
    ] = None,
    location: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where they write, such as s3://bucket/parts; or KG."),
    ] = None,
) -> None:
    """Build or update a knowledge graph from decisions."""
    with _progress("Reading") as advance:
        report = build(
            sources,
            output,
            built=built,
            jobs=jobs,
            dask=dask,
            location=location,
            advance=advance,
        )
    _print_report(report)
    _end_with(report.rejected)


@app.command()
def query(
    kg: _Graph,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY|FILE|NAME",
            help="SPARQL, a file of it, or a question.",
            autocompletion=_complete_question,
        ),
    ] = None,
    param: _Parameters = None,
    format: Annotated[str, typer.Option("-f", "--format", help=_PRINTED)] = "table",
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 1_000_000,
    timeout: Annotated[
        float | None, typer.Option(min=0.1, help="Seconds after which the query is ended.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named questions.")] = False,
) -> None:
    """Ask with SPARQL or with a named question; tables, CSV, TSV, JSON, XML, Turtle."""
    from graph.knowledge_graph import KnowledgeGraph
    from graph.questions.asking import ask, catalogue
    from graph.questions.results import FORMATS, write

    if list_:
        typer.echo("\n".join(catalogue()))
        return
    asked = sys.stdin.read() if question == "-" else question or ""
    if not asked.strip():
        raise WrongUsage("query", "nothing is asked", "give SPARQL, a file, or a name from --list")
    if format not in FORMATS:
        raise WrongUsage(f"format {format!r}", "there is none", f"use one of {', '.join(FORMATS)}")
    parameters = _parameters(param or ())
    with KnowledgeGraph.open(kg) as graph:
        result = ask(graph, asked, parameters, limit=limit, timeout=timeout)
        typer.echo(write(result, format).encode(), nl=False)
        if not any(getattr(result, name, ()) for name in ("rows", "triples", "value")):
            from graph.questions.absence import absences

            for line in absences(graph, asked, parameters):
                _say(f"faultlines: {line}")
    if getattr(result, "truncated", False):
        _say(f"faultlines: cut after {limit:,} rows or many characters; narrow the query")
        raise typer.Exit(1)


@app.command("export")
@_scoped
def export_command(
    kg: _Graph,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR|FILE", help="Folder, or one file.")
    ],
    format: Annotated[str | None, typer.Option("-f", "--format", help=_WRITTEN)] = None,
    *,
    scope: Scope,
    query: _Query = None,
    param: _Parameters = None,
    full: Annotated[bool, typer.Option(help="RDF: with whole registers and ontology.")] = False,
    view: Annotated[
        str | None,
        typer.Option(help="Graph files and tables: full (unless told), chain, decisions, summary."),
    ] = None,
    compress: Annotated[str | None, typer.Option(help="Pack each file: gz or zst.")] = None,
    list_: Annotated[  # noqa: ARG001 - its callback acts on it
        bool,
        typer.Option("--list", callback=_list_formats, is_eager=True, help="List the formats."),
    ] = False,
) -> None:
    """Write the graph, part of it, or the answer to a query, for other programs."""
    from exports import Selection
    from exports.projection import VIEWS
    from exports.queried import queried

    delivery = _delivery(format, output, compress)
    if view is not None and view not in VIEWS:
        raise WrongUsage(f"view {view!r}", "there is none", f"use one of {', '.join(VIEWS)}")
    _refuse_what_does_not_fit(delivery, scope, query, full=full, view=view)
    with open(kg) as graph:
        if query is None:
            content = Selection(graph, scope, full, view or delivery.view)
            paths = list(delivery.write(graph, content))
            _say_when_empty(graph, scope)
        else:
            with queried(graph, query, _parameters(param or ())) as answer:
                paths = list(delivery.write(graph, answer))
                if not answer:
                    _say("faultlines: the query found nothing, so nothing stands in the files")
    typer.echo("\n".join(map(str, paths)))


@app.command()
@_scoped
def page(
    kg: _Graph,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="HTML file.")],
    *,
    scope: Scope,
    query: _Query = None,
    param: _Parameters = None,
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Items drawn one by one.")] = 300,
) -> None:
    """Write one self-contained interactive page."""
    from exports.page import write_page, write_page_of
    from exports.queried import queried

    if query is not None and not scope.everything:
        raise WrongUsage("--query", "it goes with no scope", "say in the query what you want")
    if param and query is None:
        raise WrongUsage("--param", "it goes with --query", "name the question with --query")
    with open(kg) as graph:
        if query is None:
            write_page(graph, output, scope, title=title, limit=limit)
            _say_when_empty(graph, scope)
        else:
            with queried(graph, query, _parameters(param or ())) as answer:
                write_page_of(answer, output, title=title, limit=limit)
                if not answer:
                    _say("faultlines: the query found nothing, so nothing stands in the page")
    typer.echo(output)


@app.command("publish")
def publish_command(
    kg: _Graph,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="New folder.")],
    base: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the folder will be on the web.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of a SPARQL endpoint to name.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Name of whoever publishes it.")] = None,
) -> None:
    """Write the graph, its description (DCAT, VoID) and the ontology's pages, for the web."""
    from exports import ExportError
    from exports.publication import Addresses, publish
    from graph.knowledge_graph import KnowledgeGraph

    try:
        addresses = Addresses(base, endpoint)
    except ExportError as error:
        raise WrongUsage(error.name, error.reason, error.advice) from error
    with KnowledgeGraph.open(kg) as graph, _progress("Writing") as advance:
        files = publish(graph, output, addresses=addresses, publisher=publisher, advance=advance)
    typer.echo("\n".join(map(str, files)))


@app.command("push")
@_scoped
def push_command(
    kg: _Graph,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="A SPARQL 1.1 Graph Store, or takes Update.")
    ],
    protocol: Annotated[str, typer.Option(help="auto, graph-store or update.")] = "auto",
    *,
    scope: Scope,
    full: Annotated[bool, typer.Option("--full", help="Whole registers and ontology.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Send what was sent before too.")] = False,
    journal: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was sent where; else beside KG: KG.push.sqlite."),
    ] = None,
    batch_size: Annotated[
        int | None, typer.Option(min=1, metavar="BYTES", help="Sent at once; 2,000,000 or so.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds an answer may take.")] = 300,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Send credentials without encryption.")
    ] = False,
) -> None:
    """Send the graph, or what changed in it, to a triple store on the web.

    Credentials: FAULTLINES_PUSH_USER and FAULTLINES_PUSH_PASSWORD, or FAULTLINES_PUSH_TOKEN.
    """
    with _progress("Sending") as advance:
        tally = push(
            kg,
            url,
            scope=scope,
            full=full,
            protocol=protocol,
            batch_size=batch_size,
            journal=journal,
            again=again,
            insecure=insecure,
            timeout=timeout,
            advance=advance,
            say=_say,
        )
    typer.echo("\n".join(tally.lines()))


@app.command("serve")
def serve_command(
    kg: _Graph,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: _Port = 8765,
    name: Annotated[
        list[str] | None, typer.Option(help="Further host name that browsers use for it.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 10.0,
    browser: _Browser = False,
) -> None:
    """Serve the explorer and the SPARQL endpoint on this computer."""
    _serve(kg, host, port, tuple(name or ()), timeout, browser=browser)


@app.command("check")
def check_command(
    kg: _Graph,
    format: Annotated[str, typer.Option("-f", "--format", help="text or json.")] = "text",
    sample: Annotated[int, typer.Option(min=0, help="Decisions that pySHACL judges too.")] = 30,
    examples: Annotated[
        int, typer.Option(min=0, help="Places to name for each kind of problem and gap.")
    ] = 3,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
) -> None:
    """Hold the graph against its shapes (SHACL), count what was not understood, give totals."""
    if format not in ("text", "json"):
        raise WrongUsage(f"format {format!r}", "there is none", "use one of text, json")
    with _progress("Checking") as advance:
        report = check(kg, sample=sample, examples=examples, advance=advance)
    if format == "json":
        typer.echo(report.json().encode(), nl=False)
    else:
        for line in report.lines():
            typer.echo(_printable(line))
    if not report.passes(strict=strict):
        _say(f"faultlines: {report.verdict()}; look at the sentences named above")
        raise typer.Exit(1)


@app.command()
def explain(
    kg: _Graph,
    thing: Annotated[
        str,
        typer.Argument(
            metavar="REFERENCE|NAME|IRI", help="A decision, council, Act, section, body, type ..."
        ),
    ],
    format: Annotated[str, typer.Option("-f", "--format", help="text or json.")] = "text",
    limit: Annotated[
        int, typer.Option(min=1, help="Things that decisions say about a shared one, at most.")
    ] = 100,
) -> None:
    """Show the statements about a thing and the sentences they were read from."""
    import json

    from graph.knowledge_graph import KnowledgeGraph
    from graph.questions.explanation import explain as explanation

    if format not in ("text", "json"):
        raise WrongUsage(f"format {format!r}", "there is none", "use text or json")
    with KnowledgeGraph.open(kg) as graph:
        found = explanation(graph, thing, limit=limit)
    if format == "json":
        typer.echo(json.dumps(found.json(), ensure_ascii=False, indent=1).encode())
    else:
        for line in found.lines():
            typer.echo(_printable(line))
    if len(found.explanations) < found.total:
        shown = f"{len(found.explanations):,} of {found.total:,}"
        _say(f"faultlines: cut: {shown} things are shown; --limit shows more")


@app.command("score")
def score_command(
    records: Annotated[Path, typer.Argument(help="JSON Lines of records, or decisions.")],
    gold: Annotated[Path, typer.Argument(help="Annotation: a file or a folder.")],
    items: Annotated[bool, typer.Option(help="List what is missing and what is extra.")] = True,
    by_rule: Annotated[
        bool, typer.Option("--by-rule", help="Add what each rule and model is worth.")
    ] = False,
) -> None:
    """Measure records against hand-made annotation: precision, recall, F1 per kind."""
    from graph.scoring.contribution import contribution_table
    from graph.scoring.gold import pair, predicted, read_gold
    from graph.scoring.scorer import score as measure
    from graph.scoring.table import items_of, score_table

    annotation = read_gold(gold)
    found = list(predicted(records))
    paired = pair((one for one in found if not isinstance(one, Unreadable)), annotation)
    scores = measure(paired.pairs)
    typer.echo(score_table(scores))
    if by_rule:
        typer.echo(f"\n{contribution_table(scores)}")
    if items:
        typer.echo(items_of(scores), nl=False)
    for name in paired.without_gold:
        _say(f"{name}: not scored; it has no annotation, or another record of it came first")
    for reference in paired.without_record:
        _say(f"{reference}: there is no record of it; give its decision too")
    _end_with([one for one in found if isinstance(one, Unreadable)], failed=paired.without_record)


@app.command("compare")
def compare_command(
    old: Annotated[Path, typer.Argument(help="JSON Lines of records, or decisions.")],
    new: Annotated[Path, typer.Argument(help="The same decisions, read by another version.")],
    items: Annotated[bool, typer.Option(help="List each gain and loss.")] = True,
) -> None:
    """List what two versions of the extraction read differently from the same decisions."""
    from graph.scoring.comparison import compare
    from graph.scoring.gold import predicted

    first, second = list(predicted(old)), list(predicted(new))
    found = compare(
        (one for one in first if not isinstance(one, Unreadable)),
        (one for one in second if not isinstance(one, Unreadable)),
    )
    typer.echo(found.table())
    for change in found.changes if items else ():
        for line in change.lines():
            typer.echo(_printable(line))
    alone = [(name, new) for name in found.only_old] + [(name, old) for name in found.only_new]
    for name, place in alone:
        _say(f"{name}: {place} has no record of the same text; give both versions the same files")
    unread = [one for one in (*first, *second) if isinstance(one, Unreadable)]
    _end_with(unread, failed=[name for name, _ in alone])


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"faultlines {__version__}")


def main() -> None:
    """Run the command line."""
    app(prog_name="faultlines")


def _say(message: str) -> None:
    typer.echo(_printable(message), err=True)


def _printable(text: str) -> str:
    """``text`` without control characters: a decision's words must not steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextmanager
def _progress(doing: str, *, prints: bool = False) -> Iterator[Callable[[str], None]]:
    """A running count on standard error while it is a terminal, silence elsewhere.

    Results that go to the same terminal while it runs would be drawn over: then, silence.
    """
    if not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,}"),
        BarColumn(20),
        TimeElapsedColumn(),
        TextColumn("{task.fields[name]}"),
    )
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # results stay on standard output
        redirect_stderr=False,
    ) as shown:
        task = shown.add_task(doing, total=None, name="")
        yield lambda name: shown.update(task, advance=1, name=escape(_printable(name)[:60]))


def _end_with(rejected: Iterable[Unreadable], *, failed: Iterable[str] = ()) -> None:
    """Name what could not be read; end with status 1 when there is any, or any other failure."""
    count = 0
    for one in rejected:
        count += 1
        _say(f"{one.name}: {one.reason}; {one.advice}")
    if count or any(failed):
        raise typer.Exit(1)


def _say_what_it_takes(
    output: Path, asked: Asked, site: Site, contact: str | None, pause: float, limit: int | None
) -> None:
    from graph.harvest.archive import exists
    from graph.harvest.clock import spell
    from graph.harvest.harvest import permission, plan

    if contact is None and not exists(output):
        allowed, seconds = permission(asked, site=site, pause=pause, say=_say)
        typer.echo(
            f"robots.txt {'allows' if allowed else 'disallows'} it, with a pause of {seconds:g} s; "
            "nothing else was read: --contact lets --dry-run ask how much there is"
        )
        if not allowed:
            raise typer.Exit(1)
        return
    with _progress("Asking") as advance:
        found = plan(
            output, asked, site=site, contact=contact, pause=pause, advance=advance, say=_say
        ).limited(limit)
    _print_counts(
        "It would take about",
        {"result pages": found.pages, "decisions": found.decisions, "requests": found.requests},
    )
    typer.echo(f"and {spell(found.seconds)}, at {found.pause:g} s a request")
    if asked.category and found.decisions:
        typer.echo("Only those of the category are fetched; the site's count has all of them")


def _print_fetched(tally: Fetched, output: Path) -> None:
    _say_what_was_not_had(tally)
    _print_counts(f"Fetched into {output}", tally.counts)
    if not tally.finished:
        typer.echo("There is more: the same command goes on")


def _say_what_was_not_had(tally: Fetched) -> None:
    disallowed = "robots.txt disallows it, so it was not fetched"
    _say_first([f"{url}: {disallowed}" for url in tally.disallowed], "that robots.txt disallows")
    failed = [f"{url}: {reason}; {advice}" for url, reason, advice in tally.failed]
    _say_first(failed, "that could not be had")
    for window in tally.unsteady:
        _say(f"{window}: its results kept changing; the same command lists it again")
    if tally.due:
        _say(f"{tally.due:,} more pages are due for a check; the next harvests come to them")
    missing = "not found; once may be a slip, a second time it counts as gone"
    _say_first([f"{place}: {missing}" for place in tally.missing], "that were not found")
    gone = "gone from the site; its file left the folder, its last version is kept"
    _say_first([f"{place}: {gone}" for place in tally.gone], "that are gone from the site")


_SHOWN = 10
"""Lines of one kind that are said; a corpus of mirrors may hold thousands of duplicates."""


def _say_first(lines: Sequence[str], others: str) -> None:
    """Say the first of some lines, and how many ``others`` there are."""
    for line in lines[:_SHOWN]:
        _say(line)
    if len(lines) > _SHOWN:
        _say(f"and {len(lines) - _SHOWN:,} more {others}")


def _print_report(report: Report) -> None:
    doubled = "holds the same decision as"
    duplicates = [f"{left}: {doubled} {kept}, which was kept" for left, kept in report.duplicates]
    _say_first(duplicates, "duplicates")
    gone = "it is gone, and its decision was removed from the graph"
    _say_first([f"{name}: {gone}" for name in report.removed], "that are gone")
    done = {
        "decisions read": report.read,
        "decisions unchanged": report.unchanged,
        "duplicates left out": len(report.duplicates),
        "inputs rejected": len(report.rejected),
        "decisions removed": len(report.removed),
    }
    _print_counts("Done", done)
    _print_counts("The graph holds", report.counts)
    _print_counts("Not understood, and said so", report.gaps)


def _print_counts(heading: str, counts: Mapping[str, int]) -> None:
    if counts:
        typer.echo(f"{heading}:")
    for name, count in counts.items():
        typer.echo(f"  {count:>10,}  {name}")


def _parameters(given: Iterable[str]) -> dict[str, str]:
    """The parameters of a question; one without a value would silently ask about everything."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals):
            raise WrongUsage(f"--param {one}", "it is not NAME=VALUE", "such as council=Tarnbeck")
        if not value.strip():
            raise WrongUsage(f"--param {one}", "it has no value", "give one, or leave it out")
        if name in found:
            raise WrongUsage(f"--param {one}", f"{name} is given twice", "ask once for each")
        found[name] = value
    return found


def _delivery(format: str | None, output: Path, compress: str | None) -> Delivery:
    from exports.delivery import Delivery
    from exports.exporter import ExportError

    names = [name.strip() for name in (format or "").split(",") if name.strip()]
    try:
        return Delivery.of(names, output, compress)
    except ExportError as error:
        raise WrongUsage(error.name, error.reason, error.advice) from error


def _refuse_what_does_not_fit(
    delivery: Delivery, scope: Scope, query: str | None, *, full: bool, view: str | None
) -> None:
    """Options that would be passed over are mistakes."""
    names = ", ".join(exporter.name for exporter in delivery.exporters)
    statements = [exporter.statements for exporter in delivery.exporters]
    if query is not None and not (scope.everything and view is None and not full):
        advice = "say in the query what you want"
        raise WrongUsage("--query", "it goes with no scope, no --view and no --full", advice)
    if full and not any(statements):
        raise WrongUsage("--full", f"it means nothing for {names}", "leave it out")
    if view is not None and all(statements):
        raise WrongUsage("--view", f"it means nothing for {names}", "leave it out")


def _say_when_empty(graph: OpenGraph, scope: Scope) -> None:
    if not (scope.everything or scope.decisions(graph)):
        _say("faultlines: no decision fulfils all conditions, so none was written")


def _sample() -> Path:
    from importlib.resources import files

    return Path(str(files("graph").joinpath("sample", "decisions")))


def _serve(
    kg: Path, host: str, port: int, names: tuple[str, ...], timeout: float, *, browser: bool
) -> None:
    from exports.serve import listening, serve

    if host in listening.ANYWHERE and not names:
        advice = "give it with --name, or listen on 127.0.0.1"
        raise WrongUsage("--host", "browsers will need a name for this computer", advice)
    with open(kg) as graph:
        chosen = listening.free_port(host, port)
        address = listening.address(names[0] if names else host, chosen)
        typer.echo(f"The explorer is at {address} (Ctrl-C ends it)")
        if browser:
            listening.open_browser(address)
        serve(graph, host, chosen, hosts=names, timeout=timeout)


if __name__ == "__main__":
    main()
