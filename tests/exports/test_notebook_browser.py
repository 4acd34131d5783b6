"""What a notebook shows, in Chromium: the page is drawn in its frame and reaches nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import faultlines
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.drawing import wait_until_drawn

pytestmark = pytest.mark.browser

Watched = Callable[..., Any]
ARTEFACTS = Path(__file__).parents[2] / "artefacts"
NOTEBOOK = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Notebook</title>'
    '<script>window.secret = "of the notebook"</script><body>{}</body></html>'
)


def _frame(tab: Any) -> Any:
    found = tab.wait_for_selector("iframe").content_frame()
    wait_until_drawn(found)
    return found


@pytest.mark.parametrize("what", ["graph", "decision", "page"])
def test_it_is_drawn_in_a_sealed_frame(what: str, kg: KnowledgeGraph, watched: Watched) -> None:
    with faultlines.open(kg.folder) as graph:
        shows: dict[str, Callable[[], str]] = {
            "graph": graph._repr_html_,
            "decision": lambda: graph.decision("22 900 014")._repr_html_(),
            "page": lambda: graph.page(council="Tarnbeck")._repr_html_(),
        }
        shown = shows[what]()
    tab = watched(NOTEBOOK.format(shown))
    frame = _frame(tab)
    assert frame.evaluate("self.origin") == "null"
    reach = "(() => { try { return String(parent.secret) } catch (e) { return e.name } })()"
    assert frame.evaluate(reach) == "SecurityError"
    store = "(() => { try { return String(localStorage) } catch (e) { return e.name } })()"
    assert frame.evaluate(store) == "SecurityError"
    assert tab.locator("iframe").get_attribute("sandbox") == "allow-scripts allow-downloads"
    ARTEFACTS.mkdir(exist_ok=True)
    tab.screenshot(path=ARTEFACTS / f"notebook-{what}.png")


def test_a_frame_works_without_an_address(kg: KnowledgeGraph, watched: Watched) -> None:
    with faultlines.open(kg.folder) as graph:
        tab = watched(NOTEBOOK.format(graph.page()._repr_html_()), accept_downloads=True)
    frame = _frame(tab)
    frame.fill("#search", "Kingsferry City")
    frame.press("#search", "Enter")
    assert frame.locator("#details h2").inner_text() == "Kingsferry City Council"
    assert frame.get_by_role("button", name="Copy link").count() == 0
    frame.locator("#drawing").focus()
    frame.page.keyboard.press("ArrowRight")
    assert frame.locator("#details h2").inner_text() != "Kingsferry City Council"
    assert frame.locator("#details a").count() == 0
    frame.click("#tab-table")
    frame.locator("tbody tr:visible a[href^='#']").first.click()
    assert frame.locator("#panel").is_visible()
    with tab.expect_download() as download:
        frame.click("#csv")
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")


def test_hostile_words_run_nothing(hostile_kg: KnowledgeGraph, watched: Watched) -> None:
    with faultlines.open(hostile_kg.folder) as graph:
        answer = graph.ask("SELECT * WHERE { ?s fl:authorityName ?o }")._repr_html_()
        html = graph._repr_html_() + answer + graph.decision("23 900 099")._repr_html_()
    tab = watched(NOTEBOOK.format(html))
    frame = _frame(tab)
    frame.locator("#drawing").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("window.pwned") is None
    assert frame.evaluate("window.pwned") is None
    assert tab.locator("body > img, body > script, td img, td script").count() == 0
