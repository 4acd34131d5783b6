"""Generated blocks of Markdown files, which stand between two comments."""

from __future__ import annotations


def written(text: str, name: str) -> str:
    """The block ``name`` of a Markdown text; ValueError where it has none."""
    start, end = _span(text, name)
    return text[start:end]


def replaced(text: str, name: str, made: str) -> str:
    """The text with ``made`` as its block ``name``."""
    start, end = _span(text, name)
    return text[:start] + made + text[end:]


def _span(text: str, name: str) -> tuple[int, int]:
    begin = f"<!-- {name} -->\n"
    start = text.index(begin) + len(begin)
    return start, text.index(f"<!-- end of {name} -->\n", start)
