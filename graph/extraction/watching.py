"""Patterns that the scan looks out for beside the rules, so that few sentences are searched.

Most patterns match in few sentences. The one pass that wakes the rules (:mod:`~.scan`) also
says of each pattern watched here in which sentences it cannot match, and in which it must.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graph.extraction.first_letters import compiled
from graph.extraction.prefilter import required_literals, sufficient_literals
from graph.extraction.sentence import Sentence


class Watched:
    """A pattern over folded text, searched only where the scan leaves it in doubt."""

    __slots__ = ("_certain", "_impossible", "cased", "pattern")

    def __init__(self, pattern: re.Pattern[str], *, cased: bool) -> None:
        self.pattern = pattern
        self.cased = cased
        self._impossible = 0  # until a scan knows it, nothing is ruled out
        self._certain = 0

    def possible(self, sentence: Sentence) -> bool:
        """False only where no part of a sentence can match."""
        return not sentence.seen & self._impossible

    def matches(self, sentence: Sentence) -> bool:
        """Whether the pattern matches anywhere in a sentence."""
        seen = sentence.seen
        if seen & self._impossible:
            return False
        if seen & self._certain:
            return True
        return self.pattern.search(sentence.lower) is not None

    def search(self, sentence: Sentence, part: str | None = None) -> re.Match[str] | None:
        """The first match in a sentence, or in a ``part`` of it."""
        if sentence.seen & self._impossible:
            return None
        return self.pattern.search(sentence.lower if part is None else part)

    def finditer(self, sentence: Sentence, part: str | None = None) -> Iterator[re.Match[str]]:
        """The matches in a sentence, or in a ``part`` of it."""
        if sentence.seen & self._impossible:
            return iter(())
        return self.pattern.finditer(sentence.lower if part is None else part)

    def wake(self, place: int, put: Callable[[int, frozenset[str] | None], None]) -> int:
        """Take the two bits from ``place`` on, and say which literals set them.

        Returns the bit that, unless set, makes a match impossible.
        """
        self._impossible, self._certain = 1 << place, 2 << place
        literals = required_literals(self.pattern.pattern)
        if literals is not None and self.cased:
            literals = frozenset(literal.lower() for literal in literals)
        put(self._impossible, literals)
        if not self.cased:
            put(self._impossible | self._certain, sufficient_literals(self.pattern.pattern))
        return self._impossible


WATCHED: list[Watched] = []


def watch(source: str, *, cased: bool = False) -> Watched:
    """A pattern without flags, looked out for; ``cased`` where it reads text in its own case."""
    made = Watched(compiled(source), cased=cased)
    WATCHED.append(made)
    return made
