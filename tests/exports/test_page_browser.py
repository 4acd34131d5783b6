"""The page in a real browser: no request, no script of a decision's, every item reachable."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from exports.page import write_page
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.drawing import wait_until_drawn

pytestmark = pytest.mark.browser

_OPEN = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[_OPEN]:
    """Opens a page of a graph; afterwards nothing may have been fetched or complained of."""
    said: list[str] = []
    fetched: list[str] = []
    contexts: list[Any] = []

    def show(kg: KnowledgeGraph, width: int = 1400, fragment: str = "", **options: Any) -> Any:
        write_page(kg, tmp_path / "page.html", **options)
        context = browser.new_context(
            viewport={"width": width, "height": 860}, accept_downloads=True
        )
        contexts.append(context)
        context.on("request", lambda request: fetched.append(request.url))
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto((tmp_path / "page.html").as_uri() + fragment)
        return tab

    yield show
    for context in contexts:
        context.close()
    assert said == []
    assert all(url.startswith(("file:", "blob:")) for url in fetched)
    assert len([url for url in fetched if url.startswith("file:")]) == len(contexts)


def test_the_graph_is_drawn_without_a_request(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    assert tab.evaluate("document.compatMode") == "CSS1Compat"
    assert tab.evaluate("document.documentElement.lang") == "en-GB"
    assert tab.title() == "Decisions of the Ombudsman · Faultlines"
    assert tab.locator("h1").count() == 1
    drawn = """() => {
        const canvas = document.querySelector('#drawing canvas');
        const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return pixels.some((value) => value > 0);
    }"""
    wait_until_drawn(tab, 3_000)
    assert tab.evaluate(drawn)


def test_hostile_words_run_nothing(hostile_kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(hostile_kg)
    tab.focus("#drawing")
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
        assert tab.locator("#details h2").inner_text()
    tab.click("#tab-table")
    tab.fill("#search", "script")
    tab.keyboard.press("Enter")
    assert tab.evaluate("window.pwned") is None
    assert tab.locator("#panel img, #panel script, #results script").count() == 0
    assert tab.locator("a[href^='javascript']").count() == 0


def test_the_table_has_a_row_for_every_edge(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    edges = tab.evaluate("JSON.parse(document.getElementById('data').textContent).edges.length")
    assert tab.locator("tbody tr").count() == edges > 0


def test_search_finds_and_opens(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    tab.fill("#search", "  KINGSFERRY  city ")
    assert tab.inner_text("#found") == "1 item fits"
    tab.press("#search", "Enter")
    assert tab.inner_text("#details h2") == "Kingsferry City Council"
    assert tab.evaluate("location.hash") == "#council/X06000001"
    assert tab.evaluate("document.activeElement.tagName") == "H2"
    tab.fill("#search", "no such thing")
    assert tab.inner_text("#found") == "0 items fit"


def test_the_legend_filters_drawing_and_table(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    tab.click("#tab-table")
    before = tab.locator("tbody tr:visible").count()
    tab.locator(".legend label", has_text="Remedies").locator("input").uncheck()
    rows = tab.locator("tbody tr:visible")
    assert 0 < rows.count() < before
    assert "Apology" not in " ".join(rows.all_inner_texts())
    assert tab.inner_text("#shown").startswith("22 items of 30")


def test_every_item_is_reached_by_keyboard(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg, scope=Scope(council="Tarnbeck"))
    tab.focus("#drawing")
    wanted = int(tab.inner_text("#shown").split()[0])
    reached = set()
    for _ in range(6):
        tab.keyboard.press("ArrowRight")
        for key in ["ArrowUp"] * 4 + ["ArrowDown"] * 4:
            reached.add(tab.evaluate("location.hash"))
            tab.keyboard.press(key)
        reached.add(tab.evaluate("location.hash"))
    assert len(reached) == wanted
    assert tab.inner_text("#said")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.tagName") == "H2"
    tab.keyboard.press("Escape")
    assert tab.locator("#panel").is_hidden()
    assert tab.evaluate("document.activeElement.id") == "drawing"


def test_the_library_adds_no_nameless_tab_stop(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    assert tab.locator(".vis-network").get_attribute("tabindex") == "-1"


def test_the_address_leads_to_an_item(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg, fragment="#decision/22-900-014/X08000001/remedy/r2")
    assert tab.inner_text("#details h2") == "Payment for lost education: £1,200"
    panel = tab.inner_text("#panel")
    assert "pay her £1,200 for the education Z missed" in panel
    assert "Paragraph 9" in panel
    assert "15 October 2022" in panel
    tab.locator(".linked button").first.click()
    assert tab.inner_text("#details h2") == "Loss of education or special educational provision"


def test_a_decision_links_to_where_it_is_published(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg, fragment="#decision/22-900-014/X08000001")
    link = tab.locator("#panel .panel-tools a")
    assert link.get_attribute("href").startswith("https://www.lgo.org.uk/decisions/")
    assert link.inner_text() == "Read the published decision"


def test_a_saved_table_is_harmless_in_a_spreadsheet(
    hostile_kg: KnowledgeGraph, opened: _OPEN
) -> None:
    import csv

    tab = opened(hostile_kg)
    with tab.expect_download() as download:
        tab.click("#csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines(keepends=True)))
    assert {len(row) for row in rows} == {9}
    assert len(rows) == 1 + tab.locator("tbody tr").count()
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_saved_picture_is_a_png(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg)
    with tab.expect_download() as download:
        tab.click("#picture")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(width: int, kg: KnowledgeGraph, browser: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    write_page(kg, tmp_path / "page.html")
    # axe is a script from outside, which the page's own policy would rightly refuse
    context = browser.new_context(viewport={"width": width, "height": 860}, bypass_csp=True)
    tab = context.new_page()
    tab.goto((tmp_path / "page.html").as_uri() + "#decision/22-900-014/X08000001")
    found = []
    for name in ("graph", "table"):
        tab.click(f"#tab-{name}")
        found += [violation["id"] for violation in axe.Axe().run(tab).response["violations"]]
    context.close()
    assert found == []


def test_a_telephone_shows_the_table_first_and_fits(kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(kg, width=390)
    assert tab.locator("#table").is_visible()
    assert tab.locator("#drawing").is_hidden()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.click("#tab-graph")
    assert tab.locator("#drawing canvas").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_all_of_it_is_seen_at_first(sample_kg: KnowledgeGraph, opened: _OPEN) -> None:
    tab = opened(sample_kg, width=1280, scope=Scope(council="X08000001"))
    tab.emulate_media(reduced_motion="reduce")
    drawing = tab.locator("#drawing")
    wait_until_drawn(tab)
    first = drawing.screenshot()
    tab.click("#fit")
    tab.mouse.move(0, 0)
    assert drawing.screenshot() == first
    tab.click("#closer")
    assert drawing.screenshot() != first
