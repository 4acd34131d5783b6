"""The alternatives of a pattern, so that a search need try only those that can match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_GROUP = "(?:"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A pattern cut at its bars: what each alternative stands between, and their sources."""

    before: str
    sources: tuple[str, ...]
    after: str

    def of(self, chosen: list[str]) -> str:
        """The pattern with some of its alternatives only."""
        return f"{self.before}{'|'.join(chosen)}{self.after}"


def alternatives(pattern: str) -> Alternatives:
    """``pattern`` cut at its outermost bars, or at those of the group that it ends with.

    >>> alternatives(r"late|(?:no|little) reply|[|]").sources
    ('late', '(?:no|little) reply', '[|]')
    >>> alternatives(r"^(?!if )(?:.* late|.* lost)").before
    '^(?!if )(?:'
    """
    sources = tuple(_cut(pattern))
    if len(sources) == 1:
        opens = _last_group(pattern)
        if opens is not None:
            begin = opens + len(_GROUP)
            return Alternatives(pattern[:begin], tuple(_cut(pattern[begin:-1])), ")")
    return Alternatives("", sources, "")


def _last_group(pattern: str) -> int | None:
    """Where the plain group begins that ends with the pattern; None without one."""
    opened = [at for at, character, depth in _signs(pattern) if character == "(" and not depth]
    closed = [at for at, character, depth in _signs(pattern) if character == ")" and depth == 1]
    if not opened or closed[-1] != len(pattern) - 1:
        return None
    return opened[-1] if pattern.startswith(_GROUP, opened[-1]) else None


def _cut(pattern: str) -> Iterator[str]:
    begin = 0
    for at, character, depth in _signs(pattern):
        if character == "|" and not depth:
            yield pattern[begin:at]
            begin = at + 1
    yield pattern[begin:]


def _signs(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Place, sign and depth before it of each bracket and bar that means something."""
    depth = at = 0
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
        elif character in "()|":
            yield at, character, depth
            depth += {"(": 1, ")": -1, "|": 0}[character]
        at += 1
