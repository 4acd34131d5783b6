"""The page: one self-contained HTML file that shows a part of the graph and its sources."""

from __future__ import annotations

from exports.page.page import HARD_LIMIT, LIMIT, page, write_page

__all__ = ["HARD_LIMIT", "LIMIT", "page", "write_page"]
