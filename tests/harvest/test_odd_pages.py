"""Pages that are not what they should be, and a folder that somebody worked in."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import date

import pytest

from graph.harvest.asked import Asked
from graph.harvest.harvest import harvest
from graph.harvest.refusal import HarvestError, Redesigned, Stopped
from graph.harvest.site import Site
from tests.harvest.conftest import Hands, Harvester
from tests.harvest.replica import Published, Replica, Response, made, page

ODD = b"<html><body><h1>Page not found</h1><p>Sorry.</p></body></html>"


def _weekly(harvester: Harvester, replica: Replica, clock: Hands, week: int) -> list[str]:
    """The places of five more decisions, which a harvest a week later brings."""
    clock.days(7)
    late = made(5, date(2024, 5, 1), 10, start=10_000 * week)
    replica.publish(late)
    return [one.place for one in late]


@pytest.mark.parametrize("odd", [Response(200, ODD), Response(403), Response(500)])
def test_some_odd_pages_end_no_later_harvest(
    harvester: Harvester, replica: Replica, clock: Hands, odd: Response
) -> None:
    replica.publish(made(60))
    places = sorted(replica.decisions)[::10]
    replica.always = lambda path: odd if path.removeprefix("/decisions/") in places else None
    assert len(harvester.fetch().failed) == 6
    asked: set[str] = set()
    for week in (1, 2, 3):
        expected = _weekly(harvester, replica, clock, week)
        replica.log.clear()
        tally = harvester.fetch(None)
        assert sorted(tally.new) == sorted(expected)
        assert len(tally.failed) == 3  # those asked for longest ago, once each
        asked |= {url for url, _, _ in tally.failed}
        assert max(clock.slept[-len(replica.log) :]) == 5
    assert len(asked) == 6
    replica.always = lambda _: None
    harvester.fetch(None)
    assert harvester.holds_all()


def test_odd_pages_stand_in_no_other_recheck(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(40))
    harvester.fetch()
    places = sorted(replica.decisions)
    replica.always = lambda path: (
        Response(200, ODD) if path.removeprefix("/decisions/") in places[:20:10] else None
    )
    clock.days(40)
    assert len(harvester.fetch(recheck=30).failed) == 2
    clock.days(40)
    tally = harvester.fetch(recheck=30, recheck_most=38)
    assert (tally.unchanged, tally.failed, tally.due) == (38, [], 2)
    assert harvester.holds_all()


@pytest.mark.parametrize("status", [200, 404, 410])
def test_a_site_under_repair_takes_nothing(
    harvester: Harvester, replica: Replica, clock: Hands, status: int
) -> None:
    """Whatever its pages answer meanwhile, and however long: only its searches work."""
    replica.publish(made(60))
    harvester.fetch()
    replica.always = lambda path: Response(status, ODD) if "/decisions/" in path else None
    for _ in range(3):
        clock.days(40)
        replica.log.clear()
        with pytest.raises((Stopped, Redesigned)):
            harvester.fetch(recheck=30)
        assert len(replica.asked("/decisions/")) <= 6
        assert harvester.holds_all()
    replica.always = lambda _: None
    tally = harvester.fetch(recheck=30)
    assert (tally.gone, tally.missing, tally.unchanged) == ([], [], 60)


def test_a_site_without_its_pages_ends_the_first_harvest(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(60))
    replica.always = lambda path: Response(404) if "/decisions/" in path else None
    with pytest.raises(Stopped, match="not found one after the other"):
        harvester.fetch()
    assert len(replica.asked("/decisions/")) <= 20
    replica.always = lambda _: None
    harvester.fetch()
    assert harvester.holds_all()


@pytest.mark.parametrize(
    "wall",
    [
        Response(302, b"", {"Location": "https://login.example/?back=1"}),
        Response(302, b"", {"Location": "/Decisions/SearchResults?fd=0&td=0&dc=u"}),
        Response(418),
        Response(304),
    ],
)
def test_a_wall_before_the_pages_ends_it(
    harvester: Harvester, replica: Replica, wall: Response
) -> None:
    replica.publish(made(60))
    replica.always = lambda path: (
        wall
        if path.startswith("/decisions/")
        else Response(200, b"<html><body>Please log in</body></html>")
        if "fd=0" in path
        else None
    )
    with pytest.raises((Stopped, Redesigned), match=r"before it"):
        harvester.fetch()
    assert len(replica.asked("/decisions/")) <= 10
    replica.always = lambda _: None
    assert harvester.fetch().well
    assert harvester.holds_all()


def test_many_that_are_gone_are_let_go(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    """As when the site drops the decisions of a year: all in a row, and none by mistake."""
    replica.publish(made(60))
    harvester.fetch()
    dropped = sorted(replica.decisions)[:30]
    for place in dropped:
        del replica.decisions[place]
    for expected in ([], dropped):
        clock.days(40)
        replica.log.clear()
        assert harvester.fetch(recheck=30).gone == expected
        found = [seen for seen in replica.asked("/decisions/") if seen.status != 404]
        assert len(found) <= 30 + 30 / 5
    assert harvester.holds_all()


def test_the_latest_that_is_gone_keeps_no_other(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(40))
    harvester.fetch()
    latest = made(2, date(2024, 5, 1), 1, start=900)
    replica.publish(latest)
    clock.days(7)
    harvester.fetch(None)
    dropped = [*sorted(replica.decisions)[:8], *(one.place for one in latest)]
    for place in dropped:
        replica.decisions.pop(place, None)
    for _ in range(2):
        clock.days(40)
        tally = harvester.fetch(recheck=30)
    assert sorted(tally.gone) == sorted(set(dropped))
    assert harvester.holds_all()


def test_a_list_of_addresses_may_hold_many_that_are_gone(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(40))
    addresses = tuple(replica.decisions)
    for place in sorted(addresses)[:30]:
        del replica.decisions[place]
    site = Site.of(replica.base)
    asked = Asked(places=addresses)
    tally = harvest(harvester.folder, asked, site=site, contact="a@b.org", clock=harvester.clock)
    assert (len(tally.missing), len(tally.new), tally.finished) == (30, 10, True)


def test_not_modified_without_having_asked_is_no_page(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(8))
    harvester.fetch()
    shutil.rmtree(harvester.folder / "education")
    replica.always = lambda path: Response(304) if "/decisions/education" in path else None
    clock.days(40)
    tally = harvester.fetch(recheck=30, until=date(2023, 12, 31), since=date(2023, 12, 1))
    assert {reason for _, reason, _ in tally.failed} == {
        "it says that nothing has changed, unasked"
    }
    assert tally.unchanged < 8
    replica.always = lambda _: None
    harvester.fetch()
    assert harvester.holds_all()


def test_the_page_of_another_decision_is_not_kept(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(12))
    one, two, suffixed, *_ = replica.decisions.values()
    mine = one.body
    one.body = two.body
    suffixed.body = suffixed.body.replace(b"(23 000 002)", b"(23 000 002b)")
    tally = harvester.fetch()
    assert [(url.partition("/decisions/")[2], reason) for url, reason, _ in tally.failed] == [
        (one.place, "the page holds the decision 23 000 001, not that of its address")
    ]
    one.body = mine
    harvester.fetch()
    assert harvester.holds_all()


@pytest.mark.parametrize("first", ["", "Report ", "A Council (12 009 272) and B (23-000-000b)"])
def test_pages_that_begin_otherwise_are_kept(
    harvester: Harvester, replica: Replica, first: str
) -> None:
    (one,) = made(1)
    text = "Summary: An earlier complaint (12 009 272) was about the same. There was fault."
    body = page(one.place, one.day, "X", "u", text).decode()
    head = f"<p>{first}</p>" if "and" not in first else "<p>A (23 000 000), B (12 009 272)</p>"
    replica.publish(
        [
            Published(
                *(one.place, one.day, one.council, one.outcome),
                body.replace("<p>X (23 000 000)</p>", head).encode(),
            )
        ]
    )
    assert harvester.fetch().well
    assert harvester.holds_all()


def test_what_somebody_took_out_or_edited_comes_back(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(20))
    harvester.fetch()
    gone, edited, *_ = sorted(replica.decisions)
    (harvester.folder / f"{gone}.html").unlink()
    (harvester.folder / f"{edited}.html").write_bytes(b"my notes")
    replica.log.clear()
    assert harvester.fetch().new == [gone]
    assert replica.served == {gone: 1}
    clock.days(40)
    replica.log.clear()
    assert harvester.fetch(recheck=30).changed == []
    assert replica.served == {edited: 1}
    assert harvester.holds_all()


def test_a_manifest_that_is_lost_costs_no_request(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(30))
    harvester.fetch()
    broken, *_ = sorted(replica.decisions)
    (harvester.folder / f"{broken}.html").write_bytes(ODD)
    (harvester.folder / ".faultlines" / "manifest.sqlite").unlink()
    replica.log.clear()
    tally = harvester.fetch()
    assert (tally.taken_over, tally.new) == (29, [broken])
    assert replica.served == {broken: 1}
    assert harvester.holds_all()
    assert harvester.fetch(None).well


@pytest.mark.parametrize("where", [0, 5_000, 9_000])
def test_a_damaged_manifest_is_named(harvester: Harvester, replica: Replica, where: int) -> None:
    replica.publish(made(60))
    harvester.fetch()
    path = harvester.folder / ".faultlines" / "manifest.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:where] + os.urandom(30_000) + data[where + 30_000 :])
    replica.log.clear()
    with pytest.raises(HarvestError, match=r"manifest|noted"):
        harvester.fetch(recheck=0)
    path.unlink()
    assert harvester.fetch().taken_over == 60
    assert not replica.served


def test_a_manifest_of_a_later_version_is_left_alone(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(3))
    harvester.fetch()
    path = harvester.folder / ".faultlines" / "manifest.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(HarvestError, match="a later version of Faultlines made it"):
        harvester.fetch()
