"""Answers of a site, or of somebody between, that would exhaust, mislead or crash the visitor."""

from __future__ import annotations

import gzip
import os
import time
import tracemalloc
from collections.abc import Callable, Iterable
from itertools import chain, repeat

import pytest

from graph.harvest.answer import Answer
from graph.harvest.refusal import Stopped
from graph.harvest.rules import LARGEST
from graph.harvest.site import Site
from graph.harvest.visitor import LONGEST_WAIT, Visitor
from tests.harvest.conftest import Hands, Harvester
from tests.harvest.replica import Replica, Response, made

ME = "a@example.org"
HEAD = b"HTTP/1.1 200 OK\r\n"
MB = 1_000_000
Asks = Callable[[Response], Answer]


@pytest.fixture
def asks(replica: Replica, clock: Hands) -> Asks:
    """What a visitor, who asks once, makes of an answer."""

    def ask(response: Response) -> Answer:
        replica.always = lambda path: response if path == "/decisions/x" else None
        with Visitor(Site.of(replica.base), ME, clock=clock, timeout=5) as visitor:
            return visitor.get(f"{replica.base}/decisions/x", once=True)

    return ask


def _endless(head: bytes, piece: bytes = b"x" * 65_536) -> Iterable[bytes]:
    return chain([HEAD + head + b"\r\n"], repeat(piece))


def _gzipped(data: bytes, packing: str = "gzip") -> Response:
    return Response(200, data, {"Content-Encoding": packing})


def test_what_has_no_end_is_not_held(asks: Asks) -> None:
    answer = asks(Response(pieces=_endless(b"")))
    assert (answer.body, answer.lasting) == (b"", True)
    assert answer.failure == "the answer has over 20 MB"


@pytest.mark.parametrize("drips", [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 999, HEAD + b"\r\n<html>"])
def test_what_drips_is_not_waited_for(
    asks: Asks, monkeypatch: pytest.MonkeyPatch, drips: bytes
) -> None:
    monkeypatch.setattr("graph.harvest.visitor._WHOLE", 0.5)
    begun = time.monotonic()
    answer = asks(Response(pieces=(bytes([one]) for one in drips), wait=0.05))
    assert answer.failure == "the answer is not whole after 0.5 s"
    assert time.monotonic() - begun < 3


def test_bombs_are_not_unpacked(asks: Asks) -> None:
    bomb = gzip.compress(bytes(100 * MB))
    tracemalloc.start()
    try:
        assert asks(_gzipped(bomb)).failure == "the answer has over 20 MB"
        assert tracemalloc.get_traced_memory()[1] < 50 * MB
    finally:
        tracemalloc.stop()
    nested = asks(_gzipped(gzip.compress(bomb), "gzip, gzip"))
    assert nested.failure == "the answer is packed with 'gzip, gzip', which was not asked for"
    assert "'zstd', which was not" in asks(_gzipped(b"\x28\xb5\x2f\xfd", "zstd")).failure


def test_what_is_packed_arrives_whole_or_not_at_all(asks: Asks, replica: Replica) -> None:
    data = os.urandom(70_000) * 4
    packed = gzip.compress(data)
    assert asks(_gzipped(packed)).body == data
    assert replica.log[-1].headers["accept-encoding"] == "gzip"
    assert "packing ends early" in asks(_gzipped(packed[:-9])).failure
    assert "cannot be unpacked" in asks(_gzipped(b"no gzip at all")).failure
    assert asks(Response(304, b"", {"Content-Encoding": "gzip"})).status == 304


def test_headers_have_an_end(asks: Asks) -> None:
    answer = asks(Response(pieces=[HEAD, b"X: " + b"y" * MB + b"\r\n\r\n"]))
    assert answer.failure.startswith("the answer is not whole")


@pytest.mark.parametrize(
    "location",
    [
        "http://[",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest",
        "//elsewhere.example/decisions/x",
        "http://a@b:c@d/",
        "http://127.0.0.1:99999/",
        "javascript:alert(1)",
    ],
)
def test_redirects_lead_nowhere_else(asks: Asks, location: str, replica: Replica) -> None:
    answer = asks(Response(302, b"", {"Location": location}))
    assert answer.lasting
    assert "which is not visited" in answer.failure
    assert [seen.path for seen in replica.log] == ["/decisions/x"]


@pytest.mark.parametrize("location", ["/\x00", "/" + "a" * 70_000, "/é", "?", "/%00/../.."])
def test_odd_redirects_are_asked_for_or_refused(asks: Asks, location: str) -> None:
    answer = asks(Response(302, b"", {"Location": location}))
    assert answer.failure or answer.status == 404


