"""From a list of decisions filtered by a thing to the passage of each decision that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.counts.dimensions import place_of
from graph.knowledge_graph import KnowledgeGraph

HOST = "http://127.0.0.1:8765"
LISTS = (
    "/fault/delay",
    "/injustice/distress",
    "/remedy/apology",
    "/reason/late",
    "/provision/ukpga/2014/6",
    "/guidance/lgsco-guidance-on-remedies",
    "/body/ofsted",
    "/decisions?fault=delay&outcome=upheld",
    "/flows/decisions?fault=delay&remedy=apology",
)


@pytest.fixture(scope="module")
def client(sample_kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(sample_kg), base_url=HOST) as made:
        yield made


def _links(client: TestClient, address: str) -> list[str]:
    page = client.get(address, headers={"accept": "text/html"}).text
    return [
        unescape(link)
        for link in re.findall(r'role="rowheader"><a href="(/decision/[^"]*)">', page)
    ]


@pytest.mark.parametrize("address", LISTS)
def test_each_decision_of_a_list_opens_at_its_passage(client: TestClient, address: str) -> None:
    links = _links(client, address)
    assert links
    for link in links:
        path, _, place = link.partition("#")
        page: Any = html.document_fromstring(client.get(path).text)
        (anchor,) = page.xpath("//*[@id=$id]", id=unquote(place))
        # several things that one passage says are places in one another
        while anchor.getparent().get("class") == "place":
            anchor = anchor.getparent()
        assert anchor.getnext().tag == "mark"
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_a_list_by_what_no_passage_says_opens_decisions_at_their_top(client: TestClient) -> None:
    for address in ("/decisions", "/outcome/upheld", "/council/X08000001", "/year/2022"):
        links = _links(client, address)
        assert links
        assert not [link for link in links if "#" in link]


def test_the_first_thing_that_passages_say_is_taken() -> None:
    assert place_of((("council", "X08000001"), ("fault", "delay"))) == "#fault/delay"
    assert place_of((("year", "2022"),)) == ""
    assert place_of((("body", 'a"b c'),)) == "#body/a%22b%20c"
