"""Turtle, N-Quads and JSON-LD, read back by rdflib and compared with the store."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from exports import Scope, export
from exports.exporter import ExportError
from exports.rdf_files.compaction import Compaction
from graph.knowledge_graph import KnowledgeGraph
from graph.questions.question import questions
from graph.questions.runner import answer
from graph.store import Store
from ontology import iri as mint
from ontology.prefixes import PREFIXES
from tests import answers, factories

pytestmark = pytest.mark.filterwarnings(
    # rdflib's own parsers still use names that rdflib has deprecated
    "ignore:.* is deprecated:DeprecationWarning",
)

TARNBECK = mint.decision("22 900 014", "X08000001")


def _dataset(path: Path, format: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(path, format=format)
    return dataset


def _quads(dataset: rdflib.Dataset) -> set[tuple[object, ...]]:
    return {
        (s, p, o, g)
        for s, p, o, g in dataset.quads((None, None, None, None))
        if not any(isinstance(term, rdflib.BNode) for term in (s, o))
    }


def _union(dataset: rdflib.Dataset) -> rdflib.Graph:
    union = rdflib.Graph()
    for s, p, o, _ in dataset.quads((None, None, None, None)):
        union.add((s, p, o))
    return union


def test_full_nquads_hold_what_the_store_holds(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "nquads", tmp_path / "graph.nq", full=True)
    lines = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == len(kg.store)
    dataset = _dataset(tmp_path / "graph.nq", "nquads")
    assert sum(1 for _ in dataset.quads((None, None, None, None))) == len(kg.store)


def test_exported_nquads_answer_every_named_question(
    sample_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    export(sample_kg, "nquads", tmp_path / "graph.nq")
    elsewhere = Store()
    elsewhere.load(tmp_path / "graph.nq")
    for question in questions().values():
        for given in answers.asked(question):
            sparql = question.sparql(**given)
            assert answer(elsewhere, sparql, 9_999) == answer(sample_kg.store, sparql, 9_999)


@pytest.mark.parametrize("full", [False, True])
def test_part_of_a_graph_carries_no_counts_of_the_whole(
    sample_kg: KnowledgeGraph, tmp_path: Path, full: bool
) -> None:
    export(sample_kg, "nquads", tmp_path / "part.nq", scope=Scope(council="Tarnbeck"), full=full)
    part = Store()
    part.load(tmp_path / "part.nq")
    assert not part.query("ASK { ?count a fl:Count }")


def test_a_decisions_graph_arrives_whole(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "nquads", tmp_path / "graph.nq")
    read = _dataset(tmp_path / "graph.nq", "nquads")
    graph = rdflib.URIRef(mint.decision_graph(TARNBECK))
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    ((held,),) = kg.select(query)
    assert len(read.graph(graph)) == int(held)


def test_jsonld_says_the_same_as_nquads(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "jsonld", tmp_path / "graph.jsonld")
    export(kg, "nquads", tmp_path / "graph.nq")
    quads = _quads(_dataset(tmp_path / "graph.nq", "nquads"))
    assert quads
    assert _quads(_dataset(tmp_path / "graph.jsonld", "json-ld")) == quads


def test_turtle_is_the_union_of_the_named_graphs(kg: KnowledgeGraph, tmp_path: Path) -> None:
    scope = Scope(council="Tarnbeck")
    export(kg, "turtle", tmp_path / "graph.ttl", scope=scope)
    export(kg, "nquads", tmp_path / "graph.nq", scope=scope)
    turtle = rdflib.Graph().parse(tmp_path / "graph.ttl", format="turtle")
    assert isomorphic(turtle, _union(_dataset(tmp_path / "graph.nq", "nquads")))


def test_full_turtle_keeps_the_ontologys_blank_nodes(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "turtle", tmp_path / "graph.ttl", full=True, scope=Scope(council="Peverell"))
    export(kg, "nquads", tmp_path / "graph.nq", full=True, scope=Scope(council="Peverell"))
    turtle = rdflib.Graph().parse(tmp_path / "graph.ttl", format="turtle")
    union = _union(_dataset(tmp_path / "graph.nq", "nquads"))
    assert len(turtle) == len(union)
    blank = [s for s in turtle.subjects() if isinstance(s, rdflib.BNode)]
    assert blank


def test_turtle_uses_the_usual_prefixes(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "turtle", tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert f"@prefix fl: <{PREFIXES['fl']}>" in text
    assert "fl:faultType" in text


def test_a_scope_brings_only_the_registers_it_uses(kg: KnowledgeGraph, tmp_path: Path) -> None:
    export(kg, "nquads", tmp_path / "graph.nq", scope=Scope(council="Tarnbeck"))
    text = (tmp_path / "graph.nq").read_text(encoding="utf-8")
    assert '"Tarnbeck Metropolitan Borough Council"@en' in text
    assert '"Education Act 1996"@en' in text
    assert '"Delay"@en' in text
    assert "Kingsferry" not in text
    assert mint.DATASET + ">" not in text


def test_hostile_words_survive_every_rdf_format(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    predicate = rdflib.URIRef(PREFIXES["fl"] + "summary")
    wanted = rdflib.Literal(factories.HOSTILE_WORDS)
    for name, format in (("turtle", "turtle"), ("nquads", "nquads"), ("jsonld", "json-ld")):
        export(hostile_kg, name, tmp_path / name)
        read = _union(_dataset(tmp_path / name, format))
        assert list(read.objects(None, predicate)) == [wanted], name


def test_a_compact_iri_is_never_ambiguous() -> None:
    compact = Compaction(PREFIXES).iri
    assert compact(TARNBECK) == "id:decision/22-900-014/X08000001"
    assert compact("https://example.org/x") == "https://example.org/x"
    with pytest.raises(ExportError, match="schema:thing"):
        compact("schema:thing")


@pytest.mark.skipif(not shutil.which("rapper"), reason="needs rapper (raptor2-utils)")
def test_rapper_reads_as_many_triples_of_turtle(hostile_kg: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    export(hostile_kg, "turtle", path)
    read = rdflib.Graph().parse(path)
    counted = subprocess.run(
        ["rapper", "-q", "-i", "turtle", "-o", "ntriples", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(set(counted.stdout.splitlines())) == len(read)


def test_a_statement_of_several_named_graphs_is_written_once(
    sample_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    # the statistics repeat what a decision says of an authority that it does not name
    repeated = "SELECT ?s WHERE { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(?a != ?b) }"
    assert any("/authority/" in iri for (iri,) in sample_kg.select(repeated))
    export(sample_kg, "nquads", tmp_path / "graph.nq")
    export(sample_kg, "ntriples", tmp_path / "graph.nt")
    found = ox.parse(path=str(tmp_path / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    lines = (tmp_path / "graph.nt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == len({quad.triple for quad in found})
