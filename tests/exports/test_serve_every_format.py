"""Every kind of page as data: in all four formats, or with a reason why not."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest
import rdflib
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.files.formats import FORMATS
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import explorer_pages
from tests.exports.explorer_pages import COUNCIL, PAGES

HOST = "http://127.0.0.1:8765"
PAGE = {"accept": "text/html"}
_FORM = "a form, which shows nothing yet"
_DRAWN = "a drawing: it saves its own table, and the page that leads to it has all formats"
WITHOUT: Mapping[str, str] = {
    "about": "words; its numbers are those of the overview and of the graph's manifest",
    "compare-start": _FORM,
    "compare-which": _FORM,
    "council-drawn": _DRAWN,
    "decision-choice": "a choice between decisions, each of which has all formats",
    "decision-drawn": _DRAWN,
    "explore-drawn": _DRAWN,
    "explore-start": _FORM,
    "question": _FORM,
    "search-none": "an empty list",
    "sparql": _FORM,
    "sparql-graph": _DRAWN,
}
"""Pages without downloads, and why."""


@pytest.fixture(scope="module")
def client(
    sample_kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    decisions = explorer_pages.decisions(sample_kg)
    with (
        factories.build_graph(decisions, tmp_path_factory.mktemp("formats")) as kg,
        TestClient(create_app(kg), base_url=HOST) as made,
    ):
        yield made


def _offers(page: str) -> dict[str, str]:
    """Format to the address of its download."""
    found = {}
    for link in map(unescape, re.findall(r'href="([^"]*)"', page)):
        asked = parse_qs(urlsplit(link).query)
        for format in (*asked.get("format", ()), *asked.get("download", ())):
            found[format] = link
    return found


SHOWN = [name for name, kind in PAGES.items() if kind.status == 200]


@pytest.mark.parametrize("name", [name for name in SHOWN if name not in WITHOUT])
def test_a_page_is_had_in_every_format(client: TestClient, name: str) -> None:
    page = client.get(PAGES[name].path, headers=PAGE)
    offers = _offers(page.text)
    assert set(FORMATS) <= set(offers)
    read = {}
    for format, known in FORMATS.items():
        link = offers[format]
        response = client.get(link if link.startswith("/") else page.url.path + link)
        assert response.status_code == 200, response.text
        given = response.headers["content-type"].replace("sparql-results+", "")
        assert given.startswith(known.media_type)
        read[format] = response.text
    rows = list(csv.reader(io.StringIO(read["csv"])))
    assert rows[0]
    assert json.loads(read["json"]) is not None
    stated = rdflib.Graph().parse(data=read["ttl"], format="turtle")
    drawn = nx.parse_graphml(read["graphml"], force_multigraph=True)
    assert bool(len(rows) > 1) == bool(len(stated)) == bool(len(drawn))


@pytest.mark.parametrize("name", WITHOUT)
def test_a_page_that_has_no_format_offers_none(client: TestClient, name: str) -> None:
    assert name in SHOWN
    assert _offers(client.get(PAGES[name].path, headers=PAGE).text) == {}


@pytest.mark.parametrize(
    ("address", "number", "thing"),
    [
        ("/flows?show=both", "investigations", "https://w3id.org/faultlines/vocab/fault/delay"),
        (
            f"/compare?council={COUNCIL}",
            "number",
            f"https://w3id.org/faultlines/id/council/{COUNCIL}",
        ),
        ("/timeline?by=year", "investigations", ""),
        (
            f"/explore?start=council/{COUNCIL}&add=council/{COUNCIL}>fault",
            "investigations",
            "https://w3id.org/faultlines/vocab/fault/delay",
        ),
    ],
)
def test_the_statements_say_what_the_rows_say(
    client: TestClient, address: str, number: str, thing: str
) -> None:
    rows = client.get(f"{address}&format=json").json()
    wanted = sorted(float(row[number]) for row in rows if row[number] is not None)
    stated = rdflib.Graph().parse(data=client.get(f"{address}&format=ttl").text, format="turtle")
    found = sorted(
        float(str(value))
        for name, value in stated.predicate_objects()
        if str(name).rpartition("#")[2] == number
    )
    assert found == wanted
    assert wanted
    assert not thing or rdflib.URIRef(thing) in set(stated.objects())
