"""The body of an answer, taken from the network within bounds of size and time.

Neither can be left to a client: it unpacks what comes whole, however much that is, and its
timeouts begin anew with every byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

_PIECE = 65_536
_GZIP = 16 + zlib.MAX_WBITS
_PLAIN, _PACKED = frozenset({"", "identity"}), frozenset({"gzip", "x-gzip"})


class Untransferable(Exception):
    """Why a body cannot be had, in words; ``lasting`` when asking again would give the same."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


def body(response: httpx2.Response, largest: int, *, cut: bool = False) -> bytes:
    """The body of a response, unpacked where it is packed with gzip, which alone is asked for.

    One of more than ``largest`` bytes is cut there with ``cut``; without it, and where it is
    packed otherwise or ends early, :class:`Untransferable` is raised.
    """
    held = bytearray()
    for piece in _unpacked(response):
        held += piece
        if len(held) > largest:
            if cut:
                break
            reason = f"the answer has over {largest // 1_000_000} MB"
            raise Untransferable(reason, lasting=True)
    return bytes(held[:largest])


def _unpacked(response: httpx2.Response) -> Iterator[bytes]:
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in _PLAIN:
        yield from response.iter_raw()
        return
    if packing not in _PACKED:
        reason = f"the answer is packed with {packing[:40]!r}, which was not asked for"
        raise Untransferable(reason)
    unpack = zlib.decompressobj(_GZIP)
    some = False
    try:
        for packed in response.iter_raw():
            some = True
            yield unpack.decompress(packed, _PIECE)
            while unpack.unconsumed_tail:
                yield unpack.decompress(unpack.unconsumed_tail, _PIECE)
    except zlib.error as error:
        raise Untransferable("the answer is packed in a way that cannot be unpacked") from error
    if some and not unpack.eof:
        raise Untransferable("the answer is not whole (its packing ends early)")


class Deadline:
    """Ends the connection of a client whose answer is not whole in time.

    :meth:`trace` is given to each request of the client as the extension ``trace``.
    """

    def __init__(self) -> None:
        self._socket: socket | None = None
        self._passed = False

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of the connection that a request is made on."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is done inside ends after some seconds with :class:`Untransferable`."""
        self._passed = False
        late = Untransferable(f"the answer is not whole after {seconds:g} s")
        timer = Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self._passed:
                raise late from error
            raise
        finally:
            timer.cancel()
        if self._passed:  # a body whose length was not said seems whole when its connection ends
            raise late

    def _end(self) -> None:
        self._passed = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)
