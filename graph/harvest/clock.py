"""The time of a harvest: what is noted in the manifest, and the pauses between requests."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime


class Clock:
    """The time of this computer; tests put their own in its place."""

    def now(self) -> float:
        """Seconds since 1970, UTC."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def stamp(self) -> str:
        """The time now as the manifest has it: ``2026-01-31T09:30:00Z``."""
        return stamp(self.now())

    def today(self) -> date:
        """The day now, UTC."""
        return datetime.fromtimestamp(self.now(), UTC).date()


def stamp(seconds: float) -> str:
    """A time as xsd:dateTime in UTC, to the second; such texts sort as the times do."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def spell(seconds: float) -> str:
    """A span of time in the words of a message, about right: ``3.3 days``, ``12 minutes``."""
    for name, unit in (("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.1f} {name}".replace(".0 ", " ")
    return f"{max(1, round(seconds / 60)):,} minutes" if seconds >= 90 else f"{seconds:.0f} seconds"
