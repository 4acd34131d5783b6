"""What the site answered to one request."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and what came with it, or why there is none."""

    url: str
    """The address that was asked for."""
    status: int = 0
    """HTTP status; 0 when no whole answer came."""
    body: bytes = field(default=b"", repr=False)
    """The page, without the packing of the transfer (gzip)."""
    etag: str | None = None
    last_modified: str | None = None
    location: str = ""
    """Where a redirect leads."""
    retry_after: float | None = None
    """Seconds after which to come back, when the site says so."""
    failure: str = ""
    """Why no whole answer came, in words."""
    unreachable: bool = False
    """Whether no connection could be made at all."""
    lasting: bool = False
    """Whether asking again would give the same, though no whole answer came."""

    @property
    def pushed_back(self) -> bool:
        """Whether the site says that it is asked too much."""
        return self.status in (429, 503)

    @property
    def refused(self) -> bool:
        """Whether the site says that it does not want to be asked."""
        return self.status in (401, 403, 451)

    @property
    def passing(self) -> bool:
        """Whether the same request may be answered otherwise in a while."""
        if self.status == 0:
            return not self.lasting
        return self.status in (408, 425, 429) or self.status >= 500

    @property
    def words(self) -> str:
        """What came, for a message."""
        return self.failure or f"it answers {self.status}"
