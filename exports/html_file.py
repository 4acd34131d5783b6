"""The page as one more format: any content as one sealed HTML file."""

from __future__ import annotations

from typing import BinaryIO

from exports.content import Content
from exports.exporter import FileExporter


class Html(FileExporter):
    """The self-contained page (:mod:`exports.page.page`)."""

    name = "html"
    extension = "html"
    media_type = "text/html"
    view = "chain"
    loses = (
        "Named graphs, and attributes that are for programs; "
        "of more than 300 items only totals, which it says."
    )

    def write(self, content: Content, out: BinaryIO) -> None:
        """Write the page; see :func:`exports.page.page.page_of`."""
        from exports.page.page import page_of

        out.write(page_of(content).encode())
