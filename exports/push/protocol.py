"""What both protocols do: send named graphs whole, and remove them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from exports.push.connection import Connection
from exports.push.statements import Statements


class Protocol(ABC):
    """A way to change the named graphs of an endpoint. All of it can be done twice.

    Every method raises :class:`~exports.push.refusal.PushError` when the endpoint refuses;
    what it had done by then may be a part.
    """

    name: ClassVar[str]

    def __init__(self, connection: Connection, most: int) -> None:
        self.connection = connection
        self.most = most
        """Bytes of N-Triples that a request should carry at most."""

    @abstractmethod
    def put(self, graphs: Sequence[Statements]) -> None:
        """Make the endpoint hold these graphs, each as it is here; together hardly large."""

    @abstractmethod
    def put_large(self, graph: Statements) -> None:
        """The same for one graph of any size, in parts unless it has blank nodes."""

    @abstractmethod
    def remove(self, names: Sequence[str]) -> None:
        """Make the endpoint hold none of these graphs; some may not be there."""
