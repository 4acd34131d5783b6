"""The errors of a harvest: what is wrong, where, and what to do."""

from __future__ import annotations

from graph.errors import FaultlinesError, WrongUsage


class HarvestError(FaultlinesError):
    """A harvest could not begin, or not go on."""


class Unusable(HarvestError, WrongUsage):
    """What was asked for cannot be harvested as asked."""


class Redesigned(HarvestError):
    """A page lacks what every page of its kind has had: nothing of it is kept."""


class Stopped(HarvestError):
    """The site refuses, or cannot be reached: going on would be of no use, or rude."""
