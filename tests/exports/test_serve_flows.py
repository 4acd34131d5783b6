"""People at work: from the front page to the sentence that each of them needs.

Each flow is walked in Chromium and in Firefox, with JavaScript and without it, on a large screen
and on a phone, by what a person reads on the page; nothing may go wrong in the console, and
nothing is asked of any other host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.flow import FLOWS, Flow
from tests.loopback import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.exports.firefox import Tab

pytestmark = pytest.mark.browser

SCREENS = {"large": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module")
def address(sample_kg: KnowledgeGraph) -> Iterator[str]:
    with served(create_app(sample_kg)) as address:
        yield address


class InChromium:
    """A reader who uses Chromium."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def follow(self, css: str, words: str = "") -> None:
        with self._page.expect_navigation():
            self._page.locator(css).filter(has_text=re.compile(words)).first.click()

    def write(self, css: str, words: str) -> None:
        self._page.locator(css).fill(words)

    def read(self, css: str) -> list[str]:
        return [words.strip() for words in self._page.locator(css).all_inner_texts()]

    def sentence(self) -> str:
        target = self._page.locator(":target")
        assert target.count() == 1
        height = (self._page.viewport_size or {"height": 0})["height"]
        for _ in range(50):  # the page may scroll smoothly
            box = target.first.bounding_box()
            if box is not None and -50 < box["y"] < height:
                return " ".join(target.first.inner_text().split())
            self._page.wait_for_timeout(100)
        pytest.fail(f"what {self._page.url} points at is out of sight")


class InFirefox:
    """A reader who uses Firefox."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    def follow(self, css: str, words: str = "") -> None:
        fits = f"new RegExp({json.dumps(words)}).test(node.innerText.trim())"
        self._tab.click(f"{_all(css)}.find((node) => {fits})")

    def write(self, css: str, words: str) -> None:
        self._tab.ask(f"{_all(css)}[0].focus()")
        self._tab.press(*words)
        assert self._tab.ask(f"{_all(css)}[0].value") == words

    def read(self, css: str) -> list[str]:
        found: list[str] = self._tab.ask(f"{_all(css)}.map((node) => node.innerText.trim())")
        return found

    def sentence(self) -> str:
        top = "document.querySelector(':target').getBoundingClientRect().top"
        self._tab.wait(f"-50 < {top} && {top} < innerHeight")
        (said,) = self.read(":target")
        return " ".join(said.split())


def _all(css: str) -> str:
    return f"[...document.querySelectorAll({json.dumps(css)})]"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_flow_in_chromium(
    browser: Browser, address: str, flow: Flow, screen: str, script: bool
) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    )
    page = context.new_page()
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    page.goto(address)
    flow(InChromium(page))
    context.close()
    assert problems == []
    assert hosts == {urlsplit(address).netloc}


@pytest.mark.parametrize("firefox_tab", [True, False], ids=["script", "no-script"], indirect=True)
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__)
def test_a_flow_in_firefox(firefox_tab: Tab, address: str, flow: Flow, screen: str) -> None:
    tab, (width, height) = firefox_tab, SCREENS[screen]
    tab.requests.clear()
    tab.errors.clear()
    tab.open(address, width=width, height=height)
    flow(InFirefox(tab))
    assert tab.errors == []
    # data: is what Firefox holds itself, a font that draws the arrows of its scroll bars
    asked = [url for url in tab.requests if not url.startswith("data:")]
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
