"""What a notebook shows of a graph, an answer and a decision: one plain HTML table each.

Every word is escaped and rid of control characters, among them those that turn the
direction of the text around. There is no script and nothing to fetch, links lead to
published decisions and legislation only, and no colour is set, so that a table reads on
light and on dark paper alike. The drawing above a table is :mod:`exports.open_graph.framed_page`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from exports.open_graph.frame import value
from graph.knowledge_graph import Manifest
from graph.questions.results import Rows, Term
from ontology.model import Decision, Evidence, Remedy
from ontology.vocabulary import UnknownConcept, vocabulary

SHOWN = 20
"""Rows of an answer that are shown; the rest is counted."""
LONGEST = 300
"""Characters of a cell that are shown."""

_CELL = Markup('<td style="{}">{}</td>')
_LINK = Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>')
_HEAD = Markup('<th scope="col" style="{}">{}</th>')
_ROW = Markup("<tr>{}</tr>\n")
_TABLE = Markup(
    '<table style="border-collapse:collapse;background:transparent;color:inherit">\n'
    '<caption style="caption-side:top;text-align:left;color:inherit">{}</caption>\n'
    "<thead>{}</thead>\n<tbody>\n{}</tbody>\n</table>\n"
)
_NOTE = Markup("<p>{}</p>\n")
_LINE = "border:0;border-bottom:1px solid rgba(128,128,128,.5);padding:.2em .6em"
_LEFT = f"{_LINE};text-align:left;vertical-align:top"
_RIGHT = f"{_LINE};text-align:right;vertical-align:top"


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], note: str = ""
) -> str:
    """An HTML table; numbers stand to the right, None is an empty cell."""
    body = Markup("").join(_ROW.format(Markup("").join(map(_cell, row))) for row in rows)
    head = _ROW.format(Markup("").join(_HEAD.format(_LEFT, printable(name)) for name in columns))
    made = _TABLE.format(printable(caption), head, body)
    return str(made + (_NOTE.format(printable(note)) if note else ""))


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to an address, which has been allowed."""

    words: str
    url: str


def rows_html(rows: Rows, url_of: Callable[[str], str] = lambda _: "") -> str:
    """The first rows of an answer, IRIs shortened, and how many there are.

    ``url_of`` gives the address to link an IRI or a text to, empty for none.
    """
    count = len(rows.rows)
    caption = f"{count:,} {'row' if count == 1 else 'rows'}"
    if rows.truncated:
        caption += ", cut: the query has more"
    note = f"The first {SHOWN} of {count:,} rows." if count > SHOWN else ""
    shown = ([_short(term, url_of) for term in row] for row in rows.rows[:SHOWN])
    return table(caption, rows.variables, shown, note)


def graph_html(folder: str, manifest: Manifest) -> str:
    """What a graph holds, the gaps in it, and how to go on."""
    built = f", built {manifest.built}" if manifest.built else ""
    caption = f"Knowledge graph in {folder} (Faultlines {manifest.version}{built})"
    rows: list[tuple[object, ...]] = [(name, count, "") for name, count in manifest.counts.items()]
    rows += [(name, count, "a gap") for name, count in manifest.gaps.items() if count]
    note = (
        "Draw a part of it with .page(council='...'), or by provision, fault, since ... Go on with "
        ".dataframe('faults-by-council'), .ask(SPARQL), .questions(), .decision(reference), "
        ".explain(council), .networkx() or .rdflib()."
    )
    return table(caption, ("holds", "how many", ""), rows, note)


def decision_html(decision: Decision) -> str:
    """A decision's findings, injustices, remedies and reasons with the words behind each."""
    names = [authority.name or "an authority not named" for authority in decision.authorities]
    about = " and ".join(names) or "Unknown authority"
    subject = ": ".join(filter(None, (decision.category.name, decision.category.subcategory)))
    parts = (
        decision.reference,
        decision.date and decision.date.isoformat(),
        label("outcome", decision.outcome),
        subject,
    )
    caption = " · ".join((about, *(part for part in parts if part)))
    note = f"Read from {decision.source.name}."
    return table(caption, ("", "what", "words", "paragraph"), _said(decision), note)


def _said(decision: Decision) -> Iterable[tuple[object, ...]]:
    if decision.summary:
        yield "summary", decision.summary, "", None
    for finding in decision.findings:
        types = ", ".join(label("fault", type_) for type_ in finding.types)
        status = label("finding-status", finding.status)
        yield ("finding", ": ".join(filter(None, (status, types))), *_words(finding.evidence))
    for injustice in decision.injustices:
        yield (
            "injustice",
            ", ".join(filter(None, (label("injustice", injustice.type), injustice.person))),
            *_words(injustice.evidence),
        )
    for remedy in decision.remedies:
        yield ("remedy", _remedy(remedy), *_words(remedy.evidence))
    for reason in decision.reasons:
        yield ("reason", label("reason", reason.type), *_words(reason.evidence))


def _remedy(remedy: Remedy) -> str:
    said = [label("remedy", remedy.type)]
    sum_ = remedy.total if remedy.total is not None else remedy.amount
    if sum_ is not None:
        said.append(f"{remedy.currency or 'GBP'} {sum_:,f}")
    if remedy.due is not None:
        said.append(f"due {remedy.due.date.isoformat() if remedy.due.date else remedy.due.text}")
    return ", ".join((*said, label("remedy-status", remedy.status)))


def _words(evidence: Sequence[Evidence]) -> tuple[str, int | None]:
    return (f"“{evidence[0].quote}”", evidence[0].paragraph) if evidence else ("", None)


def label(scheme: str, id: str | None) -> str:
    """A concept's label; the id itself where the vocabulary does not know it."""
    try:
        return vocabulary(scheme)[id].label if id else ""
    except UnknownConcept:
        return id or ""


def _short(term: Term | None, url_of: Callable[[str], str]) -> object:
    shown = value(term, short=True)
    url = url_of(term.value) if term is not None and isinstance(shown, str) else ""
    return Linked(str(shown), url) if url else shown


def _cell(item: object) -> Markup:
    if item is None:
        return _CELL.format(_LEFT, "")
    if isinstance(item, Linked):
        return _CELL.format(_LEFT, _LINK.format(item.url, printable(item.words)))
    if isinstance(item, (int, float, Decimal)) and not isinstance(item, bool):
        return _CELL.format(_RIGHT, f"{item:,}")
    shown = printable(str(item).lower() if isinstance(item, bool) else str(item))
    return _CELL.format(_LEFT, shown if len(shown) <= LONGEST else shown[:LONGEST].rstrip() + " …")


def printable(text: str) -> str:
    """``text`` with a space for every control character and every mark of direction."""
    return "".join(c if c.isprintable() else " " for c in text)
