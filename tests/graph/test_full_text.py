"""Full-text search: what is found, in which order, with which words around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.build import build
from graph.full_text import excerpt
from graph.knowledge_graph import KnowledgeGraph
from ontology import iri as mint
from tests import factories

ROOT = Path(__file__).parents[2]
TARNBECK = mint.decision("22 900 014", "X08000001")


def _text(kg: KnowledgeGraph, iri: str) -> str:
    entry = kg.ledger.entry(iri)
    assert entry is not None
    return "\n".join(paragraph.text for paragraph in entry.decision().paragraphs)


def test_every_word_has_to_be_there_whatever_its_case(kg: KnowledgeGraph) -> None:
    found = kg.ledger.search("COUNCIL delayed")
    assert TARNBECK in found
    for iri in found:
        assert "delayed" in _text(kg, iri).lower()
    assert kg.ledger.search("council xylophone") == []


def test_words_in_quotation_marks_follow_each_other(kg: KnowledgeGraph) -> None:
    assert kg.ledger.search('"delayed arranging alternative provision"') == [TARNBECK]
    assert kg.ledger.search('"arranging delayed"') == []


def test_the_last_word_may_be_the_beginning_of_one(kg: KnowledgeGraph) -> None:
    assert TARNBECK in kg.ledger.search("alternative provis")
    assert kg.ledger.search('"alternative provis"') == []


@pytest.mark.parametrize("words", ["22 900 014", "22900014", "Tarnbeck 014", "section 19"])
def test_references_authorities_and_sections_are_found(kg: KnowledgeGraph, words: str) -> None:
    assert TARNBECK in kg.ledger.search(words)


@pytest.mark.parametrize("words", ["", " ", '"', "''", "- + *", '""', "()", "^"])
def test_nothing_to_look_for_finds_nothing(kg: KnowledgeGraph, words: str) -> None:
    assert kg.ledger.search(words) == []


@pytest.mark.parametrize(
    "words", ['a" OR text:b', "NOT council", "NEAR(a b)", "named:x", "a*b", "{"]
)
def test_no_word_is_taken_for_syntax(kg: KnowledgeGraph, words: str) -> None:
    assert isinstance(kg.ledger.search(words), list)


def test_accents_are_folded(tmp_path: Path) -> None:
    made = factories.decision(
        summary=None, authorities=(replace(factories.TARNBECK, name="Añañuca Höme"),)
    )
    with factories.build_graph((made,), tmp_path) as graph:
        assert len(graph.ledger.search("ananuca home")) == 1


def test_an_excerpt_marks_the_words_in_the_paragraph_that_fits_best(kg: KnowledgeGraph) -> None:
    entry = kg.ledger.entry(TARNBECK)
    assert entry is not None
    found = excerpt(entry.decision(), "delayed arranging")
    assert found is not None
    assert found.paragraph == 6
    assert [text for text, hit in found.pieces if hit] == ["delayed", "arranging"]
    assert excerpt(entry.decision(), "Tarnbeck-xyz 99") is None


def test_a_decision_that_is_read_anew_is_found_by_its_new_words_alone(tmp_path: Path) -> None:
    source = next((ROOT / "graph" / "sample" / "decisions").glob("21-900-006*"))
    changed = tmp_path / "decisions" / source.name
    changed.parent.mkdir()
    text = source.read_text(encoding="utf-8")
    assert "apologise" in text
    changed.write_text(text, encoding="utf-8")
    build([changed.parent], tmp_path / "kg")
    changed.write_text(text.replace("apologise", "genuflect"), encoding="utf-8")
    build([changed.parent], tmp_path / "kg")
    with KnowledgeGraph.open(tmp_path / "kg") as graph:
        assert graph.manifest.counts["decisions"] == 1
        assert len(graph.ledger.search("genuflect")) == 1
        assert graph.ledger.search('"apologise to"') == []
