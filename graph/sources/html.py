"""Web pages to plain text that keeps the structure: one line per paragraph, items marked.

Written for the pages of lgo.org.uk, where the decision stands in
``<article id="article">``, and sensible for any other page. Scripts, styles, menus
and cookie notices are left out. The text is data: nothing in it is run or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.layouts.header import TITLE

_ROOTS = ("article#article", "main article", "article", "main", "[role=main]", "body")
_UNWANTED_TAGS = """
    script style noscript template nav form button svg math iframe object select head audio
    video canvas dialog
"""
_UNWANTED = frozenset(_UNWANTED_TAGS.split())
_AROUND = frozenset(("header", "footer", "aside"))
"""Left out of a whole page, kept inside an article."""
_COOKIES = re.compile(r"cookie|breadcrumb|skip-?link|social-?share", re.IGNORECASE)
_BLOCK_TAGS = """
    address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer
    h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section table tbody td tfoot th thead tr
    ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_PAGE_TITLE = re.compile(r"\s+[-|–]\s+(?:Local Government|LGO|LGSCO).*$", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def looks_like_html(text: str) -> bool:
    """True if ``text`` begins as a page or a fragment of one does."""
    head = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<?xml")) or (
        head.startswith("<")
        and re.match(r"<(?:div|p|main|section|h[1-6]|ol|ul|!--)[\s>-]", head) is not None
    )


def read_html(text: str) -> tuple[str, dict[str, str]]:
    """The text of the page and what it says of itself: its canonical ``url``, if any."""
    parser = LexborHTMLParser(text)
    metadata: dict[str, str] = {}
    link = parser.css_first("link[rel=canonical]")
    address = link.attributes.get("href") if link else None
    if address and address.startswith(("https://", "http://")):
        metadata["url"] = address.strip()
    root = next((node for css in _ROOTS if (node := parser.css_first(css))), None)
    if root is None:
        return "", metadata
    lines = _Lines(whole_page=root.tag == "body")
    lines.walk(root)
    body = lines.text()
    return _with_title(parser, body), metadata


def _with_title(parser: LexborHTMLParser, body: str) -> str:
    """``body`` under the page's own title, if only that names the authority and reference."""
    head = [line.strip() for line in body[:2000].split("\n") if line.strip()][:4]
    node = parser.css_first("title")
    title = _PAGE_TITLE.sub("", " ".join(node.text().split())) if node else ""
    if TITLE.match(title) and not any(TITLE.match(line) for line in head):
        return f"{title}\n\n{body}"
    return body


class _Lines:
    """The lines of a page, gathered while its nodes are walked in order."""

    def __init__(self, *, whole_page: bool) -> None:
        self.whole_page = whole_page
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.lists: list[tuple[str, int]] = []
        """Open lists, outermost first: their type and the number of their next item."""
        self.marker = ""

    def walk(self, root: LexborNode) -> None:
        """Visit ``root`` and all below it; without recursion, since pages may nest deeply."""
        for node, entering in _visits(root, self.is_unwanted):
            tag = node.tag or ""
            if tag == "-text":
                self.pieces.append(node.text_content or "")
            elif tag == "br":
                self.break_line()
            elif tag in _BLOCKS:
                self.break_line(gap=tag not in ("li", "td", "th", "tr"))
                if entering:
                    self.enter(node, tag)
                elif tag in ("ol", "ul") and self.lists:
                    self.lists.pop()
        self.break_line()

    def is_unwanted(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag in _UNWANTED or (self.whole_page and tag in _AROUND):
            return True
        if tag in ("-comment", "!doctype"):
            return True
        if tag not in ("div", "section", "ul", "ol", "p", "aside", "header", "footer"):
            return False
        attributes = node.attributes
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        return "hidden" in attributes or _COOKIES.search(names) is not None

    def enter(self, node: LexborNode, tag: str) -> None:
        if tag in ("ol", "ul"):
            attributes = node.attributes
            start = attributes.get("start") or "1"
            kind = (attributes.get("type") or "1") if tag == "ol" else ""
            self.lists.append(
                (
                    kind,
                    int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1,
                )
            )
        elif tag == "li":
            self.marker = self.next_marker(node)

    def next_marker(self, node: LexborNode) -> str:
        if not self.lists:
            return "• "
        kind, number = self.lists[-1]
        value = node.attributes.get("value") or ""
        if value.isascii() and value.isdigit() and len(value) < 5:
            number = int(value)
        self.lists[-1] = (kind, number + 1)
        indent = "  " * len(self.lists)
        if not kind:
            return f"{indent}• "
        if kind in ("a", "A") and 1 <= number <= len(_LETTERS):
            return f"{indent}{_LETTERS[number - 1]}) "
        return f"{indent}{number}. "

    def break_line(self, *, gap: bool = False) -> None:
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if text:
            self.lines.append((self.marker or "  " * len(self.lists)) + text)
            self.marker = ""
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        return "\n".join(self.lines)


def _visits(
    root: LexborNode, unwanted: Callable[[LexborNode], bool]
) -> Iterator[tuple[LexborNode, bool]]:
    """Each node from ``root`` down on the way in (True) and each block on the way out (False)."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        yield node, entering
        if not entering:
            continue
        children = [child for child in node.iter(include_text=True) if not unwanted(child)]
        if node.tag in _BLOCKS:
            stack.append((node, False))
        stack.extend((child, True) for child in reversed(children))
