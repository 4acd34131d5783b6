"""The page: one self-contained HTML file that shows a part of the graph and its sources."""

from __future__ import annotations

from exports.page.drawn import HARD_LIMIT, LIMIT
from exports.page.page import page, page_of, write_page, write_page_of

__all__ = ["HARD_LIMIT", "LIMIT", "page", "page_of", "write_page", "write_page_of"]
