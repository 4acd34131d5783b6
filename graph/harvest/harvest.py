"""The steps of a harvest: list a window, download what it has and the folder lacks, go on.

Each step is on disk before the next, so that a harvest that ends anywhere, even by force, is
taken up by the same command: no window that was listed is listed again, and no page that was
received is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from graph.harvest.answer import Answer
from graph.harvest.archive import Archive, exists
from graph.harvest.asked import Asked
from graph.harvest.clock import Clock, stamp
from graph.harvest.enumeration import Enumeration
from graph.harvest.listing import check_decision
from graph.harvest.manifest import Listed, Page
from graph.harvest.refusal import Redesigned, Unusable
from graph.harvest.site import Site
from graph.harvest.tally import Plan, Tally
from graph.harvest.visitor import PAUSE, Visitor, user_agent
from graph.harvest.window import Window

LATE = timedelta(days=120)
"""How long after its date a decision may be published: six weeks, once three months."""
_DAY = 86_400.0
"""Seconds that lie at least between the two checks after which a decision counts as gone."""
_BROKEN = 3
"""Pages without a decision, one after the other, that are taken for a redesign of the site."""
_GONE = (404, 410)


def harvest(
    folder: str | Path,
    asked: Asked,
    *,
    site: Site | None = None,
    contact: str | None = None,
    pause: float = PAUSE,
    recheck: float | None = None,
    limit: int | None = None,
    clock: Clock | None = None,
    tally: Tally | None = None,
    advance: Callable[[str], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> Tally:
    """Bring the decisions that are asked for into a folder.

    ``contact`` is an address by which whoever runs it can be reached, remembered for the next
    time; ``pause`` is in seconds; pages last checked more than ``recheck`` days ago are asked for
    again; at most ``limit`` decisions are asked for. ``tally`` is counted in, and returned;
    ``advance`` is called with the name of each page, ``say`` with what a user should know
    meanwhile.

    Raises :class:`~graph.harvest.refusal.Unusable` before anything is visited,
    :class:`~graph.harvest.refusal.Redesigned` when pages are not what they were,
    :class:`~graph.harvest.refusal.Stopped` when the site refuses; what was received till then
    is kept.
    """
    site, clock, folder = site or Site.of(), clock or Clock(), Path(folder)
    if contact is not None:
        user_agent(contact)  # wrong ones leave no folder behind
    _need(contact, asked, folder)
    with Archive(folder, site) as archive:
        remembered = archive.manifest.setting("contact")
        contact = contact or remembered
        if contact is None:
            raise _no_contact()
        if contact != remembered:
            archive.manifest.set("contact", contact)
        asked_span = _span(asked, archive.manifest.last_day(), clock)
        with Visitor(
            site, contact, pause=pause, clock=clock, say=say, asked=archive.asked
        ) as visitor:
            run = _Run(archive, visitor, asked, clock, limit, advance, tally or Tally())
            try:
                run.go(asked_span, recheck)
            finally:
                run.tally.requests = visitor.requests
            return run.tally


def plan(
    folder: str | Path,
    asked: Asked,
    *,
    site: Site | None = None,
    contact: str | None = None,
    pause: float = PAUSE,
    clock: Clock | None = None,
    advance: Callable[[str], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> Plan:
    """What a harvest would take: the first result page of each year is read, no decision.

    Nothing is written, except that the folder is locked meanwhile where there is one. Raises
    as :func:`harvest` does.
    """
    site, clock, folder = site or Site.of(), clock or Clock(), Path(folder)
    held, noted = 0, None
    if exists(folder):
        with Archive(folder, site) as archive:
            contact, noted = contact or archive.manifest.setting("contact"), archive.asked
            span = _span(asked, archive.manifest.last_day(), clock)
            if asked.council is None and asked.outcome is None:  # whose pages those are, it knows
                held = archive.manifest.held(str(span.first), str(span.last), asked.category)
    else:
        span = _span(asked, None, clock)
    if contact is None:
        raise _no_contact()
    with Visitor(site, contact, pause=pause, clock=clock, say=say, asked=noted) as visitor:
        enumeration = Enumeration(visitor, asked, advance)
        results = pages = 0
        for window in span.years():
            count = enumeration.first(window).count
            results += count
            pages += window.pages(count)
        return Plan(results, held, pages, visitor.pause)


def permission(
    asked: Asked,
    *,
    site: Site | None = None,
    pause: float = PAUSE,
    clock: Clock | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[bool, float]:
    """Whether robots.txt, which alone is read, allows a harvest, and the pause it would take."""
    site, clock = site or Site.of(), clock or Clock()
    today = clock.today()
    with Visitor(site, None, pause=pause, clock=clock, say=say) as visitor:
        search = visitor.allows(site.search(asked, Window(today, today), 1))
        category = asked.category or "education"
        place = category if "/" in category else f"{category}/other"
        return search and visitor.allows(site.decision(f"{place}/20-000-001")), visitor.pause


def _need(contact: str | None, asked: Asked, folder: Path) -> None:
    """Refuse what cannot be harvested before a folder is made for it."""
    if exists(folder):
        return
    if contact is None:
        raise _no_contact()
    if asked.since is None and not asked.places:
        raise _no_since()


def _no_contact() -> Unusable:
    reason = "the site's owner has to know whom to ask"
    return Unusable(
        "--contact", reason, "give an e-mail address, or the address of a page of yours"
    )


def _no_since() -> Unusable:
    reason = "this folder has no finished harvest of everything to go on from"
    advice = "run fetch with --since and the first day; there are decisions from 2013 on"
    return Unusable("--since", reason, advice)


def _span(asked: Asked, last: str | None, clock: Clock) -> Window:
    """The days asked for: unless told, from what was harvested last, to today."""
    until = min(asked.until or clock.today(), clock.today())
    since = until if asked.places else asked.since
    if since is None:
        if last is None:
            raise _no_since()
        since = min(date.fromisoformat(last) - LATE, until)
    if since > until:
        raise Unusable("--since", f"{since} is after {until}", "give an earlier day")
    return Window(since, until)


@dataclass(slots=True)
class _Run:
    """One run of a harvest."""

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

    def go(self, span: Window, recheck: float | None) -> None:
        manifest = self.archive.manifest
        now = self.clock.stamp()
        everything, last = self.asked.everything, str(span.last)
        self._number, goes_on = manifest.begin(
            self.asked.key, everything=everything, last=last, now=now
        )
        if goes_on:
            manifest.try_again(self._number)
        before_recheck = stamp(self.clock.now() - (recheck or 0) * _DAY)
        enumeration = Enumeration(self.visitor, self.asked, self.advance)
        try:
            self._download(manifest.wanted(self._number))
            if self.asked.places:
                self._add(self.asked.places, "", span)
                self._download(manifest.wanted(self._number))
            else:
                for window in span.years():
                    self._harvest(enumeration, window)
            if recheck is not None:
                missed = stamp(self.clock.now() - _DAY)
                self._download(manifest.stale(self._number, before_recheck, missed))
        except _LimitReached:
            self.tally.finished = False
            return
        finally:
            self.tally.result_pages = enumeration.pages
        if self.tally.unsteady:
            self.tally.finished = False
            return
        manifest.end(self._number, self.clock.stamp())

    def _harvest(self, enumeration: Enumeration, window: Window) -> None:
        """List a window, or its parts, and download what is new in it."""
        manifest = self.archive.manifest
        days = str(window.first), str(window.last)
        if manifest.is_listed(self._number, *days):
            return
        found = enumeration.found(window)
        if found.too_many:
            for part in window.parts():
                self._harvest(enumeration, part)
            manifest.add_listed(self._number, *days, found.count, 0)
            return
        places = [place for place in found.places if self.asked.admits(place)]
        self._add(places, enumeration.address(window, 1), window)
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

    def _download(self, pages: list[Page]) -> None:
        for page in pages:
            url = self.visitor.site.decision(page.place)
            if not self.visitor.allows(url):
                self.tally.disallowed.append(url)
                self.archive.manifest.failed(self._number, page, 0)
                continue
            if self._asked_for == self.limit:
                raise _LimitReached
            self._asked_for += 1
            conditional = page.state == "held" and self.archive.path(page.place).exists()
            answer = self.visitor.get(
                url,
                etag=page.etag if conditional else None,
                last_modified=page.last_modified if conditional else None,
            )
            self.advance(page.place)
            self._take(page, answer, url)

    def _take(self, page: Page, answer: Answer, url: str) -> None:
        """Keep what came for a page, or note why nothing did."""
        manifest, now = self.archive.manifest, self.clock.stamp()
        if answer.status == 304 and page.state == "held":
            self.tally.unchanged += 1
            manifest.asked_for(self._number, page, 304, now)
        elif answer.status in _GONE:
            self._miss(page, answer.status, now)
        elif answer.status != 200:
            self.tally.failed.append((url, answer.words, "it is asked for again next time"))
            manifest.failed(self._number, page, answer.status)
        else:
            self._keep(page, answer, url, now)

    def _miss(self, page: Page, status: int, now: str) -> None:
        if page.state == "held" and page.misses:
            self.archive.bury(self._number, page, status, now)
            self.tally.gone.append(page.place)
        else:
            self.tally.missing.append(page.place)
            self.archive.manifest.asked_for(self._number, page, status, now, page.misses + 1)

    def _keep(self, page: Page, answer: Answer, url: str, now: str) -> None:
        try:
            check_decision(answer.body, url)
        except Redesigned as error:
            self.tally.failed.append((url, error.reason, error.advice))
            self._broken += 1
            if self._broken == _BROKEN:
                reason = f"{error.reason}, as do the {_BROKEN - 1} before it; none was kept"
                raise Redesigned(url, reason, error.advice) from error
            self.archive.manifest.failed(self._number, page, 200)
            return
        self._broken = 0
        other = self.archive.keep(page.place, answer, now)
        if page.state != "held":
            self.tally.new.append(page.place)
        elif other:
            self.tally.changed.append(page.place)
        else:
            self.tally.unchanged += 1


class _LimitReached(Exception):
    """As many decisions were asked for as may be."""
