"""What robots.txt allows and asks for (RFC 9309, with the older Crawl-delay)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Faultlines"
"""The name that a robots.txt may call this program by."""
LARGEST = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 (2.5) asks for 500 KiB at least."""
FRESH = 86_400.0
"""Seconds for which one that was read is relied on (RFC 9309, 2.4)."""


class Rules:
    """The rules of one site; an empty text forbids nothing."""

    def __init__(self, text: str = "") -> None:
        from protego import Protego

        self._rules: Protego = Protego.parse(text)

    def allow(self, url: str) -> bool:
        """Whether this program may visit an address."""
        return bool(self._rules.can_fetch(url, AGENT))

    @property
    def pause(self) -> float:
        """Seconds that are asked for between two requests; 0 when nothing is said."""
        rate = self._rules.request_rate(AGENT)
        between = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self._rules.crawl_delay(AGENT) or 0), between)
