"""The format html: the same page for decisions in any view, statements and rows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import exports
from exports import Selection
from exports.content import Content, Portion
from exports.network import Edge, Network, Node
from exports.page import drawn, page_of
from exports.projection import VIEWS, project
from exports.queried import queried
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from tests.exports.made_content import MadeContent, hostile, single


def _read(text: str) -> tuple[dict[str, Any], Any]:
    root: Any = html.document_fromstring(text)
    (found,) = root.xpath("//script[@id='data']/text()")
    return json.loads(found), root


def _same(text: str, network: Network) -> None:
    """The page has the network's nodes and edges, each once, with its words and passages."""
    data, root = _read(text)
    about = data["about"]
    assert len(data["nodes"]) == len(about["nodes"]) == len(network.nodes)
    assert len(data["edges"]) == len(about["edges"]) == len(network.edges)
    assert len(root.xpath("//tbody/tr")) == len(network.edges)
    number = {node.id: index for index, node in enumerate(network.nodes)}
    for edge, link in zip(network.edges, about["edges"], strict=True):
        assert (link["source"], link["target"]) == (number[edge.source], number[edge.target])
    for node, item in zip(network.nodes, about["nodes"], strict=True):
        told = [tuple(about["passages"][index]) for index in item["passages"]]
        assert told == [(one.quote, one.paragraph) for one in node.passages]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_whole(view: str, kg: KnowledgeGraph, tmp_path: Path) -> None:
    exports.export(kg, "html", tmp_path / "page.html", view=view)
    _same((tmp_path / "page.html").read_text(encoding="utf-8"), project(kg, Scope(), view))


def test_the_format_is_the_page(kg: KnowledgeGraph, tmp_path: Path) -> None:
    exports.write(Selection(kg, view="chain"), "html", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == page_of(Selection(kg, view="chain"))


def test_statements_of_a_query_are_drawn(kg: KnowledgeGraph) -> None:
    sparql = "CONSTRUCT { ?c <http://example.org/did> ?f } { ?x fl:faultBy ?c ; fl:faultType ?f }"
    with queried(kg, sparql) as content:
        text = page_of(content)
        nodes = [node for portion in content.portions() for node in portion.nodes]
        edges = [edge for portion in content.portions() for edge in portion.edges]
    _same(text, Network.of(nodes, edges))
    data, root = _read(text)
    assert {kind["one"] for kind in data["about"]["kinds"]} == {"council", "fault type"}
    assert root.xpath("string(//h1)") == "Statements made by a query"


def test_rows_of_a_question_are_drawn_with_their_values(kg: KnowledgeGraph) -> None:
    with queried(kg, "faults-by-council") as content:
        data, root = _read(page_of(content))
    assert root.xpath("string(//h1)") == content.title
    (kind,) = [number for number, one in enumerate(data["about"]["kinds"]) if one["one"] == "row"]
    rows = [item for item in data["about"]["nodes"] if item["kind"] == kind]
    assert rows
    assert all("findings" in dict(row["facts"]) for row in rows)


def test_an_answer_without_anything_says_so(kg: KnowledgeGraph) -> None:
    with queried(kg, "SELECT ?x { ?x a fl:Nothing }") as content:
        assert "The query found nothing." in page_of(content)


def test_a_large_answer_becomes_counts_and_says_what_fits(kg: KnowledgeGraph) -> None:
    asked = "SELECT ?d ?f { ?d fl:hasFinding ?f } ORDER BY ?f"
    with queried(kg, asked) as content:
        data, root = _read(page_of(content, limit=8))
        items = sum(len(portion.nodes) for portion in content.portions())
    notes = " ".join(root.xpath("//p[@class='note']/text()"))
    assert "This page shows totals." in notes
    assert f"--limit {items} draws them all the same." in notes
    found = re.search(r"LIMIT (\d+) fits", notes)
    assert found
    with queried(kg, f"{asked} LIMIT {found[1]}") as content:
        assert "totals" not in page_of(content, limit=8)
    with queried(kg, f"{asked} LIMIT {int(found[1]) + 1}") as content:
        assert "totals" in page_of(content, limit=8)
    labels = {item["label"] for item in data["about"]["nodes"]}
    assert "3 decisions" in labels or "2 decisions" in labels
    assert all("link" in link["numbers"] for link in data["about"]["edges"])


def test_more_links_than_a_table_holds_become_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST_ROWS", 3)
    ends = Node("urn:a", "thing", "a"), Node("urn:b", "thing", "b")
    many = [Edge(f"e{n}", "urn:a", "urn:b", "k", "links to") for n in range(4)]
    data, root = _read(page_of(MadeContent([Portion(list(ends), many)])))
    assert [item["label"] for item in data["about"]["nodes"]] == ["2 things"]
    assert root.xpath("string(//tbody/tr/td[4])").strip() == "4 links"


def test_parallel_links_and_loops_are_kept() -> None:
    content = hostile()
    _same(page_of(content), content.network())
    data, _ = _read(page_of(content))
    ends = [(link["source"], link["target"]) for link in data["about"]["edges"]]
    assert len(ends) == 4
    assert len(set(ends)) == 3


@pytest.mark.parametrize("content", [hostile(), single(date="no day", reference="r", amount="x")])
def test_foreign_names_and_values_are_shown_as_they_are(content: Content) -> None:
    text = page_of(content)
    data, root = _read(text)
    assert len(root.xpath("//script")) == 4
    for node, item in zip(
        sorted((n for p in content.portions() for n in p.nodes), key=lambda n: n.id),
        data["about"]["nodes"],
        strict=True,
    ):
        assert len(item["facts"]) == len(node.attributes)
    assert page_of(content) == text
