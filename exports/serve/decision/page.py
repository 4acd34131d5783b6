"""The page of one decision: ``/decision/22-900-014`` or with its authority after it."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from exports.listed import Listed
from exports.selection import Selection
from exports.serve.counts.casebook import decision_iri, decision_path, key_of
from exports.serve.counts.dimensions import address
from exports.serve.decision.reading import Reading, read
from exports.serve.files.downloads import as_csv, as_json, exported
from exports.serve.files.formats import format_of
from exports.serve.site import Site
from graph.entry import Entry
from graph.triples.authority import authority_iri
from graph.triples.category import category_iris
from ontology import iri as mint
from ontology import record
from ontology.model import Decision
from ontology.vocabulary import vocabulary

PUBLISHER = "https://www.lgo.org.uk/"
"""The only site that a decision's own address may lead to."""


def elsewhere(site: Site, request: Request) -> Response | None:
    """The whole address of the one decision that a short one means; None at the whole one."""
    path = request.path_params["path"].rstrip("/")
    entries = find(site, path)
    if len(entries) != 1 or path == decision_path(entries[0].iri):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(
        f"/decision/{quote(decision_path(entries[0].iri), safe='/-._~')}{query}", 302
    )


def decision(site: Site, request: Request) -> Response:
    """The text of a decision beside what was read from it."""
    path = request.path_params["path"].rstrip("/")
    entries = find(site, path)
    if not entries:
        raise _absent(site, path)
    if len(entries) > 1:
        cases = site.figures.book.of(entry.iri for entry in entries)
        return site.page(request, "choose.html", reference=entries[0].reference, cases=cases)
    entry = entries[0]
    own = decision_path(entry.iri)
    made = entry.decision()
    format = format_of(request)
    if format == "json":
        return as_json(record.to_json(made))
    if format == "ttl":
        graph = mint.decision_graph(entry.iri)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return site.turtle(query, own)
    if format == "graphml":
        listed = Listed(iris=(entry.iri,), phrase=f"the decision {own}")
        return exported(Selection(site.kg, listed), format, own)
    reading = read(made, site.figures.names)
    if format == "csv":
        return _items(reading, own)
    return site.page(
        request,
        "decision.html",
        entry=entry,
        decision=made,
        reading=reading,
        marks={mark.number: mark for mark in reading.marks},
        authorities=_authorities(made),
        categories=_categories(made),
        published=published(made),
        rules=sorted({rule for mark in reading.marks for rule in mark.rules}),
        outcome=site.figures.names.label("outcome", made.outcome) if made.outcome else None,
        disposition=site.figures.names.concept("disposition", made.disposition),
    )


def _absent(site: Site, path: str) -> HTTPException:
    """404, or 410 where the graph held the decision once (RFC 9110, section 15.5.11)."""
    if site.kg.ledger.was_removed(path, decision_iri(path)):
        words = (
            f"The decision {path!r} was here. Its source is gone since: the Ombudsman takes "
            "decisions off its site after some years, or whoever built this graph left it out."
        )
        return HTTPException(410, words)
    return HTTPException(404, f"No decision here has the reference {path!r}.")


def find(site: Site, path: str) -> list[Entry]:
    """The entries that an address means: one decision, or all of a reference."""
    entry = site.kg.ledger.entry(decision_iri(path))
    return [entry] if entry else site.kg.decisions(path)


def published(made: Decision) -> str | None:
    """Its address on the Ombudsman's site; None when it has none there."""
    return made.url if made.url and made.url.startswith(PUBLISHER) else None


def _authorities(made: Decision) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for index, authority in enumerate(made.authorities):
        key = authority_iri(made, index).rpartition("/")[2]
        name = authority.name or "An authority that the decision does not name"
        found.append((name, address("council", key) if authority.name else None))
    return found


def _categories(made: Decision) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    names = (made.category.name, made.category.subcategory)
    for name, node in zip(names, category_iris(made), strict=True):
        if name:
            key = key_of(node) if node else ""
            known = key in vocabulary("category")
            found.append((name, address("category", key) if known else None))
    return found


def _items(reading: Reading, name: str) -> Response:
    columns = ("mark", "kind", "items", "paragraph", "start", "end", "quote", "rules")
    rows = [
        (
            mark.number,
            mark.kind,
            " ".join(mark.items),
            mark.paragraph,
            mark.start,
            mark.end,
            mark.quote,
            " ".join(mark.rules),
        )
        for mark in reading.marks
    ]
    return as_csv(columns, rows, name)
