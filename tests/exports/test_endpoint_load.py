"""Queries over their limit, asked together over real HTTP: the server goes on answering."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from exports.serve import create_app
from graph.knowledge_graph import KnowledgeGraph
from tests.loopback import served

LIMIT = 3.0
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f || ?i > ?a) }"


@pytest.fixture(scope="module")
def address(kg: KnowledgeGraph) -> Iterator[str]:
    app = create_app(kg, timeout=LIMIT, max_rows=50)
    with served(app) as address:
        yield address
    app.state.site.runner.close()


def get(address: str) -> tuple[int, float, str | None]:
    """Status, seconds and ``Retry-After`` of one request."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            response.read()
            return response.status, time.monotonic() - began, None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, time.monotonic() - began, error.headers["retry-after"]


def test_pages_answer_while_queries_run_to_their_limit(address: str) -> None:
    asked = f"{address}/sparql?query={quote(ENDLESS)}"
    get(f"{address}/sparql?query=ASK%7B%7D")  # the workers are up
    with ThreadPoolExecutor(80) as pool:
        endless = [pool.submit(get, asked) for _ in range(60)]
        time.sleep(0.3)
        pages = [
            get(f"{address}/static/explorer.css"),
            get(f"{address}/sparql"),
            get(f"{address}/about"),
        ]
        answers = [one.result() for one in endless]
    assert [status for status, _, _ in pages] == [200, 200, 200]
    assert max(seconds for _, seconds, _ in pages) < LIMIT
    assert {status for status, _, _ in answers} == {503}
    # more than can wait are turned away at once and told when to come back
    turned_away = [seconds for _, seconds, retry in answers if retry]
    assert len(turned_away) >= 44
    assert min(turned_away) < LIMIT
    # the rest were ended, or waited as long as a query may take
    assert max(seconds for _, seconds, _ in answers) < 4 * LIMIT + 5
    assert [retry for _, _, retry in answers].count(None) >= 2


def test_queries_answer_again_after_others_were_ended(address: str) -> None:
    asked = f"{address}/sparql?query={quote(ENDLESS)}"
    quick = f"{address}/sparql?query={quote('SELECT * { ?d fl:date ?date }')}"
    with ThreadPoolExecutor(4) as pool:
        endless = pool.submit(get, asked)
        time.sleep(0.2)
        meanwhile = [get(quick) for _ in range(5)]
        status, seconds, retry = endless.result()
    assert (status, retry) == (503, None)
    assert LIMIT <= seconds < LIMIT + 3
    assert [one[0] for one in meanwhile] == [200] * 5
    assert get(quick)[0] == 200
