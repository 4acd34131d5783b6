"""Following links step by step: counts first, steps that can be undone, nothing cut unsaid."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import networkx as nx
import pytest
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.counts.figures import Figures
from exports.serve.explore import ego
from exports.serve.explore.ego import Explorer, Step, Thing
from exports.serve.explore.proof import Proofs
from graph.knowledge_graph import KnowledgeGraph
from tests import factories

HOST = "http://127.0.0.1:8765"
COUNCIL = "council/X08000001"
DECISION = "decision/22-900-014/X08000001"
DELAY = "fault/delay"


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), base_url=HOST) as made:
        yield made


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A council with more decisions than a step adds, and one of another council."""
    made = (*factories.many(120), factories.housing_decision())
    return factories.build_graph(made, tmp_path_factory.mktemp("crowded"))


def state(start: str, *steps: str, **more: str) -> str:
    return "/explore?" + urlencode([("start", start), *(("add", s) for s in steps), *more.items()])


def links(client: TestClient, address: str) -> list[tuple[str, str, str]]:
    """(from, link, to) of the table, as its download has them."""
    found = csv.DictReader(io.StringIO(client.get(f"{address}&format=csv").text))
    return [(row["from"], row["link"], row["to"]) for row in found]


def test_counts_come_before_anything_is_added(client: TestClient, kg: KnowledgeGraph) -> None:
    text = client.get(state(COUNCIL)).text
    assert "1 thing and 0 links" in text
    explorer = Explorer(Figures(kg))
    start = Thing("council", "X08000001")
    sizes = dict(explorer.sizes(start))
    assert sizes["decision"] == 1
    assert sizes["fault"] == 3
    for link, number in sizes.items():
        assert len(explorer.counts(start, link, ego.Ego({start: None}))) == number
        assert re.search(rf"{ego.LINKS[link]}</a></th><td>{number}</td>", text, re.IGNORECASE)


@pytest.mark.parametrize("start", [COUNCIL, DECISION, DELAY, "body/ofsted", "remedy/apology"])
def test_each_kind_of_link_adds_what_it_counted(
    client: TestClient, kg: KnowledgeGraph, start: str
) -> None:
    source = Thing.of(start)
    assert source is not None
    explorer = Explorer(Figures(kg))
    for link, number in explorer.sizes(source):
        shown = explorer.grow(source, [Step(source, link)])
        assert len(shown.things) == 1 + number
        assert len(shown.links) >= number
        assert client.get(state(start, f"{start}>{link}")).status_code == 200


def test_a_step_says_what_the_decision_says(client: TestClient) -> None:
    address = state(COUNCIL, f"{COUNCIL}>decision", "decisions>fault")
    text = client.get(address).text
    assert "The Council delayed arranging alternative provision for Z. This was fault." in unescape(
        text
    )
    assert ("22 900 014", "found fault", "Delay") in links(client, address)


def test_a_link_of_many_decisions_has_their_number_and_words(client: TestClient) -> None:
    found = client.get(state(COUNCIL, f"{COUNCIL}>fault>delay", format="json")).json()
    (row,) = found
    assert row["investigations"] == 1
    assert row["decision"].endswith(DECISION)
    assert "delayed arranging alternative provision" in row["quote"]


def test_every_quote_stands_in_its_decision(sample_kg: KnowledgeGraph) -> None:
    figures = Figures(sample_kg)
    explorer, proofs = Explorer(figures), Proofs(sample_kg, figures)
    quoted = 0
    for council in figures.book.keys("council"):
        start = Thing("council", council)
        steps = [Step(start, "decision"), *(Step(None, link) for link in ego.LINKS)]
        for link in explorer.grow(start, steps).links:
            path, passages = proofs.of(link)
            assert path is not None
            headed = {"council", "category", "outcome"} >= {link.source.kind, link.target.kind} - {
                "decision"
            }
            assert bool(passages) != headed, link
            entry = sample_kg.ledger.entry(f"https://w3id.org/faultlines/id/decision/{path}")
            assert entry is not None
            said = "\n".join(p.text for p in entry.decision().paragraphs)
            said += entry.decision().summary or ""
            for passage in passages:
                quoted += passage.quote in said
    assert quoted > 300


def test_a_step_adds_fifty_and_says_so(crowded: KnowledgeGraph) -> None:
    with TestClient(create_app(crowded), base_url=HOST) as client:
        first = state(COUNCIL, f"{COUNCIL}>decision")
        text = client.get(first).text
        assert "the first 50 of 120 were added" in text
        assert "51 things" in text
        twice = client.get(state(COUNCIL, f"{COUNCIL}>decision", f"{COUNCIL}>decision")).text
        assert "101 things" in twice
        listed = client.get(state(COUNCIL, open="decision", page="3")).text
        assert "101 to 120 listed" in listed
        assert (
            client.get(state(COUNCIL, open="decision", find="900 07")).text.count('type="checkbox"')
            == 10
        )


def test_things_are_shown_up_to_a_limit(
    crowded: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ego, "LIMIT", 20)
    with TestClient(create_app(crowded), base_url=HOST) as client:
        text = client.get(state(COUNCIL, f"{COUNCIL}>decision")).text
    assert "20 things and" in text
    assert "20 things are shown at most; the rest was left out." in text


