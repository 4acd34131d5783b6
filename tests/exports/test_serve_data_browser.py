"""Charts, links followed step by step and queries behind views, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

COUNCIL = "council/X08000001"
QUERY = (
    "SELECT ?council ?fault (COUNT(*) AS ?found) { ?finding fl:faultType ?fault ; "
    "fl:faultBy ?council } GROUP BY ?council ?fault ORDER BY DESC(?found) ?council ?fault"
)
STATE = [
    ("start", COUNCIL),
    ("add", f"{COUNCIL}>decision"),
    ("add", "decisions>fault"),
    ("add", f"{COUNCIL}>remedy>apology"),
    ("open", "provision"),
]


@pytest.fixture(scope="module")
def address(kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(kg)) as address:
        yield address


def test_a_reader_follows_links_and_goes_back(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    problems: list[str] = []
    asked: set[str] = set()
    tab.on("console", lambda message: problems.append(message.text))
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("request", lambda request: asked.add(request.url.split("/")[2]))
    tab.goto(f"{address}/fault/delay")
    tab.get_by_role("link", name="Follow its links, step by step").click()
    tab.get_by_role("link", name=re.compile("Add all ?: stands in decisions")).click()
    tab.get_by_text("3 things and 2 links").wait_for()
    frame = tab.frame_locator("iframe.drawn")
    frame.locator("#drawing canvas").wait_for()
    tab.get_by_role("link", name="Found injustice", exact=True).click()
    tab.get_by_label("Distress").check()
    tab.get_by_role("button", name="Add the chosen").click()
    tab.get_by_text("4 things and").wait_for()
    tab.go_back()
    tab.go_back()
    tab.get_by_text("3 things and 2 links").wait_for()
    tab.go_back()
    tab.get_by_text("1 thing and 0 links").wait_for()
    assert problems == []
    assert asked == {address.split("/")[2]}
    tab.close()


def test_links_are_followed_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/explore?{urlencode(STATE)}")
    assert tab.locator("iframe").count() == 0
    assert tab.locator("table.links tbody tr").count() > 3
    tab.locator(".choices input:not([disabled])").first.check()
    tab.get_by_role("button", name="Add the chosen").click()
    assert "provision" in tab.url
    tab.get_by_role("link", name="See it drawn").click()
    assert tab.locator("#table tbody tr").count() > 3
    assert tab.locator("#table tbody tr").first.is_visible()
    context.close()


def test_the_drawing_stands_in_no_page_of_another_site(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    other = address.replace("127.0.0.1", "localhost")
    tab.goto(f"{other}/about")
    state = tab.evaluate(
        """async (source) => {
            const frame = document.createElement("iframe");
            frame.src = source;
            document.body.append(frame);
            await new Promise((done) => setTimeout(done, 1500));
            try { return frame.contentDocument ? frame.contentDocument.title : "" }
            catch { return "refused" }
        }""",
        f"{address}/explore/drawing?start={COUNCIL}",
    )
    assert "Tarnbeck" not in str(state)
    tab.close()


def test_an_answer_is_charted_and_drawn_from_the_keyboard(browser: Browser, address: str) -> None:
    tab = browser.new_page()
    tab.goto(f"{address}/sparql")
    tab.locator("#query").fill(QUERY)
    tab.keyboard.press("Control+Enter")
    tab.get_by_role("link", name="Chart").press("Enter")
    rows = tab.locator("table.result").first.locator("tbody tr").count()
    assert tab.locator("svg rect.bar").count() == rows > 2
    assert "show=chart" in tab.url
    tab.get_by_role("link", name="Graph", exact=True).click()
    tab.locator("#drawing canvas").wait_for()
    assert tab.locator("h1").inner_text() == "The answer as a graph"
    tab.go_back()
    assert tab.locator("#query").input_value() == QUERY
    tab.close()
