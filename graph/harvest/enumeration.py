"""The decisions that a search lists, whatever happens to its pages while they are read.

Decisions are published and taken back while somebody pages; counts may be wrong, and a decision
may stand on two pages. So a window whose pages do not give exactly the count that all of them
state is read again, until a reading finds nothing that those before did not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from graph.harvest.answer import Answer
from graph.harvest.asked import Asked
from graph.harvest.listing import Listing, no_links, read_listing, too_many
from graph.harvest.refusal import Stopped
from graph.harvest.visitor import Visitor
from graph.harvest.window import LARGEST, PAGE, Window

READINGS = 4
"""Times that a window is read before it is left for the next harvest."""
_REPEATED = 3
"""Pages in a row with nothing new that end a reading: it may be the same one for ever."""
_LARGEST_DAY = 1000
"""Results of one day; some hundred have been the most."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a window lists."""

    count: int
    """As the site says."""
    places: tuple[str, ...]
    """Places of decisions, each once."""
    steady: bool
    """Whether the last reading found nothing new."""
    too_many: bool = False
    """Whether there are more than are paged through: only the first page was read."""
    known: bool = False
    """Whether the first page was as what is known lets expect: only that was read."""


class Enumeration:
    """Reads the results of windows; ``pages`` counts the result pages read."""

    def __init__(
        self, visitor: Visitor, asked: Asked, advance: Callable[[str], None] = lambda _: None
    ) -> None:
        self._visitor = visitor
        self._asked = asked
        self._advance = advance
        self.pages = 0

    def first(self, window: Window) -> Listing:
        """The first page of a window's results.

        Raises :class:`~graph.harvest.refusal.Redesigned` when it is none, and
        :class:`~graph.harvest.refusal.Stopped` when it cannot be had.
        """
        url = self.address(window, 1)
        if not self._visitor.allows(url):
            raise Stopped(
                url,
                "robots.txt disallows the pages of results, so decisions cannot be found",
                "ask the owner of the site, or give the folder pages saved with a browser",
            )
        listing = self._read(self._visitor.get(url), window, 1)
        if listing.count and not listing.places:
            raise no_links(url, listing.count)
        return listing

    def address(self, window: Window, page: int) -> str:
        """The address of a page of a window's results."""
        return self._visitor.site.search(self._asked, window, page)

    def found(self, window: Window, known: frozenset[str] | None = None) -> Found:
        """What a window lists, read until it is steady. Raises as :meth:`first` does.

        ``known`` is what it listed lately: while it is as many, and the first page has no other,
        nothing is taken to have changed.
        """
        union: dict[str, None] = {}
        count = 0
        for reading in range(READINGS):
            first = self.first(window)
            if first.count > LARGEST and window.days > 1:
                return Found(first.count, first.places, steady=True, too_many=True)
            if first.count > _LARGEST_DAY:
                raise too_many(self.address(window, 1), first.count)
            if known and first.count == len(known) and known.issuperset(first.places):
                return Found(first.count, tuple(sorted(known)), steady=True, known=True)
            seen, counts = self._rest(window, first)
            count = first.count
            added = seen.keys() - union.keys()
            union |= seen
            if counts == {len(union)} or (reading and not added):
                return Found(count, tuple(union), steady=True)
        return Found(count, tuple(union), steady=False)

    def _rest(self, window: Window, first: Listing) -> tuple[dict[str, None], set[int]]:
        """Every place on the pages of a window, and the counts that they state."""
        seen = dict.fromkeys(first.places)
        counts = {first.count}
        here, page, new, repeated = first, 1, bool(first.places), 0
        while here.places and repeated < _REPEATED:
            expected = page < ceil(here.count / PAGE)
            # past the pages that the count makes expect, only what it may have left out is looked
            # for: after a full page that brought something
            if not expected and not (new and len(here.places) >= PAGE):
                break
            page += 1
            answer = self._visitor.get(self.address(window, page), once=not expected)
            if not expected and answer.status != 200:
                break
            here = self._read(answer, window, page)
            new = not seen.keys() >= set(here.places)
            repeated = 0 if new else repeated + 1
            seen |= dict.fromkeys(here.places)
            counts.add(here.count)
        return seen, counts

    def _read(self, answer: Answer, window: Window, page: int) -> Listing:
        self.pages += 1
        self._advance(f"{window}, page {page}")
        if answer.status != 200:
            reason = f"a page of results cannot be had ({answer.words})"
            raise Stopped(answer.url, reason, "try again later; the same command goes on from here")
        return read_listing(answer.body, self._visitor.site, answer.url)
