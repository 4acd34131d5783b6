"""The steps of a harvest: list a window, download what it has and the folder lacks, go on.

Each step is on disk before the next, so that a harvest that ends anywhere, even by force, is
taken up by the same command: no window that was listed is listed again, and no page that was
received is asked for again. When all is listed and had, pages that were received long ago are
asked for again, the oldest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from graph.harvest.answer import Answer
from graph.harvest.archive import Archive
from graph.harvest.asked import Asked
from graph.harvest.clock import Clock, stamp
from graph.harvest.enumeration import Enumeration
from graph.harvest.listing import check_decision
from graph.harvest.page import Listed, Page
from graph.harvest.refusal import Redesigned, Stopped
from graph.harvest.tally import Tally
from graph.harvest.visitor import Visitor
from graph.harvest.window import Window

_DAY = 86_400.0
"""Seconds that lie at least between the two checks after which a decision counts as gone."""
_RELIED_ON = 30 * _DAY
"""Seconds for which a window whose count stays the same is taken for unchanged."""
_BROKEN = 3
"""Pages without a decision, one after the other, that are taken for a redesign of the site."""
_FAILED = 10
"""Pages that could not be had, one after the other, that end a harvest."""
_CONTROL = 5
"""Pages not found, one after the other, after which one is asked for that must be there."""
_CONTROLS = 3
"""Pages asked for then, until one is found: one may have been withdrawn."""
_NONE_THERE = 20
"""Pages not found, one after the other, that end a harvest that has none to ask for instead."""
_LIVELY = timedelta(days=100)
"""In so many days up to today some decisions have always been published."""
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Recheck:
    """Which pages are asked for again."""

    days: float
    """Those last checked longer ago."""
    most: int
    """So many at once."""


@dataclass(slots=True)
class Run:
    """One run of a harvest; ``tally`` counts what it does."""

    archive: Archive
    visitor: Visitor
    asked: Asked
    clock: Clock
    limit: int | None
    advance: Callable[[str], None]
    tally: Tally
    _number: int = 0
    _asked_for: int = 0
    _broken: int = 0
    """Pages without a decision in a row."""
    _failed: int = 0
    """Pages in a row that could not be had."""
    _missed: int = _CONTROL
    """Pages not found since one was; none was found yet."""
    _odd: int = 0
    """Pages in a row that failed as they had before."""
    _controls: set[str] = field(default_factory=set)
    """Places asked for before their turn."""

    def go(self, span: Window, recheck: Recheck | None) -> None:
        """List the days of a span, have what the folder lacks of them, and check again.

        Raises as :func:`graph.harvest.harvest.harvest` does.
        """
        try:
            whole = self._list_and_have(span)
            if whole and recheck is not None:
                self._check_again(recheck)
            self.tally.finished = whole
        except _LimitReached:
            return

    def _list_and_have(self, span: Window) -> bool:
        """Whether all that was asked for was gone through."""
        manifest = self.archive.manifest
        self._number, goes_on = manifest.begin(
            self.asked.key,
            everything=self.asked.everything,
            last=str(span.last),
            now=self.clock.stamp(),
        )
        if goes_on:
            manifest.try_again(self._number)
        self._download(manifest.wanted(self._number))
        if self.asked.places:
            self._add(self.asked.places, "", span)
            self._download(manifest.wanted(self._number))
        else:
            self._list(span)
        self._download(manifest.failed_before(self._number))
        if self.tally.unsteady:
            return False
        manifest.end(self._number, self.clock.stamp())
        return True

    def _check_again(self, recheck: Recheck) -> None:
        before = stamp(self.clock.now() - recheck.days * _DAY)
        missed = stamp(self.clock.now() - _DAY)
        stale = self.archive.manifest.stale(self._number, before, missed)
        self.tally.due = max(0, len(stale) - recheck.most)
        self._download(stale[: recheck.most])

    def _list(self, span: Window) -> None:
        enumeration = Enumeration(self.visitor, self.asked, self.advance)
        try:
            for window in span.years():
                self._harvest(enumeration, window)
        finally:
            self.tally.result_pages = enumeration.pages
        lively = span.last - span.first >= _LIVELY and span.last == self.clock.today()
        counted = self.tally.listed or self.archive.manifest.counted(self._number)
        if self.asked.everything and lively and not counted:
            reason = f"the site lists no decision from {span}, though it publishes some each week"
            advice = "look whether its search finds any in a browser; if so, its pages have changed"
            raise Redesigned(enumeration.address(span, 1), reason, advice)

    def _harvest(self, enumeration: Enumeration, window: Window) -> None:
        """List a window, or its parts, and download what is new in it."""
        manifest = self.archive.manifest
        days = str(window.first), str(window.last)
        if manifest.is_listed(self._number, *days):
            return
        address = enumeration.address(window, 1)
        known = manifest.places_of(address, stamp(self.clock.now() - _RELIED_ON))
        found = enumeration.found(window, known)
        if found.too_many:
            for part in window.parts():
                self._harvest(enumeration, part)
            manifest.add_listed(self._number, *days, found.count, 0)
            return
        places = [place for place in found.places if self.asked.admits(place)]
        lost = (place for place in places if not self.archive.path(place).exists())
        manifest.lose(self._number, lost)
        if found.known:
            self.tally.listed += len(places)
        else:
            self._add(places, address, window)
        if found.steady:
            manifest.add_listed(self._number, *days, found.count, len(found.places))
        else:
            self.tally.unsteady.append(window)
        self._download(manifest.wanted(self._number))

    def _add(self, places: Sequence[str], listing: str, window: Window) -> None:
        """Note decisions that are to be had."""
        self.tally.listed += len(places)
        self.archive.manifest.add_pages(
            self._number,
            ((place, self.visitor.site.decision(place)) for place in places),
            Listed(listing, str(window.first), str(window.last)),
            self.clock.stamp(),
        )

    def _download(self, pages: Iterable[Page]) -> None:
        for page in pages:
            if page.state == "listed" and self.archive.take_over(page):
                self.tally.taken_over += 1
                continue
            url = self.visitor.site.decision(page.place)
            if page.place in self._controls or (page.odd and self._odd >= _BROKEN):
                continue
            if not self.visitor.allows(url):
                self.tally.disallowed.append(url)
                self.archive.manifest.failed(self._number, page, 0)
                continue
            if self._asked_for == self.limit:
                raise _LimitReached
            self._asked_for += 1
            answer = self._answer(page, url)
            if answer.status in _GONE:
                self._miss(page, answer.status)
            else:
                self._take(page, answer, url)

    def _answer(self, page: Page, url: str) -> Answer:
        """What the site has of a page; its status is 304 only for one that the folder holds."""
        held = page.state == "held" and self.archive.holds(page)
        answer = self.visitor.get(
            url,
            etag=page.etag if held else None,
            last_modified=page.last_modified if held else None,
            once=page.odd,
        )
        self.advance(page.place)
        if answer.status == 304 and not held:
            return Answer(url, failure="it says that nothing has changed, unasked")
        return answer

    def _take(self, page: Page, answer: Answer, url: str) -> None:
        """Keep what came for a page, or note why nothing did."""
        now = self.clock.stamp()
        if answer.status == 304:
            self._found()
            self.tally.unchanged += 1
            self.archive.manifest.asked_for(self._number, page, 304, now)
        elif answer.status != 200:
            self._fail(page, (url, answer.words, "it is asked for again next time"), answer.status)
            if answer.pushed_back or answer.unreachable:  # only an odd page comes here so
                self._odd = _BROKEN
        else:
            self._keep(page, answer, url, now)

    def _found(self) -> None:
        self._missed = self._broken = self._failed = self._odd = 0

    def _fail(self, page: Page, why: tuple[str, str, str], status: int = 0) -> None:
        self.tally.failed.append(why)
        self.archive.manifest.failed(self._number, page, status)
        self._odd += page.odd
        self._failed += not page.odd
        if self._failed == _FAILED:
            url, reason, _ = why
            advice = "look at the page in a browser; the same command goes on from here"
            raise Stopped(url, f"{reason}; nor could the {_FAILED - 1} before it be had", advice)

    def _miss(self, page: Page, status: int) -> None:
        now = self.clock.stamp()
        again = page.state == "held" and page.misses > 0
        if page.state == "held" or not self.asked.places:
            self._see_that_pages_are_there(page, again=again)
        self._missed += 1
        if again:
            self.archive.bury(self._number, page, status, now)
            self.tally.gone.append(page.place)
        else:
            self.tally.missing.append(page.place)
            self.archive.manifest.asked_for(self._number, page, status, now, page.misses + 1)

    def _see_that_pages_are_there(self, page: Page, *, again: bool) -> None:
        """Before many pages count as not found, or one as gone, see one that must be there.

        Raises :class:`~graph.harvest.refusal.Stopped` where none of those is found either.
        """
        if self._missed < _CONTROL or not (again or self._missed % _CONTROL == 0):
            return
        controls = self.archive.manifest.latest(_CONTROLS, but=page.place)
        if not controls and self._missed < _NONE_THERE:
            return
        for control in controls:
            url = self.visitor.site.decision(control.place)
            answer = self._answer(control, url)
            if answer.status not in _GONE:
                self._controls.add(control.place)
                self._take(control, answer, url)
            if not self._missed:  # it was found
                return
        reason = "pages are not found one after the other, nor are those that were there lately"
        advice = "the site may be under repair; nothing was taken for gone; try again another day"
        raise Stopped(self.visitor.site.decision(page.place), reason, advice)

    def _keep(self, page: Page, answer: Answer, url: str, now: str) -> None:
        try:
            check_decision(answer.body, url, page.place)
        except Redesigned as error:
            self._fail(page, (url, error.reason, error.advice))
            self._broken += not page.odd
            if self._broken == _BROKEN:
                reason = f"{error.reason}, as do the {_BROKEN - 1} before it; none was kept"
                raise Redesigned(url, reason, error.advice) from error
            return
        self._found()
        other = self.archive.keep(page.place, answer, now)
        if page.state != "held":
            self.tally.new.append(page.place)
        elif other:
            self.tally.changed.append(page.place)
        else:
            self.tally.unchanged += 1


class _LimitReached(Exception):
    """As many decisions were asked for as may be."""
