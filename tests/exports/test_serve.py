"""The explorer's pages: each answers, counts what it says, and escapes what it shows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
import rdflib
from starlette.testclient import TestClient

from exports.serve import app as application
from exports.serve import create_app, serve
from exports.serve.security import POLICY, host_name
from exports.serve.wording import day_words
from graph.knowledge_graph import KnowledgeGraph
from graph.scoring.measured import measured
from ontology.model import Authority, Evidence
from tests import factories

HOST = "http://127.0.0.1:8765"


@pytest.fixture(scope="module")
def client(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(kg), base_url=HOST) as made:
        yield made


@pytest.fixture(scope="module")
def hostile(hostile_kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(hostile_kg), base_url=HOST) as made:
        yield made


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One joint investigation under one reference, published for a council and for a trust."""
    trust = Authority("Tarrow Vale Trust", None, "nhs-body")
    second = factories.decision(authorities=(trust,))
    graph = factories.build_graph(
        (
            factories.decision(),
            second,
            factories.decision(reference="23 900 001", date=date(2023, 1, 2)),
        ),
        tmp_path_factory.mktemp("joint"),
    )
    with TestClient(create_app(graph), base_url=HOST) as made:
        yield made


class Page(HTMLParser):
    """Headings, ids and links of a page, and what would run in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.runs: list[str] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.runs += [name for name in given if name.startswith("on") or name == "style"]
        self.runs += [
            tag
            for source in [given.get("src")]
            if tag in ("script", "img") and source != "/static/explorer.js"
        ]
        self._open.append(tag)
        if tag == "h1":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.append("")

    def handle_data(self, data: str) -> None:
        if "h1" in self._open[-3:] and self.headings:
            self.headings[-1] += data


PAGES = {
    "/": "What the Ombudsman found",
    "/?show=rate&by=remedy&sort=name&columns=all": "What the Ombudsman found",
    "/?by=year": "What the Ombudsman found",
    "/council/": "Councils and other authorities",
    "/council/X08000001": "Tarnbeck Metropolitan Borough Council",
    "/fault/": "Types of fault",
    "/fault/delay": "Delay",
    "/injustice/distress": "Distress",
    "/remedy/apology": "Apology",
    "/reason/late": "",
    "/provision/ukpga/1996/56/section/19": "Education Act 1996, section 19",
    "/provision/ukpga/1996/56": "Education Act 1996",
    "/guidance/": "Guidance",
    "/body/ofsted": "Office for Standards in Education",
    "/category/education": "Education",
    "/category/education/alternative-provision": "Alternative provision",
    "/outcome/upheld": "Upheld",
    "/decisions?council=X08000001&fault=delay": "Decisions",
    "/decision/22-900-014/X08000001": "Tarnbeck Metropolitan Borough Council",
    "/search?q=teaching": "Search: teaching",
    "/search": "Search",
    "/questions": "Questions",
    "/question/faults-by-council": "Which faults were found at which council?",
    "/question/faults-injustices-remedies": "What went wrong",
    "/question/faults-injustices-remedies?council=Tarnbeck": "What went wrong",
    "/about": "About this data",
}


@pytest.mark.parametrize("address", sorted(PAGES))
def test_a_page_answers_with_one_heading_and_its_policy(client: TestClient, address: str) -> None:
    response = client.get(address, headers={"accept": "text/html"})
    assert response.status_code == 200
    page = Page(response.text)
    assert len(page.headings) == 1
    assert PAGES[address] in page.headings[0]
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in response.headers
    assert "access-control-allow-origin" not in response.headers
    assert '<html lang="en-GB">' in response.text
    assert page.runs == []
    assert len(page.ids) == len(set(page.ids))


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    found = {link for address in PAGES for link in Page(client.get(address).text).links}
    inside = sorted({link.partition("#")[0] for link in found if link.startswith("/")})
    assert len(inside) > 100
    page = {"accept": "text/html"}
    broken = [link for link in inside if client.get(link, headers=page).status_code != 200]
    assert broken == []
    outside = {link for link in found if not link.startswith(("/", "#"))}
    known = ("https://www.lgo.org.uk/", "https://www.legislation.gov.uk/")
    assert all(link.startswith(known) for link in outside)


def test_the_overview_counts_and_links_its_cells(client: TestClient) -> None:
    text = client.get("/").text
    cell = re.search(
        r'href="(/decisions\?council=X08000001&amp;fault=delay|/decisions\?fault=delay&amp;council=X08000001)"[^>]*title="([^"]*)"',
        text,
    )
    assert cell is not None
    assert cell[2] == "Tarnbeck Metropolitan Borough Council, Delay: 1 of 1 decided"
    followed = client.get(cell[1].replace("&amp;", "&")).text
    assert "22 900 014" in followed
    assert "23 900 021" not in followed


def test_a_rate_out_of_few_is_marked(client: TestClient) -> None:
    text = client.get("/?show=rate").text
    assert "100%<small>1</small>" in text
    assert 'class="few-mark" title="Under 5 decided complaints' in text


def test_facets_count_what_choosing_them_leaves(client: TestClient) -> None:
    text = client.get("/?category=education").text
    years = text.partition("<summary>Year</summary>")[2].partition("</details>")[0]
    assert re.findall(r'>(\d{4})</a> <span class="n">(\d+)', years) == [("2022", "1")]
    assert "1 of 4 decisions" in re.sub(r"\s+", " ", text)


def test_an_unknown_column_or_format_is_a_plain_error(client: TestClient) -> None:
    assert client.get("/?by=colour").status_code == 400
    response = client.get("/council/X08000001?format=pdf")
    assert response.status_code == 400
    assert "csv, json, ttl" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/nothing/here",
        "/fault/flying",
        "/council/X99999999",
        "/decision/99-999-999",
        "/question/none",
        "/static/none.css",
        "/decision/",
    ],
)
def test_what_is_not_there_is_a_friendly_404(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1>Not found</h1>" in response.text


def test_a_joint_investigation_counts_once(joint: TestClient) -> None:
    listed = joint.get("/fault/?format=json").json()
    assert {row["key"]: row["investigations"] for row in listed}["delay"] == 1
    page = joint.get("/decisions?fault=delay").text
    assert "3 decisions, 1 " in re.sub(r"<[^>]*>|\s+", " ", page).replace("  ", " ")


def test_decisions_of_one_reference_are_offered_to_choose_from(joint: TestClient) -> None:
    text = joint.get("/decision/22-900-014").text
    assert "several decisions" in text
    assert "/decision/22-900-014/tarrow-vale-trust" in text


def test_a_fault_of_one_body_is_not_the_others(tmp_path_factory: pytest.TempPathFactory) -> None:
    both = factories.decision(authorities=(factories.TARNBECK, factories.KINGSFERRY))
    graph = factories.build_graph((both,), tmp_path_factory.mktemp("both"))
    with TestClient(create_app(graph), base_url=HOST) as client:
        rows = client.get("/?format=json").json()
        assert {row["council_key"] for row in rows if row["fault"] == "delay"} == {"X08000001"}
        assert "No decisions here" in client.get("/decisions?council=X06000001&fault=delay").text


def test_a_reference_leads_to_its_decision(client: TestClient) -> None:
    response = client.get("/decision/22-900-014")
    assert str(response.url).endswith("/decision/22-900-014/X08000001")
    assert "22 900 014" in client.get("/search?q=22 900 014").text
    assert "22 900 014" in client.get("/search?q=22900014").text


def test_marks_and_items_link_both_ways(client: TestClient) -> None:
    page = Page(client.get("/decision/22-900-014").text)
    own = [link[1:] for link in page.links if link.startswith("#")]
    assert set(own) <= {*page.ids}
    marks = [id for id in page.ids if id.startswith("ev-")]
    assert marks == [f"ev-{number}" for number in range(1, len(marks) + 1)]
    assert {"item-f1", "item-i1", "item-r2", "item-c3", "item-b1"} <= set(page.ids)
    assert {"ev-1", "item-f1", "item-r2"} <= set(own) | {"ev-1"}
    pointed = {link for link in own if link.startswith("ev-")}
    from_text = {link for link in own if link.startswith("item-")}
    assert len(pointed) >= len(marks) - 2  # the two parts of the complaint have no card
    assert "item-f1" in from_text


def test_marks_in_the_summary_stand_in_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    quote = "left a child without teaching"
    made = factories.decision()
    assert made.summary is not None
    start = 9000 + made.summary.index(quote)
    passage = Evidence(None, start, start + len(quote), quote, "fault.summary")
    finding = replace(made.findings[0], evidence=(passage,))
    graph = factories.build_graph(
        (replace(made, findings=(finding,)),), tmp_path_factory.mktemp("summary")
    )
    with TestClient(create_app(graph), base_url=HOST) as client:
        lead = client.get("/decision/22-900-014").text.partition('class="lead"')[2]
        marked = lead.partition("</p>")[0]
        assert f">{quote}</mark>" in marked
        assert "From the header" not in lead


def test_the_chain_says_what_the_record_says(client: TestClient) -> None:
    text = re.sub(r"<[^>]+>", "", client.get("/decision/22-900-014").text)
    assert "£1,200 in all: £600 for each term, 2 times" in text
    due = "15 October 2022 (“Within one month of my decision”, counted from the day they name)"
    assert due in text
    assert "Ombudsman satisfied 9 January 2023" in text
    assert "the words name no event to count from" in text


def test_promises_show_whether_the_ombudsman_was_satisfied(client: TestClient) -> None:
    text = client.get("/council/X08000001").text
    promises = text.partition('class="promises"')[2].partition("</table>")[0]
    assert "15 December 2022" in promises
    assert "9 January 2023" in promises
    assert "assumed" in promises


def test_downloads_of_a_list(client: TestClient) -> None:
    response = client.get("/council/X08000001?format=csv")
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["reference"] for row in rows] == ["22 900 014"]
    assert rows[0]["faults"] == "delay; failure-to-provide-service; poor-complaint-handling"
    assert client.get("/fault/delay?format=json").json()[0]["outcome"] == "upheld"
    graph = rdflib.Graph().parse(data=client.get("/fault/delay?format=ttl").text, format="turtle")
    assert len(set(graph.subjects(rdflib.RDF.type, None))) >= 2


def test_downloads_of_a_decision(client: TestClient) -> None:
    record = client.get("/decision/22-900-014?format=json").json()
    assert record["schema"] == "faultlines/decision/1"
    turtle = client.get("/decision/22-900-014?format=ttl").text
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 100
    quotes = [
        row["quote"]
        for row in csv.DictReader(io.StringIO(client.get("/decision/22-900-014?format=csv").text))
    ]
    assert "Miss Y was caused distress" in quotes


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/council/",
        "/decisions",
        "/decision/23-900-099",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
        "/question/faults-by-council?council=%22%3E%3Cimg%20src%3Dx%3E",
        "/fault/%3Cscript%3E",
        "/decisions?fault=%22onload=x",
    ],
)
def test_hostile_words_stay_words(hostile: TestClient, address: str) -> None:
    response = hostile.get(address, headers={"accept": "text/html"})
    page = Page(response.text)
    assert page.runs == []
    assert not [
        link for link in page.links if link.lower().startswith(("javascript:", "data:", "//"))
    ]


def test_hostile_words_in_downloads_run_nowhere(hostile: TestClient) -> None:
    for address in ("/decisions?format=csv", "/decision/23-900-099?format=csv"):
        cells = [cell for row in csv.reader(io.StringIO(hostile.get(address).text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]
    assert (
        hostile.get("/decision/23-900-099?format=json").headers["content-type"]
        == "application/json"
    )


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::1", "localhost@evil"],
)
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421
    assert "Tarnbeck" not in response.text
    assert response.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:99", "[::1]:8765"])
def test_our_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


def test_host_names() -> None:
    assert host_name("[::1]:8765") == "[::1]"
    assert host_name("localhost:1") == "localhost"
    assert host_name("[::1]x") == ""


def test_pages_change_nothing(client: TestClient) -> None:
    assert client.post("/").status_code == 405
    assert client.delete("/decision/22-900-014").status_code == 405


def test_listening_everywhere_needs_names(kg: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        serve(kg, host="0.0.0.0")


def test_a_drawing_brings_its_own_policy(client: TestClient) -> None:
    for address in ("/council/X08000001/graph", "/drawing/22-900-014"):
        response = client.get(address)
        assert response.status_code == 200
        assert "Content-Security-Policy" in response.text
        assert response.headers["content-security-policy"] == "frame-ancestors 'none'"
    assert client.get("/council/X99999999/graph").status_code == 404


def test_the_same_page_twice_has_the_same_bytes(client: TestClient) -> None:
    for address in ("/", "/council/X08000001", "/decision/22-900-014", "/about"):
        assert client.get(address).content == client.get(address).content


def test_an_empty_graph_has_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    graph = factories.build_graph((), tmp_path_factory.mktemp("empty"))
    with TestClient(create_app(graph), base_url=HOST) as client:
        for address in ("/", "/council/", "/decisions", "/about", "/questions", "/fault/delay"):
            assert client.get(address).status_code == 200


def test_days_in_words() -> None:
    assert day_words("2022-09-05") == "5 September 2022"
    assert day_words(date(2022, 9, 5)) == "5 September 2022"
    assert day_words(None) == ""
    assert day_words("2022-13-05") == "2022-13-05"


def test_the_page_about_the_data_shows_the_accuracy_that_was_measured(client: TestClient) -> None:
    text = client.get("/about").text
    for kind, accuracy in measured().items():
        row = f"{kind.capitalize()}</th><td>{100 * accuracy.precision:.1f}</td>"
        assert f"{row}<td>{100 * accuracy.recall:.1f}</td>" in text
    assert "What is hardest to read: faults, reasons" in text


def test_a_short_address_is_answered_at_once(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even while no page can be made: a reader would wait for two places in turn."""
    monkeypatch.setattr(application, "AT_ONCE", 0)
    reference = next(str(entry.reference) for entry in kg.ledger.entries())
    with TestClient(create_app(kg), base_url=HOST) as client:
        answer = client.get(f"/decision/{reference.replace(' ', '-')}?x=1", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].endswith("?x=1")
