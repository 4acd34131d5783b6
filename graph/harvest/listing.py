"""What stands in the pages of the site: a page of results, and the page of a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from graph.harvest.refusal import Redesigned
from graph.harvest.site import Site
from graph.sources.raw import decode

_COUNT = re.compile(
    r"\b(?:Your search|Archive) (?:has|had|found|returned)(?: found| returned)? "
    r"(no|[0-9,]{1,12}) (?:results?|decisions?)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r".{0,160}?\b([0-9]{2})[\s-]([0-9]{3})[\s-]([0-9]{3})[a-z]?\b", re.DOTALL)
"""The reference with which a decision begins, after the name of the authority, if any."""
_HEADED = re.compile(r"Category\s*:|Decision\s*:|The Ombudsm[ae]n|Summary", re.IGNORECASE)
"""What comes after the first line of a decision."""
_DEEPEST = 20_000
"""Elements that begin, beyond those that end: parsing takes the square of their depth."""
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
    parser = _parsed(data, url)
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


def too_many(url: str, count: int) -> Redesigned:
    """The error for a day with so many results that the search cannot have looked at the day."""
    reason = f"the page says that one day has {count:,} results: the search passes over its days"
    return Redesigned(url, reason, _ADVICE)


def check_decision(data: bytes, url: str, place: str) -> None:
    """See that a page holds a whole decision, the one of its place.

    Raises :class:`~graph.harvest.refusal.Redesigned` that names what is missing.
    """
    article = _parsed(data, url).css_first("article#article")
    if article is None:
        reason = "the page lacks the decision (article#article)"
        raise Redesigned(url, reason, _ADVICE)
    if "</article" not in decode(data).lower():
        raise Redesigned(url, "the page is cut off: its article has no end", "fetch it again")
    text = article.text(separator=" ").strip()
    if len(text) < _LEAST:
        raise Redesigned(url, "the page has an article#article without a decision in it", _ADVICE)
    found = _HEAD.match(_HEADED.split(text, maxsplit=1)[0])
    if found and "-".join(found.groups()) != place.rpartition("/")[2][:10]:
        reason = f"the page holds the decision {' '.join(found.groups())}, not that of its address"
        raise Redesigned(url, reason, "look at it in a browser; it is asked for again next time")


def _parsed(data: bytes, url: str) -> LexborHTMLParser:
    page = decode(data)
    if page.count("<") - 2 * page.count("</") > _DEEPEST:
        raise Redesigned(url, "the page has too many elements without an end", _ADVICE)
    return LexborHTMLParser(page)
