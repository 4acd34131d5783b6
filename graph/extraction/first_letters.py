"""Patterns that leap to the characters a match can begin with.

Python's own compiler lets a search leap only where a pattern opens with a plain letter or
class; one that opens with a word boundary, a look behind or nested alternatives is tried at
every character. What a match can begin with is in the parse tree all the same. Here it is
read from there and put into the head of the compiled pattern, where the compiler would
have put it. Every match stays what it was: the search only skips places where none begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]  # noqa: SLF001 - re has no public parser
_compiler: Any = re._compiler  # type: ignore[attr-defined]  # noqa: SLF001 - nor a public compiler
_NO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_LEAP = 4
"""The flag of a head that lists the characters a match can begin with."""
_LENGTH, _FLAGS, _LEAST, _MOST = 1, 2, 3, 4
"""Places in the head of a compiled pattern."""

_Class = list[tuple[Any, Any]]
"""Letters, ranges and kinds of letters, as the parser lists those of a class."""


def compiled(source: str) -> re.Pattern[str]:
    """``source`` compiled as by :func:`re.compile`, quicker to search with where it can be."""
    try:
        found = _leaping(source)
    except (AttributeError, IndexError, RuntimeError, TypeError, ValueError):
        found = None  # a Python whose compiled patterns are laid out in another way
    return found or re.compile(source)


def _leaping(source: str) -> re.Pattern[str] | None:
    """The pattern with a head that leaps; None where it has one or can have none."""
    tree = _parser.parse(source)
    flags = tree.state.flags
    letters, optional = _first(tree)
    if letters is None or optional or flags & (re.IGNORECASE | re.LOCALE):
        return None
    code: list[int] = _compiler._code(tree, flags)  # noqa: SLF001
    if code[0] != _compiler.INFO or code[_FLAGS] != 0:
        return None
    body = code[_LENGTH] + 1
    charset: list[int] = []
    chosen, _ = _compiler._optimize_charset(letters)  # noqa: SLF001
    _compiler._compile_charset(chosen, flags, charset)  # noqa: SLF001
    head = [code[0], _MOST + len(charset), _LEAP, code[_LEAST], code[_MOST], *charset]
    state = tree.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    made: re.Pattern[str] = _compiler._sre.compile(  # noqa: SLF001
        source, flags, head + code[body:], state.groups - 1, state.groupdict, tuple(names)
    )
    return made


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[_Class | None, bool]:
    """What a match of a concatenation can begin with, and whether it can be empty.

    None where that may be nearly anything.
    """
    found: _Class = []
    for operator, argument in items:
        if str(operator) in _NO_WIDTH:
            continue
        letters, optional = _first_of(operator, argument)
        if letters is None:
            return None, False
        found += letters
        if not optional:
            return found, False
    return found, True


def _first_of(operator: Any, argument: Any) -> tuple[_Class | None, bool]:
    name = str(operator)
    if name == "LITERAL":
        return [(operator, argument)], False
    if name == "IN":
        plain = all(str(kind) in ("LITERAL", "RANGE", "CATEGORY") for kind, _ in argument)
        return (list(argument) if plain else None), False
    if name == "SUBPATTERN":
        return (None, False) if argument[1] or argument[2] else _first(argument[3])
    if name == "ATOMIC_GROUP":
        return _first(argument)
    if name in _REPEATS:
        letters, optional = _first(argument[2])
        return letters, optional or argument[0] == 0
    if name == "BRANCH":
        found: _Class = []
        empty = False
        for branch in argument[1]:
            letters, optional = _first(branch)
            if letters is None:
                return None, False
            found += letters
            empty = empty or optional
        return found, empty
    return None, False
