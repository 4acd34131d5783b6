"""The entry of one decision in the ledger: what was read, from which source, by which version."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from graph.errors import StoreError
from ontology import record
from ontology.model import Decision


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision of the graph and where it came from."""

    iri: str
    reference: str | None
    base: str | None
    """The reference without the suffix of a joint investigation."""
    digest: str
    """Hash of the wording alone: the same text under two references has one digest."""
    source_name: str
    source_sha256: str
    version: str
    date: str | None
    root: str
    """Which of the paths given to the build its source was found in: a hash, "" for none."""
    record: str
    """The record as one line of JSON (:mod:`ontology.record`)."""

    def decision(self) -> Decision:
        """The record as values.

        Raises :class:`~graph.errors.StoreError` for one that this version does not write.
        """
        try:
            return record.loads(self.record)
        except record.RecordError as error:
            reason = f"its record cannot be read ({error})"
            advice = "build the graph again into an empty folder"
            raise StoreError(self.iri, reason, advice) from error

    def unsaid(self) -> int:
        """How much of what the site says of a decision its source does not say.

        Of outcome, date, category and address: a statement printed in committee papers has few.
        """
        said = json.loads(self.record)
        whole = said["outcome"], said["date"], said["url"], said["category"]["name"]
        return whole.count(None)

    def values(self) -> tuple[str | None, ...]:
        """The fields in the order of :data:`COLUMNS`."""
        return tuple(getattr(self, name) for name in NAMES)


NAMES = tuple(column.name for column in fields(Entry))

COLUMNS = ", ".join(NAMES)
"""The columns of an :class:`Entry`, in its order, as SQL lists them."""
PLACES = ",".join("?" * len(NAMES))
"""As many places for values in a statement of SQL."""
