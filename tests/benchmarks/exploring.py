"""How fast the explorer answers on fifty thousand made-up decisions, with eight users at once.

The server runs as ``faultlines serve`` runs it. Each of eight users asks pages in an order of
its own, one after the other, over a connection that stays open. The bar is 300 ms for 95 of a
hundred answers, page by page. Beside it stands what a page costs a user who is alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles

import httpx2

from exports.serve.listening import free_port
from graph.build import build_records
from tests.benchmarks.corpus import decisions

DECISIONS = 50_000
USERS = 8
ROUNDS = 8
"""How often each user asks each page."""
BAR = 0.3

PAGES = (
    "/",
    "/?by=remedy&show=rate",
    "/?year=2022&by=injustice",
    "/?category=education",
    "/council/",
    "/council/E08000025",
    "/fault/",
    "/fault/delay",
    "/fault/delay?year=2021",
    "/injustice/distress",
    "/remedy/apology",
    "/provision/",
    "/provision/ukpga/1996/56",
    "/guidance/",
    "/body/",
    "/category/education",
    "/decisions",
    "/decisions?fault=delay&outcome=upheld",
    "/decisions?page=400",
    "/decision/16-000-014",
    "/search?q=delay",
    "/search?q=birmingham",
    "/search?q=16+000+014",
    "/questions",
    "/question/faults-by-type",
    "/sparql",
    "/about",
    "/flows",
    "/compare?council=E08000025&council=E08000035",
    "/council/E08000025/report",
    "/timeline",
    "/year/2022",
    "/explore?start=council/E08000025",
)
"""One of each kind of page, asked as people ask."""


def lines() -> Iterator[str]:
    """The measurement as lines of text."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "kg"
        build_records(decisions(DECISIONS), folder)
        yield from measured(folder)


def measured(folder: Path) -> Iterator[str]:
    """The same of a graph that is there."""
    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-m", "faultlines", "serve", str(folder), "--port", str(port)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            yield f"first page {_first(address) - start:.1f} s after the command"
            alone = _asked(address, users=1, rounds=3)
            together = _asked(address, users=USERS, rounds=ROUNDS)
        finally:
            server.terminate()
    worst = 0.0
    for page in PAGES:
        times = together[page]
        high = quantiles(times, n=20)[-1]
        worst = max(worst, high)
        yield (
            f"{high * 1000:6.0f} ms  {median(times) * 1000:6.0f} ms median  "
            f"{median(alone[page]) * 1000:6.0f} ms alone  {page}"
        )
    every = [seconds for times in together.values() for seconds in times]
    yield (
        f"{USERS} users: 95 % of all answers within {quantiles(every, n=20)[-1] * 1000:.0f} ms, "
        f"of the slowest page within {worst * 1000:.0f} ms ({worst / BAR:.2f} of the bar)"
    )


def _first(address: str) -> float:
    """When the first page was there."""
    while True:
        try:
            httpx2.get(address, timeout=120).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return time.perf_counter()


def _asked(address: str, *, users: int, rounds: int) -> dict[str, list[float]]:
    """Page to the seconds of its answers."""
    found: dict[str, list[float]] = defaultdict(list)
    failed: list[BaseException] = []

    def ask(user: int) -> None:
        order = [page for page in PAGES for _ in range(rounds)]
        Random(user).shuffle(order)
        try:
            with httpx2.Client(base_url=address, timeout=120, follow_redirects=True) as client:
                for page in order:
                    start = time.perf_counter()
                    client.get(page).raise_for_status()
                    found[page].append(time.perf_counter() - start)
        except BaseException as error:  # noqa: BLE001 - told where the threads are joined
            failed.append(error)

    threads = [threading.Thread(target=ask, args=(user,)) for user in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return found
