"""Finding the names of a closed list in a text, in one pass.

Aho-Corasick over the folded names (the ``ahocorasick-rs`` package), longest name first, on
word boundaries. Spans are those of the text searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import ahocorasick_rs

from graph.extraction.folding import fold


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it may mean."""

    text: str
    ids: tuple[str, ...]
    case_sensitive: bool = False
    contextual: bool = False


@dataclass(slots=True)
class Lexicon:
    """A compiled list of names."""

    names: tuple[Name, ...]
    _by_text: dict[str, list[Name]] = field(default_factory=dict)
    _patterns: list[str] = field(default_factory=list)
    _automaton: ahocorasick_rs.AhoCorasick | None = None

    @classmethod
    def of(cls, names: Iterable[Name]) -> Lexicon:
        """Compile ``names``; several may share one spelling."""
        lexicon = cls(tuple(names))
        for name in lexicon.names:
            lexicon._by_text.setdefault(fold(name.text), []).append(name)
        lexicon._patterns = sorted(lexicon._by_text)
        lexicon._automaton = ahocorasick_rs.AhoCorasick(
            lexicon._patterns,
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.DFA,  # the fastest to search
        )
        return lexicon

    def find(self, lower: str, folded: str) -> Iterator[tuple[int, int, list[Name]]]:
        """(start, end, names) of each mention; ``folded`` has the case that initials need."""
        if self._automaton is None:  # compiled in of(); without it there are no names
            return
        for index, start, end in self._automaton.find_matches_as_indexes(lower):
            if (start and lower[start - 1].isalnum()) or (
                end < len(lower) and lower[end].isalnum() and not _plural(lower, end)
            ):
                continue
            printed = folded[start:end]
            fitting = [
                name
                for name in self._by_text[self._patterns[index]]
                if not name.case_sensitive or name.text == printed
            ]
            if fitting:
                yield start, end, fitting


def _plural(lower: str, end: int) -> bool:
    return lower[end] == "s" and not lower[end + 1 : end + 2].isalnum()
