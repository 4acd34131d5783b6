"""The JSON-LD context, and decisions told as trees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from exports import ExportError, Scope, export
from exports.rdf_files.compaction import Compaction
from graph.knowledge_graph import KnowledgeGraph
from ontology import context as made
from ontology import iri as mint
from ontology.vocabulary import vocabulary

TARNBECK = mint.decision("22 900 014", "X08000001")


@pytest.fixture(scope="module")
def document(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("jsonld") / "graph.jsonld"
    export(kg, "jsonld", path, scope=Scope(council="Tarnbeck"))
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _decision(document: dict[str, Any]) -> dict[str, Any]:
    (graph,) = (one for one in document["@graph"] if one["@id"].endswith("22-900-014/X08000001"))
    (tree,) = graph["@graph"]
    return dict(tree)


def _things(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inside in value.values() if isinstance(value, dict) else value:
        if isinstance(inside, (dict, list)):
            yield from _things(inside)


def test_the_published_context_is_what_the_ontology_makes() -> None:
    assert made.make() == made.context(), "run python -m ontology.context"


def test_every_concept_of_a_closed_list_has_a_short_form() -> None:
    compaction = Compaction(made.context())
    for name, scheme in made.SCHEMES.items():
        definition = made.context()[name]
        for id in vocabulary(scheme or "finding-status"):
            wanted = id if scheme else f"finding-status/{id}"
            concept = ox.NamedNode(mint.concept(scheme or "finding-status", id))
            assert compaction.link(concept, definition) == wanted


def test_a_decision_is_one_tree(document: dict[str, Any]) -> None:
    tree = _decision(document)
    assert tree["@id"] == mint.decision("22 900 014", "X08000001").replace(mint.ID, "id:")
    assert tree["@type"] == "Decision"
    assert (tree["outcome"], tree["date"]) == ("upheld", "2022-09-15")
    assert tree["complaint"]["reference"] == "22 900 014"
    assert tree["complaint"]["subcategory"] == ["education/alternative-provision"]
    delay = next(one for one in tree["hasFinding"] if "delay" in one["faultType"])
    assert delay["status"] == "finding-status/fault-with-injustice"
    assert delay["evidencedBy"][0]["quote"].startswith("The Council delayed")
    paid = [one["total"] for one in tree["hasRemedy"] if "total" in one]
    assert {sum_["value"] for sum_ in paid} >= {"1200"}


def test_a_thing_is_told_once_and_named_by_its_address_after(document: dict[str, Any]) -> None:
    told = [one["@id"] for one in _things(_decision(document)) if len(one) > 1 and "@id" in one]
    assert len(told) == len(set(told)) > 20


def test_each_decision_stands_on_a_line_of_its_own(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "jsonld", tmp_path / "graph.jsonld")
    lines = (tmp_path / "graph.jsonld").read_text(encoding="utf-8").splitlines()
    decisions = [line for line in lines if line.startswith('{"@id": "graph:decision/')]
    assert len(decisions) == 4
    assert all(json.loads(line.removesuffix(","))["@graph"] for line in decisions)


def test_an_ambiguous_iri_is_refused() -> None:
    compaction = Compaction(made.context())
    assert compaction.iri(TARNBECK) == "id:decision/22-900-014/X08000001"
    assert compaction.iri("https://example.org/x") == "https://example.org/x"
    with pytest.raises(ExportError, match="outcome:thing"):
        compaction.iri("outcome:thing")
