"""Courtesy: what the visitor asks for, how often, and when it gives up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from graph.harvest.asked import Asked
from graph.harvest.harvest import permission
from graph.harvest.refusal import Redesigned, Stopped, Unusable
from graph.harvest.site import Site
from graph.harvest.visitor import WAITS, Visitor
from graph.version import VERSION
from tests.harvest.conftest import Hands, Harvester
from tests.harvest.replica import Replica, Response, made, running

ME = "a@example.org"


@contextmanager
def _visitor(replica: Replica, clock: Hands, timeout: float = 5) -> Iterator[Visitor]:
    site = Site.of(replica.base)
    with Visitor(site, ME, pause=5, clock=clock, timeout=timeout) as visitor:
        yield visitor


def test_it_says_who_it_is(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(3))
    harvester.fetch(contact="https://example.org/faultlines")
    agent = f"Faultlines/{VERSION} (+https://example.org/faultlines)"
    assert {seen.agent for seen in replica.log} == {agent}
    assert replica.log[0].path == "/robots.txt"


@pytest.mark.parametrize("contact", ["", "me", "a@b\nX: y", "ä@example.org", "@", "x@" * 200])
def test_a_contact_that_is_none_is_refused(
    harvester: Harvester, replica: Replica, contact: str
) -> None:
    with pytest.raises(Unusable, match="--contact"):
        harvester.fetch(contact=contact)
    assert not replica.log
    assert not harvester.folder.exists()


def test_a_pause_stands_between_requests(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(25))
    tally = harvester.fetch(pause=3)
    assert clock.slept == [3.0] * (tally.requests - 1)
    assert tally.requests == len(replica.log)


@pytest.mark.parametrize("words", ["Crawl-delay: 20", "Request-rate: 3/1m"])
def test_the_pause_is_as_long_as_the_site_asks(
    harvester: Harvester, replica: Replica, clock: Hands, words: str
) -> None:
    replica.robots = Response(200, f"User-agent: *\n{words}\n".encode())
    replica.publish(made(5))
    harvester.fetch()
    assert set(clock.slept) == {20.0}


def test_no_short_pause_on_others_computers() -> None:
    with pytest.raises(Unusable, match="--pause"):
        Visitor(Site.of(), ME, pause=0.1)


def test_what_robots_disallow_is_not_visited(harvester: Harvester, replica: Replica) -> None:
    replica.robots = Response(200, b"User-agent: *\nDisallow: /decisions/housing/\n")
    replica.publish(made(25))
    tally = harvester.fetch()
    assert len(tally.disallowed) == 5
    assert not tally.well
    assert not replica.asked("/decisions/housing/")
    assert len(harvester.files()) == 20


@pytest.mark.parametrize("agent", ["*", "faultlines", "Faultlines"])
def test_searches_that_are_disallowed_end_it(
    harvester: Harvester, replica: Replica, agent: str
) -> None:
    replica.robots = Response(200, f"User-agent: {agent}\nDisallow: /Decisions/Search".encode())
    with pytest.raises(Stopped, match=r"robots.txt disallows the pages of results"):
        harvester.fetch()
    assert [seen.path for seen in replica.log] == ["/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 500, 503])
def test_robots_that_cannot_be_read_forbid_all(
    harvester: Harvester, replica: Replica, status: int
) -> None:
    replica.robots = Response(status)
    with pytest.raises(Stopped, match=r"robots.txt cannot be read"):
        harvester.fetch()
    assert {seen.path for seen in replica.log} == {"/robots.txt"}


def test_robots_are_read_again_after_a_day(replica: Replica, clock: Hands) -> None:
    with _visitor(replica, clock) as visitor:
        url = f"{replica.base}/decisions/x"
        assert visitor.allows(url)
        replica.robots = Response(200, b"User-agent: *\nDisallow: /")
        assert visitor.allows(url)
        clock.days(1.1)
        assert not visitor.allows(url)


def test_only_robots_are_read_for_permission(replica: Replica, clock: Hands) -> None:
    site = Site.of(replica.base)
    assert permission(Asked(), site=site, clock=clock) == (True, 5)
    replica.robots = Response(200, b"User-agent: *\nCrawl-delay: 9\nDisallow: /decisions/education")
    assert permission(Asked(), site=site, clock=clock) == (False, 9)
    assert permission(Asked(category="housing"), site=site, clock=clock) == (True, 9)
    assert {seen.path for seen in replica.log} == {"/robots.txt"}


@pytest.mark.parametrize("status", [429, 503])
def test_too_much_is_waited_for(
    harvester: Harvester, replica: Replica, clock: Hands, status: int
) -> None:
    replica.publish(made(12))
    place = list(replica.decisions)[5]
    storm = [Response(status), Response(status, b"", {"Retry-After": "77"})]
    replica.answers[f"/decisions/{place}"] = storm
    tally = harvester.fetch()
    assert tally.well
    assert harvester.holds_all()
    assert 10 in clock.slept
    assert 77 in clock.slept
    assert clock.slept[-1] == 20  # the pause has doubled twice
    assert len(harvester.said) == 2
    assert "trying again after 77 s" in harvester.said[1]


def test_a_date_to_come_back_at_is_kept_to(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(2))
    place = min(replica.decisions)

    def busy(path: str) -> None:
        if path.endswith(place) and not replica.asked(place):
            when = format_datetime(datetime.fromtimestamp(clock.time + 600, UTC), usegmt=True)
            replica.answers[path] = [Response(503, b"", {"Retry-After": when})]

    replica.before = busy
    harvester.fetch()
    assert any(599 <= slept <= 600 for slept in clock.slept)


def test_a_storm_ends_it_and_the_next_one_goes_on(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(40))
    place = sorted(replica.decisions)[17]
    replica.always = lambda path: Response(429) if path.endswith(place) else None
    with pytest.raises(Stopped, match="asked too much"):
        harvester.fetch()
    assert [slept for slept in clock.slept if slept in WAITS] == list(WAITS)
    assert len(replica.asked(place)) == 5
    held = len(harvester.files())
    assert 0 < held < 40
    replica.always = lambda _: None
    tally = harvester.fetch()
    assert len(tally.new) == 40 - held
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}


def test_a_long_wait_is_left_to_the_user(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(4))
    later = Response(503, b"", {"Retry-After": "7200"})
    replica.always = lambda path: later if "/decisions/" in path else None
    with pytest.raises(Stopped, match="come back after 2 hours"):
        harvester.fetch()
    assert len(replica.asked("/decisions/")) == 1


def test_refusals_in_a_row_end_it(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(20))
    replica.always = lambda path: Response(403) if "/decisions/" in path else None
    with pytest.raises(Stopped, match="ask the owner of the site"):
        harvester.fetch()
    assert len(replica.asked("/decisions/")) == 3
    replica.always = lambda _: None
    assert harvester.fetch().well
    assert harvester.holds_all()  # those that were refused too


def test_a_refusal_now_and_then_does_not(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(40))
    odd = set(sorted(replica.decisions)[::4])
    replica.always = lambda path: Response(403) if path.removeprefix("/decisions/") in odd else None
    tally = harvester.fetch()
    assert {url.partition("/decisions/")[2] for url, _, _ in tally.failed} == odd


def test_broken_answers_are_asked_for_again(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(12))
    one, two, three, four, *_ = replica.decisions.values()
    body = one.body
    replica.answers = {
        f"/decisions/{one.place}": [Response(200, body, cut=200), Response(200, body, cut=0)],
        f"/decisions/{two.place}": [Response(200, b"\x1f\x8bnope", {"Content-Encoding": "gzip"})],
        f"/decisions/{three.place}": [Response(500), Response(502)],
        f"/decisions/{four.place}": [Response(200, four.body, cut=len(four.body) - 1)],
    }
    tally = harvester.fetch()
    assert tally.well
    assert harvester.holds_all()


def test_a_slow_answer_is_not_waited_for(replica: Replica, clock: Hands) -> None:
    (one,) = made(1)
    replica.publish([one])
    path = f"/decisions/{one.place}"
    replica.answers[path] = [Response(200, one.body, wait=0.4)]
    with _visitor(replica, clock, timeout=0.15) as visitor:
        answer = visitor.get(f"{replica.base}{path}")
    assert answer.body == one.body
    assert clock.slept[0] == WAITS[0]


def test_a_page_that_ends_early_is_not_kept(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(3))
    one = next(iter(replica.decisions.values()))
    whole, one.body = one.body, one.body[: one.body.index(b"</ol>")]
    tally = harvester.fetch()
    assert "cut off" in tally.failed[0][1]
    assert len(harvester.files()) == 2
    one.body = whole
    harvester.fetch()
    assert harvester.holds_all()


def test_redesigned_decisions_end_it_and_are_not_kept(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(20))
    places = sorted(replica.decisions)
    for place in places[5:]:
        one = replica.decisions[place]
        one.body = one.body.replace(b'article id="article"', b'article id="main"')
    with pytest.raises(Redesigned, match=r"lacks the decision \(article#article\)"):
        harvester.fetch()
    assert sorted(harvester.files()) == places[:5]
    for one in replica.decisions.values():
        one.body = one.body.replace(b'article id="main"', b'article id="article"')
    assert harvester.fetch().well
    assert harvester.holds_all()


def test_redesigned_pages_leave_the_old_ones(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(10))
    harvester.fetch()
    before = harvester.files()
    for one in replica.decisions.values():
        one.body = b"<html><body><article id='article'></article></body></html>"
    clock.days(40)
    with pytest.raises(Redesigned, match="without a decision in it"):
        harvester.fetch(recheck=30)
    assert harvester.files() == before
    assert harvester.hidden() == []


def test_other_hosts_are_not_visited(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(8))
    away, home, loop, *_ = replica.decisions.values()
    moved = "/decisions/planning/other/29-000-001"
    replica.answers = {
        f"/decisions/{away.place}": [
            Response(302, b"", {"Location": "http://127.0.0.1:1/decisions/x"})
        ],
        f"/decisions/{home.place}": [Response(301, b"", {"Location": moved})],
    }
    replica.always = lambda path: (
        Response(200, home.body)
        if path == moved
        else Response(302, b"", {"Location": path})
        if path.endswith(loop.place)
        else None
    )
    tally = harvester.fetch()
    reasons = {url.partition("/decisions/")[2]: reason for url, reason, _ in tally.failed}
    assert reasons == {
        away.place: "it leads to 'http://127.0.0.1:1/decisions/x', which is not visited",
        loop.place: "it leads from address to address",
    }
    assert home.place in harvester.files()


def test_answers_have_a_largest_size(
    harvester: Harvester, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.harvest.visitor.MAX_DOCUMENT", 100_000)
    replica.publish(made(3))
    one = next(iter(replica.decisions.values()))
    one.body = one.body.replace(b"</ol>", b"<li>x</li>" * 20_000 + b"</ol>")
    tally = harvester.fetch()
    assert len(tally.failed) == 1
    assert "the answer has over" in tally.failed[0][1]
    assert len(harvester.files()) == 2


def test_a_site_that_is_not_there_is_not_waited_for(clock: Hands) -> None:
    with Visitor(Site.of("http://127.0.0.1:9"), ME, clock=clock) as visitor:
        with pytest.raises(Stopped, match="no connection can be made"):
            visitor.get("http://127.0.0.1:9/decisions/x")
        assert clock.slept == []


def test_a_site_that_goes_away_is_waited_for(clock: Hands) -> None:
    replica = Replica()
    replica.robots = Response(404, b"", {"Connection": "close"})
    replica.always = lambda _: replica.robots
    with running(replica), _visitor(replica, clock) as visitor:
        url = f"{replica.base}/decisions/x"
        assert visitor.get(url).status == 404
        replica.close()
        with pytest.raises(Stopped, match="no connection can be made"):
            visitor.get(url)
        assert [slept for slept in clock.slept if slept in WAITS] == list(WAITS)
