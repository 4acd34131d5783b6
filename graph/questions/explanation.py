"""Why the graph says something: the statements about a thing, each with what it rests on.

For a decision, or a thing in one, everything that was read: the sentence, its paragraph,
the rule that read it and the source. For a thing that decisions share (a council, an Act, a
type of fault) first its own facts with the register or vocabulary they come from, then what
each decision says about it, the latest decision first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.errors import QueryError
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.explained import Explained, Explanation, Statement
from graph.questions.ground import SHORT_CUTS, DecisionGrounds, Ground, shared_ground
from graph.questions.results import shorten
from graph.questions.thing_name import find_things
from ontology import iri as mint
from ontology.prefixes import NS, PREFIXES, VOCAB

_HIDDEN = frozenset(
    (NS + "evidencedBy", PREFIXES["prov"] + "wasGeneratedBy", PREFIXES["prov"] + "wasDerivedFrom")
)
"""Predicates that are told as passages, or that say the same of everything."""
_BELOW = (
    ox.NamedNode(PREFIXES["eli"] + "is_part_of"),
    ox.NamedNode(PREFIXES["skos"] + "broader"),
)
"""From the sections of an Act to the Act, from a narrower type to a broader one."""
_LABELS = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"))
)
_ORDER = ("decision", "complaint", "part", "person", "finding", "injustice", "remedy", "reason")
_NOT_TOLD = ("passage", "paragraph", "amount", "total")
"""Things of a decision that are told with others: as quotations, places and sums."""


def explain(kg: KnowledgeGraph, wanted: str, *, limit: int | None = None) -> Explained:
    """What the graph says about a thing and what each statement rests on.

    ``wanted`` is what :func:`graph.questions.thing_name.find_things` understands: a
    reference, an IRI, a council's name. ``limit`` cuts what decisions say about a thing
    they share; a decision is always told whole. Raises
    :class:`~graph.errors.QueryError` when the graph knows no such thing.
    """
    things = find_things(kg, wanted)
    explainer = _Explainer(kg)
    if all(kg.ledger.entry(thing) for thing in things):
        told = [one for thing in things for one in explainer.decision(thing)]
        return Explained(tuple(things), tuple(told), len(told))
    (thing,) = things
    decision = _decision_of(kg, thing)
    own = [explainer.member(decision, thing)] if decision else [*explainer.shared(thing)]
    own = [one for one in own if one.told]
    mentions = explainer.mentions(thing, own_decision=decision)
    if not own and not mentions:
        raise QueryError(
            wanted,
            "this graph says nothing about it",
            "ask about a decision's reference, a council, or an IRI that a query answered",
        )
    shown = mentions if limit is None else mentions[:limit]
    told = own + [explainer.mention(*mention) for mention in shown]
    return Explained((thing,), tuple(told), len(own) + len(mentions))


class _Explainer:
    """Reads the statements of one graph; keeps what several explanations share."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._kg = kg
        self._store = kg.store.raw
        self._grounds: tuple[str, DecisionGrounds] | None = None
        self._labels: dict[str, str | None] = {}

    def decision(self, decision: str) -> Iterator[Explanation]:
        """A decision and everything in it that was read."""
        grounds = self._grounds_of(decision)
        things = {quad.subject.value for quad in grounds.quads(None)}  # type: ignore[union-attr]
        inside = [thing for thing in things if _told_apart(thing, grounds)]
        for thing in sorted(inside, key=lambda one: _order(one, decision)):
            yield self.member(decision, thing)

    def member(self, decision: str, thing: str) -> Explanation:
        """A thing in a decision, with all that the decision says about it."""
        grounds = self._grounds_of(decision)
        quads = grounds.quads(thing)
        if thing in grounds.complaints:
            quads += self._investigated(subject=thing)
        told = self._told(thing, quads, grounds)
        said = {passage for _, ground in told for passage in ground.passages}
        if rest := tuple(one for one in grounds.passages(thing) if one not in said):
            told = (*told, ((), Ground("passage", "", rest)))
        return self._explanation(thing, told, decision)

    def shared(self, thing: str) -> Iterator[Explanation]:
        """A shared thing's own facts: of registers and vocabularies, then of decisions."""
        said: dict[Statement, ox.Quad] = {}
        for quad in self._store.quads_for_pattern(ox.NamedNode(thing), None, None, None):
            statement = self._statement(thing, quad)
            if statement and (statement not in said or _rank(quad) < _rank(said[statement])):
                said[statement] = quad
        by_ground: dict[Ground, set[Statement]] = defaultdict(set)
        for statement, quad in sorted(said.items(), key=lambda one: _rank(one[1])):
            if _graph(quad).startswith(mint.DECISION_GRAPHS):
                grounds = self._grounds_of(mint.described_by(_graph(quad)))
                by_ground[grounds.ground(quad)].add(statement)
            else:
                by_ground[shared_ground(quad)].add(statement)
        yield self._explanation(thing, _sorted(by_ground), None)
        for quad in self._investigated(investigation=thing):
            complaint: str = quad.subject.value  # type: ignore[union-attr]
            if statement := self._statement(complaint, quad):
                yield self._explanation(complaint, (((statement,), shared_ground(quad)),), None)

    def _investigated(
        self, *, subject: str | None = None, investigation: str | None = None
    ) -> list[ox.Quad]:
        """The statements that a complaint was investigated in an investigation."""
        found = self._store.quads_for_pattern(
            ox.NamedNode(subject) if subject else None,
            ox.NamedNode(NS + "investigatedIn"),
            ox.NamedNode(investigation) if investigation else None,
            ox.NamedNode(mint.INVESTIGATIONS_GRAPH),
        )
        return sorted(found, key=str)

    def mentions(
        self, thing: str, own_decision: str | None
    ) -> list[tuple[str, str, frozenset[str]]]:
        """(decision, thing that names it, what it names), the latest decision first.

        With an Act come its sections, with a broad type the narrow ones. What a decision
        says in short is left out where a citation or an involvement says it with evidence.
        """
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for named in self._with_those_below(thing):
            for quad in self._store.quads_for_pattern(None, None, ox.NamedNode(named), None):
                local = quad.predicate.value.removeprefix(NS)
                graph = _graph(quad)
                if not graph.startswith(mint.DECISION_GRAPHS) or quad.predicate.value in _HIDDEN:
                    continue
                if local in SHORT_CUTS or quad.predicate in _BELOW:
                    continue
                decision = mint.described_by(graph)
                subject: str = quad.subject.value  # type: ignore[union-attr]
                if decision != own_decision or not thing.startswith(subject + "/"):
                    found[decision, subject].add(named)
        dates = {decision: self._date(decision) or "" for decision, _ in found}
        order = sorted(found, key=lambda one: (one[0], _order(one[1], one[0])))
        order.sort(key=lambda one: dates[one[0]], reverse=True)
        return [(*one, frozenset(found[one])) for one in order]

    def mention(self, decision: str, subject: str, named: frozenset[str]) -> Explanation:
        """A thing that names a shared one: whole where it was read, else that statement alone."""
        grounds = self._grounds_of(decision)
        if grounds.passages(subject) and subject not in grounds.complaints:
            return self.member(decision, subject)
        quads = [quad for quad in grounds.quads(subject) if _value(quad) in named]
        return self._explanation(subject, self._told(subject, quads, grounds), decision)

    def _told(
        self, thing: str, quads: Iterable[ox.Quad], grounds: DecisionGrounds
    ) -> tuple[tuple[tuple[Statement, ...], Ground], ...]:
        by_ground: dict[Ground, set[Statement]] = defaultdict(set)
        for quad in quads:
            if statement := self._statement(thing, quad):
                shared = not _graph(quad).startswith(mint.DECISION_GRAPHS)
                by_ground[shared_ground(quad) if shared else grounds.ground(quad)].add(statement)
        return _sorted(by_ground)

    def _statement(self, thing: str, quad: ox.Quad) -> Statement | None:
        """A statement to tell; None for passages, and for parts, which are told apart."""
        if quad.predicate.value in _HIDDEN:
            return None
        value = _value(quad)
        if isinstance(quad.object, ox.NamedNode):
            if value.startswith(thing + "/"):
                sum_ = self._sum(quad)
                return Statement(quad.predicate.value, sum_, "sum", None) if sum_ else None
            shows_itself = value.startswith((VOCAB, NS)) or self._kg.ledger.entry(value)
            label = None if shows_itself else self._label(value)
            return Statement(quad.predicate.value, value, "iri", label)
        kind = "blank" if isinstance(quad.object, ox.BlankNode) else "literal"
        return Statement(quad.predicate.value, value, kind, None)

    def _sum(self, quad: ox.Quad) -> str | None:
        """The sum of money that the statement leads to, if it does."""
        found: list[str] = []
        for term in ("value", "currency"):
            predicate = ox.NamedNode(PREFIXES["schema"] + term)
            values = self._store.quads_for_pattern(quad.object, predicate, None, None)  # type: ignore[arg-type]
            found += sorted({_value(value) for value in values})
        return " ".join(found) or None

    def _explanation(
        self,
        thing: str,
        told: tuple[tuple[tuple[Statement, ...], Ground], ...],
        decision: str | None,
    ) -> Explanation:
        if decision is None:
            return Explanation(thing, self._label(thing), None, None, None, told)
        source = self._grounds_of(decision).source
        label = self._label(thing)
        return Explanation(thing, label, decision, self._date(decision), source, told)

    def _label(self, thing: str) -> str | None:
        if thing not in self._labels:  # thousands of decisions may repeat one label
            node = ox.NamedNode(thing)
            named = (self._store.quads_for_pattern(node, name, None, None) for name in _LABELS)
            labels = ({_value(quad) for quad in quads} for quads in named)
            self._labels[thing] = next((min(found) for found in labels if found), None)
        return self._labels[thing]

    def _date(self, decision: str) -> str | None:
        node, predicate = ox.NamedNode(decision), ox.NamedNode(NS + "date")
        graph = ox.NamedNode(mint.decision_graph(decision))
        quads = self._store.quads_for_pattern(node, predicate, None, graph)
        return min((_value(quad) for quad in quads), default=None)

    def _with_those_below(self, thing: str) -> list[str]:
        found, waiting = {thing}, [thing]
        while waiting:
            node = ox.NamedNode(waiting.pop())
            for predicate in _BELOW:
                for quad in self._store.quads_for_pattern(None, predicate, node, None):
                    below: str = quad.subject.value  # type: ignore[union-attr]
                    if below not in found:
                        found.add(below)
                        waiting.append(below)
        return sorted(found)

    def _grounds_of(self, decision: str) -> DecisionGrounds:
        if self._grounds is None or self._grounds[0] != decision:
            self._grounds = decision, DecisionGrounds(self._kg, decision)
        return self._grounds[1]


