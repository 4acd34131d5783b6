"""Waiting until a sealed page is drawn, in a tab or in a frame of Chromium."""

from __future__ import annotations

from typing import Any

_DRAWN = """(most) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`nothing is drawn after ${most} ms`)), most);
    const look = () => {
        if (performance.getEntriesByName("drawn").length) resolve();
        else setTimeout(look, 20);
    };
    look();
})"""


def wait_until_drawn(place: Any, most: int = 30_000) -> None:
    """Wait until the page of a tab or frame is drawn; fails after ``most`` milliseconds.

    Playwright's ``wait_for_function`` evaluates a text at each look. The page's own policy
    forbids that at every look but the first, so that it fails wherever the page is slower.
    """
    place.evaluate(_DRAWN, most)