def test_hubs_are_not_followed_by_themselves(crowded: KnowledgeGraph) -> None:
    explorer = Explorer(Figures(crowded))
    start = Thing("council", "X09000001")
    steps = [Step(start, "decision"), Step(None, "fault")]
    if not explorer.known(start):
        start = next(
            Thing("council", key) for key in explorer.book.keys("council") if key != "X08000001"
        )
        steps = [Step(start, "decision"), Step(None, "fault")]
    shown = explorer.grow(start, steps)
    assert Thing("fault", "delay") in shown.things  # which 120 other decisions have too
    assert len(shown.decisions) == 1


def test_steps_can_be_taken_back(client: TestClient) -> None:
    steps = [f"{COUNCIL}>decision", "decisions>fault"]
    page = client.get(state(COUNCIL, *steps)).text
    chips = [unescape(link) for link in re.findall(r'href="([^"]+)" title="Take this step', page)]
    kept = [parse_qs(urlsplit(link).query).get("add") for link in chips]
    assert kept == [[steps[1]], [steps[0]]]


def test_the_forms_keep_the_state(client: TestClient) -> None:
    text = client.get(state(COUNCIL, f"{COUNCIL}>decision", open="fault")).text
    boxes = [unescape(value) for value in re.findall(r'name="add" value="([^"]+)"', text)]
    assert f"{COUNCIL}>decision" in boxes
    assert f"{COUNCIL}>fault>delay" in boxes
    added = client.get(state(COUNCIL, f"{COUNCIL}>decision", f"{COUNCIL}>fault>delay"))
    assert "3 things and 3 links" in added.text


def test_the_drawing_says_what_a_number_counts(client: TestClient) -> None:
    address = state(COUNCIL, f"{COUNCIL}>fault")
    numbers = {row["investigations"] for row in client.get(f"{address}&format=json").json()}
    assert numbers
    drawn = client.get(address.replace("/explore?", "/explore/drawing?")).text
    table = drawn.partition("<tbody>")[2].partition("</tbody>")[0]
    for number in numbers:
        assert f"{number} investigation{'' if number == 1 else 's'}" in table
    assert "weight" not in table


def test_the_graph_file_and_the_drawing_have_the_same_links(client: TestClient) -> None:
    address = state(COUNCIL, f"{COUNCIL}>decision", "decisions>fault", "decisions>remedy")
    table = links(client, address)
    found: Any = nx.parse_graphml(client.get(f"{address}&format=graphml").text)
    labels = {
        (found.nodes[source]["label"], told["label"], found.nodes[target]["label"])
        for source, target, told in found.edges(data=True)
    }
    assert labels == set(table)
    drawn = client.get(address.replace("/explore?", "/explore/drawing?"))
    assert drawn.status_code == 200
    assert drawn.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert drawn.headers["x-frame-options"] == "SAMEORIGIN"
    assert drawn.text.count('<tr data-edge="') == len(table)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/explore?start=council/X99999999", 404, "X99999999"),
        ("/explore?start=doc/x", 400, "doc/x"),
        (state(COUNCIL, "nonsense"), 400, "nonsense"),
        (state(COUNCIL, open="doc"), 400, "doc"),
        (state(COUNCIL, at=DELAY), 404, "not among"),
        ("/explore/drawing", 400, "where to start"),
        (state(COUNCIL, format="doc"), 400, "csv, json, ttl, graphml"),
        (state(COUNCIL, f"{COUNCIL}>fault>nothing"), 200, "Nothing links"),
        (state(COUNCIL, f"{DELAY}>decision"), 200, "is not shown"),
    ],
)
def test_what_cannot_be_followed_is_said(
    client: TestClient, address: str, status: int, says: str
) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert says in unescape(response.text)


def test_where_to_start(client: TestClient) -> None:
    assert "Tarnbeck" in client.get("/explore").text
    assert f"start={'decision%2F22-900-014%2FX08000001'}" in client.get("/explore?q=22900014").text
    assert "start=fault%2Fdelay" in client.get("/explore?q=delay").text
    assert "Nothing here is called that" in client.get("/explore?q=zzz").text


def test_other_pages_lead_here(client: TestClient) -> None:
    for address in ("/council/X08000001", "/fault/delay", "/decision/22-900-014/X08000001"):
        (link,) = re.findall(r'href="(/explore\?[^"]+)"', client.get(address).text)
        assert client.get(unescape(link)).status_code == 200


def test_hostile_words_stay_words(hostile_kg: KnowledgeGraph) -> None:
    with TestClient(create_app(hostile_kg), base_url=HOST) as client:
        (start,) = re.findall(r'href="(/explore\?start=council[^"]+)"', client.get("/explore").text)
        council = parse_qs(urlsplit(unescape(start)).query)["start"][0]
        steps = [f"{council}>decision", *(f"decisions>{link}" for link in ego.LINKS)]
        for address in (
            state(council, *steps, open="fault"),
            "/explore?q=%3Cscript%3Ealert(1)%3C/script%3E",
            state(council, f"{council}>fault><script>"),
            state("fault/<script>alert(1)</script>"),
        ):
            text = client.get(address).text
            assert "<script>window" not in text
            assert "<script>alert" not in text
            assert "<img" not in text
        table: Any = csv.reader(io.StringIO(client.get(state(council, *steps, format="csv")).text))
        assert not [cell for row in table for cell in row if cell.startswith(("=", "@", "+"))]


def test_an_empty_graph_has_a_start(tmp_path: Path) -> None:
    graph = factories.build_graph((), tmp_path)
    with TestClient(create_app(graph), base_url=HOST) as client:
        assert "This graph has no decision" in client.get("/explore").text
