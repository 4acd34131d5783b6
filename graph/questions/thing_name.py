"""What a reader means by a thing of the graph: a reference, an IRI or a council's name.

Nothing is guessed: what fits nothing is an error that names the nearest.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

import pyoxigraph as ox

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.council_name import authority_names, find_council
from ontology.prefixes import ID, PREFIXES

_RUN_TOGETHER = re.compile(r"(\d\d)(\d{3})(\d{3}[A-Za-z]?)")
"""A reference written without spaces."""
_LIKE_REFERENCE = re.compile(r"[\d\s-]{6,}[A-Za-z]?")


def find_things(kg: KnowledgeGraph, wanted: str) -> list[str]:
    """IRIs of what ``wanted`` means: one, or the several decisions of one reference.

    ``wanted`` is a reference (``22 900 014``, with hyphens or run together), an IRI, an IRI
    with one of the usual prefixes, or a council's name or code. An IRI need not stand in
    the graph. Raises :class:`~graph.errors.QueryError` when it is none of these.
    """
    name = wanted.strip()
    if run_together := _RUN_TOGETHER.fullmatch(name):
        name = " ".join(run_together.groups())
    if entries := kg.decisions(name):
        return [entry.iri for entry in entries]
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        name = PREFIXES[prefix] + local
    try:
        return [ox.NamedNode(name).value]
    except ValueError:
        return [_council(kg, wanted)]


def _council(kg: KnowledgeGraph, wanted: str) -> str:
    if _LIKE_REFERENCE.fullmatch(wanted.strip()):
        raise unknown_reference(kg, wanted)
    try:
        return find_council(wanted, authority_names(kg))
    except QueryError as error:
        reason = (
            f"it is neither a reference of this graph nor an IRI such as {ID}..., and as the "
            f"name of a council: {error.reason}"
        )
        raise QueryError(wanted, reason, error.advice) from error


def unknown_reference(kg: KnowledgeGraph, wanted: str) -> QueryError:
    """The error for a reference that no decision of the graph has, with those nearest to it."""
    key = " ".join(wanted.replace("-", " ").lower().split())
    known = [reference for _, reference, _, _ in kg.ledger.wordings() if reference]
    near = get_close_matches(key, known, n=3, cutoff=0.8)
    hint = f"did you mean {' or '.join(near)}?" if near else "copy one from a query's answer"
    return QueryError(wanted, "no decision of this graph has this reference", hint)
