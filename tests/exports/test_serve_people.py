"""The explorer in the words and at the widths of the people it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from exports import EXPORTERS
from exports.serve import create_app
from exports.serve.sparql.questions import SUBJECTS
from exports.serve.wording import column_words, decimal_words, parameter_words
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from ontology.model import Category
from tests import factories

HOST = "http://127.0.0.1:8765"
PAGE = {"accept": "text/html"}
TARNBECK = "X08000001"


@pytest.fixture(scope="module")
def client(sample_kg: KnowledgeGraph) -> Iterator[TestClient]:
    with TestClient(create_app(sample_kg), base_url=HOST) as made:
        yield made


def _page(client: TestClient, address: str) -> html.HtmlElement:
    return html.fromstring(client.get(address, headers=PAGE).text)


def _words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


@pytest.mark.parametrize(
    ("text", "pounds", "words"),
    [
        ("1250", False, "1,250"),
        ("1250", True, "£1,250"),
        ("1250.00", True, "£1,250"),
        ("99.5", True, "£99.50"),
        ("-3.20", False, "-3.2"),
        ("upheld", True, "upheld"),
        ("1.2.3", True, "1.2.3"),
    ],
)
def test_numbers_are_told_as_people_write_them(text: str, pounds: bool, words: str) -> None:
    assert decimal_words(text, pounds=pounds) == words


@pytest.mark.parametrize("name", sorted(questions()))
def test_no_field_and_no_column_of_a_question_has_the_name_of_a_variable(name: str) -> None:
    question = questions()[name]
    said = [column_words(column.name) for column in question.columns]
    assert len(set(said)) == len(said)
    said += [parameter_words(parameter.name) for parameter in question.parameters]
    assert all(words[0].isupper() and not re.search("[a-z][A-Z]", words) for words in said)


def test_sums_are_in_pounds_and_each_column_leads_to_its_meaning(client: TestClient) -> None:
    page = _page(client, "/question/payments-by-injustice?injustice=distress")
    (row,) = page.xpath("//table[@class='result']/tbody/tr")
    cells = [_words(cell) for cell in row]
    assert cells == ["Distress", "10", "£200", "£250", "£300", "£300", "£600"]
    assert [cell.get("class") for cell in row[1:]] == ["num"] * 6
    for link in page.xpath("//table[@class='result']/thead//a"):
        (meaning,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert _words(meaning.find("dt")) == _words(link)
        assert _words(meaning.find("dd")) == link.get("title")


def test_a_council_is_named_once_in_a_row(client: TestClient) -> None:
    page = _page(client, "/question/faults-by-council?council=Tarnbeck")
    headings = [_words(cell) for cell in page.xpath("//table[@class='result']/thead//th")]
    assert headings[:2] == ["Council", "Fault"]
    answer = client.get("/question/faults-by-council?council=Tarnbeck&format=json").json()
    assert "name" in answer[0]  # programs are still given it


def test_a_share_of_few_complaints_is_marked(client: TestClient) -> None:
    address = "/question/faults-by-council"
    answer = client.get(f"{address}?format=json").json()
    few = [row["rate"] is not None and row["decided"] < 5 for row in answer]
    rows = _page(client, address).xpath("//table[@class='result']/tbody/tr")
    assert [bool(row.xpath(".//span[@class='few-mark']")) for row in rows] == few
    assert True in few


def test_an_answer_without_rows_says_what_to_do(client: TestClient) -> None:
    page = _page(client, f"/question/highest-payments?council={TARNBECK}&least=999999")
    (said,) = page.xpath("//p[@class='empty']")
    assert "Leave out a condition" in _words(said)
    assert client.get(said.find("a").get("href")).status_code == 200


def test_what_was_typed_is_repeated_as_it_was_typed(client: TestClient) -> None:
    answer = client.get("/question/decisions-of-a-council?council=Atlantis", headers=PAGE)
    assert "Atlantis" in answer.text.split('role="alert"')[1].split("</p>")[0]


def test_subjects_open_to_their_own_subcategories(tmp_path: Path) -> None:
    subjects = [("Education", "Alternative provision"), ("Education", "Other")]
    subjects += [("Housing", "Other"), ("Housing", "Allocations")]
    made = (
        factories.decision(reference=f"22 900 02{number}", category=Category(name, inside))
        for number, (name, inside) in enumerate(subjects)
    )
    with TestClient(
        create_app(factories.build_graph(tuple(made), tmp_path)), base_url=HOST
    ) as client:
        for address in ("/?", "/decisions?", "/flows?", "/timeline?", "/search?q=council&"):
            closed = _subjects(client, address)
            assert closed == ["Education", "Housing"], address
            opened = _subjects(client, f"{address}category=education")
            assert opened[:4] == ["All", "Education", "Alternative provision", "Other"], address
            assert opened.count("Other") == 1
        chosen = _page(client, "/?category=education/other")
        assert "Other" in _words(chosen.xpath("//ul[@class='chips']")[0])


def _subjects(client: TestClient, address: str) -> list[str]:
    (group,) = _page(client, address).xpath("//*[@id='facets']/details[summary='Subject']")
    return [_words(link) for link in group.xpath(".//a")]


def test_titles_and_headings_say_what_is_listed(client: TestClient) -> None:
    chosen = f"council={TARNBECK}&fault=delay"
    page = _page(client, f"/decisions?{chosen}")
    assert _words(page.find(".//h1")) == "Decisions: Tarnbeck Metropolitan Borough Council, Delay"
    assert "Delay" in _page(client, f"/timeline?{chosen}").findtext(".//title")
    for address in ("/?category=education", "/flows?category=education"):
        assert "Education" in _page(client, address).findtext(".//title"), address
    assert "teaching" in _page(client, "/search?q=teaching").findtext(".//title")
    compared = _page(client, f"/compare?council={TARNBECK}&council=X06000001").findtext(".//title")
    assert "Tarnbeck" in compared
    assert "Kingsferry" in compared
    decision = _page(client, f"/decision/21-900-006/{TARNBECK}").findtext(".//title")
    assert decision == "21 900 006: Tarnbeck Metropolitan Borough Council - Faultlines"


def test_a_decision_says_how_to_cite_it(client: TestClient) -> None:
    page = _page(client, f"/decision/21-900-006/{TARNBECK}")
    (cited,) = page.xpath("//section[@aria-labelledby='g-cite']/p[1]")
    date = _words(page.xpath("//p[@class='facts']/span[2]")[0])
    assert _words(cited) == (
        "Local Government and Social Care Ombudsman, "
        f"Tarnbeck Metropolitan Borough Council (21 900 006), {date}"
    )
    assert re.fullmatch(r"\d+ \w+ 20\d\d", date)


def test_a_council_leads_to_its_open_promises_under_its_name(client: TestClient) -> None:
    page = _page(client, f"/council/{TARNBECK}")
    links = page.xpath("//section[@aria-labelledby='h-promises']/p[@class='note']/a")
    assert len(links) == 2
    for link in links:
        form = _page(client, link.get("href"))
        assert form.xpath("//input[@name='council']")[0].get("value").startswith("Tarnbeck M")
    answer = client.get(f"{links[1].get('href')}&day=2030-01-01", headers=PAGE)
    assert answer.status_code == 200
    assert 'class="result"' in answer.text


def test_the_place_in_the_navigation_is_marked(client: TestClient) -> None:
    for address, place in (
        ("/", "Overview"),
        (f"/council/{TARNBECK}", "Councils"),
        (f"/decision/21-900-006/{TARNBECK}", "Decisions"),
        ("/question/faults-by-council", "Questions"),
    ):
        marked = _page(client, address).xpath("//nav[@aria-label='Main']/a[@aria-current]")
        assert [_words(link) for link in marked] == [place]


def test_every_question_is_listed_once_under_what_it_is_about(client: TestClient) -> None:
    page = _page(client, "/questions")
    listed = page.xpath("//main//h3/a/@href")
    assert sorted(listed) == sorted(f"/question/{name}" for name in questions())
    assert len(page.xpath("//main//h2")) == len(SUBJECTS)


def test_the_data_says_how_to_have_and_to_cite_all_of_it(
    client: TestClient, sample_kg: KnowledgeGraph
) -> None:
    page = _page(client, "/about")
    (section,) = page.xpath("//section[@aria-labelledby='h-whole']")
    number = sample_kg.manifest.counts["decisions"]
    assert f"{number} decisions" in _words(section)
    for line in section.findtext(".//pre/code").splitlines():
        command, _, graph, _, format = line.split()[:5]
        assert (command, graph) == ("faultlines", "KG")
        assert format in {exporter.name for exporter in EXPORTERS}


def test_the_overview_says_how_many_decisions_are_in_no_row(client: TestClient) -> None:
    caption = _page(client, "/").xpath("//table[@class='heat']/caption")[0]
    number = sum(not case["authorities"] for case in client.get("/decisions?format=json").json())
    assert number == 1
    assert "1 decision names no authority and is in no row" in _words(caption)
    assert caption.xpath(".//a[@class='term']/@href") == ["/about#unnamed"]
    narrowed = _page(client, "/?category=housing").xpath("//table[@class='heat']/caption")[0]
    assert "no authority" not in _words(narrowed)


def test_what_is_called_just_so_is_found_first(client: TestClient) -> None:
    page = _page(client, "/search?q=special educational needs")
    (first, *_) = page.xpath("//main/ul[@class='plain']/li")
    assert _words(first.find("a")) == "Special educational needs"
    assert first.find("a").get("href").startswith("/category/")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/category/education", "What is usually paid"),
        ("/injustice/distress", "What is usually paid"),
        ("/injustice/distress", "What was paid, case by case"),
        (f"/council/{TARNBECK}", "What is usually paid"),
    ],
)
def test_what_was_paid_is_one_step_away(client: TestClient, address: str, words: str) -> None:
    (link,) = _page(client, address).xpath(f"//p[@class='ways']/a[.='{words}']/@href")
    answer = _page(client, link)
    assert answer.xpath("//table[@class='result']/tbody/tr")
    assert "£" in _words(answer.xpath("//table[@class='result']/tbody")[0])


def test_a_law_leads_to_its_text(client: TestClient) -> None:
    page = _page(client, "/provision/ukpga/1996/56/section/19")
    assert page.xpath("//p[@class='ways']/a[contains(., 'legislation.gov.uk')]/@href") == [
        "https://www.legislation.gov.uk/ukpga/1996/56/section/19"
    ]


def test_an_empty_list_says_how_to_go_on(client: TestClient) -> None:
    page = _page(client, f"/decisions?council={TARNBECK}&year=1999")
    (said,) = page.xpath("//p[@class='empty']")
    assert "take a filter away" in _words(said)
    assert len(page.xpath("//ul[@class='chips']/li/a[@title='Remove this filter']")) == 2