def _decision_of(kg: KnowledgeGraph, thing: str) -> str | None:
    """The decision that a thing belongs to: the first that describes it."""
    if not thing.startswith((f"{mint.ID}decision/", f"{mint.ID}complaint/")):
        return None
    quads = kg.store.raw.quads_for_pattern(ox.NamedNode(thing), None, None, None)
    graphs = [_graph(quad) for quad in quads if _graph(quad).startswith(mint.DECISION_GRAPHS)]
    return mint.described_by(min(graphs)) if graphs else None


def _told_apart(thing: str, grounds: DecisionGrounds) -> bool:
    """Whether an explanation of the decision tells a thing in its graph by itself."""
    owners = (grounds.decision, *grounds.complaints)
    if thing in owners:
        return True
    owner = next((one for one in owners if thing.startswith(one + "/")), None)
    return owner is not None and not set(thing.removeprefix(owner).split("/")) & set(_NOT_TOLD)


_NUMBERS = re.compile(r"(\d+)")


def _order(thing: str, decision: str) -> tuple[int, list[str | int]]:
    """The order in which the things of a decision are told: as a decision goes, then by number."""
    steps = thing.removeprefix(mint.ID).split("/")
    kind = "decision" if thing == decision else steps[-2] if len(steps) > 2 else steps[0]
    rank = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
    words: list[str | int] = [int(s) if s.isdigit() else s for s in _NUMBERS.split(thing)]
    return rank, words


def _sorted(
    by_ground: dict[Ground, set[Statement]],
) -> tuple[tuple[tuple[Statement, ...], Ground], ...]:
    """Statements sorted within their grounds, and those by their first statement."""

    def key(statement: Statement) -> tuple[str, str]:
        return shorten(statement.predicate), statement.object

    told = [(tuple(sorted(said, key=key)), ground) for ground, said in by_ground.items()]
    return tuple(sorted(told, key=lambda one: (key(one[0][0]), one[1].kind, one[1].words)))


def _rank(quad: ox.Quad) -> tuple[int, str]:
    """Which of several graphs is best asked for a ground: a source before decisions and counts."""
    graph = _graph(quad)
    if graph in (mint.REGISTERS_GRAPH, mint.ONTOLOGY_GRAPH, mint.INVESTIGATIONS_GRAPH):
        return 0, graph
    return (1 if graph.startswith(mint.DECISION_GRAPHS) else 2), graph


def _graph(quad: ox.Quad) -> str:
    return str(getattr(quad.graph_name, "value", ""))


def _value(quad: ox.Quad) -> str:
    return str(getattr(quad.object, "value", quad.object))
