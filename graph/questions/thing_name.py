"""What a reader means by a thing of the graph: a reference, an IRI or a name.

Nothing is guessed: what fits nothing is an error that names the nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pyoxigraph as ox

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import authority_names, find_council
from graph.questions.provision_name import find_provision
from graph.questions.results import shorten
from ontology import bodies
from ontology import iri as mint
from ontology.nearest import did_you_mean, nearest
from ontology.prefixes import ID, PREFIXES
from ontology.vocabulary import schemes, vocabulary

_LIKE_REFERENCE = re.compile(r"[\d\s-]{6,}[A-Za-z]?")


def find_things(kg: KnowledgeGraph, wanted: str) -> list[str]:
    """IRIs of what ``wanted`` means: one, or the several decisions of one reference.

    ``wanted`` is a reference (``22 900 014``, with hyphens or run together), an IRI, an IRI
    with one of the usual prefixes, a council's name or code, an Act or a section of one, a
    body, or the id or label of a type. An IRI need not stand in the graph. Raises
    :class:`~graph.errors.QueryError` when it is none of these, or several.
    """
    name = wanted.strip()
    if not name:
        reason, advice = "nothing is named", "give a reference, a council, an Act or an IRI"
        raise QueryError("explain", reason, advice)
    if entries := kg.decisions(name):
        return [entry.iri for entry in entries]
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        name = PREFIXES[prefix] + local
    try:
        return [ox.NamedNode(name).value]
    except ValueError:
        return [_named(kg, name)]


def _named(kg: KnowledgeGraph, wanted: str) -> str:
    if _LIKE_REFERENCE.fullmatch(wanted.strip()):
        raise unknown_reference(kg, wanted)
    try:
        return find_council(wanted, authority_names(kg))
    except QueryError as error:
        found = {iri for finder in (_provision, _body, _concepts) for iri in finder(wanted)}
        if len(found) == 1:
            return found.pop()
        if found:
            several = ", ".join(sorted(map(shorten, found)))
            raise QueryError(wanted, f"it may mean {several}", "give one of these") from error
        reason = (
            f"it is no reference of this graph, no IRI such as {ID}..., no Act, body or type, "
            f"and as the name of a council: {error.reason}"
        )
        raise QueryError(wanted, reason, error.advice) from error


def _provision(wanted: str) -> Iterator[str]:
    with suppress(QueryError):
        yield mint.legislation(find_provision(wanted))


def _body(wanted: str) -> Iterator[str]:
    if found := bodies.resolve(wanted):
        yield mint.body(found.id)


def _concepts(wanted: str) -> Iterator[str]:
    for scheme in schemes():
        for concept in vocabulary(scheme).named(wanted):
            yield concept.iri


def unknown_reference(kg: KnowledgeGraph, wanted: str) -> QueryError:
    """The error for a reference that no decision of the graph has, with those nearest to it."""
    key = " ".join(wanted.replace("-", " ").lower().split())
    known = {reference: reference for _, reference, _, _ in kg.ledger.wordings() if reference}
    hint = did_you_mean(nearest(key, known, cutoff=0.8), "copy one from a query's answer")
    return QueryError(wanted, "no decision of this graph has this reference", hint)
