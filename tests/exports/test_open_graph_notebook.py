"""What a notebook shows: tables that say what is there, and nothing that acts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

import faultlines
from exports import notebook
from exports.open_graph import ReadDecision
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.results import Rows, Term
from tests import factories

CELLS = {"caption", "th", "td", "p"}
TAGS = CELLS | {"table", "thead", "tbody", "tr"}


class Page(HTMLParser):
    """The tags and the text of a piece of HTML; fails on a tag or attribute that acts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= {"style", "scope"}
        assert "url" not in (dict(attrs).get("style") or "")
        self.open.append(tag)
        self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in CELLS:
            self.cells[-1] += data
        else:
            assert not data.strip()

    def text(self) -> str:
        return "\n".join(self.cells)


def _shown(thing: object) -> str:
    html: str = thing._repr_html_()  # type: ignore[attr-defined]
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


def test_a_graph_folder_with_a_hostile_name_is_escaped(kg: KnowledgeGraph) -> None:
    manifest = replace(kg.manifest, built="<b>now</b>")
    assert "<b>" not in notebook.graph_html("/tmp/<b>kg</b>", manifest)
