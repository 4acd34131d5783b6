"""How long a browser takes until the largest page is drawn: 1,500 items.

Chromium as Debian installs it, without a graphics card, opens the page from disk anew each
time. Measured is the page's own clock: from the start of loading to the end of the first
drawing. The bar is two seconds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from exports.page import HARD_LIMIT, page_of
from tests.exports.large_page import large_content

BAR = 2.0
"""Seconds until 1,500 items are drawn."""
_TIMES = 9


def lines() -> Iterator[str]:
    """The measurement as lines of text."""
    for count in (300, HARD_LIMIT):
        html = page_of(large_content(count), limit=count)
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / "page.html"
            path.write_text(html, encoding="utf-8")
            times = sorted(_drawn(path.as_uri()))
        size = len(html.encode()) / 1e6
        yield (
            f"{count:,} items, {size:.1f} MB: first drawn after {median(times):.2f} s "
            f"(median of {_TIMES}), at most {times[-1]:.2f} s; bar {BAR:.0f} s"
        )


def _drawn(url: str) -> Iterator[float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(_TIMES):
            tab = browser.new_page(viewport={"width": 1280, "height": 860})
            tab.goto(url)
            tab.wait_for_function("performance.getEntriesByName('drawn').length")
            yield tab.evaluate("performance.getEntriesByName('drawn')[0].startTime") / 1000
            tab.close()
        browser.close()
