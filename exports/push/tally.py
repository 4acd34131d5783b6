"""What a push did, counted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Amount:
    """A number of named graphs with their statements, and these in bytes of N-Triples."""

    graphs: int = 0
    statements: int = 0
    bytes: int = 0

    def add(self, statements: int, size: int) -> None:
        """Count one named graph."""
        self.graphs += 1
        self.statements += statements
        self.bytes += size


@dataclass(slots=True)
class Tally:
    """What a push sent, skipped and removed; what had to be sent again counts once."""

    sent: Amount = field(default_factory=Amount)
    skipped: Amount = field(default_factory=Amount)
    """Named graphs that the endpoint has already."""
    removed: Amount = field(default_factory=Amount)
    """Named graphs of earlier pushes that are not in the graph any more."""

    def lines(self) -> list[str]:
        """The counts as a table."""
        shown = [f"{'':<8}{'graphs':>12}{'statements':>14}{'bytes':>16}"]
        for name in ("sent", "skipped", "removed"):
            amount: Amount = getattr(self, name)
            shown.append(
                f"{name:<8}{amount.graphs:>12,}{amount.statements:>14,}{amount.bytes:>16,}"
            )
        return shown
