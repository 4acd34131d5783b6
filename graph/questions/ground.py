"""What each statement of a graph rests on: a passage, a header, a register, a calculation.

Most things in a decision's graph have passages of their own. The rest is told honestly:
which statements repeat the page's header, which come from a register or a vocabulary, and
which were worked out, such as a due date counted from words whose starting point is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from graph.knowledge_graph import KnowledgeGraph
from graph.questions.passage import Passage, first_mention, passage
from graph.triples.decision import ROLE_PROPERTIES
from ontology import iri as mint
from ontology.model import Decision
from ontology.prefixes import NS, PREFIXES

_EVIDENCE = (
    ox.NamedNode(NS + "evidencedBy"),
    ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom"),
)
_CITING = ("citesAsJurisdiction", "citesAsSubstantive", "citesGuidance")
INVOLVING = (*ROLE_PROPERTIES.values(), "involves")
SHORT_CUTS = frozenset((*_CITING, *INVOLVING))
"""Properties that say of a decision what a citation or an involvement says with evidence."""

_FIGURE = re.compile(r"\d+(?:\.\d*[1-9])?")
_REGISTERS = {
    "council": "councils (ontology/registers/councils.tsv, of mySociety and the ONS)",
    "fictional": "invented councils (ontology/registers/fictional-councils.tsv)",
    "guidance": "guidance (ontology/registers/guidance.tsv)",
    "body": "external bodies (ontology/registers/bodies.tsv)",
    "legislation": "statutes (ontology/registers/statutes.tsv, of legislation.gov.uk)",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What statements rest on."""

    kind: str
    """passage, text, header, source, register, vocabulary or computed."""
    words: str
    """How, or where, in words; empty where the passages say it all."""
    passages: tuple[Passage, ...] = ()

    def lines(self) -> Iterator[str]:
        """The ground as lines of text."""
        if self.words:
            yield f"{self.kind}: {self.words}"
        rules: dict[tuple[str, str], list[str]] = {}
        for one in self.passages:  # several rules may read the same words
            rules.setdefault(one.shown(), []).append(one.rule)
        for (sentence, where), read_by in rules.items():
            names = ", ".join(filter(None, read_by))
            yield sentence
            yield f"    {where}" + (f", rule {names}" if names else "")

    def json(self) -> dict[str, Any]:
        """The ground as JSON values."""
        passages = [one.json() for one in self.passages]
        return {"kind": self.kind, "words": self.words, "passages": passages}


