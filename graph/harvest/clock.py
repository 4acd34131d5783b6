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
