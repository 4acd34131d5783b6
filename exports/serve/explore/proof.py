"""The words of decisions behind a link between two things."""

from __future__ import annotations

from collections.abc import Iterable

from exports.serve.counts.casebook import decision_iri, decision_path
from exports.serve.counts.figures import Figures
from exports.serve.explore.ego import Link, Thing, together
from graph.facts import PROMISED
from graph.knowledge_graph import KnowledgeGraph
from graph.triples.provision import ancestors
from ontology.model import Decision, Evidence


class Proofs:
    """Finds passages; made for one request, reads each decision once."""

    def __init__(self, kg: KnowledgeGraph, figures: Figures) -> None:
        self._kg = kg
        self._figures = figures
        self._read: dict[str, Decision | None] = {}

    def of(self, link: Link) -> tuple[str | None, list[Evidence]]:
        """The address of a decision and its passages that say what the link says.

        A link between two things that are no decisions stands for many; the newest decision
        that has both is taken. No passage where the page's header alone says it.
        """
        decision = link.source.key if link.source.kind == "decision" else self._newest(link)
        if decision is None:
            return None, []
        ends = [end for end in (link.target, link.source) if end.kind != "decision"]
        made = self._decision(decision)
        found = [p for end in ends for p in (passages(made, end) if made else ())]
        return decision, list(dict.fromkeys(found))

    def _newest(self, link: Link) -> str | None:
        chosen = self._figures.select(together(link.source, link.target))
        iri = next(iter(chosen.iris), None)
        return decision_path(iri) if iri else None

    def _decision(self, path: str) -> Decision | None:
        if path not in self._read:
            entry = self._kg.ledger.entry(decision_iri(path))
            self._read[path] = entry.decision() if entry else None
        return self._read[path]


def passages(decision: Decision, thing: Thing) -> Iterable[Evidence]:
    """The passages of a decision that say that it has a thing, in the order of the record."""
    key = thing.key
    if thing.kind == "fault":
        return [p for f in decision.findings if key in f.types for p in f.evidence]
    if thing.kind == "injustice":
        return [p for i in decision.injustices if i.type == key for p in i.evidence]
    if thing.kind == "remedy":
        promised = [r for r in decision.remedies if r.status in PROMISED]
        return [p for r in promised if r.type == key for p in r.evidence]
    if thing.kind == "reason":
        return [p for r in decision.reasons if r.type == key for p in r.evidence]
    if thing.kind == "body":
        return [p for b in decision.bodies if b.id == key for p in b.evidence]
    if thing.kind in ("provision", "guidance"):
        statute = thing.kind == "provision"
        return [
            p
            for c in decision.citations
            if c.id and c.kind == ("statute" if statute else "guidance")
            if not (statute and c.role == "jurisdiction")
            if key == c.id or (statute and key in ancestors(c.id))
            for p in c.evidence
        ]
    return []
