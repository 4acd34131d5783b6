"""Every page as data: rows that say what the page says, graphs that other programs read."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from starlette.testclient import TestClient

import faultlines
from exports.projection import project
from exports.scope import Scope
from exports.selection import Selection
from exports.serve import create_app
from exports.serve.files import downloads
from exports.serve.files.formats import FORMATS
from graph.knowledge_graph import KnowledgeGraph
from tests import factories

HOST = "http://127.0.0.1:8765"
LISTS = (
    "/decisions",
    "/decisions?council=X08000001",
    "/council/X08000001",
    "/fault/delay",
    "/injustice/distress",
    "/remedy/apology",
    "/reason/late",
    "/provision/ukpga/1996/56/section/19",
    "/body/ofsted",
    "/category/education",
    "/outcome/upheld",
    "/search?q=teaching",
    "/decision/22-900-014/X08000001",
)
"""Pages whose graph is that of some decisions."""
COUNTS = (
    *("/", "/?by=remedy", "/?by=year", "/?by=category&outcome=upheld"),
    *("/council/", "/fault/", "/provision/", "/outcome/", "/body/", "/category/"),
)
"""Pages of counts."""
ANSWERS = ("/questions", "/question/faults-by-council", "/question/faults-by-council?fault=delay")
PAGES = (*LISTS, *COUNTS, *ANSWERS)


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), base_url=HOST) as made:
        yield made


def asked(client: TestClient, address: str, format: str) -> Any:
    response = client.get(address, params={**_given(address), "format": format})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith(FORMATS[format].media_type)
    return response


def _given(address: str) -> dict[str, str]:
    # httpx replaces the query of an address by its parameters
    query = address.partition("?")[2]
    return dict(pair.split("=", 1) for pair in query.split("&") if pair)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def graphml(text: str) -> nx.MultiDiGraph[str]:
    return nx.MultiDiGraph(nx.parse_graphml(text, force_multigraph=True))


@pytest.mark.parametrize("address", PAGES)
def test_csv_and_json_hold_the_same_rows(client: TestClient, address: str) -> None:
    table = rows(asked(client, address, "csv").text)
    listed = asked(client, address, "json").json()
    if address.startswith("/decision/"):  # its JSON is the whole record, its CSV the passages
        assert listed["schema"] == "faultlines/decision/1"
        assert "Miss Y was caused distress" in {row["quote"] for row in table}
        return
    assert table == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in listed
    ]
    assert table


@pytest.mark.parametrize("address", PAGES)
def test_turtle_and_graphml_are_read_by_others(client: TestClient, address: str) -> None:
    assert len(rdflib.Graph().parse(data=asked(client, address, "ttl").text, format="turtle")) > 0
    assert len(graphml(asked(client, address, "graphml").text)) > 0


@pytest.mark.parametrize("address", [page for page in LISTS if not page.startswith("/decision/")])
def test_the_graph_of_a_list_is_that_of_its_decisions(
    client: TestClient, kg: KnowledgeGraph, address: str
) -> None:
    wanted = {row["reference"] for row in asked(client, address, "json").json()}
    scope = Scope(references=tuple(sorted(wanted)))
    network = project(kg, scope, "full")
    found = graphml(asked(client, address, "graphml").text)
    assert set(found) == {node.id for node in network.nodes}
    assert sorted(key for _, _, key in found.edges(keys=True)) == sorted(
        edge.id for edge in network.edges
    )
    said = rdflib.Graph().parse(data=asked(client, address, "ttl").text, format="turtle")
    content = Selection(kg, scope)
    lines = {line for _, graph in content.graphs() for line in graph}
    assert len(said) == len(lines)
    expected = rdflib.Graph().parse(data=b"".join(lines), format="ntriples")
    assert set(said) == set(expected)


def test_the_graph_of_the_overview_has_its_numbers(client: TestClient) -> None:
    table = asked(client, "/", "json").json()
    found = graphml(asked(client, "/", "graphml").text)
    linked = sorted(
        (source.rpartition("/")[2], target.rpartition("/")[2], told["weight"])
        for source, target, told in found.edges(data=True)
    )
    assert linked == sorted((r["council_key"], r["fault"], r["investigations"]) for r in table)
    said = rdflib.Graph().parse(data=asked(client, "/", "ttl").text, format="turtle")
    numbers = [
        int(str(value))
        for name, value in said.predicate_objects()
        if "#investigations" in str(name)
    ]
    assert sorted(numbers) == sorted(row["investigations"] for row in table)


def test_the_page_offers_what_it_has(client: TestClient) -> None:
    for address in PAGES:
        page = client.get(address, headers={"accept": "text/html"})
        for format in FORMATS:
            assert f"format={format}" in page.text, address


@pytest.mark.parametrize("address", PAGES)
def test_accept_chooses_too(client: TestClient, address: str) -> None:
    for format, known in FORMATS.items():
        found = client.get(address, headers={"accept": f"{known.media_type}, text/html;q=0.5"})
        assert found.headers["content-type"].startswith(known.media_type), format
    for accept in ("*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"):
        page = client.get(address, headers={"accept": accept})
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["vary"] == "Accept"


def test_a_format_that_there_is_not_is_named(client: TestClient) -> None:
    response = client.get("/decisions?format=doc")
    assert response.status_code == 400
    assert "csv, json, ttl, graphml" in response.text


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST", 1)


@pytest.mark.parametrize(
    "query", ["", "outcome=upheld", "outcome=upheld&year=2022", "fault=delay&outcome=upheld"]
)
@pytest.mark.usefixtures("short")
def test_a_long_list_names_the_command_that_writes_all(
    client: TestClient, kg: KnowledgeGraph, tmp_path: Path, query: str
) -> None:
    address = f"/decisions?{query}"
    listed = asked(client, address, "json").json()
    assert len(rows(asked(client, address, "csv").text)) == len(listed)  # rows are never refused
    if len(listed) <= 1:
        assert asked(client, address, "graphml")
        return
    for format in ("ttl", "graphml"):
        refused = client.get(address, params={**_given(address), "format": format})
        assert refused.status_code == 403
        assert refused.headers["faultlines-too-long"] == str(len(listed))
        assert "nothing is cut" in refused.text
    page = client.get(address)
    assert "format=graphml" not in page.text
    command = _command(page.text)
    assert command[:3] == ["faultlines", "export", "KG"]
    assert str(kg.folder) not in page.text
    command[2] = str(kg.folder)
    assert _exported(command, tmp_path) == {row["decision"] for row in listed}


def _command(page: str) -> list[str]:
    from html import unescape

    return shlex.split(
        unescape(page.partition("<code>faultlines")[2].partition("</code>")[0]).join(
            ("faultlines", "")
        )
    )


def _exported(command: list[str], folder: Path) -> set[str]:
    """IRIs of the decisions that the command writes."""
    from typer.testing import CliRunner

    command[command.index("--output") + 1] = str(folder)
    done = CliRunner().invoke(faultlines.app, command[1:])
    assert done.exit_code == 0, done.output
    said = rdflib.Graph().parse(folder / "faultlines.ttl")
    decided = rdflib.URIRef("https://w3id.org/faultlines/ns#decidedBy")
    return {str(decision) for decision in said.objects(None, decided)}


@pytest.mark.usefixtures("short")
def test_a_long_search_says_to_narrow(client: TestClient) -> None:
    refused = client.get("/search?q=council&format=ttl")
    assert refused.status_code == 403
    for page in (refused.text, client.get("/search?q=council").text):
        assert "CSV and JSON have them all" in page
        assert "narrow the list to" in page


def test_hostile_words_survive_or_are_refused(
    hostile_kg: KnowledgeGraph, hostile_xml_kg: KnowledgeGraph
) -> None:
    with TestClient(create_app(hostile_xml_kg), base_url=HOST) as client:
        for address in ("/decisions", "/", "/council/", "/decision/23-900-099"):
            found = graphml(client.get(f"{address}?format=graphml").text)
            assert any("<script>" in str(told) for _, told in found.nodes(data=True)), address
            said = rdflib.Graph().parse(
                data=client.get(f"{address}?format=ttl").text, format="turtle"
            )
            assert any("<script>" in str(value) for value in said.objects())
    with TestClient(create_app(hostile_kg), base_url=HOST) as client:
        refused = client.get("/decisions?format=graphml")
        assert refused.status_code == 400
        assert "<script>window" not in refused.text
        assert json.loads(client.get("/decisions?format=json").text)


def test_a_graph_of_a_decision_without_a_reference(tmp_path: Path) -> None:
    graph = factories.build_graph((factories.closed_decision(reference=None),), tmp_path)
    with TestClient(create_app(graph), base_url=HOST) as client:
        found = graphml(client.get("/decisions?format=graphml").text)
        assert [told["kind"] for _, told in found.nodes(data=True)].count("decision") == 1
