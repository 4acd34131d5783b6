"""The page's address, its filters and its table in Chromium: each state can be sent and undone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exports.page import HARD_LIMIT, page, page_of
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.drawing import wait_until_drawn
from tests.exports.large_page import large_content

pytestmark = pytest.mark.browser

Watched = Callable[..., Any]
REMEDY = "decision/22-900-014/X08000001/remedy/r2"
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


def _picture(tab: Any, name: str) -> None:
    """Keep what is seen, for people to look at; not part of the repository."""
    ARTEFACTS.mkdir(exist_ok=True)
    tab.screenshot(path=ARTEFACTS / f"page-{name}.png")


def _state(tab: Any) -> tuple[str, list[str], str]:
    """What is chosen, which kinds are shown and which tab."""
    chosen = tab.locator("#details h2").all_inner_texts() if tab.is_visible("#panel") else [""]
    shown = tab.locator(".legend label:has(input:checked) .name").all_inner_texts()
    return chosen[0], shown, tab.locator("[role=tab][aria-selected=true]").inner_text()


def test_the_address_holds_selection_filters_and_tab(kg: KnowledgeGraph, watched: Watched) -> None:
    text = page(kg)
    tab = watched(text, fragment=f"#{REMEDY}")
    tab.locator(".legend label", has_text="Reasons").click()
    tab.locator(".legend label", has_text="Ombudsman’s powers").click()
    tab.click("#tab-table")
    fragment = tab.evaluate("location.hash")
    assert fragment == f"#{REMEDY}?tab=table&hide=reason&show=powers"
    again = watched(text, fragment=fragment)
    assert _state(again) == _state(tab)
    assert _state(again)[0] == "Payment for lost education: £1,200"
    assert again.locator("tr.chosen").count() > 0


def test_back_is_undo(kg: KnowledgeGraph, watched: Watched) -> None:
    tab = watched(page(kg))
    states = [_state(tab)]
    tab.fill("#search", "Kingsferry City")
    tab.press("#search", "Enter")
    states.append(_state(tab))
    tab.locator(".legend label", has_text="Remedies").click()
    states.append(_state(tab))
    tab.click("#tab-table")
    states.append(_state(tab))
    assert len({str(state) for state in states}) == 4
    for state in reversed(states[:-1]):
        tab.go_back()
        assert _state(tab) == state
    tab.go_forward()
    assert _state(tab) == states[1]


def test_the_table_leads_to_the_same_details(kg: KnowledgeGraph, watched: Watched) -> None:
    text = page(kg)
    tab = watched(text, fragment=f"#{REMEDY}")
    wanted = tab.inner_text("#details")
    other = watched(text)
    other.click("#tab-table")
    other.locator("tbody a", has_text="Payment for lost education").first.click()
    assert other.inner_text("#details") == wanted
    assert other.evaluate("location.hash") == f"#{REMEDY}?tab=table"
    assert other.evaluate("document.activeElement.tagName") == "H2"
    found = watched(text)
    found.fill("#search", "£1,200")
    found.press("#search", "Enter")
    assert found.inner_text("#details") == wanted


def test_a_link_of_the_drawing_shows_its_words(kg: KnowledgeGraph, watched: Watched) -> None:
    tab = watched(page(kg, Scope(council="Tarnbeck")), fragment="#?link=0")
    assert "is about" in tab.inner_text("#details h2")
    row = tab.locator("tbody tr.chosen")
    assert row.count() == 1
    assert row.get_attribute("data-edge") == "0"
    tab.locator("#details .linked button").first.click()
    assert tab.evaluate("location.hash") in ("#decision/22-900-014/X08000001", "#council/X08000001")


def test_each_link_of_an_item_shows_words_paragraph_and_decision(
    kg: KnowledgeGraph, watched: Watched
) -> None:
    tab = watched(page(kg), fragment=f"#{REMEDY}")
    evidence = tab.locator("#details .evidence").first
    evidence.locator("summary").click()
    assert "pay her £1,200 for the education Z missed" in evidence.inner_text()
    assert "Paragraph 9" in evidence.inner_text()
    assert evidence.locator("a").get_attribute("href").startswith("https://www.lgo.org.uk/")


def test_a_click_on_the_drawing_chooses(kg: KnowledgeGraph, watched: Watched) -> None:
    tab = watched(page(kg, Scope(council="Tarnbeck")))
    tab.focus("#drawing")
    tab.keyboard.press("ArrowRight")
    name = tab.inner_text("#details h2")
    tab.keyboard.press("Escape")
    box = tab.locator("#drawing canvas").bounding_box()
    # all is in view: a council stands at the left, in the middle of what it is linked to
    for share in (x / 40 for x in range(1, 40)):
        tab.mouse.click(box["x"] + 90, box["y"] + box["height"] * share)
        if tab.is_visible("#panel") and tab.inner_text("#details h2") == name:
            break
    assert tab.inner_text("#details h2") == name
    assert tab.evaluate("location.hash") == "#council/X08000001"


def test_many_rows_are_turned_page_by_page(watched: Watched) -> None:
    content = large_content(400)
    count = len(content.network().edges)
    tab = watched(page_of(content, limit=400), fragment="#?tab=table")
    assert tab.locator("tbody tr").count() == count
    assert tab.locator("tbody tr:visible").count() == 200
    assert tab.inner_text("#rows") == f"Rows 1 to 200 of {count}"
    assert tab.is_disabled("#earlier")
    seen = set(
        tab.locator("tbody tr:visible").evaluate_all("rows => rows.map(r => r.dataset.edge)")
    )
    while not tab.is_disabled("#later"):
        tab.click("#later")
        rows = tab.locator("tbody tr:visible")
        seen.update(rows.evaluate_all("rows => rows.map(r => r.dataset.edge)"))
    assert len(seen) == count
    last = tab.locator("tbody tr:visible a[href^='#']").last.get_attribute("href")
    again = watched(page_of(content, limit=400), fragment=f"{last}?tab=table")
    assert again.locator("tr.chosen:visible").count() > 0


def test_all_rows_are_saved_and_printed(watched: Watched) -> None:
    content = large_content(400)
    count = len(content.network().edges)
    tab = watched(page_of(content, limit=400), accept_downloads=True)
    with tab.expect_download() as download:
        tab.click("#csv")
    saved = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(saved.splitlines()))) == count + 1
    tab.locator(".legend label", has_text="Findings").click()
    rows = int(tab.evaluate("document.querySelectorAll('tbody tr:not(.off)').length"))
    assert 0 < rows < count
    tab.emulate_media(media="print")
    assert tab.locator("tbody tr:visible").count() == rows
    assert tab.locator("#drawing").is_hidden()
    assert tab.locator(".side").is_hidden()


def test_without_scripts_the_whole_table_stands_there(kg: KnowledgeGraph, watched: Watched) -> None:
    tab = watched(page(kg), java_script_enabled=False)
    assert tab.locator("tbody tr").count() == tab.locator("tbody tr:visible").count() > 0
    assert tab.locator("noscript .note").is_visible()
    assert tab.locator(".side").is_hidden()
    assert tab.locator("#graph").is_hidden()
    table, foot = tab.locator("table").bounding_box(), tab.locator("footer").bounding_box()
    assert table["y"] + table["height"] <= foot["y"]
    _picture(tab, "without-script")


def test_totals_draw_more_when_something_is_chosen(
    sample_kg: KnowledgeGraph, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.page.places._MAIN_ITEMS", 3)
    monkeypatch.setattr("exports.page.places._MAIN_LINKS", 1)
    tab = watched(page(sample_kg, limit=50))
    _picture(tab, "totals-1280")
    hidden = tab.evaluate(
        "(() => { const d = JSON.parse(document.getElementById('data').textContent);"
        "return d.about.nodes[d.nodes.find((n) => n.aside).id].hash })()"
    )
    tab.evaluate(f"location.hash = '#{hidden}'")
    tab.wait_for_selector("#panel:visible")
    assert tab.evaluate("location.hash") == f"#{hidden}"
    count = int(tab.evaluate("document.querySelectorAll('tr.chosen').length"))
    assert count > 0


def test_fifteen_hundred_items_are_drawn_soon(watched: Watched) -> None:
    content = large_content()
    assert len(content.network().nodes) == HARD_LIMIT
    tab = watched(page_of(content, limit=HARD_LIMIT))
    wait_until_drawn(tab)
    seconds = tab.evaluate("performance.getEntriesByName('drawn')[0].startTime") / 1000
    # the bar is two seconds (python -m tests.benchmarks drawing); this machine may be busy
    assert seconds < 8
    assert tab.locator("tbody tr").count() == len(content.network().edges)
    _picture(tab, "large-1280")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_pictures_for_people(
    scheme: str, width: int, sample_kg: KnowledgeGraph, watched: Watched
) -> None:
    text = page(sample_kg, Scope(provision="Care Act 2014"))
    tab = watched(text, width=width, color_scheme=scheme)
    tab.wait_for_timeout(300)
    _picture(tab, f"first-{width}-{scheme}")
    tab.click("#tab-graph")
    tab.focus("#drawing")
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(300)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    _picture(tab, f"chosen-{width}-{scheme}")
    drawing, panel = tab.locator("#drawing").bounding_box(), tab.locator("#panel").bounding_box()
    assert panel["x"] > drawing["x"] + 300 or panel["y"] > drawing["y"] + 100
    tab.click("#tab-table")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    _picture(tab, f"table-{width}-{scheme}")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert tab.evaluate(colour) == ("rgb(20, 24, 29)" if scheme == "dark" else "rgb(250, 249, 246)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(scheme: str, browser: Any, tmp_path: Path) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    path = tmp_path / "page.html"
    path.write_text(page_of(large_content(400), limit=400), encoding="utf-8")
    # axe is a script from outside, which the page's own policy would rightly refuse
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    item = "decision/22-900-001/X08000001"
    for fragment in ("", "#?tab=table", f"#{item}", f"#{item}?tab=table", "#?link=3"):
        tab = context.new_page()
        tab.goto(path.as_uri() + fragment)
        tab.fill("#search", "some")
        tab.locator("#details summary").evaluate_all("all => all.forEach((s) => s.click())")
        found[fragment] = [one["id"] for one in axe.Axe().run(tab).response["violations"]]
        tab.close()
    context.close()
    assert set(map(tuple, found.values())) == {()}
