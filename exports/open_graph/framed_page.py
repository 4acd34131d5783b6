"""The page inside a notebook: the same sealed file in a frame that can reach nothing.

The frame has an opaque origin (``sandbox`` without ``allow-same-origin``,
https://html.spec.whatwg.org/multipage/browsers.html#sandboxing): its script can neither read
the notebook nor store anything, and the page's own policy lets it connect nowhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from exports.whole import write_whole_text
from graph.errors import FaultlinesError

_FRAME = (
    '<iframe title="{title}" sandbox="allow-scripts allow-downloads" width="100%" height="680" '
    'style="border:1px solid rgba(128,128,128,.5);border-radius:6px" srcdoc="{page}"></iframe>\n'
)


class FramedPage:
    """A page (:mod:`exports.page`) that a notebook shows, and that can be saved."""

    def __init__(self, html: str, text: str) -> None:
        self.html = html
        """The whole page."""
        self.text = text
        """What it holds, in words: for terminals, which show no pages."""

    def save(self, path: str | Path) -> None:
        """Write the page as one file, UTF-8, whole or not at all.

        Raises :class:`~exports.exporter.ExportError` when it cannot be written there.
        """
        write_whole_text(Path(path), self.html)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return frame(self.html, "Graph with its table and passages")


def frame(html: str, title: str) -> str:
    """A page as a frame; in ``srcdoc`` only ``&`` and quotation marks have a meaning."""
    return _FRAME.format(title=_quoted(title), page=_quoted(html))


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def framed(make: Callable[[], str], title: str) -> str:
    """The page that ``make`` makes in a frame; nothing where the graph was closed meanwhile."""
    try:
        return frame(make(), title)
    except (FaultlinesError, sqlite3.ProgrammingError):  # the ledger of a graph that was closed
        return ""


def counts_text(counts: list[tuple[str, int]]) -> list[str]:
    """A table of counts as lines."""
    wide = max((len(name) for name, _ in counts), default=0)
    return [f"  {name:<{wide}}  {number:>9,}" for name, number in counts]
