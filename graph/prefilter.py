"""Literals that a text must contain for a pattern to match.

Trying hundreds of patterns on every sentence is what makes rule-based reading slow. Each
pattern is therefore reduced to a set of plain strings of which at least one stands in
every text it matches; one pass of Aho-Corasick over the decision then says which rules
can fire where. This is the idea of RE2's FilteredRE2 (Russ Cox, "Regular Expression
Matching with a Trigram Index"), on Python's own parse tree because the rules use
lookarounds that RE2 does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_parse: Any = re._parser.parse  # type: ignore[attr-defined]  # noqa: SLF001 - re has no public parser
_MIN_LENGTH = 3
"""Shorter strings stand in nearly every sentence and filter nothing."""
_MAX_LITERALS = 400
"""A pattern that needs more than this is tried everywhere."""

Requirement = frozenset[str] | None
"""Strings of which one must occur; None when nothing is required."""


def required_literals(pattern: str) -> Requirement:
    """Strings of which at least one occurs in every text that ``pattern`` matches.

    None when no such set of useful size exists; the pattern must then always be tried.
    """
    found = _of_sequence(_parse(pattern))
    return found if found is not None and len(found) <= _MAX_LITERALS else None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Requirement:
    """The best requirement of a concatenation: any of its elements' will do."""
    best: Requirement = None
    run = ""
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL":
            run += chr(argument)
            continue
        best = _better(best, _of_run(run))
        run = ""
        best = _better(best, _of_item(name, argument))
    return _better(best, _of_run(run))


def _of_run(run: str) -> Requirement:
    return frozenset({run}) if len(run) >= _MIN_LENGTH else None


def _of_item(name: str, argument: Any) -> Requirement:
    if name == "BRANCH":
        union: set[str] = set()
        for branch in argument[1]:
            one = _of_sequence(branch)
            if one is None:
                return None
            union |= one
        return frozenset(union)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        minimum, _, repeated = argument
        return _of_sequence(repeated) if minimum > 0 else None
    if name == "SUBPATTERN":
        return _of_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    return None  # classes, anchors and lookarounds require nothing


def _better(one: Requirement, other: Requirement) -> Requirement:
    """The more selective of two: longer strings first, then fewer of them."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=lambda found: (min(5, *map(len, found)), -len(found)))
