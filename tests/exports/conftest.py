"""Fixtures of the tests of exports: real browsers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.exports.firefox import Tab

_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


# for a module, not for the session: while it is open, nothing else may run an event loop
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium as Debian installs it; tests that need it are skipped where it is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Debian's chromium on the path")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def firefox_tab(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tab]:
    """A tab of Firefox as Debian installs it; its parameter is whether pages run scripts (True)."""
    pytest.importorskip("websockets", reason="needs websockets")
    program = shutil.which("firefox-esr")
    if program is None:
        pytest.skip("needs Debian's firefox-esr on the path")
    from tests.exports.firefox import firefox

    script = getattr(request, "param", True)
    with firefox(program, tmp_path_factory.mktemp("firefox"), script=script) as tab:
        yield tab


@pytest.fixture
def watched(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a file of HTML from disk; afterwards only it may have been asked for, and no complaint.

    ``show(text, width=..., fragment=..., **options of the context)`` gives the page.
    """
    said: list[str] = []
    fetched: list[str] = []
    contexts: list[Any] = []

    def show(text: str, *, width: int = 1280, fragment: str = "", **options: Any) -> Any:
        path = tmp_path / f"page-{len(contexts)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 860}, **options)
        contexts.append(context)
        context.on("request", lambda request: fetched.append(request.url))
        tab = context.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(path.as_uri() + fragment)
        return tab

    yield show
    for context in contexts:
        context.close()
    assert said == []
    asked = [url for url in fetched if not url.startswith(("blob:", "about:"))]
    assert all(url.startswith("file:") for url in asked)
    assert len(asked) == len(contexts)
