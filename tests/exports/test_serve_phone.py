"""The explorer on a telephone, 390 pixels wide: what is seen without moving sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WIDTH = 390


@pytest.fixture(scope="module")
def address(sample_kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(sample_kg)) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": WIDTH, "height": 844})
    yield page
    page.close()


def test_a_list_of_decisions_shows_all_of_each(phone: Page, address: str) -> None:
    phone.goto(f"{address}/decisions")
    box = phone.locator(".scroll", has=phone.locator("table.cases")).first
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    rows = phone.get_by_role("row").filter(has=phone.locator(".when"))
    assert rows.count() == 26
    for cell in rows.nth(3).locator("th, td").all():
        place = cell.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= WIDTH


def test_its_table_is_still_a_table_to_a_screen_reader(phone: Page, address: str) -> None:
    phone.goto(f"{address}/decisions")
    table = phone.get_by_role("table", name="Decisions")
    headings = table.get_by_role("columnheader").all_inner_texts()
    assert headings == ["Decision", "Date", "Council and subject", "Outcome", "Faults found"]
    row = table.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 4


def test_the_head_of_a_page_leaves_room_for_the_page(phone: Page, address: str) -> None:
    phone.goto(address)
    head = phone.locator("header.top").bounding_box()
    assert head
    assert head["height"] < 150
    for link in phone.get_by_role("navigation", name="Main").get_by_role("link").all():
        place = link.bounding_box()
        assert place
        assert place["x"] + place["width"] <= WIDTH


def test_a_drawing_over_time_begins_with_what_is_new(phone: Page, address: str) -> None:
    phone.goto(f"{address}/timeline")
    newest = phone.locator(".timeline svg[role] a").last.bounding_box()
    assert newest
    assert 0 <= newest["x"] <= WIDTH - newest["width"]


def test_the_numbers_of_links_come_before_their_drawing(phone: Page, address: str) -> None:
    phone.goto(f"{address}/flows")
    table, drawing = phone.locator("table.counted").first, phone.locator("figure.flows")
    above, below = table.bounding_box(), drawing.bounding_box()
    assert above
    assert below
    assert above["y"] < below["y"]
