"""Whole numbers for ids, in formats that know no others."""

from __future__ import annotations


class Numbers:
    """Numbers ids from 0 in the order they are first asked for, nodes and ends of edges alike.

    What belongs to one portion alone (:attr:`exports.content.Portion.owner`) is forgotten with
    it, so that memory holds the ids of shared nodes only.
    """

    def __init__(self) -> None:
        self._next = 0
        self._shared: dict[str, int] = {}
        self._own: dict[str, int] = {}
        self._owned = ""

    def begin(self, owner: str) -> None:
        """Forget the ids of the portion before; those below ``owner`` belong to the next."""
        self._own.clear()
        self._owned = f"{owner}/" if owner else ""

    def of(self, id: str) -> int:
        """The number of an id."""
        own = self._owned and id.startswith(self._owned)
        known = self._own if own else self._shared
        number = known.get(id)
        if number is None:
            number = known[id] = self._next
            self._next += 1
        return number
