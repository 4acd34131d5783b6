"""What stands in the pages of the site: a page of results, and the page of a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from graph.harvest.refusal import Redesigned
from graph.harvest.site import Site
from graph.sources.raw import decode

_COUNT = re.compile(r"Your search has\s+(no|[\d,]+)\s+results?\b", re.IGNORECASE)
_ADVICE = "the site may have changed its pages: see whether a newer version of Faultlines reads it"
_LEAST = 100
"""Characters of the shortest decision; the shortest published ones have over a thousand."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of results."""

    count: int
    """How many results the search has in all, as the page says."""
    places: tuple[str, ...]
    """The decisions that the page leads to, each once, in its order."""


def read_listing(data: bytes, site: Site, url: str) -> Listing:
    """The results on a page. Raises :class:`~graph.harvest.refusal.Redesigned`."""
    parser = LexborHTMLParser(decode(data))
    body = parser.body
    text = " ".join(body.text(separator=" ").split()) if body else ""
    count = _COUNT.search(text)
    links = (node.attributes.get("href") or "" for node in parser.css("a[href]"))
    found = (site.place(link) for link in links)
    places = tuple(dict.fromkeys(place for place in found if place is not None))
    if count is None:
        reason = "the page of results lacks the count (“Your search has N results”)"
        raise Redesigned(url, reason, _ADVICE)
    number = 0 if count[1].lower() == "no" else int(count[1].replace(",", "") or 0)
    return Listing(number, places)


def no_links(url: str, count: int) -> Redesigned:
    """The error for a first page that leads to none of the results it counts."""
    reason = (
        f"the page says that it has {count:,} results, and lacks the links to them "
        "(/decisions/CATEGORY/SUBCATEGORY/REFERENCE)"
    )
    return Redesigned(url, reason, _ADVICE)


def check_decision(data: bytes, url: str) -> None:
    """See that a page holds a whole decision.

    Raises :class:`~graph.harvest.refusal.Redesigned` that names what is missing.
    """
    page = decode(data)
    article = LexborHTMLParser(page).css_first("article#article")
    if article is None:
        reason = "the page lacks the decision (article#article)"
        raise Redesigned(url, reason, _ADVICE)
    if "</article" not in page.lower():
        raise Redesigned(url, "the page is cut off: its article has no end", "fetch it again")
    if len(article.text(strip=True)) < _LEAST:
        raise Redesigned(url, "the page has an article#article without a decision in it", _ADVICE)
