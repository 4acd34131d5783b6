"""What a harvest brings, brings again, and lets go."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.build import build
from graph.harvest.asked import Asked
from graph.harvest.harvest import plan
from graph.harvest.manifest import Manifest
from graph.harvest.refusal import HarvestError, Unusable
from graph.harvest.site import Site
from graph.partition import _opened, source_files
from graph.sources.raw import RawDocument, fingerprint
from graph.sources.source import found as documents
from graph.sources.source import read
from tests.harvest.conftest import Hands, Harvester
from tests.harvest.replica import CATEGORIES, COUNCILS, Replica, Response, made, page


def test_thousands_of_decisions_over_months(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(2400))
    tally = harvester.fetch()
    assert harvester.holds_all()
    assert len(tally.new) == 2400
    assert set(replica.served.values()) == {1}
    assert len(replica.searches) == len(set(replica.searches)) == tally.result_pages
    assert tally.well
    assert tally.finished
    assert replica.most_at_once == 1
    assert replica.connections == 1
    assert tally.requests == len(replica.log)


def test_nothing_new_downloads_nothing(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(40))
    harvester.fetch()
    replica.log.clear()
    tally = harvester.fetch()
    assert not replica.served
    assert (tally.new, tally.listed) == ([], 40)


def test_the_next_harvest_goes_on_from_the_last(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(60))
    harvester.fetch()
    clock.days(7)
    late = made(3, date(2024, 4, 20), 10, start=900)
    replica.publish(late)
    replica.log.clear()
    tally = harvester.fetch(None, contact=None)
    assert sorted(tally.new) == sorted(one.place for one in late)
    assert min(replica.searches).startswith("/Decisions/SearchResults?fd=2024-02-01&td=2024-06-08")
    assert harvester.holds_all()


def test_a_harvest_that_took_weeks_is_gone_on_from_its_beginning(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(20))
    harvester.fetch(limit=5)
    clock.days(80)
    assert harvester.fetch().finished
    replica.log.clear()
    harvester.fetch(None)
    assert replica.searches[0].startswith("/Decisions/SearchResults?fd=2024-02-01&td=2024-08-20")


def test_the_first_harvest_needs_a_first_day_and_a_contact(
    harvester: Harvester, replica: Replica
) -> None:
    with pytest.raises(Unusable, match="--since"):
        harvester.fetch(None)
    with pytest.raises(Unusable, match="--contact"):
        harvester.fetch(contact=None)
    with pytest.raises(Unusable, match="--contact"):
        harvester.fetch(contact="me")
    with pytest.raises(Unusable, match="--since"):
        harvester.fetch(date(2031, 1, 1))
    assert not replica.log


def test_the_manifest_says_what_was_received(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(12))
    harvester.fetch()
    one = next(iter(replica.decisions.values()))
    with sqlite3.connect(harvester.folder / ".faultlines" / "manifest.sqlite") as db:
        db.row_factory = sqlite3.Row
        row = dict(db.execute("SELECT * FROM page WHERE place = ?", (one.place,)).fetchone())
    db.close()
    assert row["address"] == f"{replica.base}/decisions/{one.place}"
    assert row["reference"] == one.place.rpartition("/")[2]
    assert row["sha256"] == fingerprint(one.body)
    assert row["etag"] == one.etag
    assert row["bytes"] == len(one.body)
    assert (row["status"], row["state"]) == (200, "held")
    assert row["received"].startswith("2024-06-01T0")
    assert row["listing"].startswith(f"{replica.base}/Decisions/SearchResults?fd=2024-01-01")


def test_a_changed_decision_keeps_its_earlier_version(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(30))
    harvester.fetch()
    one = list(replica.decisions.values())[7]
    before, one.body = one.body, one.body.replace(b"There was fault", b"There was no fault")
    clock.days(40)
    replica.log.clear()
    tally = harvester.fetch(recheck=30)
    assert (tally.changed, tally.unchanged, tally.new) == ([one.place], 29, [])
    assert all(seen.conditional for seen in replica.asked("/decisions/"))
    assert harvester.holds_all()
    assert harvester.hidden() == [f"versions/{one.place}/{fingerprint(before)}.html"]
    kept = harvester.folder / ".faultlines" / harvester.hidden()[0]
    assert kept.read_bytes() == before
    replica.log.clear()
    assert harvester.fetch(recheck=30).unchanged == 0
    assert not replica.asked("/decisions/")


def test_a_decision_leaves_after_two_checks(
    harvester: Harvester, replica: Replica, clock: Hands, tmp_path: Path
) -> None:
    replica.publish(made(30))
    harvester.fetch()
    build([harvester.folder], tmp_path / "kg")
    one = replica.decisions.pop(list(replica.decisions)[4])
    clock.days(40)
    tally = harvester.fetch(recheck=30)
    assert (tally.missing, tally.gone) == ([one.place], [])
    assert one.place in harvester.files()
    assert harvester.fetch(recheck=30).gone == []  # minutes later proves nothing
    clock.days(2)
    tally = harvester.fetch(recheck=30)
    assert (tally.missing, tally.gone) == ([], [one.place])
    assert harvester.holds_all()
    assert harvester.hidden() == [f"versions/{one.place}/{fingerprint(one.body)}.html"]
    assert build([harvester.folder], tmp_path / "kg").removed == (f"{one.place}.html",)
    clock.days(2)
    replica.publish([one])
    assert harvester.fetch(recheck=30).new == [one.place]
    assert harvester.holds_all()


def test_a_slip_of_the_site_takes_nothing(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(5))
    harvester.fetch()
    one = next(iter(replica.decisions))
    replica.answers[f"/decisions/{one}"] = [Response(404)]
    clock.days(40)
    assert harvester.fetch(recheck=30).missing == [one]
    clock.days(2)
    tally = harvester.fetch(recheck=30)
    assert (tally.gone, tally.unchanged) == ([], 1)
    replica.answers[f"/decisions/{one}"] = [Response(410)]
    clock.days(40)
    assert harvester.fetch(recheck=30).missing == [one]
    assert harvester.holds_all()


def test_a_limit_goes_on_next_time(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(50))
    for expected in (20, 40):
        tally = harvester.fetch(limit=20)
        assert not tally.finished
        assert len(harvester.files()) == expected
    searches = len(replica.searches)
    tally = harvester.fetch(limit=20)
    assert tally.finished
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}
    assert len(replica.searches) == searches  # the listing had been done


def test_only_what_is_asked_for(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(80))
    everything = list(replica.decisions.values())
    harvester.fetch(category="School transport")
    assert set(harvester.files()) == {o.place for o in everything if CATEGORIES[1] in o.place}
    harvester.fetch(council="Kingsferry City Council", outcome="upheld")
    assert {
        one.place for one in everything if one.council == COUNCILS[1] and one.outcome == "u"
    } <= (set(harvester.files()))
    assert {seen.path.count("dc=u+&aname=Kingsferry") for seen in replica.log[-3:]} <= {0, 1}
    harvester.fetch(until=date(2024, 1, 31), outcome="closed")
    assert not harvester.holds_all()
    harvester.fetch()
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}


def test_what_failed_is_had_the_next_time(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(30))
    places = list(replica.decisions)
    replica.answers[f"/decisions/{places[3]}"] = [Response(500)] * 5
    replica.answers[f"/decisions/{places[9]}"] = [Response(200, b"<html><p>Maintenance</p></html>")]
    tally = harvester.fetch()
    assert {url.partition("/decisions/")[2] for url, _, _ in tally.failed} == {places[3], places[9]}
    assert not tally.well
    assert len(harvester.files()) == 28
    harvester.fetch(outcome="upheld")
    assert harvester.holds_all()


def test_the_same_place_in_other_letters_is_one(harvester: Harvester, replica: Replica) -> None:
    replica.publish(made(10))
    replica.twice = frozenset(list(replica.decisions)[:4])
    harvester.fetch()
    assert harvester.holds_all()
    assert set(replica.served.values()) == {1}


def test_a_folder_is_of_one_site_and_one_harvest(
    harvester: Harvester, replica: Replica, tmp_path: Path
) -> None:
    replica.publish(made(3))
    harvester.fetch()
    replica.base = replica.base.replace("127.0.0.1", "localhost")
    with pytest.raises(Unusable, match="holds decisions of"):
        harvester.fetch()
    manifest = Manifest(harvester.folder / ".faultlines" / "manifest.sqlite")
    with pytest.raises(HarvestError, match="another harvest fills this folder"):
        Manifest(harvester.folder / ".faultlines" / "manifest.sqlite")
    manifest.close()
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (a)")
    db.close()
    with pytest.raises(HarvestError, match="another program"):
        Manifest(other)


def test_pages_without_a_canonical_link_have_their_address(
    harvester: Harvester, replica: Replica
) -> None:
    replica.publish(made(4))
    one, two, *_ = replica.decisions.values()
    said = "https://www.lgo.org.uk/decisions/housing/allocations/23-000-001"
    two.body = two.body.replace(b"</head>", f'<link rel="canonical" href="{said}"></head>'.encode())
    harvester.fetch()
    found = {each.name: each for each in read([harvester.folder]) if isinstance(each, RawDocument)}
    assert len(found) == 4
    assert found[f"{one.place}.html"].metadata["url"] == f"{replica.base}/decisions/{one.place}"
    assert found[f"{two.place}.html"].metadata["url"] == said
    here = {each.name: each for each in documents([harvester.folder])}
    there = [one for file in source_files(str(harvester.folder)) for one in _opened(file, ())]  # type: ignore[arg-type]
    assert here == {one.name: replace(one, root=here[one.name].root) for one in there}


def test_a_week_costs_few_requests(harvester: Harvester, replica: Replica, clock: Hands) -> None:
    """Of 120 days' decisions, published six weeks after their days, each week brings some."""
    known = made(1800, date(2024, 1, 1), 112)
    replica.publish(known)
    harvester.fetch()
    number, read = 1800, []
    for week in range(5):
        clock.days(7)
        late = made(112, clock.today() - timedelta(days=49), 7, start=number)
        number += 112
        replica.publish(late)
        replica.log.clear()
        tally = harvester.fetch(None)
        assert sorted(tally.new) == sorted(one.place for one in late), week
        assert set(replica.served.values()) == {1}
        read.append(tally.result_pages)
        assert len(replica.log) == 1 + len(late) + tally.result_pages
    assert max(read[:4]) < 60
    assert read[4] > 100  # after a month all is listed again: one may have come as another went
    assert harvester.holds_all()


