"""Why the graph says something: the statements about a thing and the passages behind them.

Everything comes from the graph itself, so that an explanation is also a proof that the
evidence is there: who asks about a finding sees the sentence, its paragraph, the rule that
read it and the source it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pyoxigraph as ox

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import shorten
from ontology.prefixes import ID, NS, PREFIXES

_HIDDEN = frozenset(
    (NS + "evidencedBy", PREFIXES["prov"] + "wasGeneratedBy", PREFIXES["prov"] + "wasDerivedFrom")
)
"""Predicates that are told as passages, or that say the same of everything."""

_RUN_TOGETHER = re.compile(r"(\d\d)(\d{3})(\d{3}[A-Za-z]?)")
"""A reference written without spaces."""

_EVIDENCED = """
SELECT DISTINCT ?thing WHERE {{
  GRAPH ?graph {{ {pattern} ?thing fl:evidencedBy|prov:wasDerivedFrom ?passage }}
}} ORDER BY ?thing"""

_PASSAGES = """
SELECT DISTINCT ?start ?quote ?number ?rule ?source WHERE {{
  GRAPH ?graph {{
    <{thing}> fl:evidencedBy|prov:wasDerivedFrom ?passage .
    ?passage oa:exact ?quote ; oa:start ?start ; fl:rule ?rule ; fl:quotedFrom ?decision .
    ?decision fl:sourceName ?source .
    OPTIONAL {{ ?passage fl:inParagraph/fl:number ?number }}
  }}
}} ORDER BY ?source ?start ?rule"""


@dataclass(frozen=True, slots=True)
class Passage:
    """One quoted passage."""

    quote: str
    paragraph: int | None
    """Number of its paragraph; None outside the numbered ones."""
    rule: str
    source: str
    """Name of the source it was read from."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing of the graph: what is said about it and where that was read."""

    iri: str
    statements: tuple[tuple[str, str], ...]
    """(predicate, object) as shown to people, prefixes shortened."""
    passages: tuple[Passage, ...]

    def lines(self) -> Iterator[str]:
        """The explanation as text; what decisions say in it is as they say it."""
        yield self.iri
        for predicate, value in self.statements:
            yield f"    {predicate}  {value}"
        for passage in self.passages:
            where = f"paragraph {passage.paragraph}" if passage.paragraph else "unnumbered"
            yield f"    “{passage.quote}”"
            yield f"        {where} of {passage.source}, rule {passage.rule}"


def explain(kg: KnowledgeGraph, wanted: str) -> Iterator[Explanation]:
    """Explain everything that was read from a decision, or one thing, or what leads to it.

    ``wanted`` is a reference (``22 900 014``), an IRI, or an IRI with one of the usual
    prefixes. For a decision every evidenced thing in it is yielded; for a thing with
    evidence that thing; for any other (a council, an Act, a type of fault) the evidenced
    things that name it. Raises :class:`~graph.errors.QueryError` when the graph has none.
    """
    if run_together := _RUN_TOGETHER.fullmatch(wanted.strip()):
        wanted = " ".join(run_together.groups())
    if entries := kg.decisions(wanted):
        for entry in entries:
            yield from _decision(kg, entry.iri)
        return
    iri = _iri(kg, wanted)
    if kg.ledger.entry(iri) is not None:
        yield from _decision(kg, iri)
        return
    things = _column(kg, _EVIDENCED.format(pattern=f"VALUES ?thing {{ <{iri}> }}"))
    things = things or _column(kg, _EVIDENCED.format(pattern=f"?thing ?says <{iri}> ."))
    if not things:
        raise QueryError(
            wanted,
            "no statement that was read from a decision names it",
            "ask about a decision's reference, or an IRI that a query of this graph answered",
        )
    for thing in things:
        yield _explanation(kg, thing)


def _decision(kg: KnowledgeGraph, iri: str) -> Iterator[Explanation]:
    yield _explanation(kg, iri)
    for thing in _column(kg, _EVIDENCED.format(pattern=f"?passage fl:quotedFrom <{iri}> .")):
        if thing != iri:
            yield _explanation(kg, thing)


def _explanation(kg: KnowledgeGraph, iri: str) -> Explanation:
    statements: set[tuple[str, str]] = set()
    for quad in kg.store.raw.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        shown = _sum(kg, quad) if _is_part(iri, quad) else _shown(quad.object)
        if shown is not None and quad.predicate.value not in _HIDDEN:
            statements.add((shorten(quad.predicate.value), shown))
    passages = tuple(
        Passage(
            quote=row["quote"].value,
            paragraph=int(row["number"].value) if row["number"] else None,
            rule=row["rule"].value,
            source=row["source"].value,
        )
        for row in kg.query(_PASSAGES.format(thing=iri))  # type: ignore[union-attr]
    )
    return Explanation(iri, tuple(sorted(statements)), passages)


def _is_part(iri: str, quad: ox.Quad) -> bool:
    """Whether the statement leads to a part of the thing, which is explained by itself."""
    return isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(iri + "/")


def _sum(kg: KnowledgeGraph, quad: ox.Quad) -> str | None:
    """The sum of money that the statement leads to, if it does."""
    found: list[str] = []
    for term in ("value", "currency"):
        predicate = ox.NamedNode(PREFIXES["schema"] + term)
        values = kg.store.raw.quads_for_pattern(quad.object, predicate, None, None)  # type: ignore[arg-type]
        found += sorted({_shown(value.object) for value in values})
    return " ".join(found) or None


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal | ox.BlankNode) else str(term)


def _column(kg: KnowledgeGraph, sparql: str) -> list[str]:
    return [solution[0].value for solution in kg.query(sparql)]  # type: ignore[union-attr]


def _iri(kg: KnowledgeGraph, wanted: str) -> str:
    prefix, colon, local = wanted.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        wanted = PREFIXES[prefix] + local
    try:
        ox.NamedNode(wanted)
    except ValueError:
        near = _near(kg, wanted)
        advice = f"did you mean {' or '.join(near)}?" if near else "copy one from a query's answer"
        raise QueryError(
            wanted, f"it is neither a reference of this graph nor an IRI such as {ID}...", advice
        ) from None
    return wanted


def _near(kg: KnowledgeGraph, wanted: str) -> list[str]:
    key = wanted.strip().replace("-", " ").lower()
    known = [reference for _, reference, _, _ in kg.ledger.wordings() if reference]
    return get_close_matches(key, known, n=3, cutoff=0.8)
