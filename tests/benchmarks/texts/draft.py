"""A decision while it is written: its paragraphs, the words for its people, what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from tests.benchmarks.texts.case import Case, Issue
from tests.benchmarks.texts.chance import one_of
from tests.benchmarks.texts.clock import Clock, in_full, in_words
from tests.benchmarks.texts.grammar import Phrase, expand, parse, sentence, tidy
from tests.benchmarks.texts.truth import Annotation
from tests.benchmarks.texts.wording import Line, table

_MARKED = 40
"""Bytes that marks, headings and the header add to a paragraph, roughly."""


@dataclass(slots=True)
class Block:
    """A heading, or a paragraph with its list and the line that closes the list."""

    text: str
    level: int = 0
    """1 for a main heading, 2 for one below it, 0 for a paragraph."""
    items: tuple[str, ...] = ()
    lettered: bool = False
    """Whether the items are parts of the complaint."""
    tail: str = ""


@dataclass(slots=True)
class Draft:
    """What has been written of a decision, and how to go on."""

    case: Case
    draw: Callable[[], float] = field(init=False)
    clock: Clock = field(init=False)
    said: Annotation = field(default_factory=Annotation)
    blocks: list[Block] = field(default_factory=list)
    summary: str = ""
    length: int = 0
    issue: Issue | None = None
    """The matter that is being written about."""
    satisfied: date | None = None
    """When the Ombudsman was satisfied, if a report says so."""
    paid: str = ""
    """The sum of the remedy that is being written."""

    def __post_init__(self) -> None:
        self.draw = self.case.random.random
        begin = self.case.day - timedelta(days=int(420 + 500 * self.draw()))
        self.clock = Clock(self.draw, begin, self.case.day - timedelta(days=50))
        for line in table(self.case.topic).get("also", ()):
            self.said.add(line.truth, "")

    # -- words ---------------------------------------------------------------------------

    def pick(self, *options: str) -> str:
        """One of the alternatives, expanded."""
        return self.words(one_of(self.draw, options))

    def words(self, text: str) -> str:
        """A phrase that stands in no table."""
        return tidy(expand(_parsed(text), self.draw, self.fill))

    def line(self, name: str, slot: str) -> Line | None:
        """One of the lines of a slot; None if the table has no such slot."""
        lines = table(name).get(slot)
        return one_of(self.draw, lines) if lines else None

    def say(self, name: str, slot: str) -> str:
        """A line of a slot as sentences, noted with what it says; empty if there is none."""
        line = self.line(name, slot)
        return self.said_by(line) if line else ""

    def said_by(self, line: Line) -> str:
        """The sentences of a line, noted with what it says."""
        text = sentence(self.expanded(line))
        self.said.add(line.truth, text)
        return text

    def expanded(self, line: Line) -> str:
        """The words of a line, with the authority that the matter is about."""
        words = tidy(expand(line.phrase, self.draw, self.fill))
        for one in line.truth:
            if one.kind.endswith("?"):
                self.said.note(one.kind, one.ids, "")
        noun = self.issue.noun if self.issue else self.noun
        return called(words, noun)

    @property
    def noun(self) -> str:
        """What the decision calls the authority, such as "the Council"."""
        first = self.case.named[0].noun
        return first if first == "TfL" else f"the {first}"

    def fill(self, name: str) -> str:
        """The words for a gap."""
        word = self.case.cast.words.get(name)
        if word is not None:
            return word
        first = name[0]
        if first == "~":
            return self._listed(name[1:])
        if first in "#0123456789":
            number = self._number(name.lstrip("#"))
            return in_words(number) if first == "#" else str(number)
        if first == "£":
            return self._sum(name[1:]) if name[1:] else self.paid
        if first == "=":
            return self._agreed(name[1:])
        return self._gap(name)

    def _gap(self, name: str) -> str:
        clock = self.clock
        if name == "date":
            return in_full(clock.day())
        if name == "on":
            return clock.on()
        if name == "on_":
            return f"on {in_full(clock.day())}"
        if name == "later":
            return clock.later()
        if name == "month":
            return clock.month_of(clock.day())
        if name == "past":
            return clock.month_of(clock.before())
        if name == "soon":
            return in_full(clock.soon())
        if name == "year":
            return str(clock.begin.year)
        if name == "old":
            return str(clock.begin.year - 3 - int(self.draw() * 5))
        if name == "k" and self.issue:
            return in_words(self.issue.amount)
        if name == "gist" and self.issue:
            return self.gist(self.issue)
        raise KeyError(f"nothing fills {{{name}}}")

    def _listed(self, name: str) -> str:
        for place in (self.case.topic, "narrative", "common"):
            line = self.line(place, name)
            if line:
                for one in line.truth:
                    self.said.note(one.kind, one.ids, "")
                return expand(line.phrase, self.draw, self.fill)
        raise KeyError(f"no table lists {name}")

    def _number(self, limits: str) -> int:
        low, _, high = limits.partition("-")
        return int(low) + int(self.draw() * (int(high) - int(low) + 1))

    def _sum(self, limits: str) -> str:
        number = self._number(limits) // 5 * 5
        pence = f".{int(self.draw() * 90) + 10}" if self.draw() < 0.2 else ""
        self.said.sums[f"{number}{pence}"] = None
        return f"£{number:,}{pence}"

    def _agreed(self, name: str) -> str:
        of, one, many = name.split()
        cast = self.case.cast
        return many if (cast.they if of == "he" else cast.plural) else one

    def gist(self, issue: Issue) -> str:
        """A noun phrase for a matter."""
        return self.about(issue, "gist")

    def about(self, issue: Issue, slot: str) -> str:
        """The words of a line on a matter, of a slot that every matter has."""
        line = self.line(issue.table, f"{slot}:{issue.key}")
        assert line is not None
        before, self.issue = self.issue, issue
        words = self.expanded(line)
        self.issue = before
        return words

    # -- blocks --------------------------------------------------------------------------

    def heading(self, text: str, level: int = 1) -> None:
        """Begin a section, or a part of one."""
        self.blocks.append(Block(text, level))
        self.length += len(text) + _MARKED

    def paragraph(
        self, text: str, items: Sequence[str] = (), *, lettered: bool = False, tail: str = ""
    ) -> None:
        """Add a paragraph."""
        self.blocks.append(Block(text, 0, tuple(items), lettered, tail))
        self.length += len(text.encode()) + sum(len(i) + 6 for i in items) + len(tail) + 8


def called(words: str, noun: str) -> str:
    """The words with the authority's own name in place of "the Council"."""
    if noun == "the Council":
        return words
    capital = noun[0].upper() + noun[1:]
    return words.replace("the Council", noun).replace("The Council", capital)


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Phrase:
    return parse(text)
