"""Where something stands: the decision, its source, and the sentence where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.checking.statements import Statements
from graph.checking.term import text
from graph.triples.authority import decision_iri
from graph.triples.decision import fl
from ontology.model import Decision, Evidence
from ontology.prefixes import PREFIXES

_EXACT = f"<{PREFIXES['oa']}exact>"
_LONGEST = 300
"""Characters of a sentence that a report repeats."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place: in a decision, or in a graph that decisions share."""

    graph: str
    """IRI of the decision, or of the shared named graph."""
    reference: str | None
    """As printed; None where the decision has none, and outside of decisions."""
    authorities: tuple[str, ...]
    """Names of the bodies complained about."""
    source: str | None
    """File or record that the decision was read from."""
    paragraph: int | None
    """Number of the paragraph; None outside the numbered ones."""
    quote: str | None
    """Words of the decision; None where no passage tells."""

    def __str__(self) -> str:
        """The place for people: reference, bodies, source, paragraph and words."""
        if self.source is None:
            return f"in the graph {self.graph}"
        bodies = " and ".join(self.authorities) or "authority not named"
        where = f"{self.reference or 'no reference'}, {bodies} ({self.source})"
        if self.paragraph is not None:
            where += f", paragraph {self.paragraph}"
        return f"{where}: “{self.quote}”" if self.quote else where


def in_decision(decision: Decision, passage: tuple[str | None, int | None] = (None, None)) -> Place:
    """A decision, or the words and the number of the paragraph in it."""
    quote, paragraph = passage
    names = tuple(authority.name for authority in decision.authorities if authority.name)
    shown = " ".join(quote.split()) if quote else None
    if shown and len(shown) > _LONGEST:
        shown = shown[:_LONGEST].rsplit(" ", 1)[0] + " …"
    iri, source = decision_iri(decision), decision.source.name
    return Place(iri, decision.reference, names, source, paragraph, shown)


def of_evidence(evidence: Sequence[Evidence]) -> tuple[str | None, int | None]:
    """Words and paragraph of the first passage behind an entry."""
    return (evidence[0].quote, evidence[0].paragraph) if evidence else (None, None)


def passage_of(graph: Statements, node: str) -> tuple[str | None, int | None]:
    """Words and paragraph that a node of a decision's graph was read from.

    The node may be a passage, have one, or be a part of something that has one, as a sum is
    of its remedy. What has none may keep its words itself.
    """
    wholes = (one for one in graph.holders(node) if node.startswith(one[:-1] + "/"))
    own, around = _passages(graph, node), [p for whole in wholes for p in _passages(graph, whole)]
    for passage in (node, *own, *around):
        if words := graph.objects(passage, _EXACT):
            return text(words[0]), _number(graph, graph.objects(passage, fl("inParagraph")))
    for term in ("rawText", "partText"):
        if words := graph.objects(node, fl(term)):
            return text(words[0]), None
    return None, _number(graph, [node])


def _passages(graph: Statements, node: str) -> list[str]:
    return sorted(graph.objects(node, fl("evidencedBy")))


def _number(graph: Statements, paragraphs: Sequence[str]) -> int | None:
    for paragraph in paragraphs:
        for number in graph.objects(paragraph, fl("number")):
            return int(text(number)) if text(number).isdecimal() else None
    return None
