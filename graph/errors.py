"""The errors of reading, storing and asking: each says what is wrong, where, and what to do."""

from __future__ import annotations


class FaultlinesError(Exception):
    """Base of every error that Faultlines raises about its inputs.

    ``name`` is the input (a file, an entry of an archive, a line of a JSON Lines
    file), ``reason`` what is wrong with it and ``advice`` what the reader can do.
    """

    def __init__(self, name: str, reason: str, advice: str) -> None:
        super().__init__(f"{name}: {reason}; {advice}")
        self.name = name
        self.reason = reason
        self.advice = advice


class WrongUsage(FaultlinesError):
    """What was asked for does not exist, or does not go together."""


class UnreadableSource(FaultlinesError):
    """The input could not be opened, decoded or unpacked."""


class NotADecision(FaultlinesError):
    """The input was read, but it is not one decision of the Ombudsman."""


class StoreError(FaultlinesError):
    """The folder of a knowledge graph, or the store in it, cannot be used."""


class QueryError(FaultlinesError):
    """A query could not be read, is not allowed or could not be answered.

    ``position`` is the line and column of the mistake, both from 1, when known.
    """

    def __init__(
        self, name: str, reason: str, advice: str, position: tuple[int, int] | None = None
    ) -> None:
        super().__init__(name, reason, advice)
        self.position = position


class QueryRefused(QueryError):
    """A query that is well formed, and asks for what is never done here."""


class QueryTimeout(QueryError):
    """A query was ended because it took longer than it may."""


class QueryBusy(QueryError):
    """A query was not begun: too many others were being answered; later it may be."""


class QueryFailed(QueryError):
    """A query was begun and could not be answered: memory ran out, or the store failed."""
