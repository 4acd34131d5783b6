"""What a harvest did, and what it would do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.harvest.window import Window


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    listed: int = 0
    """Decisions that the windows listed by this run have."""
    new: list[str] = field(default_factory=list)
    """Places of decisions that the folder did not have, or that came back."""
    changed: list[str] = field(default_factory=list)
    """Places of those whose page is another than it was."""
    gone: list[str] = field(default_factory=list)
    """Places of those that were not found twice in a row, and left the folder."""
    missing: list[str] = field(default_factory=list)
    """Places of those that were not found now; once may be a slip."""
    taken_over: int = 0
    """Pages that stood in the folder, though the manifest did not know of them."""
    unchanged: int = 0
    """Pages that were asked for again, and are as they were."""
    disallowed: list[str] = field(default_factory=list)
    """Addresses that robots.txt disallows."""
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    """Addresses that gave no decision, each with the reason and with advice."""
    unsteady: list[Window] = field(default_factory=list)
    """Windows whose results went on changing while they were read."""
    due: int = 0
    """Pages whose check is due, and was left for later harvests."""
    result_pages: int = 0
    """Pages of results that were read."""
    requests: int = 0
    """Requests in all."""
    finished: bool = False
    """Whether all that was asked for was gone through."""

    @property
    def counts(self) -> dict[str, int]:
        """The counts, under the names of messages."""
        return {
            "new decisions": len(self.new),
            "changed": len(self.changed),
            "checked, unchanged": self.unchanged,
            **({"already in the folder": self.taken_over} if self.taken_over else {}),
            "gone": len(self.gone),
            "not found this time": len(self.missing),
            "disallowed by robots.txt": len(self.disallowed),
            "not had": len(self.failed),
        }

    @property
    def well(self) -> bool:
        """Whether nothing failed."""
        return not (self.disallowed or self.failed or self.unsteady)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a harvest would take, as the first page of each year's results has it."""

    results: int
    """Decisions that the site has of what is asked for."""
    held: int
    """Decisions that the folder is known to hold of these."""
    pages: int
    """About how many result pages list them."""
    pause: float
    """Seconds between two requests, robots.txt considered."""
    limit: int | None = None
    """Decisions that are asked for at most."""

    def limited(self, limit: int | None) -> Plan:
        """The same for at most ``limit`` decisions."""
        return replace(self, limit=limit)

    @property
    def decisions(self) -> int:
        """About how many decisions it would fetch."""
        lacking = max(0, self.results - self.held)
        return lacking if self.limit is None else min(lacking, self.limit)

    @property
    def requests(self) -> int:
        """About how many requests it takes, the one for robots.txt included."""
        return 1 + self.pages + self.decisions

    @property
    def seconds(self) -> float:
        """About how long it takes, at this pause."""
        return self.requests * self.pause
