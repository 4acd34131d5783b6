"""The page in Debian's Firefox: drawn, sealed, walked by keyboard, without a complaint."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exports.page import page, page_of
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.large_page import large_content

if TYPE_CHECKING:
    from tests.exports.firefox import Tab

pytestmark = pytest.mark.browser

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
RIGHT, UP, DOWN, ESCAPE = "\ue014", "\ue013", "\ue015", "\ue00c"
DRAWN = "performance.getEntriesByName('drawn').length > 0"


@pytest.fixture(scope="module")
def tab(firefox_tab: Tab) -> Iterator[Tab]:
    """A tab of Firefox; afterwards it may have complained of nothing and asked nobody."""
    yield firefox_tab
    assert firefox_tab.errors == []
    assert [url for url in firefox_tab.requests if url.startswith(("http", "ws", "ftp"))] == []


def _open(tab: Tab, folder: Path, text: str, fragment: str = "", width: int = 1280) -> None:
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    tab.open("about:blank", width=width)
    tab.open(path.as_uri() + fragment, width=width)


def _picture(tab: Tab, name: str) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    tab.picture(ARTEFACTS / f"page-firefox-{name}.png")


def test_it_is_drawn_and_the_address_leads_to_an_item(
    kg: KnowledgeGraph, tab: Tab, tmp_path: Path
) -> None:
    _open(tab, tmp_path, page(kg), "#decision/22-900-014/X08000001/remedy/r2")
    tab.wait(DRAWN)
    pixels = (
        "(() => { const c = document.querySelector('#drawing canvas'); return c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data.some((value) => value > 0) })()"
    )
    assert tab.ask(pixels)
    said = tab.ask("document.querySelector('#details').textContent")
    assert "pay her £1,200 for the education Z missed" in said
    _picture(tab, "1280")


def test_every_item_is_reached_by_keyboard(kg: KnowledgeGraph, tab: Tab, tmp_path: Path) -> None:
    _open(tab, tmp_path, page(kg, Scope(council="Tarnbeck")))
    tab.wait(DRAWN)
    tab.ask("document.getElementById('drawing').focus()")
    wanted = int(tab.ask("document.getElementById('shown').textContent").split()[0])
    reached = set()
    for _ in range(6):
        tab.press(RIGHT)
        for key in [UP] * 4 + [DOWN] * 5:
            reached.add(tab.ask("location.hash"))
            tab.press(key)
    assert len(reached) == wanted
    tab.press(ESCAPE)
    assert tab.ask("document.getElementById('panel').hidden")


def test_hostile_words_run_nothing(hostile_kg: KnowledgeGraph, tab: Tab, tmp_path: Path) -> None:
    _open(tab, tmp_path, page(hostile_kg))
    tab.wait(DRAWN)
    tab.ask("document.getElementById('drawing').focus()")
    for _ in range(5):
        tab.press(RIGHT)
        assert tab.ask("document.querySelector('#details h2').textContent.length") > 0
    assert tab.ask("window.pwned === undefined")
    assert tab.ask("document.querySelectorAll('#panel img, #panel script').length") == 0


def test_back_is_undo(kg: KnowledgeGraph, tab: Tab, tmp_path: Path) -> None:
    _open(tab, tmp_path, page(kg))
    tab.wait(DRAWN)
    tab.ask("document.getElementById('tab-table').click()")
    assert tab.ask("location.hash") == "#?tab=table"
    assert tab.ask("document.querySelectorAll('tbody tr.on').length") > 0
    tab.ask("history.back()")
    tab.wait("location.hash === '' && !document.getElementById('graph').hidden")


def test_a_narrow_window_shows_the_table_first(
    kg: KnowledgeGraph, tab: Tab, tmp_path: Path
) -> None:
    _open(tab, tmp_path, page(kg), width=390)
    assert tab.ask("document.getElementById('graph').hidden")
    assert tab.ask("document.documentElement.scrollWidth") <= 390
    _picture(tab, "390")


def test_fifteen_hundred_items_are_drawn_soon(tab: Tab, tmp_path: Path) -> None:
    _open(tab, tmp_path, page_of(large_content(), limit=1500))
    tab.wait(DRAWN, seconds=30)
    assert tab.ask("performance.getEntriesByName('drawn')[0].startTime") < 8000


def test_it_asks_nobody_when_the_network_is_there(
    kg: KnowledgeGraph, tab: Tab, tmp_path: Path
) -> None:
    asked: list[str] = []
    text = page(kg).encode()

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    before = len(tab.requests)
    try:
        tab.open(f"http://127.0.0.1:{server.server_port}/page.html")
        tab.wait(DRAWN)
    finally:
        server.shutdown()
        server.server_close()
    seen = [url for url in tab.requests[before:] if not url.startswith("data:")]
    del tab.requests[before:]
    assert seen == [f"http://127.0.0.1:{server.server_port}/page.html"]
    assert asked == ["/page.html"]
