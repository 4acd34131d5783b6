"""A part of the graph that grows step by step from one thing: what is shown, and why.

A thing is a decision or what decisions are counted by: a council, a type of fault, a
section of an Act. A state is a start and steps; each step follows one kind of link from one
thing, or from all decisions shown, and adds what was chosen or the first
:data:`MOST_NEW`. Nothing is followed by itself: a type of fault that thousands of decisions
share stays a dead end until it is chosen. Counts are those of the casebook, and a decision's
own facts; no query joins anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from exports.page import LIMIT
from exports.serve.counts.casebook import Case, Filters, decision_iri, decision_path
from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.counts.figures import Count, Figures
from graph.triples.provision import ancestors

MOST_NEW = 50
"""Things that one step adds."""
MOST_STEPS = 100
LINKS = {
    "decision": "stands in decisions",
    "council": "is about councils and other authorities",
    "fault": "found fault",
    "injustice": "found injustice",
    "remedy": "led to remedies",
    "reason": "gave reasons for not investigating",
    "provision": "cites law",
    "guidance": "cites guidance",
    "body": "names outside bodies",
    "category": "is on subjects",
    "outcome": "ended with outcomes",
}
"""Kinds of link by what they lead to, in the words of the page."""
SAYS = {
    "decision": "stands in",
    "council": "is about",
    "fault": "found fault",
    "injustice": "found injustice",
    "remedy": "led to",
    "reason": "gave the reason",
    "provision": "cites",
    "guidance": "cites",
    "body": "names",
    "category": "is on",
    "outcome": "ended as",
}
"""The same, of one thing that it leads to."""
ALL = "decisions"
"""Stands for all decisions shown, where a step says what it follows."""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A decision, by its address, or a key of a dimension."""

    kind: str
    """``decision`` or a dimension of :data:`LINKS`."""
    key: str

    @property
    def address(self) -> str:
        """As in addresses: ``fault/delay``."""
        return f"{self.kind}/{self.key}"

    @classmethod
    def of(cls, address: str) -> Thing | None:
        """The thing of an address; None when it is of no kind that can be shown."""
        kind, _, key = address.partition("/")
        return cls(kind, key) if kind in LINKS and key else None


