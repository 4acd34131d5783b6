"""One of several things, by a draw: a number from 0 to 1, of which 1 is never drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")


def one_of(draw: Callable[[], float], things: Sequence[_T]) -> _T:
    """One of the things, each as likely as the others."""
    return things[int(draw() * len(things))]


def taken(draw: Callable[[], float], left: list[_T]) -> _T:
    """One of the things that are left, which it is no longer among."""
    return left.pop(int(draw() * len(left)))
