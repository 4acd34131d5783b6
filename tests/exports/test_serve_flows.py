"""People at work: from the front page to the sentence that each of them needs.

Each way is walked with JavaScript and without it, on a large screen and on a phone, by what
a person reads on the page; nothing may go wrong in the console, and nothing is asked of any
other host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

SCREENS: dict[str, ViewportSize] = {
    "large": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}


@pytest.fixture(scope="module")
def address(sample_kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(sample_kg)) as address:
        yield address


@pytest.fixture(
    params=[(screen, script) for screen in SCREENS for script in (True, False)], ids=str
)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The front page of the explorer."""
    screen, script = request.param
    context = browser.new_context(viewport=SCREENS[screen], java_script_enabled=script)
    made = context.new_page()
    problems: list[str] = []
    hosts: set[str] = set()
    made.on("console", lambda message: problems.append(message.text))
    made.on("pageerror", lambda error: problems.append(str(error)))
    made.on("request", lambda asked: hosts.add(asked.url.split("/")[2]))
    made.goto(address)
    yield made
    assert problems == []
    assert hosts == {address.split("/")[2]}
    context.close()


def _sentence(page: Page) -> str:
    """The words that the address points at, and that a reader sees."""
    target = page.locator(":target")
    assert target.count() == 1
    height = page.viewport_size["height"] if page.viewport_size else 0
    for _ in range(50):  # the page may scroll smoothly
        box = target.first.bounding_box()
        if box is not None and -50 < box["y"] < height:
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail(f"what {page.url} points at is out of sight")
    return " ".join(target.first.inner_text().split())


def test_a_journalist_finds_the_council_with_most_of_a_fault_and_the_sentence(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Sort by Delay|^Delay$")).first.click()
    row = page.locator("tbody tr").first
    council = row.locator("th").inner_text().strip()
    row.locator("td.cell a").first.click()
    page.locator("table.cases th[scope=row] a").first.click()
    assert council.split()[0] in page.locator("h1").inner_text()
    delay = page.get_by_role("link", name="Delay", exact=True)
    finding = page.locator("[id^=item-f]").filter(has=delay)
    finding.first.locator(".quotes a").first.click()
    assert re.search(r"delay|late|long|weeks|months|wait|until", _sentence(page), re.IGNORECASE)


def test_an_advice_worker_finds_what_is_paid_for_lost_education(page: Page) -> None:
    page.get_by_role("searchbox").first.fill("payment for lost education")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Payment for lost education", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Payment for lost education"
    page.locator("table.cases th[scope=row] a").first.click()
    remedy = page.locator(".quotes a").filter(has_text=re.compile("£[0-9]"))
    remedy.first.click()
    assert re.search(r"£[0-9]", _sentence(page))


def test_a_council_officer_finds_what_was_promised_and_by_when(page: Page) -> None:
    page.get_by_role("link", name="Councils", exact=True).first.click()
    page.get_by_role("link", name="Tarnbeck Metropolitan Borough Council").first.click()
    promises = page.locator("table.promises tbody tr")
    assert promises.count() >= 3
    assert re.search(r"\d{4}", promises.first.locator("td").first.inner_text())
    words = " ".join(promises.first.locator("td").nth(1).inner_text().split())
    promises.first.locator("td a").last.click()
    page.locator("a", has_text=words).first.wait_for()
    page.locator(":target").locator(".quotes a").first.click()
    assert len(_sentence(page)) > 20
