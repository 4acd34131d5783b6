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
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

_parse: Any = re._parser.parse  # type: ignore[attr-defined]  # noqa: SLF001 - re has no public parser
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_MAX_LITERALS = 1500
"""A pattern that needs more than this is tried everywhere."""
_MAX_EXACT = 160
"""Strings kept while alternatives are multiplied out."""
_COST = (80.0, 60.0, 40.0, 4.0, 2.0, 0.8, 0.3)
"""About how many sentences in a hundred hold a string of that many letters; least for longer."""
_LEAST = 0.1
_RARE = frozenset("@%?!£/;")
"""Signs that stand in few sentences."""
_SHORTEST = 2
"""Letters from which a string tells anything."""
_SHORT = 3
"""Letters of strings that stand in many words."""
_TWO = 2
_RARELY = 1.0
"""Sentences in a hundred that may hold a required string without a second one being asked for."""
_SELECTIVE = 30.0
"""Sentences in a hundred from which second strings rule out too few."""
_LONGEST = 16
"""Letters of a required string that are looked for."""
_COMMON = frozenset(
    "the and for not was that with has had have this from would should could can will any are "
    "did its what when where how who been were all but may one out say said told they their "
    "there which also then than her him she his does made make take".split()
)
_MOST = frozenset("the and council".split())
"""The words of every third sentence or more."""
_EVERYWHERE = " the council complaint complained decision would should evidence about because "
"""The words of nearly every decision; a string out of them tells little."""

Requirement = frozenset[str] | None
"""Strings of which one must occur; None when nothing is required."""


def required_literals(pattern: str) -> Requirement:
    """Strings of which at least one occurs in every text that ``pattern`` matches.

    None when no such set of useful size exists, of strings that tell anything; the pattern
    must then always be tried.
    """
    return both_literals(pattern)[0]


def both_literals(pattern: str) -> tuple[Requirement, Requirement]:
    """The strings of :func:`required_literals`, and others of which one must occur too.

    The second are None where the first are rare enough, or others tell too little.
    """
    found = _requirements(_parse(pattern))
    costs = sorted((_cost(one), number) for number, one in enumerate(found))
    if not costs or len(found[costs[0][1]]) > _MAX_LITERALS:
        return None, None
    first = _begun(found[costs[0][1]])
    if len(costs) < _TWO or costs[0][0] < _RARELY or costs[1][0] > _SELECTIVE:
        return first, None
    return first, _begun(found[costs[1][1]])


def _begun(strings: frozenset[str]) -> frozenset[str]:
    """The beginnings of strings: they tell nearly as much, and keep the automaton small."""
    return _minimal(frozenset(string[:_LONGEST] for string in strings))


def sufficient_literals(pattern: str) -> frozenset[str]:
    r"""Strings each of which is enough for ``pattern`` to match a text that holds it.

    >>> sorted(sufficient_literals(r"fault|uph[eo]ld|\bno\b|left (?!out)"))
    [' no ', 'fault', 'upheld', 'uphold']
    """
    tree = list(_parse(pattern))
    branches = tree[0][1][1] if len(tree) == 1 and str(tree[0][0]) == "BRANCH" else [tree]
    found: set[str] = set()
    for branch in branches:
        items = list(branch)
        before = _strip_boundary(items, 0)
        after = _strip_boundary(items, -1)
        exact = _plain(items)
        for string in exact or ():
            opens, closes = string[:1].isalnum(), string[-1:].isalnum()
            if opens and closes:
                found.add(f"{before}{string}{after}")
            elif not before and not after and string:
                found.add(string)
    return frozenset(found)


def _strip_boundary(items: list[tuple[Any, Any]], end: int) -> str:
    """Take a word boundary from one end; the space that makes sure of one, else nothing."""
    if items and str(items[end][0]) == "AT" and str(items[end][1]) == "AT_BOUNDARY":
        del items[end]
        return " "
    return ""


