"""A look at every kind of page of the explorer: accessible, fitting, quiet, asking nobody.

Chromium opens each page on a wide screen and on a phone. axe-core finds nothing in light or dark
with all that folds unfolded, nothing scrolls sideways, the console stays silent, no other host is
asked. ``artefacts/explorer-PAGE-WIDTH.png`` shows what was seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
import pytest
from starlette.applications import Starlette
from starlette.routing import Match
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.counts.dimensions import DIMENSIONS
from exports.serve.files import downloads
from exports.serve.site import FOLDER
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports import explorer_pages
from tests.exports.explorer_pages import HOSTILE, PAGES, Kind
from tests.loopback import served

ARTEFACTS = Path(__file__).parents[2] / "artefacts"
WIDTHS = (1280, 390)
NO_PAGE = {"/.well-known/void", "/static", "/{dimension}"}
"""Routes that answer no page of their own: data, files, and an address with its slash added."""


@pytest.fixture(scope="module")
def app(sample_kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    """The explorer of the sample, in which lists soon are too long to be drawn."""
    folder = tmp_path_factory.mktemp("looks")
    with (
        factories.build_graph(explorer_pages.decisions(sample_kg), folder) as kg,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(downloads, "MOST", explorer_pages.LONG_LIST)
        yield create_app(kg)


@pytest.fixture(scope="module")
def address(app: Starlette) -> Iterator[str]:
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The explorer of a decision with hostile words, one wider than any screen; its council."""
    decision = factories.hostile_decision(f"{factories.HOSTILE_WORDS} {'wide' * 100}")
    with factories.build_graph([decision], tmp_path_factory.mktemp("hostile")) as kg:
        app = create_app(kg)
        (case,) = app.state.site.figures.book.all
        with served(app) as address:
            yield address, case.authorities[0]


def test_every_route_dimension_and_template_is_looked_at(
    app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    unseen = {getattr(route, "path", "") for route in app.routes}
    for kind in PAGES.values():
        scope = {"type": "http", "method": "GET", "path": urlsplit(kind.path).path, "headers": []}
        first = next(route for route in app.routes if route.matches(scope)[0] is Match.FULL)
        unseen.discard(getattr(first, "path", ""))
    assert unseen == NO_PAGE

    paths = [kind.path for kind in PAGES.values() if kind.status == 200]
    for dimension in (made.name for made in DIMENSIONS.values() if made.page):
        assert f"/{dimension}/" in paths
        assert any(path.startswith(f"/{dimension}/") and path[-1] != "/" for path in paths)

    rendered: set[str] = set()
    get_template = jinja2.Environment.get_template

    def noted(self: jinja2.Environment, name: Any, *rest: Any, **more: Any) -> jinja2.Template:
        rendered.add(name)
        return get_template(self, name, *rest, **more)

    monkeypatch.setattr(jinja2.Environment, "get_template", noted)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for name, kind in PAGES.items():
            response = client.get(kind.path, headers={"accept": "text/html"})
            assert response.status_code == kind.status, name
            assert response.headers["content-type"] == "text/html; charset=utf-8", name
    assert rendered >= {path.name for path in (FOLDER / "templates").glob("*.html")}


def test_what_is_no_page_answers_none(app: Starlette) -> None:
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for path in ("/.well-known/void", "/static/explorer.css", "/fault"):
            response = client.get(path, follow_redirects=False)
            assert "text/html" not in response.headers.get("content-type", ""), path


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page(browser: Any, address: str, name: str, width: int) -> None:
    _look(browser, address, PAGES[name], width, f"explorer-{name}-{width}.png")


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_of_hostile_words(browser: Any, hostile: tuple[str, str], name: str) -> None:
    address, council = hostile
    kind = Kind(HOSTILE[name].format(council=council))
    _look(browser, address, kind, 390, f"explorer-hostile-{name}-390.png")


def _look(browser: Any, address: str, kind: Kind, width: int, picture: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    response = page.goto(address + kind.path)
    assert response.status == kind.status
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / picture, full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach((node) => { node.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert _violations(page, {}) == []
    # the other colours change nothing that axe can judge but contrast
    page.emulate_media(color_scheme="dark")
    assert _violations(page, {"runOnly": ["color-contrast"]}) == []
    assert page.evaluate("window.pwned === undefined")
    context.close()
    # what the browser itself says of an error page
    expected = [f"of {kind.status} ("] if kind.status != 200 else []
    assert [text for text in problems if not any(words in text for words in expected)] == []
    assert hosts == {urlsplit(address).netloc}


def _violations(page: Any, options: dict[str, Any]) -> list[str]:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    # a drawing inside a page is a page of its own, and looked at as one
    options = {"resultTypes": ["violations"], "iframes": False, **options}
    found = axe.Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
