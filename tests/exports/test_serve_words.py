"""Numbers and the nouns after them, months, and what a page says where it has no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from exports.months import month_words
from exports.serve import create_app
from exports.serve.counts.peers import TYPES
from exports.serve.wording import counted_words, noun_words
from graph.errors import QueryBusy, QueryFailed
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports.explorer_pages import PAGES

HOST = "http://127.0.0.1:8765"
NOUNS = (
    *("decisions", "councils", "investigations", "complaints", "links", "things", "rows"),
    *("remedies", "passages", "statements", "classes", "properties"),
    *(many for one, many in TYPES.values() if one != many),
)
ONE_OF_MANY = re.compile(rf"(?<![\d.,£/–-])\b1 (?:more )?(?:{'|'.join(NOUNS)})\b")


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), base_url=HOST) as made:
        yield made


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The explorer of one decision."""
    with (
        factories.build_graph([factories.decision()], tmp_path_factory.mktemp("one")) as kg,
        TestClient(create_app(kg), base_url=HOST) as made,
    ):
        yield made


def _words(page: str) -> str:
    text = re.sub(r"<(?:title|svg|script)\b.*?</(?:title|svg|script)>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.mark.parametrize("name", PAGES)
def test_one_of_a_thing_is_not_several(alone: TestClient, name: str) -> None:
    page = alone.get(PAGES[name].path, headers={"accept": "text/html"})
    assert ONE_OF_MANY.findall(_words(page.text)) == []


def test_a_number_and_its_noun() -> None:
    assert counted_words(1, "decision") == "1 decision"
    assert counted_words(1_234, "decision") == "1,234 decisions"
    assert counted_words(0, "remedy", "remedies") == "0 remedies"
    assert noun_words(1, "is", "are") == "is"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("by 4 september 2024", "by 4 September 2024"),
        ("by 3 may 2024", "by 3 May 2024"),
        ("by the 1st march", "by the 1st March"),
        ("by the end of may", "by the end of May"),
        ("by may 2024", "by May 2024"),
        ("as soon as it may", "as soon as it may"),
        ("before the march past", "before the march past"),
        ("within one month", "within one month"),
    ],
)
def test_months_have_a_capital(said: str, shown: str) -> None:
    assert month_words(said) == shown
    assert month_words(shown) == shown


def test_a_question_for_a_day_begins_with_the_newest_decision(client: TestClient) -> None:
    newest = max(row["date"] for row in client.get("/decisions?format=json").json())
    page = client.get("/question/remedies-overdue").text
    assert f'name="day" value="{newest}"' in page
    assert "The day of the newest decision here" in page
    given = client.get("/question/remedies-overdue?day=2020-01-31").text
    assert 'name="day" value="2020-01-31"' in given
    assert "The day of the newest decision here" not in given


def test_a_question_about_a_reference_that_is_not_here_says_so(client: TestClient) -> None:
    page = client.get("/question/similar-decisions?reference=99 999 999").text
    assert "No decision of this graph has the reference 99 999 999" in _words(page)
    known = client.get("/question/similar-decisions?reference=22 900 014").text
    assert "has the reference" not in _words(known)


def test_a_question_that_cannot_be_asked_keeps_its_form(client: TestClient) -> None:
    for address in (
        "/question/remedies-overdue?dy=2020-01-31",
        "/question/remedies-overdue?day=2020-01-31&day=2021-01-31",
        "/question/remedies-overdue?day=bad",
    ):
        response = client.get(address)
        assert response.status_code == 400
        assert '<form class="ask" action="/question/remedies-overdue">' in response.text
        assert 'role="alert"' in response.text


def test_who_is_turned_away_for_now_gets_a_short_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Any = client.app.state.site  # type: ignore[attr-defined]
    whole = client.get("/sparql", headers={"accept": "text/html"})

    def busy(*_: object, **__: object) -> None:
        raise QueryBusy("query", "all workers are busy", "try again shortly")

    monkeypatch.setattr(site.runner, "query", busy)
    query = {"query": "SELECT ?d { ?d a fl:Decision }"}
    page = client.get("/sparql", params=query, headers={"accept": "text/html"})
    assert page.status_code == 503
    assert page.headers["retry-after"]
    assert len(page.text) < 6_000 < len(whole.text)
    assert "SELECT ?d { ?d a fl:Decision }</textarea>" in page.text


def test_a_query_that_ended_its_process_is_told_what_may_help(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    site: Any = client.app.state.site  # type: ignore[attr-defined]

    def gone(*_: object, **__: object) -> None:
        raise QueryFailed("query", "it ended the process", "ask for less at once")

    monkeypatch.setattr(site.runner, "query", gone)
    page = client.get("/sparql?query=SELECT * {}", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert "ask for less at once" in page.text
