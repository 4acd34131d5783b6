"""A publication's pages in a real browser: opened from a disk, they ask for nothing elsewhere."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from exports.publication import publish
from graph.knowledge_graph import KnowledgeGraph

axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        importlib.util.find_spec("pylode") is None, reason="needs pyLODE (the extra publish)"
    ),
]

OWN = ("index.html", "vocabularies.html", "pitfalls.html")


@pytest.fixture(scope="module")
def folder(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("publication") / "out"
    publish(kg, made)
    return made


@pytest.mark.parametrize("name", [*OWN, "ontology.html"])
def test_a_page_from_a_disk_asks_for_nothing_else(name: str, folder: Path, browser: Any) -> None:
    asked: list[str] = []
    said: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto((folder / name).as_uri())
    assert tab.locator("h1").count() == 1
    assert [url for url in asked if not url.startswith("data:")] == [(folder / name).as_uri()]
    assert said == []
    tab.close()


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_is_accessible_and_fits(name: str, width: int, folder: Path, browser: Any) -> None:
    # axe is a script, which the pages' own policy refuses
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    tab = context.new_page()
    tab.goto((folder / name).as_uri())
    found = axe_api.Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_index_leads_to_a_fault_of_the_ontologys_lists(folder: Path, browser: Any) -> None:
    tab = browser.new_page()
    tab.goto((folder / "index.html").as_uri())
    tab.click("text=ontology.html")
    tab.click("#faultType a[href='vocabularies.html#fault']")
    tab.wait_for_url("**/vocabularies.html#fault")
    assert tab.locator("[id='fault/delay']").is_visible()
    tab.close()
