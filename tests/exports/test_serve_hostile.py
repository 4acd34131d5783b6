"""What no honest reader sends: every page answers it, or refuses it with the reason."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.counts.dimensions import DIMENSIONS, page_of
from graph.errors import QueryBusy, QueryTimeout
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.runner import QueryRunner
from ontology.prefixes import ID

HOST = "http://127.0.0.1:8765"
PAGE = {"accept": "text/html"}
COUNCIL = "X08000001"

PATHS = (
    *("/", "/decisions", "/compare", "/timeline", "/flows", "/flows/decisions", "/search"),
    *("/about", "/explore", "/explore/drawing", "/questions", "/question/faults-by-council"),
    *("/fault/", "/fault/delay", f"/council/{COUNCIL}", f"/council/{COUNCIL}/report"),
    *("/decision/22-900-014", "/drawing/22-900-014", f"/council/{COUNCIL}/graph", "/quarter/"),
)
NAMES = (
    *DIMENSIONS,
    *("by", "show", "columns", "sort", "page", "row", "rows", "links", "peers", "format"),
    *("q", "start", "add", "at", "open", "find", "cuoncil"),
)
VALUES = (
    *(
        "",
        "0",
        "-1",
        "1",
        "99999999999999999999",
        "NaN",
        "1e5",
        "٣",
        "½",
        "\x00",
        "a\x00b",
        "\ud800",
    ),
    *("..", "../../etc/passwd", "/", "//", "<script>alert(1)</script>", '"><img src=x onerror=x>'),
    *("javascript:alert(1)", "{{7*7}}", "%s%n", ">", ">>", "council>fault", "decisions>fault>x"),
    *("fault/delay", "fault/", f"council/{COUNCIL}", "decision/22-900-014", "delay", "upheld"),
    *("2022", "2022-Q3", "9999", "2022-Q9", "all", "rate", "name", "year", "region", "remedy"),
    *("csv", "json", "ttl", "graphml", "html", "CSV", "*", '"', '""', "NEAR(a b)", "named:delay"),
    *(
        "AND",
        "(",
        "-",
        "^a",
        "a*",
        "\u202eabc",
        "\U0001f600",
        "\r\nX: y",
        "é",
        "a " * 99,
        "x" * 9999,
    ),
)


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    app = create_app(kg)
    with TestClient(app, base_url=HOST, headers=PAGE, follow_redirects=False) as made:
        yield made


def _encoded(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def _answered(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (200, 302, 308, 400, 403, 404), address
    assert "Traceback" not in response.text, address
    if "html" in response.headers.get("content-type", ""):
        assert "<script>alert" not in response.text, address
        assert "<img src=x" not in response.text, address


@pytest.mark.parametrize("path", PATHS)
def test_no_value_of_any_parameter_breaks_a_page(client: TestClient, path: str) -> None:
    for name in NAMES:
        for value in VALUES:
            _answered(client, f"{path}?{name}={_encoded(value)}")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(PATHS) | st.text(max_size=20).map(lambda t: "/fault/" + _encoded(t)),
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=30)),
        max_size=6,
    ),
)
def test_no_combination_breaks_a_page(
    client: TestClient, path: str, pairs: list[tuple[str, str]]
) -> None:
    query = "&".join(f"{name}={_encoded(value)}" for name, value in pairs)
    _answered(client, f"{path}?{query}")


@pytest.mark.parametrize("value", [value for value in VALUES if value])
def test_no_value_in_a_path_breaks_a_page(client: TestClient, value: str) -> None:
    for before in (*(f"/{name}/" for name in DIMENSIONS), "/decision/", "/drawing/", "/question/"):
        _answered(client, before + _encoded(value))


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("/decisions?fualt=delay", "fault"),
        ("/decisions?fault=dealy", "delay"),
        ("/decisions?council=Tarnbeck", COUNCIL),
        ("/decisions?outcome=uphled", "upheld"),
        ("/?shw=rate", "show"),
        ("/?show=rates", "rate"),
        ("/?sort=nmae", "name"),
        ("/search?q=delay&sort=new", "newest"),
        ("/flows?links=61", "60"),
        ("/fault/delay?fault=delay", "page"),
        ("/question/faults-by-council?counicl=Tarnbeck", "council"),
        ("/about?x=1", "no parameter"),
    ],
)
def test_what_is_misspelt_is_refused_with_what_is_known(
    client: TestClient, address: str, known: str
) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert known in re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2])


def test_a_filter_given_twice_is_refused(client: TestClient) -> None:
    response = client.get(f"/decisions?council={COUNCIL}&council=X06000001")
    assert response.status_code == 400
    assert "2 times" in response.text


def test_a_year_without_decisions_is_an_empty_list(client: TestClient) -> None:
    assert client.get("/decisions?year=1999").status_code == 200
    assert client.get("/decisions?fault=").status_code == 200


def test_very_many_councils_are_refused(client: TestClient) -> None:
    many = urlencode([("council", f"E{number:08d}") for number in range(200)])
    assert client.get(f"/compare?{many}").status_code == 400


@pytest.mark.parametrize("words", ["a\x00b", "\x00", 'a"\x00"', '"a\x00'])
def test_search_reads_no_character_as_its_end(kg: KnowledgeGraph, words: str) -> None:
    try:
        kg.ledger.search(words)
    except sqlite3.Error as error:  # pragma: no cover - the fault that this test guards against
        pytest.fail(str(error))


def test_a_question_nobody_has_time_for_may_be_asked_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (QueryBusy, QueryTimeout):

        def refuse(*_: object, kind: type[QueryBusy | QueryTimeout] = kind, **__: object) -> None:
            raise kind("query", "all workers are busy", "try again")

        monkeypatch.setattr(QueryRunner, "query", refuse)
        assert client.get("/question/faults-by-council").status_code == 503


def test_a_program_is_told_what_a_question_needs(client: TestClient) -> None:
    address = "/question/similar-decisions"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?format=csv").status_code == 400


def test_the_part_of_a_complaint_leads_to_its_decision(client: TestClient) -> None:
    query = "SELECT ?part { ?part a fl:ComplaintPart } ORDER BY ?part LIMIT 1"
    page = client.get("/sparql?" + urlencode({"query": query})).text
    (address,) = re.findall(r'<a href="(/decision/[^"]*)"', page.partition("<tbody>")[2])
    assert client.get(address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("inside", ["authority/1", "person/miss-y", "part/a"])
def test_what_stands_in_a_decision_leads_to_its_page(inside: str) -> None:
    decision = f"22-900-014/{COUNCIL}"
    assert page_of(f"{ID}decision/{decision}/{inside}") == f"/decision/{decision}"


class TestOtherSites:
    """Their pages may link here, and no more."""

    def _asked(self, client: TestClient, **headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post("/sparql", data={"query": "ASK {}"}, headers=named).status_code

    def test_a_form_of_another_site_is_refused(self, client: TestClient) -> None:
        for site in ("cross-site", "same-site"):
            followed = {"sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
            assert self._asked(client, sec_fetch_site=site, **followed) == 403

    def test_an_older_browser_names_the_site_itself(self, client: TestClient) -> None:
        assert self._asked(client, origin="https://example.org") == 403
        assert self._asked(client, origin="http://127.0.0.1:9999") == 403
        assert self._asked(client, origin=HOST) == 200
        assert self._asked(client, origin="null") == 200  # our own forms, by our own policy

    def test_a_program_names_none(self, client: TestClient) -> None:
        assert self._asked(client) == 200
