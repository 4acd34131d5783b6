"""What the manifest has of a page: where it was listed, how it stands, what was received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Listed(NamedTuple):
    """The window that lists a decision."""

    listing: str
    """Address of its first result page."""
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a conditional request and the keeping of its answer need of a row."""

    place: str
    state: str
    received: str | None = None
    misses: int = 0
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    status: int | None = None
    """HTTP status of the last answer; 0 when it brought no whole decision."""

    @property
    def odd(self) -> bool:
        """Whether it failed when it was asked for last, though it was there."""
        well = (200, 304) if self.state == "held" else ()
        return self.status not in (None, 404, 410, *well)


@dataclass(frozen=True, slots=True)
class Received:
    """A page that is whole on disk: a row of the table of that name."""

    place: str
    received: str
    bytes: int
    sha256: str
    etag: str | None
    last_modified: str | None
