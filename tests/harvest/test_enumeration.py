"""Results are found whole, whatever their pages and counts do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from graph.harvest.refusal import Redesigned, Stopped
from graph.harvest.window import LARGEST, Window
from tests.harvest.conftest import Harvester
from tests.harvest.replica import PAGE, Replica, Response, made

DAY = date(2024, 3, 4)


@pytest.mark.parametrize("count", [1, 9, 10, 11, 20, 30, 31, LARGEST, LARGEST + 1])
def test_windows_of_any_size(harvester: Harvester, replica: Replica, count: int) -> None:
    replica.publish(made(count, DAY, 20))
    tally = harvester.fetch()
    assert harvester.holds_all()
    assert tally.well
    assert tally.finished
    assert len(replica.searches) == len(set(replica.searches))


def test_a_search_that_finds_none_at_all_has_changed(
    harvester: Harvester, replica: Replica
) -> None:
    assert harvester.fetch(outcome="upheld").well  # few may be of a kind
    assert harvester.fetch(date(2024, 4, 1)).well  # or published so soon
    assert harvester.fetch(date(2011, 1, 1), until=date(2011, 12, 31)).well  # or so early
    with pytest.raises(Redesigned, match="lists no decision from 2024-01-01 to 2024-06-01"):
        harvester.fetch()
    replica.publish(made(12))
    assert len(harvester.fetch().new) == 12


def test_a_search_that_passes_over_its_days_has_changed(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(20, date(2024, 1, 1), 1))
    replica.count = lambda _: 57_500
    with pytest.raises(Redesigned, match="one day has 57,500 results"):
        harvester.fetch()
    assert len(replica.searches) == 5
    assert not replica.served


@pytest.mark.parametrize("count", ["9" * 5000, "99,999,999,999,999", "many", "-5", "1.5"])
def test_counts_that_are_none(harvester: Harvester, replica: Replica, count: str) -> None:
    body = f"<html><body>Your search has {count} results</body></html>".encode()
    replica.always = lambda path: Response(200, body) if "SearchResults" in path else None
    with pytest.raises(Redesigned, match="lacks the count"):
        harvester.fetch()


def test_the_same_page_for_ever_is_left(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(290, DAY, 20))
    first: list[bytes] = []

    def same(path: str) -> Response | None:
        if "SearchResults" not in path:
            return None
        first[:] = first or [replica.results(path.partition("?")[2])]
        return Response(200, first[0])

    replica.always = same
    assert len(harvester.fetch().new) == 10
    assert len(replica.searches) == 8


def test_what_nests_without_end_is_not_parsed(harvester: Harvester, replica: Replica) -> None:
    deep = b"<html><body>Your search has 5 results" + b"<div>" * 1_000_000
    replica.always = lambda path: Response(200, deep) if "SearchResults" in path else None
    with pytest.raises(Redesigned, match="elements without an end"):
        harvester.fetch()


def test_a_full_last_page_is_followed_by_one_look(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(20, DAY, 5))
    harvester.fetch()
    assert [path[-7:] for path in replica.searches] == ["&page=1", "&page=2", "&page=3"]


def test_that_look_may_fail(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(20, DAY, 5))
    replica.always = lambda path: Response(500) if path.endswith("&page=3") else None
    tally = harvester.fetch()
    assert tally.well
    assert harvester.holds_all()
    assert len(replica.searches) == 3
    assert not harvester.said


def test_a_day_with_more_than_a_window_takes(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(LARGEST + 25, DAY, 1))
    assert harvester.fetch().well
    assert harvester.holds_all()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda count: count + 7,
        lambda count: count * 3,
        lambda count: max(0, count - 3),
        lambda count: count // 2,
        lambda count: count // PAGE * PAGE,
        lambda count: min(count, 1),
    ],
)
def test_wrong_counts(harvester: Harvester, replica: Replica, wrong: Callable[[int], int]) -> None:
    replica.publish(made(47, DAY, 20))
    replica.count = wrong
    tally = harvester.fetch()
    assert harvester.holds_all()
    assert tally.finished
    assert set(replica.served.values()) == {1}


def test_a_decision_published_while_paging(harvester: Harvester, replica: Replica) -> None:
    """It pushes those after it one page further, and stands itself on a page read already."""
    decisions = made(35, DAY, 20)
    late = made(1, DAY + timedelta(days=25), 1, start=700)
    replica.publish(decisions)

    def publish(path: str) -> None:
        if path.endswith("&page=3"):
            replica.publish(late)

    replica.before = publish
    assert harvester.fetch().well
    assert harvester.holds_all()
    assert late[0].place in harvester.files()


def test_a_decision_taken_back_while_paging(harvester: Harvester, replica: Replica) -> None:
    """Those after it move up: one is on a page that was read already."""
    replica.publish(made(35, DAY, 20))
    newest = max(replica.decisions.values(), key=lambda one: (one.day, one.place))

    def take_back(path: str) -> None:
        if path.endswith("&page=2"):
            replica.decisions.pop(newest.place, None)

    replica.before = take_back
    tally = harvester.fetch()
    assert tally.missing == [newest.place]
    assert harvester.holds_all()


def test_one_comes_as_another_goes(harvester: Harvester, replica: Replica) -> None:
    """The count stays as it was; only a doubled place tells that pages moved."""
    replica.publish(made(35, DAY, 20))
    ordered = sorted(replica.decisions.values(), key=lambda one: (one.day, one.place))
    late = made(1, DAY + timedelta(days=25), 1, start=700)

    def swap(path: str) -> None:
        if path.endswith("&page=3"):
            replica.decisions.pop(ordered[0].place, None)
            replica.publish(late)

    replica.before = swap
    harvester.fetch()
    assert set(harvester.files()) >= set(replica.decisions)


def test_results_that_never_come_to_rest(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(15, DAY, 10))
    more = iter(made(80, DAY, 10, start=2000))
    replica.before = lambda path: replica.publish([next(more)]) if "&page=" in path else None
    tally = harvester.fetch()
    assert [str(one) for one in tally.unsteady] == ["2024-01-01 to 2024-06-01"]
    assert not tally.well
    assert not tally.finished
    replica.before = lambda _: None
    tally = harvester.fetch()
    assert tally.well
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}


def test_doubled_results(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(33, DAY, 20))
    replica.twice = frozenset(list(replica.decisions)[::3])
    tally = harvester.fetch()
    assert tally.well
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}


def test_results_without_their_count_are_named(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(15, DAY, 10))
    shell = Response(200, b"<html><body><div id='app'></div><script>load()</script></body></html>")
    replica.always = lambda path: shell if "SearchResults" in path else None
    with pytest.raises(Redesigned, match="lacks the count"):
        harvester.fetch()
    assert not replica.served
    assert not harvester.files()


def test_results_without_links_are_named(harvester: Harvester, replica: Replica) -> None:
    body = b"<html><body><p>Your search has 15 results</p><a href='/d/1'>One</a></body></html>"
    replica.always = lambda path: Response(200, body) if "SearchResults" in path else None
    with pytest.raises(Redesigned, match="15 results, and lacks the links"):
        harvester.fetch()


def test_results_that_cannot_be_had_end_it(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(25, DAY, 10))
    replica.always = lambda path: Response(404) if path.endswith("page=2") else None
    with pytest.raises(Stopped, match="a page of results cannot be had"):
        harvester.fetch()
    replica.always = lambda _: None
    assert harvester.fetch().well
    assert harvester.holds_all()


def test_windows_are_cut_by_the_calendar() -> None:
    whole = Window(date(2023, 11, 20), date(2025, 2, 3))
    assert [str(one) for one in whole.years()] == [
        "2023-11-20 to 2023-12-31",
        "2024-01-01 to 2024-12-31",
        "2025-01-01 to 2025-02-03",
    ]
    window = list(whole.years())[1]
    sizes = []
    while window.parts():
        parts = window.parts()
        sizes.append(len(parts))
        assert parts[0].first == window.first
        assert parts[-1].last == window.last
        assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(parts))
        window = parts[-1]
    assert sizes == [4, 3, 2, 16]
    assert window == Window(date(2024, 12, 31), date(2024, 12, 31))
    assert Window(date(2024, 2, 10), date(2024, 2, 12)).parts()[0].days == 1
