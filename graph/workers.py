"""Processes that read batches, each beside the others, in the order in which they are given.

The processes are loky's (https://loky.readthedocs.io): they need no ``if __name__`` guard in the
script that starts a build, so one can be started from anywhere, and one that is killed ends the
build with an error instead of leaving it to wait.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from itertools import chain, islice
from threading import Thread
from typing import TypeVar

from graph.errors import StoreError

_AHEAD = 2
"""Batches given to each process before the first is awaited."""
_LOOK = 1.0
"""Seconds between two looks at whether the parent is there."""
_OBJECTS = 100_000
"""Objects that a process makes between two looks for cycles among them."""

_T = TypeVar("_T")


def available() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def done(tasks: Iterable[Callable[[], _T]], jobs: int) -> Iterator[_T]:
    """What each task gives, in order; ``tasks`` is read no further ahead than ``jobs`` need.

    A task is a function of some module with its arguments (:func:`functools.partial`). One task
    alone, or one job, needs no process of its own. Raises what a task raises, and
    :class:`~graph.errors.StoreError` when a process was killed.
    """
    remaining = iter(tasks)
    first = list(islice(remaining, 2))
    if jobs == 1 or len(first) < 2:
        for task in chain(first, remaining):
            yield task()
        return
    # loaded only where it is used
    from loky import ProcessPoolExecutor

    with ExitStack() as stack:
        pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(os.getpid(),))
        stack.callback(pool.shutdown, wait=True, kill_workers=True)
        waiting = deque(map(pool.submit, first))
        try:
            while waiting:
                waiting.extend(map(pool.submit, islice(remaining, jobs * _AHEAD - len(waiting))))
                yield waiting.popleft().result()
        except BrokenExecutor as error:
            reason = "one of the processes that read decisions was ended from outside"
            advice = "see that memory suffices, then build again: it goes on where it stopped"
            raise StoreError("build", reason, advice) from error


def _begin(parent: int) -> None:
    """What each process does first; ``parent`` is the one that started it."""
    # Control-C is for the process that started this one, which ends it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # what is read of a decision goes without the collector: looking for cycles takes 3 % of reading
    gc.set_threshold(_OBJECTS, 50, 100)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process once its parent is gone: it would wait for ever to be asked or heard."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