class DecisionGrounds:
    """The grounds of one decision's statements, read from its named graph and its record."""

    def __init__(self, kg: KnowledgeGraph, decision: str) -> None:
        self.decision = decision
        self.graph = ox.NamedNode(mint.decision_graph(decision))
        self._kg = kg
        self._store = kg.store.raw
        self._passages: dict[str, tuple[Passage, ...]] = {}

    @cached_property
    def record(self) -> Decision | None:
        """The decision's record; None where the ledger has none."""
        entry = self._kg.ledger.entry(self.decision)
        return entry.decision() if entry else None

    @cached_property
    def source(self) -> str:
        """Name of the source that the decision was read from."""
        return next(iter(self._values(self.decision, "sourceName")), "its source")

    @cached_property
    def complaints(self) -> list[str]:
        """IRIs of the complaints that it decides."""
        decided = ox.NamedNode(NS + "decidedBy")
        found = self.quads(None, decided, ox.NamedNode(self.decision))
        return sorted(quad.subject.value for quad in found)  # type: ignore[union-attr]

    def quads(self, subject: str | None, predicate: Any = None, value: Any = None) -> list[ox.Quad]:
        """The decision's statements that fit."""
        node = ox.NamedNode(subject) if subject else None
        return list(self._store.quads_for_pattern(node, predicate, value, self.graph))

    def passages(self, thing: str) -> tuple[Passage, ...]:
        """The passages that a thing is evidenced by, in reading order."""
        if thing not in self._passages:
            nodes = {q.object.value for p in _EVIDENCE for q in self.quads(thing, p)}  # type: ignore[union-attr]
            found = [self._passage(node) for node in nodes]
            found.sort(key=lambda one: (one.start, one.end, one.rule))
            self._passages[thing] = tuple(found)
        return self._passages[thing]

    def ground(self, quad: ox.Quad) -> Ground:
        """What one statement of the decision's graph rests on."""
        subject, local = quad.subject.value, _local(quad)  # type: ignore[union-attr]
        value: str = getattr(quad.object, "value", "")
        if subject == self.decision or subject in self.complaints:
            return self._of_document(subject, local, value)
        if found := self.passages(subject):
            return self._of_entry(subject, local, value, found)
        if subject.startswith(mint.LEGISLATION):
            words = f"follows from its identifier and the register of {_REGISTERS['legislation']}"
            return Ground("computed", words)
        if local == "suffered" and (found := self.passages(value)):
            return Ground("passage", "", found)
        return self._of_other(subject)

    def _of_document(self, subject: str, local: str, value: str) -> Ground:
        if local in SHORT_CUTS:
            link = "cites" if local in _CITING else "body"
            return Ground("passage", "", self._naming(value, link))
        if local in ("hasFinding", "hasInjustice", "hasRemedy", "hasReason", "hasPart"):
            return Ground("passage", "", self.passages(value))
        if local == "followsFrom":
            return Ground("passage", "", self.passages(subject))
        if local in ("sourceName", "sourceHash", "layout"):
            return Ground("source", f"the file itself, {self.source}")
        if local in ("disposition", "documentType", "wordingHash"):
            return Ground("computed", f"worked out from the whole text of {self.source}")
        if local == "satisfiedOn":
            return Ground("text", f"a note in the text of {self.source}")
        if local == "type":
            return Ground("computed", "the kind of thing that it was read as")
        return Ground("header", f"the header of {self.source}")

    def _of_entry(self, subject: str, local: str, value: str, found: tuple[Passage, ...]) -> Ground:
        if local == "dueDate":
            bases = {basis.rsplit("/", 1)[-1] for basis in self._values(subject, "dueBasis")}
            if bases - {"absolute"}:
                raw = "; ".join(self._values(subject, "dueText"))
                assumed = ", whose starting point is assumed" if "assumed" in bases else ""
                return Ground("computed", f"counted from the words “{raw}”{assumed}", found)
        if local == "owedBy" and not self._values(subject, "payer"):
            return Ground(
                "computed", "the words name nobody: the only body complained about", found
            )
        if local in ("total", "payment"):
            stated = self._values(value, "value") if local == "total" else [value]
            figures = set(_FIGURE.findall(" ".join(one.quote for one in found).replace(",", "")))
            if not any(sum_.removesuffix(".00") in figures for sum_ in stated):
                words = "worked out from the sum and how often, or to how many, it is paid"
                return Ground("computed", words, found)
        return Ground("passage", "", found)

    def _of_other(self, subject: str) -> Ground:
        """The ground of a thing without evidence of its own."""
        start, end = self._values(subject, "start"), self._values(subject, "end")
        if start and end:
            quote = next(iter(self._values(subject, "rawText")), "")
            return Ground(
                "text", "", (passage(self.record, int(start[0]), int(end[0]), quote, ""),)
            )
        if subject.startswith(f"{self.decision}/passage/"):
            return Ground("text", "", (self._passage(subject),))
        against = ox.NamedNode(NS + "against")
        if any(
            self.quads(complaint, against, ox.NamedNode(subject)) for complaint in self.complaints
        ):
            return Ground("header", f"the header of {self.source}")
        parent = subject.rpartition("/")[0]
        if found := self.passages(parent) or self._naming(subject):
            return Ground("passage", "", found)
        named = (*self._values(subject, "authorityName"), *self._values(subject, "label"))
        mentions = (first_mention(self.record, name) for name in named)
        if mention := next((one for one in mentions if one), None):
            return Ground("text", "first named here", (mention,))
        return Ground("text", f"named in {self.source}")

    def _naming(self, value: str, link: str | None = None) -> tuple[Passage, ...]:
        """The passages of the things that name ``value``, by ``link`` or by any property."""
        predicate = ox.NamedNode(NS + link) if link else None
        things = {q.subject.value for q in self.quads(None, predicate, ox.NamedNode(value))}  # type: ignore[union-attr]
        found = {one for thing in sorted(things) for one in self.passages(thing)}
        return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule)))

    def _passage(self, node: str) -> Passage:
        said = {_local(quad): getattr(quad.object, "value", "") for quad in self.quads(node)}
        start, end = int(said.get("start", 0)), int(said.get("end", 0))
        return passage(self.record, start, end, said.get("exact", ""), said.get("rule", ""))

    def _values(self, subject: str, local: str) -> list[str]:
        return sorted(q.object.value for q in self.quads(subject) if _local(q) == local)  # type: ignore[union-attr]


def shared_ground(quad: ox.Quad) -> Ground:
    """What a statement outside the decisions' graphs rests on."""
    graph = getattr(quad.graph_name, "value", "")
    subject: str = quad.subject.value  # type: ignore[union-attr]
    if graph == mint.INVESTIGATIONS_GRAPH:
        words = "decisions under one reference, or with one wording, are one investigation"
        return Ground("computed", words)
    if graph == mint.ONTOLOGY_GRAPH:
        scheme, slash, _ = subject.removeprefix(mint.VOCABULARY).partition("/")
        if subject.startswith(mint.VOCABULARY) and slash:
            return Ground("vocabulary", f"ontology/vocabularies/{scheme}.ttl")
        return Ground("vocabulary", "ontology/faultlines.ttl")
    if graph == mint.REGISTERS_GRAPH:
        kind = subject.removeprefix(mint.ID).partition("/")[0]
        if subject.startswith(mint.council("X")):
            kind = "fictional"
        kind = "legislation" if subject.startswith(mint.LEGISLATION) else kind
        return Ground("register", _REGISTERS.get(kind, "ontology/registers"))
    return Ground("computed", f"counted or described by the build, in the graph {graph}")


def _local(quad: ox.Quad) -> str:
    """A predicate without its namespace; those used here differ in it."""
    return quad.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
