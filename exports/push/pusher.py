"""The push: what changed is sent, what is gone is removed, and each step is noted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from exports.push import detection
from exports.push.address import Address
from exports.push.connection import Connection
from exports.push.credentials import Credentials
from exports.push.journal import Journal, Pushed, beside
from exports.push.protocol import Protocol
from exports.push.refusal import PushError, Unusable
from exports.push.statements import Statements
from exports.push.tally import Tally
from exports.selection import Selection

BATCH = 2_000_000
"""Bytes of N-Triples in one request or, of graphs sent one by one, between two notes."""


def push(
    selection: Selection,
    url: str,
    *,
    protocol: str = "auto",
    batch_size: int = BATCH,
    journal: str | Path | None = None,
    again: bool = False,
    insecure: bool = False,
    timeout: float = 300,
    advance: Callable[[str], None] | None = None,
    say: Callable[[str], None] | None = None,
) -> Tally:
    """Make the endpoint at ``url`` hold the named graphs of a selection, and count what it took.

    ``protocol`` is one of :data:`exports.push.detection.PROTOCOLS`. Sent are the graphs that
    the journal does not name as confirmed, or with ``again`` all; removed are those that it
    names and the selection has not. ``journal`` is a file, :func:`~exports.push.journal.beside`
    the graph's folder by default. Credentials are taken from the environment
    (:mod:`exports.push.credentials`), and only ``insecure`` sends them unencrypted to another
    computer. ``timeout`` is in seconds, for each answer. ``advance`` is called with the name
    of each graph that is done, ``say`` with words about each wait.

    A push that ended anywhere is finished by another. Raises
    :class:`~exports.push.refusal.Unusable` for what cannot be tried and
    :class:`~exports.push.refusal.PushError` for what failed.
    """
    address = Address.parse(url)
    credentials = Credentials.of(os.environ)
    credentials.check(address, insecure=insecure)
    detection.check_name(protocol)
    if batch_size < 1 or not timeout > 0:
        raise Unusable("batch size, timeout", "one is not above zero", "give larger ones")
    if not (selection.scope.everything or selection.decisions):
        reason = "no decision fulfils all conditions, and nothing was sent or removed"
        raise PushError("push", reason, "give other conditions")
    path = Path(journal) if journal is not None else beside(selection.kg.folder)
    with (
        Journal(path, address.key) as kept,
        Connection(address, credentials, timeout=timeout, say=say or _silent) as connection,
    ):
        if again:
            kept.doubt_all()
        run = _Run(connection, kept, protocol, batch_size, advance or _silent)
        with run.telling_what_is_done():
            run.send(selection)
            run.remove()
        return run.tally


def _silent(_: str) -> None:
    pass


@dataclass(slots=True)
class _Run:
    connection: Connection
    journal: Journal
    wanted: str
    """Name of the protocol."""
    most: int
    advance: Callable[[str], None]
    tally: Tally = field(default_factory=Tally)
    pushed: dict[str, Pushed] = field(default_factory=dict)
    """What the endpoint was known to hold; graphs that are here are taken out."""
    _protocol: Protocol | None = None
    _batch: list[Statements] = field(default_factory=list)
    _size: int = 0

    @property
    def protocol(self) -> Protocol:
        """The protocol, found out with the first graph that has to be sent."""
        if self._protocol is None:
            self._protocol = detection.protocol(self.wanted, self.connection, self.most)
        return self._protocol

    def send(self, selection: Selection) -> None:
        """Send every named graph that the endpoint is not known to hold."""
        self.pushed = self.journal.pushed()
        for named in selection.graphs():
            graph = Statements.of(named, keep=self.most)
            known = self.pushed.pop(graph.name, None)
            if known is not None and known.digest == graph.digest:
                self.tally.skipped.add(graph.count, graph.size)
                self.advance(graph.name)
                continue
            if self._size + graph.size > self.most:
                self._send_batch()
            if graph.size > self.most:  # now, since its lines last until the next graph
                protocol = self.protocol  # asked before anything is noted as sent
                self.journal.doubt([graph])
                protocol.put_large(graph)
                self._confirm([graph])
            else:
                self._batch.append(graph)
                self._size += graph.size
        self._send_batch()

    def _send_batch(self) -> None:
        if self._batch:
            protocol = self.protocol
            self.journal.doubt(self._batch)
            protocol.put(self._batch)
            self._confirm(self._batch)
        self._batch, self._size = [], 0

    def _confirm(self, graphs: list[Statements]) -> None:
        self.journal.confirm(graphs)
        for graph in graphs:
            self.tally.sent.add(graph.count, graph.size)
            self.advance(graph.name)

    def remove(self) -> None:
        """Remove the graphs of earlier pushes that are not here any more."""
        names = sorted(self.pushed)
        if not names:
            return
        protocol = self.protocol
        self.journal.doubt_removal(names)
        protocol.remove(names)
        self.journal.forget(names)
        for name in names:
            self.tally.removed.add(self.pushed[name].statements, self.pushed[name].bytes)
            self.advance(name)

    @contextmanager
    def telling_what_is_done(self) -> Iterator[None]:
        """Add to an error what was sent before it, and that nothing of it is sent again."""
        try:
            yield
        except Unusable:
            raise
        except PushError as error:
            sent = self.tally.sent
            done = f"{sent.graphs:,} graphs ({sent.statements:,} statements) were sent before that"
            if not sent.graphs:
                done = "nothing was sent before that"
            done += ", and the same command goes on from there"
            raise PushError(error.name, error.reason, f"{error.advice}; {done}") from None
