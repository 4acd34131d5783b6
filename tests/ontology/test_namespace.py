"""The closed namespace and the prefixes agree with the ontology and with rdflib."""

from __future__ import annotations

import subprocess
import sys

import pytest
import rdflib.namespace as known
from rdflib import Graph, URIRef

from ontology import iri, prefixes
from ontology.namespace import FL, bind
from ontology.prefixes import PREFIXES, SCHEME_PREFIXES, prefixed, sparql_prologue
from ontology.vocabulary import schemes


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="Decison"):
        _ = FL.Decison


def test_a_declared_term_is_its_iri() -> None:
    assert URIRef("https://w3id.org/faultlines/ns#faultType") == FL.faultType


def test_standard_namespaces_are_those_of_rdflib() -> None:
    standard = {
        "dcat": known.DCAT,
        "dcterms": known.DCTERMS,
        "foaf": known.FOAF,
        "org": known.ORG,
        "owl": known.OWL,
        "prov": known.PROV,
        "qb": known.QB,
        "rdf": known.RDF,
        "rdfs": known.RDFS,
        "schema": known.SDO,
        "sh": known.SH,
        "skos": known.SKOS,
        "void": known.VOID,
        "xsd": known.XSD,
    }
    assert {name: PREFIXES[name] for name in standard} == {
        name: str(namespace) for name, namespace in standard.items()
    }


def test_every_scheme_has_its_own_prefix() -> None:
    assert sorted(SCHEME_PREFIXES) == list(schemes())
    assert len(set(SCHEME_PREFIXES.values())) == len(SCHEME_PREFIXES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_iris_are_minted_in_the_same_namespaces() -> None:
    assert (iri.ID, iri.GRAPH, iri.VOCABULARY) == (
        prefixes.ID,
        prefixes.GRAPH,
        prefixes.VOCAB,
    )
    assert iri.concept("fault", "delay") == PREFIXES["fault"] + "delay"


def test_an_iri_is_shortened_by_the_longest_prefix() -> None:
    assert prefixed(prefixes.VOCAB + "fault/delay") == "fault:delay"
    assert prefixed(prefixes.ID + "decision/1") == "id:decision/1"
    assert prefixed("http://example.org/") == "http://example.org/"


def test_prologue_makes_every_prefix_usable_in_sparql() -> None:
    graph = Graph()
    pattern = " ".join(f"?{name} a {name}:thing ." for name in PREFIXES)
    assert list(graph.query(f"{sparql_prologue()} SELECT * {{ {pattern} }}")) == []


def test_bind_gives_compact_names() -> None:
    graph = bind(Graph())
    assert graph.namespace_manager.curie(PREFIXES["fault"] + "delay") == "fault:delay"
    assert graph.namespace_manager.curie(str(FL.Finding)) == "fl:Finding"


@pytest.mark.parametrize("module", ["ontology", "ontology.prefixes", "ontology.record"])
def test_rdflib_is_not_loaded_by(module: str) -> None:
    code = f"import sys, {module}; print('rdflib' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_reading_a_vocabulary_does_not_load_rdflib() -> None:
    code = (
        "import sys; from ontology.vocabulary import vocabulary; vocabulary('fault');"
        "print('rdflib' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
