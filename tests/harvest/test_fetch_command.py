"""``faultlines fetch`` as a user runs it, and what ``build`` makes of its folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import faultlines
from graph.build import build
from graph.harvest.site import Site
from graph.knowledge_graph import KnowledgeGraph
from tests.benchmarks.texts.case import case
from tests.benchmarks.texts.made import _written
from tests.benchmarks.texts.pages import address
from tests.benchmarks.texts.pages import page as written
from tests.harvest.replica import COUNCILS, Published, Replica, Response, made


def _fetch(replica: Replica, folder: Path, *words: str, contact: bool = True) -> Result:
    given = ["fetch", "--site", replica.base, "--pause", "0", "-o", str(folder), *words]
    if contact:
        given += ["--contact", "a@example.org"]
    return CliRunner().invoke(faultlines.app, given)


def _texts(count: int) -> list[Published]:
    """Decisions with whole texts, as pages; half of them do not say where they stand."""
    found = []
    for number in range(count):
        drawn = replace(case(number), layout="html")
        html, url = written(_written(drawn)), address(drawn)
        place = Site.of().place(url)
        assert place is not None
        if number % 2:
            html = html.replace(f'<link rel="canonical" href="{url}">', "")
            assert url not in html
        day = date(2024, 1, 1 + number % 28)
        found.append(Published(place, day, COUNCILS[0], "u", html.encode()))
    return found


def test_from_the_site_to_a_graph(replica: Replica, tmp_path: Path) -> None:
    replica.publish(_texts(24))
    places = list(replica.decisions)
    ran = _fetch(replica, tmp_path / "decisions", "--since", "2024-01-01")
    assert ran.exit_code == 0, ran.output
    assert f"{len(places):>10,}  new decisions" in ran.stdout
    report = build([tmp_path / "decisions"], tmp_path / "kg")
    assert not report.rejected
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        rows = graph.select("SELECT ?url WHERE { ?d a fl:Decision ; fl:url ?url }")
        urls = {str(url) for (url,) in rows}
        assert len(list(graph.ledger.entries())) == len(places)
    for place in places[1::2]:
        assert f"{replica.base}/decisions/{place}" in urls


def test_the_summary_of_all_that_can_happen(replica: Replica, tmp_path: Path) -> None:
    folder = tmp_path / "decisions"
    replica.publish(made(12))
    assert _fetch(replica, folder, "--since", "2024-01-01").exit_code == 0
    one, two, *_ = replica.decisions.values()
    one.body = one.body.replace(b"was fault", b"was none")
    del replica.decisions[two.place]
    replica.robots = Response(200, b"User-agent: *\nDisallow: /decisions/planning")
    ran = _fetch(replica, folder, "--recheck", "0", "--since", "2024-01-01", contact=False)
    assert ran.exit_code == 1
    counts = dict(line.split("  ")[::-1] for line in map(str.strip, ran.stdout.splitlines()[1:]))
    assert counts == {
        "new decisions": "0",
        "changed": "1",
        "checked, unchanged": "8",
        "gone": "0",
        "not found this time": "1",
        "disallowed by robots.txt": "2",
        "not had": "0",
    }
    assert f"{two.place}: not found; once may be a slip" in ran.stderr
    assert ran.stderr.count("robots.txt disallows it, so it was not fetched") == 2


def test_from_a_list_of_addresses(replica: Replica, tmp_path: Path) -> None:
    replica.publish(made(10))
    wanted = list(replica.decisions)[2:6]
    lines = ["# mine", "", *(f"{replica.base}/decisions/{place}?chapter=0" for place in wanted)]
    addresses = tmp_path / "addresses.txt"
    addresses.write_text("\r\n".join([*lines, f"/Decisions/{wanted[0]}"]), encoding="utf-8")
    ran = _fetch(replica, tmp_path / "decisions", "--from", str(addresses))
    assert ran.exit_code == 0, ran.output
    files = (tmp_path / "decisions").rglob("2*.html")
    assert {path.stem for path in files} == {place.rpartition("/")[2] for place in wanted}
    assert set(replica.served) == set(wanted)
    assert not replica.searches
    addresses.write_text("https://example.org/decisions/a/b/21-000-001", encoding="utf-8")
    ran = _fetch(replica, tmp_path / "decisions", "--from", str(addresses))
    assert ran.exit_code == 2
    assert "line 1: 'https://example.org" in ran.stderr
    ran = _fetch(replica, tmp_path / "other", "--from", str(addresses), "--until", "2024-01-01")
    assert ran.exit_code == 2
    assert "--from: it goes with no filter" in ran.stderr


def test_a_name_that_the_site_does_not_know(replica: Replica, tmp_path: Path) -> None:
    replica.publish(made(5))
    words = ("--since", "2024-01-01", "--council", "Peverell Care Limited")
    ran = _fetch(replica, tmp_path / "decisions", *words)
    assert ran.exit_code == 0
    assert "the site lists none of 'Peverell Care Limited'; check the name" in ran.stderr
    assert not replica.served


def test_what_it_would_take(replica: Replica, tmp_path: Path) -> None:
    replica.publish(made(95))
    folder = tmp_path / "decisions"
    words = ("--since", "2024-01-01", "--until", "2024-12-31", "--dry-run")
    ran = _fetch(replica, folder, *words, contact=False)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("robots.txt allows it, with a pause of 0 s")
    assert [seen.path for seen in replica.log] == ["/robots.txt"]
    ran = _fetch(replica, folder, *words, "--pause", "0.2")
    assert ran.exit_code == 0, ran.output
    shown = [line.split() for line in ran.stdout.splitlines()]
    assert ["10", "result", "pages"] in shown
    assert ["95", "decisions"] in shown
    assert ["106", "requests"] in shown
    assert "and 21 seconds, at 0.2 s a request" in ran.stdout
    assert not folder.exists()
    assert not replica.served


def test_robots_that_disallow_it(replica: Replica, tmp_path: Path) -> None:
    replica.robots = Response(200, b"User-agent: *\nDisallow: /")
    ran = _fetch(replica, tmp_path / "decisions", "--dry-run", contact=False)
    assert ran.exit_code == 1
    assert "robots.txt disallows it" in ran.stdout
    ran = _fetch(replica, tmp_path / "decisions", "--since", "2024-01-01")
    assert ran.exit_code == 1
    assert "robots.txt disallows the pages of results" in ran.stderr


def test_an_end_says_what_was_had(replica: Replica, tmp_path: Path) -> None:
    replica.publish(made(10))
    last = max(replica.decisions.values(), key=lambda one: one.place)
    last.body = b"<html><body>New look!</body></html>"
    ran = _fetch(replica, tmp_path / "decisions", "--since", "2024-01-01")
    assert ran.exit_code == 1
    assert "9  new decisions" in ran.stdout
    assert "There is more" not in ran.stdout
    assert f"{replica.base}/decisions/{last.place}: the page lacks the decision" in ran.stderr
    replica.always = lambda _: Response(200, b"<html><body>New look!</body></html>")
    ran = _fetch(replica, tmp_path / "decisions", "--since", "2024-01-01")
    assert ran.exit_code == 1
    assert "lacks the count" in ran.stderr
    assert "There is more: the same command goes on" in ran.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--since", "2024-01-01", "--outcome", "maybe"),
        ("--since", "2024-01-01", "--category", "maybe"),
        ("--since", "01/01/2024"),
        ("--since", "2024-01-01", "--contact", "me"),
        ("--since", "2024-01-01", "--site", "http://www.example.org"),
        ("--until", "2024-01-01"),
        (),
    ],
)
def test_wrong_usage(replica: Replica, tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = _fetch(replica, tmp_path / "decisions", *words, contact="--contact" not in words)
    assert ran.exit_code == 2
    assert not replica.log
    assert not (tmp_path / "decisions").exists()


def test_from_python(replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replica.publish(made(6))
    monkeypatch.setattr("graph.harvest.site.Site.of", lambda: Site(replica.base))
    tally = faultlines.fetch(
        tmp_path / "decisions", since=date(2024, 1, 1), contact="a@example.org", pause=0
    )
    assert len(tally.new) == 6
