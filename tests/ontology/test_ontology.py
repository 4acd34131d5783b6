"""The ontology declares everything it uses, and graphs keep to its domains and ranges."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
import rdflib.namespace as known
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SKOS
from rdflib.term import BNode, Node

from graph.triples.decision import decision_triples
from ontology.namespace import FL, VOCAB
from ontology.prefixes import NS, ONTOLOGY, PREFIXES
from ontology.vocabulary import schemes
from tests import factories

FOLDER = Path(__file__).parents[2] / "ontology"
ONTOLOGY_GRAPH = Graph().parse(FOLDER / "faultlines.ttl")
ALIGNMENT = Graph().parse(FOLDER / "alignment.ttl")


def declared(kind: Node) -> list[URIRef]:
    subjects = set(ONTOLOGY_GRAPH.subjects(RDF.type, kind))
    return sorted(term for term in subjects if isinstance(term, URIRef))


NAMED = declared(OWL.Class)
OBJECT = declared(OWL.ObjectProperty)
DATATYPE = declared(OWL.DatatypeProperty)
TERMS = [*NAMED, *OBJECT, *DATATYPE]

SHIPPED = {"dcterms": DCTERMS, "org": ORG, "prov": PROV, "qb": known.QB, "schema": known.SDO}

# Terms of vocabularies that rdflib does not ship, from their published documents.
ELSEWHERE = {
    *(PREFIXES["oa"] + name for name in ("TextQuoteSelector", "TextPositionSelector")),
    *(PREFIXES["eli"] + name for name in ("LegalResource", "LegalResourceSubdivision")),
    *(
        PREFIXES["cito"] + name
        for name in ("Citation", "cites", "citesAsAuthority", "hasCitedEntity")
    ),
}


def name(term: Node) -> str:
    return str(term).removeprefix(NS)


def members(node: Node) -> list[Node]:
    """The classes that a domain or range allows: itself, or those of its union."""
    union = ONTOLOGY_GRAPH.value(node, OWL.unionOf)
    return [node] if union is None else list(Collection(ONTOLOGY_GRAPH, union))


def test_the_namespace_class_has_exactly_these_terms() -> None:
    listed = [key for key in FL.__annotations__ if not key.startswith("_")]
    assert sorted(listed) == sorted(map(name, TERMS))


def test_no_term_is_declared_twice() -> None:
    assert len({*TERMS}) == len(TERMS)


@pytest.mark.parametrize("term", TERMS, ids=name)
def test_every_term_is_labelled_and_defined(term: Node) -> None:
    (label,) = ONTOLOGY_GRAPH.objects(term, RDFS.label)
    (definition,) = ONTOLOGY_GRAPH.objects(term, SKOS.definition)
    assert isinstance(label, Literal)
    assert isinstance(definition, Literal)
    assert (label.language, definition.language) == ("en", "en")
    assert definition.endswith(".")
    assert ONTOLOGY_GRAPH.value(term, RDFS.isDefinedBy) == URIRef(ONTOLOGY)


@pytest.mark.parametrize("kind", [NAMED, [*OBJECT, *DATATYPE]], ids=["classes", "properties"])
def test_labels_are_unique(kind: list[URIRef]) -> None:
    labels = [str(ONTOLOGY_GRAPH.value(term, RDFS.label)) for term in kind]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("term", [*OBJECT, *DATATYPE], ids=name)
def test_every_property_has_a_domain_of_known_classes(term: Node) -> None:
    (domain,) = ONTOLOGY_GRAPH.objects(term, RDFS.domain)
    assert set(members(domain)) <= {*NAMED, OWL.Thing}


@pytest.mark.parametrize("term", OBJECT, ids=name)
def test_every_object_property_has_a_range_of_known_classes(term: Node) -> None:
    (range_,) = ONTOLOGY_GRAPH.objects(term, RDFS.range)
    assert set(members(range_)) <= {*NAMED, SKOS.Concept, known.SDO.MonetaryAmount}


@pytest.mark.parametrize("term", DATATYPE, ids=name)
def test_every_datatype_property_has_an_xsd_range(term: Node) -> None:
    (range_,) = ONTOLOGY_GRAPH.objects(term, RDFS.range)
    assert range_ in {
        known.XSD.string,
        known.XSD.date,
        known.XSD.integer,
        known.XSD.decimal,
        known.XSD.boolean,
        known.XSD.anyURI,
    }


@pytest.mark.parametrize("term", OBJECT, ids=name)
def test_a_property_of_concepts_names_its_scheme(term: Node) -> None:
    concepts = ONTOLOGY_GRAPH.value(term, RDFS.range) == SKOS.Concept
    named = {
        str(scheme).removeprefix(str(VOCAB))
        for scheme in ONTOLOGY_GRAPH.objects(term, RDFS.seeAlso)
    }
    assert bool(named) is concepts
    assert named <= set(schemes())


def test_every_other_term_is_used_from_a_declared_class_or_property() -> None:
    used = {
        term for term in chain(*ONTOLOGY_GRAPH) if isinstance(term, URIRef) and term.startswith(NS)
    }
    assert used == set(TERMS)


def test_the_alignment_speaks_of_declared_terms_only() -> None:
    ours = {term for term in chain(*ALIGNMENT) if isinstance(term, URIRef) and term.startswith(NS)}
    assert ours <= set(TERMS)


def test_the_alignment_leads_to_terms_that_exist() -> None:
    shipped = {
        PREFIXES[prefix] + key for prefix, space in SHIPPED.items() for key in space.__annotations__
    }
    spaces = tuple(
        PREFIXES[p] for p in ("cito", "dcterms", "eli", "oa", "org", "prov", "qb", "schema")
    )
    targets = {str(term) for term in chain(*ALIGNMENT) if str(term).startswith(spaces)}
    assert len(targets) > 20
    assert targets <= shipped | ELSEWHERE


# A graph made from records keeps to the domains and ranges.


def sample_graph() -> Graph:
    graph = Graph()
    for decision in factories.sample():
        lines = (" ".join(triple) + " .\n" for triple in decision_triples(decision, "0"))
        graph.parse(data="".join(lines), format="nt")
    return graph


SAMPLE = sample_graph()
EXTERNAL = (
    PREFIXES["id"] + "body/",
    PREFIXES["id"] + "guidance/",
    "http://www.legislation.gov.uk/",
)
"""Nodes that the registers describe, outside the graph of a decision."""


def classes(node: Node) -> set[Node]:
    stated = set(SAMPLE.objects(node, RDF.type))
    return stated | {up for each in stated for up in ONTOLOGY_GRAPH.objects(each, RDFS.subClassOf)}


def ours(predicates: Iterable[Node]) -> list[URIRef]:
    return sorted({p for p in predicates if isinstance(p, URIRef) and str(p).startswith(NS)})


@pytest.mark.parametrize("term", ours(SAMPLE.predicates()), ids=name)
def test_a_graph_keeps_to_the_ontology(term: Node) -> None:
    assert term in TERMS
    (domain,) = ONTOLOGY_GRAPH.objects(term, RDFS.domain)
    (range_,) = ONTOLOGY_GRAPH.objects(term, RDFS.range)
    for subject, value in SAMPLE.subject_objects(term):
        assert classes(subject) & set(members(domain)) or domain == OWL.Thing
        if isinstance(value, Literal):
            assert (value.datatype or known.XSD.string) == range_
        elif range_ == SKOS.Concept:
            assert str(value).startswith(VOCAB)
        elif not str(value).startswith(EXTERNAL) and term != FL.followsFrom:
            assert classes(value) & set(members(range_))


def test_classes_of_a_graph_are_declared() -> None:
    stated = {type_ for type_ in SAMPLE.objects(None, RDF.type) if str(type_).startswith(NS)}
    assert stated <= set(NAMED)
    assert not any(isinstance(node, BNode) for node in SAMPLE.all_nodes())


def test_a_graph_puts_nothing_into_two_disjoint_classes() -> None:
    (axiom,) = ONTOLOGY_GRAPH.subjects(RDF.type, OWL.AllDisjointClasses)
    (listed,) = ONTOLOGY_GRAPH.objects(axiom, OWL.members)
    groups = [set(members(member)) for member in Collection(ONTOLOGY_GRAPH, listed)]
    assert len(groups) > 15
    typed = set(SAMPLE.subjects(RDF.type, None))
    both = {
        node: kinds
        for node in typed
        if len(kinds := [group for group in groups if group & classes(node)]) > 1
    }
    assert both == {}
