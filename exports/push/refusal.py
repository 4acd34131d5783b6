"""The errors of a push. Their words never hold credentials, nor the query of an address."""

from __future__ import annotations

from graph.errors import FaultlinesError, WrongUsage


class PushError(FaultlinesError):
    """The graph could not be sent: an endpoint refused, a connection or the journal failed."""


class Unusable(PushError, WrongUsage):
    """What was asked for cannot be tried: an address, credentials or options that do not go."""