def test_marks_that_cannot_be_sent_back_are_not_kept(asks: Asks) -> None:
    for etag in ('"ä"', '"' + "x" * 5000 + '"', "no quotes", '"a\tb"'):
        answer = asks(Response(200, b"", {"ETag": etag, "Last-Modified": "yesterday é"}))
        assert (answer.etag, answer.last_modified) == (None, None)
    date = "Wed, 21 Oct 2015 07:28:00 GMT"
    answer = asks(Response(200, b"", {"ETag": 'W/"1d7:0"', "Last-Modified": date}))
    assert (answer.etag, answer.last_modified) == ('W/"1d7:0"', date)


@pytest.mark.parametrize("text", ["-5", "soon", "Mon, 99 Foo 2024", "9" * 5000, "1e9", "", "٣"])
def test_odd_times_to_come_back_at(asks: Asks, text: str) -> None:
    answer = asks(Response(503, b"", {"Retry-After": text.encode().decode("latin-1")}))
    assert answer.retry_after == (999_999_999 if text.startswith("99") else None)


def test_no_cookie_is_kept(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(3))
    cookies = {"Set-Cookie": "session=" + "x" * 3000 + "; Path=/", "Connection": "close"}
    replica.robots = Response(404, b"", cookies)
    harvester.fetch()
    assert not any("cookie" in seen.headers for seen in replica.log)


def test_who_asks_stands_in_every_request(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(3))
    harvester.fetch(contact=ME)
    assert {seen.headers["from"] for seen in replica.log} == {ME}
    replica.log.clear()
    harvester.fetch(contact="https://example.org/us")
    assert not any("from" in seen.headers for seen in replica.log)


def test_a_large_robots_txt_is_read_as_far_as_it_must_be(
    harvester: Harvester, replica: Replica
) -> None:
    rules = b"User-agent: *\nDisallow: /decisions/housing/\n"
    replica.robots = Response(200, rules + b"#" * (2 * LARGEST) + b"\nDisallow: /\n")
    replica.publish(made(10))
    assert len(harvester.fetch().disallowed) == 2


@pytest.mark.parametrize("status", [400, 404, 410])
def test_no_robots_txt_forbids_nothing(harvester: Harvester, replica: Replica, status: int) -> None:
    replica.robots = Response(status, b"User-agent: *\nDisallow: /")
    replica.publish(made(3))
    assert harvester.fetch().well


def test_robots_that_never_come_forbid_all(
    harvester: Harvester, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.harvest.visitor._WHOLE", 0.1)
    drip = [HEAD + b"\r\nUser-agent: *\n", *[b"#"] * 50]
    replica.robots = Response(pieces=drip, wait=0.03)
    replica.publish(made(3))
    with pytest.raises(Stopped, match=r"robots.txt cannot be read \(the answer is not whole"):
        harvester.fetch()
    assert {seen.path for seen in replica.log} == {"/robots.txt"}


def test_robots_may_stand_elsewhere_on_the_site(harvester: Harvester, replica: Replica) -> None:
    replica.robots = Response(301, b"", {"Location": "/r1.txt"})
    steps = {f"/r{n}.txt": Response(302, b"", {"Location": f"/r{n + 1}.txt"}) for n in range(1, 5)}
    rules = Response(200, b"User-agent: *\nDisallow: /decisions/housing/\n")
    replica.always = {**steps, "/r5.txt": rules}.get
    replica.publish(made(10))
    assert len(harvester.fetch().disallowed) == 2


@pytest.mark.parametrize("words", ["Crawl-delay: 86400", "Request-rate: 1/99999999999h"])
def test_a_pause_in_which_nothing_is_had_ends_it(
    harvester: Harvester, replica: Replica, clock: Hands, words: str
) -> None:
    replica.robots = Response(200, f"User-agent: *\n{words}\n".encode())
    with pytest.raises(Stopped, match=r"days|hours"):
        harvester.fetch()
    assert len(replica.log) == 1
    assert max(clock.slept, default=0) < LONGEST_WAIT


@pytest.mark.parametrize("words", ["nan", "inf", "-5", "a day", "1e999"])
def test_a_pause_that_is_none(harvester: Harvester, replica: Replica, words: str) -> None:
    replica.robots = Response(200, f"User-agent: *\nCrawl-delay: {words}\n".encode())
    replica.publish(made(2))
    assert harvester.fetch().well


def test_a_clock_set_back_makes_no_pause_longer(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(6))
    assert harvester.fetch(advance=lambda _: clock.days(-1 / 24)).well  # after each answer
    assert set(clock.slept) == {5.0}


def test_the_pause_lies_between_two_harvests_too(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(3))
    harvester.fetch(pause=7)
    clock.slept.clear()
    clock.time += 2
    replica.log.clear()
    harvester.fetch(pause=7)
    assert clock.slept == [5.0] + [7.0] * (len(replica.log) - 1)
