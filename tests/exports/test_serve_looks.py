"""A look at every kind of page of the explorer: accessible, fitting, quiet, asking nobody.

Chromium opens each page on a wide screen in light colours and on a phone in dark ones. axe-core
finds nothing with all that folds unfolded, nothing scrolls sideways, the console stays silent, no
other host is asked. ``artefacts/explorer-PAGE-WIDTH.png`` shows what was seen.
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
SCREENS = {1280: "light", 390: "dark"}
"""Widths in pixels and the colours they are looked at in; no rule of style joins the two."""
NAMELESS = """
    [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
        .filter((node) => !node.labels.length && !node.ariaLabel && !node.ariaLabelledByElements)
        .map((node) => node.outerHTML)
"""
"""Fields without a label; to axe the grey words inside a field are one."""
UNFOLD = "document.querySelectorAll('details').forEach((node) => { node.open = true })"
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


class Looker:
    """Somebody who looks at pages in Chromium, each in a tab of its own."""

    def __init__(self, context: Any, axe: Any) -> None:
        self._context = context
        self._axe = axe

    def look(self, address: str, kind: Kind, name: str) -> None:
        """Open a page and fail at the first flaw; pictures of it are kept under the name."""
        problems: list[str] = []
        hosts: set[str] = set()
        page = self._context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        # some pages begin otherwise on a narrow screen
        page.set_viewport_size({"width": max(SCREENS), "height": 844})
        response = page.goto(address + kind.path)
        assert response.status == kind.status
        for width, scheme in SCREENS.items():
            _resize(page, width, scheme)
            page.screenshot(path=ARTEFACTS / f"{name}-{width}.png", full_page=True)
        assert page.evaluate(NAMELESS) == []
        page.evaluate(UNFOLD)
        page.evaluate(self._axe.axe_script)
        flaws = {}
        for width, scheme in SCREENS.items():
            _resize(page, width, scheme)
            # a drawing inside a page is a page of its own, and looked at as one
            command = 'axe.run({resultTypes: ["violations"], iframes: false})'
            found = page.evaluate(command)["violations"]
            flaws[width] = [f"{one['id']}: {n['html']}" for one in found for n in one["nodes"]]
        assert flaws == {width: [] for width in SCREENS}
        assert page.evaluate("window.pwned === undefined")
        page.close()
        # what the browser itself says of an error page
        refused = f"the server responded with a status of {kind.status} ("
        assert [said for said in problems if refused not in said] == []
        assert hosts == {urlsplit(address).netloc}


def _resize(page: Any, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module")
def looker(browser: Any) -> Iterator[Looker]:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    ARTEFACTS.mkdir(exist_ok=True)
    # without motion: colours that are on their way to others are judged wrongly
    with browser.new_context(reduced_motion="reduce") as context:
        yield Looker(context, axe.Axe())


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
@pytest.mark.parametrize("name", PAGES)
def test_a_page(looker: Looker, address: str, name: str) -> None:
    looker.look(address, PAGES[name], f"explorer-{name}")


@pytest.mark.browser
@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_of_hostile_words(looker: Looker, hostile: tuple[str, str], name: str) -> None:
    address, council = hostile
    kind = Kind(HOSTILE[name].format(council=council))
    looker.look(address, kind, f"explorer-hostile-{name}")
