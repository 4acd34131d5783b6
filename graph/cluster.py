"""Sources read by the workers of a Dask cluster (https://distributed.dask.org).

The workers read partitions and write them to a location that they share with the build, which
takes them in one after the other: there is one graph, and one process that writes it. A worker
that is lost is replaced by another, which reads its partition again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import FaultlinesError, StoreError
from graph.partition import Partition, SourceFile, partitions, read_partition
from graph.version import VERSION

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 4
"""Partitions given to each thread of the cluster before the first is awaited."""
_RETRIES = 3
"""How often a partition is read again whose worker was lost or could not reach a file."""
_PATIENCE = 30
"""Seconds until a scheduler that does not answer is given up."""


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at ``address`` (``tcp://host:8786``).

    Raises :class:`~graph.errors.StoreError` when there is none, or the extra is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        reason = "Dask is not installed"
        raise StoreError(address, reason, "install faultlines with its extra [dask]") from error
    try:
        # a client that finds nobody leaves the event loop that it started running for ever
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, _knock(address)).result()
        client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        reason = f"no Dask scheduler answers there ({error})"
        raise StoreError(address, reason, "start one with: dask scheduler") from error
    with client:
        yield client


async def _knock(address: str) -> None:
    """Raise OSError or ValueError when nobody answers at an address within :data:`_PATIENCE`."""
    from distributed.comm.core import connect

    comm = await connect(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    await comm.close()


def read_by(
    client: Client,
    files: Iterable[SourceFile],
    known: Mapping[str, set[tuple[str, str]]],
    location: str,
) -> Iterator[Partition]:
    """What the workers read in ``files``, in order, written to the location ``location``.

    ``known`` are the (name, hash) pairs of each file that need not be read, by the file's name.
    """
    tasks = (
        partial(
            read_partition,
            group,
            frozenset().union(*(known.get(file.name, ()) for file in group)),
            VERSION,
            f"{location}/part-{number:06d}",
        )
        for number, group in enumerate(partitions(files), 1)
    )
    threads = max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
    waiting: deque[Future[Partition]] = deque()
    for task in tasks:
        waiting.append(client.submit(task, pure=False, retries=_RETRIES))
        if len(waiting) >= threads * _AHEAD:
            yield _result(waiting.popleft())
    while waiting:
        yield _result(waiting.popleft())


def _result(future: Future[Partition]) -> Partition:
    """What a worker read, once it has."""
    from distributed import KilledWorker

    try:
        read: Partition = future.result()
    except FaultlinesError:
        raise
    except KilledWorker as error:
        reason = f"workers were lost {_RETRIES} times while they read one part ({error})"
        raise StoreError(
            "cluster", reason, "see that their memory suffices; build again"
        ) from error
    except (ImportError, OSError) as error:
        reason = f"a worker cannot do its part ({error})"
        advice = "install the same version with the extra [dask] on every worker, and see that "
        raise StoreError("cluster", reason, advice + "each reaches the files") from error
    return read
