"""Decisions on several bodies: a number on a page is that of the list it leads to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from starlette.testclient import TestClient

from exports.serve import create_app
from tests import factories

HOST = "http://127.0.0.1:8765"
PAGE = {"accept": "text/html"}
TARNBECK, KINGSFERRY = "X08000001", "X06000001"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Two councils in one decision, where all fault and all payments are the first one's.

    In another, on the first alone, the second is named as who pays.
    """
    both = factories.decision(authorities=(factories.TARNBECK, factories.KINGSFERRY))
    named = replace(both.remedies[1], payer=factories.KINGSFERRY.name)
    other = factories.decision(reference="23 900 001", remedies=(named, *both.remedies[2:]))
    graph = factories.build_graph(
        (both, other, factories.housing_decision()), tmp_path_factory.mktemp("bodies")
    )
    with graph, TestClient(create_app(graph), base_url=HOST, headers=PAGE) as made:
        yield made


def linked_numbers(page: str) -> list[tuple[str, int]]:
    """Addresses of lists of decisions that a page's numbers lead to."""
    found = re.findall(r'<td><a href="(/decisions\?[^"]*)"[^>]*>([\d,]+)</a></td>', page)
    return [(unescape(address), int(number.replace(",", ""))) for address, number in found]


def investigations(client: TestClient, address: str) -> int:
    """How many investigations a list of decisions says it holds."""
    words = " ".join(re.sub(r"<[^>]+>", " ", client.get(address).text).split())
    (number,) = re.findall(r"decisions?, ([\d,]+) investigation", words)
    return int(number.replace(",", ""))


@pytest.mark.parametrize("address", ["/fault/delay", "/injustice/distress", "/remedy/apology"])
def test_a_number_of_a_panel_is_that_of_its_list(client: TestClient, address: str) -> None:
    numbers = linked_numbers(client.get(address).text)
    assert numbers
    assert {to: investigations(client, to) for to, _ in numbers} == dict(numbers)


def test_the_other_body_of_a_decision_is_not_counted_for_the_fault(client: TestClient) -> None:
    fault = linked_numbers(client.get("/fault/poor-complaint-handling").text)
    councils = {to: number for to, number in fault if "council=" in to}
    # the same words under two references are one investigation
    assert councils == {f"/decisions?council={TARNBECK}&fault=poor-complaint-handling": 1}


def test_payments_are_of_the_complaints_that_they_stand_beside(client: TestClient) -> None:
    address = f"/compare?council={KINGSFERRY}&format=json"
    rows = {
        row["key"]: row
        for row in json.loads(client.get(address).text)
        if row["table"] == "payments"
    }
    # £2,400 by its own decision; the £1,200 of the decision on Tarnbeck alone is not among them
    assert (rows["number"]["number"], rows["total"]["number"]) == (1, 2400.0)
    assert rows["number"]["out_of"] == 2


def test_what_a_search_offers_is_what_it_then_shows(client: TestClient) -> None:
    chosen = f"/search?q=council&council={KINGSFERRY}&fault=delay"
    page = client.get(chosen).text
    offered = re.findall(
        r'<li[^>]*><a href="(/search\?[^"]*)"[^>]*>[^<]*</a> <span class="n">([\d,]+)</span>', page
    )
    assert any("fault=" in to for to, _ in offered)
    for to, number in offered:
        rows = client.get(unescape(to) + "&format=json").json()
        assert len(rows) == int(number), to
