"""What a notebook shows: tables that say what is there, and pages in frames that reach nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

import faultlines
from exports.open_graph import ReadDecision, notebook, open_graph
from exports.page import page
from exports.projection import project
from exports.scope import Scope
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import Rows, Term
from tests import factories

CELLS = {"caption", "th", "td", "p"}
TAGS = CELLS | {"table", "thead", "tbody", "tr", "a"}
FRAME = {"title", "sandbox", "width", "height", "style", "srcdoc"}


class Page(HTMLParser):
    """The tags and the text of a piece of HTML; fails on a tag or attribute that acts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.links: list[str] = []
        self.frames: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert "url" not in found.get("style", "")
        self.open.append(tag)
        if tag == "iframe":
            assert found.keys() == FRAME
            assert found["sandbox"] == "allow-scripts allow-downloads"
            self.frames.append(found["srcdoc"])
        elif tag == "a":
            assert found.keys() == {"href", "rel", "target"}
            self.links.append(found["href"])
        else:
            assert tag in TAGS
            assert found.keys() <= {"style", "scope"}
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in (*CELLS, "a"):
            self.cells[-1] += data
        else:
            assert not data.strip()

    def text(self) -> str:
        return "\n".join(self.cells)


def _shown(thing: object) -> str:
    """What a notebook shows, without the page before the table, whose tests are its own."""
    html: str = thing._repr_html_()  # type: ignore[attr-defined]
    if html.startswith("<iframe "):
        (page,) = Page(html).frames
        assert page.startswith("<!DOCTYPE html>")
        assert page.endswith("</html>\n")
        html = html[html.index("</iframe>\n") + len("</iframe>\n") :]
    assert "color:inherit" in html
    assert "background:transparent" in html
    return html


