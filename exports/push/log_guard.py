"""Keeps secrets out of the logs that the HTTP library writes, while a push runs.

It logs whole addresses, and what a server sends back, which may be what it was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Self

_ALL = tuple(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks"))
"""Loggers of headers and bytes; nothing of theirs is let through."""
_SOME = ("httpx2",)
"""Loggers of requests; what holds no secret is let through."""


class LogGuard:
    """Filters on the library's loggers; ``secret`` tells whether a text holds a secret."""

    def __init__(self, secret: Callable[[str], bool]) -> None:
        self._secret = secret
        self._placed = ExitStack()

    def __enter__(self) -> Self:
        for name in (*_ALL, *_SOME):
            logger = logging.getLogger(name)
            logger.addFilter(self._lets_through)
            self._placed.callback(logger.removeFilter, self._lets_through)
        return self

    def __exit__(self, *_: object) -> None:
        self._placed.close()

    def _lets_through(self, record: logging.LogRecord) -> bool:
        return record.name in _SOME and not self._secret(record.getMessage())
