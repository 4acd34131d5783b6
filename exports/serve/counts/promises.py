"""What a council promised, and by when: remedies with a due date, the latest first.

Which there are, and whether the Ombudsman said that it was satisfied, stands in the facts of
the build; the words of a promise are read from its decision when it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from exports.serve.counts.casebook import Casebook, Chosen
from graph.ledger import Ledger
from ontology import iri as mint
from ontology.model import Decision, Remedy


@dataclass(frozen=True)
class Promise:
    """One remedy, agreed or recommended, that has a due date."""

    due: str
    """ISO 8601."""
    decision: str
    """IRI of its decision."""
    local_id: str
    """Id of the remedy within it."""
    kept: bool
    """Whether a published decision says that the Ombudsman was satisfied."""
    _ledger: Ledger

    @property
    def entry(self) -> str:
        """IRI of the remedy."""
        return mint.member(self.decision, "remedy", self.local_id)

    @property
    def satisfied(self) -> str:
        """The day on which the Ombudsman was satisfied; empty where nothing says so."""
        day = self._read.satisfied
        return day.isoformat() if day else ""

    @property
    def remedy(self) -> str:
        """The type of remedy: its key."""
        return self._remedy.type

    @property
    def words(self) -> str:
        """When, as the decision puts it."""
        return self._remedy.due.text if self._remedy.due else ""

    @property
    def assumed(self) -> bool:
        """Whether the day is worked out from the date of the decision alone."""
        return bool(self._remedy.due and self._remedy.due.basis == "assumed")

    @cached_property
    def _read(self) -> Decision:
        entry = self._ledger.entry(self.decision)
        if entry is None:
            raise LookupError(self.decision)
        return entry.decision()

    @cached_property
    def _remedy(self) -> Remedy:
        return next(one for one in self._read.remedies if one.id == self.local_id)


class Promises(Sequence[Promise]):
    """A council's promises in some decisions."""

    def __init__(self, ledger: Ledger, book: Casebook, council: str, chosen: Chosen) -> None:
        found = [
            Promise(day, iri, entry, kept, ledger)
            for iri, entry, day, kept in ledger.promised(council)
            if chosen.bits >> book.place(iri) & 1
        ]
        self._found = sorted(found, key=lambda one: (one.due, one.decision, one.local_id))[::-1]

    @property
    def kept(self) -> int:
        """For how many a published decision says that the Ombudsman was satisfied."""
        return sum(one.kept for one in self._found)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Promise: ...
    @overload
    def __getitem__(self, index: slice) -> list[Promise]: ...
    def __getitem__(self, index: int | slice) -> Promise | list[Promise]:
        return self._found[index]
