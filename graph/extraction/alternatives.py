"""The alternatives of a pattern, so that a search need try only those that can match."""

from __future__ import annotations

from collections.abc import Iterator


def alternatives(pattern: str) -> list[str]:
    """``pattern`` cut at its outermost bars; only itself where it has none.

    >>> alternatives(r"late|(?:no|little) reply|[|]")
    ['late', '(?:no|little) reply', '[|]']
    """
    return list(_cut(pattern))


def _cut(pattern: str) -> Iterator[str]:
    begin = depth = at = 0
    in_class = False
    while at < len(pattern):
        character = pattern[at]
        if character == "\\":
            at += 1
        elif in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
            at += 2 if pattern[at + 1 : at + 3] == "^]" else pattern[at + 1 : at + 2] == "]"
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        elif character == "|" and not depth:
            yield pattern[begin:at]
            begin = at + 1
        at += 1
    yield pattern[begin:]
