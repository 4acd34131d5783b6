"""Long lists on several pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request

PAGE = 50
"""Decisions, or councils, on one page of a list."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    number: int
    pages: int
    first: int
    last: int
    total: int


def paged(items: Sequence[Item], number: int, size: int = PAGE) -> Paged[Item]:
    """The page ``number`` of ``items``; the last one when there are not so many."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    start = (number - 1) * size
    shown = items[start : start + size]
    return Paged(shown, number, pages, start + 1 if shown else 0, start + len(shown), len(items))


def page_number(request: Request, name: str = "page") -> int:
    """The page asked for, from 1, by the parameter of that name; anything else is page 1."""
    value = request.query_params.get(name, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 9 else 1
