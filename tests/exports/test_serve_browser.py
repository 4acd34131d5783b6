"""The explorer in a browser: from the overview to a highlighted sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(kg)) as address:
        yield address


def test_from_the_overview_to_a_sentence(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    problems: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(address)
    page.get_by_role("link", name="Number").first.wait_for()
    page.locator('td.cell a[title*="Tarnbeck"][title*="Delay"]').click()
    page.get_by_role("link", name="22 900 014").click()
    quote = page.locator("#item-f1 .quotes a").first
    quote.hover()
    number = quote.get_attribute("data-ev")
    assert "lit" in (page.locator(f"#ev-{number}").get_attribute("class") or "")
    quote.click()
    assert page.url.endswith(f"#ev-{number}")
    mark = page.locator(f"#ev-{number}")
    assert "delayed arranging alternative provision" in mark.inner_text()
    box = mark.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    mark.click()
    assert page.url.endswith("#item-f1")
    assert problems == []
    assert asked == {address.split("/")[2]}
    page.close()


def test_the_legend_takes_marks_away_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/decision/22-900-014")
    mark = page.locator("mark.k-fault").first
    shown = mark.screenshot()
    page.locator("#show-fault").uncheck()
    assert mark.screenshot() != shown
    context.close()


def test_a_query_runs_from_the_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/sparql")
    page.locator("#query").fill("SELECT ?d { ?d a fl:Decision }")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.locator("#query").press("Control+Enter")
    page.get_by_text("4 rows").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.close()