@dataclass(frozen=True, slots=True)
class Step:
    """One link followed: from a thing (None: all decisions shown), to one thing or the first."""

    source: Thing | None
    link: str
    target: str | None = None
    """The key that was chosen."""

    @property
    def address(self) -> str:
        """As in addresses: ``council/X08000001>fault>delay``."""
        start = self.source.address if self.source else ALL
        return ">".join(filter(None, (start, self.link, self.target)))

    @classmethod
    def of(cls, address: str) -> Step | None:
        """The step of an address; None when it cannot be read."""
        start, _, rest = address.partition(">")
        link, _, target = rest.partition(">")
        source = Thing.of(start)
        if link not in LINKS or (source is None and start != ALL):
            return None
        return cls(source, link, target or None)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A line between two things shown; a decision comes first where one end is one."""

    source: Thing
    target: Thing


@dataclass(slots=True)
class Ego:
    """What is shown."""

    things: dict[Thing, None] = field(default_factory=dict)
    """In the order in which they came."""
    links: dict[Link, None] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """What was cut or could not be followed, in sentences."""

    @property
    def decisions(self) -> list[Thing]:
        """The decisions among the things."""
        return [thing for thing in self.things if thing.kind == "decision"]


class Explorer:
    """Follows links in one graph; made for one request."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.book = figures.book
        self._cases: dict[str, Case | None] = {}

    def grow(self, start: Thing, steps: Sequence[Step]) -> Ego:
        """The things that the steps lead to, and the links between all that is shown."""
        ego = Ego({start: None})
        for step in steps[:MOST_STEPS]:
            self._follow(ego, step)
        if len(steps) > MOST_STEPS:
            ego.said.append(f"Only the first {MOST_STEPS} steps were taken.")
        for decision in ego.decisions:
            has = {Thing(link, key) for link in LINKS for key in self.keys(decision.key, link)}
            for thing in ego.things:
                if thing in has:
                    ego.links.setdefault(Link(decision, thing))
        return ego

    def _follow(self, ego: Ego, step: Step) -> None:
        if step.source and step.source not in ego.things:
            ego.said.append(f"{self.label(step.source)} is not shown, so nothing follows from it.")
            return
        if step.target is not None:
            chosen = Thing(step.link, step.target)
            if not self.linked(step.source, chosen, ego):
                ego.said.append(f"Nothing links {self._named(step)} with {step.target!r}.")
                return
            found = [chosen]
        else:
            counts = self.counts(step.source, step.link, ego)
            waiting = [Thing(step.link, count.key) for count in counts]
            fresh = [thing for thing in waiting if thing not in ego.things]
            found = [thing for thing in waiting if thing in ego.things] + fresh[:MOST_NEW]
            if len(fresh) > MOST_NEW:
                ego.said.append(
                    f"{self._named(step)}: the first {MOST_NEW} of {len(fresh):,} were added, "
                    "as many as a step adds. Choose others from the list."
                )
        for thing in found:
            if thing not in ego.things and len(ego.things) >= LIMIT:
                ego.said.append(f"{LIMIT} things are shown at most; the rest was left out.")
                return
            ego.things.setdefault(thing)
            if step.source and "decision" not in (step.source.kind, thing.kind):
                ego.links.setdefault(Link(step.source, thing))

    def _named(self, step: Step) -> str:
        start = self.label(step.source) if step.source else "The decisions shown"
        return f"{start}, {LINKS[step.link]}"

    def linked(self, source: Thing | None, target: Thing, ego: Ego) -> bool:
        """Whether the graph links two things."""
        if source is None:
            return any(target.key in self.keys(d.key, target.kind) for d in ego.decisions)
        if target.kind == "decision":
            source, target = target, source
        if source.kind == "decision":
            return target.kind != "decision" and target.key in self.keys(source.key, target.kind)
        return source.kind != target.kind and bool(self.figures.select(together(source, target)))

    def counts(self, source: Thing | None, link: str, ego: Ego) -> list[Count]:
        """What a kind of link leads to, the most frequent first; decisions the newest first."""
        if source is None:
            found = Counter(key for d in ego.decisions for key in self.keys(d.key, link))
            return self._sorted(link, found.items())
        if source.kind == "decision":
            return self._sorted(link, ((key, 1) for key in self.keys(source.key, link)))
        if link == source.kind:
            return []
        filters = ((source.kind, source.key),)
        if link == "decision":
            paths = map(decision_path, self.figures.select(filters).iris)
            return [Count(path, path, 1) for path in paths]
        return self._sorted(link, self._tally(source, link).items())

    def sizes(self, source: Thing) -> Iterator[tuple[str, int]]:
        """(kind of link, number of things it leads to) for those that lead anywhere."""
        for link in LINKS:
            if source.kind == "decision":
                number = len(self.keys(source.key, link))
            elif link == source.kind:
                number = 0
            elif link == "decision":
                number = len(self.figures.select(((source.kind, source.key),)))
            else:
                number = len(self._tally(source, link))
            if number:
                yield link, number

    def _tally(self, source: Thing, link: str) -> dict[str, int]:
        """Investigations by key, among those of a thing; a council's own faults alone."""
        filters = ((source.kind, source.key),)
        if link == "council":
            # of two councils in one decision, only the one whose fault it was
            return self.book.whose(filters)
        council = source.key if source.kind == "council" else None
        return self.book.tally(self.figures.select(filters), link, council)

    def _sorted(self, link: str, found: Iterable[tuple[str, int]]) -> list[Count]:
        counts = [Count(key, self.label(Thing(link, key)), number) for key, number in found]
        return sorted(counts, key=lambda count: (-count.number, count.label, count.key))

    def keys(self, decision: str, link: str) -> Sequence[str]:
        """What a decision has of a kind; a section that it cites brings its Act."""
        case = self.case(decision)
        if case is None or link == "decision":
            return ()
        if link == "council":
            return case.authorities
        if link == "provision":
            cited = case.keys(link)
            return list(dict.fromkeys(step for key in cited for step in (key, *ancestors(key))))
        return case.keys(link)

    def case(self, decision: str) -> Case | None:
        """A decision by its address; None when the graph has none."""
        if decision not in self._cases:
            try:
                found = self.book.of([decision_iri(decision)])
                self._cases[decision] = found[0]
            except KeyError:
                self._cases[decision] = None
        return self._cases[decision]

    def known(self, thing: Thing) -> bool:
        """Whether some decision has the thing."""
        if thing.kind == "decision":
            return self.case(thing.key) is not None
        return bool(self.figures.select(((thing.kind, thing.key),)))

    def label_of(self, step: Step) -> str:
        """The words of what a step chose."""
        return self.label(Thing(step.link, step.target or ""))

    def label(self, thing: Thing) -> str:
        """Its words; of a decision, its reference."""
        if thing.kind != "decision":
            return self.figures.names.label(thing.kind, thing.key)
        case = self.case(thing.key)
        return (case and case.reference) or "Decision without reference"

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Words for one thing of each kind."""
        return {"decision": "Decision", **{n: d.one for n, d in DIMENSIONS.items() if n in LINKS}}


def together(one: Thing, two: Thing) -> Filters:
    """The filters of decisions that have both."""
    return tuple(sorted(((one.kind, one.key), (two.kind, two.key))))