def _plain(items: list[tuple[Any, Any]]) -> frozenset[str] | None:
    """All strings that a concatenation can match where none of it looks around."""
    printed = str(items)
    return None if "(AT," in printed or "(ASSERT" in printed else _exact_sequence(items)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Requirement:
    """The best requirement of a concatenation: any of its elements' will do."""
    return min(_requirements(items), key=_cost, default=None)


def _requirements(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What the elements of a concatenation require, each for itself."""
    found: list[Requirement] = []
    run = frozenset({""})
    for operator, argument in _with_what_follows(items):
        name = str(operator)
        exact = _exact(name, argument)
        if exact is not None and len(exact) * len(run) <= _MAX_EXACT:
            run = frozenset(one + other for one in run for other in exact)
            continue
        found.append(_of_run(run))
        if exact is not None:
            run = exact
        else:
            run = frozenset({""})
            found.append(_of_item(name, argument))
    found.append(_of_run(run))
    return [one for one in found if one is not None]


def _with_what_follows(items: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """A concatenation with what a look ahead at its end demands as its last elements."""
    found = list(items)
    while found and _looks_ahead(found):
        found[-1:] = found[-1][1][1]
    return found


def _looks_ahead(items: Sequence[tuple[Any, Any]]) -> bool:
    """Whether a concatenation ends with a look ahead that demands something."""
    return len(items) > 0 and str(items[-1][0]) == "ASSERT" and items[-1][1][0] > 0


def _of_run(run: frozenset[str]) -> Requirement:
    enough = all(len(string) >= _SHORTEST or string in _RARE for string in run)
    return _minimal(run) if enough else None


def _minimal(strings: frozenset[str]) -> frozenset[str]:
    """``strings`` without those that hold another of them, which is found there anyway."""
    kept: list[str] = []
    for string in sorted(strings, key=lambda string: (len(string), string)):
        if not any(other in string for other in kept):
            kept.append(string)
    return frozenset(kept)


def _exact(name: str, argument: Any) -> frozenset[str] | None:
    """All strings that an element can match, if they are few; None otherwise."""
    if name == "LITERAL":
        return frozenset({chr(argument)})
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return frozenset({""})  # takes up no text
    if name == "SUBPATTERN":
        return _exact_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _exact_sequence(argument)
    if name == "BRANCH":
        if any(_looks_ahead(branch) for branch in argument[1]):
            return None  # what it demands tells more
        return _union(_exact_sequence(branch) for branch in argument[1])
    if name == "IN" and all(str(operator) == "LITERAL" for operator, _ in argument):
        return frozenset(chr(code) for _, code in argument)
    if name in _REPEATS and argument[0] in (0, 1) and argument[1] == 1:
        inner = _exact_sequence(argument[2])
        return inner if inner is None or argument[0] else inner | {""}
    return None


def _exact_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    run = frozenset({""})
    for operator, argument in items:
        exact = _exact(str(operator), argument)
        if exact is None or len(exact) * len(run) > _MAX_EXACT:
            return None
        run = frozenset(one + other for one in run for other in exact)
    return run


def _union(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    union: set[str] = set()
    for one in found:
        if one is None:
            return None
        union |= one
    return frozenset(union)


def _of_item(name: str, argument: Any) -> Requirement:
    if name == "BRANCH":
        found = _union(_of_sequence(branch) for branch in argument[1])
        return None if found is None else _minimal(found)
    if name in _REPEATS:
        minimum, _, repeated = argument
        return _of_sequence(repeated) if minimum > 0 else None
    if name == "SUBPATTERN":
        return _of_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    return None  # classes, anchors and lookarounds require nothing


def _cost(strings: frozenset[str]) -> float:
    return sum(map(_of_string, sorted(strings)))


@cache
def _of_string(string: str) -> float:
    word = string.strip()
    if string in _RARE:
        return _COST[3]
    if word in _MOST:
        return _COST[2]
    if word in _COMMON:
        return 20.0 if string == word else 12.0
    if len(word) > _SHORT and string in _EVERYWHERE:
        return 8.0
    return _COST[len(word)] if len(word) < len(_COST) else _LEAST
