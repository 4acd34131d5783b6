"""``faultlines update``: what is new, changed and gone, as text, JSON and an Atom feed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

import faultlines
from graph.harvest.feed import atom
from graph.harvest.news import Item, News
from graph.knowledge_graph import KnowledgeGraph
from tests.harvest.replica import Published, Replica, Response
from tests.harvest.test_fetch_command import _texts

ATOM = "{http://www.w3.org/2005/Atom}"
TARNBECK = "Tarnbeck Metropolitan Borough Council"
FAULT = "The Council delayed for 14 months in issuing the plan. This was fault."
FINE = "I have not found fault in how the Council acted."


def _decision(number: int, words: str, outcome: str = "u") -> Published:
    place = f"education/special-educational-needs/23-900-{number:03}"
    reference = f"23 900 {number:03}"
    day = date.today() - timedelta(days=30 + number)  # noqa: DTZ011 - the site has days, no zones
    label = {"u": "Upheld", "nu": "Not upheld"}[outcome]
    html = f"""<!DOCTYPE html><html><head><title>{TARNBECK} ({reference})</title></head><body>
<article id="article"><p>{TARNBECK} ({reference})</p>
<p>Category : Education &gt; Special educational needs</p><p>Decision : {label}</p>
<p>Decision date : {day:%d %b %Y}</p><p>The Ombudsman's final decision:</p>
<p>Summary: Mrs X complains about delay.</p>
<h3>The complaint</h3><ol><li><p>Mrs X complains the Council delayed.</p></li></ol>
<h3>My analysis</h3><ol start="2"><li><p>{words}</p></li></ol>
<h3>Final decision</h3><ol start="3"><li><p>I have completed my investigation.</p></li></ol>
</article></body></html>"""
    return Published(place, day, TARNBECK, outcome, html.encode())


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(faultlines.app, [*map(str, words), "--pause", "0"])


@pytest.fixture
def places(replica: Replica, tmp_path: Path) -> tuple[Path, Path]:
    """A graph and the folder that it was made from."""
    replica.publish([_decision(number, FAULT) for number in range(3)])
    kg, decisions = tmp_path / "kg", tmp_path / "decisions"
    since = (date.today() - timedelta(days=100)).isoformat()  # noqa: DTZ011 - as above
    ran = _run(
        *("fetch", "-o", decisions, "--since", since, "--contact", "a@example.org"),
        *("--site", replica.base),
    )
    assert ran.exit_code == 0, ran.output
    return kg, decisions


def test_the_first_update_builds_the_graph(replica: Replica, places: tuple[Path, Path]) -> None:
    kg, decisions = places
    ran = _run("update", kg, decisions)
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.startswith("New decisions: 3\n  23 900 000, Tarnbeck")
    assert f"  {TARNBECK}: Delay 3" in ran.stdout
    assert json.loads((kg / "harvest.json").read_text()) == {"decisions": "../decisions"}
    ran = _run("update", kg)
    assert ran.stdout == "New decisions: 0\nChanged: 0\nRemoved: 0\n"
    (path,) = decisions.rglob("*-001.html")
    path.unlink()
    ran = _run("update", kg)  # a page that the site still lists is fetched again
    assert ran.stdout == "New decisions: 0\nChanged: 0\nRemoved: 0\n"
    path.unlink()
    del replica.decisions[path.relative_to(decisions).with_suffix("").as_posix()]
    ran = _run("update", kg)
    assert ran.stdout.startswith("New decisions: 0\nChanged: 0\nRemoved: 1\n  23 900 001, Tarnbeck")


def test_what_changed_is_said(replica: Replica, places: tuple[Path, Path]) -> None:
    kg, decisions = places
    assert _run("update", kg, decisions).exit_code == 0
    zero, one, two = replica.decisions.values()
    replica.publish([_decision(7, FAULT)])
    zero.body = zero.body.replace(FAULT.encode(), FINE.encode())
    one.body = one.body.replace(b"</body>", b"<footer>Our new footer</footer></body>")
    (decisions / f"{two.place}.html").unlink()
    ran = _run("update", kg, "--format", "json", "--recheck", "0")
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert [item["reference"] for item in found["new"]] == ["23 900 007"]
    assert [item["reference"] for item in found["changed"]] == ["23 900 000"]
    assert found["changed"][0]["faults"] == []
    assert found["new"][0]["faults"] == ["Delay"]
    assert found["removed"] == []  # the page that was missing in the folder was fetched again
    assert found["faults"] == {TARNBECK: {"Delay": 1}}
    with KnowledgeGraph.open(kg) as graph:
        assert len(list(graph.ledger.entries())) == 4


_TEXT = {"type": "string", "minLength": 1}
_OR_NULL = {"anyOf": [_TEXT, {"type": "null"}]}
_ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["iri", "authority", "faults", "source"],
    "properties": {
        **dict.fromkeys(("iri", "authority", "source"), _TEXT),
        **dict.fromkeys(("reference", "category", "outcome", "url"), _OR_NULL),
        "date": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "faults": {"type": "array", "items": _TEXT, "uniqueItems": True},
    },
}
_NEWS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["new", "changed", "removed", "faults"],
    "properties": {
        **{key: {"type": "array", "items": _ITEM} for key in ("new", "changed", "removed")},
        "faults": {
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1},
            }
        },
    },
}


def test_what_is_said_is_what_the_graph_holds(replica: Replica, tmp_path: Path) -> None:
    texts = _texts(40)
    for number, one in enumerate(texts):
        one.day = date.today() - timedelta(days=10 + number)  # noqa: DTZ011 - as above
    replica.publish(texts[:25])
    kg, decisions = tmp_path / "kg", tmp_path / "decisions"
    since = (date.today() - timedelta(days=90)).isoformat()  # noqa: DTZ011 - as above
    asked = ("--since", since, "--contact", "a@example.org", "--site", replica.base)
    assert _run("fetch", "-o", decisions, *asked).exit_code == 0
    told: Counter[tuple[str, str]] = Counter()
    for count in (25, 15, 0):
        found = json.loads(_run("update", kg, decisions, "--format", "json").stdout)
        jsonschema.validate(found, _NEWS, format_checker=jsonschema.FormatChecker())
        assert (len(found["new"]), found["changed"], found["removed"]) == (count, [], [])
        for authority, types in found["faults"].items():
            told.update({(authority, label): number for label, number in types.items()})
        replica.publish(texts)
    with KnowledgeGraph.open(kg) as graph:
        rows = graph.select(
            "SELECT ?name ?label (COUNT(DISTINCT ?finding) AS ?count) WHERE {"
            " ?finding a fl:Finding ; fl:faultType ?type ; fl:faultBy ?by ."
            " ?by rdfs:label ?name . ?type skos:prefLabel ?label } GROUP BY ?name ?label"
        )
        held = {(str(name), str(label)): int(str(count)) for name, label, count in rows}
    assert told == held
    assert sum(held.values()) > 20


def test_a_folder_that_was_moved_is_asked_for(places: tuple[Path, Path], tmp_path: Path) -> None:
    kg, decisions = places
    assert _run("update", kg, decisions).exit_code == 0
    decisions.rename(tmp_path / "moved here")
    ran = _run("update", kg)
    assert ran.exit_code == 2
    assert f"if it was moved, say where to: faultlines update {kg} DIR" in ran.stderr
    assert _run("update", kg, tmp_path / "moved here").stdout.startswith("New decisions: 0\n")
    assert _run("update", kg).exit_code == 0


def test_the_feed_is_atom(replica: Replica, places: tuple[Path, Path]) -> None:
    kg, decisions = places
    ran = _run("update", kg, decisions, "--format", "atom")
    assert ran.exit_code == 0, ran.output
    feed = ET.fromstring(ran.stdout)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == {
        f"{TARNBECK} (23 900 00{number})" for number in range(3)
    }
    for entry in entries:
        (link,) = entry.findall(f"{ATOM}link")
        assert link.attrib["href"].startswith(f"{replica.base}/decisions/education/")
        assert (entry.findtext(f"{ATOM}updated") or "").endswith("Z")
        assert "Delay" in (entry.findtext(f"{ATOM}content") or "")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    empty = ET.fromstring(_run("update", kg, "--format", "atom").stdout)
    assert empty.findtext(f"{ATOM}id") == feed.findtext(f"{ATOM}id")
    assert not empty.findall(f"{ATOM}entry")


def test_a_feed_of_hostile_words() -> None:
    words = ']]><script>&\x00\x1b\ufffe🙂\u202e"'
    item = Item("https://x/id", words, words, words, words, words, words, (words,), "a.html")
    news = News((item,), (), (item,), {})
    feed = ET.fromstring(atom(news, "https://x", {"a.html": "2024-01-01T00:00:00Z"}, "2023"))
    shown = words.replace("\x00", "\ufffd").replace("\x1b", "\ufffd").replace("\ufffe", "\ufffd")
    assert [e.findtext(f"{ATOM}title") for e in feed.findall(f"{ATOM}entry")] == [
        f"{shown} ({shown})",
        f"Removed: {shown} ({shown})",
    ]


def test_a_stop_builds_in_what_was_had(replica: Replica, places: tuple[Path, Path]) -> None:
    kg, decisions = places
    assert _run("update", kg, decisions).exit_code == 0
    replica.publish([_decision(4, FAULT)])
    later = Response(503, b"", {"Retry-After": "86400"})
    replica.always = lambda path: later if "page=1" in path else None
    ran = _run("update", kg)
    assert ran.exit_code == 1
    assert "asks to come back after 24 hours" in ran.stderr
    assert ran.stdout.startswith("New decisions: 0\n")
    replica.always = lambda _: None
    assert _run("update", kg).stdout.startswith("New decisions: 1\n")


def test_folders_that_cannot_be_updated_from(
    tmp_path: Path, places: tuple[Path, Path], replica: Replica
) -> None:
    kg, decisions = places
    replica.log.clear()
    for words, message in (
        ((kg,), "name the folder of decisions after it"),
        ((kg, tmp_path / "none"), "no decisions have been fetched into this folder"),
        ((kg, decisions, "--format", "rss"), "use one of text, json, atom"),
    ):
        ran = _run("update", *words)
        assert ran.exit_code == 2
        assert message in ran.stderr
    kg.mkdir()
    (kg / "harvest.json").write_text("[]")
    ran = _run("update", kg)
    assert (ran.exit_code, "it cannot be read" in ran.stderr) == (2, True)
    assert not replica.log