def test_a_plan_reads_one_page_of_each_year(
    harvester: Harvester, replica: Replica, clock: Hands
) -> None:
    replica.publish(made(1500, date(2023, 7, 1), 300))
    site, asked = Site.of(replica.base), Asked.of(date(2023, 1, 1))
    found = plan(harvester.folder, asked, site=site, contact="a@example.org", clock=clock)
    assert len(replica.searches) == 2
    assert not replica.served
    assert not harvester.folder.exists()
    assert (found.results, found.held, found.pause) == (1500, 0, 5)
    assert found.seconds == found.requests * 5
    replica.log.clear()
    tally = harvester.fetch(date(2023, 1, 1))
    assert abs(tally.result_pages - found.pages) <= 0.15 * tally.result_pages
    again = plan(harvester.folder, asked, site=site, clock=clock)
    assert (again.results, again.held, again.decisions) == (1500, 1500, 0)


def test_hostile_words_are_kept_as_they_came(harvester: Harvester, replica: Replica) -> None:
    day = date(2024, 2, 2)
    decisions = made(3, day, 1)
    decisions[0].body = page(decisions[0].place, day, "A", "u", "\ufeff\u202e=cmd()🙂" * 5000)
    decisions[1].body = page(decisions[1].place, day, "A", "u").decode().encode("utf-16")
    decisions[2].body = page(decisions[2].place, day, "A", "u", "£é" * 80).decode().encode("cp1252")
    replica.publish(decisions)
    assert harvester.fetch().well
    assert harvester.holds_all()
