"""The pages that compare, link, show over time and report: what they say and where they lead."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from exports.serve import create_app
from exports.serve.charts.timeline import OTHER, strip
from graph.knowledge_graph import KnowledgeGraph
from tests import factories
from tests.exports.test_serve import Page

HOST = "http://127.0.0.1:8765"
PAGE = {"accept": "text/html"}
TARNBECK, KINGSFERRY = "X08000001", "X06000001"


@pytest.fixture(scope="module")
def client(sample_kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(sample_kg), base_url=HOST) as made:
        yield made


@pytest.fixture(scope="module")
def hostile(hostile_kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(hostile_kg), base_url=HOST) as made:
        yield made


PAGES = (
    "/compare",
    f"/compare?council={TARNBECK}",
    f"/compare?council={TARNBECK}&council={KINGSFERRY}&peers=region&rows=all",
    "/flows",
    "/flows?show=injustice&year=2024",
    f"/flows?show=both&council={TARNBECK}&links=60",
    "/flows/decisions?fault=delay&remedy=apology",
    "/timeline",
    "/timeline?by=quarter&outcome=upheld",
    f"/council/{TARNBECK}/report",
    f"/council/{TARNBECK}/report?year=2022",
    f"/council/{TARNBECK}",
    "/decisions?quarter=2024-Q3",
    "/year/2024",
    "/year/",
)


def _links(text: str) -> set[str]:
    return {unescape(link) for link in re.findall(r'href="([^"]*)"', text)}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_the_same_each_time(client: TestClient, address: str) -> None:
    response = client.get(address, headers=PAGE)
    assert response.status_code == 200
    assert response.text.count("<h1>") == 1
    assert response.content == client.get(address, headers=PAGE).content
    ids = re.findall(r'\bid="([^"]*)"', response.text)
    assert len(ids) == len(set(ids))
    assert " style=" not in response.text
    assert {link[1:] for link in _links(response.text) if link.startswith("#")} <= {*ids, "main"}


def test_every_link_of_these_pages_leads_somewhere(client: TestClient) -> None:
    links = {link for address in PAGES for link in _links(client.get(address, headers=PAGE).text)}
    inside = sorted({link.partition("#")[0] for link in links if link.startswith("/")})
    assert len(inside) > 200
    assert [a for a in inside if client.get(a, headers=PAGE).status_code != 200] == []
    terms = {link.partition("#")[2] for link in links if link.startswith("/about#")}
    assert terms <= set(re.findall(r'\bid="([^"]*)"', client.get("/about").text))
    assert {"peers", "payments", "middle", "links", "uphold-rate"} <= terms


@pytest.mark.parametrize("address", [a for a in PAGES if not a.startswith(("/decisions", "/year"))])
def test_each_page_has_its_rows_as_csv_and_json(client: TestClient, address: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}format="
    response = client.get(joined + "csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert response.headers["content-type"].startswith("text/csv")
    assert all(None not in row and None not in row.values() for row in rows)
    listed = client.get(joined + "json").json()
    if "/report" not in address:
        assert len(listed) == len(rows)
    assert client.get(joined + "pdf").status_code == 400


# comparing


def test_a_typed_name_becomes_a_key_that_can_be_sent_on(client: TestClient) -> None:
    response = client.get("/compare?council=Tarnbeck&council=kingsferry city", headers=PAGE)
    assert str(response.url) == f"{HOST}/compare?council={TARNBECK}&council={KINGSFERRY}"
    assert len(response.history) == 1
    again = client.get(f"/compare?council={TARNBECK}&council={TARNBECK}", headers=PAGE)
    assert str(again.url).count(TARNBECK) == 1


def test_a_name_of_several_or_of_none_is_asked_back(client: TestClient) -> None:
    text = client.get("/compare?council=north", headers=PAGE).text
    assert "may be one of several" in text
    offered = [link for link in _links(text) if link.startswith("/compare?council=X")]
    assert len(offered) > 1
    assert "is known as “Atlantis”" in client.get("/compare?council=Atlantis", headers=PAGE).text


def test_councils_are_added_and_taken_out_by_links_and_a_form(client: TestClient) -> None:
    address = f"/compare?council={TARNBECK}&council={KINGSFERRY}&year=2024"
    text = client.get(address, headers=PAGE).text
    assert f"/compare?council={TARNBECK}&year=2024" in _links(text)
    form = text.partition('<form class="ask"')[2].partition("</form>")[0]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    assert hidden == [("council", TARNBECK), ("council", KINGSFERRY), ("year", "2024")]
    assert '<option value="London Borough of Wexborough">' in form
    assert f"/compare?council={TARNBECK}" in _links(client.get(f"/council/{TARNBECK}").text)


def test_no_more_than_six_councils_stand_side_by_side(client: TestClient) -> None:
    keys = [row["key"] for row in client.get("/council/?format=json").json()][:8]
    text = client.get("/compare?" + "&".join(f"council={key}" for key in keys), headers=PAGE).text
    assert "Left out" in text
    assert text.count('title="Take this council out"') == 6


def test_compared_numbers_lead_to_as_many_decisions(client: TestClient) -> None:
    address = f"/compare?council={TARNBECK}&council=X09000001&rows=all"
    cells = re.findall(
        r'<td class="fig[^"]*"><a href="([^"]*)"[^>]*>[^<]*</a> <span class="n">(\d+) of (\d+)',
        client.get(address, headers=PAGE).text,
    )
    assert len(cells) > 15
    for link, number, decided in cells:
        shown = client.get(unescape(link), headers=PAGE).text
        found = re.search(r"(\d+) <a[^>]*>investigations?", shown)
        assert found is not None
        assert found[1] == number, link
        assert int(number) <= int(decided)


def test_rates_out_of_few_are_marked(client: TestClient) -> None:
    text = client.get(f"/compare?council={TARNBECK}", headers=PAGE).text
    assert 'class="fig few"' in text
    assert "few-mark" in text


def test_a_comparison_downloads_its_peers(client: TestClient) -> None:
    rows = client.get(f"/compare?council={TARNBECK}&format=json").json()
    upheld = next(row for row in rows if row["key"] == "upheld")
    assert upheld["peers"] == "metropolitan boroughs"
    assert upheld["peers_number"] >= upheld["number"]
    assert upheld["rate"] == round(upheld["number"] / upheld["out_of"], 4)
    assert {row["table"] for row in rows} == {
        *("outcome", "fault", "injustice", "remedy", "category", "payments")
    }


def test_peers_that_do_not_exist_are_a_plain_error(client: TestClient) -> None:
    assert client.get("/compare?peers=planets").status_code == 400


# links


def test_the_drawing_and_the_table_have_the_same_numbers(client: TestClient) -> None:
    for show in ("remedy", "injustice", "both"):
        text = client.get(f"/flows?show={show}&links=120", headers=PAGE).text
        drawing, _, table = text.partition("</svg></div>")
        counted = r"([^<\"]*: [\d,]+ investigations?)"
        drawn = [unescape(t) for t in re.findall(f"<title>{counted}<", drawing)]
        listed = [unescape(t) for t in re.findall(f'aria-label="{counted}"', table)]
        assert drawn
        assert Counter(drawn) == Counter(listed[: len(drawn)])
        assert 'aria-hidden="true"' in drawing.partition('<svg viewBox="0 0 1000')[2][:60]
        assert drawing.count("<path ") - 1 == len(drawn)  # and the logo's


def test_every_link_counts_the_decisions_it_leads_to(client: TestClient) -> None:
    rows = client.get(f"/flows?show=both&council={TARNBECK}&format=json").json()
    assert rows
    for row in rows:
        address = (
            f"/flows/decisions?council={TARNBECK}&fault={row['fault']}&{row['end']}={row['key']}"
        )
        behind = client.get(f"{address}&format=json").json()
        assert len(behind) == row["investigations"]
        assert all(row["fault"] in case["faults"] for case in behind)


def test_few_cases_are_said_to_be_few(client: TestClient) -> None:
    assert "they say little" in client.get(f"/flows?council={TARNBECK}", headers=PAGE).text
    assert "they say little" not in client.get("/flows", headers=PAGE).text


def test_a_link_needs_both_its_ends(client: TestClient) -> None:
    for address in ("/flows/decisions", "/flows/decisions?fault=delay", "/flows?show=colours"):
        assert client.get(address).status_code == 400
    both = "/flows/decisions?fault=delay&remedy=apology&injustice=distress"
    assert client.get(both).status_code == 400
    misspelt = client.get("/flows/decisions?fault=dealy&remedy=apology")
    assert misspelt.status_code == 400
    assert "delay" in misspelt.text


# over time


def test_bars_add_up_to_what_the_graph_has(client: TestClient, sample_kg: KnowledgeGraph) -> None:
    rows = sample_kg.select("SELECT ?day { ?d a fl:Decision ; fl:date ?day }")
    wanted = Counter(day[:4] for (day,) in rows)
    bars = client.get("/timeline?by=year&format=json").json()
    assert 0 < sum(wanted.values()) < 26  # some of the 26 have no date
    assert {b["year"] for b in bars} >= set(wanted)
    for bar in bars:
        assert bar["investigations"] <= wanted[bar["year"]]
        shown = client.get(f"/decisions?year={bar['year']}&format=json").json()
        assert len(shown) == wanted[bar["year"]]
    years = [int(bar["year"]) for bar in bars]
    assert years == list(range(years[0], years[-1] + 1))


def test_quarters_add_up_to_their_year(client: TestClient) -> None:
    quarters = client.get("/timeline?by=quarter&format=json").json()
    for bar in client.get("/timeline?by=year&format=json").json():
        inside = [q["investigations"] for q in quarters if q["quarter"][:4] == bar["year"]]
        assert sum(inside) == bar["investigations"]
    rows = client.get("/decisions?format=json").json()
    undated = sum(row["date"] is None for row in rows)
    assert undated
    assert f"{undated} without a date" in client.get("/timeline?by=year", headers=PAGE).text


def test_a_bar_leads_to_its_decisions_and_is_split_by_outcome(client: TestClient) -> None:
    text = client.get("/timeline?by=quarter&category=education", headers=PAGE).text
    bars = re.findall(
        r'<a href="([^"]*)" aria-label="([^"]*): (\d+) investigations?: ([^"]*)"', text
    )
    assert bars
    for link, label, number, split in bars:
        shown = client.get(unescape(link), headers=PAGE).text
        assert label in shown
        assert f"{number} <a" in shown.partition("</p>")[0] + shown
        assert sum(int(part.split()[0]) for part in split.split(", ")) == int(number)


def test_a_decision_without_an_outcome_is_a_part_of_its_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = (factories.decision(), factories.decision(reference="23 900 701", outcome=None))
    with factories.build_graph(made, tmp_path_factory.mktemp("silent")) as graph:
        site = create_app(graph).state.site
        line = strip(site, (), "year")
    parts = {part.outcome: part.number for bar in line.bars for part in bar.parts}
    assert parts == {"upheld": 1, OTHER: 1}


def test_a_joint_investigation_is_one_in_a_bar(tmp_path_factory: pytest.TempPathFactory) -> None:
    twins = (factories.decision(), factories.decision(authorities=(factories.KINGSFERRY,)))
    with factories.build_graph(twins, tmp_path_factory.mktemp("twins")) as graph:
        line = strip(create_app(graph).state.site, (), "quarter")
    (bar,) = line.bars
    assert bar.number == 1
    assert [part.number for part in bar.parts] == [1]
    assert ": 1 investigation:" in bar.words


def test_a_year_is_a_page_and_an_unknown_one_is_not(client: TestClient) -> None:
    assert "<h1>2024</h1>" in client.get("/year/2024", headers=PAGE).text
    assert client.get("/year/1900").status_code == 404
    rows = client.get("/year/?format=json").json()
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)


# report


def test_a_report_quotes_what_its_decisions_say(client: TestClient) -> None:
    passages = client.get(f"/council/{TARNBECK}/report?format=json").json()["passages"]
    assert {"fault", "injustice", "remedy"} <= {row["kind"] for row in passages}
    for row in passages:
        text = client.get(f"/decision/{row['decision'].partition('/decision/')[2]}?format=json")
        paragraphs = {p["number"]: p["text"] for p in text.json()["paragraphs"]}
        if row["paragraph"]:
            assert row["quote"] in paragraphs[row["paragraph"]]
    page = unescape(client.get(f"/council/{TARNBECK}/report", headers=PAGE).text)
    assert passages[0]["quote"][:60] in page
    assert f"/council/{TARNBECK}/report" in _links(client.get(f"/council/{TARNBECK}").text)


def test_every_number_of_a_report_has_its_note(client: TestClient) -> None:
    text = client.get(f"/council/{TARNBECK}/report", headers=PAGE).text
    notes = re.findall(r'<li id="note-(\w+)">', text)
    asked = re.findall(r'<a href="#note-(\w+)" aria-label="Note (\d+)">(\d+)</a>', text)
    assert {name for name, _, _ in asked} == set(notes)
    assert all(notes.index(name) + 1 == int(a) == int(b) for name, a, b in asked)


def test_a_report_says_what_was_promised_and_whether_it_was_kept(kg: KnowledgeGraph) -> None:
    with TestClient(create_app(kg), base_url=HOST) as client:
        text = client.get(f"/council/{TARNBECK}/report", headers=PAGE).text
        data = client.get(f"/council/{TARNBECK}/report?format=json").json()
    promises = text.partition('class="promises"')[2].partition("</table>")[0]
    assert "15 December 2022" in promises
    assert "9 January 2023" in promises
    assert promises.count("<tr>") - 1 == len(data["promises"])
    assert re.search(r"for \d+ of them a published decision says", text)


def test_a_report_of_nobody_is_not_found(client: TestClient) -> None:
    assert client.get("/council/X99999999/report").status_code == 404


def test_a_long_report_has_parts_and_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = factories.many(45)
    with (
        factories.build_graph(made, tmp_path_factory.mktemp("many")) as graph,
        TestClient(create_app(graph), base_url=HOST) as client,
    ):
        key = client.get("/council/?format=json").json()[0]["key"]
        whole = client.get(f"/council/{key}/report?format=json").json()
        decided = len({row["decision"] for row in whole["passages"]})
        text = client.get(f"/council/{key}/report", headers=PAGE).text
        assert text.count("<article>") == min(decided, 40)
        if decided > 40:
            assert "quotes 1 to 40" in text
            rest = client.get(f"/council/{key}/report?page=2", headers=PAGE).text
            assert rest.count("<article>") == decided - 40


# hostile words


@pytest.mark.parametrize(
    "address",
    [
        "/compare?council=%3Cscript%3Ealert(1)%3C/script%3E",
        "/compare?council=%22%3E%3Cimg%20src%3Dx%20onerror%3D1%3E&year=%22onload%3D1",
        "/flows?council=%3Cscript%3E&category=%22onload=x",
        "/flows/decisions?fault=%3Cscript%3E&remedy=%22onload=x",
        "/timeline?fault=%3Cscript%3E&by=year",
        "/year/%3Cscript%3E",
        "/council/%3Cscript%3E/report",
    ],
)
def test_words_of_an_address_stay_words(hostile: TestClient, address: str) -> None:
    page = Page(hostile.get(address, headers=PAGE).text)
    assert page.runs == []
    assert not [x for x in page.links if x.lower().startswith(("javascript:", "data:", "//"))]


def test_hostile_names_stay_words_on_every_page(hostile: TestClient) -> None:
    keys = [row["key"] for row in hostile.get("/council/?format=json").json()]
    assert keys
    for key in keys:
        for address in (f"/compare?council={key}", f"/council/{key}/report", f"/council/{key}"):
            response = hostile.get(address, headers=PAGE)
            assert response.status_code == 200, address
            page = Page(response.text)
            assert page.runs == []
            assert not [x for x in page.links if x.lower().startswith(("javascript:", "data:"))]
        for address in (f"/compare?council={key}", f"/council/{key}/report?year="):
            joined = f"{address}{'&' if '?' in address else '?'}format=csv"
            cells = [c for r in csv.reader(io.StringIO(hostile.get(joined).text)) for c in r]
            assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_an_empty_graph_has_these_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        factories.build_graph((), tmp_path_factory.mktemp("none")) as graph,
        TestClient(create_app(graph), base_url=HOST) as client,
    ):
        for address in ("/compare", "/flows", "/flows?show=both", "/timeline", "/year/"):
            assert client.get(address, headers=PAGE).status_code == 200
