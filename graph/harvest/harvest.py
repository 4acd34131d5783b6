"""A harvest, and what can be said before one: what it would take, and whether it may be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from graph.harvest.archive import Archive, exists
from graph.harvest.asked import Asked
from graph.harvest.clock import Clock
from graph.harvest.enumeration import Enumeration
from graph.harvest.identity import user_agent
from graph.harvest.refusal import HarvestError, Unusable
from graph.harvest.run import Recheck, Run
from graph.harvest.site import Site
from graph.harvest.tally import Plan, Tally
from graph.harvest.visitor import PAUSE, Visitor
from graph.harvest.window import Window

LATE = timedelta(days=120)
"""How long after its date a decision may be published: six weeks, once three months."""
RECHECKED = 1000
"""Pages that are asked for again in one harvest, unless told: at 5 seconds, 83 minutes."""


def harvest(
    folder: str | Path,
    asked: Asked,
    *,
    site: Site | None = None,
    contact: str | None = None,
    pause: float = PAUSE,
    recheck: float | None = None,
    recheck_most: int = RECHECKED,
    limit: int | None = None,
    clock: Clock | None = None,
    tally: Tally | None = None,
    advance: Callable[[str], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> Tally:
    """Bring the decisions that are asked for into a folder.

    ``contact`` is an address by which whoever runs it can be reached, remembered for the next
    time; ``pause`` is in seconds; pages last checked more than ``recheck`` days ago are asked for
    again, ``recheck_most`` of them, those whose check is longest ago; at most ``limit`` decisions
    are asked for. ``tally`` is counted in, and returned;
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
    with _noted(folder), Archive(folder, site) as archive:
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
            again = None if recheck is None else Recheck(recheck, recheck_most)
            run = Run(archive, visitor, asked, clock, limit, advance, tally or Tally())
            try:
                run.go(asked_span, again)
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
        with _noted(folder), Archive(folder, site) as archive:
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


@contextmanager
def _noted(folder: Path) -> Iterator[None]:
    """Say in words that the manifest could not be written, or read any further."""
    try:
        yield
    except sqlite3.Error as error:
        reason = f"what was received cannot be noted ({error})"
        advice = "see that there is room on the disk; the same command goes on"
        raise HarvestError(str(folder), reason, advice) from error


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
        since = _half_begin(min(date.fromisoformat(last) - LATE, until))
    if since > until:
        raise Unusable("--since", f"{since} is after {until}", "give an earlier day")
    return Window(since, until)


def _half_begin(day: date) -> date:
    """The first of its half of the month: windows are then those of the harvest before."""
    return day.replace(day=1 if day.day <= 15 else 16)
