"""The self-contained page as text: sealed, complete and the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from exports.exporter import ExportError
from exports.page import HARD_LIMIT, drawn, page, write_page
from exports.page.content import allowed, hash_of, page_content, short
from exports.page.drawn import Drawn
from exports.page.words import clean, line
from exports.projection import project
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from tests import factories


@pytest.fixture(scope="module")
def text(kg: KnowledgeGraph) -> str:
    return page(kg)


@pytest.fixture(scope="module")
def root(text: str) -> Any:
    return html.document_fromstring(text)


def _data(root: Any) -> dict[str, Any]:
    (found,) = root.xpath("//script[@id='data']/text()")
    data: dict[str, Any] = json.loads(found)
    return data


def test_the_same_graph_gives_the_same_page(text: str, kg: KnowledgeGraph) -> None:
    assert page(kg) == text


def test_document_basics(text: str, root: Any) -> None:
    assert text.startswith("<!DOCTYPE html>")
    assert root.get("lang") == "en-GB"
    assert len(root.xpath("//h1")) == len(root.xpath("//main")) == len(root.xpath("//title")) == 1
    assert root.xpath("//h1")[0].text == "Decisions of the Ombudsman"


def test_the_policy_names_every_script_and_style_by_hash(text: str, root: Any) -> None:
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["connect-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == "'none'"
    assert "unsafe" not in policy
    for directive, pattern in (
        ("script-src", r"<script>(.*?)</script>"),
        ("style-src", r"<style>(.*?)</style>"),
    ):
        bodies = re.findall(pattern, text, re.DOTALL)
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'"
            for body in bodies
        ]
        assert bodies
        assert rules[directive] == " ".join(hashes)


def test_nothing_is_fetched(root: Any) -> None:
    assert root.xpath("//@src") == []
    assert root.xpath("//link/@href") == ["data:,"]  # without it browsers ask for an icon
    assert root.xpath("//*[@style]") == []
    assert [name for name in root.xpath("//@*/..//@*") if str(name).startswith("on")] == []


def test_links_lead_only_to_allowed_sites(root: Any) -> None:
    links = [link for link in root.xpath("//a/@href") if not link.startswith("#")]
    assert links
    assert {link.startswith("https://www.lgo.org.uk/") for link in links} == {True}


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://www.lgo.org.uk/decisions/22-900-014", True),
        ("http://www.legislation.gov.uk/id/ukpga/1996/56", True),
        ("https://www.lgo.org.uk.example.org/", False),
        ("javascript:alert(1)//https://www.lgo.org.uk/", False),
        ("https://www.lgo.org.uk/\njavascript:", False),
        ("HTTPS://WWW.LGO.ORG.UK/", False),
        ("", False),
    ],
)
def test_the_allow_list(url: str, fits: bool) -> None:
    assert allowed(url) == (url if fits else "")


def test_table_rows_are_the_edges(root: Any, kg: KnowledgeGraph) -> None:
    edges = project(kg, Scope(), "chain").edges
    rows = root.xpath("//tbody/tr/@data-edge")
    assert rows == [str(number) for number in range(len(edges))]
    data = _data(root)
    assert len(data["edges"]) == len(data["about"]["edges"]) == len(edges)
    words = [row.xpath("string(td[2])") for row in root.xpath("//tbody/tr")]
    assert words == [edge.label for edge in edges]


def test_every_row_leads_to_both_ends(root: Any) -> None:
    hashes = {item["hash"] for item in _data(root)["about"]["nodes"]}
    ends = {link[1:] for link in root.xpath("//tbody//a[starts-with(@href, '#')]/@href")}
    assert ends
    assert ends <= hashes


def test_legend_counts_add_up(root: Any) -> None:
    counts = [
        int(number) for number in root.xpath("//ul[@class='legend']//*[@class='number']/text()")
    ]
    assert sum(counts) == len(_data(root)["nodes"])


def test_a_quote_stands_with_its_paragraph_and_its_decision(root: Any) -> None:
    (row,) = [row for row in root.xpath("//tbody/tr") if "pay her £1,200" in row.text_content()]
    assert "paragraph 9" in row.text_content()
    assert row.xpath(".//a[@class='out']/@href") == [factories.decision().url]


def test_the_scope_is_the_heading(kg: KnowledgeGraph) -> None:
    scope = Scope(council="Tarnbeck", since=date(2020, 1, 1))
    root: Any = html.document_fromstring(page(kg, scope))
    assert root.xpath("//h1")[0].text == "Tarnbeck Metropolitan Borough Council"
    assert "Decisions about Tarnbeck" in root.xpath("//*[@class='scope']")[0].text


def test_a_scope_that_says_no_more_than_the_heading_is_left_out(kg: KnowledgeGraph) -> None:
    root: Any = html.document_fromstring(page(kg, Scope(council="Tarnbeck")))
    assert root.xpath("//*[@class='scope']") == []


def test_invented_councils_are_said_to_be_invented(text: str) -> None:
    assert "Invented sample." in text


def test_without_script_the_table_and_a_note_remain(root: Any) -> None:
    assert "stands in the table" in root.xpath("//noscript")[0].text_content()


def test_above_the_limit_the_page_shows_totals_and_says_so(kg: KnowledgeGraph) -> None:
    text = page(kg, limit=20)
    root: Any = html.document_fromstring(text)
    kinds = {kind["one"] for kind in _data(root)["about"]["kinds"]}
    assert kinds == {"council", "fault type", "remedy type"}
    notes = " ".join(root.xpath("//p[@class='note']/text()"))
    assert "This page shows totals. The 4 decisions in scope have 30 items" in notes
    assert "The 3 decisions since 30 November 2022 can be drawn" in notes
    assert "--since 2022-11-30." in notes
    assert "--limit 30 draws them all the same." in notes


def test_the_day_that_is_named_fits(sample_kg: KnowledgeGraph) -> None:
    (day,) = re.findall(r"--since (\d{4}-\d\d-\d\d)", page(sample_kg, limit=120))
    since = date.fromisoformat(day)
    fits = Scope(since=since)
    assert "This page shows totals" not in page(sample_kg, fits, limit=120)
    dates = sorted({one for _, _, one in sample_kg.ledger.dated() if one and one < day})
    more = Scope(since=date.fromisoformat(dates[-1]))
    assert "This page shows totals" in page(sample_kg, more, limit=120)


def test_totals_that_are_too_many_are_cut_and_it_is_said(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "MOST_ROWS", 5)
    root: Any = html.document_fromstring(page(kg))
    assert len(_data(root)["edges"]) == len(root.xpath("//tbody/tr")) == 5
    notes = " ".join(root.xpath("//p[@class='note']/text()"))
    assert re.search(r"Left out are 0 items and \d+ links, those that occur least\.", notes)


@pytest.mark.parametrize("limit", [0, HARD_LIMIT + 1])
def test_a_limit_that_cannot_be_drawn_is_refused(limit: int, kg: KnowledgeGraph) -> None:
    with pytest.raises(ExportError, match="1 to 1,500"):
        page(kg, limit=limit)


def test_an_empty_scope_says_so(kg: KnowledgeGraph) -> None:
    text = page(kg, Scope(fault="staff-conduct"))
    assert "The graph holds no decision in this scope." in text


def test_hostile_words_stay_words(hostile_kg: KnowledgeGraph) -> None:
    text = page(hostile_kg, title=factories.HOSTILE_WORDS)
    root: Any = html.document_fromstring(text)
    assert len(root.xpath("//script")) == 4
    assert root.xpath("//img") == root.xpath("//b") == []
    assert "javascript:window" not in "".join(root.xpath("//a/@href"))
    labels = [item["label"] for item in _data(root)["about"]["nodes"]]
    assert any(label.startswith("<script>window.pwned=1</script> =cmd|") for label in labels)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_labels_cannot_turn_the_words_around_them() -> None:
    assert line("a\u202eb\n c\x08") == "a\u202eb c\ufffd".replace("\u202e", "")
    assert clean("a\u202eb") == "a\u202eb"


def test_law_cited_only_as_powers_is_a_kind_of_its_own(kg: KnowledgeGraph) -> None:
    network = project(kg, Scope(council="Tarnbeck"), "chain")
    shown = page_content(Drawn(network, "title", "scope"))
    legend = {entry["name"]: (entry["count"], entry["shown"]) for entry in shown.legend}
    assert legend["Ombudsman’s powers"] == ("2", False)
    assert legend["Law"] == ("1", True)


@pytest.mark.parametrize(
    ("label", "kind", "shown"),
    [
        ("Distress", "injustice", "Distress"),
        ("a" * 60, "body", "a" * 45 + "…"),
        (
            "Special Educational Needs and Disability Regulations 2014, regulation 12(1)",
            "law",
            "Special Educational Needs…, regulation 12(1)",
        ),
    ],
)
def test_a_long_label_is_shortened_and_keeps_its_section(label: str, kind: str, shown: str) -> None:
    assert short(label, kind) == shown


def test_an_items_address_is_short_and_readable() -> None:
    assert hash_of(mint.decision("22 900 014", "X08000001")) == "decision/22-900-014/X08000001"
    assert hash_of(mint.legislation("ukpga/1996/56")).startswith("http://www.legislation.gov.uk/")


def test_the_file_is_written_as_utf8(kg: KnowledgeGraph, text: str, tmp_path: Path) -> None:
    write_page(kg, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes().decode("utf-8") == text
