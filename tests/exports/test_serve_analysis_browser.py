"""Comparing, links, time and reports in a browser: without a script, by keyboard, on paper."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

pytestmark = pytest.mark.browser
TARNBECK = "X08000001"


@pytest.fixture(scope="module")
def address(sample_kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(sample_kg)) as address:
        yield address


def test_councils_are_compared_without_a_script(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto(f"{address}/council/{TARNBECK}")
    page.get_by_role("link", name="Compare with other councils").click()
    page.get_by_label("Add a council").fill("Kingsferry City Council")
    page.get_by_role("button", name="Add").click()
    assert page.url == f"{address}/compare?council={TARNBECK}&council=X06000001"
    assert page.get_by_role("columnheader", name="Kingsferry City Council").count() > 3
    page.get_by_title("Take this council out").first.click()
    assert page.url == f"{address}/compare?council=X06000001"
    page.go_back()
    assert page.url == f"{address}/compare?council={TARNBECK}&council=X06000001"
    assert asked == {address.split("/")[2]}
    context.close()


def test_a_bar_is_reached_and_followed_by_keyboard(browser: Any, address: str) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{address}/timeline?by=year")
    bar = page.locator(".timeline svg a").first
    said = bar.get_attribute("aria-label")
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions?year=*")
    assert page.url.rpartition("=")[2] == said[:4]
    assert problems == []
    page.close()


def test_a_band_leads_to_its_decisions_but_is_no_stop_for_the_keyboard(
    browser: Any, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/flows")
    assert page.locator('.flows svg a:not([tabindex="-1"])').count() == 0
    assert page.locator(".flows svg").get_attribute("aria-hidden") == "true"
    start = page.locator(".flows svg path").first.evaluate(
        "e => { const p = e.getPointAtLength(4).matrixTransform(e.getScreenCTM());"
        " return [p.x, p.y] }"
    )
    page.mouse.click(*start)
    page.wait_for_url("**/flows/decisions?*")
    assert page.locator("table.cases tbody tr").count() > 0
    page.close()


def test_a_report_prints_on_a4_with_all_that_it_says(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/council/{TARNBECK}/report")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    # a font may join f and i to one character
    texts = [normalize("NFKC", sheet.extract_text()) for sheet in printed.pages]
    for number, text in enumerate(texts, 1):
        assert f"{number} of {len(texts)}" in text
    words = " ".join(" ".join(texts).split())
    assert "Notes: what each number counts" in words
    assert "Search" not in words
    assert "Download" not in words
    for heading in ("1. In figures", "4. What was promised", "5. Decisions that found fault"):
        assert heading in words
    # no heading stands alone at the foot of a sheet
    assert not [t for t in texts if t.rstrip().endswith(("1. In figures", "2. Over time"))]