def test_a_graph_tells_what_it_holds_and_how_to_go_on(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        page = Page(_shown(graph))
    assert str(kg.folder) in page.text()
    for name, count in kg.manifest.counts.items():
        assert page.cells[page.cells.index(name) + 1] == f"{count:,}"
    assert "a gap" in page.text()
    assert ".rdflib()" in page.text()


def test_an_answer_shows_its_first_rows_short(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        page = Page(_shown(graph.ask("SELECT ?p ?number WHERE { ?p fl:number ?number }")))
        few = Page(_shown(graph.ask("ASK { ?s a fl:Nothing }")))
    count = sum(len(one.paragraphs) for one in factories.sample())
    assert f"{count} rows" in page.text()
    assert f"The first {notebook.SHOWN} of {count} rows." in page.text()
    assert page.open == []
    assert sum("id:decision/" in cell for cell in page.cells) == notebook.SHOWN
    assert few.text().split() == ["1", "row", "answer", "false"]


def test_a_cut_answer_says_so() -> None:
    html = notebook.rows_html(Rows(("n",), ((Term("literal", "x" * 1000),),), truncated=True))
    page = Page(html)
    assert "1 row, cut: the query has more" in page.text()
    assert "x" * notebook.LONGEST + " …" in page.cells


def test_a_decision_shows_findings_remedies_and_the_words(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        text = Page(_shown(graph.decision("22 900 014"))).text()
    for said in (
        "Tarnbeck Metropolitan Borough Council · 22 900 014 · 2022-09-15 · Upheld",
        "Delay, ",
        "“took eleven weeks longer than its policy allows”",
        "GBP 1,200, due 2022-10-15",
        "Read from 22-900-014.txt.",
    ):
        assert said in text


def test_a_decision_of_which_little_is_known_is_shown_too() -> None:
    made = factories.empty_decision(
        factories.CLOSED,
        remedies=(
            factories.remedy("r1", "no-such-type", (), amount=Decimal("0.5"), currency="EUR"),
        ),
    )
    text = Page(_shown(ReadDecision("https://example.org/d", made))).text()
    assert "Unknown authority" in text
    assert "no-such-type, EUR 0.5, Agreed" in text


def test_nothing_hostile_survives(hostile_kg: KnowledgeGraph) -> None:
    with faultlines.open(hostile_kg.folder) as graph:
        shown = [
            _shown(graph),
            _shown(graph.ask("SELECT * WHERE { ?s fl:summary|rdfs:label|oa:exact ?o }")),
            _shown(graph.ask("SELECT (?n AS ?o) WHERE { ?s fl:authorityName ?n }")),
            _shown(graph.decision("23 900 099")),
        ]
    for html in shown:
        text = Page(html).text()
        assert not [c for c in html if unicodedata.category(c) == "Cf"]
        assert not [c for c in html if unicodedata.category(c) == "Cc" and c != "\n"]
    assert all("<script>window.pwned=1</script>" in Page(html).text() for html in shown[2:])
    assert "window.pwned" in text


@pytest.mark.parametrize("hostile", ['<img src=x onerror="a">', "a\u202eb", "a\x1b[31mb", "&amp;"])
def test_every_place_for_words_is_escaped(hostile: str) -> None:
    html = notebook.table(hostile, (hostile,), [(hostile,)], hostile)
    page = Page(html)
    seen = hostile.replace("\u202e", " ").replace("\x1b", " ")
    assert [cell for cell in page.cells if cell.strip()] == [seen] * 4


def test_a_graph_and_a_decision_are_drawn_above_their_tables(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        assert Page(graph._repr_html_()).frames == [page(graph)]
        (shown,) = Page(graph.decision("22 900 014")._repr_html_()).frames
        assert shown == page(graph, Scope(references=("22 900 014",)))
        part = graph.page(council="Tarnbeck")
        assert Page(part._repr_html_()).frames == [part.html] == [page(graph, council())]
        assert repr(part) == "<page of decisions about Tarnbeck Metropolitan Borough Council>"


def test_a_large_graph_is_not_drawn_unasked(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_graph, "SHOWN_AT_ONCE", 3)
    with faultlines.open(kg.folder) as graph:
        assert Page(graph._repr_html_()).frames == []
        assert ".page(council='...')" in Page(graph._repr_html_()).text()


def test_what_was_closed_is_shown_as_a_table(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        decision = graph.decision("22 900 014")
        answer = graph.ask("SELECT ?d WHERE { ?d a fl:Decision }")
    assert "<table" in graph._repr_html_()
    for thing in (decision, answer):
        html = thing._repr_html_()
        assert "<table" in html
        assert Page(html).frames == Page(html).links == []


def test_a_page_is_saved_whole(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with faultlines.open(kg.folder) as graph:
        graph.page(fault="delay", title="Delays").save(tmp_path / "delays.html")
        wanted = page(graph, Scope(fault="delay"), title="Delays")
    assert (tmp_path / "delays.html").read_text(encoding="utf-8") == wanted


def test_an_answer_links_to_what_is_published(kg: KnowledgeGraph) -> None:
    with faultlines.open(kg.folder) as graph:
        asked = "SELECT ?f ?law ?url WHERE { ?d fl:hasFinding ?f ; fl:citesAsSubstantive ?law ; "
        shown = Page(graph.ask(f'{asked} fl:url ?url ; fl:reference "22 900 014" }}')._repr_html_())
        bad = Page(graph.ask("SELECT (<javascript:alert(1)> AS ?x) {}")._repr_html_())
    url = factories.decision().url
    assert set(shown.links) == {url, "http://www.legislation.gov.uk/id/ukpga/1996/56/section/19"}
    assert "id:decision/22-900-014/X08000001/finding/f1" in shown.text()
    assert bad.links == []


def test_the_text_form_is_a_table_of_counts(kg: KnowledgeGraph) -> None:
    said: list[str] = []

    class Printer:
        def text(self, words: str) -> None:
            said.extend(words.splitlines())

    with faultlines.open(kg.folder) as graph:
        graph._repr_pretty_(Printer(), cycle=False)
        graph.decision("22 900 014")._repr_pretty_(Printer(), cycle=False)
    lines = [line.rsplit(maxsplit=1) for line in said if line.startswith("  ")]
    counted = {name.strip(): number for name, number in lines}
    assert counted["decisions"] == "4"
    assert counted["remedies"] == str(len(factories.decision().remedies))


def test_pyvis_is_given_every_node_and_edge(kg: KnowledgeGraph) -> None:
    network = project(kg, Scope(), "full")
    with faultlines.open(kg.folder) as graph:
        made = graph.to_pyvis("full")
        again = graph.to_pyvis("full")
    assert [node["id"] for node in made.nodes] == [node.id for node in network.nodes]
    assert [edge["id"] for edge in made.edges] == [edge.id for edge in network.edges]
    assert made.get_node(network.nodes[0].id)["label"] == network.nodes[0].label
    assert made.generate_html() == again.generate_html()


def test_pyvis_is_given_no_markup(hostile_kg: KnowledgeGraph) -> None:
    with faultlines.open(hostile_kg.folder) as graph:
        made = graph.to_pyvis()
    titles = [item["title"] for item in (*made.nodes, *made.edges)]
    assert any("&lt;script&gt;" in title for title in titles)
    assert not any("<" in title for title in titles)


def council() -> Scope:
    """The scope of one council."""
    return Scope(council="Tarnbeck")


def test_a_graph_folder_with_a_hostile_name_is_escaped(kg: KnowledgeGraph) -> None:
    manifest = replace(kg.manifest, built="<b>now</b>")
    assert "<b>" not in notebook.graph_html("/tmp/<b>kg</b>", manifest)
